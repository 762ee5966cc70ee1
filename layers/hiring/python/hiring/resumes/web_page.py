"""HTML: the text of a page as a browser without scripts would show it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hiring.resumes.contrast import WHITE, Colour, colour_of, is_hidden
from hiring.resumes.layout import CannotRead, Layout, Line, Run, cell_of, without_bullet
from hiring.resumes.model import FileFormat, Problem
from hiring.resumes.style_sheet import StyleSheet
from hiring.resumes.word_lists import words

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX = 4_000_000
_MAX_DEPTH = 300
_SILENT = words(
    """
    audio canvas head iframe math noscript object script select style svg template textarea title video
    """
)
_INLINE = words(
    """
    a abbr b bdi bdo big button cite code data del dfn em font i img input ins kbd label mark meter q s samp
    small span strong sub sup time tt u var wbr
    """
)
_HEADINGS = words("h1 h2 h3 h4 h5 h6")
_BOLD = words("b dt h1 h2 h3 h4 h5 h6 strong th")
_ITALIC = words("cite em i var")
_SEE_THROUGH = ("none", "transparent", "inherit", "initial")
_SIZES = {"h1": 24.0, "h2": 18.0, "h3": 14.0, "h4": 12.0, "h5": 11.0, "h6": 11.0, "small": 9.0}
_SEPARATOR = re.compile(r"\s*[|•·●◦▪⋄♦∙/–—-]\s*")
_TINY = re.compile(r"(?:0(?:\.\d+)?|1)(?:px|pt)?|0(?:\.\d+)?r?em|0?\.0\d*r?em|0%?")
_FAR = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|pt|em|rem|vw|%)?")


@dataclass(frozen=True, slots=True)
class _Colours:
    """Of the letters and of what lies behind them; None where the page does not say."""

    ink: Colour | None = (0, 0, 0)
    ground: Colour | None = WHITE

    def after(self, declared: dict[str, str]) -> _Colours:
        """The colours within an element with these declarations."""
        ink, ground = self.ink, self.ground
        if (value := declared.get("color", "inherit")) != "inherit":
            ink = colour_of(value)
        if (value := declared.get("background-color") or declared.get("background", "none")) not in _SEE_THROUGH:
            ground = colour_of(value)
        if declared.get("background-image", "none") != "none" or "opacity" in declared:
            ground = None
        return _Colours(ink, ground)


class _Reader:
    def __init__(self, sheet: StyleSheet) -> None:
        self.sheet = sheet
        self.lines: list[Line] = []
        self.cells: list[list[Run]] = [[]]
        self.bullet = self.heading = False
        self.hidden = 0

    def flush(self) -> None:
        """Ends the line."""
        cells = tuple(cell for runs in self.cells if (cell := cell_of(runs)))
        if cells:
            kept, marked = without_bullet(cells)
            self.lines.append(Line(kept, bullet=self.bullet or marked, heading=self.heading))
            self.bullet = False
        self.cells = [[]]

    def walk(self, node: _Element, look: Run, colours: _Colours, depth: int = 0) -> None:
        """Takes a node and all below it; `look` is how its letters look."""
        if depth > _MAX_DEPTH:
            raise CannotRead(Problem.UNSAFE)
        tag = node.tag if isinstance(node.tag, str) else "script"
        if tag in _SILENT:
            return
        declared = self.sheet.of(tag, node.get("id") or "", node.get("class") or "", node.get("style") or "")
        if node.get("aria-hidden") == "true" and _SEPARATOR.fullmatch(node.text or "") and not len(node):
            self.cells[-1].append(replace(look, text=f" {node.text} "))
            return
        if _is_out_of_sight(node, declared):
            self.hidden += sum(map(str.isalnum, "".join(map(str, node.itertext()))))
            return
        cell = tag in ("td", "th")
        block = tag not in _INLINE and not cell
        if block:
            self.flush()
        if cell:
            self.cells.append([])
        heading = self.heading
        self.bullet, self.heading = self.bullet or tag == "li", heading or tag in _HEADINGS
        look = Run(
            "",
            _SIZES.get(tag, look.size),
            look.bold or tag in _BOLD,
            look.italic or tag in _ITALIC,
            (node.get("href") if tag == "a" else None) or look.target,
        )
        colours = colours.after(declared)
        self._put(node.text, look, colours)
        for child in node:
            self.walk(child, look, colours, depth + 1)
            following = child.getnext()
            if (
                following is not None
                and child.tag == following.tag == "span"
                and not child.tail
                and not any(_SEPARATOR.fullmatch(each.text or "") for each in (child, following))
            ):
                self.cells.append([])  # without a blank between them they stand apart, like chips
            beside = child.tag in ("span", "a", "time") and following is not None
            self._put(child.tail or (" " if beside else None), look, colours)
        if block:
            self.flush()
        self.heading = heading

    def _put(self, text: str | None, look: Run, colours: _Colours) -> None:
        if text and text.strip() and is_hidden(colours.ink, colours.ground):
            self.hidden += sum(map(str.isalnum, text))
        elif text:
            self.cells[-1].append(replace(look, text=text))


def _is_out_of_sight(node: _Element, declared: dict[str, str]) -> bool:
    """Whether an element is not shown, too small to be read or beyond the edge of the page."""
    return (
        node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or declared.get("display") == "none"
        or declared.get("visibility") in ("hidden", "collapse")
        or bool(re.fullmatch(r"0(?:\.0+)?%?", declared.get("opacity", "")))
        or bool(_TINY.fullmatch(declared.get("font-size", "")))
        or any(_FAR.fullmatch(declared.get(name, "")) for name in ("left", "top", "text-indent", "margin-left"))
    )


def read(text: str) -> Layout:
    """The layout of a page; raises `CannotRead`."""
    from lxml import etree, html

    if len(text) > _MAX:
        raise CannotRead(Problem.TOO_LARGE)
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise CannotRead(Problem.UNREADABLE) from error
    body = root.find("body")
    reader = _Reader(StyleSheet(each.text or "" for each in root.iter("style")))
    everything = reader.sheet.of("html", "", "", "")
    reader.walk(root if body is None else body, Run("", 11.0), _Colours().after(everything))
    reader.flush()
    return Layout(FileFormat.HTML, tuple(reader.lines), 1, reader.hidden)
