"""The title of a job, and the level that it names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hiring.jobs.advertisement.model import Confidence, Found
from hiring.jobs.advertisement.sections import Part, Placed, part_of
from hiring.jobs.advertisement.text import found, sentences, stripped
from hiring.jobs.model import Seniority
from hiring.resumes.titles import title_score

_LABEL = re.compile(
    r"(?:job title|job|position|role|title|vacancy|we(?:'re| are) hiring|now hiring|hiring|stelle|"
    r"stellenbezeichnung|stellenangebot|poste|intitule(?: du poste)?|offre d'emploi|puesto|vacante|"
    r"oferta(?: de empleo)?)\s*(?:[:!–—-]+)\s*(?:an? )?"
)
_TAIL = re.compile(
    r"\s*(?:[(\[]\s*(?:(?:m|w|f|d|x|h|all genders|gn|div|mf|mfd|fmd|hf|remote|hybrid|on-?site|"
    r"full[- ]?time|vollzeit|part-?time)[\s/|,.*+:-]*)+[)\]]|[(\[][^)\]]*[)\]]|"
    r"\s(?:[mwfdxh]/){1,2}[mwfdxh]\b)+\s*"
)
_CUT = re.compile(
    r"\s+[|·•@–—]\s+|\s+-\s+|\s+(?:at|bei|chez|en) (?=[^\W\d_])|\s*,\s*(?=(?:full|part)[- ]?time)|\s+\(|"
    r"\s*[(\[](?=[mwfdxh]\s?[/|])|\s+(?:gesucht|wanted|needed)\b|\s{3,}|"
    r"\s+[mwfdxh]/[mwfdxh](?:/[mwfdxh])?\b|[!.]$|\s+in (?=[A-ZÄÖÜ])"
)
_SOUGHT = re.compile(
    r"\b(?:looking for|hiring|seeking|recruiting|to join us as|join us as|join our team as|role of|"
    r"position of|as|suchen(?: wir)?(?: \w+){0,6}?|recherchons|recrutons|recherche|buscamos|busca|"
    r"selecciona)\s+(?:an?|eine[n]?|une?|una?|our (?:next|first|new))\s+(?:(?:experienced|motivated|"
    r"talented|passionate|engagierte[nr]?|erfahrene[nr]?|motivierte[nr]?|new|further)\s+)*"
)
_STOP = re.compile(
    r"[.,;:!?(\n|]|\s(?:to|who|for|with|in|at|that|mit|fur|fuer|zur|zum|am|als|pour|qui|avec|afin|para|con|"
    r"que|on|based|–|-|wanted|h/f|m/w|starting|ab)(?=\s|$|/)"
)
_LEVELS = (
    (Seniority.INTERN,
        r"intern(?:ship)?|praktik\w+|stagiaire|stage|becari[oa]|practicas|working student|werkstudent\w*|"
        r"trainee"
    ),
    (Seniority.EXECUTIVE,
        r"c[etfo]o|chief \w+(?: \w+)? officer|vp|vice president|(?:executive |managing )?director\w*|"
        r"geschaftsfuhr\w+|directeur|directrice|director[a]?"
    ),
    (Seniority.PRINCIPAL,
        r"principal|distinguished|staff(?= (?:engineer|developer|scientist|designer|software|data|product|machine))"
    ),
    (Seniority.LEAD,
        r"(?:team ?|tech(?:nical)? )?lead(?:er)?|head of|head|leiter(?:in)?|leitung|\w+leit(?:er|ung)(?:in)?|"
        r"responsable|jefe|jefa|chef de|supervisor|teamleiter\w*|foreman|encargad[oa]"
    ),
    (Seniority.SENIOR, r"senior|sr\.?|erfahrene[rn]?|confirme|experimente|experienced|sénior"),
    (Seniority.JUNIOR, r"junior|jr\.?|graduate|entry[- ]level|berufseinsteiger\w*|debutant|apprentice|associate"),
    (Seniority.MID, r"mid(?:dle)?(?:[- ](?:level|senior))?|intermediate|intermedio"),
)  # fmt: skip
_LEVEL = [(level, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")) for level, pattern in _LEVELS]
_IN_TEXT = re.compile(
    r"\b(?P<level>junior|mid|senior|entry|lead|principal)[- ]level\b|\b(?:seniority|experience level|level|"
    r"karrierelevel|niveau|nivel)\s*:\s*(?P<named>\w+)"
)
_IN_WORDS = {
    **dict.fromkeys(("junior", "entry", "graduate", "einsteiger"), Seniority.JUNIOR),
    **dict.fromkeys(("mid", "middle", "intermediate", "professional"), Seniority.MID),
    **dict.fromkeys(("senior", "experienced", "erfahren"), Seniority.SENIOR),
    **dict.fromkeys(("lead", "leader"), Seniority.LEAD),
    "principal": Seniority.PRINCIPAL,
    "executive": Seniority.EXECUTIVE,
    "director": Seniority.EXECUTIVE,
}


def title_of(text: str, plain: str, placed: Sequence[Placed]) -> Found[str] | None:
    """The title: behind a label, on one of the first lines, or what a sentence looks for."""
    opening = [each for each in placed if not each.heading or each is placed[0]][:6]
    for each in placed[:12]:
        if label := _LABEL.match(plain, each.line.start, each.line.end):
            return _cut(text, plain, label.end(), each.line.end, Confidence.STATED)
    scored = []
    for number, each in enumerate(opening):
        _, stop = next(iter(sentences(text, each.line.start, each.line.end)))
        bare = plain[each.line.start : stop]
        if each.line.bullet or len(bare) > 140 or (part_of(bare) is not None and number):
            continue
        made = _cut(text, plain, each.line.start, stop, Confidence.READ)
        if made is not None and len(made.value.split()) <= 9 and not _SOUGHT.search(plain, made.start, made.end):
            sentence = (bare.endswith(".") and len(made.value) > len(bare) / 2) or len(bare.split()) > 14
            scored.append((title_score(made.value) - 0.4 * number - 2 * sentence, -number, made))
    best = max(scored, key=lambda each: each[:2], default=None)
    sought = _sought(text, plain, placed)
    if best is not None and (best[0] > 0 or sought is None):
        return best[2] if best[0] > -1 else sought
    return sought


def seniority_of(text: str, plain: str, title: Found[str] | None) -> Found[Seniority] | None:
    """The level that the title names, or that the text names as one."""
    if title is not None:
        for level, pattern in _LEVEL:
            if hit := pattern.search(plain, title.start, title.end):
                return found(text, *hit.span(), level, Confidence.STATED)
    named = _IN_TEXT.search(plain)
    if named is None or (said := _IN_WORDS.get(named["level"] or named["named"])) is None:
        return None
    return found(text, *named.span(), said, Confidence.READ)


def _cut(text: str, plain: str, start: int, end: int, confidence: Confidence) -> Found[str] | None:
    cut = _CUT.search(text, start + 3, end)
    stop = cut.start() if cut else end
    if tail := re.compile(_TAIL.pattern + "$").search(plain, start, stop):
        stop = tail.start()
    start, stop = stripped(text, start, stop, ' \t#*_>–—-•:,.!|"“”')
    return found(text, start, stop, text[start:stop], confidence) if 2 < stop - start <= 120 else None


def _sought(text: str, plain: str, placed: Sequence[Placed]) -> Found[str] | None:
    for each in placed:
        if each.part in (Part.PROCESS, Part.OFFER):
            continue
        for match in _SOUGHT.finditer(plain, each.line.start, each.line.end):
            stop = _STOP.search(plain, match.end(), each.line.end)
            made = _cut(text, plain, match.end(), stop.start() if stop else each.line.end, Confidence.INFERRED)
            if made is not None and len(made.value.split()) <= 7:
                return made
    return None
