"""ESCO's skills as the canonical set: preferred labels, their other names, and what kind of skill each is.

The data lies in the models layer (`layers/models/esco.py` makes it). Names are found by the hash of their words, so
that a look-up is a binary search in a mapped file and loading reads no more than the list of labels.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from enum import StrEnum
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from hiring.skills.embedding import ModelMissing
from hiring.skills.words import stem, words

LONGEST_NAME = 7
"""Words of the longest name that is looked for in running text."""


class Kind(StrEnum):
    """What a skill is: something one does, something one knows, a language, or a way to work."""

    SKILL = "skill"
    KNOWLEDGE = "knowledge"
    LANGUAGE = "language"
    TRANSVERSAL = "transversal"


KINDS = tuple(Kind)


class Skill(NamedTuple):
    """One skill of the taxonomy: its number in this release, its preferred label, and its kind."""

    number: int
    label: str
    kind: Kind


class NameFound(NamedTuple):
    """Words `start` to `end` of a sequence are a name of the skill `number`."""

    start: int
    end: int
    number: int


def name_words(text: str) -> list[str]:
    """The words of a name as they are compared: without case, accents and endings."""
    return [stem(word.text) for word in words(text)]


def name_key(name: Sequence[str]) -> int:
    """The key that a name (words as `name_words` gives them) is filed under: 64 bits of BLAKE2b."""
    return int.from_bytes(hashlib.blake2b(" ".join(name).encode(), digest_size=8).digest(), "little")


class Taxonomy:
    """The skills and their names."""

    def __init__(self, folder: Path) -> None:
        """Read what `layers/models/esco.py` wrote into `folder`; raises `ModelMissing` where there is nothing."""
        try:
            self.labels = tuple((folder / "labels.txt").read_text(encoding="utf-8").splitlines())
            self._kinds = np.load(folder / "kinds.npy")
            self._keys: NDArray[np.uint64] = np.load(folder / "keys.npy", mmap_mode="r")
            self._keyed: NDArray[np.uint16] = np.load(folder / "keyed.npy", mmap_mode="r")
        except FileNotFoundError as error:
            raise ModelMissing(f"The model data is incomplete: {error.filename} is missing.") from None
        self._folder = folder

    def __len__(self) -> int:
        return len(self.labels)

    def skill(self, number: int) -> Skill:
        """The skill that has this number."""
        return Skill(number, self.labels[number], KINDS[self._kinds[number]])

    @cached_property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """For each skill its preferred label and all its other names, without case."""
        content = (self._folder / "names.txt").read_text(encoding="utf-8")
        return tuple(tuple(line.split("\t")) for line in content.splitlines())

    def concept(self, number: int) -> str:
        """The address by which ESCO knows a skill, in every release."""
        return f"http://data.europa.eu/esco/skill/{UUID(bytes=self._ids[number].tobytes())}"

    @cached_property
    def _ids(self) -> NDArray[np.uint8]:
        ids: NDArray[np.uint8] = np.load(self._folder / "ids.npy", mmap_mode="r")
        return ids

    def find(self, name: str) -> Skill | None:
        """The skill that is called `name`, in whatever case, number or verb form; `None` where there is none."""
        stems = name_words(name)
        number = self._numbers([name_key(stems)])[0] if stems else -1
        return None if number < 0 else self.skill(number)

    def names_in(self, stems: Sequence[str]) -> list[NameFound]:
        """The names among `stems` (words as `name_words` gives them), the longest first where two overlap."""
        places = [
            (start, end)
            for start in range(len(stems))
            for end in range(min(len(stems), start + LONGEST_NAME), start, -1)
        ]
        numbers = self._numbers([name_key(stems[start:end]) for start, end in places])
        found: list[NameFound] = []
        covered = 0
        for (start, end), number in zip(places, numbers, strict=True):
            if number >= 0 and start >= covered:
                found.append(NameFound(start, end, number))
                covered = end
        return found

    def _numbers(self, keys: Sequence[int]) -> list[int]:
        """The skill filed under each key, -1 where none is."""
        if not keys:
            return []
        wanted = np.array(keys, dtype=np.uint64)
        places = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        numbers: list[int] = np.where(self._keys[places] == wanted, self._keyed[places].astype(np.int64), -1).tolist()
        return numbers


@cache
def load_taxonomy() -> Taxonomy:
    """The taxonomy of the installed model data; raises `ModelMissing` with what to do where there is none."""
    try:
        folder = resources.files("hiring_models").joinpath("esco")
    except ModuleNotFoundError:
        raise ModelMissing(
            "The package hiring_models is missing: attach the models layer, or build it with layers/models/build.py."
        ) from None
    with resources.as_file(folder) as path:
        return Taxonomy(path)
