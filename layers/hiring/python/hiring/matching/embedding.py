"""A static text embedding: the mean of token vectors, as integers that are the same on every processor.

The vectors are WordLlama's (256 dimensions, half precision). A sum of half-precision numbers is exact in double
precision whatever the order, the length is a correctly rounded sum, and the rest is single IEEE operations; so the
same text gives the same bytes everywhere.
"""

from __future__ import annotations

import hashlib
import json
import math
import mmap
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

type Vector = NDArray[np.int8]
"""256 integers: a unit vector times `SCALE`, rounded, cut off at ±127."""

DIMENSIONS = 256
SCALE = 300
"""Unit vectors have components of about 1/16 and seldom above 0.4, so that one step is a twentieth of the usual size.
"""


class ModelMissing(RuntimeError):
    """The model data is not installed."""


class StaticEmbedding:
    """Texts as unit vectors in which similar subjects point the same way."""

    def __init__(self, weights: NDArray[np.float16], tokenizer: Tokenizer, digest: str) -> None:
        self._weights = weights
        self._tokenizer = tokenizer
        self.digest = digest
        """SHA-256 over weights and tokenizer: which model this is."""

    def vectors(self, texts: Sequence[str]) -> NDArray[np.int8]:
        """One vector a text, shape (len(texts), 256); a text without words is all zero."""
        out = np.zeros((len(texts), DIMENSIONS), dtype=np.int8)
        for row, encoding in enumerate(self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)):
            if encoding.ids:
                out[row] = quantised(self._weights[np.array(encoding.ids)].astype(np.float64).sum(axis=0))
        return out

    def lengths(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """How long the vector of each text is, in tenths, before it is made a unit: telling words are long."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        sums = [self._weights[np.array(e.ids, dtype=np.int64)].astype(np.float64).sum(axis=0) for e in encodings]
        return np.array([round(math.sqrt(math.fsum(x * x for x in row.tolist())) * 10) for row in sums], dtype=np.int64)

    def vector(self, text: str) -> Vector:
        """The vector of one text."""
        return self.vectors([text]).reshape(DIMENSIONS)


def quantised(direction: NDArray[np.float64]) -> Vector:
    """`direction` at unit length times `SCALE`, in integers; zero stays zero."""
    length = math.sqrt(math.fsum(x * x for x in direction.tolist()))
    if length == 0:
        return np.zeros(DIMENSIONS, dtype=np.int8)
    return np.clip(np.rint(direction / length * SCALE), -127, 127).astype(np.int8)


def blended(vectors: Sequence[Vector]) -> Vector:
    """The direction between vectors, each counting the same."""
    return quantised(np.sum([vector.astype(np.float64) for vector in vectors], axis=0))


def similarities(vectors: NDArray[np.int8], vector: Vector) -> NDArray[np.int32]:
    """Exact dot products of every row with `vector`; cosine × SCALE² but for rounding.

    Products of two such numbers are below 2^14 and 256 of them below 2^24, so single precision holds every partial sum
    exactly and the fast matrix product may add in any order. Rows go through it in pieces that fit the cache.
    """
    out = np.empty(len(vectors), dtype=np.int32)
    other = vector.astype(np.float32)
    piece = 2048
    for start in range(0, len(vectors), piece):
        out[start : start + piece] = vectors[start : start + piece].astype(np.float32) @ other
    return out


@cache
def load_embedding() -> StaticEmbedding:
    """The embedding of the installed model data; raises `ModelMissing` with what to do where there is none."""
    try:
        folder = resources.files("hiring_models").joinpath("wordllama")
    except ModuleNotFoundError:
        raise ModelMissing(
            "The package hiring_models is missing: attach the models layer, or build it with layers/models/build.py."
        ) from None
    with resources.as_file(folder) as path:
        return read_embedding(path)


def read_embedding(folder: Path) -> StaticEmbedding:
    """The embedding stored in `folder` as `weights.safetensors` and `tokenizer.json`."""
    try:
        with (folder / "weights.safetensors").open("rb") as file:
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        tokenizer_json = (folder / "tokenizer.json").read_bytes()
    except FileNotFoundError as error:
        raise ModelMissing(f"The model data is incomplete: {error.filename} is missing.") from None
    header_size = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + header_size])["embedding.weight"]
    start, _ = header["data_offsets"]
    rows, dimensions = header["shape"]
    weights = np.frombuffer(content, np.float16, rows * dimensions, 8 + header_size + start).reshape(rows, dimensions)
    tokenizer = Tokenizer.from_buffer(tokenizer_json)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return StaticEmbedding(weights, tokenizer, hashlib.sha256(content[:] + tokenizer_json).hexdigest())
