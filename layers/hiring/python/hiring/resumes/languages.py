"""Spoken languages with the level that a resume gives them."""

from __future__ import annotations

import re

from hiring.resumes.document import TextLine
from hiring.resumes.headings import fold
from hiring.resumes.language_names import CODES, NAMES, WORD
from hiring.resumes.model import SectionKind, SpokenLanguage
from hiring.resumes.sections import Part
from hiring.shared.values import LanguageLevel

_LEVELS = (
    (
        LanguageLevel.NATIVE,
        r"native|mother tongue|muttersprache|langue maternelle|nativ[oa]|lengua materna|nativ|moedertaal|madrelingua|"
        r"first language|bilingual|bilingue",
    ),
    (LanguageLevel.C2, r"c2|mastery|near[- ]native|verhandlungssicher"),
    (
        LanguageLevel.C1,
        r"c1|fluent|fluently|fließend|fliessend|courant|fluido|vloeiend|advanced|full professional|proficient|avancé|"
        r"avanzado|avansat|fluente",
    ),
    (
        LanguageLevel.B2,
        r"b2|upper[- ]intermediate|professional working|professional|good|gut|business|working proficiency",
    ),
    (
        LanguageLevel.B1,
        r"b1|intermediate|conversational|conversant|limited working|mittel|intermédiaire|intermedio|mediu",
    ),
    (LanguageLevel.A2, r"a2|elementary|basic|grundkenntnisse|basics|básico|notions|de bază|basis"),
    (LanguageLevel.A1, r"a1|beginner|novice|anfänger|débutant|principiante|începător"),
)
_LABELLED = re.compile(
    r"(?:(?:spoken|foreign|natural|human)\s)?(?:languages?|sprachen|langues|idiomas|limbi|talen|lingue)(?:\sspoken)?\s*[:\t–—-]",
    re.IGNORECASE,
)


def level_in(text: str) -> LanguageLevel | None:
    """The level that `text` names, in whatever way; of several the highest."""
    return next(
        (level for level, pattern in _LEVELS if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", text, re.IGNORECASE)), None
    )


def languages_of(parts: list[Part]) -> tuple[SpokenLanguage, ...]:
    """The languages of the languages sections and of lines that a label marks ("Languages: French, Dutch")."""
    found: dict[str, SpokenLanguage] = {}
    for part in parts:
        for line in part.lines:
            labelled = _LABELLED.match(line.text)
            if part.kind is SectionKind.LANGUAGES:
                _read(line, 0, found)
            elif labelled and part.kind is not SectionKind.EMPLOYMENT:
                _read(line, labelled.end(), found)
    return tuple(found.values())


def _read(line: TextLine, begin: int, found: dict[str, SpokenLanguage]) -> None:
    hits = [
        (match, CODES[fold(match.group())])
        for match in WORD.finditer(line.text, begin)
        if fold(match.group()) in CODES and match.group()[:1].isupper()
    ]
    for number, (match, code) in enumerate(hits):
        stop = hits[number + 1][0].start() if number + 1 < len(hits) else len(line.text)
        level = level_in(line.text[match.end() : stop])
        word = match.group().lower()
        value = (
            word.capitalize() if word in ("mandarin", "cantonese", "farsi", "flemish", "filipino") else NAMES[code][0]
        )
        found.setdefault(
            value,
            SpokenLanguage(
                value=value, start=line.start + match.start(), end=line.start + match.end(), language=code, level=level
            ),
        )
