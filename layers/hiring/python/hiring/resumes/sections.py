"""A resume's parts: which lines are headings, and which lines stand below them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from hiring.resumes.dates import periods
from hiring.resumes.document import Document, TextLine
from hiring.resumes.headings import heading_kind
from hiring.resumes.model import Section, SectionKind


@dataclass(frozen=True, slots=True)
class Part:
    """One section: its heading (None for what stands above the first one) and the lines below it."""

    kind: SectionKind
    heading: TextLine | None
    lines: tuple[TextLine, ...]

    def section(self) -> Section | None:
        """Where the part stands in the text; None for an empty one."""
        everything = [*([self.heading] if self.heading else []), *self.lines]
        if not everything:
            return None
        return Section(kind=self.kind, start=everything[0].start, end=everything[-1].end)


type _Look = tuple[float, bool, bool, bool]


def _look(line: TextLine) -> _Look:
    return (round(line.line.size), line.line.bold, line.text.isupper(), line.line.heading)


def parts_of(document: Document) -> list[Part]:
    """The parts in reading order.

    A line is a heading by its words, or because it looks like the lines that are headings by their words and unlike the
    lines of the text.
    """
    sizes = Counter(round(each.line.size) for each in document.lines for _ in range(1 + len(each.text) // 20))
    usual = sizes.most_common(1)[0][0] if sizes else 0
    known = {
        index: kind
        for index, each in enumerate(document.lines)
        if (kind := _kind_by_word(each, usual, index)) is not None
    }
    looks = Counter(_look(document.lines[index]) for index in known)
    look = next((each for each, count in looks.most_common(1) if count >= 2), None)
    if look is not None:
        agree = looks[look]
        for index in list(known):
            line = document.lines[index]
            weaker = _look(line)[0] < look[0] or (not line.line.bold and look[1] and not line.line.heading)
            if _look(line) != look and agree >= 3 and weaker and not line.line.heading and index > min(known):
                del known[index]
        distinct = look[0] > usual + 1 or look[3] or (look[1] and look[2])
        for index, each in enumerate(document.lines):
            if (
                index not in known
                and distinct
                and known
                and index > min(known)
                and _look(each) == look
                and _could_head(each)
            ):
                known[index] = SectionKind.OTHER
    return _assemble(document, known)


def _kind_by_word(each: TextLine, usual: float, index: int) -> SectionKind | None:
    line = each.line
    if len(line.cells) != 1 or line.bullet:
        return None
    text = each.text.rstrip(": ")
    emphasised = line.heading or line.bold or text.isupper() or line.size > usual + 1
    if not emphasised and not each.text[:1].isupper():
        return None
    return heading_kind(text, emphasised=emphasised)


def _could_head(each: TextLine) -> bool:
    return (
        len(each.line.cells) == 1
        and len(each.text) < 40
        and not each.line.bullet
        and not periods(each.text)
        and "," not in each.text
        and not each.text.endswith(".")
    )


def _assemble(document: Document, known: dict[int, SectionKind]) -> list[Part]:
    parts: list[Part] = []
    kind, heading, lines = SectionKind.HEADER, None, []  # type: ignore[var-annotated]
    for index, each in enumerate(document.lines):
        if index in known:
            parts.append(Part(kind, heading, tuple(lines)))
            kind, heading, lines = known[index], each, []
        else:
            lines.append(each)
    parts.append(Part(kind, heading, tuple(lines)))
    return [part for part in parts if part.heading or part.lines]
