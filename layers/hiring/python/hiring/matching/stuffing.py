"""What stands in a resume to please a machine and shows nothing: matching looks away from it (R13).

Rows that repeat one word over and over; instructions to whoever reads by machine; pasted advertisements, by the way
they speak to their reader and, against one job, by the job's own sentences; and lists of more words than anybody's work
backs. A word in a list is backed where a sentence holds it. Short lists are believed as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from hiring.jobs.model import JobTerms
from hiring.resumes.model import Evidence, Section, SectionKind
from hiring.skills.words import FUNCTION_WORDS, lines, stem, words

type Spans = list[tuple[int, int]]

UNBACKED = 60
"""Different words that stand in lists and in no sentence, up to which lists are believed."""
LOPSIDED = 330
"""Thousandths of the words in sentences that they must be beyond that, for no list of the resume to be believed."""
FAR_TOO_MANY = 100
"""Such words that are too many whatever the sentences say: one resume in a hundred has them."""
SHINGLE = 5
"""So many words in a row that also stand in the job were copied from it."""
APART = 12
"""Rows between two that advertise, up to which what stands between them does too."""
LONG_ROW = 400
"""Characters from which a row is no row but a text that lost its breaks: one phrase must not cost all of it."""
COPIED = 15
"""Words copied from a job, from which they are a pasted advertisement and no coincidence."""
_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|rules?|criteria|above|previous)\b"
    r"|\b(?:system|assistant|user)\s*(?:prompt|message|:)|\bas an ai\b|\b(?:language|ai) model\b|\bchat ?gpt\b"
    r"|\b(?:rank|score|rate|place|list|shortlist|mark|select|recommend)\b.{0,30}\b(?:this|the)\s+"
    r"(?:candidate|resume|résumé|cv|applicant|requirements?|profile)\b"
    r"|\b(?:this|the)\s+(?:candidate|applicant|resume|cv|profile)\s+(?:is|meets|fulfils|fulfills|must|should|has|matches|exceeds)\b"
    r"|\brespond (?:only )?with\b|\bend of (?:resume|document|instructions)\b|<\|?\w+\|?>|\[/?inst\]",
    re.IGNORECASE,
)
_ADVERTISES = re.compile(
    r"\byou(?:'ll| will| have| are| bring| know| can| own)\b|\byour (?:profile|role|tasks|mission|responsibilities|"
    r"team|qualifications|application|cv|resume)\b|\bwe (?:offer|are looking|are hiring|seek|expect|provide|are)\b"
    r"|\bwe're\b"
    r"|\b(?:ideal|successful|right|suitable) candidate\b|\bapply (?:now|today|by|online)\b|\bjoin (?:our|us)\b"
    r"|\babout (?:the|this) (?:job|role|position)\b|\bjob (?:description|advertisement|requirements)\b"
    r"|\bwhat you\b|\bwho you are\b|\bmust[- ]haves?\b|\bnice[- ]to[- ]haves?\b|^\W*(?:key )?requirements?\W*(?::|$)"
    r"|\b(?:required|preferred|desired) (?:qualifications|skills|experience)\b|\bequal opportunity\b"
    r"|\bour (?:client|team|company|office)\b.{0,40}\b(?:looking|seeks|needs|offers)\b"
    r"|\bwir (?:suchen|bieten|erwarten)\b|\b(?:ihr|dein) profil\b|\b(?:ihre|deine) aufgaben\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\W*(\w[^\n]{2,60}?)(?:[\s,;|/]*\1){2,}\W*", re.IGNORECASE)
"""A row that is one phrase three times and more, with or without blanks between."""
_ITEM = re.compile(r"[,;|/·•●▪■◦►∙&]|\t|\s[-–—]\s|\band\b")
_BINDING_WORDS = frozenset(
    [
        "aan",
        "al",
        "au",
        "aus",
        "auf",
        "bei",
        "con",
        "cu",
        "das",
        "de",
        "dei",
        "del",
        "della",
        "den",
        "der",
        "des",
        "di",
        "die",
        "din",
        "do",
        "du",
        "durch",
        "een",
        "ein",
        "eine",
        "el",
        "en",
        "et",
        "für",
        "het",
        "im",
        "la",
        "las",
        "le",
        "les",
        "los",
        "med",
        "met",
        "mit",
        "na",
        "nach",
        "och",
        "op",
        "pe",
        "pentru",
        "per",
        "por",
        "pour",
        "prin",
        "sau",
        "si",
        "sur",
        "un",
        "una",
        "und",
        "uma",
        "une",
        "van",
        "von",
        "voor",
        "ze",
        "zu",
        "zum",
        "zur",
        "și",
        "în",
    ]
)
"""Of languages that many resumes are written in; English ones are `FUNCTION_WORDS`."""
_ENTRIES = (SectionKind.EMPLOYMENT, SectionKind.PROJECTS, SectionKind.EDUCATION, SectionKind.CERTIFICATIONS)


class _Row(NamedTuple):
    start: int
    end: int
    words: tuple[str, ...]
    """Without function words."""
    listed: bool
    whole: bool
    """Whether it stands on a line of its own, or is a part of a text that lost its breaks."""


def stuffed_spans(evidence: Evidence) -> Spans:
    """What no job is needed to see: repetitions, instructions, advertisements, lists that nothing backs; ascending."""
    text = evidence.text
    rows = list(_rows(evidence))
    found = [
        (row.start, row.end)
        for row in rows
        if _repeats(row.words, 3 if row.whole else 4)
        or (row.whole and _AGAIN.fullmatch(text, row.start, row.end))
        or _INSTRUCTION.search(text, row.start, row.end)
    ]
    found += _advertisements(rows, text, evidence) + _unbacked_lists(rows, evidence)
    return _with_sections(sorted(found), evidence)


def pasted_spans(evidence: Evidence, terms: JobTerms) -> Spans:
    """The rows that were copied from the job, and what stands between them; none for single coincidences."""
    text = evidence.text
    asked = [terms.title, *terms.description.splitlines(), *(requirement.text for requirement in terms.requirements)]
    known = {shingle for part in asked for shingle in _shingles([word.text for word in words(part)])}
    told = list(words(text))
    copied = {
        number
        for start, shingle in enumerate(_shingles([word.text for word in told]))
        if shingle in known
        for number in range(start, start + SHINGLE)
    }
    if len(copied) < COPIED:
        return []
    whole = {tuple(word.text for word in words(requirement.text)) for requirement in terms.requirements}
    rows, first = [], 0
    for start, end in _row_spans(text):
        last = first
        while last < len(told) and told[last].start < end:
            last += 1
        own = tuple(word.text for word in told[first:last])
        share = sum(number in copied for number in range(first, last))
        if own:
            rows.append(((start, end), own in whole or share * 2 > len(own)))
        first = last
    pasted = [number for number, (_, was) in enumerate(rows) if was]
    between = {n for one, other in pairwise(pasted) if other - one <= 3 for n in range(one, other)}
    return _with_sections([rows[number][0] for number in sorted({*pasted, *between})], evidence)


def _with_sections(spans: Spans, evidence: Evidence) -> Spans:
    """The spans, and what stands above them in the sections that they are most of: headings made for them."""
    if not spans:
        return []
    out = list(spans)
    for section in evidence.sections:
        letters = sum(map(str.isalnum, evidence.text[section.start : section.end]))
        stuffed = {at for start, end in spans for at in range(max(start, section.start), min(end, section.end))}
        if 2 * sum(evidence.text[at].isalnum() for at in stuffed) > letters:
            out.append((section.start, max(stuffed) + 1))
    return sorted(out)


def _rows(evidence: Evidence) -> Iterator[_Row]:
    text = evidence.text
    lists = [section for section in evidence.sections if _is_list_of_rows(section, text)]
    for start, end in _row_spans(text):
        found, telling = _told(text, start, end)
        inside = any(section.start <= start < section.end for section in lists)
        listed = _is_list(text[start:end], found, telling)
        if end - start <= LONG_ROW:
            yield _Row(start, end, telling, inside or listed, whole=True)
            continue
        # A text that lost all its breaks is a resume, however many things it names.
        listed = inside or (listed and 2 * (end - start) < len(text))
        for part in _parts(text, start, end):
            said, telling = _told(text, *part)
            yield _Row(*part, telling, listed or _is_list(text[part[0] : part[1]], said, telling), whole=False)


def _told(text: str, start: int, end: int) -> tuple[list[str], tuple[str, ...]]:
    """The words of a row, and those of them that are no function words."""
    found = [word.text for word in words(text, start, end)]
    return found, tuple(word for word in found if word not in FUNCTION_WORDS)


def _is_list_of_rows(section: Section, text: str) -> bool:
    """Whether a section lists skills, or has many rows of which nearly all are short."""
    rows = [row.split() for row in text[section.start : section.end].splitlines() if row.strip()]
    short = sum(len(row) <= 4 for row in rows)
    return section.kind is SectionKind.SKILLS or (len(rows) >= 12 and short * 10 >= 8 * len(rows))


def _row_spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for row in text.splitlines(keepends=True):
        yield start, start + len(row.rstrip())
        start += len(row)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of `text[start:end]`; those without an end are parted at a blank."""
    for sentence in lines(text, start, end):
        start, end = sentence
        while end - start > LONG_ROW and (blank := text.find(" ", start + LONG_ROW // 2, end)) > 0:
            yield start, blank
            start = blank + 1
        yield start, end


def _is_list(row: str, found: list[str], telling: tuple[str, ...]) -> bool:
    """Whether a row names things: many short members, or a long run of words without any that bind them."""
    if len(telling) < 5:
        return False
    members = [member for member in _ITEM.split(row) if member.strip()]
    return (len(members) >= 5 and len(found) <= 2.5 * len(members)) or _is_loose(found)


def _is_loose(found: list[str]) -> bool:
    """Whether these are many words and none that binds them into a sentence."""
    return len(found) >= 10 and FUNCTION_WORDS.isdisjoint(found) and _BINDING_WORDS.isdisjoint(found)


def _repeats(telling: tuple[str, ...], times: int) -> bool:
    """Whether a row says the same words over and over, so many times each."""
    different = len(set(telling))
    return (len(telling) >= 3 and different == 1) or (len(telling) >= 8 and different * times <= len(telling))


def _advertisements(rows: list[_Row], text: str, evidence: Evidence) -> Spans:
    """From each first row that advertises to the last one near it, and to the end of a section that advertises.

    It takes two different phrases: "job description" above each position is a label and no advertisement.
    """
    said = {
        number: {match[0].casefold() for match in _ADVERTISES.finditer(text, row.start, row.end)}
        for number, row in enumerate(rows)
    }
    runs: list[list[int]] = []
    for number in (number for number, phrases in said.items() if phrases):
        if runs and number - runs[-1][-1] <= APART:
            runs[-1].append(number)
        else:
            runs.append([number])
    found = []
    for run in runs:
        if len(run) < 2 or len(set().union(*(said[number] for number in run))) < 2:
            continue
        first, last = rows[run[0]].start, rows[run[-1]].end
        ends = [section.end for section in evidence.sections if section.start <= last <= section.end]
        found.append((first, max([last, *(end for end in ends if rows[run[0]].whole)])))
    return found


def _unbacked_lists(rows: list[_Row], evidence: Evidence) -> Spans:
    said = {stem(word) for row in rows if not row.listed for word in row.words}
    listed = {stem(word) for row in rows if row.listed for word in row.words}
    unbacked = len(listed - said)
    if unbacked <= UNBACKED or (unbacked <= FAR_TOO_MANY and unbacked * 1000 <= LOPSIDED * len(said)):
        return []
    entries = [section for section in evidence.sections if section.kind in _ENTRIES]
    return [
        (row.start, row.end)
        for row in rows
        if row.listed
        and (
            not any(section.start <= row.start < section.end for section in entries)
            or any(stem(word) not in said for word in row.words)
        )
    ]


def _shingles(sequence: list[str]) -> Iterator[tuple[str, ...]]:
    for start in range(len(sequence) - SHINGLE + 1):
        yield tuple(sequence[start : start + SHINGLE])
