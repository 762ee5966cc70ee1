"""Who takes part in a run: the sample people of `events/`, or anybody's own resume files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.local.server import ROOT

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
    ".html": "text/html",
    ".htm": "text/html",
    ".txt": "text/plain",
}

NOTES = {"README", "LICENSE", "NOTICE", "SOURCE"}
"""Files that speak of a folder instead of being one of its resumes."""


@dataclass(frozen=True)
class Person:
    """Somebody who will enrol: account address, resume file, and preferences where any are stated.

    `readable` says whether the file can be read; None where nobody knows.
    """

    email: str
    resume: Path
    preferences: Mapping[str, Any] | None = None
    readable: bool | None = None

    @property
    def media_type(self) -> str:
        """The resume's media type, by the file's name."""
        return MEDIA_TYPES.get(self.resume.suffix.lower(), "application/octet-stream")


def people() -> list[Person]:
    """The sample people."""
    found = []
    for file in sorted((ROOT / "events" / "people").glob("*.json")):
        person = json.loads(file.read_text())
        [resume] = (ROOT / "events" / "resumes").glob(f"{file.stem}.*")
        readable = not person["file"].get("truncated", False)
        found.append(Person(person["email"], resume, person["preferences"], readable))
    return found


def owners_of(folder: Path) -> list[Person]:
    """One made-up account for each resume in `folder`, who stated no preferences; `ValueError` when there is none."""
    files = sorted(each for each in folder.iterdir() if each.suffix.lower() in MEDIA_TYPES and each.stem not in NOTES)
    if not files:
        raise ValueError(f"{folder} holds no resume ({', '.join(MEDIA_TYPES)})")
    return [Person(f"candidate-{number:03d}@example.com", file) for number, file in enumerate(files, 1)]


def jobs() -> dict[str, dict[str, Any]]:
    """The sample jobs' terms, by the name of the file."""
    return {file.stem: json.loads(file.read_text()) for file in sorted((ROOT / "events" / "jobs").glob("*.json"))}
