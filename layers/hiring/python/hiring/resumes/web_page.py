"""HTML: the text of a page as a browser without scripts would show it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from hiring.resumes.layout import CannotRead, Layout, Line, Run, cell_of, without_bullet
from hiring.resumes.model import FileFormat, Problem
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
_SIZES = {"h1": 24.0, "h2": 18.0, "h3": 14.0, "h4": 12.0, "h5": 11.0, "h6": 11.0, "small": 9.0}
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:\.\d+)?(?:px|pt|em)?\s*(?:;|$)|"
    r"opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)",
    re.IGNORECASE,
)


class _Reader:
    def __init__(self) -> None:
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

    def walk(self, node: _Element, look: Run, depth: int = 0) -> None:
        """Takes a node and all below it; `look` is how its letters look."""
        if depth > _MAX_DEPTH:
            raise CannotRead(Problem.UNSAFE)
        tag = node.tag if isinstance(node.tag, str) else "script"
        if tag in _SILENT:
            return
        if _is_hidden(node):
            self.hidden += len("".join("".join(map(str, node.itertext())).split()))
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
        self._put(node.text, look)
        for child in node:
            self.walk(child, look, depth + 1)
            beside = child.tag in ("span", "a", "time") and child.getnext() is not None
            self._put(child.tail or (" " if beside else None), look)
        if block:
            self.flush()
        self.heading = heading

    def _put(self, text: str | None, look: Run) -> None:
        if text:
            self.cells[-1].append(replace(look, text=text))


def _is_hidden(node: _Element) -> bool:
    styled = _HIDDEN.search(node.get("style") or "")
    return node.get("hidden") is not None or node.get("aria-hidden") == "true" or styled is not None


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
    reader = _Reader()
    reader.walk(root if body is None else body, Run("", 11.0))
    reader.flush()
    return Layout(FileFormat.HTML, tuple(reader.lines), 1, reader.hidden)
