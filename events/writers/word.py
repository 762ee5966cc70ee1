"""Resumes as DOCX, in four looks."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from events.writers.archive import without_clock
from events.writers.resume import Entry, Person, Resume, Section

MADE_AT = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
TEXT_WIDTH = Cm(16.6)


def write_docx(person: Person) -> bytes:
    """The person's resume as a DOCX file, the same bytes every time."""
    document = Document()
    _prepare(document, person)
    _head(document, person)
    for section in person.resume.sections:
        _section(document, section, person)
    file = BytesIO()
    document.save(file)
    return without_clock(file.getvalue())


def _prepare(document: WordDocument, person: Person) -> None:
    properties = document.core_properties
    properties.author = properties.last_modified_by = person.resume.name
    properties.title, properties.comments = "Curriculum vitae", ""
    properties.created = properties.modified = MADE_AT
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin = page.bottom_margin = Cm(1.9)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = person.font, Pt(10.5)
    normal.paragraph_format.space_after = Pt(3)
    for name, size in (("Title", 22), ("Heading 1", 13)):
        style = document.styles[name]
        style.font.name, style.font.size = person.font, Pt(size)
        style.font.color.rgb = RGBColor.from_string(person.accent[1:])
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for border in style.element.iter(qn("w:bottom")):
            border.set(qn("w:color"), person.accent[1:])
    document.styles["Heading 1"].paragraph_format.space_before = Pt(12)
    document.styles["Heading 1"].paragraph_format.space_after = Pt(4)


def _head(document: WordDocument, person: Person) -> None:
    resume = person.resume
    if person.look == "letterhead":
        header = document.sections[0].header
        lines = [header.paragraphs[0], *(header.add_paragraph() for _ in resume.contacts[1:])]
        for line, contact in zip(lines, resume.contacts, strict=True):
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            line.paragraph_format.space_after = Pt(0)
            line.add_run(contact).font.size = Pt(9)
    name = document.add_paragraph(resume.name, style="Title")
    if person.look == "centred":
        name.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if resume.headline:
        headline = document.add_paragraph()
        headline.add_run(resume.headline).italic = True
        headline.paragraph_format.alignment = name.paragraph_format.alignment
    if person.look != "letterhead":
        _contacts(document, resume, person.look)


def _contacts(document: WordDocument, resume: Resume, look: str) -> None:
    if look == "centred":
        document.add_paragraph(" • ".join(resume.contacts)).alignment = WD_ALIGN_PARAGRAPH.CENTER
        return
    block = document.add_paragraph()
    for number, contact in enumerate(resume.contacts):
        run = block.add_run(contact)
        if number < len(resume.contacts) - 1:
            run.add_break()


def _section(document: WordDocument, section: Section, person: Person) -> None:
    heading = document.add_heading(section.title.upper() if person.look == "centred" else section.title, level=1)
    if person.look in {"centred", "letterhead"}:
        _underline(heading, person.accent[1:])
    for text in section.text:
        document.add_paragraph(text)
    if person.look == "table" and section.entries:
        _table(document, section)
    else:
        for entry in section.entries:
            _entry(document, entry, person.look)
    for bullet in section.bullets:
        _bullet(document.add_paragraph(bullet, style="List Bullet"))
    if section.items:
        document.add_paragraph(", ".join(section.items))
    for label, value in section.pairs:
        line = document.add_paragraph()
        line.add_run(f"{label}: ").bold = True
        line.add_run(value)


def _entry(document: WordDocument, entry: Entry, look: str) -> None:
    heading = document.add_paragraph()
    heading.paragraph_format.keep_with_next = True
    heading.paragraph_format.space_before = Pt(4)
    heading.paragraph_format.space_after = Pt(0)
    if look == "plain":
        heading.add_run(entry.dates)
        heading.add_run(f"\n{entry.title}").bold = True
        if entry.where:
            heading.add_run(f"\n{entry.where}")
    else:
        heading.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        heading.add_run(entry.title).bold = True
        if entry.dates:
            heading.add_run(f"\t{entry.dates}")
        if entry.where:
            heading.add_run("\n")
            heading.add_run(entry.where).italic = True
    if entry.text:
        document.add_paragraph(entry.text)
    for bullet in entry.bullets:
        _bullet(document.add_paragraph(bullet, style="List Bullet"))


def _table(document: WordDocument, section: Section) -> None:
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    # Word goes by the widths of the cells, other programs by those of the columns.
    widths = (Cm(3.6), Length(TEXT_WIDTH - Cm(3.6)))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for entry in section.entries:
        dates, what = table.add_row().cells
        dates.width, what.width = widths
        dates.paragraphs[0].add_run(entry.dates)
        for cell in (dates, what):
            cell.paragraphs[0].paragraph_format.space_before = Pt(6)
        _cell(what, entry)


def _cell(cell: _Cell, entry: Entry) -> None:
    heading = cell.paragraphs[0]
    heading.add_run(entry.title).bold = True
    if entry.where:
        heading.add_run(f"\n{entry.where}")
    if entry.text:
        cell.add_paragraph(entry.text)
    for bullet in entry.bullets:
        _bullet(cell.add_paragraph(bullet, style="List Bullet"))


def _bullet(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.space_after = Pt(1)


def _underline(heading: Paragraph, colour: str) -> None:
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", colour)):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    heading._p.get_or_add_pPr().append(borders)
