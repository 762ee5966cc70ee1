"""A sample person, as a file in `people/` describes one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Entry:
    """A position, a course of study or the like, every part in the person's own words; empty parts are not shown."""

    title: str
    organisation: str
    place: str
    dates: str
    text: str
    bullets: tuple[str, ...]

    @property
    def where(self) -> str:
        """Organisation and place on one line."""
        return ", ".join(part for part in (self.organisation, self.place) if part)


@dataclass(frozen=True)
class Section:
    """What stands under one heading; `sidebar` sections stand beside the others where a look has a sidebar."""

    title: str
    text: tuple[str, ...]
    entries: tuple[Entry, ...]
    bullets: tuple[str, ...]
    items: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    sidebar: bool


@dataclass(frozen=True)
class Resume:
    """All that a resume says."""

    name: str
    headline: str
    contacts: tuple[str, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Person:
    """A resume and the file it is to become."""

    slug: str
    format: str
    look: str
    font: str
    accent: str
    """A colour as #rrggbb."""
    scale: float
    """Size of the text of a PDF, relative to what its look usually has."""
    truncated: bool
    """Whether the file breaks off, as after a failed download."""
    resume: Resume


def read_person(path: Path) -> Person:
    """The person described in `path`; raises KeyError where a required field is missing."""
    person = json.loads(path.read_text("utf-8"))
    file = person["file"]
    return Person(
        slug=path.stem,
        format=file["format"],
        look=file["look"],
        font=file.get("font", ""),
        accent=file.get("accent", "#000000"),
        scale=file.get("scale", 1.0),
        truncated=file.get("truncated", False),
        resume=Resume(
            name=person["resume"]["name"],
            headline=person["resume"].get("headline", ""),
            contacts=tuple(person["resume"]["contacts"]),
            sections=tuple(_section(section) for section in person["resume"]["sections"]),
        ),
    )


def _section(section: Mapping[str, Any]) -> Section:
    return Section(
        title=section["title"],
        text=tuple(section.get("text", ())),
        entries=tuple(_entry(entry) for entry in section.get("entries", ())),
        bullets=tuple(section.get("bullets", ())),
        items=tuple(section.get("items", ())),
        pairs=tuple((label, value) for label, value in section.get("pairs", ())),
        sidebar=section.get("sidebar", False),
    )


def _entry(entry: Mapping[str, Any]) -> Entry:
    return Entry(
        title=entry["title"],
        organisation=entry.get("organisation", ""),
        place=entry.get("place", ""),
        dates=entry.get("dates", ""),
        text=entry.get("text", ""),
        bullets=tuple(entry.get("bullets", ())),
    )
