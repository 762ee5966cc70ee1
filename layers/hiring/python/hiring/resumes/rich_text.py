"""RTF: groups, control words and the characters between them, as the RTF 1.9 specification describes."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from typing import Any

from hiring.resumes.contrast import WHITE, Colour, is_hidden
from hiring.resumes.layout import CannotRead, Layout, Line, Run, cell_of, without_bullet
from hiring.resumes.model import FileFormat, Problem

_TOKEN = re.compile(rb"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)")
_MAX_DEPTH = 200
_LINE_ENDS = (b"par", b"line", b"sect", b"page", b"row")
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict object themedata colorschememapping datastore latentstyles listtable "
    b"listoverridetable rsidtbl generator xmlnstbl mmathPr filetbl revtbl fldinst nonshppict bkmkstart bkmkend".split()
)
_SPECIAL = {
    b"emdash": "\u2014",
    b"endash": "\u2013",
    b"bullet": "\u2022",
    b"lquote": "\u2018",
    b"rquote": "\u2019",
    b"ldblquote": "\u201c",
    b"rdblquote": "\u201d",
    b"emspace": " ",
    b"enspace": " ",
}


@dataclass(frozen=True, slots=True)
class _State:
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    size: float = 12.0
    skip: bool = False
    fallback: int = 1
    ink: int = 0
    mark: int = 0
    """What lies behind the letters themselves; numbers of colours, 0 for none of its own."""
    ground: int = 0
    """What lies behind the paragraph."""


class _Reader:
    """Walks over the tokens of a file and keeps the state that its groups nest."""

    def __init__(self, data: bytes) -> None:
        self.colours = _colours(data)
        self.page = _page_colour(data)
        self.shaded_cells = False
        self.state = _State()
        self.stack: list[_State] = []
        self.encoding = "cp1252"
        self.pending = 0
        self.high = 0
        self.star = False
        self.hidden = 0
        self.rows: list[list[list[Run]]] = [[[]]]

    def token(self, match: re.Match[bytes]) -> None:
        """Takes one token."""
        word, number, code, symbol, brace, plain = match.groups()
        star, self.star = self.star, symbol == b"*"
        if brace is not None:
            self._group(brace)
        elif word is not None:
            self._word(word, int(number) if number is not None else None, star)
        elif code is not None:
            self._letters(bytes([int(code, 16)]).decode(self.encoding, "replace"))
        elif symbol is not None:
            self._symbol(symbol)
        elif plain is not None:
            self._letters(plain.decode(self.encoding, "replace"))

    def _group(self, brace: bytes) -> None:
        if brace == b"{":
            self.stack.append(self.state)
            if len(self.stack) > _MAX_DEPTH:
                raise CannotRead(Problem.UNSAFE)
        elif self.stack:
            self.state = self.stack.pop()

    def _letters(self, text: str) -> None:
        """Text, less the stand-in that follows a character given by its number."""
        skipped = min(self.pending, len(text))
        self.pending -= skipped
        self._put(text[skipped:])

    def _put(self, text: str) -> None:
        if self.state.skip:
            return
        if self.state.hidden or self.state.size < 1.5 or is_hidden(self._colour(self.state.ink), self._ground()):
            self.hidden += sum(map(str.isalnum, text))
        else:
            self.rows[-1][-1].append(Run(text, self.state.size, self.state.bold, self.state.italic))

    def _colour(self, number: int) -> Colour | None:
        return self.colours[number] if 0 < number < len(self.colours) else None

    def _ground(self) -> Colour | None:
        """What lies behind the letters: their own mark, their paragraph's or, outside of shaded cells, the page's."""
        number = self.state.mark or self.state.ground
        if number:
            return self._colour(number)
        return None if self.shaded_cells else self.page

    def _symbol(self, symbol: bytes) -> None:
        if symbol in b"\\{}":
            self._put(symbol.decode())
        elif symbol == b"~":
            self._put(" ")
        elif symbol in (b"\n", b"\r"):
            self.rows.append([[]])

    def _word(self, word: bytes, value: int | None, star: bool) -> None:
        if star or word in _SKIPPED:
            self.state = replace(self.state, skip=True)
        elif word in (b"trowd", b"clcbpat"):
            self.shaded_cells = word == b"clcbpat"
        elif word in _LINE_ENDS:
            self.shaded_cells = self.shaded_cells and word != b"row"
            self.rows.append([[]])
        elif word in (b"tab", b"cell"):
            self.rows[-1].append([])
        elif word in _SPECIAL:
            self._put(_SPECIAL[word])
        elif word == b"u" and value is not None:
            self._numbered(value % 65536)
        elif word == b"ansicpg" and value is not None:
            self.encoding = _codec(f"cp{value}")
        elif word == b"mac":
            self.encoding = "mac_roman"
        else:
            self.state = _changed(self.state, word, value)

    def _numbered(self, point: int) -> None:
        """A character by its number, in UTF-16; what follows stands in for it in older readers."""
        self.pending = self.state.fallback
        if 0xD800 <= point < 0xDC00:
            self.high = point
            return
        if 0xDC00 <= point < 0xE000:
            point = 0x10000 + ((self.high - 0xD800) << 10) + point - 0xDC00 if self.high else 0x20
        self.high = 0
        self._put(chr(point))


_FLAGS = {b"b": "bold", b"i": "italic", b"v": "hidden"}
_COLOURS = {b"cf": "ink", b"cb": "mark", b"chcbpat": "mark", b"highlight": "mark", b"cbpat": "ground"}


def _changed(state: _State, word: bytes, value: int | None) -> _State:
    """The state after a word that changes the look of letters."""
    if word in _FLAGS:
        return replace(state, **{_FLAGS[word]: value != 0})
    if word in _COLOURS:
        numbers: dict[str, Any] = {_COLOURS[word]: value or 0}
        return replace(state, **numbers)
    match word:
        case b"fs" if value is not None:
            return replace(state, size=value / 2)
        case b"uc" if value is not None:
            return replace(state, fallback=max(0, value))
        case b"pard":
            return replace(state, ground=0)
        case b"plain":
            return replace(state, bold=False, italic=False, hidden=False, size=12.0, ink=0, mark=0)
        case _:
            return state


def read(data: bytes) -> Layout:
    """The layout of an RTF file; raises `CannotRead`."""
    reader = _Reader(data)
    for match in _TOKEN.finditer(data):
        reader.token(match)
    lines = []
    for row in reader.rows:
        cells = tuple(cell for runs in row if (cell := cell_of(runs)))
        if cells:
            kept, bullet = without_bullet(cells)
            lines.append(Line(kept, bullet=bullet))
    return Layout(FileFormat.RTF, tuple(lines), 1, reader.hidden)


def _colours(data: bytes) -> list[Colour | None]:
    """The table of colours; None for one without parts, which the reader of the file chooses."""
    table = re.search(rb"\{\\colortbl([^{}]*)\}", data)
    found: list[Colour | None] = []
    for entry in table[1].split(b";")[:-1] if table else ():
        parts = {name: int(value) for name, value in re.findall(rb"\\(red|green|blue)(\d{1,3})", entry)}
        found.append((parts.get(b"red", 0), parts.get(b"green", 0), parts.get(b"blue", 0)) if parts else None)
    return found


def _page_colour(data: bytes) -> Colour | None:
    """The colour of the page: white, or that of its background where there is one."""
    if b"\\background" not in data:
        return WHITE
    fill = re.search(rb"\\background.{0,2000}?fillColor\}\s*\{\\sv (\d{1,8})\}", data, re.DOTALL)
    if fill is None:
        return None
    value = int(fill[1])
    return value & 255, value >> 8 & 255, value >> 16 & 255


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
