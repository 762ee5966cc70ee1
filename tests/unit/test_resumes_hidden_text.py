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


def rich_text(look: str, *, page: str = "", paragraph: str = "") -> bytes:
    colours = r"{\colortbl;\red255\green255\blue255;\red31\green56\blue100;}"
    return rf"{{\rtf1\ansi{colours}{page}\pard {SEEN}\par\pard{paragraph} {{{look} {SECRET}}}\par}}".encode()


DARK_PAGE = r"\viewbksp1{\*\background{\shp{\*\shpinst{\sp{\sn fillColor}{\sv 6567967}}}}}"


def drawn_over(*, behind: int = 0, height: int = 30, fill: str = "FFFFFF", see_through: str = "") -> bytes:
    """A paragraph with a rectangle of 400 points over it."""
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    wp = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    wps = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    document = docx.Document()
    document.add_paragraph(SEEN)
    paragraph = document.add_paragraph(SECRET)
    paragraph.add_run()._r.append(
        parse_xml(
            f'<w:drawing {nsdecls("w")} xmlns:wp="{wp}" xmlns:a="{a}" xmlns:wps="{wps}">'
            f'<wp:anchor behindDoc="{behind}">'
            '<wp:positionH relativeFrom="column"><wp:posOffset>-12700</wp:posOffset></wp:positionH>'
            '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
            f'<wp:extent cx="{400 * 12700}" cy="{height * 12700}"/><wp:wrapNone/>'
            f'<a:graphic><a:graphicData uri="{wps}"><wps:wsp><wps:spPr><a:solidFill><a:srgbClr val="{fill}">'
            f"{see_through}</a:srgbClr></a:solidFill></wps:spPr></wps:wsp></a:graphicData></a:graphic>"
            "</wp:anchor></w:drawing>"
        )
    )
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


HIDDEN = {
    "docx below a white shape": drawn_over(),
    "docx below a blue shape": drawn_over(fill="1F3864"),
    "rtf white": rich_text(r"\cf1"),
    "rtf blue on blue letters": rich_text(r"\cf2\chcbpat2"),
    "rtf blue on a blue mark": rich_text(r"\cf2\highlight2"),
    "rtf white on a white paragraph": rich_text(r"\cf1", paragraph=r"\cbpat1", page=DARK_PAGE),
    "rtf blue on a blue page": rich_text(r"\cf2", page=DARK_PAGE),
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
    "docx before a shape": drawn_over(behind=1),
    "docx with a line through it": drawn_over(height=2),
    "docx below glass": drawn_over(
        see_through='<a:alpha xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" val="20000"/>'
    ),
    "rtf white on a blue paragraph": rich_text(r"\cf1", paragraph=r"\cbpat2"),
    "rtf white on a blue mark": rich_text(r"\cf1\highlight2"),
    "rtf white on a blue page": rich_text(r"\cf1", page=DARK_PAGE),
    "rtf plain": rich_text(r"\cf0"),
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
