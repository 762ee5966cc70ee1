"""What a page looks like, whatever the format: lines of cells, cells of runs. Every format reader ends here."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from hiring.resumes.misread import repaired
from hiring.resumes.model import FileFormat, Problem

MAX_CHARACTERS = 300_000
"""More text than this is not a resume."""
MAX_PAGES = 60

_ICONS = re.compile(
    "[\ue000-\uf8ff\U000f0000-\U0010ffff\ufffc\ufffd\ufffe\uffff\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_BLANKS = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_SOFT_HYPHEN = "\u00ad"
_PICTOGRAMS = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f]")
BULLETS = "•●○◦▪▫■□‣⁃∙·▸►▶➢➤➔✓✔❖◆◇★☆»*–—-−o"
_BULLET = re.compile(rf"^(?:[{re.escape(BULLETS[:-1])}]|o(?=\s))\s*(?=\S)")


class CannotRead(Exception):
    """A file that cannot become text, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one look. `size` in points; `target` is where a link leads."""

    text: str
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """Text that stands together; a wide gap or a table border separates it from its neighbour."""

    runs: tuple[Run, ...]
    left: float = 0.0
    right: float = 0.0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is read. `top` in points from the page's top; `heading` where the format itself says so."""

    cells: tuple[Cell, ...]
    page: int = 0
    top: float = 0.0
    bottom: float = 0.0
    bullet: bool = False
    heading: bool = False
    gap: bool = False
    """Whether more space than usual stands before it."""

    @property
    def text(self) -> str:
        return "\t".join(cell.text for cell in self.cells)

    @property
    def runs(self) -> tuple[Run, ...]:
        return tuple(run for cell in self.cells for run in cell.runs)

    @property
    def size(self) -> float:
        return max((run.size for run in self.runs), default=0.0)

    @property
    def bold(self) -> bool:
        letters = sum(len(run.text) for run in self.runs)
        return letters > 0 and sum(len(run.text) for run in self.runs if run.bold) * 10 >= letters * 7

    @property
    def left(self) -> float:
        return self.cells[0].left if self.cells else 0.0

    @property
    def right(self) -> float:
        return self.cells[-1].right if self.cells else 0.0


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole file as lines in reading order."""

    format: FileFormat
    lines: tuple[Line, ...]
    pages: int = 1
    hidden_characters: int = 0


def clean(text: str) -> str:
    """`text` in NFC without icons, controls and soft hyphens, every stretch of blanks as one space."""
    if not text.isascii():
        text = _PICTOGRAMS.sub(" ", _ICONS.sub(" ", repaired(text).replace(_SOFT_HYPHEN, "")))
    return unicodedata.normalize("NFC", _BLANKS.sub(" ", _CONTROLS.sub("", text)))


def cell_of(runs: list[Run], left: float = 0.0, right: float = 0.0) -> Cell | None:
    """A cell of cleaned runs, neighbours of one look joined; None where nothing legible is left."""
    joined: list[Run] = []
    for run in runs:
        text = clean(run.text)
        if not joined or joined[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if not text:
            continue
        last = joined[-1] if joined else None
        if last and (
            text == " "
            or (last.size, last.bold, last.italic, last.target) == (run.size, run.bold, run.italic, run.target)
        ):
            joined[-1] = Run(last.text + text, last.size, last.bold, last.italic, last.target)
        else:
            joined.append(Run(text, run.size, run.bold, run.italic, run.target))
    if joined:
        last = joined[-1]
        joined[-1] = Run(last.text.rstrip(" "), last.size, last.bold, last.italic, last.target)
        if not joined[-1].text:
            joined.pop()
    whole = "".join(run.text for run in joined)
    composed = unicodedata.normalize("NFC", whole)
    if not composed:
        return None
    if composed != whole:
        joined = [Run(composed, joined[0].size, joined[0].bold, joined[0].italic, joined[0].target)]
    return Cell(tuple(joined), left, right)


def without_bullet(cells: tuple[Cell, ...]) -> tuple[tuple[Cell, ...], bool]:
    """The cells after a leading bullet, and whether there was one."""
    if not cells:
        return cells, False
    first = cells[0]
    text = first.text
    if len(cells) > 1 and text in tuple(BULLETS):
        return cells[1:], True
    match = _BULLET.match(text)
    if first.runs[0].bold and text[0] in "-–—":
        return cells, False  # a dash within a title
    if match is None or (text[0] in "-–—−*o·" and not text[1:2].isspace()):
        return cells, False
    cut, runs = match.end(), []
    for run in first.runs:
        kept = run.text[cut:]
        cut = max(0, cut - len(run.text))
        if kept:
            runs.append(Run(kept, run.size, run.bold, run.italic, run.target))
    cell = cell_of(runs, first.left, first.right)
    return ((cell, *cells[1:]), True) if cell else (cells, False)
