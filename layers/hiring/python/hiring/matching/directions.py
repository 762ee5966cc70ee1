"""Vectors in few bits: the signs of all components for a look at everybody, how large they are for a closer one.

That all signs say more of a direction than a quarter of the components does in full is what hashing by random planes
rests on (Charikar, "Similarity estimation techniques from rounding algorithms", 2002); here only the candidates' side
is rounded. Sums are of integers: the same on every processor.
"""

from __future__ import annotations

from functools import lru_cache

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
    pairs = _SIGN_PAIRS.take(signs).view(np.uint8).reshape(sizes.shape)
    vectors = _COMPONENTS.take(pairs.astype(np.intp) << 8 | sizes).view(np.int8)
    vectors[~signs.any(axis=1)] = 0
    return vectors


def likeness(vectors: NDArray[np.int8] | Signs, vector: Vector) -> NDArray[np.int32]:
    """Exact dot products of every row with `vector`; of signs as if each component were of `USUAL` size.

    Sixteen signs at a time are looked up in the sums that they stand for.
    """
    if vectors.dtype == np.int8:
        return similarities(vectors.view(np.int8), vector)
    words = np.ascontiguousarray(vectors.view("<u2").T)
    out = np.zeros(len(vectors), dtype=np.int32)
    for word, sums in zip(words, _sums_of_signs(vector.tobytes()), strict=True):
        out += sums.take(word)
    out *= 2
    out -= int(vector.sum(dtype=np.int64))
    out *= USUAL
    return out


@lru_cache(maxsize=2)
def _sums_of_signs(vector: bytes) -> NDArray[np.int32]:
    """For each 16 components (first axis) and each set of them that is positive (second) their sum."""
    components = np.frombuffer(vector, dtype=np.int8).astype(np.int32).reshape(-1, 2, 8)
    positive = np.unpackbits(np.arange(256, dtype=np.uint8)[:, np.newaxis], axis=1).astype(np.int32)
    first, second = components[:, 0] @ positive.T, components[:, 1] @ positive.T
    return (second[:, :, np.newaxis] + first[:, np.newaxis, :]).reshape(len(components), -1)


def _sign_pairs() -> NDArray[np.uint32]:
    """The signs of a byte two by two, the first in the lower bit, a byte each."""
    bits = np.unpackbits(np.arange(256, dtype=np.uint8)[:, np.newaxis], axis=1)
    return np.ascontiguousarray(bits[:, ::2] | bits[:, 1::2] << 1).view(np.uint32).reshape(-1)


def _components() -> NDArray[np.uint16]:
    """Two components for each two signs (above) and two sizes (below)."""
    numbers = np.arange(1024)
    sizes = np.stack([numbers & 15, numbers >> 4 & 15], axis=1) * STEP + STEP // 2
    signs = np.stack([numbers >> 8 & 1, numbers >> 9 & 1], axis=1) * 2 - 1
    components: NDArray[np.uint16] = (sizes * signs).astype(np.int8).view(np.uint16).reshape(-1)
    return components


_SIGN_PAIRS, _COMPONENTS = _sign_pairs(), _components()
