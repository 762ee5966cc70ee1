"""RTF: groups, control words and the characters between them, as the RTF 1.9 specification describes."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from hiring.resumes.layout import CannotRead, Layout, Line, Run, cell_of, without_bullet
from hiring.resumes.model import FileFormat, Problem

_TOKEN = re.compile(rb"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)")
_MAX_DEPTH = 200
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


def read(data: bytes) -> Layout:
    """The layout of an RTF file; raises `CannotRead`."""
    state, stack = _State(), list[_State]()
    encoding, pending, high = "cp1252", 0, 0
    rows: list[list[list[Run]]] = [[[]]]
    hidden = 0
    star = False

    def put(text: str) -> None:
        nonlocal hidden
        if state.skip:
            return
        if state.hidden or state.size < 1.5:
            hidden += len("".join(text.split()))
        else:
            rows[-1][-1].append(Run(text, state.size, state.bold, state.italic))

    for match in _TOKEN.finditer(data):
        word, number, code, symbol, brace, plain = match.groups()
        if brace == b"{":
            stack.append(state)
            if len(stack) > _MAX_DEPTH:
                raise CannotRead(Problem.UNSAFE)
        elif brace == b"}":
            if stack:
                state = stack.pop()
        elif word is not None:
            value = int(number) if number is not None else None
            if word in _SKIPPED or star:
                state = replace(state, skip=True)
            elif word in (b"par", b"line", b"sect", b"page", b"row"):
                rows.append([[]])
            elif word in (b"tab", b"cell"):
                rows[-1].append([])
            elif word == b"b":
                state = replace(state, bold=value != 0)
            elif word == b"i":
                state = replace(state, italic=value != 0)
            elif word == b"v":
                state = replace(state, hidden=value != 0)
            elif word == b"fs" and value is not None:
                state = replace(state, size=value / 2)
            elif word == b"plain":
                state = replace(state, bold=False, italic=False, hidden=False, size=12.0)
            elif word == b"ansicpg" and value is not None:
                encoding = _codec(f"cp{value}")
            elif word == b"mac":
                encoding = "mac_roman"
            elif word == b"uc" and value is not None:
                state = replace(state, fallback=max(0, value))
            elif word == b"u" and value is not None:
                point = value % 65536
                if 0xD800 <= point < 0xDC00:
                    high = point
                else:
                    if 0xDC00 <= point < 0xE000:
                        point = 0x10000 + ((high - 0xD800) << 10) + point - 0xDC00 if high else 0x20
                    put(chr(point))
                    high = 0
                pending = state.fallback
                continue
            elif word in _SPECIAL:
                put(_SPECIAL[word])
        elif code is not None:
            if pending:
                pending -= 1
                continue
            put(bytes([int(code, 16)]).decode(encoding, "replace"))
        elif symbol is not None:
            star = symbol == b"*"
            if symbol in b"\\{}":
                put(symbol.decode())
            elif symbol == b"~":
                put(" ")
            elif symbol in (b"\n", b"\r"):
                rows.append([[]])
            if star:
                continue
        elif plain is not None:
            text = plain.decode(encoding, "replace")
            put(text[pending:])
            pending = max(0, pending - len(text))
            continue
        star = False
    lines = []
    for row in rows:
        cells = tuple(cell for runs in row if (cell := cell_of(runs)))
        if cells:
            kept, bullet = without_bullet(cells)
            lines.append(Line(kept, bullet=bullet))
    return Layout(FileFormat.RTF, tuple(lines), 1, hidden)


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
