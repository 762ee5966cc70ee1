"""What the entries of a section have in common: dated heads with text below them."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field, replace

from hiring.resumes.dates import Period, periods
from hiring.resumes.document import Piece, TextLine
from hiring.resumes.model import Fact
from hiring.resumes.places import is_place

_DURATION = re.compile(
    r"^\W*(?:(?:about |over )?\d+(?:[.,]\d+)?\+?\s*(?:years?|yrs?|y|months?|mos?|jahre?|monate?|ans?|mois|"
    r"años?|meses|ani|luni|anni|mesi)\W*)+$",
    re.IGNORECASE,
)
_KIND_OF_WORK = re.compile(
    r"^\W*(?:full[- ]?time|part[- ]?time|contract|temporary|permanent|vollzeit|teilzeit|seasonal)\W*$",
    re.IGNORECASE,
)
_NOISE = re.compile(r"^\W*(?:(?:19|20)\d\d\W*|https?://\S+)?$")
_SEPARATORS = tuple(
    re.compile(rf"\s*(?:{each})\s*") for each in (r"[|•·●◦▪⋄♦∙‖]", r"\s[–—]\s|\s//\s", r"\s-\s|\s/\s(?=[A-Z])")
)
"""From the strongest to the weakest: beside a stroke, a hyphen is part of a title."""
_STREET = re.compile(
    r"\d{1,5}[a-z]?(?:st|nd|rd|th)?\s(?:[^\W\d][\w.'’-]*\s|\d+(?:st|nd|rd|th)\s){0,4}(?:st|street|ave|avenue|rd|road|blvd|"
    r"boulevard|drive|dr|lane|ln|way|square|sq|plaza|parkway|pkwy|highway|hwy|court|ct|place|mall)\b",
    re.IGNORECASE,
)
ENDED = re.compile(
    r"\b(?:graduat\w*|class of|expected|anticipated|completed|completion|conferred|awarded|abschluss|promotion|"
    r"diplômée?|graduad[oa]|due|until|bis)\W*(?:(?:graduation|completion|date|in)\W*)*$",
    re.IGNORECASE,
)
"""What stands before a lone date that is an end: "Graduated May 2018", "Expected graduation: 2027", "Class of 2019"."""
_SENTENCE_END = re.compile(r"\s\S*[a-z]{4}\.$")
"""Of what was done, set in bold; a company's "Co." is shorter or has a capital."""
_EDGES = " \t,;:|•·–—-/"
_LABELS = re.compile(r"^(?:company|employer|position|title|role|job title|firma|arbeitgeber)\s*:\s*", re.IGNORECASE)
HIGHLIGHTS = re.compile(
    r"^(?:highlights?|responsibilities|key responsibilities|achievements|key achievements|accomplishments|"
    r"duties|tasks|technologies|"
    r"tech stack|environment|stack|keywords|description|summary|courses|tools|selected achievements|"
    r"key accomplishments)\b\W*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Head:
    """The lines that say what an entry is, its dates, and where the entry begins and ends."""

    pieces: list[Piece]
    period: Period | None
    start: int
    end: int
    places: list[Fact] = field(default_factory=list)


def trimmed(piece: Piece) -> Piece:
    """The piece without separators at its ends."""
    label = _LABELS.match(piece.text)
    begin = label.end() if label else 0
    while begin < len(piece.text) and piece.text[begin] in _EDGES:
        begin += 1
    finish = len(piece.text)
    while finish > begin and piece.text[finish - 1] in _EDGES:
        finish -= 1
    part = piece.part(begin, finish)
    if part.text.startswith("(") and part.text.endswith(")") and part.text.count("(") == 1:
        part = part.part(1, len(part.text) - 1)
    elif part.text.endswith(")") and "(" not in part.text:
        part = part.part(0, len(part.text) - 1)
    elif part.text.endswith("(") or (part.text.startswith(")")):
        part = part.part(part.text.startswith(")"), len(part.text) - part.text.endswith("("))
    return part


def is_noise(text: str) -> bool:
    """Durations, kinds of employment, lone years, the sites of schools and employers, and stray punctuation."""
    return bool(_NOISE.match(text) or _DURATION.match(text) or _KIND_OF_WORK.match(text))


def split_place(piece: Piece) -> tuple[Piece, Piece | None]:
    """A piece and the place that it ends with: "Acme Corp, Austin, TX"."""
    text = piece.text
    cuts = list(re.finditer(r",\s|\s[–—-]\s|\s?\((?=[^()]*\)$)|\s[·•●|]\s", text))
    for cut in cuts:
        tail = text[cut.end() :].strip(" ()")
        if (is_place(tail) or _STREET.match(tail)) and cut.start() > 1:
            head = piece.part(0, cut.start())
            offset = text.index(tail, cut.end())
            return trimmed(head), piece.part(offset, offset + len(tail))
    return piece, None


def split_strong(piece: Piece) -> list[Piece]:
    """The parts of a piece between the strongest of its separators that parts more than a place from a name."""
    parts = [piece]
    for separator in _SEPARATORS:
        parts = [part for each in parts for part in _split(each, separator)]
        if sum(not is_place(part.text) and not is_noise(part.text) for part in parts) > 1:
            break
    return parts


def _split(piece: Piece, separator: re.Pattern[str]) -> list[Piece]:
    found, begin = [], 0
    for match in separator.finditer(piece.text):
        if piece.text[: match.start()].count("(") > piece.text[: match.start()].count(")"):
            continue
        found.append(piece.part(begin, match.start()))
        begin = match.end()
    found.append(piece.part(begin, len(piece.text)))
    return [part for part in found if part.text]


def line_pieces(line: TextLine, found: list[Period]) -> list[Piece]:
    """The stretches of a line between its dates, by cell and by look."""
    pieces: list[Piece] = []
    for run in line.runs():
        begin = run.start - line.start
        finish = begin + len(run.text)
        position = begin
        for period in found:
            if period.finish <= begin or period.begin >= finish:
                continue
            if period.begin > position:
                pieces.append(run.part(position - begin, period.begin - begin))
            position = max(position, period.finish)
        if position < finish:
            pieces.append(run.part(position - begin, finish - begin))
    joined: list[Piece] = []
    for piece in pieces:
        if piece.text and joined and _same_stretch(joined[-1], piece, line, found):
            last = joined[-1]
            between = line.text[last.end - line.start : piece.start - line.start]
            joined[-1] = replace(last, text=last.text + between + piece.text)
        elif piece.text:
            joined.append(piece)
    return [part for piece in joined if (part := trimmed(piece)).text]


def _same_stretch(last: Piece, piece: Piece, line: TextLine, found: list[Period]) -> bool:
    """Whether two pieces that only a blank or a slanted word parts belong together."""
    if last.cell != piece.cell or last.bold != piece.bold or abs(last.size - piece.size) > 0.8:
        return False
    between = line.text[last.end - line.start : piece.start - line.start]
    if between.strip() or any(last.end - line.start <= each.begin < piece.start - line.start for each in found):
        return False
    return last.italic == piece.italic or piece.text.islower() or last.text.endswith((" at", " of", " in"))


def is_body(line: TextLine, previous_body: bool, found: list[Period], usual: float) -> bool:
    """Whether a line tells what was done rather than what the entry is."""
    text = line.text
    if line.line.bullet:
        return True
    if HIGHLIGHTS.match(text) and not any(not each.single for each in found):
        return True
    if any(not each.single for each in found):
        rest = len(text) - sum(each.finish - each.begin for each in found)
        return rest > 130
    if line.line.bold or line.line.size > usual + 1:
        return len(text) > 140 or bool(_SENTENCE_END.search(text))
    if len(text) > 95 or (len(text) > 45 and text.endswith((".", ";", "!"))):
        return True
    return previous_body and not line.line.gap and (text[:1].islower() or text.endswith(".") or len(text) > 70)


def heads_of(lines: tuple[TextLine, ...], *, singles: bool, most: int = 2) -> list[Head]:
    """The entries of a section, one for each dated line; `singles` lets a single date begin one as well.

    `most` is how many pieces of a head are looked for below its dates. How many lines stand above the first date
    says how many belong to each of the following ones.
    """
    dated = _dated(lines)
    body = _bodies(lines, dated)
    anchors = _anchors(lines, body, dated, singles=singles)
    if not anchors:
        return []
    ranged = [index for index in anchors if any(not each.single for each in dated[index])]
    open_ended = _open_ended(lines, ranged, body, dated)
    later = [_above(index, floor, body) for floor, index in itertools.pairwise(anchors)]
    before = min(3, _above(anchors[0], -1, body), max(later, default=3))
    begins = [
        index - _lines_above(lines, index, min(3, _above(index, floor, body)), before)
        for floor, index in zip([-1, *anchors], anchors, strict=False)
    ]
    heads: list[Head] = []
    for number, (begin, index) in enumerate(zip(begins, anchors, strict=True)):
        stop = begins[number + 1] if number + 1 < len(anchors) else len(lines)
        period = next((each for each in dated[index] if not each.single), dated[index][0])
        if period.single and (not singles or index in open_ended):
            period = replace(period, end=None, current=True, single=not singles)
        chosen: list[Piece] = []
        for position in range(begin, index + 1):
            chosen = _chain(chosen, line_pieces(lines[position], dated[position] if position == index else []))
        head = Head([], period, lines[begin].start, lines[max(index, stop - 1)].end)
        _take(head, chosen)
        left = most
        for following in range(index + 1, stop):
            if body[following] or not left or len(head.pieces) >= most or HIGHLIGHTS.match(lines[following].text):
                break
            count = len(head.pieces)
            _take(head, line_pieces(lines[following], dated[following]))
            left -= len(head.pieces) > count or not head.places
        heads.append(head)
    return heads


def _dated(lines: tuple[TextLine, ...]) -> list[list[Period]]:
    """The periods of each line; two years, one below the other on lines of their own, are one period."""
    dated = [periods(line.text) for line in lines]
    for index, (upper, lower) in enumerate(itertools.pairwise(lines)):
        first, last = _only_date(upper, dated[index]), _only_date(lower, dated[index + 1])
        if first and last and first.start and last.end and len(first.start) == len(last.end) and first.start < last.end:
            alike = upper.line.size == lower.line.size and upper.line.bold == lower.line.bold
            if alike and abs(upper.line.left - lower.line.left) < 3 and not lower.line.gap:
                dated[index] = []
                dated[index + 1] = [replace(last, start=first.start, single=False)]
    return dated


def _only_date(line: TextLine, found: list[Period]) -> Period | None:
    """The single date that is all that a line says."""
    if len(found) == 1 and found[0].single and found[0].finish - found[0].begin == len(line.text):
        return found[0]
    return None


def _bodies(lines: tuple[TextLine, ...], dated: list[list[Period]]) -> list[bool]:
    """Which lines tell what was done."""
    sizes = sorted(line.line.size for line in lines)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    body: list[bool] = []
    label: TextLine | None = None  # what stands further to the right below "Courses" is a list of them
    for index, (line, found) in enumerate(zip(lines, dated, strict=True)):
        following = dated[index + 1] if index + 1 < len(lines) else []
        above_dates = (
            line.line.gap
            and not line.line.bullet
            and len(line.text) < 120
            and any(not each.single for each in following)
            and len(lines[index + 1].text) < 50
        )
        label = lines[index - 1] if index and (body[-1] and HIGHLIGHTS.fullmatch(lines[index - 1].text)) else label
        if label is not None and (line.line.left <= label.line.left + 5 or line.line.bold or found):
            label = None
        body.append(not above_dates and (label is not None or is_body(line, bool(body and body[-1]), found, usual)))
    return _by_look(lines, body, dated)


def _anchors(lines: tuple[TextLine, ...], body: list[bool], dated: list[list[Period]], *, singles: bool) -> list[int]:
    """The lines whose dates make them part of an entry's head."""
    ranged = [index for index, found in enumerate(dated) if not body[index] and any(not each.single for each in found)]
    if singles:
        return [
            index
            for index, found in enumerate(dated)
            if not body[index] and found and (index in ranged or len(lines[index].text) < 120)
        ]
    return sorted({*ranged, *_open_ended(lines, ranged, body, dated)}) if ranged else []


def _open_ended(
    lines: tuple[TextLine, ...], anchors: list[int], body: list[bool], dated: list[list[Period]]
) -> list[int]:
    """Lone dates that stand where other entries have a range: the position began then and has not ended.

    Only a month that fills a cell of its own, set like the cells of the ranges, counts.
    """
    looks = {_date_look(lines[index], each) for index in anchors for each in dated[index] if not each.single}
    found = []
    for index, line in enumerate(lines):
        if body[index] or index in anchors or not dated[index]:
            continue
        each = dated[index][0]
        if (
            _parted(line.text, each)
            and not ENDED.search(line.text[: each.begin])
            and each.start is not None
            and len(each.start) == 7
            and _date_look(line, each) in looks
        ):
            found.append(index)
    return found


def _parted(text: str, period: Period) -> bool:
    """Whether a date stands between the ends of the line, cells or separators and not within a sentence."""
    before, after = text[: period.begin].rstrip(" "), text[period.finish :].lstrip(" ")
    return (not before or before[-1] in "\t|•·–—(,") and (not after or after[0] in "\t|•·)")


def _date_look(line: TextLine, period: Period) -> tuple[int, bool]:
    piece = next(each for each in line.runs() if each.end > line.start + period.begin)
    return round(piece.size), piece.bold


def _by_look(lines: tuple[TextLine, ...], body: list[bool], dated: list[list[Period]]) -> list[bool]:
    """Lines that are set like the known text of the entries, and unlike their heads, are text as well."""
    prose = Counter(_look(line) for line, is_text in zip(lines, body, strict=True) if is_text and line.line.left > 0)
    heads = {
        _look(lines[near])
        for index, found in enumerate(dated)
        if any(not each.single for each in found) and not body[index]
        for near in (index - 1, index)
        if near >= 0 and not body[near]
    }
    below = {
        index + 1
        for index, found in enumerate(dated[:-1])
        if found
        and not body[index]
        and len(lines[index + 1].text) < 70
        and not lines[index + 1].line.gap
        and (index + 2 == len(lines) or lines[index + 2].line.gap or lines[index + 2].line.bullet)
    }
    marked = []
    for index, (line, is_text, found) in enumerate(zip(lines, body, dated, strict=True)):
        like_prose = _look(line) in prose and _look(line) not in heads and not line.line.bold
        marked.append(is_text or (like_prose and index not in below and not any(not each.single for each in found)))
    return marked


def _look(line: TextLine) -> tuple[float, bool, bool, int]:
    first = line.line.cells[0].runs[0]
    return round(line.line.size, 1), first.bold, first.italic, round(line.line.left / 3)


def _lines_above(lines: tuple[TextLine, ...], index: int, free: int, before: int) -> int:
    """How many of the `free` lines above a date belong to its head: as usual, or up to a bold line after a gap."""
    for count in range(before + 1, free + 1):
        line = lines[index - count].line
        if (
            line.cells[0].runs[0].bold
            and line.gap
            and not any(each.line.gap for each in lines[index - count + 1 : index + 1])
        ):
            return count
    return min(before, free)


def _above(index: int, floor: int, body: list[bool]) -> int:
    count = 0
    while index - count - 1 > floor and not body[index - count - 1]:
        count += 1
    return count


def _chain(pieces: list[Piece], more: list[Piece]) -> list[Piece]:
    """Adds the pieces of a further line; one that goes on with the first piece of the line above is joined to it."""
    if pieces and more:
        open_ = pieces[0].text.count("(") > pieces[0].text.count(")")
        first = more[0]
        if (
            (open_ or first.text[:1].islower())
            and first.bold == pieces[0].bold
            and first.cell == 0
            and len(pieces[0].text) > 30
        ):
            joined = Piece(f"{pieces[0].text} {first.text}", pieces[0].start, first.bold, first.italic, first.size, 0)
            return [joined, *pieces[1:], *more[1:]]
    return [*pieces, *more]


def _take(head: Head, pieces: list[Piece]) -> None:
    """Puts pieces into a head: places aside, noise away."""
    for whole in pieces:
        if is_noise(whole.text):
            continue
        if is_place(whole.text):
            head.places.append(whole.fact())
            continue
        piece, place = split_place(whole)
        if place:
            head.places.append(place.fact())
        if piece.text:
            head.pieces.append(piece)
