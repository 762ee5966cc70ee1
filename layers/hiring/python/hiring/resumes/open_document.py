"""ODT: paragraphs, headings, lists and tables, headers and footers of the page style."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hiring.resumes.archive import Archive
from hiring.resumes.contrast import WHITE, Colour, colour_of, is_hidden
from hiring.resumes.layout import CannotRead, Layout, Line, Run, cell_of, without_bullet
from hiring.resumes.model import FileFormat, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _STYLE = f"{{{_NS}text:1.0}}", f"{{{_NS}table:1.0}}", f"{{{_NS}style:1.0}}"
_OFFICE, _FO, _DRAW = f"{{{_NS}office:1.0}}", f"{{{_NS}xsl-fo-compatible:1.0}}", f"{{{_NS}drawing:1.0}}"
_HREF = "{http://www.w3.org/1999/xlink}href"


@dataclass(frozen=True, slots=True)
class _Look:
    size: float = 11.0
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    ink: Colour | None = None
    ground: Colour | None = WHITE


class _Reader:
    def __init__(self, styles: dict[str, _Element]) -> None:
        self.styles = styles
        self.hidden = 0

    def look(self, name: str, base: _Look, depth: int = 0) -> _Look:
        style = self.styles.get(name)
        if style is None or depth > 10:
            return base
        base = self.look(style.get(f"{_STYLE}parent-style-name", ""), base, depth + 1)
        base = replace(base, ground=self._ground(style, base.ground))
        properties = style.find(f"{_STYLE}text-properties")
        if properties is None:
            return base
        size, bold, italic, hidden = base.size, base.bold, base.italic, base.hidden
        points = re.fullmatch(r"([\d.]+)pt", properties.get(f"{_FO}font-size", ""))
        size = float(points[1]) if points else size
        if weight := properties.get(f"{_FO}font-weight"):
            bold = weight in ("bold", "600", "700", "800", "900")
        if slant := properties.get(f"{_FO}font-style"):
            italic = slant in ("italic", "oblique")
        hidden = hidden or properties.get(f"{_TEXT}display") == "none" or size < 1.5
        ink = properties.get(f"{_FO}color")
        return _Look(size, bold, italic, hidden, colour_of(ink) if ink else base.ink, base.ground)

    def _ground(self, style: _Element, ground: Colour | None) -> Colour | None:
        """What lies behind the text of a style; None behind drawings, whose colour is not looked for."""
        for properties in style:
            value = properties.get(f"{_FO}background-color", "transparent")
            if value != "transparent":
                ground = colour_of(value)
            if properties.tag == f"{_STYLE}graphic-properties":
                ground = None
        return ground

    def blocks(self, parent: _Element, *, bullet: bool = False, ground: Colour | None = WHITE) -> list[Line]:
        """The lines of a stretch of the document that lies on `ground`."""
        style = next((value for name, value in parent.attrib.items() if str(name).endswith("}style-name")), "")
        if str(style) in self.styles:
            ground = self._ground(self.styles[str(style)], ground)
        lines: list[Line] = []
        for child in parent:
            if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                lines += self._paragraph(child, bullet, ground)
            elif child.tag == f"{_TABLE}table-row":
                cells = [found for cell in child if (found := self.blocks(cell, ground=ground))]
                if len(cells) > 1 and all(len(each) == 1 for each in cells):
                    lines.append(Line(tuple(cell for each in cells for cell in each[0].cells)))
                else:
                    lines += [line for each in cells for line in each]
            elif child.tag == f"{_TEXT}tracked-changes" or not isinstance(child.tag, str):
                continue
            else:
                lines += self.blocks(child, bullet=bullet or child.tag == f"{_TEXT}list-item", ground=ground)
        return lines

    def _paragraph(self, paragraph: _Element, bullet: bool, ground: Colour | None) -> list[Line]:
        rows: list[list[list[Run]]] = [[[]]]
        boxes: list[Line] = []
        look = self.look(paragraph.get(f"{_TEXT}style-name", ""), _Look(ground=ground))
        self._inline(paragraph, look, None, rows, boxes)
        lines = []
        for row in rows:
            cells = tuple(cell for runs in row if (cell := cell_of(runs)))
            if cells:
                kept, marked = without_bullet(cells)
                lines.append(Line(kept, bullet=bullet or marked, heading=paragraph.tag == f"{_TEXT}h"))
        return [*lines, *boxes]

    def _inline(
        self, parent: _Element, look: _Look, target: str | None, rows: list[list[list[Run]]], boxes: list[Line]
    ) -> None:
        def put(text: str | None) -> None:
            if text and (look.hidden or is_hidden(look.ink, look.ground)):
                self.hidden += sum(map(str.isalnum, text))
            elif text:
                rows[-1][-1].append(Run(text, look.size, look.bold, look.italic, target))

        put(parent.text)
        for child in parent:
            tag = child.tag
            if tag == f"{_TEXT}tab":
                rows[-1].append([])
            elif tag == f"{_TEXT}line-break":
                rows.append([[]])
            elif tag == f"{_DRAW}frame":
                boxes += self.blocks(child, ground=None)
            elif tag == f"{_TEXT}s":
                put(" ")
            elif isinstance(tag, str) and not tag.startswith(_OFFICE):
                inner = self.look(child.get(f"{_TEXT}style-name", ""), look) if tag == f"{_TEXT}span" else look
                self._inline(child, inner, child.get(_HREF) or target, rows, boxes)
            put(child.tail)


def read(archive: Archive) -> Layout:
    """The layout of an ODT."""
    if "META-INF/manifest.xml" in archive.names and b"encryption-data" in archive.bytes_of("META-INF/manifest.xml"):
        raise CannotRead(Problem.ENCRYPTED)
    content = archive.xml_of("content.xml")
    styles = {}
    edges: list[_Element] = []
    if "styles.xml" in archive.names:
        root = archive.xml_of("styles.xml")
        styles = {each.get(f"{_STYLE}name", ""): each for each in root.iter(f"{_STYLE}style")}
        edges = [*root.iter(f"{_STYLE}header"), *root.iter(f"{_STYLE}footer")]
    styles |= {each.get(f"{_STYLE}name", ""): each for each in content.iter(f"{_STYLE}style")}
    reader = _Reader(styles)
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise CannotRead(Problem.UNSUPPORTED_TYPE)
    heads = [line for edge in edges if edge.tag == f"{_STYLE}header" for line in reader.blocks(edge)]
    feet = [line for edge in edges if edge.tag == f"{_STYLE}footer" for line in reader.blocks(edge)]
    return Layout(FileFormat.ODT, (*heads, *reader.blocks(body), *feet), 1, reader.hidden)
