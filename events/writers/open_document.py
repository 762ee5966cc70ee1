"""Resumes as OpenDocument text, in two looks."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from odf.dc import Creator
from odf.opendocument import OpenDocumentText
from odf.style import (
    FontFace,
    ListLevelProperties,
    MasterPage,
    PageLayout,
    PageLayoutProperties,
    ParagraphProperties,
    Style,
    TextProperties,
)
from odf.text import H, LineBreak, List, ListItem, ListLevelStyleBullet, ListStyle, P, Span

from events.writers.archive import without_clock
from events.writers.resume import Entry, Person, Section


def write_odt(person: Person) -> bytes:
    """The person's resume as an ODT file, the same bytes every time."""
    document = OpenDocumentText()
    styles = _styles(document, person)
    document.meta.addElement(Creator(text=person.resume.name))
    resume = person.resume
    document.text.addElement(P(stylename=styles["Name"], text=resume.name))
    if resume.headline:
        document.text.addElement(P(stylename=styles["Headline"], text=resume.headline))
    if person.look == "lines":
        for contact in resume.contacts:
            document.text.addElement(P(stylename=styles["Contact"], text=contact))
    else:
        document.text.addElement(P(stylename=styles["Contact"], text=" – ".join(resume.contacts)))
    for section in resume.sections:
        _section(document.text, section, styles, person.look)
    file = BytesIO()
    document.write(file)
    return without_clock(file.getvalue())


def _styles(document: Any, person: Person) -> dict[str, Any]:
    document.fontfacedecls.addElement(FontFace(name=person.font, fontfamily=f"'{person.font}'"))
    layout = PageLayout(name="Page")
    layout.addElement(
        PageLayoutProperties(
            pagewidth="21cm",
            pageheight="29.7cm",
            margintop="1.8cm",
            marginbottom="1.8cm",
            marginleft="2.2cm",
            marginright="2.2cm",
        )
    )
    document.automaticstyles.addElement(layout)
    document.masterstyles.addElement(MasterPage(name="Standard", pagelayoutname=layout))
    centred = "center" if person.look == "centred" else "start"
    made = {}
    for name, text, paragraph in (
        ("Body", {"fontsize": "11pt"}, {"marginbottom": "0.1cm"}),
        ("Name", {"fontsize": "21pt", "fontweight": "bold", "color": person.accent}, {"textalign": centred}),
        ("Headline", {"fontsize": "12pt"}, {"textalign": centred, "marginbottom": "0.1cm"}),
        ("Contact", {"fontsize": "10pt"}, {"textalign": centred}),
        (
            "Heading",
            {"fontsize": "12.5pt", "fontweight": "bold", "color": person.accent},
            {"margintop": "0.45cm", "marginbottom": "0.15cm", "keepwithnext": "always"},
        ),
        ("Entry", {"fontsize": "11pt"}, {"margintop": "0.15cm", "keepwithnext": "always"}),
    ):
        style = Style(name=name, family="paragraph")
        style.addElement(TextProperties(fontname=person.font, **text))
        style.addElement(ParagraphProperties(**paragraph))
        document.styles.addElement(style)
        made[name] = style
    bold = Style(name="Strong", family="text")
    bold.addElement(TextProperties(fontweight="bold"))
    document.automaticstyles.addElement(bold)
    made["Strong"] = bold
    bullet = ListStyle(name="Bullets")
    level = ListLevelStyleBullet(level="1", bulletchar="•")
    level.addElement(ListLevelProperties(spacebefore="0.2cm", minlabelwidth="0.45cm"))
    bullet.addElement(level)
    document.automaticstyles.addElement(bullet)
    made["Bullets"] = bullet
    return made


def _section(text: Any, section: Section, styles: dict[str, Any], look: str) -> None:
    text.addElement(H(outlinelevel=1, stylename=styles["Heading"], text=section.title))
    for paragraph in section.text:
        text.addElement(P(stylename=styles["Body"], text=paragraph))
    for entry in section.entries:
        _entry(text, entry, styles, look)
    _bullets(text, section.bullets, styles)
    if section.items:
        text.addElement(P(stylename=styles["Body"], text=" · ".join(section.items)))
    for label, value in section.pairs:
        line = P(stylename=styles["Body"])
        line.addElement(Span(stylename=styles["Strong"], text=f"{label}: "))
        line.addText(value)
        text.addElement(line)


def _entry(text: Any, entry: Entry, styles: dict[str, Any], look: str) -> None:
    heading = P(stylename=styles["Entry"])
    if look == "lines":
        heading.addText(f"{entry.dates}  " if entry.dates else "")
        heading.addElement(Span(stylename=styles["Strong"], text=entry.title))
        if entry.where:
            heading.addElement(LineBreak())
            heading.addText(entry.where)
    else:
        heading.addElement(Span(stylename=styles["Strong"], text=entry.where or entry.title))
        heading.addText(f" – {entry.dates}" if entry.dates else "")
        if entry.where:
            heading.addElement(LineBreak())
            heading.addText(entry.title)
    text.addElement(heading)
    if entry.text:
        text.addElement(P(stylename=styles["Body"], text=entry.text))
    _bullets(text, entry.bullets, styles)


def _bullets(text: Any, lines: tuple[str, ...], styles: dict[str, Any]) -> None:
    if not lines:
        return
    bullets = List(stylename=styles["Bullets"])
    for line in lines:
        item = ListItem()
        item.addElement(P(stylename=styles["Body"], text=line))
        bullets.addElement(item)
    text.addElement(bullets)
