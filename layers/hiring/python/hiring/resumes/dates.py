"""Periods as resumes write them: "Jan 2020 – Present", "03/2018 - 06/2019", "2015–17", in eight languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTH_NAMES = {
    1: "january jan januar janner janvier janv enero ene ianuarie ian januari gennaio gen janeiro",
    2: "february feb februar fevrier fevr fev febrero februarie febr februari febbraio fevereiro",
    3: "march mar marz mrz mars marzo martie mart maart mrt marco",
    4: "april apr avril avr abril abr aprilie aprile",
    5: "may mai mayo mei maggio mag maio",
    6: "june jun juni juin junio iunie iun giugno giu junho",
    7: "july jul juli juillet juil julio iulie iul luglio lug julho",
    8: "august aug aout agosto ago augustus",
    9: "september sep sept septembre septiembre septembrie settembre set setembro",
    10: "october oct oktober okt octobre octubre octombrie ottobre ott outubro out",
    11: "november nov novembre noviembre noiembrie noi novembro",
    12: "december dec dezember dez decembre diciembre dic decembrie dicembre dezembro",
}
_MONTHS = {name: number for number, names in _MONTH_NAMES.items() for name in names.split()}
_ACCENTED = ["jänner", "märz", "février", "févr", "fév", "août", "décembre", "déc", "março"]
_FOLDED = {"jänner": 1, "märz": 3, "février": 2, "févr": 2, "fév": 2, "août": 8, "décembre": 12, "déc": 12, "março": 3}
_SEASONS = {
    "spring": 3,
    "summer": 6,
    "fall": 9,
    "autumn": 9,
    "winter": 1,
    "printemps": 3,
    "frühling": 3,
    "sommer": 6,
    "herbst": 9,
    "verano": 6,
    "otoño": 9,
    "primavera": 3,
    "estate": 6,
    "autunno": 9,
    "vara": 6,
    "toamna": 9,
}
_MONTH = "|".join(sorted([*_MONTHS, *_ACCENTED, *_SEASONS], key=len, reverse=True))
_NOW = (
    r"present|current|currently|now|today|ongoing|to date|till date|heute|aktuell|jetzt|laufend|aujourd['’]hui|présent|"
    r"actuel|actuellement|en cours|ce jour|actualidad|actual|presente|hoy|la fecha|prezent|în prezent|"
    r"in prezent|heden|nu|"
    r"oggi|attuale|in corso|atualmente|atual|até o momento"
)
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_DAY = r"(?:[0-3]?\d(?:st|nd|rd|th)?[.\s]\s?(?:de\s)?)?"
_POINT = (
    rf"(?:{_DAY}(?P<name{{n}}>(?:{_MONTH}))\b\.?,?(?:\s[0-3]?\d(?:st|nd|rd|th)?,)?(?:\s(?:de|del|of|"
    rf"di)\b)?[\s/\-’',]{{{{0,3}}}}(?P<nyear{{n}}>{_YEAR}|(?<=['’])\d\d)"
    rf"|(?P<iyear{{n}}>{_YEAR})[-/.](?P<imonth{{n}}>1[0-2]|0?[1-9])(?:[-/.](?:3[01]|[12]\d|0?[1-9]))?(?!\d)"
    rf"|(?:[0-3]?\d[./])?(?P<smonth{{n}}>1[0-2]|0?[1-9])\s?[./-]\s?(?P<syear{{n}}>{_YEAR})"
    rf"|(?P<year{{n}}>{_YEAR})(?!\d))"
)


def _point(number: int) -> str:
    return _POINT.replace("{{n}}", str(number)).replace("{n}", str(number)).replace("{{", "{").replace("}}", "}")


_SEPARATOR = (
    r"\s*(?:[-‐‑‒–—―−~→>]+|\bto\b|\btill\b|\buntil\b|\bthrough\b|\bbis\b|\bà\b|\bau\b|\ba\b|\bal\b|\bhasta\b|"
    r"\bpână(?: în)?\b|\bpana\b|\btot\b|\bt/m\b|\baté\b|\bjusqu['’]à\b)\s*"
)
_RANGE = re.compile(
    rf"(?<![\w/.$€£-])(?:{_point(1)}|"
    rf"(?P<bare1>{_MONTH})\b\.?)(?P<separator>{_SEPARATOR})(?:(?P<now>(?:the\s)?(?:{_NOW}))\b|{_point(2)}|"
    rf"(?P<short2>\d\d)(?!\d))(?![\w])",
    re.IGNORECASE,
)
_OPEN = re.compile(rf"(?<![\w/.$€£-]){_point(1)}\s*[-–—]\s*(?=$|\t|\)|\|)", re.IGNORECASE)
_SINCE = re.compile(
    rf"\b(?:since|from|seit|depuis|desde|din|sinds|dal)\s{_point(1)}(?=\s*(?:$|[\t)|,;]))", re.IGNORECASE
)
_SINGLE = re.compile(rf"(?<![\w/.$€£,-]){_point(1)}(?![\w%+-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end` (YYYY-MM or YYYY), `text[begin:finish]`; `current` where it has not ended."""

    begin: int
    finish: int
    start: str | None
    end: str | None
    current: bool = False
    single: bool = False
    """Whether only one date stands there."""


def _value(match: re.Match[str], number: int) -> str | None:
    group = match.groupdict()
    name = group.get(f"name{number}")
    if name:
        word = name.lower()
        month = _MONTHS.get(word) or _FOLDED.get(word) or _SEASONS.get(word) or 1
        year = group[f"nyear{number}"]
        return f"{year if len(year) == 4 else '20' + year}-{month:02d}"
    if group.get(f"iyear{number}"):
        return f"{group[f'iyear{number}']}-{int(group[f'imonth{number}']):02d}"
    if group.get(f"syear{number}"):
        return f"{group[f'syear{number}']}-{int(group[f'smonth{number}']):02d}"
    return group.get(f"year{number}")


def _range(match: re.Match[str]) -> Period | None:
    start, end = _value(match, 1), _value(match, 2)
    current = match["now"] is not None
    if match["bare1"] is not None:
        if end is None or len(end) != 7:
            return None
        word = match["bare1"].lower()
        start = f"{end[:4]}-{_MONTHS.get(word) or _FOLDED.get(word) or _SEASONS.get(word) or 1:02d}"
    if match["short2"] is not None and start is not None:
        end = start[:2] + match["short2"]
        if len(start) != 4 or end < start:
            return None
    if start and end and start[: min(len(start), len(end))] > end[: min(len(start), len(end))]:
        return None
    return Period(match.start(), match.end(), start, end, current)


def periods(text: str) -> list[Period]:
    """All periods of a line, in order; single dates only where no range is found."""
    found = [period for match in _RANGE.finditer(text) if (period := _range(match))]
    for pattern in (_OPEN, _SINCE):
        for match in pattern.finditer(text):
            if not any(each.begin < match.end() and match.start() < each.finish for each in found):
                found.append(Period(match.start(), match.end(), _value(match, 1), None, current=True))
    if found:
        return sorted(found, key=lambda each: each.begin)
    return [
        Period(match.start(), match.end(), value, value, single=True)
        for match in _SINGLE.finditer(text)
        if (value := _value(match, 1))
    ]
