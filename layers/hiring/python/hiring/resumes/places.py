"""Names of places: enough to tell a place from a title or a company."""

from __future__ import annotations

import re

from hiring.resumes.headings import fold
from hiring.resumes.titles import title_score

_COUNTRIES = """afghanistan albania algeria argentina armenia australia austria azerbaijan bahrain bangladesh belarus belgium bolivia
bosnia and herzegovina|brazil brasil bulgaria cambodia cameroon canada chile china colombia costa rica|croatia cuba cyprus
czech republic|czechia denmark deutschland dominican republic|ecuador egypt el salvador|england espana estonia ethiopia finland
france georgia germany ghana greece guatemala honduras hong kong|hungary iceland india indonesia iran iraq ireland israel
italia italy jamaica japan jordan kazakhstan kenya korea kuwait latvia lebanon lithuania luxembourg malaysia malta mexico
moldova mongolia morocco nepal netherlands nederland new zealand|nicaragua nigeria northern ireland|norway oman osterreich
pakistan panama paraguay peru philippines poland portugal puerto rico|qatar romania russia rwanda saudi arabia|scotland senegal
serbia schweiz singapore slovakia slovenia south africa|south korea|spain sri lanka|suisse sweden switzerland syria taiwan
tanzania thailand tunisia turkey turkiye uae uganda uk ukraine united arab emirates|united kingdom|united states|
united states of america|usa us uruguay uzbekistan venezuela vietnam wales yemen zambia zimbabwe the netherlands|
great britain|remote worldwide gb de fr es it nl ro pt at ch pl se no dk fi ie br mx ar co cl ng ke za jp cn kr sg hk au nz"""
_STATES = """alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana
iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada
new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio oklahoma oregon pennsylvania rhode island|
south carolina|south dakota|tennessee texas utah vermont virginia washington west virginia|wisconsin wyoming ontario quebec
british columbia|alberta manitoba saskatchewan nova scotia|bavaria bayern hessen sachsen catalonia cataluna karnataka
maharashtra tamil nadu|telangana gujarat kerala punjab haryana delhi uttar pradesh|west bengal|victoria queensland
new south wales|ile de france"""
_CITIES = """amsterdam ankara antwerp athens atlanta auckland austin baltimore bangalore bengaluru bangkok barcelona basel beijing
belfast belgrade berlin bern bilbao birmingham bogota bologna bordeaux boston bratislava brisbane bristol brussels bucharest
bucuresti budapest buenos aires|cairo calgary cambridge cape town|cardiff charlotte chennai chicago cleveland cluj napoca|cluj
cologne columbus copenhagen dallas delhi denver detroit dubai dublin dusseldorf edinburgh eindhoven essen florence frankfurt
geneva genoa ghent glasgow gothenburg graz guadalajara hamburg hanoi hanover helsinki ho chi minh city|hong kong|houston
hyderabad iasi istanbul jakarta jerusalem johannesburg karachi kansas city|koln krakow kuala lumpur|kyiv kiev lagos lahore
las vegas|leeds leipzig lille lima linz lisbon lisboa liverpool ljubljana london los angeles|lyon madrid malaga manchester
manila marseille medellin melbourne mexico city|miami milan milano milwaukee minneapolis montreal moscow mumbai munich munchen
nairobi nantes naples napoli nashville new delhi|new york|new york city|nice nuremberg oakland orlando oslo ottawa oxford palo alto|
paris perth philadelphia phoenix pittsburgh porto portland prague pune raleigh riga rio de janeiro|riyadh rome roma rotterdam
sacramento salt lake city|salzburg san antonio|san diego|san francisco|san jose|santiago sao paulo|seattle seoul seville shanghai
shenzhen singapore sofia st louis|stockholm strasbourg stuttgart sydney taipei tallinn tampa tel aviv|the hague|timisoara tokyo
toronto toulouse turin utrecht valencia vancouver venice vienna vilnius warsaw washington wien wroclaw zagreb zaragoza zurich
brooklyn manhattan mountain view|sunnyvale cupertino redmond menlo park|santa clara|boulder noida gurgaon kolkata sheffield
nottingham newcastle leicester southampton accra ibadan abuja kampala addis ababa|casablanca tunis doha kuwait city|manama
muscat amman beirut buenos aires|montevideo quito caracas cali porto alegre|belo horizonte|brasilia curitiba recife
monterrey tijuana san juan|havana kingston cincinnati indianapolis jacksonville memphis louisville oklahoma city|tucson
albuquerque omaha tulsa honolulu anchorage spokane boise des moines|madison buffalo rochester syracuse albany hartford
providence richmond norfolk durham greensboro charleston savannah birmingham mobile new orleans|baton rouge|el paso|fort worth|
arlington plano irvine long beach|fresno san mateo|bellevue tacoma eugene winnipeg edmonton quebec city|halifax"""
_STATE_CODES = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD"
    " TN TX UT VT VA WA WV WI WY DC ON QC BC AB MB SK NS UK US USA GB DE FR ES IT NL RO PT AT CH BE PL SE NO DK FI IE IN BR MX"
    " AR CO CL NG KE ZA JP CN KR SG HK AU NZ CA NSW VIC QLD UAE CO NI TR IL AE EG PK BD VN TH MY PH ID UA CZ HU GR".split()
)


def _names(text: str) -> frozenset[str]:
    """Names of several words end with a bar; the others stand alone."""
    found: set[str] = set()
    for line in re.split(r"\n", text):
        words = line
        while "|" in words:
            head, _, words = words.partition("|")
            tokens = head.split()
            for count in range(1, min(5, len(tokens)) + 1):
                found.add(" ".join(tokens[-count:]))
            found.update(tokens[:-1])
        found.update(words.split())
    return frozenset(name for name in found if len(name) > 1)


_COUNTRY_NAMES = _names(_COUNTRIES)
_REGION_NAMES = _names(_STATES)
_CITY_NAMES = _names(_CITIES)
_WORD = re.compile(r"^[^\W\d_][\w.'’\-]*(?:[ \-][\w.'’\-]+){0,4}$")
_REMOTE = re.compile(
    r"^(?:fully |100% )?(?:remote|hybrid|on-?site|telecommute|home office)(?:\s*[(,/-].*)?$", re.IGNORECASE
)


def is_place(text: str) -> bool:
    """Whether `text` as a whole names a place: "Leeds", "Austin, TX", "Seoul, South Korea", "Remote"."""
    text = text.strip().strip("()").strip(" ,")
    if not 2 < len(text) <= 60 or any(letter.isdigit() for letter in re.sub(r"\b\d{4,6}(?:-\d{4})?\b", "", text)):
        return False
    if _REMOTE.match(text):
        return True
    parts = [re.sub(r"\b\d{4,6}(?:-\d{4})?\b", "", part).strip() for part in re.split(r",|\s[-–/]\s", text)]
    parts = [part for part in parts if part]
    if not parts or len(parts) > 4 or not all(_WORD.match(part) for part in parts):
        return False
    if len(parts) == 1:
        name = fold(parts[0])
        first, _, last = parts[0].rpartition(" ")
        return (
            name in _CITY_NAMES
            or (name in _COUNTRY_NAMES and len(name) > 2)
            or (name in _REGION_NAMES and len(name) > 2)
            or (bool(first) and last in _STATE_CODES and last.isupper() and fold(first) in _CITY_NAMES)
        )
    if title_score(parts[0]) != 0:
        return False
    last = parts[-1].strip(".")
    tail = fold(last)
    if last in _STATE_CODES or last.replace(".", "") in _STATE_CODES:
        return True
    if tail in _COUNTRY_NAMES or tail in _REGION_NAMES:
        return len(tail) > 2
    return fold(parts[0]) in _CITY_NAMES and len(parts) == 2 and len(parts[1]) < 25
