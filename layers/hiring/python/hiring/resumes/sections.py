"""A resume's parts: which lines are headings, and which lines stand below them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from hiring.resumes.dates import periods
from hiring.resumes.document import Document, TextLine
from hiring.resumes.headings import heading_kind
from hiring.resumes.language_names import names_language
from hiring.resumes.model import Section, SectionKind
from hiring.resumes.titles import title_score


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


_NUMBERED = re.compile(r"^\W*\d{1,2}[\s.)/·–-]+[^\W\d]")
_NUMBER = re.compile(r"^\W*(?:\d{1,2}|[IVX]{1,4})\W*$")
_COURSES = re.compile(r"(?:(?:relevant|selected|key|main) )?(?:courses?|coursework|modules|subjects)\W*", re.IGNORECASE)


type _Look = tuple[float, bool, bool, bool, bool]


def _look(line: TextLine) -> _Look:
    slanted = line.line.runs[0].italic
    return (round(line.line.size, 1), line.line.bold, line.text.isupper(), line.line.heading, slanted)


def parts_of(document: Document) -> list[Part]:
    """The parts in reading order.

    A line is a heading by its words, or because it looks like the lines that are headings by their words and unlike the
    lines of the text.
    """
    sizes = Counter(round(each.line.size) for each in document.lines for _ in range(1 + len(each.text) // 20))
    usual = sizes.most_common(1)[0][0] if sizes else 0
    known = {
        index: kind for index, each in enumerate(document.lines) if (kind := _kind_by_word(each, usual)) is not None
    }
    known = {index: kind for index, kind in known.items() if not _heads_courses(document.lines, known, index)}
    strong = {index for index in known if _kind_by_word(document.lines[index], usual, exact=True)}
    looks = Counter(_look(document.lines[index]) for index in strong or known)
    known = {index: kind for index, kind in known.items() if index in strong or _look(document.lines[index]) in looks}
    look = next((each for each, count in looks.most_common(1) if count >= 2), None)
    if look is not None:
        agree = looks[look]
        for index in list(known):
            line = document.lines[index]
            plain = not line.line.bold and not line.text.isupper() and line.line.size <= usual + 0.6
            if look[0] > 0 and agree >= 3 and plain and look[1:3] != (False, False) and not line.line.heading:
                del known[index]
        distinct = look[0] > usual + 1 or look[3] or (look[1] and look[2])
        for index, each in enumerate(document.lines):
            if (
                index not in known
                and distinct
                and index > min(2, *known)
                and _look(each) == look
                and (each.line.gap or each.line.heading or _NUMBERED.match(each.text))
                and _could_head(each)
                and not _heads_entry(document.lines, index)
            ):
                known[index] = SectionKind.OTHER
    return _by_content(_assemble(document, known))


def _kind_by_word(each: TextLine, usual: float, *, exact: bool = False) -> SectionKind | None:
    line = each.line
    cells = line.cells[1:] if len(line.cells) == 2 and _NUMBER.match(line.cells[0].text) else line.cells
    if len(cells) != 1 or line.bullet:
        return None
    text = cells[0].text.rstrip(": ")
    emphasised = line.heading or line.bold or text.isupper() or line.size > usual + 1
    if not emphasised and not text[:1].isupper():
        return None
    return heading_kind(text, emphasised=emphasised and not exact)


def _heads_courses(lines: tuple[TextLine, ...], known: dict[int, SectionKind], index: int) -> bool:
    """Whether a line heads the courses of one study: below the heading of the education, and smaller than it."""
    above = max((each for each in known if each < index and not _COURSES.fullmatch(lines[each].text)), default=-1)
    if above < 0 or known[above] is not SectionKind.EDUCATION or not _COURSES.fullmatch(lines[index].text):
        return False
    heading, line = lines[above].line, lines[index].line
    return line.size < heading.size - 0.6 or (heading.bold and not line.bold) or (heading.heading and not line.heading)


def _could_head(each: TextLine) -> bool:
    return (
        (len(each.line.cells) == 1 or (len(each.line.cells) == 2 and bool(_NUMBER.match(each.line.cells[0].text))))
        and len(each.text) < 40
        and not each.line.bullet
        and not periods(each.text)
        and "," not in each.text
        and not each.text.endswith(".")
    )


def _heads_entry(lines: tuple[TextLine, ...], index: int) -> bool:
    """Whether a line is the title of a position, with its dates right below, rather than a heading."""
    following = lines[index + 1] if index + 1 < len(lines) else None
    return title_score(lines[index].text) > 0 and following is not None and _ranged(following)


def _banner(lines: tuple[TextLine, ...]) -> int:
    """The line that stands out by far in its size, the name: below it a side column's last section has ended."""
    sizes = sorted(line.line.size for line in lines)
    if not sizes or sizes[-1] < 1.5 * sizes[len(sizes) // 2]:
        return -1
    return next(index for index, line in enumerate(lines) if line.line.size > sizes[-1] - 0.1)


def _assemble(document: Document, known: dict[int, SectionKind]) -> list[Part]:
    parts: list[Part] = []
    banner = _banner(document.lines)
    kind, heading, lines = SectionKind.HEADER, None, []  # type: ignore[var-annotated]
    for index, each in enumerate(document.lines):
        if index == banner and index not in known:
            parts.append(Part(kind, heading, tuple(lines)))
            kind, heading, lines = SectionKind.HEADER, None, [each]
        elif index in known:
            parts.append(Part(kind, heading, tuple(lines)))
            kind, heading, lines = known[index], each, []
        else:
            lines.append(each)
    parts.append(Part(kind, heading, tuple(lines)))
    return [part for part in parts if part.heading or part.lines]


def _by_content(parts: list[Part]) -> list[Part]:
    """Finds the employment below a heading that no list of words knows, by the periods and titles that stand there."""
    _group_skills(parts)
    if any(part.kind is SectionKind.EMPLOYMENT for part in parts):
        return parts
    scores = [_dated_titles(part) if part.kind in _UNNAMED else 0 for part in parts]
    best = max(range(len(parts)), key=lambda index: scores[index], default=0)
    if not parts or scores[best] < 1:
        return parts
    chosen = parts[best]
    if chosen.kind is not SectionKind.OTHER:
        first = next(index for index, line in enumerate(chosen.lines) if _ranged(line))
        cut = max(0, first - 2)
        split = [
            Part(chosen.kind, chosen.heading, chosen.lines[:cut]),
            Part(SectionKind.EMPLOYMENT, None, chosen.lines[cut:]),
        ]
        return [*parts[:best], *split, *parts[best + 1 :]]
    return [*parts[:best], Part(SectionKind.EMPLOYMENT, chosen.heading, chosen.lines), *parts[best + 1 :]]


def _group_skills(parts: list[Part]) -> None:
    """Languages that nobody speaks are those of programmers; short lists below unknown headings beside them, too."""
    for index, part in enumerate(parts):
        if part.kind is SectionKind.LANGUAGES and part.lines and not any(names_language(x.text) for x in part.lines):
            beside_skills = index > 0 and parts[index - 1].kind is SectionKind.SKILLS
            if beside_skills or _lists_items(part):
                parts[index] = Part(SectionKind.SKILLS, part.heading, part.lines)
    forth = range(1, len(parts))
    for index, beside in [*((at, at - 1) for at in forth), *((at - 1, at) for at in reversed(forth))]:
        part = parts[index]
        if (
            part.kind is SectionKind.OTHER
            and parts[beside].kind is SectionKind.SKILLS
            and part.heading is not None
            and heading_kind(part.heading.text, emphasised=True) is None
            and _lists_items(part)
        ):
            parts[index] = Part(SectionKind.SKILLS, part.heading, part.lines)


def _lists_items(part: Part) -> bool:
    """Whether the lines hold short points alone: no sentences, no dates."""
    return bool(part.lines) and all(
        len(line.text) <= 50 and not line.text.endswith(".") and not periods(line.text) and "@" not in line.text
        for line in part.lines
    )


_UNNAMED = (SectionKind.OTHER, SectionKind.HEADER, SectionKind.SUMMARY)


def _ranged(line: TextLine) -> bool:
    return len(line.text) < 140 and any(not each.single for each in periods(line.text))


def _dated_titles(part: Part) -> int:
    return sum(
        any(title_score(near.text) > 0 for near in part.lines[max(0, index - 2) : index + 3] if len(near.text) < 100)
        for index, line in enumerate(part.lines)
        if _ranged(line)
    )
