"""Which of ESCO's occupations a text is about: a few of some 3,600, with weights, all in integers.

A text is as near to an occupation as to the nearest of its names. The nearest occupations get weights that fall off
exponentially with the distance, a softmax over the best. What that gives is the same on every processor: similarities
are exact integers, and exponentials come rounded from a table.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hiring.skills.embedding import SCALE, ModelMissing, quantised

NEAREST = 16
"""Occupations that a text is spread over; three bytes each where they are stored."""
TEMPERATURE = 0.1
"""The cosine by which an occupation is farther than the nearest to weigh 1/e of it."""
ONE = 255
"""The length of a projection, in the steps of its weights."""
_STEP = 90
"""Similarities are integers, `SCALE`² a cosine of one; the table of exponentials has one entry for this many."""
_FALL = np.array(
    [round(2**16 * math.exp(-step * _STEP / (TEMPERATURE * SCALE * SCALE))) for step in range(1100)], dtype=np.int64
)
_BLOCK = 64
"""Texts that are compared at once: more would not fit into the memory of a small function."""


@dataclass(frozen=True, eq=False)
class Projection:
    """Occupations that a text is about: ascending `numbers` (uint16) and `weights` (uint8) of length `ONE`.

    Both are empty where the text has no words.
    """

    numbers: NDArray[np.uint16]
    weights: NDArray[np.uint8]

    def strongest(self, count: int) -> Self:
        """The projection with at most its `count` heaviest occupations."""
        return type(self)(*_normalised(self.numbers.astype(np.int64), self.weights.astype(np.int64), count))


def agreement(left: Projection, right: Projection) -> int:
    """The dot product: `ONE`² for the same occupations with the same weights, 0 for none in common."""
    _, mine, theirs = np.intersect1d(left.numbers, right.numbers, assume_unique=True, return_indices=True)
    return int(left.weights[mine].astype(np.int64) @ right.weights[theirs].astype(np.int64))


def average(projections: Sequence[Projection], weights: Sequence[int], count: int) -> Projection:
    """The weighted mean of projections with its `count` heaviest occupations."""
    sums: dict[int, int] = {}
    for projection, weight in zip(projections, weights, strict=True):
        for number, share in zip(projection.numbers.tolist(), projection.weights.tolist(), strict=True):
            sums[number] = sums.get(number, 0) + weight * share
    numbers = np.array(list(sums), dtype=np.int64)
    return Projection(*_normalised(numbers, np.array(list(sums.values()), dtype=np.int64), count))


class Occupations:
    """ESCO's occupations with the vectors of their names and descriptions."""

    def __init__(
        self, labels: tuple[str, ...], starts: NDArray[np.int64], names: NDArray[np.int8], meanings: NDArray[np.int8]
    ) -> None:
        self.labels = labels
        """The preferred label of each occupation, in the order of their numbers."""
        self._starts = starts
        self._names = names.astype(np.float32)
        self._meanings = meanings.astype(np.int64)
        self.digest = hashlib.sha256(
            "\n".join(labels).encode() + starts.tobytes() + names.tobytes() + meanings.tobytes()
        ).hexdigest()
        """SHA-256 over everything that projections depend on."""

    def __len__(self) -> int:
        return len(self.labels)

    def projections(self, vectors: NDArray[np.int8], count: int = NEAREST) -> list[Projection]:
        """The occupations, at most `count`, that each of `vectors`, shape (n, 256), is nearest to."""
        numbers, weights = self._nearest(vectors)
        return [
            Projection(*_normalised(row, shares if vector.any() else shares[:0], count))
            for vector, row, shares in zip(vectors, numbers, weights, strict=True)
        ]

    def meanings(self, vectors: NDArray[np.int8]) -> NDArray[np.int8]:
        """The weighted mean of the descriptions of the occupations that each of `vectors` is nearest to."""
        numbers, weights = self._nearest(vectors)
        sums = np.zeros(vectors.shape)
        for row in range(len(vectors)):
            if vectors[row].any():
                sums[row] = weights[row] @ self._meanings[numbers[row]]
        return quantised(sums)

    def _nearest(self, vectors: NDArray[np.int8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For each of `vectors` the numbers of the nearest occupations (ascending) and their weights, 2^16 at most."""
        count = min(NEAREST, len(self))
        numbers = np.zeros((len(vectors), count), dtype=np.int64)
        weights = np.zeros((len(vectors), count), dtype=np.int64)
        for start in range(0, len(vectors), _BLOCK):
            block = vectors[start : start + _BLOCK].astype(np.float32)
            # Products are below 2^14 and sums of 256 of them below 2^24: exact in single precision, in any order.
            near = np.maximum.reduceat((self._names @ block.T).T, self._starts, axis=1).astype(np.int64)
            # Equals are told apart by their numbers, so that it is the same ones everywhere that are chosen.
            order = near * len(self) + np.arange(len(self))[::-1]
            chosen = np.sort(np.argpartition(order, -count, axis=1)[:, -count:], axis=1)
            values = np.take_along_axis(near, chosen, axis=1)
            gaps = (values.max(axis=1, keepdims=True) - values) // _STEP
            numbers[start : start + _BLOCK] = chosen
            weights[start : start + _BLOCK] = _FALL[np.minimum(gaps, len(_FALL) - 1)]
        return numbers, weights


def _normalised(
    numbers: NDArray[np.int64], weights: NDArray[np.int64], count: int
) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    """The `count` heaviest at length `ONE`, ascending by number; what rounds to nothing is left out."""
    numbers = numbers[: len(weights)]
    kept = np.sort(np.lexsort((numbers, -weights))[:count])
    numbers, weights = numbers[kept], weights[kept]
    order = np.argsort(numbers)
    numbers, weights = numbers[order], weights[order]
    length = np.sqrt(float(weights @ weights))
    rounded = np.rint(weights / max(length, 1.0) * ONE).astype(np.uint8)
    return numbers[rounded > 0].astype(np.uint16), rounded[rounded > 0]


@cache
def load_occupations() -> Occupations:
    """The occupations of the installed model data; raises `ModelMissing` with what to do where there are none."""
    try:
        folder = resources.files("hiring_models").joinpath("esco")
    except ModuleNotFoundError:
        raise ModelMissing(
            "The package hiring_models is missing: attach the models layer, or build it with layers/models/build.py."
        ) from None
    with resources.as_file(folder) as path:
        return read_occupations(path)


def read_occupations(folder: Path) -> Occupations:
    """The occupations that `layers/models/build.py` wrote into `folder`."""
    try:
        lines = (folder / "occupations.txt").read_text(encoding="utf-8").splitlines()
        starts, names, meanings = (
            np.load(folder / f"occupation_{part}.npy") for part in ("starts", "names", "meanings")
        )
    except FileNotFoundError as error:
        raise ModelMissing(f"The model data is incomplete: {error.filename} is missing.") from None
    return Occupations(tuple(line.partition("\t")[0] for line in lines), starts.astype(np.int64), names, meanings)
