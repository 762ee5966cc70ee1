"""Skills where running text mentions them: a conditional random field over words, decoded by Viterbi's algorithm.

Five tags: outside, and beginning or inside of a skill ("manage a team") or of knowledge ("contract law"). The weights
are trained by `layers/models/training/skill_tagger.py` and stored as small integers; tagging only adds and compares
integers, so the same text gives the same spans everywhere.
(Lafferty, McCallum, Pereira: Conditional random fields, 2001; the tags after Zhang et al.: SkillSpan, 2022.)
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hiring.skills.embedding import ModelMissing
from hiring.skills.mentions import denied
from hiring.skills.tagger_features import Token, hashed_features, sentences
from hiring.skills.taxonomy import Taxonomy, load_taxonomy
from hiring.skills.words import FUNCTION_WORDS, Line


class Tag(StrEnum):
    """What a word is part of."""

    OUTSIDE = "O"
    SKILL_BEGINS = "B-skill"
    SKILL_GOES_ON = "I-skill"
    KNOWLEDGE_BEGINS = "B-knowledge"
    KNOWLEDGE_GOES_ON = "I-knowledge"


TAGS = tuple(Tag)


class SkillSpan(NamedTuple):
    """A skill in a text: `text[start:end]`, in code points; `kind` is "skill" or "knowledge".

    `denied` where the sentence says that it is missing ("no experience with") or only wished for ("willing to learn").
    """

    start: int
    end: int
    kind: str
    denied: bool = False


class SkillTagger:
    """The trained tagger."""

    def __init__(self, path: Path, taxonomy: Taxonomy) -> None:
        """Read the weights at `path`; raises `ModelMissing` where there are none."""
        try:
            with np.load(path) as stored:
                self._features: NDArray[np.uint32] = stored["features"]
                self._weights: NDArray[np.int8] = stored["weights"]
                self._follows: list[list[int]] = stored["follows"].tolist()
                self._begins: list[int] = stored["begins"].tolist()
        except FileNotFoundError as error:
            raise ModelMissing(f"The model data is incomplete: {error.filename} is missing.") from None
        self._taxonomy = taxonomy

    def spans(self, text: str) -> list[SkillSpan]:
        """The skills that `text` mentions, in order; they do not overlap and none goes over the end of a sentence."""
        return [
            span._replace(denied=denied(text, Line(sentence[0].start, sentence[-1].end), span.start, span.end))
            for sentence in sentences(text)
            for span in spans_of(sentence, self._tags(sentence))
        ]

    def _tags(self, sentence: Sequence[Token]) -> list[int]:
        """The most likely sequence of tags, as places in `TAGS`; the earlier tag where two are as likely."""
        features, starts = hashed_features(sentence, self._taxonomy)
        places = np.minimum(np.searchsorted(self._features, features), len(self._features) - 1)
        known = (self._features[places] == features)[:, np.newaxis]
        rows = np.add.reduceat(np.where(known, self._weights[places], 0).astype(np.int32), starts, axis=0).tolist()
        best = [begin + weight for begin, weight in zip(self._begins, rows[0], strict=True)]
        choices: list[list[int]] = []
        tags = range(len(TAGS))
        for row in rows[1:]:
            choice = [max(tags, key=lambda tag: best[tag] + self._follows[tag][following]) for following in tags]
            best = [best[choice[tag]] + self._follows[choice[tag]][tag] + row[tag] for tag in tags]
            choices.append(choice)
        path = [max(tags, key=best.__getitem__)]
        for choice in reversed(choices):
            path.append(choice[path[-1]])
        return path[::-1]


def spans_of(sentence: Sequence[Token], tags: Sequence[int]) -> list[SkillSpan]:
    """The spans that `tags` (places in `TAGS`) mark in `sentence`; a comma or "and" at either end is left out."""
    spans: list[SkillSpan] = []
    open_kind = ""
    for token, number in zip(sentence, tags, strict=True):
        position, _, kind = TAGS[number].partition("-")
        goes_on = kind != "" and kind == open_kind and position == "I"
        if token.text[0].isalnum() and token.text.casefold() not in FUNCTION_WORDS:
            if goes_on:
                spans[-1] = spans[-1]._replace(end=token.end)
            elif kind:
                spans.append(SkillSpan(token.start, token.end, kind))
            open_kind = kind
        elif not goes_on:
            open_kind = ""
    return spans


def skill_spans(text: str) -> list[SkillSpan]:
    """The skills that `text` mentions, in order, by the installed tagger."""
    return load_tagger().spans(text)


@cache
def load_tagger() -> SkillTagger:
    """The tagger of the installed model data; raises `ModelMissing` with what to do where there is none."""
    taxonomy = load_taxonomy()
    with resources.as_file(resources.files("hiring_models").joinpath("skill_tagger", "weights.npz")) as path:
        return SkillTagger(path, taxonomy)
