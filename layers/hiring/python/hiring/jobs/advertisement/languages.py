"""Languages that a job asks for, with their level: "Fluent German (C1)", "Englisch verhandlungssicher"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from hiring.jobs.advertisement.headings import Part
from hiring.jobs.advertisement.model import Confidence, Found
from hiring.jobs.advertisement.sections import Placed
from hiring.jobs.advertisement.text import found, sentences
from hiring.resumes.language_names import CODES
from hiring.shared.values import LanguageLevel, LanguageSkill

_WORD = re.compile(r"[^\W\d_]+")
_NAMED = frozenset(CODES) - {"polish", "thai", "latin", "finnish", "rom", "bahasa"}
_COMPOUND = re.compile(
    r"(deutsch|englisch|franzosisch|spanisch|italienisch|polnisch|russisch|"
    r"niederlandisch)(?=(?:sprach)?kenntniss|sprachig|-kenntniss)"
)
_LEVELS = (
    (LanguageLevel.NATIVE,
        r"native|mother tongue|muttersprach\w*|langue maternelle|nativ[oa]|lengua materna|bilingual|bilingue"
    ),
    (LanguageLevel.C2, r"c2|near[- ]native"),
    (LanguageLevel.C1,
        r"c1|fluen\w+|flie(?:ss|ß)\w+|verhandlungssicher\w*|courant\w*|fluido|fluida|excellent|sehr gut\w*|"
        r"proficien\w+|advanced|avanzado|alto|couramment|maitrise|very good|strong|perfect|exzellent\w*|"
        r"tres bon\w*"
    ),
    (LanguageLevel.B2,
        r"b2|upper[- ]intermediate|professional|business|good|gut\w*|working (?:proficiency|knowledge)|"
        r"bon(?:ne)?|solid\w*|sicher\w*|buen\w*|confident\w*|medio-alto|sound|professionnel\w*"
    ),
    (LanguageLevel.B1, r"b1|intermediate|conversational|intermediaire|intermedio|medio"),
    (LanguageLevel.A2, r"a2|elementary|basic\w*|grundkenntniss\w*|notions|basico"),
    (LanguageLevel.A1, r"a1|beginner"),
)  # fmt: skip
_ASIDE = re.compile(r"\((?![^()]*\b(?:both|each|all|beide|jeweils|les deux|ambos)\b)[^()]{1,40}\)")
"""In brackets behind a name; it is said of that name alone."""
_BRACKETS = re.compile(r"\([^()]{1,60}\)")
_FURTHER = re.compile(
    r"\b(?:any|other|further|another|additional|more|weitere)\b(?: \w+)?,? (?:languages?|sprachen?)\b[^,;]{0,40}"
)
"""Languages that the text does not name."""
_BAHASA = re.compile(r"bahasa (?:(?P<id>indonesia)|melayu|malaysia)\b")
_OR = re.compile(r"(?:,? (?:or|oder|ou|o)(?: \w+)? |/)")
_EXPLICIT = re.compile(r"\b([abc][12])\b")
_EXPLICIT_BEFORE = re.compile(r"\b([abc][12])(?:[- ]level)?(?: in| of)?\s+$")
_BEHIND = re.compile(r"[^\w,;]{0,4}(?:level |niveau |nivel )?([abc][12])\b")
_CLOSED = re.compile(r"\s*\([^()]*\)")
_NEXT = re.compile(r"[,;/]|\b(?:and|und|et|y|e)\b")
_LEVEL = [(level, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")) for level, pattern in _LEVELS]
_CUE = re.compile(
    r"\b(?:fluen\w+|speak\w*|spoken|written|writing|languages?|level|c1|c2|b1|b2|a2|native|sprach\w*|"
    r"\w*kenntniss\w*|flie(?:ss|ß)end\w*|verhandlungssicher\w*|"
    r"wort und schrift|muttersprach\w*|niveau|courant|parle\w*|maitrise|anglais|langue\w*|nivel|idioma\w*|"
    r"fluido|hablado|"
    r"command of|proficien\w+|required|is a must|essential|skills|communicate|communication|verbal|oral|"
    r"ingles|business|intermediate|good|excellent|working knowledge)\b"
)
_NOT_ASKED = re.compile(
    r"\b(?:class(?:es)?|course|courses|lessons?|kurse?|sprachkurse?|cours de|clases de|learn|market|"
    r"speaking (?:market|countries|customers)|translation|language models?|programming language)\b"
)
_NOT_MUST = re.compile(
    r"\b(?:plus|advantage|bonus|asset|beneficial|desirable|preferred|nice to have|von vorteil|"
    r"wunschenswert|atout|apprecie\w*|souhaite\w*|valora\w*|deseable|not required|not needed|"
    r"no \w+ (?:required|needed)|helpful|welcome|ideally|idealerweise|idealement|or willing)\b"
)
_FILLER = re.compile(
    r"\b(?:you|your|speak|have|are|is|in|and|or|und|et|y|e|de|des|of|the|a|an|at|least|with|sowie|mit|both|"
    r"spoken|written|verbal|oral|communication|communicate|"
    r"skills?|language|languages|level|required|must|essential|knowledge|command|wort|schrift|sprache|"
    r"sprachkenntnisse|kenntnisse|du|sie|sprichst|sprechen|deine|ihre|"
    r"vous|parlez|hablado|escrito|nivel|niveau|langue|idioma|idiomas|minimum|mindestens|min|auf|ecrit|oral|"
    r"parle|lu|l|another|other|weitere|fluently|ability|to|for|our|team|daily|work|a l|both|be|able|"
    r"proficiency|working|excellent|very|sehr|tres|muy|well|auch|also|write|read|reading|writing|speaking|"
    r"as|is|needed|mind|each|any|good|fluency|know|known|beherrschen|beherrschst|hablas|b|c|"
    r"speakers?|speaks|like|full|higher|better|above|on|reads|writes|from|up|plus|minimum|lenguas?|jlpt|n\d)\b"
)


def languages_of(text: str, plain: str, placed: Sequence[Placed]) -> tuple[Found[LanguageSkill], ...]:
    """The languages that must be spoken, each once, in the order of the text; those that only help are left out."""
    made: dict[str, Found[LanguageSkill]] = {}
    for each in placed:
        if each.part in (Part.OFFER, Part.COMPANY, Part.PROCESS, Part.NICE_TO_HAVE) and not each.heading:
            continue
        for start, end in sentences(text, each.line.start, each.line.end):
            words = _FURTHER.sub(" ", plain[start:end])
            aside = [
                (start + each.start(), start + each.end())
                for each in _BRACKETS.finditer(plain[start:end])
                if _NOT_MUST.search(each[0])
            ]
            if _NOT_MUST.search(_BRACKETS.sub(" ", words) if aside else words) or _NOT_ASKED.search(words):
                continue
            if not _CUE.search(words) and not (each.part is Part.MUST_HAVE and only_languages(text, plain, start, end)):
                continue
            named = [
                name
                for name in _names(text, plain, start, end)
                if not any(low <= name[0] < high for low, high in aside)
            ]
            if _either(plain, named):
                continue
            for language in _in_clause(text, plain, named, start, end):
                made.setdefault(language.value.language, language)
    return tuple(made.values())


def only_languages(text: str, plain: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` asks for languages and for nothing else."""
    named = list(_names(text, plain, start, end))
    if not named or _either(plain, named):
        return False
    rest = list(plain[start:end])
    for begin, stop, _ in named:
        rest[begin - start : stop - start] = " " * (stop - begin)
    left = "".join(rest)
    for _, pattern in _LEVEL:
        left = pattern.sub(" ", left)
    return not re.search(r"[^\W\d_]{2,}", _FILLER.sub(" ", left))


def _either(plain: str, named: Sequence[tuple[int, int, str]]) -> bool:
    """Whether one of several languages is enough, so that none of them is asked for by itself."""
    return any(_OR.fullmatch(plain, before[1], behind[0]) is not None for before, behind in pairwise(named))


def _names(text: str, plain: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Where languages are named, with their codes. English names are words too ("polish"): with a capital only."""
    for match in _WORD.finditer(plain, start, end):
        word = match.group()
        if bahasa := _BAHASA.match(plain, match.start(), end):
            yield *bahasa.span(), "id" if bahasa["id"] else "ms"
            continue
        if word in CODES and (word in _NAMED or text[match.start()].isupper()):
            if word in _CAPITAL_ONLY and not text[match.start()].isupper():
                continue
            yield match.start(), match.end(), CODES[word]
        elif compound := _COMPOUND.match(word):
            yield match.start(), match.start() + len(compound[1]), CODES[compound[1]]


_CAPITAL_ONLY = frozenset(name for name in CODES if name.endswith(("ish", "isch", "deutsch", "man"))) - {"english"}


def _in_clause(
    text: str, plain: str, named: Sequence[tuple[int, int, str]], start: int, end: int
) -> Iterator[Found[LanguageSkill]]:
    for number, (begin, stop, code) in enumerate(named):
        before = (named[number - 1][1] if number else start, begin)
        behind = (stop, named[number + 1][0] if number + 1 < len(named) else end)
        level = _level(plain, before, behind, (start, end))
        span_start, span_end = (min(begin, level[1]), max(stop, level[2])) if level else (begin, stop)
        value = LanguageSkill(language=code, level=level[0] if level else None)
        yield found(text, span_start, span_end, value, Confidence.STATED if level else Confidence.READ)


def _level(
    plain: str, before: tuple[int, int], behind: tuple[int, int], clause: tuple[int, int]
) -> tuple[LanguageLevel, int, int] | None:
    """The level of one name: the nearest beside it ("German (C1)", "fluent German"), else that of the whole clause."""
    own = _BEHIND.match(plain, *behind) or _EXPLICIT_BEFORE.search(plain, *before) or _EXPLICIT.search(plain, *behind)
    if own:
        return LanguageLevel(own[1].upper()), *own.span(1)
    if closed := _CLOSED.match(plain, *before):
        before = (closed.end(), before[1])
    hits = [
        (_distance(plain[hit.end() : high] if low == before[0] else plain[low : hit.start()]), hit.span(), level)
        for low, high in (before, behind)
        for level, pattern in _LEVEL
        for hit in pattern.finditer(plain, low, high)
    ]
    if hits:
        _, span, level = min(hits, key=lambda each: (each[0], each[1][0] - each[1][1]))
        return level, *span
    of_one = [aside.span() for aside in _ASIDE.finditer(plain, *clause)]
    for level, pattern in _LEVEL:
        said = pattern.search(plain, *clause)
        if said and not any(low < said.start() < high for low, high in of_one):
            return level, *said.span()
    return None


def _distance(between: str) -> int:
    """How far a level is from a name, over the words between them; behind a comma or "and" it is of another name."""
    return len(between) + 20 * len(_NEXT.findall(between))
