"""From free phrases to the canonical skills: which of ESCO's skills a sentence speaks of, though in other words.

A phrase is as close to a skill as the mean of two likenesses: of its static embedding to that of the skill's names and
description, and of its letters (three in a row, rare ones counting more) to the most alike of the skill's names. For a
sentence, each skill that the tagger finds in it is a phrase and so is the sentence itself; closeness becomes likelihood
by a softmax over all skills, and the most certain phrase decides. All weights are equal.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hiring.skills.embedding import SCALE, ModelMissing, StaticEmbedding, load_embedding, similarities
from hiring.skills.tagging import SkillTagger, load_tagger
from hiring.skills.taxonomy import Skill, Taxonomy, load_taxonomy
from hiring.skills.words import words

SHORTLIST = 200
"""Skills nearest by embedding whose names are compared letter by letter."""
TEMPERATURE = 50
"""Thousandths of closeness within which one skill is e times as likely as another."""
CERTAIN = 1_000_000
"""The likelihood of a skill beside which there is no other."""
_ODDS = np.array([round(CERTAIN * math.exp(-gap / TEMPERATURE)) for gap in range(2001)], dtype=np.int64)


class Link(NamedTuple):
    """A skill that a text speaks of, with its likelihood (out of `CERTAIN`)."""

    skill: Skill
    likelihood: int


def letters(text: str) -> set[str]:
    """Each three characters in a row of each word of `text`, with the blanks around it."""
    return {f" {word.text} "[at : at + 3] for word in words(text) for at in range(len(word.text))}


class NameLetters:
    """The letters of all names, as `layers/models/esco.py` laid them out.

    A name is the run of numbers of its letters; the names of a skill stand together.
    """

    def __init__(self, folder: Path) -> None:
        """Read what lies in `folder`; raises `ModelMissing` where there is nothing."""
        try:
            vocabulary: list[str] = np.load(folder / "letters.npy").tolist()
            self._squares: NDArray[np.int64] = np.load(folder / "letter_weights.npy").astype(np.int64) ** 2
            self._held: NDArray[np.uint16] = np.load(folder / "name_letters.npy", mmap_mode="r")
            self._names: NDArray[np.uint32] = np.load(folder / "name_starts.npy", mmap_mode="r")
            self._skills: NDArray[np.uint32] = np.load(folder / "skill_starts.npy")
        except FileNotFoundError as error:
            raise ModelMissing(f"The model data is incomplete: {error.filename} is missing.") from None
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}

    def closeness(self, phrase: str, skills: Sequence[int]) -> NDArray[np.int64]:
        """For each of `skills` how alike `phrase` is to its most alike name, in thousandths (a cosine)."""
        ours = [number for piece in letters(phrase) if (number := self._numbers.get(piece)) is not None]
        if not ours:
            return np.zeros(len(skills), dtype=np.int64)
        shared = np.zeros(len(self._squares), dtype=np.int64)
        shared[ours] = self._squares[ours]
        names, first_names = _runs(self._skills, np.asarray(skills))
        places, first_places = _runs(self._names, names)
        held = self._held[places]
        common = np.add.reduceat(shared[held], first_places)
        lengths = np.sqrt(np.add.reduceat(self._squares[held], first_places)) * math.sqrt(int(shared.sum()))
        closest: NDArray[np.int64] = np.maximum.reduceat((common * 1000 / lengths).astype(np.int64), first_names)
        return closest


def _runs(starts: NDArray[np.uint32], chosen: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The members of the `chosen` runs one after another, and where each run's begin; run n is starts[n] to [n + 1]."""
    begin, end = starts[chosen].astype(np.int64), starts[chosen + 1].astype(np.int64)
    sizes = end - begin
    first = np.cumsum(sizes) - sizes
    return np.repeat(begin - first, sizes) + np.arange(sizes.sum()), first


class SkillLinker:
    """Finds the skills that phrases and sentences mean."""

    def __init__(self, folder: Path, taxonomy: Taxonomy, tagger: SkillTagger, embedding: StaticEmbedding) -> None:
        """Read what lies in `folder`; raises `ModelMissing` where there is nothing."""
        self._letters = NameLetters(folder)
        self._folder = folder
        self._taxonomy, self._tagger, self._embedding = taxonomy, tagger, embedding

    @cached_property
    def _vectors(self) -> NDArray[np.int8]:
        vectors: NDArray[np.int8] = np.load(self._folder / "vectors.npy", mmap_mode="r")
        return vectors

    def links(self, text: str, k: int) -> list[Link]:
        """The `k` skills that a sentence most likely speaks of, the most likely first."""
        phrases = dict.fromkeys([*(text[span.start : span.end] for span in self._tagger.spans(text)), text])
        return self._best(np.stack([self._likelihoods(phrase) for phrase in phrases]).max(axis=0), k)

    def phrase_links(self, phrase: str, k: int) -> list[Link]:
        """The `k` skills that `phrase` as a whole most likely means, the most likely first."""
        return self._best(self._likelihoods(phrase), k)

    def _best(self, likelihoods: NDArray[np.int64], k: int) -> list[Link]:
        order = _highest(likelihoods, k)
        return [Link(self._taxonomy.skill(int(n)), int(likelihoods[n])) for n in order if likelihoods[n]]

    def _likelihoods(self, phrase: str) -> NDArray[np.int64]:
        """For every skill how likely `phrase` means it, out of `CERTAIN`; all zero for a phrase that says nothing."""
        vector = self._embedding.vector(phrase.casefold())
        if not vector.any():
            return np.zeros(len(self._taxonomy), dtype=np.int64)
        closeness = similarities(self._vectors, vector).astype(np.int64) * 1000 // (SCALE * SCALE)
        nearest = _highest(closeness, SHORTLIST)
        found = self._taxonomy.find(phrase)
        if found is not None and found.number not in nearest:
            nearest = np.append(nearest, found.number)
        closeness[nearest] += self._letters.closeness(phrase, nearest.tolist())
        closeness //= 2
        odds = _ODDS[np.minimum(closeness.max() - closeness, len(_ODDS) - 1)]
        likelihoods: NDArray[np.int64] = odds * CERTAIN // odds.sum()
        return likelihoods


def _highest(values: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """The places of the `k` highest values, highest first; of equals the first come first."""
    if k <= 0:
        return np.zeros(0, dtype=np.int64)
    least = np.partition(values, -k)[-k] if k < len(values) else values.min()
    places = np.flatnonzero(values >= least)
    return places[np.argsort(-values[places], kind="stable")][:k]


def links(text: str, k: int) -> list[Link]:
    """The `k` skills of the taxonomy that a sentence or a phrase most likely speaks of, by the installed models."""
    return load_linker().links(text, k)


def labels(text: str, k: int) -> list[str]:
    """The preferred labels of `links`."""
    return [link.skill.label for link in links(text, k)]


@cache
def load_linker() -> SkillLinker:
    """The linker of the installed model data; raises `ModelMissing` with what to do where there is none."""
    taxonomy, tagger, embedding = load_taxonomy(), load_tagger(), load_embedding()
    with resources.as_file(resources.files("hiring_models").joinpath("esco")) as path:
        return SkillLinker(path, taxonomy, tagger, embedding)
