"""Vectors in few bits: the signs of all components for a look at everybody, how large they are for a closer one.

That all signs say more of a direction than a quarter of the components does in full is what hashing by random planes
rests on (Charikar, "Similarity estimation techniques from rounding algorithms", 2002); here only the candidates' side
is rounded. Sums are of integers: the same on every processor.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hiring.skills.embedding import Vector, similarities

type Signs = NDArray[np.uint8]
"""A bit a component, eight a byte, the first in the highest: whether it is positive. All zero for a vector of zeros."""
type Sizes = NDArray[np.uint8]
"""Four bits a component, two a byte, the first in the lower half: in which step of `STEP` its size lies."""

STEP = 4
STEPS = 16
USUAL = 15
"""The mean size of a component."""
_PIECE = 1024


def signs_of(vectors: NDArray[np.int8]) -> Signs:
    """The signs of each row."""
    return np.packbits(vectors > 0, axis=1)


def sizes_of(vectors: NDArray[np.int8]) -> Sizes:
    """The sizes of each row; what is beyond the last step counts as in it."""
    steps = (np.abs(vectors) - (vectors > 0)).view(np.uint8) // np.uint8(STEP)
    np.minimum(steps, STEPS - 1, out=steps)
    sizes: Sizes = steps[:, ::2] | steps[:, 1::2] << np.uint8(4)
    return sizes


def restored(signs: Signs, sizes: Sizes) -> NDArray[np.int8]:
    """Vectors with each component in the middle of its step; its signs and sizes are those given."""
    vectors = np.empty((len(sizes), 2 * sizes.shape[1]), dtype=np.int8)
    vectors[:, ::2] = sizes & 15
    vectors[:, 1::2] = sizes >> 4
    vectors *= STEP
    vectors += STEP // 2
    np.negative(vectors, out=vectors, where=np.unpackbits(signs, axis=1) == 0)
    vectors[~signs.any(axis=1)] = 0
    return vectors


def likeness(vectors: NDArray[np.int8] | Signs, vector: Vector) -> NDArray[np.int32]:
    """Exact dot products of every row with `vector`; of signs as if each component were of `USUAL` size."""
    if vectors.dtype == np.int8:
        return similarities(vectors.view(np.int8), vector)
    out = np.empty(len(vectors), dtype=np.int32)
    other = vector.astype(np.float32)
    for start in range(0, len(vectors), _PIECE):
        out[start : start + _PIECE] = np.unpackbits(vectors[start : start + _PIECE].view(np.uint8), axis=1) @ other
    out *= 2
    out -= int(vector.sum(dtype=np.int64))
    out *= USUAL
    return out
