"""Train the skill tagger: a linear-chain conditional random field on hashed features.

    python layers/models/training/skill_tagger.py train.json.gz [--folds 5] [--output weights.npz]

The data is the training part of SkillSpan (github.com/kris927b/SkillSpan, MIT licence): one sentence a line, with
`tokens`, `tags_skill`, `tags_knowledge`, `source` and `idx` (the advertisement). With `--folds` nothing is written:
the advertisements are parted into so many folds, each is tagged by a model trained on the others, and precision, recall
and F1 of overlapping spans are printed for each preference against "outside". Sentences that also stand in the training
folds are left out. Five folds gave F1 .791 (precision .760, recall .826). The order of sentences is random, but seeded:
the same data gives the same weights.

Adagrad, batches of 32, averaged over the second half of the passes. Features that occur once or twice are left out,
and so are those whose weights round to nothing.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hiring.skills.tagger_features import Token, hashed_features, sentences
from hiring.skills.tagging import TAGS, Tag, spans_of
from hiring.skills.taxonomy import Taxonomy, load_taxonomy

type Floats = NDArray[np.float64]
type Span = tuple[int, int]

SEED = 20261101
PASSES = 6
RATE = 0.1
DECAY = 5e-5
BATCH = 32
LEAST_COUNT = 3
SCALE = 32
"""Stored integers are weights times this."""
PREFERENCES = (0.5, 0.75, 1.0, 1.25)
PREFERENCE = 1.0
"""Taken from "outside" so that as many skills are found too much as are missed: the best of `PREFERENCES` by
cross-validation."""
WEIGHTS = Path(__file__).resolve().parents[1] / "weights" / "skill_tagger.npz"


class Example(NamedTuple):
    """A sentence: text, tokens, features and where those of each token begin, tags, and the spans it truly holds.

    `group` is the advertisement that it is from.
    """

    group: str
    text: str
    tokens: list[Token]
    features: NDArray[np.uint32]
    starts: NDArray[np.int64]
    tags: NDArray[np.int64]
    spans: list[Span]


def read_examples(path: Path, taxonomy: Taxonomy) -> list[Example]:
    """The sentences in `path`, tokenised as the product does it."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [example for row in rows for example in _examples(row, taxonomy)]


def _examples(row: dict[str, Any], taxonomy: Taxonomy) -> list[Example]:
    text = " ".join(row["tokens"])
    skills, knowledge = (_spans(row["tokens"], row[f"tags_{kind}"]) for kind in ("skill", "knowledge"))
    out = []
    for sentence in sentences(text):
        start, end = sentence[0].start, sentence[-1].end
        tags = [_tag(token, skills, knowledge) for token in sentence]
        inside = sorted(span for span in {*skills, *knowledge} if start <= span[0] < end)
        features, starts = hashed_features(sentence, taxonomy)
        out.append(
            Example(
                f"{row['source']} {row['idx']}", text[start:end], sentence, features, starts, np.array(tags), inside
            )
        )
    return out


def _spans(words: Sequence[str], tags: Sequence[str]) -> list[Span]:
    spans: list[Span] = []
    start, before = 0, "O"
    for word, tag in zip(words, tags, strict=True):
        if tag == "B" or (tag == "I" and before == "O"):
            spans.append((start, start + len(word)))
        elif tag == "I":
            spans[-1] = (spans[-1][0], start + len(word))
        start, before = start + len(word) + 1, tag
    return spans


def _tag(token: Token, skills: list[Span], knowledge: list[Span]) -> int:
    """The tag of a token; where a skill holds knowledge, the skill."""
    kinds = ((skills, Tag.SKILL_BEGINS, Tag.SKILL_GOES_ON), (knowledge, Tag.KNOWLEDGE_BEGINS, Tag.KNOWLEDGE_GOES_ON))
    for spans, begins, goes_on in kinds:
        for start, end in spans:
            if start <= token.start < end:
                return TAGS.index(begins if token.start == start else goes_on)
    return 0


class Field:
    """A conditional random field in training: weights of features, of one tag after another, and of the first tag."""

    def __init__(self, examples: list[Example]) -> None:
        names, counts = np.unique(np.concatenate([example.features for example in examples]), return_counts=True)
        self.features = names[counts >= LEAST_COUNT]
        tags = len(TAGS)
        self._parameters = [np.zeros((len(self.features) + 1, tags)), np.zeros((tags, tags)), np.zeros(tags)]
        self._train(examples)

    @property
    def weights(self) -> Floats:
        """One row for each feature."""
        return self._parameters[0][:-1]

    @property
    def follows(self) -> Floats:
        """From tag (row) to the tag that follows (column)."""
        return self._parameters[1]

    @property
    def begins(self) -> Floats:
        """For the first tag of a sentence."""
        return self._parameters[2]

    def known(self, example: Example) -> NDArray[np.int64]:
        """The row of each of the features of `example`; the last row, always zero, for those left out."""
        places = np.minimum(np.searchsorted(self.features, example.features), len(self.features) - 1)
        return np.where(self.features[places] == example.features, places, len(self.features))

    def _train(self, examples: list[Example]) -> None:
        random = np.random.default_rng(SEED)
        known = [self.known(example) for example in examples]
        lengths = np.array([len(example.tokens) for example in examples])
        squares = [
            np.full((len(self.features) + 1, 1), 1e-3),
            np.full_like(self.follows, 1e-3),
            np.full(len(TAGS), 1e-3),
        ]
        sums = [np.zeros_like(parameter) for parameter in self._parameters]
        for number in range(PASSES):
            order = random.permutation(len(examples))
            order = order[np.argsort(lengths[order] // 6, kind="stable")]
            batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
            for index in random.permutation(len(batches)):
                batch = batches[index]
                self._step([examples[place] for place in batch], [known[place] for place in batch], squares)
            if number >= PASSES // 2:
                share = 1 / (PASSES - PASSES // 2)
                sums = [total + share * parameter for total, parameter in zip(sums, self._parameters, strict=True)]
        self._parameters = sums

    def _step(self, examples: list[Example], known: list[NDArray[np.int64]], squares: list[Floats]) -> None:
        """One step of Adagrad up the likelihood of a batch."""
        lengths = np.array([len(example.tokens) for example in examples])
        mask = np.arange(lengths.max()) < lengths[:, np.newaxis]
        rows = np.concatenate(known)
        sizes = np.concatenate([np.diff(example.starts, append=len(example.features)) for example in examples])
        scores = np.zeros((*mask.shape, len(TAGS)))
        scores[mask] = np.add.reduceat(self._parameters[0][rows], np.cumsum(sizes) - sizes, axis=0)
        tags = np.zeros(mask.shape, dtype=np.int64)
        tags[mask] = np.concatenate([example.tags for example in examples])
        single, pairs = _gradients(scores, tags, mask, self.follows, self.begins)
        weights = self._parameters[0]
        used, where = np.unique(rows, return_inverse=True)
        each = np.repeat(single[mask], sizes, axis=0)
        slope = np.stack([np.bincount(where, each[:, tag], len(used)) for tag in range(len(TAGS))], axis=1)
        slope -= DECAY * lengths.sum() * weights[used]
        squares[0][used, 0] += (slope**2).mean(axis=1)
        weights[used] += RATE * slope / np.sqrt(squares[0][used])
        weights[-1] = 0
        for place, direction in ((1, pairs), (2, single[:, 0].sum(axis=0))):
            squares[place] += direction**2
            self._parameters[place] += RATE * direction / np.sqrt(squares[place])


def _gradients(
    scores: Floats, tags: NDArray[np.int64], mask: NDArray[np.bool_], follows: Floats, begins: Floats
) -> tuple[Floats, Floats]:
    """Of the log likelihood, by the forward-backward algorithm: for each token's score, and for `follows`.

    `scores` has the shape (sentences, tokens, tags); `mask` says which tokens there are.
    """
    ahead, behind = np.zeros_like(scores), np.zeros_like(scores)
    ahead[:, 0] = scores[:, 0] + begins
    for at in range(1, scores.shape[1]):
        step = np.logaddexp.reduce(ahead[:, at - 1, :, np.newaxis] + follows, axis=1) + scores[:, at]
        ahead[:, at] = np.where(mask[:, at, np.newaxis], step, ahead[:, at - 1])
    total = np.logaddexp.reduce(ahead[:, -1], axis=1)[:, np.newaxis, np.newaxis]
    pairs = np.zeros_like(follows)
    for at in range(scores.shape[1] - 2, -1, -1):
        onward = follows + (scores[:, at + 1] + behind[:, at + 1])[:, np.newaxis, :]
        there = mask[:, at + 1, np.newaxis]
        behind[:, at] = np.where(there, np.logaddexp.reduce(onward, axis=2), 0)
        pairs -= (np.exp(ahead[:, at, :, np.newaxis] + onward - total) * there[:, :, np.newaxis]).sum(axis=0)
    single = -np.exp(ahead + behind - total)
    np.add.at(single, (*np.indices(tags.shape), tags), 1)
    single *= mask[..., np.newaxis]
    np.add.at(pairs, (tags[:, :-1][mask[:, 1:]], tags[:, 1:][mask[:, 1:]]), 1)
    return single, pairs


def best_tags(scores: Floats, follows: Floats, begins: Floats) -> list[int]:
    """The most likely tags of one sentence with these scores of its tokens."""
    best, choices = scores[0] + begins, []
    for row in scores[1:]:
        onward = best[:, np.newaxis] + follows
        choices.append(onward.argmax(axis=0))
        best = onward.max(axis=0) + row
    path = [int(best.argmax())]
    for choice in reversed(choices):
        path.append(int(choice[path[-1]]))
    return path[::-1]


def measure(found: list[list[Span]], wanted: list[list[Span]]) -> tuple[float, float, float]:
    """Precision, recall and F1, where a span counts as right if it overlaps one of the others."""

    def share(ours: list[list[Span]], theirs: list[list[Span]]) -> float:
        hits = [any(a < d and c < b for c, d in other) for own, other in zip(ours, theirs, strict=True) for a, b in own]
        return sum(hits) / max(1, len(hits))

    precision, recall = share(found, wanted), share(wanted, found)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def cross_validate(examples: list[Example], folds: int) -> None:
    """Print how well each fold of advertisements is tagged by what the others teach."""
    groups = sorted({example.group for example in examples})
    order = np.random.default_rng(SEED).permutation(len(groups))
    fold = {groups[place]: number % folds for number, place in enumerate(order)}
    found: dict[float, list[list[Span]]] = {preference: [] for preference in PREFERENCES}
    wanted: list[list[Span]] = []
    for number in range(folds):
        field = Field([example for example in examples if fold[example.group] != number])
        seen = {example.text for example in examples if fold[example.group] != number}
        for example in examples:
            if fold[example.group] == number and example.text not in seen:
                scores = np.add.reduceat(
                    np.vstack([field.weights, np.zeros(len(TAGS))])[field.known(example)], example.starts
                )
                wanted.append(example.spans)
                for preference, spans in found.items():
                    preferred = scores - preference * (np.arange(len(TAGS)) == 0)
                    tags = best_tags(preferred, field.follows, field.begins)
                    spans.append([(span.start, span.end) for span in spans_of(example.tokens, tags)])
        for preference, spans in found.items():
            precision, recall, f1 = measure(spans, wanted)
            print(
                f"folds {number + 1}  preference {preference:.2f}  "
                f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"
            )


def write(field: Field, path: Path) -> None:
    """Store the field in integers; the preference against "outside" becomes a part of its weights."""
    weights = np.clip(np.rint(field.weights * SCALE), -127, 127).astype(np.int8)
    kept = weights.any(axis=1)
    outside = np.where(np.arange(len(TAGS)) == 0, -PREFERENCE * SCALE, 0)
    follows = np.rint(field.follows * SCALE + outside).astype(np.int32)
    begins = np.rint(field.begins * SCALE + outside).astype(np.int32)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, features=field.features[kept], weights=weights[kept], follows=follows, begins=begins)
    print(f"{path}: {kept.sum()} of {len(kept)} features, {path.stat().st_size} bytes")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--output", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    data = read_examples(options.data, load_taxonomy())
    if options.folds:
        cross_validate(data, options.folds)
    else:
        write(Field(data), options.output)
