"""Where the work is done: "Location: Vienna, Austria", "Standort München", "our office in Lyon"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from hiring.jobs.advertisement.model import Confidence, Found
from hiring.jobs.advertisement.sections import Part, Placed
from hiring.jobs.advertisement.text import folded, found
from hiring.shared.countries import COUNTRIES
from hiring.shared.values import Place

_CITIES = """
AE Abu Dhabi, Dubai
AR Buenos Aires, Córdoba
AT Vienna, Wien, Graz, Linz, Salzburg, Innsbruck, Klagenfurt, Wels, Villach, St. Pölten, Dornbirn, Bregenz
AU Sydney, Melbourne, Brisbane, Perth, Adelaide, Canberra
BE Brussels, Bruxelles, Antwerp, Ghent, Liège, Bruges, Namur, Leuven
BG Sofia, Plovdiv, Varna
BR São Paulo, Rio de Janeiro, Brasília, Belo Horizonte, Porto Alegre, Curitiba
CA Toronto, Montreal, Montréal, Vancouver, Ottawa, Calgary, Edmonton, Québec, Winnipeg, Halifax
CH Zurich, Zürich, Geneva, Genève, Basel, Bern, Lausanne, Winterthur, Lucerne, Luzern, St. Gallen, Zug, Lugano
CL Santiago
CO Bogotá, Medellín, Cali
CZ Prague, Praha, Brno, Ostrava, Plzeň
DE Berlin, Hamburg, Munich, München, Cologne, Köln, Frankfurt am Main, Frankfurt, Stuttgart, Düsseldorf, Leipzig
DE Dortmund, Essen, Bremen, Dresden, Hanover, Hannover, Nuremberg, Nürnberg, Duisburg, Bochum, Wuppertal
DE Bielefeld, Bonn, Münster, Mannheim, Karlsruhe, Augsburg, Wiesbaden, Aachen, Braunschweig, Kiel, Chemnitz
DE Magdeburg, Freiburg, Lübeck, Erfurt, Rostock, Mainz, Kassel, Saarbrücken, Potsdam, Heidelberg, Darmstadt
DE Regensburg, Würzburg, Ingolstadt, Ulm, Jena, Göttingen, Heilbronn, Oldenburg, Osnabrück
DK Copenhagen, København, Aarhus, Odense, Aalborg
EE Tallinn, Tartu
ES Madrid, Barcelona, Valencia, Seville, Sevilla, Zaragoza, Málaga, Murcia, Palma, Bilbao, Alicante, Granada
ES Vigo, Gijón, A Coruña, San Sebastián
FI Helsinki, Espoo, Tampere, Turku, Oulu
FR Paris, Lyon, Marseille, Toulouse, Nice, Nantes, Montpellier, Strasbourg, Bordeaux, Lille, Rennes, Reims
FR Grenoble, Dijon, Angers, Nîmes, Clermont-Ferrand, Le Havre, Tours, Limoges, Metz, Nancy, Rouen, Annecy, Brest
GB London, Manchester, Birmingham, Leeds, Glasgow, Edinburgh, Liverpool, Bristol, Sheffield, Cardiff, Belfast
GB Newcastle, Nottingham, Leicester, Southampton, Oxford, Cambridge, Brighton, Aberdeen, Reading, York, Exeter
GB Bath, Coventry, Milton Keynes, Swansea, Dundee, Norwich, Plymouth
GR Athens, Thessaloniki
HR Zagreb, Split
HU Budapest, Debrecen, Szeged
IE Dublin, Cork, Galway, Limerick
IL Tel Aviv, Jerusalem, Haifa
IN Bangalore, Bengaluru, Mumbai, Delhi, New Delhi, Hyderabad, Chennai, Pune, Kolkata, Noida, Gurgaon
IT Rome, Roma, Milan, Milano, Turin, Torino, Naples, Bologna, Florence, Firenze, Genoa, Venice, Verona, Padua, Trieste
JP Tokyo, Osaka, Kyoto
LT Vilnius, Kaunas
LU Luxembourg City
LV Riga
MX Mexico City, Ciudad de México, Guadalajara, Monterrey
NL Amsterdam, Rotterdam, The Hague, Utrecht, Eindhoven, Groningen, Delft, Leiden, Nijmegen, Haarlem, Arnhem
NL Maastricht
NO Oslo, Bergen, Trondheim, Stavanger
NZ Auckland, Wellington, Christchurch
PL Warsaw, Warszawa, Kraków, Krakow, Wrocław, Wroclaw, Poznań, Gdańsk, Łódź, Katowice
PT Lisbon, Lisboa, Porto, Braga, Coimbra, Faro
RO Bucharest, București, Cluj-Napoca, Timișoara, Iași, Brașov, Sibiu
RS Belgrade, Novi Sad
SE Stockholm, Gothenburg, Göteborg, Malmö, Uppsala, Lund
SG Singapore
SI Ljubljana, Maribor
SK Bratislava, Košice
TR Istanbul, Ankara, Izmir
UA Kyiv, Lviv
US New York, New York City, San Francisco, Los Angeles, Chicago, Boston, Seattle, Austin, Denver, Atlanta, Miami
US Dallas, Houston, Philadelphia, Phoenix, San Diego, San Jose, Portland, Washington, Minneapolis, Detroit
US Pittsburgh, Salt Lake City, Nashville, Charlotte, Raleigh, Columbus, Cleveland, Cincinnati, Indianapolis
US Kansas City, St. Louis, Milwaukee, Las Vegas, Sacramento, Orlando, Tampa, Baltimore, Boulder, Omaha, Tucson
ZA Cape Town, Johannesburg, Durban
"""
_NAMES = """
AT Österreich; AT Autriche; AT Oostenrijk; BE Belgien; BE Belgique; BE Bélgica; CH Schweiz; CH Suisse;
CH Suiza; CZ Czech Republic; CZ Tschechien; DE Deutschland; DE Allemagne; DE Alemania;
DK Dänemark; ES España; ES Spanien; ES Espagne; FR Frankreich; FR Francia; GB UK; GB U.K.; GB United Kingdom;
GB Great Britain; GB England; GB Scotland; GB Wales; GB Northern Ireland;
GB Großbritannien; GB Royaume-Uni; IE Irland; IE Irlande; IT Italien; IT Italie; IT Italia; LU Luxemburg;
NL Niederlande; NL the Netherlands; NL Holland; NL Pays-Bas; PL Polen; PL Pologne;
PT Portugal; SE Schweden; US USA; US U.S.; US U.S.A.; US United States; US United States of America; US US;
US États-Unis; AE UAE; MX México; BR Brasil;
"""
_NO_PLACES = frozenset("nice reading split bath tours essen cork jordan georgia chad us cali york brest".split())  # noqa: SIM905
"""Words that are places only where a capital and a label or a country beside say so."""
_LABEL = re.compile(
    r"(?:(?:job |work |office )?(?:location|based|place of work|office|site)s?|standorte?|arbeitsort|"
    r"einsatzort|ort|dienstort|lieu(?: de travail)?|localisation|ubicacion|lugar(?: de trabajo)?|localidad|"
    r"centro de trabajo|where)\s*[:|–—-]\s*"
)
_BEFORE = re.compile(
    r"(?:\b(?:based|located|office|offices|hub|site|headquarters?|team|position|role|job|clinic|hospital|"
    r"plant|hotel|restaurant|branch|school|work|standort|buro|filiale|werk|zentrale|agence|siege|bureaux?|"
    r"oficinas?|sede|planta|poste|base)"
    r"(?:\s+(?:is|ist|est))?(?:\s+\w+)?\s+(?:in|at|near|a|en|bei|de)|\bin|\bfrom|\ben|\ba|\bab|\bnear|"
    r"\bpour notre \w+ (?:de|a))\s+(?:the |our |central |downtown |der |den |dem )?$"
)
_REMOTE_FROM = re.compile(r"\b(?:remote|anywhere|work from|telecommute|homeoffice|teletravail|teletrabajo)\b")
_TOWN = re.compile(r"\s*([^\W\d_][^\d,;:|()\n]{1,30}?)\s*[,(]\s*")
_AFTER = re.compile(r"\s*(?:\(\s*)?,?\s*(?:[A-Z]{2},\s*)?(?:\(\s*)?")


@cache
def _gazetteer() -> tuple[dict[str, tuple[str, str | None]], re.Pattern[str]]:
    """Folded names of countries and cities with what they stand for, and the pattern that finds them."""
    known: dict[str, tuple[str, str | None]] = {folded(name): (code, None) for code, name in COUNTRIES.items()}
    for row in filter(str.strip, _NAMES.split(";")):
        code, _, name = row.strip().partition(" ")
        known[folded(name)] = (code, None)
    for row in _CITIES.strip().splitlines():
        code, _, names = row.partition(" ")
        for name in names.split(", "):
            known[folded(name)] = (code, name)
    found = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    return known, re.compile(rf"(?<![\w-])(?:{found})(?![\w-])")


def places_of(text: str, plain: str, placed: Sequence[Placed]) -> tuple[Found[Place], ...]:
    """The places of work in the order of the text, each once: from a label, else from the head, else from sentences."""
    for candidates in (_labelled(text, plain, placed), _head(text, plain, placed), _sentences(text, plain, placed)):
        made: dict[Place, Found[Place]] = {}
        for place in candidates:
            made.setdefault(place.value, place)
        if made:
            cities = {place.country for place in made if place.city}
            return tuple(each for place, each in made.items() if place.city or place.country not in cities)
    return ()


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
    """A town that no list knows, where a label names it with its country ("Location: Hull, United Kingdom")."""
    for country in countries:
        town = _TOWN.fullmatch(text, start, country.start)
        if town and not _REMOTE_FROM.search(plain, start, end):
            value = Place(country=country.value.country, city=town[1])
            yield found(text, town.start(1), country.end, value, Confidence.STATED)
            return
    yield from countries


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


def _sentences(text: str, plain: str, placed: Sequence[Placed]) -> Iterator[Found[Place]]:
    for each in placed:
        if each.part in (Part.OFFER, Part.PROCESS):
            continue
        for place in _named(text, plain, each.line.start, each.line.end, Confidence.INFERRED):
            if place.value.city is None:
                told = _REMOTE_FROM.search(plain, each.line.start, each.line.end) is not None
            else:
                beside = place.end - place.start > len(place.value.city)
                told = beside or _BEFORE.search(plain, max(0, place.start - 40), place.start) is not None
            if told:
                yield place


def _named(
    text: str, plain: str, start: int, end: int, confidence: Confidence, *, capital: bool = False
) -> Iterator[Found[Place]]:
    """The places named in `text[start:end]`; a city takes in the country that follows it."""
    known, pattern = _gazetteer()
    at = start
    while (match := pattern.search(plain, at, end)) is not None:
        at = match.end()
        code, city = known[match[0]]
        if not text[match.start()].isupper() or (match[0] in _NO_PLACES and not capital and match[0] != "us"):
            continue
        if match[0] == "us" and text[match.start() : match.end()] != "US":
            continue
        stop = match.end()
        if city is not None:
            between = _AFTER.match(text, stop, end)
            beside = pattern.match(plain, between.end() if between else stop, end)
            if beside and known[beside[0]][1] is None and text[beside.start()].isupper():
                code, stop, at = known[beside[0]][0], beside.end(), beside.end()
        value = Place(country=code, city=text[match.start() : match.end()] if city else None)
        yield found(text, match.start(), stop, value, confidence)
