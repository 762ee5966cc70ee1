"""Words, titles and narrow cells that a page divides over several lines are whole again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from hiring.resumes.dates import periods
from hiring.resumes.layout import Cell, Line, Run, cell_of

_HYPHENATED = re.compile(r"[a-zà-öø-ÿ]{2,}[-‐]$")
_RANGE_END = re.compile(r"[-–—]$|\b(?:to|bis|until)$")
_WORD_END = re.compile(r"[a-zà-öø-ÿ]{2,}\S*\s?")
_MAIL_BEGUN = re.compile(r"(?:^|\s)[\w.+-]{2,}(?:@[\w.-]*)?$")
_MAIL_WHOLE = re.compile(
    r"@[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{2}|com|org|net|edu|gov|info|biz|name|dev|app|email|online|cloud|tech|pro)$",
    re.IGNORECASE,
)
_MAIL_REST = re.compile(r"^@?[\w.-]{1,60}$")


def unwrapped(lines: list[Line]) -> list[Line]:
    """The lines of a page with divided words joined on the first of their lines, and wrapped heads as one line."""
    sizes = Counter(round(line.size, 1) for line in lines for _ in range(1 + len(line.text) // 20))
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    joined: list[Line] = []
    index = 0
    lines = _whole_periods(_narrow_cells(lines))
    while index < len(lines):
        line = lines[index]
        index += 1
        previous = joined[-1] if joined else None
        if previous is not None and previous.page == line.page and not line.bullet:
            whole = (
                _whole_link(previous, line) or _whole_mail(previous, line) or _whole_head(previous, line, lines, usual)
            )
            if whole is not None:
                joined[-1] = whole
                continue
            if _divides_word(previous, line):
                match = _WORD_END.match(line.text)
                assert match is not None  # noqa: S101
                joined[-1] = _extended(previous, match.group().strip())
                rest = _shortened(line, match.end())
                if rest is not None:
                    joined.append(rest)
                continue
        joined.append(line)
    return joined


def _divides_word(previous: Line, line: Line) -> bool:
    match = _WORD_END.match(line.text)
    return (
        len(previous.cells) == len(line.cells) == 1
        and bool(_HYPHENATED.search(previous.text))
        and match is not None
        and abs(previous.cells[0].runs[-1].size - line.cells[0].runs[0].size) < 0.8
        and match.end() <= len(line.cells[0].runs[0].text)
    )


def _whole_link(previous: Line, line: Line) -> Line | None:
    """A link that a narrow column cut in two: both parts lead to the same place and together spell it."""
    if len(previous.cells) != 1 or len(line.cells) != 1:
        return None
    above, below = previous.cells[0].runs[-1], line.cells[0].runs[0]
    spelled = (above.text + below.text).replace(" ", "").lower()
    if not above.target or above.target != below.target or spelled not in above.target.lower():
        return None
    return _with_cell(previous, 0, [*previous.cells[0].runs, *line.cells[0].runs], line)


def _whole_mail(previous: Line, line: Line) -> Line | None:
    """A mail address that a narrow column cut in two."""
    if len(previous.cells) != 1 or len(line.cells) != 1 or abs(previous.size - line.size) > 0.8:
        return None
    first, second = previous.text, line.text
    begun = _MAIL_BEGUN.search(first)
    if begun is None or (_MAIL_WHOLE.search(first) and not second.startswith(".")):
        return None
    if ("@" in begun.group()) == ("@" in second) or ("@" in second and not second.startswith("@")):
        return None
    if not _MAIL_REST.match(second) or not _MAIL_WHOLE.search(first + second):
        return None
    return _with_cell(previous, 0, [*previous.cells[0].runs, *line.cells[0].runs], line)


def _whole_head(previous: Line, line: Line, lines: list[Line], usual: float) -> Line | None:
    """A title or name that goes on in the next line: same look, and it begins small or would not have fitted above."""
    first = line.cells[0]
    number = next((index for index, cell in enumerate(previous.cells) if abs(cell.left - first.left) < 3), None)
    if number is None or line.gap or previous.bullet:
        return None
    cell = previous.cells[number]
    before, after = cell.runs[-1], first.runs[0]
    prominent = before.bold or before.size > usual + 1
    if (
        not prominent
        or before.bold != after.bold
        or before.italic != after.italic
        or abs(before.size - after.size) > 0.6
    ):
        return None
    if line.top - previous.bottom > 0.6 * before.size or len(cell.text) < 3 or len(cell.text) + len(first.text) > 160:
        return None
    text = first.text
    if before.size > 1.7 * usual and len(cell.text) + len(text) < 40 and len(line.cells) == 1:
        return _with_cell(previous, number, [*cell.runs, replace(before, text=" "), *first.runs], line)
    if cell.text.endswith("-") and text[:1].isupper():
        return _with_cell(previous, number, [*cell.runs, *first.runs], line)
    unclosed = cell.text.count("(") > cell.text.count(")")
    small = (
        text[:1].islower() or text.startswith(("- ", "– ", "& ", "(")) or cell.text.endswith((",", "&", " and", " of"))
    )
    if not (unclosed or small or _overflows(previous, number, text, lines)):
        return None
    return _with_cell(previous, number, [*cell.runs, replace(before, text=" "), *first.runs], line)


def _overflows(previous: Line, number: int, text: str, lines: list[Line]) -> bool:
    """Whether the first word of `text` had no room at the end of its cell; the room ends where the longest "
    "line ends."""
    cell = previous.cells[number]
    if number + 1 < len(previous.cells):
        return False
    width = (cell.right - cell.left) / max(1, len(cell.text))
    edge = max(
        (each.right for each in lines if abs(each.left - cell.left) < 25 or abs(each.left - previous.left) < 3),
        default=0.0,
    )
    word = text.split(" ", 1)[0]
    return cell.right + width * (len(word) + 1) > edge + 1 and len(cell.text) >= (18 if number == 0 else 9)


def _with_cell(previous: Line, number: int, runs: list[Run], line: Line) -> Line:
    cell = previous.cells[number]
    whole = cell_of(runs, cell.left, max(cell.right, line.cells[0].right))
    assert whole is not None  # noqa: S101
    cells: tuple[Cell, ...] = (*previous.cells[:number], whole, *previous.cells[number + 1 :], *line.cells[1:])
    return replace(previous, cells=cells, bottom=line.bottom)


def _whole_periods(lines: list[Line]) -> list[Line]:
    """A period whose dates stand below each other, perhaps with a word or dash between them, is one line."""
    result: list[Line] = []
    index = 0
    while index < len(lines):
        count = next((each for each in (3, 2) if _are_period(lines[index : index + each], each)), 1)
        line = lines[index]
        for below in lines[index + 1 : index + count]:
            blank = replace(below.cells[0].runs[0], text=" - " if below.bullet else " ")
            line = _with_cell(line, 0, [*line.cells[0].runs, blank, *below.cells[0].runs], below)
        result.append(line)
        index += count
    return result


def _are_period(lines: list[Line], count: int) -> bool:
    if len(lines) < count or any(len(line.cells) != 1 or len(line.text) > 20 for line in lines):
        return False
    if not lines[0].text[-1:].isdigit() and not _RANGE_END.search(lines[0].text):
        return False
    whole = " ".join(f"- {line.text}" if line.bullet and number else line.text for number, line in enumerate(lines))
    found = periods(whole)
    return len(found) == 1 and not found[0].single and found[0].finish - found[0].begin == len(whole)


def _narrow_cells(lines: list[Line]) -> list[Line]:
    """A narrow first cell that wraps below itself, beside a row of other cells, is one cell."""
    result: list[Line] = []
    for line in lines:
        if result and _goes_on_in_cell(result[-1], line):
            head, cell = result[-1], line.cells[0]
            first = head.cells[0]
            last = first.runs[-1]
            divided = bool(_HYPHENATED.search(first.text)) and cell.text[:1].islower()
            before = replace(last, text=last.text[:-1] if divided else last.text + " ")
            whole = cell_of([*first.runs[:-1], before, *cell.runs], first.left, max(first.right, cell.right))
            if whole is not None:
                result[-1] = replace(head, cells=(whole, *head.cells[1:]), bottom=line.bottom)
                continue
        result.append(line)
    return result


def _goes_on_in_cell(head: Line, line: Line) -> bool:
    if len(head.cells) < 2 or len(line.cells) != 1 or line.bullet or head.page != line.page:
        return False
    first, cell, neighbour = head.cells[0], line.cells[0], head.cells[1]
    room = neighbour.left - first.left
    return (
        abs(first.left - cell.left) < 2
        and room < 140
        and cell.right < neighbour.left - 1
        and first.right > first.left + 0.5 * room
        and line.top - head.bottom < 0.8 * max(line.size, 1)
        and abs(first.runs[-1].size - cell.runs[0].size) < 0.8
        and first.runs[-1].bold == cell.runs[0].bold
    )


def _extended(line: Line, ending: str) -> Line:
    cell = line.cells[-1]
    last = cell.runs[-1]
    runs = (*cell.runs[:-1], replace(last, text=last.text[:-1] + ending))
    return replace(line, cells=(*line.cells[:-1], replace(cell, runs=runs)))


def _shortened(line: Line, count: int) -> Line | None:
    cell = line.cells[0]
    first = cell.runs[0]
    rest = cell_of([replace(first, text=first.text[count:]), *cell.runs[1:]], cell.left, cell.right)
    return replace(line, cells=(rest, *line.cells[1:])) if rest else None
