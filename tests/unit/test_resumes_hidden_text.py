"""Text that nobody can see is left out and counted; light letters on a dark ground are honest."""

from __future__ import annotations

import io

import docx
import docx.enum.style
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor
from odf.opendocument import OpenDocumentText
from odf.style import ParagraphProperties, Style, TextProperties
from odf.text import P, Span

from hiring.resumes.contrast import colour_of
from hiring.resumes.model import Reading
from hiring.resumes.reader import read

SEEN = "Jane Doe, an honest gardener from Graz"
SECRET = "kubernetes"


def reading_of(data: bytes) -> Reading:
    result = read(data)
    assert isinstance(result, Reading)
    return result


def word(ink: str, *, run: str = "", paragraph: str = "", cell: str = "", style: str = "") -> bytes:
    """A DOCX with a word of colour `ink` in a table's cell; the others are the colours behind it."""
    document = docx.Document()
    document.add_paragraph(SEEN)
    inside = document.add_table(1, 1).cell(0, 0)
    text = inside.paragraphs[0]
    written = text.add_run(SECRET)
    written.font.color.rgb = RGBColor.from_string(ink)
    if style:
        named = document.styles.add_style("Shaded", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
        named.element.get_or_add_pPr().append(shade(style))
        text.style = named
    if run:
        written._r.get_or_add_rPr().append(shade(run))
    if paragraph:
        text._p.get_or_add_pPr().append(shade(paragraph))
    if cell:
        inside._tc.get_or_add_tcPr().append(shade(cell))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def shade(fill: str) -> object:
    return parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>')


def page(style: str, body: str) -> bytes:
    head = f"<!doctype html><html><head><style>{style}</style></head><body><p>{SEEN}</p>"
    return f"{head}{body}</body></html>".encode()


def open_document(ink: str, ground: str) -> bytes:
    document = OpenDocumentText()
    around = Style(name="Around", family="paragraph")
    around.addElement(ParagraphProperties(backgroundcolor=ground))
    letters = Style(name="Letters", family="text")
    letters.addElement(TextProperties(color=ink))
    document.automaticstyles.addElement(around)
    document.automaticstyles.addElement(letters)
    document.text.addElement(P(text=SEEN))
    paragraph = P(stylename="Around")
    paragraph.addElement(Span(stylename="Letters", text=SECRET))
    document.text.addElement(paragraph)
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


HIDDEN = {
    "docx white": word("FFFFFF"),
    "docx nearly white": word("FAFAFA"),
    "docx black in a black cell": word("000000", cell="000000"),
    "docx grey on a grey paragraph": word("D9D9D9", paragraph="D9D9D9"),
    "docx blue on a blue run": word("1F3864", run="1F3864", paragraph="FFFFFF"),
    "docx green on a green style": word("00B050", style="00B050"),
    "html white": page("", f"<p style='color:#fff'>{SECRET}</p>"),
    "html class": page(".x{color:white}", f"<p class=x>{SECRET}</p>"),
    "html same as the box around": page("#a{background:#123456} b{color:#123456}", f"<div id=a><b>{SECRET}</b></div>"),
    "html class not shown": page("p.x{display:none}", f"<p class=x>{SECRET}</p>"),
    "html beyond the edge": page(".x{position:absolute;left:-9999px}", f"<p class=x>{SECRET}</p>"),
    "html tiny": page(".x{font-size:1px}", f"<p class=x>{SECRET}</p>"),
    "odt white": open_document("#ffffff", "transparent"),
    "odt grey on grey": open_document("#cccccc", "#cccccc"),
}
HONEST = {
    "docx white in a dark cell": word("FFFFFF", cell="1F3864"),
    "docx white on a dark style": word("FFFFFF", style="333333"),
    "docx white on a dark paragraph": word("FFFFFF", paragraph="000000", cell="FFFFFF"),
    "docx grey": word("BFBFBF"),
    "html white on dark": page(".side{background:#222;color:#fff}", f"<div class=side><p>{SECRET}</p></div>"),
    "html ground by a longer rule": page(
        "body .side{background:#222} p.x{color:#fff}", f"<div class=side><p class=x>{SECRET}"
    ),
    "html ground is a picture": page(
        "div{background:url(x.png)} p.x{color:#fff}", f"<div><p class=x>{SECRET}</p></div>"
    ),
    "html only in print": page("@media print{.x{display:none}}", f"<p class=x>{SECRET}</p>"),
    "odt white on dark": open_document("#ffffff", "#203040"),
}


@pytest.mark.parametrize("data", HIDDEN.values(), ids=HIDDEN)
def test_R13_text_of_the_colour_of_its_ground_is_left_out_and_counted(data: bytes) -> None:
    found = reading_of(data)
    assert found.text.strip() == SEEN
    assert found.hidden_characters == len(SECRET)


@pytest.mark.parametrize("data", HONEST.values(), ids=HONEST)
def test_R13_light_text_on_a_dark_ground_is_read(data: bytes) -> None:
    found = reading_of(data)
    assert SECRET in found.text
    assert found.hidden_characters == 0


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#FFF", (255, 255, 255)),
        ("1f3864", (31, 56, 100)),
        ("rgb(1, 2, 3)", (1, 2, 3)),
        ("rgba(1,2,3,1)", (1, 2, 3)),
        ("rgba(1,2,3,0.5)", None),
        ("navy", (0, 0, 128)),
        ("var(--ink)", None),
        ("auto", None),
    ],
)
def test_colours(text: str, colour: tuple[int, int, int] | None) -> None:
    assert colour_of(text) == colour
