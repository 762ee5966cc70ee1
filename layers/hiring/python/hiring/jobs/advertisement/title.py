"""The title of a job, and the level that it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from hiring.jobs.advertisement.headings import Part, part_of
from hiring.jobs.advertisement.model import Confidence, Found
from hiring.jobs.advertisement.places import country_in, place_begins
from hiring.jobs.advertisement.sections import Placed
from hiring.jobs.advertisement.text import Line, found, one_line, sentences, stripped
from hiring.jobs.model import Seniority
from hiring.resumes.titles import title_score

_LABEL = re.compile(
    r"(?:(?:job|position|role|post) (?:title|name)|job|position|role|title|vacancy|post(?: title)?|designation|opening|"
    r"we(?:'re| are) (?:now )?(?:hiring|recruiting)|now hiring|hiring(?: now)?|urgent(?:ly)? (?:hiring|requirement)|"
    r"stelle|stellenbezeichnung|stellenangebot|poste|intitule(?: du poste)?|offre d'emploi|puesto|vacante|"
    r"oferta(?: de empleo)?)[^\S\n]*(?:[:!–—\t-]+)\s*(?:for )?(?:an? )?"
)
_ALONE = re.compile(r"(?:job title|title|role|position|vacancy|stelle|poste|puesto)\W*")
_GENDERED = re.compile(r"[(\[][mwfdxh][\s/|,.*+:-]+[mwfdxh]\b|[(\[](?:all genders|gn)|\s[hmf]/[fhw]\b")
_ASIDE = re.compile(
    r"[\d€£$₹%]|\b(?:remote|hybrid|on-?site|full|part|contract|permanent|temporary|fixed|ftc|maternity|immediate|"
    r"urgent|"
    r"(?:all )?genders?|location|based|office|vacanc\w+|positions?|openings?|shift|nights?|days?|weekends?|vollzeit|"
    r"teilzeit|unbefristet|befristet|cdi|cdd|hours?|ref|job id|wfh|wfo|new|start\w*|live[- ]in|outside|inside)\b"
)
"""What stands beside a title and is none of it, in brackets or behind a dash."""
_ORGANISATION = re.compile(
    r"[&|]|\b(?:inc|llc|ltd|limited|gmbh|ag|plc|llp|lp|bv|b\.v|nv|kg|oy|ab|pty|pvt|sa|sas|sarl|srl|co|group|company)\b"
)
_DASH = re.compile(r"\s+[–—-]\s+")
_TAIL = re.compile(
    r"\s*(?:[(\[]\s*(?:(?:m|w|f|d|x|h|all genders|gn|div|mf|mfd|fmd|hf|remote|hybrid|on-?site|"
    r"full[- ]?time|vollzeit|part-?time)[\s/|,.*+:-]*)+[)\]]|"
    r"\s(?:[mwfdxh]/){1,2}[mwfdxh]\b)+\s*"
)
_CUT = re.compile(
    r"\s+[|·•@]+\s+|\s+(?:at|bei|chez|AT) (?=[^\W\d_])|\s*,\s*(?=(?:full|part)[- ]?time|permanent|remote|hybrid)|"
    r"\s*[(\[](?=[mwfdxhMWFDXH]\s?[/|])|\s+(?:gesucht|wanted|needed|required|NEEDED|WANTED|REQUIRED)\b|\s{3,}|\t|"
    r"\s+[mwfdxhMWFDXH]/[mwfdxhMWFDXH](?:/[mwfdxhMWFDXH])?\b|[!.]$|"
    r"\s+(?:para|pour|für (?:unser\w*|eine?\w*|die|das|den)|for (?:our|an?|the)|to join)\s|\s+[x×]\s?\d{1,2}$|"
    r"\s+(?:(?:à|zu|at)\s+)?(?:\d{2,3}\s?[-–]\s?)?\d{2,3}\s?%|\s+(?:based|located) in\b"
)
_ADJECTIVES = (
    r"(?:(?:full[- ]time|part[- ]time|permanent|experienced|motivated|talented|passionate|enthusiastic|skilled|"
    r"dedicated|"
    r"reliable|engagierte[nr]?|erfahrene[nr]?|motivierte[nr]?|new|further)\s+)*"
)
_SOUGHT = re.compile(
    r"\b(?:(?:looking for|looking to (?:hire|recruit|appoint)|hiring|seeking|seeks|recruiting|join(?: our team|"
    r" us)? as|"
    r"role of|position of|post of|needs?|requires?|as|hire|welcome|appoint|(?:opportunity|opening|vacancy|position)"
    r"(?: has arisen| available)? for|suchen(?: wir)?(?: \w+){0,6}?|recherchons|recrutons|recherche|recrute|buscamos|"
    r"busca|"
    r"selecciona)\s+(?:an?|eine[nr]?(?:/[nr])?|einen/eine|une?(?:[/.(]\w\)?)?|una?(?:/a)?|our (?:next|first|new))"
    r"|^(?:se (?:busca|necesita|precisa)n?|recherche|recherchons|buscamos|wanted|gesucht)\b:?)(?:\s+|$)" + _ADJECTIVES,
    re.MULTILINE,
)
_GREETS = re.compile(r"(?:hello|hi|hey|dear|are you|do you|have you|would you|join|welcome|ready|why|how|we|our|if)\b")
_BEFORE = re.compile(
    r"(?:[(\[][^()\[\]\n]{1,20}[)\]]\s*|\d{1,2}\s?x\s+|(?:urgent|new|immediate start|wanted|gesucht|now)\s*[:!–-]+\s*)+"
)
"""What stands before a title and is none of it: "2 x", "[REMOTE]", "URGENT:"."""
_STOP = re.compile(
    r"[.,;:!?\n|]|\s(?:to|who|for|with|in|at|that|mit|fur|fuer|zur|zum|am|als|pour|qui|avec|afin|para|con|"
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
        r"(?:team ?|tech(?:nical)? )?lead(?! gen)(?:er)?|head of|head|leiter(?:in)?|leitung|\w+leit(?:er|ung)(?:in)?|"
        r"responsable|jefe|jefa|chef de(?! (?:partie|rang))|supervisor|teamleiter\w*|foreman|encargad[oa]"
    ),
    (Seniority.SENIOR, r"senior|sr\.?|erfahrene[rn]?|confirme|experimente|experienced|sénior"),
    (Seniority.JUNIOR,
        r"junior|jr\.?|graduate|entry[- ]level|berufseinsteiger\w*|debutant|apprentice|newly qualified|"
        r"associate(?= (?:\w+ )?(?:engineer|developer|consultant|analyst|designer|scientist|product manager))"
    ),
    (Seniority.MID,
        r"mid(?![- ](?:market|size\w*|cap|term|town|range|week))(?:dle)?(?:[- ](?:level|senior))?|intermediate|"
        r"intermedio"
    ),
)  # fmt: skip
_SERVES = re.compile(r" to (?:the|our|a)\b")
"""Behind it stands whom the holder of the title serves: "Executive Assistant to the CEO"."""
_BESIDE = re.compile(r"\s+(?:in|IN|en|à|a)\s+(?=[^\W\d_a-z])|\s*,\s+(?=[^\W\d_a-z])")
_TAIL_AT_END = re.compile(_TAIL.pattern + "$")
_BRACKET = re.compile(r"\s*[(\[][^()\[\]\n]{0,80}(?:[)\]]|$)")
_MOST_WORDS = 9
_LONGEST = 200
"""Characters within which a title ends."""
_NEVER_IN = (Part.MUST_HAVE, Part.NICE_TO_HAVE, Part.OFFER, Part.PROCESS, Part.TASKS)
_LEVEL = [(level, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")) for level, pattern in _LEVELS]
_IN_TEXT = re.compile(
    r"\b(?P<level>junior|mid|senior|entry|lead|principal)[- ]level\b"
    r"(?! (?:stakeholders?|management|managers?|executives?|leaders?|people|clients?|contacts?|decision))|"
    r"\b(?:seniority|experience level|level|"
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
    if labelled := _labelled(text, plain, placed[:12]):
        return labelled
    score, title = _on_a_line(text, plain, placed)
    sought = _sought(text, plain, placed)
    if title is not None and (score > 0 or (sought is None and score > -1)):
        return title
    return sought


def _labelled(text: str, plain: str, placed: Sequence[Placed]) -> Found[str] | None:
    """What stands behind "Job title:", or on the line below it."""
    for each, following in pairwise(placed):
        if (each.heading and _ALONE.fullmatch(plain, each.line.start, each.line.end)) or _seeks(plain, each.line):
            made = _cut(text, plain, following.line.start, following.line.end, Confidence.STATED)
            marked = _GENDERED.search(plain, following.line.start, following.line.end) is not None
            if made is not None and title_score(made.value) + marked > 0:
                return made
    for each in placed:
        label = _LABEL.match(plain, each.line.start, each.line.end)
        if label is None or (each.part in _NEVER_IN and each.part is not Part.TASKS):
            continue
        made = _cut(text, plain, label.end(), each.line.end, Confidence.STATED)
        if (
            made is not None
            and len(made.value.split()) <= _MOST_WORDS
            and not _ASIDE.match(plain, made.start, made.end)
        ):
            return made
    return None


def _seeks(plain: str, line: Line) -> bool:
    """Whether a line ends where the title begins: "For our branch in Linz we are looking for a"."""
    at = max(line.start, line.end - 60)
    return any(match.end() == line.end for match in _SOUGHT.finditer(plain, at, line.end))


def _on_a_line(text: str, plain: str, placed: Sequence[Placed]) -> tuple[float, Found[str] | None]:
    """The first line that looks most like a title, and how much it does."""
    opening = [each for each in placed if (not each.heading or each is placed[0]) and each.part not in _NEVER_IN][:6]
    best: tuple[float, Found[str] | None] = (float("-inf"), None)
    for number, each in enumerate(opening):
        _, stop = next(iter(sentences(text, each.line.start, each.line.end)))
        bare = plain[each.line.start : stop]
        if each.line.bullet or len(bare) > 140 or (part_of(bare) is not None and number):
            continue
        made = _cut(text, plain, each.line.start, stop, Confidence.READ)
        said = bare.endswith("?") or _GREETS.match(bare)
        if said or made is None or len(made.value.split()) > _MOST_WORDS or _SOUGHT.search(plain, made.start, made.end):
            continue
        sentence = (bare.endswith(".") and len(made.value) > len(bare) / 2) or len(bare.split()) > 24
        marked = _GENDERED.search(plain, each.line.start, stop) is not None
        score = title_score(made.value) + 2 * marked - 0.4 * number - 2 * sentence
        best = max(best, (score, made), key=lambda each: each[0])
    return best


def seniority_of(text: str, plain: str, title: Found[str] | None) -> Found[Seniority] | None:
    """The level that the title names, or that the text names as one."""
    if title is not None:
        serves = _SERVES.search(plain, title.start, title.end)
        end = serves.start() if serves else title.end
        for level, pattern in _LEVEL:
            if hit := pattern.search(plain, title.start, end):
                return found(text, *hit.span(), level, Confidence.STATED)
    named = _IN_TEXT.search(plain)
    if named is None or (said := _IN_WORDS.get(named["level"] or named["named"])) is None:
        return None
    return found(text, *named.span(), said, Confidence.READ)


def _cut(text: str, plain: str, start: int, end: int, confidence: Confidence) -> Found[str] | None:
    end = min(end, start + _LONGEST)
    if before := _BEFORE.match(plain, start, end):
        start = before.end()
    beside = (each for each in _BESIDE.finditer(text, start + 3, end) if place_begins(text, plain, each.end(), end))
    if place := next(beside, None):
        end = place.start()
    cut = _CUT.search(text, start + 3, end)
    stop = _without_asides(text, plain, start, cut.start() if cut else end, place.end() if place and not cut else 0)
    if tail := _TAIL_AT_END.search(plain, start, stop):
        stop = tail.start()
    start, stop = stripped(text, start, stop, ' \t#*_>–—-•:,.!|"“”')
    while start < stop and not text[stop - 1].isalnum() and text[stop - 1] not in ")]+#'’":
        stop -= 1
    if not 2 < stop - start <= 120 or not any(map(str.isalpha, text[start:stop])):
        return None
    return found(text, start, stop, one_line(text[start:stop]), confidence)


def _without_asides(text: str, plain: str, start: int, stop: int, place: int) -> int:
    """Where the title ends, before brackets and dashes behind which place, pay, hours or the employer stand.

    What stands in brackets or behind a single dash and is none of that is its field: "Registered Nurse - Intensive
    Care", "Backend Engineer (Kotlin)". `place` is where a place begins behind all that, or 0.
    """
    if bracket := _BRACKET.search(plain, start + 3, stop):
        inside = (bracket.start() + 1, min(bracket.end(), stop))
        if _ASIDE.search(plain, *inside) or country_in(text, plain, *inside) or _TAIL.fullmatch(plain, *bracket.span()):
            stop = bracket.start()
        elif stop - bracket.end() > 0 and not _DASH.match(plain, bracket.end(), stop):
            pass
        else:
            stop = bracket.end()
    dashes = list(_DASH.finditer(plain, start + 3, stop))
    if not dashes:
        return stop
    field = plain[dashes[0].end() : stop]
    if len(dashes) > 1 or len(field.split()) > 3 or _ASIDE.search(field) or _ORGANISATION.search(field):
        return dashes[0].start()
    if place or country_in(text, plain, dashes[0].end(), stop) or text.count(text[dashes[0].end() : stop]) > 1:
        return dashes[0].start()
    return stop


def _sought(text: str, plain: str, placed: Sequence[Placed]) -> Found[str] | None:
    for each in placed:
        if each.part in (Part.PROCESS, Part.OFFER):
            continue
        for match in _SOUGHT.finditer(plain, each.line.start, each.line.end):
            end = min(each.line.end, match.end() + _LONGEST)
            stop = _STOP.search(plain, match.end(), end)
            made = _cut(text, plain, match.end(), stop.start() if stop else end, Confidence.INFERRED)
            if made is not None and len(made.value.split()) <= 7:
                return made
    return None
