"""Where the work is done: "Location: Vienna, Austria", "Standort München", "our office in Lyon"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hiring.jobs.advertisement.gazetteer import behind, is_region, names
from hiring.jobs.advertisement.headings import Part
from hiring.jobs.advertisement.model import Confidence, Found
from hiring.jobs.advertisement.sections import Placed
from hiring.jobs.advertisement.text import found, one_line
from hiring.resumes.titles import title_score
from hiring.shared.values import Place

_LABEL = re.compile(
    r"(?:(?:job |work |office |primary )?(?:location|based|place of work|office|site|base)s?(?: of (?:work|job))?|city|"
    r"town|workplace|work(?:ing)? (?:place|city)|facility|campus|duty station|standorte?|arbeitsort|"
    r"einsatzort|ort|dienstort|lieu(?: de travail)?|localisation|ubicacion|lugar(?: de trabajo)?|localidad|"
    r"centro de trabajo|where)[^\S\n]*[:|\t–—-]\s*|location[^\S\n]+(?=\w)"
)
_BEFORE = re.compile(
    r"(?:\b(?:based|located|office|offices|hub|site|headquarters?|team|position|role|job|clinic|hospital|"
    r"plant|hotel|restaurant|branch|school|work|standort|buro|filiale|werk|zentrale|agence|siege|bureaux?|"
    r"oficinas?|sede|planta|poste|base)"
    r"(?:\s+(?:is|ist|est))?(?:\s+\w+)?\s+(?:in|at|near|a|en|bei|de)|\bin|\bfrom|\ben|\ba|\bab|\bnear|"
    r"\bpour notre \w+ (?:de|a))\s+(?:the |our |central |downtown |der |den |dem )?$"
)
_REMOTE_FROM = re.compile(r"\b(?:remote|anywhere|work from|telecommute|homeoffice|teletravail|teletrabajo)\b")
_OFFICE_BEHIND = re.compile(
    r"-based\b|\s+(?:based|office|offices|branch|site|headquarters|hub|studio|clinic|hospital|store|shop|plant|depot|"
    r"team|"
    r"school|showroom|warehouse|campus|factory|practice|hotel|restaurant)\b"
)
_TOWN = re.compile(
    r"[^\W\d_a-z][\w'’.-]{1,30}"
    r"(?:[ -](?:[^\W\d_a-z][\w'’.-]{0,30}|upon|on|of|the|le|la|les|sur|am|an|der|de|den|im|in)){0,3}"
)
_BEGINS = re.compile(r"(?:^|[|·•–—:(\t,/-]\s*|\b(?:in|at|near|around)\s+)$", re.IGNORECASE | re.MULTILINE)
_NO_TOWN = re.compile(
    r"\b(?:remote|hybrid|anywhere|nationwide|various|based|office|home|field|our|the company|full|part|time|flexible|"
    r"ltd|limited|inc|gmbh|llc|plc|llp|group|pty|pvt|on-?site|homeoffice|europe|eu|emea|apac|worldwide)\b"
)
_CURRENCIES = (
    ("GB", re.compile(r"£|\bgbp\b")),
    ("IN", re.compile(r"₹|\blpa\b|\blakhs?\b|\binr\b")),
    ("CH", re.compile(r"\bchf\b")),
    ("PL", re.compile(r"\bpln\b|\bzł")),
    ("ZA", re.compile(r"\bzar\b|(?<!\w)r\d\d[ ,]\d{3}\b")),
    ("SG", re.compile(r"\bsgd\b|\bsg?\$")),
    ("NZ", re.compile(r"\bnzd\b|\bnz\$")),
    ("AU", re.compile(r"\baud\b|\bau?\$")),
)
"""Currencies that are paid in one country, which tells where a town is that no list knows."""


def places_of(text: str, plain: str, placed: Sequence[Placed]) -> tuple[Found[Place], ...]:
    """The places of work in the order of the text, each once: from a label, else from the head, else from sentences."""
    for candidates in (
        _labelled(text, plain, placed),
        _head(text, plain, placed),
        _sentences(text, plain, placed),
        _sentences(text, plain, placed, of_company=True),
    ):
        made: dict[Place, Found[Place]] = {}
        for place in candidates:
            made.setdefault(place.value, place)
        if made:
            cities = {place.country for place in made if place.city}
            return tuple(each for place, each in made.items() if place.city or place.country not in cities)
    return ()


def place_begins(text: str, plain: str, at: int, end: int) -> bool:
    """Whether the words at `at` are those of a place."""
    return any(place.start == at for place in _named(text, plain, at, min(end, at + 60), Confidence.READ, capital=True))


def country_in(text: str, plain: str, start: int, end: int) -> str | None:
    """The first country that is named in `text[start:end]`, itself or by a city."""
    for place in _named(text, plain, start, end, Confidence.READ):
        return place.value.country
    return None


def _labelled(text: str, plain: str, placed: Sequence[Placed]) -> Iterator[Found[Place]]:
    takes = False
    for each in placed:
        label = _LABEL.search(plain, each.line.start, min(each.line.start + 60, each.line.end))
        if label and (
            label.start() == each.line.start or plain[label.start() - 2 : label.start()].strip() in ("|", "·", ",", "")
        ):
            stop = _end_of_field(plain, label.end(), each.line.end)
            named = list(_named(text, plain, label.end(), stop, Confidence.STATED, capital=True))
            yield from named if any(each.value.city for each in named) else _town(text, plain, label.end(), stop, named)
        elif takes:
            yield from _named(text, plain, each.line.start, each.line.end, Confidence.STATED, capital=True)
        takes = each.heading and _LABEL.match(plain[each.line.start : each.line.end].rstrip(": ") + ": ") is not None


def _town(text: str, plain: str, start: int, end: int, countries: Sequence[Found[Place]]) -> Iterator[Found[Place]]:
    """A town that no list knows, where a label names it alone ("Location: Hull"); its country is said elsewhere."""
    town = _TOWN.match(text, start, end)
    if countries or town is None or _NO_TOWN.search(plain, start, end) or title_score(town[0]) != 0:
        yield from countries
        return
    country = country_in(text, plain, 0, len(text)) or next(
        (code for code, pattern in _CURRENCIES if pattern.search(plain)), None
    )
    if country is not None:
        value = Place(country=country, city=_written(text, *town.span(), None))
        yield found(text, *town.span(), value, Confidence.INFERRED)


def _end_of_field(plain: str, start: int, end: int) -> int:
    bar = re.compile(r"\s[|·•]\s|\s{3,}").search(plain, start, end)
    return bar.start() if bar else end


def _head(text: str, plain: str, placed: Sequence[Placed]) -> Iterator[Found[Place]]:
    """Places in the first lines, where title, company and place stand beside each other."""
    for each in placed[:5]:
        if (
            each.part is Part.OPENING
            and each.line.end - each.line.start <= 120
            and not plain[: each.line.end].endswith(".")
        ):
            yield from _named(text, plain, each.line.start, each.line.end, Confidence.READ)


def _sentences(text: str, plain: str, placed: Sequence[Placed], *, of_company: bool = False) -> Iterator[Found[Place]]:
    """Places that a sentence says the work to be in; what the employer says of itself is looked at by itself."""
    for each in placed:
        if each.part in (Part.OFFER, Part.PROCESS) or (each.part is Part.COMPANY) is not of_company:
            continue
        for place in _named(text, plain, each.line.start, each.line.end, Confidence.INFERRED):
            if place.value.city is None:
                told = _REMOTE_FROM.search(plain, each.line.start, each.line.end) is not None
            else:
                beside = place.end - place.start > len(place.value.city)
                before = _BEFORE.search(plain, max(0, place.start - 40), place.start) is not None
                told = beside or before or _OFFICE_BEHIND.match(plain, place.end) is not None
            if told:
                yield place


def _named(
    text: str, plain: str, start: int, end: int, confidence: Confidence, *, capital: bool = False
) -> Iterator[Found[Place]]:
    """The places named in `text[start:end]`; a town takes in the region and the country that follow it."""
    at = start
    for begin, end_of_name, country, city, word in _candidates(text, plain, start, end):
        own = plain[begin:end_of_name]
        if begin < at or not text[begin].isupper() or (own == "us" and text[begin:end_of_name] != "US"):
            continue
        around = behind(text, plain, end_of_name, end) if city is not None else None
        told = capital or around or own == "us" or _BEFORE.search(plain, max(start, begin - 40), begin)
        if word and not told:
            continue
        at = around.end if around else end_of_name
        # "Birmingham, AL" is in the country of its region, "Perth, WA" in that of Perth.
        of = country if around is None or country in around.countries else around.countries[0]
        if of is not None:
            name = _written(text, begin, end_of_name, city) if city else None
            yield found(text, begin, at, Place(country=of, city=name), confidence)


def _candidates(text: str, plain: str, start: int, end: int) -> Iterator[tuple[int, int, str | None, str | None, bool]]:
    """Known places, and what is written as a town before a region or a country, in order."""
    known = {name.start: name for name in names(plain, start, end)}
    towns = {}
    for match in _TOWN.finditer(text, start, end):
        if match.start() in known or not _BEGINS.search(plain, max(start, match.start() - 12), match.start()):
            continue
        town = plain[match.start() : match.end()]
        if _NO_TOWN.search(town) or title_score(town) > 0 or is_region(town):
            continue
        if "," in text[match.end() : match.end() + 2] and behind(text, plain, match.end(), end):
            towns[match.start()] = match
    for begin in sorted(known.keys() | towns.keys()):
        if begin in known:
            name = known[begin]
            yield name.start, name.end, name.country, name.city, name.word
        else:
            yield *towns[begin].span(), None, towns[begin][0], False


def _written(text: str, start: int, end: int, city: str | None) -> str:
    """A town as the text writes it; in capitals as the list does, or with one capital a word."""
    name = one_line(text[start:end])
    if not name.isupper() or len(name) < 3:
        return name
    return city if city and not city.isupper() else name.title()
