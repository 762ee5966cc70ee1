"""DOCX: body, tables, text boxes, headers and footers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hiring.resumes.archive import Archive
from hiring.resumes.contrast import WHITE, Colour, colour_of, is_hidden
from hiring.resumes.drawings import is_covered
from hiring.resumes.layout import CannotRead, Layout, Line, Run, cell_of, without_bullet
from hiring.resumes.model import FileFormat, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFF = ("0", "false", "off", "none")
_TINY = 3
"""Half points: letters of less than 1.5 points are not meant to be read."""


@dataclass(frozen=True, slots=True)
class _Style:
    size: float = 11.0
    bold: bool = False
    italic: bool = False
    colour: str = ""
    vanish: bool = False
    heading: bool = False


class _Reader:
    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.hidden = 0
        self.styles: dict[str, _Element] = {}
        self.default = _Style()
        if "word/styles.xml" in archive.names:
            root = archive.xml_of("word/styles.xml")
            for each in root.iter(f"{_W}style"):
                self.styles[each.get(f"{_W}styleId", "")] = each
            defaults = root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
            if defaults is not None:
                self.default = self._with(self.default, defaults)
        self.links: dict[str, str] = {}
        self.page: Colour | None = WHITE
        self.fields: list[str] = []
        """The instructions of the fields that are open, the innermost last."""

    def part(self, name: str) -> list[Line]:
        folder, _, file = name.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels"
        self.links, self.fields = {}, []
        if relations in self.archive.names:
            for each in self.archive.xml_of(relations):
                if each.get("TargetMode") == "External":
                    self.links[each.get("Id", "")] = each.get("Target", "")
        root = self.archive.xml_of(name)
        page = root.find(f"{_W}background")
        if page is not None:
            self.page = colour_of(page.get(f"{_W}color", ""))
        body = root.find(f"{_W}body")
        return self._blocks(root if body is None else body)

    def _blocks(self, parent: _Element) -> list[Line]:
        lines: list[Line] = []
        gap = False
        for child in parent:
            if child.tag == f"{_W}p":
                found = self._paragraph(child)
                if found and gap:
                    found[0] = Line(found[0].cells, bullet=found[0].bullet, heading=found[0].heading, gap=True)
                gap = not found
                lines += found
            elif child.tag == f"{_W}tbl":
                for row in child.iter(f"{_W}tr"):
                    if next(row.iterancestors(f"{_W}tbl"), None) is child:
                        lines += self._row(row)
            elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}smartTag", f"{_W}customXml"):
                lines += self._blocks(child)
        return lines

    def _row(self, row: _Element) -> list[Line]:
        """A row of single lines is one line of cells; otherwise its cells are read one after the other."""
        cells = [self._blocks(each) for each in row.iter(f"{_W}tc") if next(each.iterancestors(f"{_W}tr"), None) is row]
        filled = [each for each in cells if each]
        if len(filled) > 1 and all(len(each) == 1 for each in filled):
            return [Line(tuple(cell for each in filled for cell in each[0].cells), bullet=filled[0][0].bullet)]
        if (
            len(filled) == 2
            and len(filled[0]) <= 3
            and len(filled[1]) <= 3
            and not any(each.bullet for side in filled for each in side)
        ):
            left, right = filled
            rows = []
            for index in range(max(len(left), len(right))):
                both = [side[index] for side in (left, right) if index < len(side)]
                rows.append(
                    Line(
                        tuple(cell for each in both for cell in each.cells), heading=both[0].heading and len(both) == 1
                    )
                )
            return rows
        return [line for each in filled for line in each]

    def _paragraph(self, paragraph: _Element) -> list[Line]:
        properties = paragraph.find(f"{_W}pPr")
        style = self.default
        bullet = False
        if properties is not None:
            named = properties.find(f"{_W}pStyle")
            if named is not None:
                style = self._named(named.get(f"{_W}val", ""), style)
                bullet = "list" in named.get(f"{_W}val", "").lower()
            if properties.find(f"{_W}outlineLvl") is not None:
                style = _Style(style.size, style.bold, style.italic, style.colour, style.vanish, True)
            number = properties.find(f"{_W}numPr/{_W}numId")
            bullet = bullet or (number is not None and number.get(f"{_W}val") != "0")
        rows: list[list[list[Run]]] = [[[]]]
        boxes: list[Line] = []
        self._inline(paragraph, style, None, rows, boxes)
        lines: list[Line] = []
        for row in rows:
            cells = tuple(cell for runs in row if (cell := cell_of(runs)))
            if cells:
                kept, marked = without_bullet(cells)
                lines.append(Line(kept, bullet=bullet or marked, heading=style.heading and not bullet))
        if lines and is_covered(paragraph, lines):
            self.hidden += sum(map(str.isalnum, "".join(line.text for line in lines)))
            lines = []
        return [*lines, *boxes]

    def _inline(
        self, parent: _Element, style: _Style, target: str | None, rows: list[list[list[Run]]], boxes: list[Line]
    ) -> None:
        for child in parent:
            tag = child.tag
            if tag == f"{_W}r":
                self._run(child, style, target, rows, boxes)
            elif tag == f"{_W}hyperlink":
                self._inline(child, style, self.links.get(child.get(f"{_R}id", ""), target), rows, boxes)
            elif tag == f"{_W}fldSimple":
                self._inline(child, style, _leads_to(child.get(f"{_W}instr", "")) or target, rows, boxes)
            elif tag in (f"{_W}del", f"{_W}moveFrom", f"{_W}pPr"):
                continue
            elif isinstance(tag, str):
                self._inline(child, style, target, rows, boxes)

    def _run(
        self, run: _Element, style: _Style, target: str | None, rows: list[list[list[Run]]], boxes: list[Line]
    ) -> None:
        style = self._run_style(run, style)
        row = rows[-1]
        for child in run:
            tag = child.tag
            if tag in (f"{_W}br", f"{_W}cr"):
                rows.append([[]])
                row = rows[-1]
            elif tag in (f"{_W}tab", f"{_W}ptab"):
                row.append([])
            elif tag in (f"{_W}fldChar", f"{_W}instrText"):
                self._field(child)
            elif tag in (f"{_W}t", f"{_W}noBreakHyphen"):
                self._letters(child.text or "" if tag == f"{_W}t" else "-", run, style, target, row[-1])
            elif tag in (f"{_MC}AlternateContent", f"{_W}drawing", f"{_W}pict", f"{_W}object"):
                choice = child.find(f"{_MC}Choice") if tag == f"{_MC}AlternateContent" else child
                for box in (choice if choice is not None else child).iter(f"{_W}txbxContent"):
                    boxes += self._blocks(box)

    def _run_style(self, run: _Element, style: _Style) -> _Style:
        properties = run.find(f"{_W}rPr")
        if properties is None:
            return style
        named = properties.find(f"{_W}rStyle")
        if named is not None:
            style = self._named(named.get(f"{_W}val", ""), style)
        return self._with(style, properties)

    def _field(self, part: _Element) -> None:
        """Takes the beginning, the end or a part of the instruction of a field."""
        kind = part.get(f"{_W}fldCharType")
        if kind == "begin":
            self.fields.append("")
        elif kind == "end":
            del self.fields[-1:]
        elif part.tag == f"{_W}instrText" and self.fields:
            self.fields[-1] += part.text or ""

    def _letters(self, text: str, run: _Element, style: _Style, target: str | None, runs: list[Run]) -> None:
        if style.vanish or (style.colour and is_hidden(colour_of(style.colour), self._ground(run))):
            self.hidden += sum(map(str.isalnum, text))
        else:
            link = target or (_leads_to(self.fields[-1]) if self.fields else None)
            runs.append(Run(text, style.size, style.bold, style.italic, link))

    def _ground(self, run: _Element) -> Colour | None:
        """The colour behind a run: its own, its paragraph's, cell's, table's, text box's or page's; None if unknown."""
        for each in (run, *run.iterancestors(f"{_W}p", f"{_W}tc", f"{_W}tbl", f"{_W}txbxContent")):
            if each.tag == f"{_W}txbxContent":
                fill = next(each.iterancestors(f"{_WPS}wsp"), each).find(f"{_WPS}spPr/{_A}solidFill/{_A}srgbClr")
                return colour_of(fill.get("val", "")) if fill is not None else None
            properties = each.find(f"{_W}{each.tag.rpartition('}')[2]}Pr")
            if properties is None:
                continue
            marked = properties.find(f"{_W}highlight")
            if marked is not None and marked.get(f"{_W}val") != "none":
                return colour_of(marked.get(f"{_W}val", ""))
            shade = properties.find(f"{_W}shd")
            if shade is not None and (fill_value := _fill(shade)):
                return colour_of(fill_value)
            named = properties.find(f"{_W}pStyle" if each.tag == f"{_W}p" else f"{_W}tblStyle")
            if named is not None and (fills := self._fills(named.get(f"{_W}val", ""))):
                return colour_of(fills[0]) if each.tag == f"{_W}p" else None
        return self.page

    def _fills(self, name: str, depth: int = 0) -> list[str]:
        """The grounds that a style, or one that it is based on, gives to its paragraphs or cells."""
        style = self.styles.get(name)
        if style is None or depth > 10:
            return []
        found = [fill for shade in style.iter(f"{_W}shd") if (fill := _fill(shade))]
        based = style.find(f"{_W}basedOn")
        return found or (self._fills(based.get(f"{_W}val", ""), depth + 1) if based is not None else [])

    def _named(self, name: str, style: _Style, depth: int = 0) -> _Style:
        element = self.styles.get(name)
        if element is None or depth > 10:
            return style
        based = element.find(f"{_W}basedOn")
        if based is not None:
            style = self._named(based.get(f"{_W}val", ""), style, depth + 1)
        properties = element.find(f"{_W}rPr")
        if properties is not None:
            style = self._with(style, properties)
        label = element.find(f"{_W}name")
        title = (label.get(f"{_W}val", "") if label is not None else name).lower()
        if re.match(r"(?:heading|überschrift|titre|título|titlu|kop|titolo) ?\d", title):
            style = _Style(style.size, style.bold, style.italic, style.colour, style.vanish, True)
        return style

    def _with(self, style: _Style, properties: _Element) -> _Style:
        size, bold, italic, colour, vanish = style.size, style.bold, style.italic, style.colour, style.vanish
        for each in properties:
            value = each.get(f"{_W}val", "")
            if each.tag == f"{_W}sz" and value.isdigit():
                size = int(value) / 2
                vanish = vanish or int(value) < _TINY
            elif each.tag == f"{_W}b":
                bold = value not in _OFF
            elif each.tag == f"{_W}i":
                italic = value not in _OFF
            elif each.tag == f"{_W}color":
                colour = value
            elif each.tag in (f"{_W}vanish", f"{_W}webHidden"):
                vanish = value not in _OFF
        return _Style(size, bold, italic, colour, vanish, style.heading)


def _leads_to(instruction: str) -> str | None:
    """Where a field of the kind `HYPERLINK "https://..."` leads."""
    match = re.match(r'\s*HYPERLINK\s+(?:\\[a-z]\s+)*"([^"]+)"', instruction)
    return match[1] if match else None


def _fill(shade: _Element) -> str:
    """The colour of a shade; empty where it is as the ground below."""
    solid = shade.get(f"{_W}val") == "solid"
    value = shade.get(f"{_W}color" if solid else f"{_W}fill", "auto")
    return ("000000" if solid else "") if value == "auto" else value


def read(archive: Archive) -> Layout:
    """The layout of a DOCX: headers first, then the body, then footers."""
    if _STRICT.encode() in archive.bytes_of("word/document.xml")[:4000]:
        raise CannotRead(Problem.UNSUPPORTED_TYPE)
    reader = _Reader(archive)
    body = reader.part("word/document.xml")
    seen: set[str] = set()
    edges: dict[str, list[Line]] = {"header": [], "footer": []}
    for name in sorted(archive.names):
        match = re.fullmatch(r"word/(header|footer)\d*\.xml", name)
        if match is None:
            continue
        for line in reader.part(name):
            if line.text not in seen and not re.fullmatch(r"(?:page\s*)?\d*(?:\s*(?:of|/)\s*\d*)?", line.text.lower()):
                seen.add(line.text)
                edges[match[1]].append(line)
    return Layout(FileFormat.DOCX, (*edges["header"], *body, *edges["footer"]), 1, reader.hidden)
