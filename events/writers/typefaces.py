"""Typefaces for PDF files: the standard ones that every reader has, and free ones that are embedded."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont


@dataclass(frozen=True)
class Typeface:
    """The names under which a PDF knows the three cuts of a typeface."""

    regular: str
    bold: str
    italic: str


_STANDARD = {
    "Helvetica": Typeface("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
    "Times": Typeface("Times-Roman", "Times-Bold", "Times-Italic"),
}
_EMBEDDED = {
    "Lato": ("font_lato", "Lato-Regular", "Lato-Bold", "Lato-Italic"),
    "Roboto": ("font_roboto", "Roboto-Regular", "Roboto-Medium", "Roboto-Italic"),
    "Source Sans": ("font_source_sans_pro", "SourceSansPro-Regular", "SourceSansPro-Semibold", "SourceSansPro-It"),
    "Source Serif": ("font_source_serif_pro", "SourceSerifPro-Regular", "SourceSerifPro-Bold", "SourceSerifPro-It"),
}


def typeface(name: str) -> Typeface:
    """The typeface `name`, registered where it has to be embedded; raises KeyError for an unknown one."""
    if name in _STANDARD:
        return _STANDARD[name]
    package, *cuts = _EMBEDDED[name]
    for cut, bold, italic in zip(cuts, (0, 1, 0), (0, 0, 1), strict=True):
        with (files(package) / "files" / f"{cut}.ttf").open("rb") as font:
            pdfmetrics.registerFont(TTFont(cut, font))
        addMapping(cut, bold, italic, cut)
    return Typeface(*cuts)
