"""Plain text in any common encoding."""

from __future__ import annotations

import re

from hiring.resumes.layout import MAX_CHARACTERS, CannotRead, Layout, Line, Run, cell_of, without_bullet
from hiring.resumes.model import FileFormat, Problem

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_UNDERLINE = re.compile(r"^[=\-_~*#+ ]{3,}$")


def decoded(data: bytes) -> str:
    """The text of `data`; raises `CannotRead` where it is not text at all."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise CannotRead(Problem.UNREADABLE) from error
    if data.count(0) * 4 > len(data) and len(data) % 2 == 0:
        for encoding in ("utf-16-le", "utf-16-be"):
            text = data.decode(encoding, "replace")
            if sum(letter.isascii() for letter in text) > 0.8 * len(text):
                return text
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(data[:200_000]).best()
        text = data.decode(best.encoding if best else "cp1252", "replace")
    strange = sum(letter < " " and letter not in "\t\n\r\f\x0b\x1b" for letter in text[:20_000])
    if strange * 20 > len(text[:20_000]):
        raise CannotRead(Problem.UNSUPPORTED_TYPE)
    return text


def read(text: str) -> Layout:
    """One line a line; wide gaps and tabs part cells; an empty line is a gap."""
    if len(text) > MAX_CHARACTERS:
        raise CannotRead(Problem.TOO_LARGE)
    lines: list[Line] = []
    gap = False
    for raw in re.split(r"\r\n|[\n\r\f\x0b\x85\u2028\u2029]", text):
        if not raw.strip():
            gap = True
            continue
        if _UNDERLINE.match(raw.strip()):
            if lines and not gap and len(lines[-1].text) < 50:
                lines[-1] = Line(lines[-1].cells, heading=True, gap=lines[-1].gap)
            continue
        marked = re.match(r"\s*(#{1,6}\s+)", raw)
        body = raw[marked.end() :] if marked else raw
        cells = tuple(
            cell for part in re.split(r"\t+|\s{3,}", body.strip()) if (cell := cell_of([Run(part.replace("**", ""))]))
        )
        if cells:
            kept, bullet = without_bullet(cells)
            lines.append(Line(kept, bullet=bullet, heading=bool(marked), gap=gap))
            gap = False
    return Layout(FileFormat.TXT, tuple(lines))
