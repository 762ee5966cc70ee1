"""The text of a resume: its lines, one below the other, each knowing where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from hiring.resumes.layout import Layout, Line
from hiring.resumes.model import Fact


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text with one look: `text[start:end]`."""

    text: str
    start: int
    bold: bool = False
    italic: bool = False
    size: float = 0.0
    cell: int = 0
    target: str | None = None

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def part(self, begin: int, finish: int) -> Piece:
        """The stretch `[begin:finish]` of this piece without blanks at its ends."""
        text = self.text[begin:finish]
        lead = len(text) - len(text.lstrip())
        return Piece(text.strip(), self.start + begin + lead, self.bold, self.italic, self.size, self.cell, self.target)

    def fact(self, confidence: float = 1.0) -> Fact:
        """This stretch as a fact."""
        return Fact(value=" ".join(self.text.split()), start=self.start, end=self.end, confidence=confidence)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of the layout and where it starts in the text."""

    line: Line
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def pieces(self) -> list[Piece]:
        """The cells of the line."""
        found, position = [], self.start
        for number, cell in enumerate(self.line.cells):
            text = cell.text
            first = max(cell.runs, key=lambda run: len(run.text))
            found.append(Piece(text, position, first.bold, first.italic, first.size, number, first.target))
            position += len(text) + 1
        return found

    def runs(self) -> list[Piece]:
        """The stretches of one look."""
        found, position = [], self.start
        for number, cell in enumerate(self.line.cells):
            for run in cell.runs:
                found.append(Piece(run.text, position, run.bold, run.italic, run.size, number, run.target))
                position += len(run.text)
            position += 1
        return found


@dataclass(frozen=True, slots=True)
class Document:
    """All lines and the text that they make."""

    text: str
    lines: tuple[TextLine, ...]


def document_of(layout: Layout) -> Document:
    """The text of a layout: an empty line wherever the page leaves more space than usual."""
    parts: list[str] = []
    lines: list[TextLine] = []
    position = 0
    for line in layout.lines:
        text = line.text
        if parts:
            separator = "\n\n" if line.gap or line.heading else "\n"
            parts.append(separator)
            position += len(separator)
        lines.append(TextLine(line, text, position))
        parts.append(text)
        position += len(text)
    return Document("".join(parts), tuple(lines))
