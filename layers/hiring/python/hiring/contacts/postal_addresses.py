"""Postal addresses: a street with the number of a house, as several countries write it. A street alone is a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hiring.contacts.disguises import View
from hiring.contacts.spans import Found, SpanKind

_NUMBER = r"(?!(?:19|20)\d\d\b)\d{1,4}(?:\s?[a-zA-Z](?![\w'.]))?(?:\s?[-/]\s?\d{1,4}[a-z]?)*+(?![\w%]|[.,:]\d)"
_TOWN = r"(?:,?\s(?:[A-Z]{1,2}-)?\d{4,6}\s[A-Z][\w-]+)?"
_CAPITAL = r"[A-Z][\w'.-]{0,30}"
_JOINED = r"(?:de la|de los|de las|de l'|de|du|des|del|della|di|da|dos|do|d')"

_BEFORE_NUMBER = (
    # German, Dutch and Nordic: one word that ends as streets do, or "... Straße"
    rf"(?<![\w-])[\w-]{{0,40}}(?:(?i:strasse)|str\.|gasse)\s?{_NUMBER}{_TOWN}",
    rf"\b[A-Z][\w-]{{0,40}}-(?:Str\.|Gasse|Allee|Platz|Weg|Ring|Ufer|Damm)\s{_NUMBER}{_TOWN}",
    rf"\b{_CAPITAL}\s(?:Platz|Ring|Weg|Markt|Kai)\s{_NUMBER},\s\d{{4,5}}\s[A-Z][\w-]+",
    rf"\b[A-Z][\w-]{{0,40}}(?:allee|ufer|damm|chaussee|zeile|straat|gracht|laan|kade|gatan|vagen|gade|vej|gata|"
    rf"veien)\s?{_NUMBER}{_TOWN}",
    rf"\b[A-Z][\w-]{{0,40}}\s(?:Strasse|Str\.|Gasse|Allee|Chaussee|Ufer)\s?{_NUMBER}{_TOWN}",
    rf"\b(?!(?:Arbeits|Spiel|Park|Start|Sitz|Markt|Tabellen|Medaillen|Stell|Lern|Ausbildungs|Studien|Monitor|"
    rf"Trai|Engineer)\w*\s)"
    rf"[A-Z][a-z-]{{3,}}(?:platz|weg|ring|kai|steig|promenade|plein|dijk|singel|markt)\s{_NUMBER}{_TOWN}",
    rf"\b(?:Am|An der|Auf der|Unter den|Zum|Zur|Im|"
    rf"In der)\s{_CAPITAL}(?:\s{_CAPITAL})?\s{_NUMBER},?\s\d{{4,5}}\s[A-Z][\w-]+",
    # Spanish, Portuguese, Romanian, Polish, Hungarian
    rf"(?i:\b(?:calle|c/|avda\.?|av\.|avenida|paseo|carrer|ronda|travesia|rua|travessa|alameda|praceta)|"
    rf"\b(?-i:Plaza|Praca|Largo|Camino))"
    rf"\s?(?:{_JOINED}\s?)?(?:{_CAPITAL}\s?(?:{_JOINED}\s)?){{1,4}},?\s?(?:n[o.]{{0,2}}\s?)?{_NUMBER}(?:,\s\d{{4,5}}\s[A-Z][\w-]+)?",
    rf"\b(?:[Ss]tr\.?|[Ss]trada|[Bb]d\.?|[Bb]-?dul\.?|[Bb]ulevardul|[Cc]alea|[Aa]leea|[Ss]oseaua|[Ss]os\.|"
    rf"[Ss]plaiul|[Pp]iata|[Ii]ntrarea)\s"
    rf"(?:{_CAPITAL}\s?){{1,4}},?\s?(?:nr\.?\s?)?{_NUMBER}(?:,\s(?:bl|sc|et|ap)\.?\s?\w{{1,4}})*",
    rf"\b(?:[Uu]l\.|ulica|[Aa]l\.|aleja|pl\.)\s(?:{_CAPITAL}\s?){{1,3}}\s?{_NUMBER}",
    rf"\b{_CAPITAL}\s(?:utca|ut|ter|korut)\s{_NUMBER}",
    # Italian: "via" is also a word of English, so only as the name of a street with a town
    rf"\b(?:[Vv]ia|Viale|Corso|Piazza|Vicolo)\s(?:{_CAPITAL}\s?){{1,3}},?\s?{_NUMBER},?\s\d{{5}}\s[A-Z][\w-]+",
    rf"\b(?:Viale|Corso|Piazza|Vicolo)\s(?:{_CAPITAL}\s?){{1,3}},?\s?{_NUMBER}",
    # Russian and Ukrainian in Latin letters are too like words to be found
    r"\b[Pp]\.?\s?[Oo]\.?\s?[Bb]ox\s\d{1,6}",
    r"\bPostfach\s\d{1,6}",
)
_ENGLISH = (
    r"\b(?!(?:19|20)\d\d\s)\d{1,5}[a-zA-Z]?(?:\s?-\s?\d{1,4})?,?\s(?:(?:North|South|East|West|[NSEW]\.?)\s)?"
    r"(?:(?:[A-Z][\w'.]*|\d{1,3}(?:st|nd|rd|th))\s){1,3}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Terrace|Crescent|Gardens|Parkway|Pkwy|"
    r"Highway|Hwy|Close|Mews|Way|Square|Sq|Place|Pl|Quay|Row)\b\.?"
    r"(?=$|[,.;:)\n!?]|\s(?:apt|unit|flat|suite|floor|in|and|or|is|near|at|ste|by|on)\b|\s(?:#|\d|"
    r"(?!Engineer|Develop|Manage|Design|Team|Lead|Bank|Project|Test|Feature)[A-Z]))"
    r"(?:,?\s(?:Apt|Unit|Flat|Suite|Ste|Floor|#)\.?\s?[\dA-Z]{1,5})?(?:,\s[A-Z][\w ]{2,24})?"
    r"(?:,?\s(?:[A-Z]{2}\s\d{5}|[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2})\b)?"
)
_ENGLISH_LOWER = (
    r"\b(?!(?:19|20)\d\d\s)\d{1,4}[a-z]?\s[a-z]{3,20}\s(?:street|road|avenue|lane|st|rd|ave)\b"
    r"(?=$|[,.;:)\n!?]|\s(?:apt|flat|in|and|or|is|near)\b)"
)
_FRENCH = (
    rf"\b\d{{1,4}}(?:\s?(?:bis|ter|quater))?,?\s(?:rue|boulevard|bd\.?|impasse|quai|chemin|allee|avenue|av\.)\s"
    rf"(?:{_JOINED}\s?)?(?!est\b|et\b|ou\b|the\b|is\b|a\b)(?i:[\w'.-]{{2,30}})(?:\s(?:{_JOINED}\s?)?{_CAPITAL}){{0,4}}(?:,?\s\d{{5}}\s[A-Z][\w-]+)?"
)
_FRENCH_CAPITAL = (
    rf"\b\d{{1,4}}(?:\s?(?:bis|ter))?,?\s(?:place|cours|square|route|faubourg)\s"
    rf"(?:{_JOINED}\s?)?{_CAPITAL}(?:\s{_CAPITAL}){{0,3}}"
)
_PATTERNS = tuple(map(re.compile, (*_BEFORE_NUMBER, _ENGLISH, _ENGLISH_LOWER, _FRENCH, _FRENCH_CAPITAL)))


def find_postal_addresses(view: View) -> Iterator[Found]:
    """The postal addresses of a view."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(view.text):
            yield SpanKind.POSTAL_ADDRESS, match.start(), match.start() + len(match.group().rstrip())
