"""Drawings of a DOCX that lie over the text of their paragraph."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hiring.resumes.layout import Line

if TYPE_CHECKING:
    from lxml.etree import _Element

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_POINT = 12700
"""English Metric Units in a point."""
_COLUMN = 450.0
"""Points: about as wide as the text of a page."""
_LETTER, _LEADING = 0.5, 1.2
"""Of the size of the letters: how wide one is on the average, and how high a line."""
_NEAR = 3.0
"""Points that a drawing may begin after the text and still hide it."""


def is_covered(paragraph: _Element, lines: Sequence[Line]) -> bool:
    """Whether an opaque shape that is anchored in the paragraph lies over all its lines.

    How much room the lines take is estimated; a shape whose place is given by anything but its paragraph and the column
    of text, that lets text flow around it, or that one can see through, covers nothing.
    """
    widths = [_LETTER * line.size * len(line.text) for line in lines]
    width = min(max(widths, default=0.0), _COLUMN)
    height = sum(_LEADING * line.size * math.ceil(wide / _COLUMN) for line, wide in zip(lines, widths, strict=True))
    return bool(lines) and any(_lies_over(each, width, height) for each in paragraph.iter(f"{_WP}anchor"))


def _lies_over(anchor: _Element, width: float, height: float) -> bool:
    fill = anchor.find(f".//{_WPS}wsp/{_WPS}spPr/{_A}solidFill")
    extent = anchor.find(f"{_WP}extent")
    down = _offset(anchor.find(f"{_WP}positionV"), ("paragraph", "line"))
    along = _offset(anchor.find(f"{_WP}positionH"), ("column", "margin", "character"))
    if fill is None or extent is None or down is None or along is None:
        return False
    return (
        anchor.get("behindDoc") in ("0", "false")
        and anchor.find(f"{_WP}wrapNone") is not None
        and fill.find(f".//{_A}alpha") is None
        and max(down, along) <= _NEAR
        and along + _points(extent.get("cx")) >= width
        and down + _points(extent.get("cy")) >= height
    )


def _offset(position: _Element | None, origins: tuple[str, ...]) -> float | None:
    """Points from the paragraph or the column; None where the place is given in another way."""
    offset = position.find(f"{_WP}posOffset") if position is not None else None
    if position is None or offset is None or position.get("relativeFrom") not in origins:
        return None
    return _points(offset.text)


def _points(value: str | None) -> float:
    text = (value or "").strip()
    return int(text) / _POINT if text.removeprefix("-").isdecimal() and len(text) < 12 else 0.0
