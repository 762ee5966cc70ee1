"""Names of places: cities, countries in several languages, and the regions that stand behind a town's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from hiring.jobs.advertisement.text import folded
from hiring.shared.countries import COUNTRIES

_CITIES = """
AE Abu Dhabi, Dubai
AR Buenos Aires, Córdoba
AT Vienna, Wien, Graz, Linz, Salzburg, Innsbruck, Klagenfurt, Wels, Villach, St. Pölten, Dornbirn, Bregenz
AU Sydney, Melbourne, Brisbane, Perth, Adelaide, Canberra, Hobart, Darwin, Geelong, Wollongong, Gold Coast, Townsville
AU Cairns, Toowoomba, Ballarat, Bendigo
BE Brussels, Bruxelles, Antwerp, Ghent, Liège, Bruges, Namur, Leuven, Mechelen, Hasselt, Charleroi
BG Sofia, Plovdiv, Varna
BR São Paulo, Rio de Janeiro, Brasília, Belo Horizonte, Porto Alegre, Curitiba
CA Toronto, Montreal, Montréal, Vancouver, Ottawa, Calgary, Edmonton, Québec, Winnipeg, Halifax, Mississauga, Brampton
CA Markham, Waterloo, Kitchener, Saskatoon, Regina, Laval, Burnaby, Kelowna, St. John's, Fredericton, Moncton
CH Zurich, Zürich, Geneva, Genève, Basel, Bern, Lausanne, Winterthur, Lucerne, Luzern, St. Gallen, Zug, Lugano
CH Schaffhausen, Chur, Thun, Neuchâtel, Fribourg, Sion, Biel
CL Santiago
CO Bogotá, Medellín, Cali
CY Nicosia, Limassol
CZ Prague, Praha, Brno, Ostrava, Plzeň
DE Berlin, Hamburg, Munich, München, Cologne, Köln, Frankfurt am Main, Frankfurt, Stuttgart, Düsseldorf, Leipzig
DE Dortmund, Essen, Bremen, Dresden, Hanover, Hannover, Nuremberg, Nürnberg, Duisburg, Bochum, Wuppertal, Bielefeld
DE Bonn, Münster, Mannheim, Karlsruhe, Augsburg, Wiesbaden, Aachen, Braunschweig, Kiel, Chemnitz, Magdeburg, Freiburg
DE Lübeck, Erfurt, Rostock, Mainz, Kassel, Saarbrücken, Potsdam, Heidelberg, Darmstadt, Regensburg, Würzburg
DE Ingolstadt, Ulm, Jena, Göttingen, Heilbronn, Oldenburg, Osnabrück, Krefeld, Leverkusen, Ludwigshafen, Paderborn
DE Wolfsburg, Offenbach, Fürth, Erlangen, Koblenz, Trier, Siegen, Cottbus, Reutlingen, Konstanz, Bayreuth, Bamberg
DE Passau, Kempten, Rosenheim, Friedrichshafen, Flensburg, Schwerin, Gera
DK Copenhagen, København, Aarhus, Odense, Aalborg
EE Tallinn, Tartu
EG Cairo, Alexandria
ES Madrid, Barcelona, Valencia, Seville, Sevilla, Zaragoza, Málaga, Murcia, Palma, Bilbao, Alicante, Granada, Vigo
ES Gijón, A Coruña, San Sebastián, Salamanca, Valladolid, Pamplona, Oviedo, Santander, Almería, Cádiz, Tarragona
ES Girona, Las Palmas, Vitoria
FI Helsinki, Espoo, Tampere, Turku, Oulu, Vantaa
FR Paris, Lyon, Marseille, Toulouse, Nice, Nantes, Montpellier, Strasbourg, Bordeaux, Lille, Rennes, Reims, Grenoble
FR Dijon, Angers, Nîmes, Clermont-Ferrand, Le Havre, Tours, Limoges, Metz, Nancy, Rouen, Annecy, Brest
FR Aix-en-Provence, Toulon, Saint-Étienne, Mulhouse, Caen, Orléans, Amiens, Perpignan, Besançon, Poitiers, Pau
FR La Rochelle, Avignon, Cannes, Valence, Colmar, Sophia Antipolis
GB London, Manchester, Birmingham, Leeds, Glasgow, Edinburgh, Liverpool, Bristol, Sheffield, Cardiff, Belfast
GB Newcastle, Nottingham, Leicester, Southampton, Oxford, Cambridge, Brighton, Aberdeen, Reading, York, Exeter, Bath
GB Coventry, Milton Keynes, Swansea, Dundee, Norwich, Plymouth, Derby, Stoke-on-Trent, Wolverhampton, Bradford, Hull
GB Portsmouth, Luton, Preston, Sunderland, Bolton, Blackpool, Peterborough, Ipswich, Gloucester, Cheltenham, Swindon
GB Bournemouth, Poole, Middlesbrough, Warrington, Slough, Guildford, Huddersfield, Doncaster, Rotherham, Lincoln
GB Worcester, Chester, Lancaster, Durham, Carlisle, Canterbury, Maidstone, Inverness, Stirling, Newport, Wrexham
GB Londonderry, Derry, Lisburn, Telford, Watford, Basingstoke, Northampton, Bedford, Stevenage, Chelmsford, Colchester
GB Southend, Crawley, Winchester, Salisbury, Hereford, Stockport
GR Athens, Thessaloniki
HK Hong Kong
HR Zagreb, Split
HU Budapest, Debrecen, Szeged
ID Jakarta
IE Dublin, Cork, Galway, Limerick, Waterford, Kilkenny, Sligo, Athlone, Dundalk, Drogheda, Letterkenny, Tralee
IE Wexford
IL Tel Aviv, Jerusalem, Haifa
IN Bangalore, Bengaluru, Mumbai, Delhi, New Delhi, Hyderabad, Chennai, Pune, Kolkata, Noida, Gurgaon, Ahmedabad
IN Jaipur, Kochi, Coimbatore, Indore, Chandigarh, Lucknow, Nagpur, Gurugram, Thiruvananthapuram, Vadodara
IN Visakhapatnam, Surat, Navi Mumbai, Mysuru, Mangaluru, Bhubaneswar
IT Rome, Roma, Milan, Milano, Turin, Torino, Naples, Bologna, Florence, Firenze, Genoa, Venice, Verona, Padua, Trieste
IT Bari, Catania, Palermo, Modena, Parma, Bergamo, Brescia, Trento, Bolzano
JP Tokyo, Osaka, Kyoto
KE Nairobi, Mombasa
LT Vilnius, Kaunas
LU Luxembourg City, Luxembourg Ville
LV Riga
MT Valletta
MX Mexico City, Ciudad de México, Guadalajara, Monterrey
MY Kuala Lumpur, Penang, Johor Bahru
NG Lagos, Abuja, Port Harcourt, Ibadan, Kano
NL Amsterdam, Rotterdam, The Hague, Utrecht, Eindhoven, Groningen, Delft, Leiden, Nijmegen, Haarlem, Arnhem
NL Maastricht, Tilburg, Breda, Den Bosch, 's-Hertogenbosch, Amersfoort, Zwolle, Enschede, Apeldoorn, Almere, Dordrecht
NL Den Haag, Hilversum, Veldhoven, Venlo, Deventer
NO Oslo, Bergen, Trondheim, Stavanger, Tromsø, Drammen, Kristiansand
NZ Auckland, Wellington, Christchurch, Dunedin, Tauranga, Napier, Nelson, Queenstown, Palmerston North, Rotorua
PH Manila, Makati, Cebu
PL Warsaw, Warszawa, Kraków, Krakow, Wrocław, Wroclaw, Poznań, Gdańsk, Łódź, Katowice, Gdynia, Lublin, Szczecin
PL Bydgoszcz, Rzeszów, Białystok, Toruń
PT Lisbon, Lisboa, Porto, Braga, Coimbra, Faro, Aveiro, Funchal
QA Doha
RO Bucharest, București, Cluj-Napoca, Timișoara, Iași, Brașov, Sibiu
RS Belgrade, Novi Sad
SA Riyadh, Jeddah
SE Stockholm, Gothenburg, Göteborg, Malmö, Uppsala, Lund, Västerås, Örebro, Linköping, Norrköping, Helsingborg
SE Jönköping, Umeå
SG Singapore
SI Ljubljana, Maribor
SK Bratislava, Košice
TH Bangkok
TR Istanbul, Ankara, Izmir
UA Kyiv, Lviv
US New York, New York City, San Francisco, Los Angeles, Chicago, Boston, Seattle, Austin, Denver, Atlanta, Miami
US Dallas, Houston, Philadelphia, Phoenix, San Diego, San Jose, Portland, Washington, Minneapolis, Detroit, Pittsburgh
US Salt Lake City, Nashville, Charlotte, Raleigh, Columbus, Cleveland, Cincinnati, Indianapolis, Kansas City
US St. Louis, Milwaukee, Las Vegas, Sacramento, Orlando, Tampa, Baltimore, Boulder, Omaha, Tucson, Albuquerque
US Anchorage, Ann Arbor, Arlington, Bellevue, Boise, Buffalo, Charleston, Chattanooga, Colorado Springs, Dayton
US Des Moines, El Paso, Fort Worth, Fresno, Grand Rapids, Greensboro, Hartford, Honolulu, Huntsville, Irvine
US Jacksonville, Knoxville, Lexington, Little Rock, Long Beach, Louisville, Madison, Memphis, Mountain View
US New Orleans, Oakland, Oklahoma City, Palo Alto, Providence, Reno, Richmond, Rochester, San Antonio, Santa Clara
US Santa Monica, Savannah, Spokane, Syracuse, Tallahassee, Tulsa, Virginia Beach, Wichita, Brooklyn, Manhattan, Plano
VN Hanoi, Ho Chi Minh City
ZA Cape Town, Johannesburg, Durban, Pretoria, Sandton, Centurion, Port Elizabeth, Gqeberha, Bloemfontein, Stellenbosch
ZA Midrand
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
_REGIONS = """
US Alabama AL; US Alaska AK; US Arizona AZ; US Arkansas AR; US California CA; US Colorado CO; US Connecticut CT;
US Delaware; US Florida FL; US Georgia GA; US Hawaii HI; US Idaho ID; US Illinois IL; US Indiana; US Iowa IA;
US Kansas KS; US Kentucky KY; US Louisiana LA; US Maine ME; US Maryland MD; US Massachusetts MA; US Michigan MI;
US Minnesota MN; US Mississippi MS; US Missouri MO; US Montana MT; US Nebraska NE; US Nevada NV; US New Hampshire NH;
US New Jersey NJ; US New Mexico NM; US New York NY; US North Carolina NC; US North Dakota ND; US Ohio OH;
US Oklahoma OK; US Oregon OR; US Pennsylvania PA; US Rhode Island RI; US South Carolina SC; US South Dakota SD;
US Tennessee TN; US Texas TX; US Utah UT; US Vermont VT; US Virginia VA; US Washington WA; US West Virginia WV;
US Wisconsin WI; US Wyoming WY; US DC DC; CA Ontario ON; CA Quebec QC; CA British Columbia BC; CA Alberta AB;
CA Manitoba MB; CA Saskatchewan SK; CA Nova Scotia NS; CA New Brunswick NB; CA Newfoundland; AU New South Wales NSW;
AU Victoria VIC; AU Queensland QLD; AU Tasmania TAS; AU South Australia SA; AU Western Australia WA; AU ACT ACT;
IN Maharashtra; IN Karnataka; IN Tamil Nadu; IN Gujarat; IN Haryana; IN Telangana; IN Kerala;
ZA Gauteng GP; ZA Western Cape WC; ZA KwaZulu-Natal KZN; GB Kent; GB Essex; GB Surrey; GB Somerset; GB Devon;
GB Cornwall; GB Yorkshire; GB West Yorkshire; GB South Yorkshire; GB North Yorkshire; GB Lancashire; GB Cheshire;
GB Norfolk; GB Suffolk; GB Hampshire; GB Berkshire; GB Oxfordshire; GB Cambridgeshire; GB Hertfordshire;
GB West Midlands; GB Staffordshire; GB Derbyshire; GB Nottinghamshire; GB Leicestershire; GB Gloucestershire;
GB Wiltshire; GB Dorset; GB Sussex; GB East Sussex; GB West Sussex; GB Buckinghamshire; GB Bedfordshire;
GB Northamptonshire; GB Warwickshire; GB Worcestershire; GB Shropshire; GB Cumbria; GB County Durham; GB Lincolnshire;
GB Aberdeenshire; GB Fife; IE Co. Cork; IE Co. Dublin; IE Co. Galway; IE Co. Kildare; IE Co. Meath; IE Co. Wicklow;
IE County Cork; IE County Dublin; IE County Galway; IE County Kildare; IE Kildare; IE Co. Limerick; IE County Limerick;
IE Co. Kerry; DE Bavaria; DE Bayern; DE Hessen; DE Sachsen; DE Baden-Württemberg; DE Niedersachsen; DE NRW;
NL Noord-Brabant; NL Gelderland; NL Noord-Holland; NL Zuid-Holland;
"""
_OTHER_CODES = "UK GB NL DE FR ES IT IE PL PT AT CH BE SE NO DK FI AU NZ SG ZA IN US CA"
_WORDS = frozenset(
    [
        "nice",
        "reading",
        "split",
        "bath",
        "tours",
        "essen",
        "cork",
        "jordan",
        "georgia",
        "chad",
        "us",
        "cali",
        "york",
        "brest",
        "slough",
        "derby",
        "providence",
        "buffalo",
        "valence",
        "pau",
        "preston",
        "nelson",
        "madison",
        "regina",
        "hull",
        "lincoln",
        "richmond",
        "lancaster",
        "chester",
        "napier",
        "trier",
        "victoria",
        "kent",
        "charlotte",
        "washington",
        "durham",
    ]
)
"""Names that are other words or people's names too: places only where what is beside them says so."""
_WORD = re.compile(r"(?<![\w-])\w+")
_CODE = re.compile(r"[A-Z]{2,3}(?![\w.])")
_BETWEEN = re.compile(r"[^\S\n]*[,(/][^\S\n]*|[^\S\n]+")
_NEVER_AFTER_BLANK = frozenset({"IN", "OR", "ME", "HI", "OK", "IT", "NO", "DE", "AT", "ES", "BE", "SE", "US"})


class Name(NamedTuple):
    """A known name at `start` to `end`: a country, or a city as the list writes it; `word` where it is a word too."""

    start: int
    end: int
    country: str
    city: str | None
    word: bool


class Behind(NamedTuple):
    """What stands behind a town until `end`: the countries that it may be in."""

    countries: tuple[str, ...]
    end: int


def names(plain: str, start: int, end: int) -> Iterator[Name]:
    """The known places in folded text, in order, the longest where two begin together."""
    for match in _WORD.finditer(plain, start, end):
        for name, country, city in _by_first_word().get(match[0], ()):
            stop = match.start() + len(name)
            if stop <= end and plain.startswith(name, match.start()) and _ends(plain, stop):
                yield Name(match.start(), stop, country, city, name in _WORDS)
                break


def behind(text: str, plain: str, start: int, end: int) -> Behind | None:
    """The region and country that stand behind a town: ", TX", " NSW, Australia", " (France)"."""
    last: Behind | None = None
    for _ in range(2):
        at = last.end if last else start
        between = _BETWEEN.match(plain, at, end)
        if between is None:
            break
        blank = between[0].isspace()
        made = _qualifier(text, plain, between.end(), end, blank=blank)
        if made is None:
            break
        last = made
    return last


def is_region(name: str) -> bool:
    """Whether a folded name is that of a region or a country."""
    first = _WORD.match(name)
    return first is not None and any(name == known for known, _ in _qualifiers().get(first[0], ()))


def _qualifier(text: str, plain: str, start: int, end: int, *, blank: bool) -> Behind | None:
    if not text[start : start + 1].isupper():
        return None
    word = _WORD.match(plain, start, end)
    for name, countries in _qualifiers().get(word[0], ()) if word else ():
        stop = start + len(name)
        if stop <= end and plain.startswith(name, start) and _ends(plain, stop):
            return Behind(countries, stop)
    code = _CODE.match(text, start, end)
    if code is None or code[0] not in _codes() or (blank and code[0] in _NEVER_AFTER_BLANK):
        return None
    return Behind(_codes()[code[0]], code.end())


def _ends(plain: str, stop: int) -> bool:
    return not (plain[stop : stop + 1].isalnum() or plain[stop : stop + 1] in ("_", "-"))


@cache
def _by_first_word() -> dict[str, tuple[tuple[str, str, str | None], ...]]:
    """Folded names with country and city by their first word, the longest first."""
    known: dict[str, tuple[str, str | None]] = {name: (code, None) for name, code in _countries()}
    for row in _CITIES.strip().splitlines():
        code, _, cities = row.partition(" ")
        known |= {folded(city): (code, city) for city in cities.split(", ")}
    return _filed((name, *place) for name, place in known.items())


@cache
def _qualifiers() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Folded names of regions and countries with the countries that they may mean, by their first word."""
    known: dict[str, tuple[str, ...]] = {}
    for country, name, _ in _regions():
        known[folded(name)] = (*known.get(folded(name), ()), country)
    known |= {name: (code,) for name, code in _countries() if name not in ("georgia", "us")}
    return _filed(known.items())


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    """Codes of regions and countries, as written in capitals, with the countries that they may mean."""
    known: dict[str, tuple[str, ...]] = {}
    for country, _, code in _regions():
        if code:
            known[code] = (*known.get(code, ()), country)
    for code in _OTHER_CODES.split():
        known[code] = (*known.get(code, ()), "GB" if code == "UK" else code)
    return known


def _countries() -> Iterator[tuple[str, str]]:
    yield from ((folded(name), code) for code, name in COUNTRIES.items())
    for row in filter(str.strip, _NAMES.split(";")):
        code, _, name = row.strip().partition(" ")
        yield folded(name), code


def _regions() -> Iterator[tuple[str, str, str]]:
    """Country, name and code (or nothing) of each region."""
    for row in filter(str.strip, _REGIONS.split(";")):
        country, _, name = row.strip().partition(" ")
        code = name.rpartition(" ")[2]
        has_code = code.isupper() and len(code) <= 3 and " " in name
        yield country, name.removesuffix(f" {code}") if has_code else name, code if has_code else ""


def _filed[Entry: tuple[object, ...]](entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    filed: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda each: -len(str(each[0]))):
        first = _WORD.search(str(entry[0]))
        if first:
            filed.setdefault(first[0], []).append(entry)
    return {word: tuple(rows) for word, rows in filed.items()}
