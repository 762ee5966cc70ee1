"""The second reader of PDFs: in pure Python, for files that the first one refuses. Text and rough lines only."""

from __future__ import annotations

import contextlib
import io
import logging
import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hiring.resumes import plain_text
from hiring.resumes.layout import MAX_CHARACTERS, MAX_PAGES, CannotRead, Layout
from hiring.resumes.model import FileFormat, Problem

if TYPE_CHECKING:
    from types import FrameType

SECONDS = 2.0
"""Of the processor, for the whole file: its share of the time that a child has."""
_MAX_CONTENT = 2_000_000
"""Bytes of drawing operators on one page."""
_LEAST_LETTERS = 20
_SHOWS_TEXT = (b"Tj", b"TJ", b"'", b'"')
_WHITE = {b"g": [1.0], b"rg": [1.0, 1.0, 1.0], b"k": [0.0, 0.0, 0.0, 0.0]}


def read(data: bytes) -> Layout:
    """The lines of a PDF in the order of the file; raises `CannotRead`.

    Here nothing is drawn, so contrast cannot be measured: a page with white or invisible letters is refused. So is a
    file whose end is missing, of which only a part could be read.
    """
    if b"%%EOF" not in data[-4096:]:
        raise CannotRead(Problem.UNREADABLE)
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with _share_of_time():
        try:
            document = pypdf.PdfReader(io.BytesIO(data), strict=False)
            if document.is_encrypted and not document.decrypt(""):
                raise CannotRead(Problem.ENCRYPTED)
            count = len(document.pages)
            if count > MAX_PAGES:
                raise CannotRead(Problem.TOO_LARGE)
            text = "\f".join(_text_of(document.pages[number]) for number in range(count))
        except (CannotRead, MemoryError, RecursionError):
            raise
        except Exception as error:  # a damaged file fails in any of its parts, by any error
            raise CannotRead(Problem.UNREADABLE) from error
    if sum(map(str.isalpha, text)) < _LEAST_LETTERS:
        raise CannotRead(Problem.UNREADABLE)
    return Layout(FileFormat.PDF, plain_text.read(text).lines, count)


def _text_of(page: Any) -> str:
    contents = page.get_contents()
    if contents is None:
        return ""
    if len(contents.get_data()) > _MAX_CONTENT:
        raise CannotRead(Problem.UNSAFE)
    unseen = {"mode": False, "white": False}

    def look(operator: bytes, operands: list[Any], *_: object) -> None:
        if operator == b"Tr":
            unseen["mode"] = operands == [3]
        elif operator in _WHITE:
            unseen["white"] = [float(each) for each in operands] == _WHITE[operator]
        elif operator in _SHOWS_TEXT and any(unseen.values()):
            raise CannotRead(Problem.UNREADABLE)

    text = str(page.extract_text(visitor_operand_before=look))
    if len(text) > MAX_CHARACTERS:
        raise CannotRead(Problem.TOO_LARGE)
    return text


@contextlib.contextmanager
def _share_of_time() -> Iterator[None]:
    """Ends what takes longer than `SECONDS` of the processor with `unsafe`; in the main thread of a process only."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise CannotRead(Problem.UNSAFE)

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
