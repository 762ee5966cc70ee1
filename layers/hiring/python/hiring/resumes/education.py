"""Courses of study: degree, field, school and years."""

from __future__ import annotations

import re

from hiring.resumes.dates import periods
from hiring.resumes.document import Piece, TextLine
from hiring.resumes.entries import ENDED, Head, heads_of, is_noise, line_pieces, split_place, split_strong, trimmed
from hiring.resumes.model import Education, SectionKind, Span
from hiring.resumes.places import is_place
from hiring.resumes.sections import Part

_DEGREE = re.compile(
    r"(?<!\w)(?:ph\.?\s?d\.?|doctor(?:ate|al)?(?: of [A-Z]\w+)?|d\.?phil|m\.?b\.?a|"
    r"master(?:['’]?s)?(?: degree)?(?: of (?:science|arts|business administration|engineering|"
    r"fine arts|laws|education|public \w+|social work|technology|commerce|philosophy))?|"
    r"bachelor(?:['’]?s)?(?: degree)?(?: of (?:science|arts|business administration|engineering|"
    r"fine arts|laws|education|technology|commerce|medicine|architecture|computer \w+))?|"
    r"associate(?:['’]?s)?(?: degree)?(?: (?:of|in) (?:applied )?(?:science|arts)(?=\s+in\b|,|$))?|"
    r"b\.?\s?sc\.?|m\.?\s?sc\.?|b\.?tech\.?|m\.?tech\.?|b\.?eng\.?|m\.?eng\.?|b\.?com\.?|m\.?com\.?|"
    r"b\.?s\.?n?|m\.?s\.?n?|b\.?a|m\.?a|"
    r"b\.?f\.?a|m\.?f\.?a|b\.?b\.?a|l\.?l\.?[bm]|j\.?d|m\.?d|m\.?phil|mphys|msci|mph|msw|a\.?a\.?s?|a\.?s|"
    r"b\.?e|m\.?e|b\.?arch|b\.?ed|m\.?ed|mca|bca|dnb|mbbs|"
    r"diploma|diplom(?:a|ado)?|ged|high school(?: diploma)?|secondary school|abitur|baccalaur[eé]at|bac|"
    r"licence|licenciatura|licenciado|licenciada|"
    r"licen[tț][aă]|master|maestr[ií]a|m[aá]ster|mestrado|bacharelado|laurea(?: magistrale| triennale)?|hbo|"
    r"mbo|vwo|havo|grado|"
    r"ingenier[ií]a|ing[eé]nieur|dottorato|doctorado|staatsexamen|magister|mag\.|ausbildung|certificate|certificat|"
    r"a[- ]levels?|gcses?|associate|minor|major|post\s?graduate|graduate certificate|vocational|"
    r"apprenticeship|tech?nolog[ií]a|"
    r"t[eé]cnic[oa]|graduado|dut|bts|vordiplom|matura|nanodegree|bootcamp)(?!\w)",
    re.IGNORECASE,
)
_SHORT = re.compile(r"^(?:as|ms|ma|be|me|ba|bs|aa|md|jd|ed|bac|hbo|dut)$")
_SCHOOL = re.compile(
    r"\b(?:universit\w+|college|school|institut\w*|academy|akademie|hochschule|polytechnic\w*|politecnic\w*|facult\w+|"
    r"gymnasium|lyc[eé]e|liceu\w*|escuela|[eé]cole|universidad\w*|universidade|colegio|schule|bootcamp|conservator\w+|"
    r"seminary|tech|mit|eth|insead|iit|nit|ucla|uc|suny|cuny|epfl|kaist|caltech|lse|isd|tu|fh|kolleg|campus|"
    r"schools|polytechnique|iut|enseirb|sorbonne|bits)\b",
    re.IGNORECASE,
)
_GRADE = re.compile(
    r"^\W*(?:c?gpa|grade|note|score|honou?rs|first class|cum laude|magna|summa|average|minor|thesis|courses?|"
    r"coursework|relevant|dean|activities|final)\b",
    re.IGNORECASE,
)
_NETWORK = re.compile(r"linked\s?in|git\s?hub|git\s?lab|twitter|xing|behance|dribbble|medium", re.IGNORECASE)
_IN = re.compile(r"\s+(?:in|of|en|im|em|în|di)\s+|\s*[,:–—-]\s+|\s*\((?=[^)]+\)$)|\s+", re.IGNORECASE)


def education_of(parts: list[Part]) -> tuple[Education, ...]:
    """All courses of study in the order in which the resume lists them."""
    found: list[Education] = []
    for part in parts:
        if part.kind is SectionKind.EDUCATION:
            found += _entries(_without_profiles(part.lines))
    return tuple(found)


def _without_profiles(lines: tuple[TextLine, ...]) -> tuple[TextLine, ...]:
    """The lines without names of networks, each with its handle below, that a page break put among them."""
    left: list[TextLine] = []
    for index, line in enumerate(lines):
        below = index > 0 and _NETWORK.fullmatch(lines[index - 1].text) and " " not in line.text
        if not below and not _NETWORK.fullmatch(line.text):
            left.append(line)
    return tuple(left)


def degree_in(text: str) -> re.Match[str] | None:
    """The first degree that `text` names."""
    for match in _DEGREE.finditer(text):
        if not _SHORT.match(match.group()):
            return match
    return None


def _entries(lines: tuple[TextLine, ...]) -> list[Education]:
    heads = heads_of(lines, singles=True, most=3)
    if not heads or _undated(lines, heads):
        heads = _by_school(lines)
    return [entry for head in heads if (entry := _entry(head)) is not None]


def _undated(lines: tuple[TextLine, ...], heads: list[Head]) -> bool:
    """Whether schools stand there that no dated head covers, or one head covers whole entries of a line each."""
    if any(sum(_is_whole(line) for line in lines if head.start <= line.start < head.end) > 1 for head in heads):
        return True
    schools = [line for line in lines if _SCHOOL.search(line.text) and not line.line.bullet and len(line.text) < 120]
    covered = [line for line in schools if any(head.start <= line.start < head.end for head in heads)]
    return len(schools) > len(covered)


def _is_whole(line: TextLine) -> bool:
    """Whether a line names a degree and, after a comma, the school."""
    named = degree_in(line.text)
    return named is not None and named.start() == 0 and _SCHOOL.search(line.text.partition(",")[2]) is not None


def _by_school(lines: tuple[TextLine, ...]) -> list[Head]:
    """Entries without dates: a new one begins where a degree or school comes a second time."""
    heads: list[Head] = []
    school = degree = False
    for line in lines:
        if line.line.bullet and heads and not (_SCHOOL.search(line.text) or degree_in(line.text)):
            heads[-1].end = line.end
            continue
        found = periods(line.text)
        named = degree_in(line.text)
        without = line.text if named is None or named.start() > 0 else line.text[named.end() :]
        has_school, has_degree = bool(_SCHOOL.search(without)), named is not None
        relevant = (has_school or has_degree or found) and not _GRADE.match(line.text)
        begins = not heads or (
            relevant and ((has_school and school) or (has_degree and degree and not (has_school and not school)))
        )
        if begins:
            if not relevant and not heads and line is not lines[0]:
                continue
            heads.append(Head([], None, line.start, line.end))
            school = degree = False
        school, degree = school or has_school, degree or has_degree
        head = heads[-1]
        head.end = line.end
        if found and head.period is None:
            head.period = found[0]
        if len(head.pieces) < 4 and len(line.text) < 160:
            _take(head, line_pieces(line, found))
    return heads


def _take(head: Head, pieces: list[Piece]) -> None:
    for whole in pieces:
        if is_noise(whole.text) or _GRADE.match(whole.text):
            continue
        if is_place(whole.text):
            head.places.append(whole.fact())
        else:
            head.pieces.append(split_place(whole)[0])


def _entry(head: Head) -> Education | None:
    pieces = [
        part
        for piece in head.pieces
        if not _GRADE.match(piece.text) and not is_noise(piece.text)
        for part in _divided(piece)
        if part.text and not is_place(part.text) and not _GRADE.match(part.text)
    ]
    degree, subject, school = _named(pieces)
    if degree is None and school is None:
        return None
    period = head.period
    return Education(
        degree=degree.fact(0.9) if degree else None,
        field=subject.fact(0.8) if subject else None,
        school=school.fact(0.9) if school else None,
        start=period.start if period and not period.single else None,
        end=None if period is None or period.current else period.end,
        text=Span(start=head.start, end=max(head.end, pieces[-1].end)),
    )


def _named(pieces: list[Piece]) -> tuple[Piece | None, Piece | None, Piece | None]:
    """Which pieces name the degree, its subject and the school."""
    degree = next((piece for piece in pieces if degree_in(piece.text) and not _only_school(piece.text)), None)
    school = next((piece for piece in pieces if piece is not degree and _SCHOOL.search(piece.text)), None)
    if school is None:
        school = next((piece for piece in pieces if piece is not degree), None)
    rest = [piece for piece in pieces if piece is not degree and piece is not school]
    subject = None
    if degree is not None:
        degree, subject = _degree_and_field(degree)
    if subject and _SCHOOL.search(subject.text) and not (school and _SCHOOL.search(school.text)):
        school, subject = subject, school
    if school is None and subject and (cut := subject.text.rfind(", ")) > 0:
        school, subject = subject.part(cut + 2, len(subject.text)), subject.part(0, cut)
    if subject is None and rest and len(rest[0].text) < 80 and not _SCHOOL.search(rest[0].text):
        subject = rest[0]
    return degree, subject, school


def _only_school(text: str) -> bool:
    """ "Technical High School" names a school although it holds the words of a degree."""
    match = degree_in(text)
    return (
        bool(_SCHOOL.search(text))
        and match is not None
        and match.start() > 0
        and not re.search(r",| in | of |\bat\b", text)
    )


def _divided(piece: Piece) -> list[Piece]:
    if ended := ENDED.search(piece.text):
        piece = trimmed(piece.part(0, ended.start()))
    parts = split_strong(piece)
    if len(parts) > 1:
        return [trimmed(part) for part in parts]
    match = re.search(r"\s+(?:at|from|@)\s+(?=[A-Z])", piece.text)
    if match and not _SCHOOL.search(piece.text[: match.start()]):
        return [piece.part(0, match.start()), piece.part(match.end(), len(piece.text))]
    if degree_in(piece.text) and _SCHOOL.search(piece.text) and "," in piece.text:
        found, begin = [], 0
        for comma in re.finditer(r",\s", piece.text):
            found.append(piece.part(begin, comma.start()))
            begin = comma.end()
        found.append(piece.part(begin, len(piece.text)))
        return [part for part in found if part.text]
    return [piece]


def _degree_and_field(piece: Piece) -> tuple[Piece, Piece | None]:
    match = degree_in(piece.text)
    if match is None:
        return piece, None
    if match.start() > 3:
        return piece, None
    rest = _IN.match(piece.text, match.end())
    if rest is None or rest.end() >= len(piece.text) or piece.text[match.end() :].strip() in ("in", "of"):
        return piece.part(0, match.end()), None
    field_piece = trimmed(piece.part(rest.end(), len(piece.text)))
    if len(field_piece.text) < 3 or re.match(r"degree|diploma|programme?\b", field_piece.text, re.IGNORECASE):
        return piece, None
    return piece.part(0, match.end()), field_piece
