"""Resumes as PDF, in eight looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Frame, HRFlowable, PageTemplate, Paragraph, Spacer, Table

from events.writers.resume import Entry, Person, Resume, Section
from events.writers.typefaces import Typeface, typeface

WIDTH, HEIGHT = A4

type Blocks = list[Any]


@dataclass(frozen=True)
class Ink:
    """Typeface, size in points and the two colours that a part of the page is set in."""

    face: Typeface
    size: float
    text: Color
    accent: Color
    bullet: str = "•"

    def style(self, cut: str = "regular", scale: float = 1.0, colour: Color | None = None, **more: Any) -> Any:
        """A paragraph style in this ink; `scale` is relative to the size of the body text."""
        size = self.size * scale
        options = {"leading": size * 1.36, **more}
        return ParagraphStyle(
            "style", fontName=getattr(self.face, cut), fontSize=size, textColor=colour or self.text, **options
        )


def set_text(text: str, style: Any, bullet: str | None = None) -> Any:
    """One paragraph."""
    return Paragraph(escape(text), style, bulletText=bullet)


def bullets(lines: Iterable[str], ink: Ink) -> Blocks:
    """A bulleted list."""
    style = ink.style(leftIndent=ink.size * 1.3, bulletIndent=1, spaceAfter=1.5)
    return [set_text(line, style, ink.bullet) for line in lines]


def columns(left: Any, right: Any, widths: tuple[float, float]) -> Any:
    """Two cells beside each other, without padding, kept with what follows."""
    table = Table([[left, right]], colWidths=widths, hAlign="LEFT")
    table.setStyle(
        [
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]
    )
    return table


def details(entry: Entry, ink: Ink) -> Blocks:
    """What follows the heading lines of an entry."""
    text = [set_text(entry.text, ink.style(spaceAfter=1.5))] if entry.text else []
    return [*text, *bullets(entry.bullets, ink)]


def dates_at_the_right(entry: Entry, ink: Ink, width: float) -> Blocks:
    """Title and dates on one line, the organisation below it in italics."""
    dates = 150.0
    heading = columns(
        set_text(entry.title, ink.style("bold", 1.04)),
        set_text(entry.dates, ink.style(alignment=2)),
        (width - dates, dates),
    )
    heading.keepWithNext = True
    where = [set_text(entry.where, ink.style("italic", keepWithNext=True, spaceAfter=1.5))] if entry.where else []
    return [heading, *where, *details(entry, ink)]


def organisation_first(entry: Entry, ink: Ink, width: float) -> Blocks:
    """The organisation in the accent colour with the dates beside it, then the title."""
    dates = 150.0
    heading = columns(
        set_text(entry.where or entry.title, ink.style("bold", 1.04, ink.accent)),
        set_text(entry.dates, ink.style(alignment=2, colour=ink.accent)),
        (width - dates, dates),
    )
    heading.keepWithNext = True
    title = [set_text(entry.title, ink.style("bold", keepWithNext=True, spaceAfter=1.5))] if entry.where else []
    return [heading, *title, *details(entry, ink)]


def dates_in_a_column(entry: Entry, ink: Ink, width: float) -> Blocks:
    """A table row: what was done at the left, the dates in a narrow column at the right."""
    dates = 84.0
    left = [
        set_text(entry.title, ink.style("bold")),
        *([set_text(entry.where, ink.style(colour=ink.accent, spaceAfter=1.5))] if entry.where else []),
        *details(entry, ink),
    ]
    row = columns(left, set_text(entry.dates, ink.style(scale=0.94, alignment=2)), (width - dates, dates))
    return [row]


def dates_at_the_left(entry: Entry, ink: Ink, width: float) -> Blocks:
    """A hanging column of dates, as in academic and official forms."""
    dates = 104.0
    title = f"<font name='{ink.face.bold}'>{escape(entry.title)}</font>"
    where = f"<br/>{escape(entry.where)}" if entry.where else ""
    right = [Paragraph(title + where, ink.style(spaceAfter=1.5)), *details(entry, ink)]
    return [
        columns(
            set_text(entry.dates, ink.style(scale=0.96, colour=ink.accent, rightIndent=8)),
            right,
            (dates, width - dates),
        ),
    ]


def stacked(entry: Entry, ink: Ink, width: float) -> Blocks:  # noqa: ARG001 - every entry setter is told the width
    """Title, organisation and dates on lines of their own."""
    where = " · ".join(part for part in (entry.where, entry.dates) if part)
    return [
        set_text(entry.title, ink.style("bold", 1.08, keepWithNext=True)),
        set_text(where, ink.style(scale=0.96, colour=ink.accent, keepWithNext=True, spaceAfter=2)),
        *details(entry, ink),
    ]


def on_one_line(entry: Entry, ink: Ink, width: float) -> Blocks:  # noqa: ARG001 - every entry setter is told the width
    """Everything about an entry on one line, the dates in brackets, as typed by hand."""
    title = f"<font name='{ink.face.bold}'>{escape(entry.title)}</font>"
    where = f", {escape(entry.where)}" if entry.where else ""
    dates = f" ({escape(entry.dates)})" if entry.dates else ""
    heading = Paragraph(title + where + dates, ink.style(keepWithNext=bool(entry.bullets), spaceAfter=1.5))
    return [heading, *details(entry, ink)]


def ruled_heading(title: str, ink: Ink) -> Blocks:
    """Capitals above a line."""
    return [
        set_text(title.upper(), ink.style("bold", 1.05, ink.accent, spaceBefore=10, keepWithNext=True)),
        HRFlowable(width="100%", thickness=0.8, color=ink.accent, spaceBefore=1.5, spaceAfter=5),
    ]


def coloured_heading(title: str, ink: Ink) -> Blocks:
    """Large, in the accent colour."""
    return [set_text(title, ink.style("bold", 1.35, ink.accent, spaceBefore=11, spaceAfter=4, keepWithNext=True))]


def quiet_heading(title: str, ink: Ink) -> Blocks:
    """Bold with a hairline above."""
    return [
        HRFlowable(width="100%", thickness=0.4, color=HexColor("#999999"), spaceBefore=8, spaceAfter=4),
        set_text(title, ink.style("bold", 1.12, spaceAfter=4, keepWithNext=True)),
    ]


@dataclass(frozen=True)
class Look:
    """How the main column of a page is set."""

    heading: Callable[[str, Ink], Blocks]
    entry: Callable[[Entry, Ink, float], Blocks]
    size: float
    margin: float
    separator: str = "  |  "
    """Between items of a list and between contacts."""
    item_lines: bool = False
    """Whether items of a list stand on lines of their own."""
    bullet: str = "•"


LOOKS = {
    "classic": Look(ruled_heading, dates_at_the_right, 10.8, 20 * mm, ", "),
    "plain": Look(coloured_heading, on_one_line, 10.6, 22 * mm, ", "),
    "banner": Look(coloured_heading, organisation_first, 10, 18 * mm, "  ·  "),
    "sidebar": Look(coloured_heading, stacked, 10, 11 * mm, item_lines=True),
    "dark": Look(ruled_heading, stacked, 9.8, 11 * mm, item_lines=True, bullet="–"),
    "ledger": Look(quiet_heading, dates_in_a_column, 10.2, 19 * mm, " / "),
    "academic": Look(ruled_heading, dates_at_the_left, 10.2, 24 * mm, "; ", bullet="–"),
    "form": Look(coloured_heading, dates_at_the_left, 10, 17 * mm, ", "),
}


def section(part: Section, look: Look, ink: Ink, width: float) -> Blocks:
    """A heading and what stands under it, in the order in which the section states it."""
    blocks = look.heading(part.title, ink)
    blocks += [set_text(text, ink.style(spaceAfter=3)) for text in part.text]
    for number, entry in enumerate(part.entries):
        blocks += [*([Spacer(1, 6)] if number else []), *look.entry(entry, ink, width)]
    blocks += bullets(part.bullets, ink)
    for label, value in part.pairs:
        line = f"<font name='{ink.face.bold}'>{escape(label)}:</font> {escape(value)}"
        blocks.append(Paragraph(line, ink.style(spaceAfter=1.5)))
    if look.item_lines:
        blocks += [set_text(item, ink.style(spaceAfter=2)) for item in part.items]
    elif part.items:
        blocks.append(set_text(look.separator.join(part.items), ink.style()))
    return blocks


def sections(parts: Iterable[Section], look: Look, ink: Ink, width: float) -> Blocks:
    """Sections one below the other."""
    return [block for part in parts for block in section(part, look, ink, width)]


def fill(canvas: Any, blocks: Blocks, box: tuple[float, float, float, float]) -> None:
    """Set `blocks` into one box (x, y, width, height); raises OverflowError where they do not fit."""
    remaining = list(blocks)
    frame = Frame(*box, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    frame.addFromList(remaining, canvas)
    if remaining:
        raise OverflowError("the text beside the main column does not fit the page")


def one_column(person: Person, look: Look, ink: Ink, document: Any) -> None:
    """Name and contacts at the head of a single column."""
    resume, width = person.resume, WIDTH - 2 * look.margin
    centred = 1 if person.look in {"classic", "academic"} else 0
    head: Blocks = [
        set_text(resume.name, ink.style("bold", 2.0, ink.accent, alignment=centred)),
        *([set_text(resume.headline, ink.style("italic", 1.15, alignment=centred))] if resume.headline else []),
    ]
    if person.look == "form":
        head += [set_text(contact, ink.style()) for contact in resume.contacts]
    else:
        head.append(set_text("  |  ".join(resume.contacts), ink.style(alignment=centred, spaceBefore=2)))
    frame = Frame(look.margin, 17 * mm, width, HEIGHT - 34 * mm, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame]))
    document.build([*head, Spacer(1, 6), *sections(resume.sections, look, ink, width)])


def banner(person: Person, look: Look, ink: Ink, document: Any) -> None:
    """Name and contacts in white on a band of colour across the first page."""
    resume, width, band = person.resume, WIDTH - 2 * look.margin, 36 * mm

    def paint(canvas: Any, _: Any) -> None:
        canvas.setFillColor(ink.accent)
        canvas.rect(0, HEIGHT - band, WIDTH, band, stroke=0, fill=1)
        head = [
            set_text(resume.name, ink.style("bold", 2.5, white)),
            set_text(resume.headline, ink.style("regular", 1.3, white, spaceAfter=4)),
            set_text(look.separator.join(resume.contacts), ink.style(colour=white)),
        ]
        fill(canvas, head, (look.margin, HEIGHT - band, width, band - 7 * mm))

    first = Frame(look.margin, 15 * mm, width, HEIGHT - band - 19 * mm, 0, 0, 0, 0)
    later = Frame(look.margin, 15 * mm, width, HEIGHT - 30 * mm, 0, 0, 0, 0)
    document.addPageTemplates(
        [
            PageTemplate("first", frames=[first], onPage=paint, autoNextPageTemplate="later"),
            PageTemplate("later", frames=[later]),
        ]
    )
    document.build(sections(resume.sections, look, ink, width))


def with_sidebar(person: Person, look: Look, ink: Ink, document: Any) -> None:
    """A coloured column beside the main one: dark at the left, or pale at the right and written after the main text."""
    resume, dark = person.resume, person.look == "dark"
    side, inset = 64 * mm, 7 * mm
    edge = 0 if dark else WIDTH - side
    left = side + look.margin if dark else look.margin + 5 * mm
    width = WIDTH - side - look.margin - (look.margin if dark else look.margin + 5 * mm)
    pale = Color(*(1 - (1 - part) * 0.1 for part in ink.accent.rgb()))
    beside = Ink(ink.face, ink.size * 0.97, white if dark else ink.text, white if dark else ink.accent, ink.bullet)

    def background(canvas: Any, _: Any) -> None:
        canvas.setFillColor(ink.accent if dark else pale)
        canvas.rect(edge, 0, side, HEIGHT, stroke=0, fill=1)

    def write_beside(canvas: Any, _: Any) -> None:
        head = [
            *([set_text(resume.name, beside.style("bold", 2.0, white, spaceAfter=3))] if dark else []),
            *([set_text(resume.headline, beside.style(scale=1.15, colour=white, spaceAfter=8))] if dark else []),
            *look.heading("Contact", beside),
            *(set_text(contact, beside.style(spaceAfter=2)) for contact in resume.contacts),
        ]
        side_parts = sections((part for part in resume.sections if part.sidebar), look, beside, side - 2 * inset)
        fill(canvas, head + side_parts, (edge + inset, 12 * mm, side - 2 * inset, HEIGHT - 26 * mm))

    def dark_first(canvas: Any, page: Any) -> None:
        background(canvas, page)
        write_beside(canvas, page)

    frame = Frame(left, 14 * mm, width, HEIGHT - 28 * mm, 0, 0, 0, 0)
    first = (
        PageTemplate("first", frames=[frame], onPage=dark_first, autoNextPageTemplate="later")
        if dark
        else PageTemplate(
            "first", frames=[frame], onPage=background, onPageEnd=write_beside, autoNextPageTemplate="later"
        )
    )
    document.addPageTemplates([first, PageTemplate("later", frames=[frame], onPage=background)])
    title: Blocks = [
        set_text(resume.name, ink.style("bold", 2.6, ink.accent)),
        set_text(resume.headline, ink.style(scale=1.25, spaceAfter=6)),
    ]
    main = sections((part for part in resume.sections if not part.sidebar), look, ink, width)
    document.build(([] if dark else title) + main)


LAYOUTS: dict[str, Callable[[Person, Look, Ink, Any], None]] = {
    "banner": banner,
    "sidebar": with_sidebar,
    "dark": with_sidebar,
}


def write_pdf(person: Person) -> bytes:
    """The person's resume as a PDF file, the same bytes every time; raises KeyError for an unknown look or font."""
    look = LOOKS[person.look]
    ink = Ink(
        typeface(person.font), look.size * person.scale, HexColor("#222222"), HexColor(person.accent), look.bullet
    )
    file = BytesIO()
    document = BaseDocTemplate(
        file, pagesize=A4, title=_title(person.resume), author=person.resume.name, invariant=1, pageCompression=1
    )
    LAYOUTS.get(person.look, one_column)(person, look, ink, document)
    return file.getvalue()


def _title(resume: Resume) -> str:
    return f"{resume.name} – CV"
