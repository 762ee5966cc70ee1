"""Resumes as plain text, in two looks."""

from __future__ import annotations

from textwrap import wrap

from events.writers.resume import Entry, Person, Section

WIDTH = 76


def write_txt(person: Person) -> bytes:
    """The person's resume as a UTF-8 text file of lines up to 76 characters."""
    resume = person.resume
    underlined = person.look == "underlined"
    lines = [resume.name, *([resume.headline] if resume.headline else [])]
    lines += [" | ".join(resume.contacts)] if underlined else list(resume.contacts)
    for section in resume.sections:
        title = [section.title, "-" * len(section.title)] if underlined else [section.title.upper()]
        lines += ["", *title, *([] if underlined else [""]), *_section(section, underlined)]
    return ("\n".join(lines) + "\n").encode()


def _section(section: Section, underlined: bool) -> list[str]:
    lines = [line for text in section.text for line in wrap(text, WIDTH)]
    for number, entry in enumerate(section.entries):
        lines += [*([""] if number else []), *_entry(entry, underlined)]
    lines += _bullets(section.bullets, underlined)
    if section.items:
        lines += wrap(", ".join(section.items), WIDTH)
    for label, value in section.pairs:
        lines += wrap(f"{label}: {value}", WIDTH, subsequent_indent=" " * (len(label) + 2))
    return lines


def _entry(entry: Entry, underlined: bool) -> list[str]:
    heading = (
        [f"{entry.title}, {entry.where}" if entry.where else entry.title, entry.dates]
        if underlined
        else [f"{entry.dates}   {entry.where}", entry.title]
    )
    return [*(line for line in heading if line), *wrap(entry.text, WIDTH), *_bullets(entry.bullets, underlined)]


def _bullets(bullets: tuple[str, ...], underlined: bool) -> list[str]:
    mark = "- " if underlined else "  * "
    return [
        line
        for bullet in bullets
        for line in wrap(bullet, WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark))
    ]
