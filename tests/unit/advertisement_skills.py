"""Requirements of advertisements with the skills that a person finds in them, and how well a linker does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tests.unit.advertisements import Count

JUDGED = Path(__file__).parent / "judged_skills"
"""Requirements of the advertisements of each half, each with the labels of its skills, or none.

The thresholds were chosen over `tuned`. Right ones were looked for among the eight likeliest of the linker.
"""


def judged(part: str) -> Iterator[tuple[str, set[str]]]:
    """Each requirement with the labels of its skills."""
    for line in (JUDGED / f"{part}.txt").read_text(encoding="utf-8").splitlines():
        text, _, labels = line.partition("\t")
        yield text, {label for label in labels.split("; ") if label}


def linked(requirements: Iterable[tuple[str, set[str]]], labels_of: Callable[[str], set[str]]) -> tuple[float, Count]:
    """The share of the shown skills that is right; of the requirements with a skill, those that show a right one."""
    shown = right = 0
    asked = Count()
    for text, wanted in requirements:
        found = labels_of(text)
        shown += len(found)
        right += len(found & wanted)
        asked.expected += bool(wanted)
        asked.both += bool(found & wanted)
    return (right / shown if shown else 1.0), asked
