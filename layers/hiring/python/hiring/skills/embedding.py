"""A static text embedding: the mean of token vectors, as integers that are the same on every processor.

The vectors are WordLlama's (256 dimensions, half precision), moved by training on the names and descriptions of
occupations and skills (`layers/models/training/embedding.py`). A sum of half-precision numbers is exact in double
precision whatever the order; from there on only integers are added, and the rest is single IEEE operations. So the same
text gives the same bytes everywhere.
"""

from __future__ import annotations

import hashlib
import json
import mmap
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

type Vector = NDArray[np.int8]
"""256 integers: a unit vector times `SCALE`, rounded, cut off at ±127."""

DIMENSIONS = 256
PEAK = 2**15
BATCH = 16
"""Fewer texts than this are not worth waking the tokenizer's threads for."""
WORD = 40
"""Characters that a single word has at most."""
WORDS = 10_000
"""How many words' vectors are kept in memory."""
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
        self._words: dict[str, Vector] = {}
        self._told: dict[str, tuple[Vector, int]] = {}
        self.digest = digest
        """SHA-256 over weights and tokenizer: which model this is."""

    def vectors(self, texts: Sequence[str]) -> NDArray[np.int8]:
        """One vector a text, shape (len(texts), 256); a text without words is all zero."""
        return quantised(self._sums(texts))

    def vector(self, text: str) -> Vector:
        """The vector of one text; those of single words are kept, since the same ones are asked for again and again."""
        known = self._words.get(text)
        if known is None:
            known = self.vectors([text]).reshape(DIMENSIONS)
            if len(text) <= WORD and len(self._words) < WORDS:
                self._words[text] = known
        return known

    def words(self, words: Sequence[str]) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
        """`vectors` of single words, and how long each is, in tenths, before it is made a unit: telling words are long.

        Kept, since the same ones are asked for again and again.
        """
        new = [word for word in dict.fromkeys(words) if word not in self._told]
        if new:
            if len(self._told) + len(new) > WORDS:
                self._told.clear()
                new = list(dict.fromkeys(words))
            sums = self._sums(new)
            self._told.update(zip(new, zip(quantised(sums), _lengths(sums).tolist(), strict=True), strict=True))
        told = [self._told[word] for word in words]
        vectors = np.array([vector for vector, _ in told], dtype=np.int8).reshape(len(told), DIMENSIONS)
        return vectors, np.array([length for _, length in told], dtype=np.int64)

    def _sums(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """The sum of the token vectors of each text; case says nothing of its subject."""
        texts = [text.lower() for text in texts]
        if len(texts) < BATCH:
            encoded = [self._tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
        else:
            batch = self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
            encoded = [encoding.ids for encoding in batch]
        sizes = np.array([len(ids) for ids in encoded], dtype=np.int64)
        sums = np.zeros((len(texts), DIMENSIONS))
        tokens = np.fromiter(chain.from_iterable(encoded), dtype=np.int64, count=int(sizes.sum()))
        if len(tokens):
            starts = np.cumsum(sizes) - sizes
            sums[sizes > 0] = np.add.reduceat(self._weights[tokens].astype(np.float64), starts[sizes > 0], axis=0)
        return sums


def blended(vectors: Sequence[Vector]) -> Vector:
    """The direction between vectors, each counting the same."""
    return quantised(np.sum([vector.astype(np.float64) for vector in vectors], axis=0)[np.newaxis]).reshape(DIMENSIONS)


def _lengths(sums: NDArray[np.float64]) -> NDArray[np.int64]:
    rows, peaks = _integers(sums)
    return np.rint(np.sqrt((rows * rows).sum(axis=1)) * (peaks / PEAK) * 10).astype(np.int64)


def quantised(directions: NDArray[np.float64]) -> NDArray[np.int8]:
    """Each row at unit length times `SCALE`, in integers; zero stays zero."""
    rows, _ = _integers(directions)
    lengths = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    return np.clip(np.rint(rows / np.maximum(lengths, 1.0) * SCALE), -127, 127).astype(np.int8)


def _integers(directions: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Each row with its largest component as `PEAK`, in integers, and that component: integers add up exactly."""
    peaks = np.abs(directions).max(axis=1, initial=0.0)
    rows = np.rint(directions / np.where(peaks == 0, 1.0, peaks)[:, np.newaxis] * PEAK).astype(np.int64)
    return rows, peaks


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
        folder = resources.files("hiring_models").joinpath("embedding")
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
