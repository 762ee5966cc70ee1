"""The work that a text is about, by the descriptions of ESCO's occupations, all in integers.

A text is as near to an occupation as to the nearest of its names. The nearest occupations get weights that fall off
exponentially with the distance, a softmax over the best. What that gives is the same on every processor: similarities
are exact integers, and exponentials come rounded from a table.
"""

from __future__ import annotations

import hashlib
import math
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hiring.skills.embedding import SCALE, ModelMissing, quantised

NEAREST = 8
"""Occupations that a text is spread over. On titles that training did not see, 6 to 16 of them do equally well."""
TEMPERATURE = 0.1
"""The cosine by which an occupation is farther than the nearest to weigh 1/e of it."""
_STEP = 90
"""Similarities are integers, `SCALE`² a cosine of one; the table of exponentials has one entry for this many."""
_FALL = np.array(
    [round(2**16 * math.exp(-step * _STEP / (TEMPERATURE * SCALE * SCALE))) for step in range(1100)], dtype=np.int64
)
_BLOCK = 64
"""Texts that are compared at once: more would not fit into the memory of a small function."""


class Occupations:
    """ESCO's occupations with the vectors of their names and descriptions."""

    def __init__(self, starts: NDArray[np.int64], names: NDArray[np.int8], meanings: NDArray[np.int8]) -> None:
        self._starts = starts
        self._names = names.astype(np.float32)
        self._meanings = meanings.astype(np.int64)
        self.digest = hashlib.sha256(starts.tobytes() + names.tobytes() + meanings.tobytes()).hexdigest()
        """SHA-256 over everything that meanings depend on."""

    def __len__(self) -> int:
        return len(self._starts)

    def meanings(self, vectors: NDArray[np.int8]) -> NDArray[np.int8]:
        """The weighted mean of the descriptions of the occupations that each of `vectors` is nearest to."""
        numbers, weights = self.nearest(vectors)
        sums = np.zeros(vectors.shape)
        for row in range(len(vectors)):
            if vectors[row].any():
                sums[row] = weights[row] @ self._meanings[numbers[row]]
        return quantised(sums)

    def nearest(self, vectors: NDArray[np.int8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For each of `vectors` the numbers of the nearest occupations, ascending, and their weights, at most 2^16."""
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
        starts, names, meanings = (
            np.load(folder / f"occupation_{part}.npy") for part in ("starts", "names", "meanings")
        )
    except FileNotFoundError as error:
        raise ModelMissing(f"The model data is incomplete: {error.filename} is missing.") from None
    return Occupations(starts.astype(np.int64), names, meanings)
