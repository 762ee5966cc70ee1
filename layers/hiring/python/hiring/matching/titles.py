"""Job titles as vectors, and the titles that a resume goes by.

A title is two or three words, too few to meet the words of another title for the same work. So its vector is moved
towards the descriptions of the occupations that it is nearest to: "realtor" and "estate agent" come to point the same
way. Levels ("senior", "II") are left out: they are judged by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from hiring.resumes.headings import heading_kind
from hiring.resumes.model import Evidence
from hiring.skills.embedding import DIMENSIONS, StaticEmbedding, Vector, blended, load_embedding, quantised
from hiring.skills.occupations import Occupations, load_occupations

MOST_TITLES = 8
"""Earlier titles than these say little of what a person does now."""
RANK_WEIGHTS = tuple(840 // rank for rank in range(1, MOST_TITLES + 1))
"""1/rank in whole numbers: 840 is divisible by all of them."""
OPENING_WORDS = 10
"""A resume that does not tell its parts opens with what the person is."""
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\b[mwfdhx](?:/[mwfdhx]){1,2}\b", re.IGNORECASE)
_LEVEL = re.compile(
    r"\b(?:senior|junior|trainee|intern|entry[ -]level|i{1,3}|iv|(?:sr|jr)\b\.?)(?!\w)"
    r"|\b(?:lead|principal|graduate)(?=\s+\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class TitleZone:
    """What the titles of a resume say together, the first most: `vector` by their words, `meaning` by the work.

    Both are zero where there is no title.
    """

    vector: Vector
    meaning: Vector


class Titles:
    """Encodes titles; the same title gives the same bytes everywhere."""

    def __init__(self, embedding: StaticEmbedding, occupations: Occupations) -> None:
        self._embedding = embedding
        self._occupations = occupations

    def vectors(self, titles: Sequence[str]) -> NDArray[np.int8]:
        """The words of each title as a unit vector, shape (n, 256)."""
        return self._embedding.vectors([plain_title(title) for title in titles])

    def meanings(self, titles: Sequence[str]) -> NDArray[np.int8]:
        """The work of each title as a unit vector, shape (n, 256): its words, and what such work is described as."""
        return self._moved(self.vectors(titles))

    def zone(self, titles: Sequence[str]) -> TitleZone:
        """What `titles`, the most telling first, say together: each weighs 1/rank."""
        vectors = self.vectors(titles[:MOST_TITLES])
        weights = [weight if vector.any() else 0 for weight, vector in zip(RANK_WEIGHTS, vectors, strict=False)]
        if not any(weights):
            nothing = np.zeros(DIMENSIONS, dtype=np.int8)
            return TitleZone(nothing, nothing)
        return TitleZone(vector=_mean(vectors, weights), meaning=_mean(self._moved(vectors), weights))

    def _moved(self, vectors: NDArray[np.int8]) -> NDArray[np.int8]:
        """`vectors` and three quarters of what the nearest occupations are described as."""
        return quantised(vectors * 4.0 + self._occupations.meanings(vectors) * 3.0)


def title_vector(titles: Sequence[str], embedding: StaticEmbedding, *, alone: bool = False) -> Vector:
    """The direction between the words of `titles` and the work they mean, the first weighing most; zero for none.

    Where titles stand `alone` there is no text that could tell the work, so they count by what they mean.
    """
    zone = Titles(embedding, load_occupations()).zone(titles)
    return zone.meaning if alone else blended([zone.vector, zone.meaning])


def _mean(vectors: NDArray[np.int8], weights: Sequence[int]) -> Vector:
    sums = np.array(weights, dtype=np.int64) @ vectors.astype(np.int64)
    return quantised(sums[np.newaxis].astype(np.float64)).reshape(DIMENSIONS)


def plain_title(title: str) -> str:
    """A title without its level and brackets; one that is nothing else stays as it is."""
    plain = " ".join(_LEVEL.sub(" ", _BRACKETS.sub(" ", title)).split())
    return plain if any(letter.isalpha() for letter in plain) else title


def titles_of(evidence: Evidence) -> list[str]:
    """The titles that a resume goes by: its headline, then those of its positions as they stand; else its opening."""
    told = [] if evidence.headline is None else [evidence.headline.value]
    told += [position.title.value for position in evidence.employment if position.title is not None]
    return list(dict.fromkeys(told)) or [title for title in [_opening(evidence.text)] if title]


def _opening(text: str) -> str:
    """The first words of a text, up to a heading or the end of the line."""
    line = next((line for line in text.splitlines() if any(map(str.isalpha, line))), "")
    found = line.split()
    for index in range(1, min(len(found), OPENING_WORDS)):
        if _is_heading(found[index : index + 1]) or _is_heading(found[index : index + 2]):
            return " ".join(found[:index])
    return " ".join(found[:OPENING_WORDS])


def _is_heading(found: list[str]) -> bool:
    """Whether words read "Summary" or "Professional Summary"; all of a title may be in capitals."""
    first = found[0]
    return first[:1].isupper() and not first.isupper() and heading_kind(" ".join(found)) is not None


@cache
def load_titles() -> Titles:
    """The encoder of the installed model data; raises `ModelMissing` where there is none."""
    return Titles(load_embedding(), load_occupations())
