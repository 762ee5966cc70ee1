"""The conditions of a job: full time, work mode, the right to work, start date and openings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from hiring.jobs.advertisement.headings import Part
from hiring.jobs.advertisement.model import Confidence, DraftAuthorisation, EmploymentType, Found
from hiring.jobs.advertisement.places import country_in
from hiring.jobs.advertisement.sections import Placed
from hiring.jobs.advertisement.text import found, sentences
from hiring.jobs.advertisement.years import NUMBERS
from hiring.shared.values import WorkMode

_FULL_TIME = re.compile(
    r"\bfull[- ]?time\b|\bvollzeit\w*|\btemps (?:plein|complet)\b|\b(?:jornada|tiempo) complet[ao]\b|"
    r"\bfull-? (?:or|and|/) part-?time\b"
    r"|\b(?:3[5-9](?:[.,]\d{1,2})?|4[0-8](?:[.,]\d)?)(?:\s*(?:-|–|to|bis)\s*4\d)?[ -]?(?:hours?|hrs?|h|"
    r"std\.?|stunden|heures|horas|hpw)(?:\b|-)(?:\s?(?:per|a|/|pro|par|por|-)\s?(?:week|woche|semaine|"
    r"semana))?|\b100\s?%\s?(?:pensum|stelle|workload|fte)|\b(?:pensum|workload|beschaftigungsgrad|"
    r"taux)\W{0,3}(?:\d0\s?%?\s?[-–]\s?)?100\s?%|\(100\s?%\)|\ba 100\s?%(?! (?:remote|teletr))|"
    r"\b[4-9]0\s?%?\s?(?:-|–|to|bis)\s?100\s?%|\b1\.0 ?fte\b|\bfulltime\b|\bvoltijds?\b"
)
_PART_TIME = re.compile(
    r"\bpart[- ]?time\b|\bteilzeit\w*|\btemps partiel\b|\b(?:media jornada|tiempo parcial|"
    r"jornada parcial)\b|\bminijob\b"
)
_FREELANCE = re.compile(r"\boutside ir35\b|\bfreelance\b|\bcontractor\b|\bfreiberuf\w*|\bself-employed\b|\bautonomo\b")
_NOT_OFFERED = re.compile(r"\b(?:no|not|kein\w*|nicht|pas|without|cannot|can't|isn't|sin)\b")

_HYBRID = re.compile(
    r"\bhybrid\w*|\bhibrid[oa]\b|\b(?:remote\w*|from home|home ?-?office|teletravail|homeoffice)\b"
    r"(?: work(?:ing)?)? (?:on|up to|for|bis zu|an|jusqu'a|hasta) (?:\w+ )?(?:\w+ )?(?:days?|tagen?|jours|dias|"
    r"mondays?|"
    r"fridays?|wednesdays?|thursdays?|tuesdays?)\b|"
    r"\b(?:remote\w*|from home|home ?-?office)\W{1,3}(?:\w+ )?(?:one|two|three|four|1|2|3|4)(?:\s?(?:-|"
    r"to)\s?\d)? days?\b|"
    r"\b(?:in|at) the office (?:on )?(?:one|two|three|four|[1-4]|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?)\b"
    r"[^.;\n]{0,60}\b(?:home|remote\w*)|"
    r"\b(?!five\b|5\b)(?:\w+|\d) ?(?:-\s?\d )?(?:days?|tage?|jours?|dias?)(?: (?:a|per|pro|"
    r"par|por|/) ?(?:week|woche|semaine|semana))?(?: of)?(?: \w+)? (?:wfh|(?:from|at) home|remote\w*|home ?-?office|"
    r"in (?:the|our) office|on-?site|im (?:home ?-?office|buro)|teletravail|de teletrabajo|au bureau|"
    r"en oficina|working from home|office)"
    r"|\b(?:partly|partially|teilweise) (?:remote|from home|im homeoffice)|\bmobiles? arbeiten\b|"
    r"\bhome ?-?office[- ](?:moglich\w*|option\w*|tage?|anteil)|\bteletravail (?:partiel|possible)|"
    r"\b(?:flexible|option(?:al)?|occasional) (?:home ?-?office|remote(?: work)?)\b|\bmix of (?:home|"
    r"remote|office)"
)
_REMOTE = re.compile(
    r"\b(?:fully|100\s?%|completely|entirely|permanently|full|all|vollstandig|komplett|"
    r"totalmente) ?-?remote\b|\bremote(?:ly)?\b|\bwork from (?:home|anywhere)\b|\bwfh\b|"
    r"\b100\s?% (?:home ?-?office|teletravail|teletrabajo)\b|\bfull remote\b|\btelecommut\w+|"
    r"\bteletravail (?:complet|total|a 100)|\bhome-based\b|\bteletrabajo\b|\bdistributed team\b|"
    r"\ben remoto\b|\ba distance\b"
)
_ON_SITE = re.compile(
    r"\bon[- ]?site\b|\bin[- ]person\b|\bin[- ]office\b|\bvor ort\b|\bsur (?:site|place)\b|\bpresencial\w*|"
    r"\bpresentiel\b|\b(?:at|in) our (?:\w+ ){0,2}(?:premises|site|clinic|plant|warehouse|kitchen|workshop|practice|"
    r"school|store|shop|hospital|factory|restaurant|lab|laboratory|showroom|salon|nursery|hotel)\b|"
    r"\b(?:work|working|work is|based) from (?:the |our )?office\b|\bwfo\b|\b(?:five|5) days (?:a|per) week in\b|"
    r"\b(?:five|5) days (?:in|at) (?:the|our) (?:office|site)\b|\bsite[- ]based|\bbased (?:on|at our) site|"
    r"\boffice[- ]based\b|\bprasenz\w*|\bno (?:remote|"
    r"home ?-?office)\w*|\bnot (?:a )?remote\b|"
    r"\bkein (?:remote|home ?-?office)\b|\b(?:remote|home ?-?office)(?: work\w*)? (?:is |ist )?(?:not|"
    r"nicht) (?:possible|available|an option|offered|moglich)"
)
_NO_REMOTE = re.compile(
    r"\b(?:no|not|isn't|cannot be|kein|nicht|pas de|sin)\b[^.;,]{0,20}\b(?:remote|wfh|home ?-?office|"
    r"teletravail|teletrabajo)|\b(?:remote|home ?-?office)\b[^.;,]{0,20}\b(?:not|nicht|no es)\b"
)

PERMIT = re.compile(
    r"\b(?:(?:authori[sz]ed|eligible|eligibility|entitled|right|permitted|permission|"
    r"legally able|allowed|able|cleared) to (?:legally )?(?:live and )?work (?:in|for any|permanently|legally|without)|"
    r"(?:right|eligibility|permission|entitlement|entitled|authori[sz]ed|authori[sz]ation|eligible) to "
    r"(?:legally )?(?:live and )?work|"
    r"(?:full |unrestricted |valid )?work(?:ing)? rights|only [\w\s,/&]{3,60}(?:citizens?|nationals?|residents?|"
    r"prs?)\b|"
    r"(?:citizens?|nationals?|residents|prs) only|work (?:permit|authori[sz]ation|visa)|valid (?:visa|permit)|"
    r"arbeitserlaubnis|arbeitsgenehmigung|arbeitsbewilligung|(?:permis|autorisation) de travail|"
    r"permiso de trabajo)"
)
_SPONSORED = re.compile(
    r"\b(?:visa|permit|immigration)\b[^.;]{0,25}\b(?:sponsor\w*|support\w*|help|assistance|provided|"
    r"available)|\b(?:we|can|will|do)\b[^.;]{0,25}\bsponsor\w*|\bhelp with (?:\w+ ){0,3}(?:visas?|work permits?|"
    r"permits?)|"
    r"sponsorship (?:is )?(?:available|provided|"
    r"possible|offered)|\bwir (?:unterstutzen|helfen)[^.;]{0,40}\b(?:visum|arbeitserlaubnis|visa)|"
    r"\bvisum\w*[^.;]{0,20}unterstutz\w*|\bpatrocin\w+"
)
_NOT_SPONSORED = re.compile(
    r"\b(?:no|not|cannot|can't|unable|don't|doesn't|without|neither|kein\w*|nicht|pas|sin|"
    r"won't)\b[^.;]{0,45}\b(?:sponsor\w*|visa|visum|work permits?)|\bsponsorship[^.;]{0,20}\b(?:not|"
    r"unavailable|unable)"
)

_MONTHS = {
    name: number
    for row in (
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "januar februar marz april mai juni juli august september oktober november dezember",
        "janner feber marz april mai juni juli august september oktober november dezember",
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    )
    for number, name in enumerate(row.split(), start=1)
} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES = (
    re.compile(r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    re.compile(r"\b(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>(?:20)?\d\d)\b"),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?[\s-]+(?:of |de )?(?P<name>{_MONTH})\.?,?[\s-]+(?:de |"
        rf"del )?(?P<year>20\d\d)\b"
    ),
    re.compile(rf"\b(?P<name>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>20\d\d)\b"),
    re.compile(rf"\b(?P<name>{_MONTH})\.?\s+(?:de |del )?(?P<year>20\d\d)\b"),
)  # fmt: skip
_STARTS = re.compile(
    r"\b(?:start\w*|begin\w*|induction|onboarding|commencement|entry|per|commenc\w+|join\w*|available from|from|as of|"
    r"eintritt\w*|ab|zum|beginn|"
    r"dienstantritt|besetz\w*|debut|prise de poste|a partir du|des le|date|incorporacion|inicio|fecha|"
    r"a partir del|desde)\b"
)
_REACH = 200
"""Characters within which a word says what a date is of."""
_DEADLINE = re.compile(
    r"\b(?:apply|application\w*|deadline|closing|by|until|bewerb\w+|frist|bis|avant|limite|founded|since|"
    r"seit|depuis|posted|published|plazo|hasta|interviews?)\b"
)

_NOUNS = sorted(word for word in NUMBERS if len(word) > 2 and word not in {"une", "una", "eine", "einen", "ein"})
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_NOUNS)})"
_OPENINGS = (
    re.compile(
        r"\b(?:number of )?(?:openings?|vacanc(?:y|ies)|positions?|posts|roles available|headcount|hires|"
        r"anzahl(?: der stellen)?|stellen|"
        r"nombre de postes|postes a pourvoir|numero de (?:vacantes|plazas|puestos)|vacantes|"
        r"plazas)[^\S\n]*[:=\t–-][^\S\n]*(?P<count>\d{1,3})\b"
    ),
    re.compile(
        rf"\b{_COUNT} (?:\w+ )?(?:openings?|vacanc(?:y|ies)|open positions?|positions?(?! (?:above|below))|"
        rf"places available|(?:offene )?stellen|postes|vacantes|plazas|puestos)\b"
    ),
    re.compile(
        rf"\b(?:looking for|hiring|recruiting|recruit|appoint|seeking|seeks|needs?|requires?|suchen(?: wir)?|"
        rf"recherchons|recrutons|buscamos|"
        rf"contratamos) {_COUNT} (?!years?|jahre|ans|anos|of\b|days)[a-z]"
    ),
    re.compile(r"\((?P<count>\d{1,2})\s?x\)|\bx\s?(?P<count2>\d{1,2})\b|^(?P<count3>\d{1,2})\s?x\s[a-z]"),
)  # fmt: skip
_ONE = re.compile(
    r"\b(?<!you )(?<!you'll )(?:looking (?:for|to (?:hire|recruit|appoint|add))|hiring|seeking|seeks|recruiting|needs?|"
    r"requires?|"
    r"suchen(?: wir)?|recherchons|recrutons|buscamos|sucht|recherche|busca) (?P<one>an?|eine[n]?|une?|una?|another)\b "
    r"(?!few|couple|team|number|group|minimum|range|pool|degree|valid|full (?!time)|current|good|strong|clean|bachelor|"
    r"master)"
    r"|\bsuchen (?P<you>sie|dich) als\b"
)


def employment_type_of(text: str, plain: str) -> Found[EmploymentType] | None:
    """Full time where the text says so or names its hours; part time or freelance where it says only that."""
    kinds = (
        (_FULL_TIME, EmploymentType.FULL_TIME),
        (_FREELANCE, EmploymentType.FREELANCE),
        (_PART_TIME, EmploymentType.PART_TIME),
    )
    for pattern, kind in kinds:
        for match in pattern.finditer(plain):
            if not _NOT_OFFERED.search(plain, max(0, match.start() - 12), match.start()):
                return found(text, match.start(), match.end(), kind, Confidence.STATED)
    return None


def work_mode_of(text: str, plain: str, placed: Sequence[Placed]) -> Found[WorkMode] | None:
    """On-site, hybrid or remote, as the conditions say before the benefits do; some days at home are hybrid."""
    said = [each for each in placed if each.part is not Part.PROCESS]
    for offers in (False, True):
        hits = _modes(text, plain, [each for each in said if (each.part is Part.OFFER) is offers])
        if WorkMode.HYBRID in hits:
            mode = WorkMode.HYBRID
        elif hits:
            mode = min(hits, key=lambda each: hits[each])
        else:
            continue
        return found(text, *hits[mode], mode, Confidence.READ if offers else Confidence.STATED)
    return None


def _modes(text: str, plain: str, placed: Sequence[Placed]) -> dict[WorkMode, tuple[int, int]]:
    """Where each mode is named first; a refusal of remote work names the place of work."""
    hits: dict[WorkMode, tuple[int, int]] = {}
    for each in placed:
        for start, end in sentences(text, each.line.start, each.line.end):
            refused = _NO_REMOTE.search(plain, start, end)
            if on_site := _ON_SITE.search(plain, start, end) or refused:
                hits.setdefault(WorkMode.ON_SITE, on_site.span())
            for mode, pattern in ((WorkMode.HYBRID, _HYBRID), (WorkMode.REMOTE, _REMOTE)):
                if not refused and (hit := pattern.search(plain, start, end)):
                    hits.setdefault(mode, hit.span())
    return hits


def authorisation_of(text: str, plain: str, placed: Sequence[Placed]) -> Found[DraftAuthorisation] | None:
    """Where the hired person must be allowed to work, and whether a permit is sponsored."""
    asked: tuple[int, int] | None = None
    sponsored: tuple[tuple[int, int], bool] | None = None
    country: str | None = None
    for each in placed:
        for start, end in sentences(text, each.line.start, each.line.end):
            if permit := PERMIT.search(plain, start, end):
                asked = asked or permit.span()
                country = country or country_in(text, plain, permit.start(), end)
            if refused := _NOT_SPONSORED.search(plain, start, end):
                sponsored = sponsored or (refused.span(), False)
            elif offered := _SPONSORED.search(plain, start, end):
                sponsored = sponsored or (offered.span(), True)
    if asked is None and sponsored is None:
        return None
    span = asked or (sponsored[0] if sponsored else (0, 0))
    value = DraftAuthorisation(country=country, sponsorship=sponsored[1] if sponsored else None)
    return found(text, *span, value, Confidence.STATED)


def start_date_of(text: str, plain: str, placed: Sequence[Placed], country: str | None) -> Found[date] | None:
    """The day on which the work begins; the first one where only the month is named. "As soon as possible" is none.

    `country` is that of the work: in the United States the month is written before the day.
    """
    for each in placed:
        for start, end in sentences(text, each.line.start, each.line.end):
            if not _STARTS.search(plain, start, end):
                continue
            for pattern in _DATES:
                for match in pattern.finditer(plain, start, end):
                    comma = plain.rfind(",", start, match.start())
                    low = comma if comma > 0 and _STARTS.search(plain, comma, match.start()) else start
                    if _DEADLINE.search(plain, max(low, match.start() - _REACH), match.start()):
                        continue
                    day = _day(match, month_first=country == "US" and "/" in match[0])
                    if day is not None:
                        return found(text, *match.span(), day, Confidence.STATED)
    return None


def openings_of(text: str, plain: str, placed: Sequence[Placed]) -> Found[int] | None:
    """How many are hired; one where the text looks for "a" colleague."""
    asked = [each for each in placed if each.part not in (Part.OFFER, Part.PROCESS)]
    for pattern in _OPENINGS:
        for each in asked:
            if match := pattern.search(plain, each.line.start, each.line.end):
                name = next(filter(None, match.groups()))
                count = NUMBERS.get(name) or int(name)
                if 1 <= count <= 1000:
                    return found(text, *match.span(), count, Confidence.STATED)
    for each in asked:
        if each.part in (Part.MUST_HAVE, Part.NICE_TO_HAVE):
            continue
        if match := _ONE.search(plain, each.line.start, each.line.end):
            return found(text, *match.span(), 1, Confidence.INFERRED)
    return None


def _day(match: re.Match[str], *, month_first: bool) -> date | None:
    parts = match.groupdict()
    month = _MONTHS[parts["name"]] if parts.get("name") else int(parts["month"])
    day, year = int(parts.get("day") or 1), int(parts["year"])
    if month > 12 or (month_first and day <= 12):
        day, month = month, day
    try:
        return date(year + 2000 * (year < 100), month, day)
    except ValueError:
        return None
