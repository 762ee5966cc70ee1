"""The field of work that a text is about, among regions of ESCO's occupations, all in integers.

Two texts on the same work often share no word. Each is moved towards the fields that it is near to, a softmax over all
of them, so that "saucier" and "hot station" come to point the same way while "hot melt adhesive" does not. The regions
are clusters of the occupations' descriptions (`layers/models/vectors.py`). What comes out is the same on every
processor: products of small integers are exact, and exponentials come rounded from a table.
"""

from __future__ import annotations

import hashlib
import math
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from hiring.skills.embedding import SCALE, ModelMissing

TEMPERATURE = 0.07
"""The cosine by which a field is farther than the nearest to weigh 1/e of it."""
HIGHEST = 2**8
"""What the nearest field weighs: sums of 256 such weights times components are exact in single precision."""
EXACT = 2.0**53
"""Whole numbers below this are exact in double precision, and so is every sum of them below it."""
_STEP = 90
"""Similarities are integers, `SCALE`² a cosine of one; the table of exponentials has one entry for this many."""
_FALL = np.array(
    [round(HIGHEST * math.exp(-step * _STEP / (TEMPERATURE * SCALE * SCALE))) for step in range(500)], dtype=np.float32
)


class Fields:
    """Directions of fields of work, one a row, as unit vectors in integers."""

    def __init__(self, directions: NDArray[np.int8]) -> None:
        self._directions = directions.astype(np.float32)
        self._transposed = np.ascontiguousarray(self._directions.T)
        self.digest = hashlib.sha256(directions.tobytes()).hexdigest()
        """SHA-256 over the directions: which fields these are."""

    def meanings(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """The direction half way between each of `vectors` (`units`) and the fields of its work; zero stays zero."""
        # Products are below 2^14 and sums of 256 of them below 2^24: exact in single precision, in any order.
        near = vectors @ self._transposed
        steps = (near.max(axis=1, keepdims=True) - near) * np.float32(1 / _STEP)
        weights = _FALL[np.minimum(steps.astype(np.intp), len(_FALL) - 1)]
        mixed = vectors + units(weights @ self._directions)
        mixed[~vectors.any(axis=1)] = 0.0
        return units(mixed)


def units(rows: NDArray[np.float32] | NDArray[np.float64]) -> NDArray[np.float32]:
    """Each row of whole numbers at unit length times `SCALE`, in whole numbers; zero stays zero.

    Double precision holds sums of squares below 2^53 exactly, so that they are the same in whatever order a processor
    adds them. The numbers of a longer row are rounded to 22 bits first: then its squares have such a sum too.
    """
    exact = rows.astype(np.float64)
    squares = np.einsum("ij,ij->i", exact, exact)
    longer = squares >= EXACT
    if longer.any():
        _, bits = np.frexp(np.abs(exact[longer]).max(axis=1))
        exact[longer] = np.rint(np.ldexp(exact[longer], 22 - bits[:, np.newaxis]))
        squares = np.einsum("ij,ij->i", exact, exact)
    exact *= (SCALE / np.maximum(np.sqrt(squares), 1.0))[:, np.newaxis]
    return np.rint(exact, out=exact).astype(np.float32)


@cache
def load_fields() -> Fields:
    """The fields of the installed model data; raises `ModelMissing` with what to do where there are none."""
    try:
        with resources.as_file(resources.files("hiring_models").joinpath("esco", "fields.npy")) as path:
            return Fields(np.load(path))
    except (ModuleNotFoundError, FileNotFoundError):
        raise ModelMissing(
            "The fields of work are missing: attach the models layer, or build it with layers/models/build.py."
        ) from None
