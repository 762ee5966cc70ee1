"""The resume as a client may see it: clean HTML made from the evidence alone, so that no contact can be in it (R14)."""

from __future__ import annotations

from base64 import b64encode
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from hiring.resumes.blocks import Block, blocks_of, line_width
from hiring.resumes.entry_view import Entry, entry_view
from hiring.resumes.listings import listed_languages, listed_skills
from hiring.resumes.model import MASK, Education, Employment, Evidence, Fact, Section, SectionKind
from hiring.resumes.omission import cover, shown, stands_alone, uncovered
from hiring.resumes.text_language import language_of

if TYPE_CHECKING:
    from jinja2 import Template

_PAGES = Path(__file__).parent / "pages"
STYLE = (_PAGES / "resume.css").read_text()
"""The style sheet inside every view."""
STYLE_HASH = "sha256-" + b64encode(sha256(STYLE.encode()).digest()).decode()
"""All that a Content-Security-Policy has to allow: `default-src 'none'; style-src '<STYLE_HASH>'`."""

_HEADINGS = {
    SectionKind.SUMMARY: "Summary",
    SectionKind.EMPLOYMENT: "Experience",
    SectionKind.EDUCATION: "Education",
    SectionKind.SKILLS: "Skills",
    SectionKind.LANGUAGES: "Languages",
    SectionKind.CERTIFICATIONS: "Certifications",
    SectionKind.PROJECTS: "Projects",
}
_LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class _Resume:
    """The covered text, before and after the headline went to the top, and what stands in it by where it starts."""

    text: str
    without_contacts: str
    entries: tuple[Employment | Education, ...]
    skills: tuple[Fact, ...]
    languages: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section; no heading where the resume has text between its sections."""

    heading: str
    content: tuple[Block | Entry, ...] = ()


def client_view(evidence: Evidence, *, name: str | None = None) -> str:
    """A whole HTML page: the resume in its own words and order, without anything that is masked.

    Shown is `evidence.text` and never a fact's normalised value. `name` is the person's, once an invitation is out.
    """
    text = without_contacts = cover(evidence.text)
    headline = shown(text, evidence.headline)
    if evidence.headline and stands_alone(text, evidence.headline):
        text = cover(text, [(evidence.headline.start, evidence.headline.end)])
    resume = _Resume(
        text=text,
        without_contacts=without_contacts,
        entries=_entries(evidence),
        skills=_in_order(skill for skill in evidence.skills if skill.employment is None),
        languages=_in_order(evidence.languages),
    )
    parts = [part for section in _sections(evidence) if (part := _part(resume, section))]
    opening = parts.pop(0) if parts and not parts[0].heading else Part("")
    return _template().render(
        language=language_of(text),
        title=name or headline or "Resume",
        headline=headline if name else "",
        opening=opening,
        parts=parts,
        omitted="Means of contact are" if name else "Name and means of contact are",
        style=STYLE,
    )


def _in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=lambda fact: fact.start))


def _entries(evidence: Evidence) -> tuple[Employment | Education, ...]:
    """The positions and studies, none of them within another."""
    found: list[Employment | Education] = [*evidence.employment, *evidence.education]
    kept: list[Employment | Education] = []
    for entry in sorted(found, key=lambda each: each.text.start):
        if entry.text.start < entry.text.end and (not kept or kept[-1].text.end <= entry.text.start):
            kept.append(entry)
    return tuple(kept)


def _sections(evidence: Evidence) -> Iterator[Section]:
    """The sections without overlaps, and what stands between them as sections of their own."""
    position, length = 0, len(evidence.text)
    for section in sorted(evidence.sections, key=lambda each: each.start):
        start, end = max(section.start, position), min(section.end, length)
        if start < end:
            yield Section(kind=SectionKind.HEADER, start=position, end=start)
            yield Section(kind=section.kind, start=start, end=end)
            position = end
    yield Section(kind=SectionKind.HEADER, start=position, end=length)


def _part(resume: _Resume, section: Section) -> Part | None:
    """A section as it is shown; None where nothing of it is left."""
    text, stop = resume.text, section.end
    first = bisect_left(resume.entries, section.start, key=lambda entry: entry.text.start)
    entries = resume.entries[first : bisect_left(resume.entries, stop, key=lambda entry: entry.text.start)]
    position = section.start if entries and entries[0].text.start == section.start else _heading_end(text, section)
    heading = uncovered(text[section.start : position].replace("\t", " ")) or _HEADINGS.get(section.kind, "")
    width = line_width(text[section.start : stop])
    content: list[Block | Entry] = []
    for entry in entries:
        start, end = max(position, entry.text.start), min(entry.text.end, stop)
        content += _blocks(resume, Section(kind=section.kind, start=position, end=start), width)
        content.append(entry_view(entry, text, start, end, width))
        position = end
    content += _blocks(resume, Section(kind=section.kind, start=position, end=stop), width)
    if content or (heading and MASK not in resume.without_contacts[section.start : stop]):
        return Part(heading, tuple(content))
    return None


def _heading_end(text: str, section: Section) -> int:
    """The end of the first line where that is the section's heading, else the section's start."""
    if section.kind is SectionKind.HEADER:
        return section.start
    first_line = text[section.start : section.end].partition("\n")[0]
    return section.start + (len(first_line) if len(first_line) <= _LONGEST_HEADING else 0)


def _blocks(resume: _Resume, stretch: Section, width: int) -> Sequence[Block]:
    """What the reader sorted no further, by what the section is about that it stands in."""
    text, start, end = resume.text, stretch.start, stretch.end
    if stretch.kind is SectionKind.SKILLS and (lists := listed_skills(text, resume.skills, start, end)):
        return lists
    if stretch.kind is SectionKind.LANGUAGES:
        return listed_languages(text, resume.languages, start, end)
    return blocks_of(text[start:end], width, prose=stretch.kind in (SectionKind.HEADER, SectionKind.SUMMARY))


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    pages = Environment(
        loader=FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return pages.get_template("resume.html")
