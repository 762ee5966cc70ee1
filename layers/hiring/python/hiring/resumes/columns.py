"""Reading order of a page: fragments become rows, and columns that stand on their own are read one after the other.

A recursive cut along white gutters, after Nagy and Seth's X-Y cut (1984), with one rule added for resumes: a narrow
column of dates or headings beside its entries belongs to their rows and is not a column of its own.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace

from hiring.resumes.headings import heading_kind
from hiring.resumes.layout import Cell, Line, Run, cell_of, without_bullet

_DATES = re.compile(r"(?:19|20)\d\d|present|current", re.IGNORECASE)
_ONLY_DATES = re.compile(
    r"^(?=.*(?:19|20)\d\d)[^\W\d]{0,9}\.?\s?\d{0,4}[\d/.\s]*(?:[-–—]\s*[^\W\d]{0,9}\.?\s?\d{0,4}[\d/.]*)?$"
)
_JOINING = "|•·◦▪–—-,;:/(&@"
"""What a line that goes on ends or begins with."""
_SAME_GAP = 0.4
"""How much gaps that are meant to be equal may differ (in points)."""
_NUMBERS = re.compile(r"\d+")
_OF_DATES = re.compile(r"^(?:(?:19|20)\d\d|[-–—])$")
"""Parts of a period that is set word by word: they come again on other pages and are no page's head."""
_PAGE_NUMBER = re.compile(
    r"^(?:page\s*)?\d+\s*(?:/|of|von|de|sur)\s*\d+$|^page\s*\d+$|^[–-]\s*\d+\s*[–-]$", re.IGNORECASE
)

type _Look = tuple[float, bool, bool]
"""Size, bold, italic."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """Letters on one line without a wide gap; distances in points from the page's top left."""

    runs: tuple[Run, ...]
    page: int
    left: float
    right: float
    top: float
    bottom: float
    order: int = 0
    """Its place in the file."""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs).strip()

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class _Region:
    """Fragments that are read together; `gutter` is where it was cut from its neighbour, `side` 0 for neither."""

    fragments: list[Fragment]
    side: int = 0
    gutter: float = 0.0


def lines_of(pages: list[list[Fragment]], heights: list[float]) -> list[Line]:
    """All lines of a document in reading order, without the repeated heads and feet of its pages."""
    regions: list[_Region] = []
    gutter = 0.0
    for fragments, height in zip(_without_repeats(pages, heights), heights, strict=True):
        found = _cut(fragments)
        if gutter and not any(region.side for region in found):
            found = _cut_on(fragments, gutter)
        regions += found
        gutter = _open_gutter(found, height)
    lines: list[Line] = []
    for region in _joined(regions):
        lines += _lines(region.fragments)
    return lines


def _without_repeats(pages: list[list[Fragment]], heights: list[float]) -> list[list[Fragment]]:
    margins: Counter[str] = Counter()
    for fragments, height in zip(pages, heights, strict=True):
        margins.update({_NUMBERS.sub("#", each.text) for each in fragments if _in_margin(each, height)})
    kept: list[list[Fragment]] = []
    for number, (fragments, height) in enumerate(zip(pages, heights, strict=True)):
        kept.append(
            [
                each
                for each in fragments
                if not (
                    _in_margin(each, height)
                    and (
                        (
                            margins[_NUMBERS.sub("#", each.text)] > 1
                            and not _OF_DATES.match(each.text)
                            and (number > 0 or each.top > height / 2)
                        )
                        or _PAGE_NUMBER.match(each.text)
                    )
                )
            ]
        )
    return kept


def _in_margin(fragment: Fragment, height: float) -> bool:
    return fragment.bottom < 0.07 * height or fragment.top > 0.93 * height


def _joined(regions: list[_Region]) -> list[_Region]:
    """A column that goes on over the page is read on before its neighbour."""
    ordered: list[_Region] = []
    index = 0
    while index < len(regions):
        if regions[index].side != -1:
            ordered.append(regions[index])
            index += 1
            continue
        gutter = regions[index].gutter
        lefts: list[_Region] = []
        rights: list[_Region] = []
        while index < len(regions) and regions[index].side and abs(regions[index].gutter - gutter) < 12:
            (lefts if regions[index].side == -1 else rights).append(regions[index])
            index += 1
        ordered += lefts + rights
    return ordered


def _open_gutter(regions: list[_Region], height: float) -> float:
    """Where one of two columns reaches the foot of a page, so that they may go on over it; 0 for nowhere."""
    feet = {
        side: max((each.bottom for region in regions if region.side == side for each in region.fragments), default=0.0)
        for side in (-1, 1)
    }
    gutters = {region.gutter for region in regions if region.side}
    return gutters.pop() if len(gutters) == 1 and max(feet.values()) > 0.8 * height else 0.0


def _cut_on(fragments: list[Fragment], gutter: float) -> list[_Region]:
    """The page cut at the gutter of the page before, down to what crosses it, where lines begin at its edge again."""
    crossing = [each.top for each in fragments if each.left < gutter - 1 and each.right > gutter - 3]
    floor = min(crossing, default=float("inf"))
    above = [each for each in fragments if each.bottom <= floor + 0.5]
    left = [each for each in above if each.left < gutter - 1]
    right = [each for each in above if each.left >= gutter - 1]
    if not left or sum(abs(each.left - gutter) < 1.5 for each in right) < 3:
        return _cut(fragments)
    below = [each for each in fragments if each.bottom > floor + 0.5]
    return [_Region(left, -1, gutter), _Region(right, 1, gutter), *_cut(below)]


def _cut(fragments: list[Fragment], depth: int = 0) -> list[_Region]:
    if len(fragments) < 6 or depth > 6:
        return [_Region(fragments)] if fragments else []
    band = _best_band(fragments)
    if band is None:
        return [_Region(fragments)]
    gutter, top, bottom = band
    above = [each for each in fragments if each.bottom <= top + 0.5]
    below = [each for each in fragments if each.top >= bottom - 0.5]
    taken = {id(each) for each in above} | {id(each) for each in below}
    inside = [each for each in fragments if id(each) not in taken]
    left = [each for each in inside if each.left < gutter - 0.5]
    right = [each for each in inside if each.left >= gutter - 0.5]
    if not left or not right:
        return [_Region(fragments)]
    regions = _cut(above, depth + 1)
    for side, part in ((-1, left), (1, right)):
        flat = [each for region in _cut(part, depth + 1) for each in [region]]
        regions += [_Region(each.fragments, side, gutter) for each in flat]
    return regions + _cut(below, depth + 1)


def _best_band(fragments: list[Fragment]) -> tuple[float, float, float] | None:
    """The gutter and the stretch of the page (top, bottom) where two columns stand beside each other."""
    starts = Counter(round(each.left / 3) for each in fragments)
    popular = [key for key, count in starts.most_common(12) if count >= 3]
    candidates = list(
        dict.fromkeys([*popular, *[near for key in popular for near in range(key - 8, key) if starts[near]]])
    )
    alone = _lone_headings(fragments)
    best: tuple[int, float, float, float, float] | None = None
    for key in candidates:
        gutter = min(each.left for each in fragments if round(each.left / 3) == key)
        crossing = sorted((each for each in fragments if each.left < gutter - 1 and each.right > gutter - 3), key=_top)
        edges = [float("-inf"), *[edge for each in crossing for edge in (each.top, each.bottom)], float("inf")]
        spans: list[tuple[float, float]] = []
        floor = edges[0]
        for each in crossing:
            if each.top > floor:
                spans.append((floor, each.top))
            floor = max(floor, each.bottom)
        spans.append((floor, edges[-1]))
        for top, bottom in [*spans, *[part for span in spans for part in _between(alone, *span)]]:
            inside = [each for each in fragments if each.top >= top - 0.5 and each.bottom <= bottom + 0.5]
            left = [each for each in inside if each.left < gutter - 1]
            right = [each for each in inside if each.left >= gutter - 1]
            if len(left) < 3 or len(right) < 3:
                continue
            whole = (top, bottom) in spans
            if not (_stand_alone(left, right) if whole else _cards(left, right)):
                continue
            rank = 1 if not whole else 2 if _headed_alike(left, right) else 0
            overlap = min(max(map(_bottom, left)), max(map(_bottom, right))) - max(
                min(map(_top, left)), min(map(_top, right))
            )
            if overlap > 30 and (best is None or (rank, overlap) > (best[0], best[1] + 1)):
                start = max(top, min(map(_top, inside)))
                best = (rank, overlap, gutter, start, min(bottom, max(map(_bottom, inside))))
    return best[2:] if best else None


def _lone_headings(fragments: list[Fragment]) -> list[Fragment]:
    """The largest headings of sections, from the top, where nothing stands beside them."""
    headings = [each for each in fragments if heading_kind(each.text) is not None]
    largest = max((each.runs[0].size for each in headings), default=0.0)
    usual = sorted(each.runs[0].size for each in fragments)[len(fragments) // 2]
    return sorted(
        (
            each
            for each in headings
            if each.runs[0].size > max(usual + 1, largest - 1.5)
            and not any(other is not each and _shares_row(each, other) for other in fragments)
        ),
        key=_top,
    )


def _between(headings: list[Fragment], top: float, bottom: float) -> list[tuple[float, float]]:
    """The parts into which the headings divide a stretch of the page."""
    inside = [each for each in headings if each.top >= top and each.bottom <= bottom]
    edges = [top, *[edge for each in inside for edge in (each.top, each.bottom)], bottom]
    return list(zip(edges[::2], edges[1::2], strict=True)) if inside else []


def _headed_alike(left: list[Fragment], right: list[Fragment]) -> bool:
    """Whether both sides hold sections: some each, or one with a heading as large as those of the other side."""
    sizes = [[each.runs[0].size for each in side if heading_kind(each.text) is not None] for side in (left, right)]
    return all(len(each) > 1 for each in sizes) or (all(sizes) and abs(max(sizes[0]) - max(sizes[1])) < 1.5)


def _top(fragment: Fragment) -> float:
    return fragment.top


def _bottom(fragment: Fragment) -> float:
    return fragment.bottom


def _stand_alone(left: list[Fragment], right: list[Fragment]) -> bool:
    """Whether two sides of a gutter are columns of their own and not the cells of common rows."""
    heads = [sum(heading_kind(each.text) is not None for each in side) for side in (left, right)]
    if heads[0] and heads[1] and heads[0] < len(left) * 0.7 and heads[1] < len(right) * 0.7:
        return True
    for side in (left, right):
        dated = sum(bool(_DATES.search(each.text)) and len(each.text) < 40 for each in side)
        if dated >= 0.3 * len(side):
            return False
    if heads[0] >= 0.6 * len(left) or heads[1] >= 0.6 * len(right):
        return False
    if _cards(left, right):
        return True
    few, many = (left, right) if len(left) <= len(right) else (right, left)
    aligned = sum(any(_same_row(one, other) for other in many) for one in few)
    return aligned < 0.6 * len(few) and sum(heads) > 0


def _cards(left: list[Fragment], right: list[Fragment]) -> bool:
    """Whether both sides begin with a bold line at the same height and go on in plain ones: groups side by side."""
    for side in (left, right):
        first = min(side, key=_top)
        below = [each for each in side if each.top > first.bottom - 0.3 * first.height]
        if not first.runs[0].bold or len(below) < 2 or sum(each.runs[0].bold for each in below) > 0.5 * len(below):
            return False
    return _same_row(min(left, key=_top), min(right, key=_top))


def _same_row(one: Fragment, other: Fragment) -> bool:
    return abs((one.top + one.bottom) - (other.top + other.bottom)) / 2 < 0.35 * min(one.height, other.height)


def _lines(fragments: list[Fragment]) -> list[Line]:
    rows: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda each: (each.page, each.top + each.bottom)):
        if rows and rows[-1][0].page == fragment.page and _fits(rows[-1], fragment):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    rows = [sorted(row, key=lambda each: each.left) for row in rows]
    chip_gap = _chip_gap(rows)
    lines: list[Line] = []
    for row in rows:
        lines += _split_heading(_line(row, chip_gap))
    return _with_gaps([line for line in lines if line.cells])


def _fits(row: list[Fragment], fragment: Fragment) -> bool:
    return any(_shares_row(each, fragment) for each in row) and not any(
        each.left < fragment.right - 1 and fragment.left < each.right - 1 for each in row
    )


def _shares_row(one: Fragment, other: Fragment) -> bool:
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    return overlap > 0.55 * min(one.height, other.height)


def _touch(group: list[Fragment], fragment: Fragment, chip_gap: float) -> bool:
    """Whether a fragment goes on with its left neighbours. What the file writes elsewhere must stand closer "
    "to count."""
    last = group[-1]
    gap = (fragment.left - last.right) / max(1.0, min(fragment.height, last.height))
    if gap > 0.25 and (_ONLY_DATES.match(fragment.text) or _ONLY_DATES.match(last.text)):
        return False
    if fragment.order != last.order + 1:
        return gap < 0.3
    return gap < 0.9 and not (
        chip_gap and abs(fragment.left - last.right - chip_gap) < _SAME_GAP and _may_be_chips(last, fragment)
    )


def _chip_gap(rows: list[list[Fragment]]) -> float:
    """The one gap, wider than a blank of their look, that parts short points in some rows; 0 for none.

    In justified text the gaps differ from row to row, and where letters are spread out no fragment holds a blank.
    """
    spaced = {_look(run) for row in rows for each in row for run in each.runs if " " in run.text.strip()}
    gaps = sorted(
        other.left - one.right
        for row in rows
        for one, other in itertools.pairwise(row)
        if other.order == one.order + 1
        and 0.5 <= (other.left - one.right) / max(1.0, min(one.height, other.height)) < 0.9
        and _look(one.runs[-1]) in spaced
        and _may_be_chips(one, other)
    )
    middle = gaps[len(gaps) // 2] if gaps else 0.0
    same = sum(abs(gap - middle) < _SAME_GAP for gap in gaps)
    return middle if same >= 3 and same >= 0.7 * len(gaps) else 0.0


def _may_be_chips(one: Fragment, other: Fragment) -> bool:
    look = _look(one.runs[-1])
    return (
        look == _look(other.runs[0])
        and not look[1]
        and one.text[-1] not in _JOINING
        and other.text[0] not in _JOINING
        and max(len(one.text), len(other.text)) <= 25
        and not _DATES.search(one.text)
        and not _DATES.search(other.text)
    )


def _look(run: Run) -> _Look:
    return run.size, run.bold, run.italic


def _line(row: list[Fragment], chip_gap: float) -> Line:
    groups: list[list[Fragment]] = []
    for fragment in row:
        if groups and _touch(groups[-1], fragment, chip_gap):
            groups[-1].append(fragment)
        else:
            groups.append([fragment])
    cells: list[Cell] = []
    for group in groups:
        runs: list[Run] = []
        for fragment in group:
            if runs and fragment.left - group[0].left > 0:
                runs.append(Run(" ", runs[-1].size, runs[-1].bold, runs[-1].italic, None))
            runs += fragment.runs
        cell = cell_of(runs, group[0].left, group[-1].right)
        if cell:
            cells.append(cell)
    kept, bullet = without_bullet(tuple(cells))
    return Line(
        kept,
        row[0].page,
        min(each.top for each in row),
        max(each.bottom for each in row),
        bullet=bullet,
    )


def _split_heading(line: Line) -> list[Line]:
    """A heading that stands beside its first entry is a line of its own."""
    if len(line.cells) > 1 and not line.bullet and heading_kind(line.cells[0].text) is not None:
        rest = replace(line, cells=line.cells[1:])
        if not _DATES.search(line.cells[1].text) or len(line.cells) > 2:
            return [replace(line, cells=line.cells[:1], heading=True), rest]
    return [line]


def _with_gaps(lines: list[Line]) -> list[Line]:
    distances = sorted(
        lower.top - upper.bottom
        for upper, lower in itertools.pairwise(lines)
        if lower.page == upper.page and lower.top > upper.top
    )
    usual = distances[len(distances) // 3] if distances else 0.0
    marked = lines[:1]
    for upper, lower in itertools.pairwise(lines):
        apart = lower.page != upper.page or lower.top - upper.bottom > usual + 0.45 * (lower.bottom - lower.top)
        marked.append(replace(lower, gap=apart))
    return marked
