"""PDF: characters with their places and fonts become lines in reading order."""

from __future__ import annotations

import ctypes
import itertools
import math
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdfium2 import raw

from hiring.resumes import columns
from hiring.resumes.columns import Fragment
from hiring.resumes.layout import MAX_CHARACTERS, MAX_PAGES, CannotRead, Layout, Run
from hiring.resumes.model import FileFormat, Problem
from hiring.resumes.wrapping import unwrapped

_BOLD = re.compile(r"bold|black|heavy|semibold|demi|extrab|medi(?!a)|-bd|cmbx", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|slanted|cmti", re.IGNORECASE)
_TINY = 1.5
"""Letters below this many points cannot be read by anybody."""
_CONTRAST = 10
"""Of 255 steps of grey: less than this between letters and ground is invisible."""
_ENOUGH = 5
"""Of one letter's gaps, to say what is usual."""
_PIXELS = 1200
"""The longer side of the picture that the contrast is measured on."""


@dataclass(frozen=True, slots=True)
class _Glyph:
    letter: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    points: float
    bold: bool
    italic: bool


def read(data: bytes) -> Layout:
    """The layout of a PDF; raises `CannotRead`."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        password = code == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower()
        raise CannotRead(Problem.ENCRYPTED if password else Problem.UNREADABLE) from error
    with document:
        pages = len(document)
        if pages == 0:
            raise CannotRead(Problem.UNREADABLE)
        if pages > MAX_PAGES:
            raise CannotRead(Problem.TOO_LARGE if _has_page(document, pages - 1) else Problem.UNREADABLE)
        found: list[list[Fragment]] = []
        heights: list[float] = []
        hidden = characters = failed = 0
        for number in range(pages):
            try:
                page = document[number]
            except pypdfium2.PdfiumError:
                failed += 1
                continue
            fragments, unseen, count = _read_page(document, page, number)
            heights.append(page.get_height())
            page.close()
            characters += count
            if characters > MAX_CHARACTERS:
                raise CannotRead(Problem.TOO_LARGE)
            hidden += unseen
            found.append(fragments)
        if failed == pages:
            raise CannotRead(Problem.UNREADABLE)
    lines = columns.lines_of(found, heights)
    return Layout(FileFormat.PDF, tuple(unwrapped(lines)), pages, hidden)


def _has_page(document: Any, number: int) -> bool:
    """Whether a page is there; a damaged file may promise pages that it does not hold."""
    try:
        document[number].close()
    except pypdfium2.PdfiumError:
        return False
    return True


def _read_page(document: Any, page: Any, number: int) -> tuple[list[Fragment], int, int]:
    width, height = page.get_size()
    text = page.get_textpage()
    count = text.count_chars()
    if count > MAX_CHARACTERS:
        raise CannotRead(Problem.TOO_LARGE)
    left, bottom = _origin(page)
    glyphs, hidden = _glyphs(text, count, (left, bottom, width, height))
    text.close()
    if not glyphs:
        return [], hidden, count
    links = _links(document, page, left, bottom + height)
    fragments = _fragments(glyphs, links, number)
    visible, invisible = _by_contrast(page, fragments, width, height)
    return visible, hidden + invisible, count


def _origin(page: Any) -> tuple[float, float]:
    box = page.get_cropbox(fallback_ok=True)
    return (box[0], box[1]) if box else (0.0, 0.0)


def _glyphs(text: Any, count: int, page: tuple[float, float, float, float]) -> tuple[list[_Glyph], int]:
    """What is on the page, in the order of the file, and how many characters are too small or off the page."""
    left, bottom, width, height = page
    top = bottom + height
    unicode_of, box_of, object_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetTextObject
    styles: dict[int, tuple[float, bool, bool]] = {}
    fonts: dict[int, tuple[bool, bool]] = {}
    box = raw.FS_RECTF()
    glyphs: list[_Glyph] = []
    hidden = 0
    high = 0
    for index in range(count):
        code = unicode_of(text, index)
        if 0xD800 <= code < 0xDC00:  # pdfium speaks UTF-16 on some platforms
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code == 0 or code > 0x10FFFF or raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        letter = chr(code) if code != 2 else "-"
        box_of(text, index, box)
        pointer = object_of(text, index)
        key = ctypes.cast(pointer, ctypes.c_void_p).value or 0
        if key not in styles:
            font = ctypes.cast(raw.FPDFTextObj_GetFont(pointer), ctypes.c_void_p).value or 0
            if font not in fonts:
                fonts[font] = _weight(text, index)
            styles[key] = (_points(text, index), *fonts[font])
        points, bold, italic = styles[key]
        size = box.top - box.bottom
        middle = (box.left + box.right) / 2 - left, top - (box.top + box.bottom) / 2
        if not letter.isspace() and (
            0 < max(size, points) < _TINY or not (-1 <= middle[0] <= width + 1 and -1 <= middle[1] <= height + 1)
        ):
            hidden += letter.isalnum()
            continue
        upper, lower = top - box.top, top - box.bottom
        if glyphs and 0 < size < 0.4 * points and glyphs[-1].top <= middle[1] <= glyphs[-1].bottom:
            upper, lower, size = glyphs[-1].top, glyphs[-1].bottom, glyphs[-1].size  # some fonts box a dash tightly
        glyphs.append(
            _Glyph(letter, box.left - left, box.right - left, upper, lower, size, points or size, bold, italic)
        )
    return glyphs, hidden


def _weight(text: Any, index: int) -> tuple[bool, bool]:
    """Whether the font of a character is bold and whether it is italic."""
    name = ctypes.create_string_buffer(160)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, name, 160, flags)
    font = name.value.decode("utf-8", "replace")
    bold = bool(_BOLD.search(font)) or raw.FPDFText_GetFontWeight(text, index) >= 600
    return bold, bool(_ITALIC.search(font))


def _points(text: Any, index: int) -> float:
    """The size of a character in points on the page; 0 where it has none."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text, index, matrix):
        return 0.0
    size: float = raw.FPDFText_GetFontSize(text, index)
    return round(size * math.hypot(matrix.c, matrix.d), 1)


def _links(document: Any, page: Any, left: float, top: float) -> list[tuple[float, float, float, float, str]]:
    found: list[tuple[float, float, float, float, str]] = []
    position, link, box = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    while len(found) < 400 and raw.FPDFLink_Enumerate(page, position, link):
        action = raw.FPDFLink_GetAction(link)
        if not action or not raw.FPDFLink_GetAnnotRect(link, box):
            continue
        size = raw.FPDFAction_GetURIPath(document, action, None, 0)
        if not 1 < size < 2000:
            continue
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFAction_GetURIPath(document, action, buffer, size)
        low, high = sorted((box.bottom, box.top))
        found.append(
            (box.left - left, top - high, box.right - left, top - low, buffer.value.decode("utf-8", "replace"))
        )
    return found


def _fragments(glyphs: list[_Glyph], links: list[tuple[float, float, float, float, str]], page: int) -> list[Fragment]:
    """Letters that follow each other on one line become a fragment; a wide gap ends it."""
    groups: list[list[_Glyph]] = []
    for glyph in glyphs:
        if glyph.letter in "\r\n":
            continue
        if groups and _continues(groups[-1], glyph):
            groups[-1].append(glyph)
        elif not glyph.letter.isspace():
            groups.append([glyph])
    usual = _usual_gaps(groups)
    return [_fragment(group, links, page, order, usual) for order, group in enumerate(groups)]


def _look(glyph: _Glyph) -> tuple[str, float, bool, bool]:
    return glyph.letter, glyph.points, glyph.bold, glyph.italic


def _usual_gaps(groups: list[list[_Glyph]]) -> dict[tuple[str, float, bool, bool], float]:
    """The space after each letter within words, in the lines that write no blanks.

    The boxes of some letters reach beyond them ("f"), so that what follows seems nearer than it is. Most letters
    stand within words: the tenth part of the gaps that is the smallest tells.
    """
    gaps: dict[tuple[str, float, bool, bool], list[float]] = defaultdict(list)
    for group in groups:
        if not any(glyph.letter.isspace() for glyph in group):
            for one, other in itertools.pairwise(group):
                if one.letter.isalpha():
                    gaps[_look(one)].append(other.left - one.right)
    return {look: min(0.0, sorted(found)[len(found) // 10]) for look, found in gaps.items() if len(found) >= _ENOUGH}


def _continues(group: list[_Glyph], glyph: _Glyph) -> bool:
    last = group[-1]
    if glyph.letter.isspace() and glyph.size == 0:
        return True
    size = max(last.size, glyph.size, 1)
    if abs((last.top + last.bottom) - (glyph.top + glyph.bottom)) / 2 > 0.5 * size:
        return False
    solid = next((each for each in reversed(group) if not each.letter.isspace()), last)
    if glyph.letter.isspace():
        return True
    if glyph.left == solid.left and glyph.right == solid.right:
        return True  # letters of one ligature share its box
    room = (1.1 if last.letter.isspace() else 0.55) * min(solid.size, glyph.size)
    return -0.6 * size < glyph.left - solid.right < room


def _fragment(
    group: list[_Glyph],
    links: list[tuple[float, float, float, float, str]],
    page: int,
    order: int,
    after: dict[tuple[str, float, bool, bool], float],
) -> Fragment:
    solid = [glyph for glyph in group if not glyph.letter.isspace()]
    after = after if len(solid) == len(group) else {}
    gaps = sorted(
        _gap(a, b, after) for a, b in itertools.pairwise(group) if not a.letter.isspace() and not b.letter.isspace()
    )
    size = max(glyph.size for glyph in solid)
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    wide = max(0.13 * size, usual + 0.14 * size) if usual > 0.04 * size else 0.13 * size
    runs: list[Run] = []
    previous: _Glyph | None = None
    for glyph in group:
        target = _target(glyph, links) if links else None
        letter = glyph.letter
        if previous and not letter.isspace() and not previous.letter.isspace() and _gap(previous, glyph, after) > wide:
            letter = " " + letter
        look = (glyph.points, glyph.bold, glyph.italic, target)
        if runs and (letter.isspace() or (runs[-1].size, runs[-1].bold, runs[-1].italic, runs[-1].target) == look):
            last = runs[-1]
            runs[-1] = Run(last.text + letter, last.size, last.bold, last.italic, last.target)
        else:
            runs.append(Run(letter, *look))
        previous = glyph
    return Fragment(
        tuple(runs),
        page,
        min(glyph.left for glyph in solid),
        max(glyph.right for glyph in solid),
        min(glyph.top for glyph in solid),
        max(glyph.bottom for glyph in solid),
        order,
    )


def _gap(one: _Glyph, other: _Glyph, after: dict[tuple[str, float, bool, bool], float]) -> float:
    """The space between two letters beyond what usually follows the first of them."""
    return other.left - one.right - (after.get(_look(one), 0.0) if after else 0.0)


def _target(glyph: _Glyph, links: list[tuple[float, float, float, float, str]]) -> str | None:
    x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return next((uri for left, top, right, bottom, uri in links if left <= x <= right and top <= y <= bottom), None)


def _by_contrast(page: Any, fragments: list[Fragment], width: float, height: float) -> tuple[list[Fragment], int]:
    """The fragments that a reader can see, and how many characters the others hold.

    The page is drawn small and in grey; where the pixels of a fragment hardly differ, its letters are of the
    colour of their ground or lie behind something. A dark ground with light letters passes.
    """
    scale = min(1.0, _PIXELS / max(width, height, 1.0))
    if width * height * scale * scale < 100:
        return fragments, 0
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    pixels, stride = bytes(bitmap.buffer), bitmap.stride
    columns_, rows = bitmap.width, bitmap.height
    bitmap.close()
    seen: list[Fragment] = []
    hidden = 0
    for fragment in fragments:
        x0, x1 = max(0, int(fragment.left * scale)), min(columns_, int(fragment.right * scale) + 1)
        y0, y1 = max(0, int(fragment.top * scale)), min(rows, int(fragment.bottom * scale) + 1)
        strips = [pixels[y * stride + x0 : y * stride + x1] for y in range(y0, y1)] if x1 > x0 else []
        if strips and max(map(max, strips)) - min(map(min, strips)) < _CONTRAST:
            hidden += sum(sum(map(str.isalnum, run.text)) for run in fragment.runs)
        else:
            seen.append(fragment)
    return seen, hidden
