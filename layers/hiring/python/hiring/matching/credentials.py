"""Requirements that a part of the resume of its own answers: languages with their levels, certificates and licences."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hiring.matching.model import Verdict
from hiring.resumes.headings import fold
from hiring.resumes.language_names import CODES, WORD
from hiring.resumes.languages import level_in
from hiring.resumes.model import Evidence, SectionKind
from hiring.shared.values import LanguageLevel, LanguageSkill
from hiring.skills.mentions import ReadText, denied
from hiring.skills.words import FUNCTION_WORDS, Line, words

_LEVELS = tuple(LanguageLevel)
_ABOUT_LANGUAGES = frozenset(
    [
        "a1",
        "a2",
        "b1",
        "b2",
        "c1",
        "c2",
        "native",
        "mother",
        "tongue",
        "bilingual",
        "mastery",
        "near",
        "fluent",
        "fluently",
        "fluency",
        "advanced",
        "proficient",
        "proficiency",
        "full",
        "professional",
        "upper",
        "intermediate",
        "working",
        "good",
        "business",
        "conversational",
        "conversant",
        "elementary",
        "basic",
        "basics",
        "beginner",
        "excellent",
        "strong",
        "very",
        "perfect",
        "sound",
        "language",
        "languages",
        "speaker",
        "speakers",
        "speaking",
        "spoken",
        "speak",
        "written",
        "write",
        "writing",
        "oral",
        "orally",
        "verbal",
        "verbally",
        "word",
        "words",
        "level",
        "levels",
        "minimum",
        "least",
        "better",
        "command",
        "knowledge",
        "skill",
        "skills",
        "communication",
        "required",
        "must",
        "plus",
        "ideally",
        "preferably",
        "advantage",
        "nice",
        "confident",
    ]
)
_EITHER = re.compile(r"\bor\b(?! (?:better|higher|above|more|native))|/", re.IGNORECASE)
_PAPER = (
    r"(?:un)?licen[cs]\w*|certificat\w*|certified|accreditation|accredited|chartered|diploma|permit|registration"
    r"|admi(?:tted|ssion) (?:to|as)"
)
_CERTIFICATE = re.compile(
    rf"\b(?:{_PAPER}|qualifications?|qualified (?:as|to)|fully[ -]qualified|registered (?:with|as|by|at))\b",
    re.IGNORECASE,
)
"""What asks for a paper: that somebody does the work does not show it."""
LICENCE = re.compile(r"\b(?:licen[cs]\w*|permit|regist\w+|admi\w+)\b", re.IGNORECASE)
"""What a school does not give."""
_CERTIFIES = re.compile(
    rf"\b(?:{_PAPER}|qualified|registered|admitted|admissions?|member(?:ship)? of|member since|fellow of|passed"
    r"|journeyman|exam(?:ination)?s?|card)\b",
    re.IGNORECASE,
)
"""What a line says that speaks of such a paper."""
_BRACKETS = re.compile(r"\([^)]*\)")
_AROUND_CERTIFICATES = re.compile(
    r"\b(?:valid|current|full|clean|hold(?:s|er|ing)?|class|category|cat|type|official|or (?:a )?(?:comparable|similar"
    r"|equivalent|related))\b\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class AskedLanguages:
    """Languages of which all, or any one, are asked for, each with the level that is asked for."""

    languages: tuple[LanguageSkill, ...]
    any_one: bool


@dataclass(frozen=True)
class SpokenLine:
    """What a line says of a language that is asked for."""

    verdict: Verdict
    line: Line
    start: int
    end: int


def asked_languages(text: str) -> AskedLanguages | None:
    """The languages that a requirement asks for; None where it is about something else (a text in German)."""
    named = [match for match in WORD.finditer(text) if match.group()[0].isupper() and fold(match.group()) in CODES]
    names = {fold(match.group()) for match in named}
    if not named or {word.text for word in words(text)} - names - FUNCTION_WORDS - _ABOUT_LANGUAGES:
        return None
    ends = [match.start() for match in named[1:]] + [len(text)]
    common = level_in(text)
    after = [level_in(text[match.end() : end]) for match, end in zip(named, ends, strict=True)]
    before = [level_in(text[: named[0].start()])] + [None] * (len(named) - 1)
    asked = [
        LanguageSkill(language=CODES[fold(match.group())], level=behind or ahead or common)
        for match, behind, ahead in zip(named, after, before, strict=True)
    ]
    return AskedLanguages(tuple(asked), len(asked) > 1 and _EITHER.search(text) is not None)


def spoken(asked: LanguageSkill, read: ReadText, evidence: Evidence) -> SpokenLine | None:
    """What the resume says of a language, where it lists it or says in a sentence how well it is spoken.

    A lower level than asked for, or none where one is asked for, meets it partly.
    """
    best: SpokenLine | None = None
    for line, start, end, level in _said(asked, read, evidence):
        if denied(read.text, line, start, end):
            continue
        wanted = 0 if asked.level is None else _LEVELS.index(asked.level)
        enough = asked.level is None or (level is not None and _LEVELS.index(level) >= wanted)
        found = SpokenLine(Verdict.MET if enough else Verdict.PARTLY, line, start, end)
        if best is None or (enough and best.verdict is not Verdict.MET):
            best = found
    return best


def _said(
    asked: LanguageSkill, read: ReadText, evidence: Evidence
) -> list[tuple[Line, int, int, LanguageLevel | None]]:
    """The lines that list the language, then those that name it with a level; each with where it stands in it."""
    found = []
    for fact in evidence.languages:
        line = _line_at(read, fact.start)
        if fact.language == asked.language and line is not None:
            found.append((line, fact.start, fact.end, fact.level))
    for line in read.lines:
        for match in WORD.finditer(read.text, line.start, line.end):
            if CODES.get(fold(match.group())) == asked.language:
                level = level_in(read.text[line.start : line.end])
                if level is not None:
                    found.append((line, match.start(), match.end(), level))
    return found


def asked_certificate(text: str) -> str | None:
    """What a requirement for a certificate or a licence is about; None where it asks for none, or names no subject."""
    if not _CERTIFICATE.search(text):
        return None
    about = _AROUND_CERTIFICATES.sub(" ", _CERTIFICATE.sub(" ", _BRACKETS.sub(" ", text)))
    return about if any(len(word.text) > 1 and word.text not in FUNCTION_WORDS for word in words(about)) else None


def certifies(line: Line, read: ReadText, evidence: Evidence, *, studies: bool) -> bool:
    """Whether a line lists certificates, or `studies` too, or speaks of one; two lines never do."""
    if line not in read.lines:
        return False
    if _CERTIFIES.search(read.text, line.start, line.end):
        return True
    papers = {SectionKind.CERTIFICATIONS, SectionKind.EDUCATION} if studies else {SectionKind.CERTIFICATIONS}
    listed = [(section.start, section.end) for section in evidence.sections if section.kind in papers]
    listed += [(fact.start, fact.end) for fact in evidence.certifications]
    listed += [(study.text.start, study.text.end) for study in evidence.education if studies]
    return any(start <= line.start < end for start, end in listed)


def _line_at(read: ReadText, at: int) -> Line | None:
    return next((line for line in read.lines if line.start <= at < line.end), None)
