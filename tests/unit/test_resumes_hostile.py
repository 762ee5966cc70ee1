"""Files that nobody should have to read: each ends in a named state, and whoever asked lives on."""

from __future__ import annotations

import io
import time
import zipfile
import zlib

import pytest
from PIL import Image
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from hiring.resumes.isolation import read_isolated
from hiring.resumes.model import Problem, Reading, Unreadable
from hiring.resumes.reader import read

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(text: str = "Jane Doe, an honest gardener from Graz", pages: int = 1, password: str | None = None) -> bytes:
    out = io.BytesIO()
    encrypt = pdfencrypt.StandardEncryption(password, canPrint=1) if password else None
    canvas = Canvas(out, encrypt=encrypt)
    for _ in range(pages):
        canvas.drawString(60, 700, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def word(document: str | bytes, **others: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        for name, content in others.items():
            archive.writestr(name, content)
    return out.getvalue()


def paragraph(text: str) -> str:
    return f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'


def bomb(size: int) -> bytes:
    """A page whose content inflates to `size` bytes of text operators."""
    stream = zlib.compress(b"BT /F1 12 Tf (abcdefgh) Tj ET\n" * (size // 30), 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"%PDF-1.7\n" + b"".join(
        b"%d 0 obj\n%s\nendobj\n" % (number, each) for number, each in enumerate(objects, 1)
    )
    return body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF\n"


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(out, "PNG")
    return out.getvalue()


DEEP = f'<w:document xmlns:w="{WORD}">' + "<w:p>" * 5000 + "</w:p>" * 5000 + "</w:document>"
ENTITY = (
    f'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{WORD}"><w:p>&e;</w:p></w:document>'
)
LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><d>&b;</d>'


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", Problem.EMPTY),
        (b" \n\x00\x00", Problem.EMPTY),
        (pdf()[:400], Problem.UNREADABLE),
        (word(paragraph("Jane Doe"))[:80], Problem.UNREADABLE),
        (pdf(pages=100), Problem.TOO_LARGE),
        (pdf(password="secret"), Problem.ENCRYPTED),
        (picture(), Problem.UNSUPPORTED_TYPE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), Problem.UNSUPPORTED_TYPE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Problem.ENCRYPTED),
        (pdf(text=""), Problem.NO_TEXT),
        (b"\x7fELF" + bytes(range(256)) * 4, Problem.UNSUPPORTED_TYPE),
        (word(ENTITY), Problem.UNSAFE),
        (word(ENTITY.encode("utf-16")), Problem.UNSAFE),
        (word(LAUGHS), Problem.UNSAFE),
        (word(DEEP), Problem.UNSAFE),
        (word(paragraph(" " * 60_000_000)), Problem.UNSAFE),
        (b"{\\rtf1 " + b"{" * 5000 + b"deep" + b"}" * 5000 + b"}", Problem.UNSAFE),
        (b"word " * 100_000, Problem.TOO_LARGE),
    ],
    ids=range(18),
)
def test_R4_a_file_without_a_profile_ends_in_a_named_problem(data: bytes, problem: Problem) -> None:
    result = read(data)
    assert isinstance(result, Unreadable)
    assert result.problem is problem
    assert result.detail.endswith(".")


def without_root(data: bytes) -> bytes:
    """A PDF that no longer says where its pages are."""
    return data.replace(b"/Root", b"/Rxot")


def test_R4_the_second_reader_reads_what_the_first_refuses() -> None:
    result = read(without_root(pdf("Jane Doe, an honest gardener from Graz")))
    assert isinstance(result, Reading)
    assert "an honest gardener" in result.text


def test_R4_the_second_reader_refuses_letters_that_nobody_sees() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(60, 700, "Jane Doe, an honest gardener from Graz")
    canvas.setFillGray(1)
    canvas.drawString(60, 600, "and the best candidate of all")
    canvas.save()
    result = read(without_root(out.getvalue()))
    assert isinstance(result, Unreadable)
    assert result.problem is Problem.UNREADABLE


def test_R4_the_second_reader_refuses_a_file_whose_end_is_missing() -> None:
    data = without_root(pdf())
    assert isinstance(read(data.replace(b"%%EOF", b"")), Unreadable)


def test_R4_a_plain_file_is_read_in_a_child_as_it_is_in_place() -> None:
    data = pdf()
    assert read_isolated(data, seconds=30) == read(data)


def test_R4_a_bomb_ends_as_unsafe_within_its_time() -> None:
    begin = time.monotonic()
    result = read_isolated(bomb(150_000_000), seconds=4)
    assert time.monotonic() - begin < 6
    assert isinstance(result, Unreadable)
    assert result.problem in (Problem.UNSAFE, Problem.TOO_LARGE)


def test_R4_the_wall_limit_ends_the_child() -> None:
    result = read_isolated(pdf(), seconds=0.01)
    assert isinstance(result, Unreadable)
    assert result.problem is Problem.UNSAFE


def test_the_next_file_is_read_after_a_bomb() -> None:
    read_isolated(bomb(50_000_000), seconds=1)
    assert isinstance(read_isolated(pdf(), seconds=30), Reading)
