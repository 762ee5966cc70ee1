"""Reads one file in this process: what it is, its lines, its facts. Hostile files belong into `isolation`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hiring.resumes.layout import MAX_CHARACTERS, CannotRead
from hiring.resumes.model import Problem, Reading, Unreadable

if TYPE_CHECKING:
    from hiring.resumes.layout import Layout

DETAILS = {
    Problem.EMPTY: "The file is empty: please save your resume again and upload it.",
    Problem.UNREADABLE: "The file is damaged: please open it, save it as PDF or DOCX and upload it again.",
    Problem.UNSUPPORTED_TYPE: (
        "This kind of file cannot be read: please upload your resume as PDF, DOCX, ODT, RTF, HTML or plain text."
    ),
    Problem.ENCRYPTED: "The file needs a password: please remove the password and upload it again.",
    Problem.NO_TEXT: "No text was found, as in a scan: please upload a file in which the text can be selected.",
    Problem.TOO_LARGE: "The file is longer than a resume may be: please upload a shorter one.",
    Problem.UNSAFE: "The file could not be read safely: please save it as a new PDF or DOCX and upload that one.",
}
_LEAST_LETTERS = 20
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LEGACY = ("WordDocument", "Workbook", "PowerPoint Document", "Book", "CONTENTS")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF", b"\x00\x00\x00\x0cjP")
_OTHERS = (b"\x7fELF", b"MZ", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"%!PS", b"\xfd7zXZ", b"BZh")


def read(data: bytes) -> Reading | Unreadable:
    """The reading of a resume, or why there is none (R4). Never raises for what the file holds."""
    try:
        layout = _layout_of(data)
        letters = sum(map(str.isalpha, "".join(line.text for line in layout.lines)))
        if letters < _LEAST_LETTERS:
            return unreadable(Problem.NO_TEXT)
        if sum(len(line.text) for line in layout.lines) > MAX_CHARACTERS:
            return unreadable(Problem.TOO_LARGE)
        from hiring.resumes.facts import reading_of

        return reading_of(layout)
    except CannotRead as error:
        return unreadable(error.problem)
    except (MemoryError, RecursionError):
        return unreadable(Problem.UNSAFE)


def unreadable(problem: Problem) -> Unreadable:
    """The answer for a file with `problem`, with what the candidate can do about it."""
    return Unreadable(problem=problem, detail=DETAILS[problem])


def _pdf(data: bytes) -> Layout:
    """The lines of a PDF, by the second reader where the first one finds it damaged."""
    from hiring.resumes import pdf

    try:
        return pdf.read(data)
    except CannotRead as error:
        if error.problem is not Problem.UNREADABLE:
            raise
    from hiring.resumes import damaged_pdf

    return damaged_pdf.read(data)


def _layout_of(data: bytes) -> Layout:
    """The lines of a file, by what its bytes say that it is."""
    if not data.strip(b"\x00\t\n\r\x0c "):
        raise CannotRead(Problem.EMPTY)
    head = data[:1024]
    if b"%PDF-" in head:
        return _pdf(data)
    if data.startswith((_ZIP, b"PK\x05\x06")):
        from hiring.resumes import archive

        return archive.read(data)
    if data.startswith(_OLE):
        # Office keeps a document with a password in this old container, whose name for itself is then missing.
        legacy = any(name.encode("utf-16-le") in data for name in _LEGACY)
        raise CannotRead(Problem.UNSUPPORTED_TYPE if legacy else Problem.ENCRYPTED)
    if data.startswith((*_PICTURES, *_OTHERS)):
        raise CannotRead(Problem.UNSUPPORTED_TYPE)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        from hiring.resumes import rich_text

        return rich_text.read(data)
    from hiring.resumes import plain_text

    text = plain_text.decoded(data)
    start = text[:2000].lstrip("\ufeff \t\r\n").lower()
    if start.startswith(("<!doctype html", "<html", "<head", "<body")) or ("<html" in start and start.startswith("<")):
        from hiring.resumes import web_page

        return web_page.read(text)
    return plain_text.read(text)
