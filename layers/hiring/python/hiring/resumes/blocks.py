"""From lines of text back to the paragraphs and lists that a page divided into them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from hiring.resumes.omission import uncovered

_NARROWEST = 24
"""Lines that are all shorter than this are items and not a divided paragraph (in characters)."""
_GOES_ON_FROM = 0.7
_FULL_FROM = 0.93


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Points that stand below each other; short ones may stand side by side. `label` says what they are."""

    points: tuple[str, ...]
    label: str = ""
    short: bool = False


type Block = Paragraph | Listing


def line_width(text: str) -> int:
    """The width in characters at which `text` was divided into lines, 0 where each line stands for itself.

    Divided text shows in long lines that go on in the middle of a sentence, more often than they merely end there.
    """
    width = max(map(len, text.split("\n")))
    pairs = [pair for group in _groups(text) for pair in pairwise(group)]
    going_on = sum(_goes_on(line) and _needed(above, line) >= _GOES_ON_FROM * width for above, line in pairs)
    ending = sum(not _goes_on(line) and _needed(above, line) >= _FULL_FROM * width for above, line in pairs)
    return width if width >= _NARROWEST and going_on * 2 > ending else 0


def blocks_of(text: str, width: int, *, prose: bool = False) -> list[Block]:
    """The blocks of a covered text whose lines were divided at `width`.

    An empty line ends a block. A line goes on in the next one where the next word would not have fitted into it, as
    greedy filling of lines has it. What then are several lines is a list, or paragraphs in `prose`.
    """
    found: list[Block] = []
    for group in _groups(text):
        points = [shown for point in _joined(group, width, prose=prose) if (shown := uncovered(point))]
        if prose or len(points) == 1:
            found += [Paragraph(point) for point in points]
        elif points:
            found.append(Listing(tuple(points)))
    return found


def _groups(text: str) -> Iterator[list[str]]:
    group: list[str] = []
    for line in text.split("\n"):
        if line.strip():
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _joined(lines: list[str], width: int, *, prose: bool) -> Iterator[str]:
    point = lines[0]
    for above, line in pairwise(lines):
        if width and _continues(above, line, width, prose=prose):
            point += "\n" + line
        else:
            yield point
            point = line
    yield point


def _continues(above: str, line: str, width: int, *, prose: bool) -> bool:
    if _goes_on(line) or above.rstrip().endswith(","):
        return _needed(above, line) >= _GOES_ON_FROM * width
    ended = above.rstrip().endswith((".", ";", ":", "!", "?", ")"))
    return _needed(above, line) >= _FULL_FROM * width and (prose or not ended)


def _needed(above: str, line: str) -> int:
    """The width that the first word of `line` would have needed in the line above it."""
    return len(above.rstrip()) + 1 + len(line.split(maxsplit=1)[0])


def _goes_on(line: str) -> bool:
    first = line.lstrip()[:1]
    return first.islower() or first in ("(", "&")
