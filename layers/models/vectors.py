"""Lay out the embedding and the vectors of ESCO's occupations, as the files that `hiring.skills` reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from esco import OccupationEntry
from numpy.typing import NDArray

from hiring.skills.embedding import StaticEmbedding, quantised

WORDLLAMA = Path("wordllama/weights/l2_supercat_256.safetensors")
FIELDS = 256
ROUNDS = 15
"""After so many the clusters hardly change."""


def token_vectors(folder: Path) -> NDArray[np.float16]:
    """The token vectors of WordLlama in the packages that are unpacked in `folder`, shape (32000, 256)."""
    content = (folder / WORDLLAMA).read_bytes()
    size = int.from_bytes(content[:8], "little")
    entry = json.loads(content[8 : 8 + size])["embedding.weight"]
    start, end = entry["data_offsets"]
    return np.frombuffer(content[8 + size + start : 8 + size + end], "<f2").reshape(entry["shape"])


def write_embedding(vectors: NDArray[np.float16], changes: Path, target: Path) -> None:
    """Write `vectors` with the trained `changes` as `target`/weights.safetensors.

    `changes` (training/embedding.py) holds `tokens`, for each a row of whole numbers, and how much one of them is.
    """
    with np.load(changes) as trained:
        changed = vectors.astype(np.float32)
        changed[trained["tokens"]] += trained["changes"] * trained["steps"][:, np.newaxis]
    write_weights(changed.astype("<f2"), target)


def write_weights(weights: NDArray[np.float16], target: Path) -> None:
    """Write `weights` as `target`/weights.safetensors, which `hiring.skills.embedding` reads."""
    content = weights.tobytes()
    header = {"embedding.weight": {"dtype": "F16", "shape": list(weights.shape), "data_offsets": [0, len(content)]}}
    encoded = json.dumps(header, separators=(",", ":")).encode()
    encoded = encoded.ljust((len(encoded) + 7) // 8 * 8)
    target.mkdir(parents=True, exist_ok=True)
    (target / "weights.safetensors").write_bytes(len(encoded).to_bytes(8, "little") + encoded + content)


def write_occupations(occupations: Sequence[OccupationEntry], embedding: StaticEmbedding, target: Path) -> None:
    """Write the vectors of all names of the occupations, whose each is, and the vectors of the descriptions."""
    target.mkdir(parents=True, exist_ok=True)
    names = [tuple(dict.fromkeys(n.lower() for n in (entry.label, *entry.other_names))) for entry in occupations]
    counts = np.array([len(each) for each in names], dtype=np.int64)
    np.save(target / "occupation_starts.npy", (np.cumsum(counts) - counts).astype("<u2"))
    np.save(target / "occupation_names.npy", embedding.vectors([name for each in names for name in each]))
    meanings = embedding.vectors([entry.description for entry in occupations])
    np.save(target / "occupation_meanings.npy", meanings)
    np.save(target / "fields.npy", clustered(meanings, FIELDS))


def clustered(vectors: NDArray[np.int8], count: int) -> NDArray[np.int8]:
    """`count` directions among unit vectors: spherical k-means (Dhillon and Modha, 2001), the same on every machine.

    It begins with vectors at even distances, which are of many fields where they come in the order of labels.
    """
    directions = vectors[np.arange(count) * len(vectors) // count]
    for _ in range(ROUNDS):
        nearest = (vectors.astype(np.float32) @ directions.T.astype(np.float32)).argmax(axis=1)
        sums = np.zeros(directions.shape)
        np.add.at(sums, nearest, vectors.astype(np.float64))
        directions = np.where(sums.any(axis=1, keepdims=True), quantised(sums), directions)
    return directions
