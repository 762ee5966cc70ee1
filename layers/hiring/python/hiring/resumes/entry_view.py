"""A position or a course of study as it is shown: what it was, where, when, and what was done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hiring.resumes.blocks import Block, blocks_of
from hiring.resumes.dates import Period, periods
from hiring.resumes.model import Education, Employment, Fact
from hiring.resumes.omission import cover, says, shown, uncovered

_HEAD_LINES = 6
_LONGEST_DATED_LINE = 140
_LONGEST_JOINT = 6
_BETWEEN_DATES = re.compile(r"\s*[-‐‑‒–—−~→>]+\s*|\s+[^\W\d]+\s+|\s+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a period; `moment` (YYYY-MM or YYYY) where it is a date."""

    text: str
    moment: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A position held or a course of study."""

    title: str
    about: tuple[str, ...]
    rest: tuple[str, ...]
    """What else stands in its head."""
    dates: tuple[Stretch, ...]
    blocks: tuple[Block, ...]


def entry_view(entry: Employment | Education, text: str, start: int, end: int, width: int) -> Entry:
    """The entry that stands in the covered `text[start:end]`, its head apart from what was done.

    The head reaches down to the last of the first lines that hold one of the entry's facts or its period.
    """
    names, about = _head(entry, text)
    names = _joined(names, text)
    head_end, spans = start, list[tuple[int, int]]()
    dates: tuple[Stretch, ...] = ()
    for line_start, line_end in _lines(text, start, end):
        inside = [fact for fact in (*names, *about) if line_start <= fact.start < line_end and fact.end <= end]
        period = None if dates else _period(text[line_start:line_end], entry)
        if period:
            span = (line_start + period.begin, line_start + period.finish)
            spans.append(span)
            dates = tuple(_stretches(uncovered(text[slice(*span)]), entry))
        if inside or period:
            spans += [(fact.start, fact.end) for fact in inside]
            head_end = max([line_end, *(fact.end for fact in inside)])
    left = cover(text[start:head_end], [(begin - start, finish - start) for begin, finish in spans])
    return Entry(
        title=" ".join(shown(text, fact) for fact in names),
        about=tuple(shown(text, fact) for fact in about),
        rest=tuple(line for each in left.split("\n") if says(line := uncovered(each))),
        dates=dates,
        blocks=tuple(blocks_of(text[head_end:end], width)),
    )


def _head(entry: Employment | Education, text: str) -> tuple[list[Fact], list[Fact]]:
    """The facts that name the entry, and those that say where it was; without the former the first of the latter."""
    names: list[Fact | None]
    about: list[Fact | None]
    if isinstance(entry, Employment):
        names, about = [entry.title], [entry.company, entry.place]
    else:
        names, about = [entry.degree, entry.field], [entry.school]
    found = [fact for fact in names if fact and shown(text, fact)]
    where = [fact for fact in about if fact and shown(text, fact)]
    return (found, where) if found else (where[:1], where[1:])


def _joined(names: list[Fact], text: str) -> list[Fact]:
    """Degree and field as one where hardly a word is between them: "Licenciatura em Enfermagem"."""
    if len(names) < 2 or not names[0].end <= names[1].start <= names[0].end + _LONGEST_JOINT:
        return names
    if "\n" in text[names[0].end : names[1].start]:
        return names
    return [names[0].model_copy(update={"end": names[1].end})]


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for line in text[start:end].split("\n", _HEAD_LINES)[:_HEAD_LINES]:
        yield position, position + len(line)
        position += len(line) + 1


def _period(line: str, entry: Employment | Education) -> Period | None:
    """When the entry was, where the line says it."""
    if len(line) > _LONGEST_DATED_LINE:
        return None
    for period in periods(line):
        same = (period.start, period.end) == (entry.start, entry.end)
        if same or (period.single and period.end in (entry.start, entry.end)):
            return period
    return None


def _stretches(period: str, entry: Employment | Education) -> Iterator[Stretch]:
    """The words of a period, its dates marked as such."""
    for cut in _BETWEEN_DATES.finditer(period):
        before, after = period[: cut.start()], period[cut.end() :]
        if _is_date(before, entry.start) and (entry.end is None or _is_date(after, entry.end)):
            yield Stretch(before, entry.start)
            yield Stretch(cut.group())
            yield Stretch(after, entry.end)
            return
    yield Stretch(period, next((each for each in (entry.end, entry.start) if _is_date(period, each)), None))


def _is_date(text: str, moment: str | None) -> bool:
    found = periods(text)
    return moment is not None and len(found) == 1 and found[0].single and found[0].end == moment
