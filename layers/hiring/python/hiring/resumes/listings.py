"""Skills and languages as lists: the points that a resume puts between separators."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from hiring.resumes.blocks import Listing
from hiring.resumes.model import Fact
from hiring.resumes.omission import says, uncovered

_CUT = re.compile(r"[,;|•·●◦▪■\t\n]|(?<=\s)[/–—](?=\s)")
_LABEL = re.compile(r"[^,;|:\n]{2,40}:(?=\s)")


def listed_skills(text: str, skills: Sequence[Fact], start: int, end: int) -> tuple[Listing, ...]:
    """The lists in `text[start:end]`, of which `skills` (in order) must make up the better part; else none.

    Cut at separators outside of brackets and of skills. A label ("Tools:") that begins a line or a cell begins a list.
    """
    inside = [skill for skill in _starting(skills, start, end) if skill.end <= end]
    if sum(skill.end - skill.start for skill in inside) * 2 < sum(map(str.isalnum, text[start:end])):
        return ()
    return tuple(_lists(text, inside, start, end))


def listed_languages(text: str, languages: Sequence[Fact], start: int, end: int) -> tuple[Listing, ...]:
    """One point for each of `languages` (in order) with what is said of it, and other lines for themselves."""
    begins = {language.start for language in _starting(languages, start, end) if _is_apart(text, language.start)}
    points: list[str] = []
    for begin, finish in pairwise(sorted({start, end, *begins})):
        lines = [line for each in text[begin:finish].split("\n") if (line := uncovered(each).strip(" ,;|•·/"))]
        if len(lines) > 1 and begin in begins and (" " not in lines[0] or lines[1][0].islower()):
            lines[:2] = [" · ".join(lines[:2])]  # its level stands below it
        points += lines
    return (Listing(tuple(points)),) if points else ()


def _starting(facts: Sequence[Fact], start: int, end: int) -> Sequence[Fact]:
    def place(fact: Fact) -> int:
        return fact.start

    return facts[bisect_left(facts, start, key=place) : bisect_left(facts, end, key=place)]


def _is_apart(text: str, start: int) -> bool:
    """Whether nothing but a separator stands before it, so that it is no word of a longer phrase."""
    before = text[max(0, start - 3) : start].rstrip(" ")
    return not before[-1:].isalnum() and not before.endswith("(")


def _lists(text: str, skills: Sequence[Fact], start: int, end: int) -> Iterator[Listing]:
    label, points, position = "", list[str](), start
    for cut in [*_cuts(text, skills, start, end), end]:
        begins = position == start or text[position - 1] in "\n\t"
        if begins and (found := _LABEL.match(text, position, cut)):
            if label or points:
                yield Listing(tuple(points), label, short=True)
            label, points, position = uncovered(found.group()[:-1]), [], found.end()
        if says(point := uncovered(text[position:cut])):
            points.append(point)
        position = cut + 1
    if label or points:
        yield Listing(tuple(points), label, short=True)


def _cuts(text: str, skills: Sequence[Fact], start: int, end: int) -> Iterator[int]:
    kept = {position for skill in skills for position in range(skill.start, skill.end)}
    depth, position = 0, start
    for cut in _CUT.finditer(text, start, end):
        between = text[position : cut.start()]
        depth = max(0, depth + between.count("(") - between.count(")"))
        position = cut.start()
        if cut.group() == "\n":
            depth = 0
        if depth == 0 and position not in kept:
            yield position
