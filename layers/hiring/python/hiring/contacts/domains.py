"""Names of hosts: which endings are in use, and which names are providers, networks, companies or products."""

from __future__ import annotations

_COUNTRIES = """
ac ad ae af ag ai al am ao ar as at au az ba bd be bg bh bi bn bo br by ca cc cd cf cg ch ci cl cm cn co cr cu cv cx cy
cz de dj dk do dz ec ee eg es et eu fi fj fm fo fr ga gb ge gg gh gi gl gm gr gs gt gy hk hn hr ht hu id ie il im in io
iq ir is it je jm jo jp ke kg kh kr kw ky kz la lb lc li lk lt lu lv ly ma mc md me mg mk ml mm mn mo mr ms mt mu mv mw
mx my mz na ng ni nl no np nu nz om pa pe pf pg ph pk pl pm pr ps pt pw py qa re ro rs ru rw sa sc sd se sg sh si sk sl
sm sn so sr st su sv sx sy tc td tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu ws ye yt
za zm zw
"""
_GENERIC = """
academy agency app art biz blog build business cafe careers cat center chat church city cloud club codes coffee com
community company consulting contact cool courses data design dev digital directory edu education email energy
engineering enterprises events example expert farm finance fit fund fyi gallery gle global gmbh gov graphics group guide
guru help homes host hosting house info ink institute int international jobs land law legal life link live llc loan
ltd management market marketing media mil mobi money museum name net network news ninja one online org page partners
photo photography photos pink pizza plus press pro productions pub recipes red rent repair report rest reviews rocks
run sale school science services shop show site social software solar solutions space store studio style support
systems team tech technology tel tips today tools top tours town trade training travel tube university ventures video
vip vision wales website wiki wien work works world wtf xyz yoga zone berlin hamburg koeln tirol bayern swiss paris
london amsterdam
"""

ENDINGS = frozenset((_COUNTRIES + _GENERIC).split())
"""Last labels of names on the net that are in use."""

CLEAR_ENDINGS = frozenset(
    [
        "com",
        "org",
        "info",
        "biz",
        "edu",
        "gov",
        "io",
        "dev",
        "app",
        "xyz",
        "eu",
        "uk",
        "fr",
        "nl",
        "pl",
        "ro",
        "hu",
        "cz",
        "sk",
        "bg",
        "hr",
        "si",
        "ch",
        "dk",
        "fi",
        "ie",
        "gr",
        "tr",
        "br",
        "ar",
        "mx",
        "cl",
        "au",
        "nz",
        "jp",
        "kr",
        "cn",
        "hk",
        "sg",
        "ae",
        "za",
        "ng",
        "ke",
        "ru",
        "ua",
        "gg",
        "tv",
        "online",
        "site",
        "website",
        "shop",
        "store",
        "tech",
        "cloud",
        "digital",
        "agency",
        "studio",
        "wien",
        "berlin",
    ]
)
"""Endings that are no word of their own, in any language that people write here."""

_FILE_ENDINGS_TEXT = """
ai app cc contact data email id md ml mov name pl pm ps py report rs sh so st zip
"""
FILE_ENDINGS = frozenset(_FILE_ENDINGS_TEXT.split())
"""Endings of names on the net that files and sentences have as well; alone they say nothing."""

MAIL_PROVIDERS = frozenset(
    [
        "gmail",
        "googlemail",
        "gmx",
        "hotmail",
        "outlook",
        "yahoo",
        "icloud",
        "proton",
        "protonmail",
        "web",
        "aol",
        "yandex",
        "zoho",
        "fastmail",
        "tutanota",
        "mail",
        "live",
        "msn",
        "posteo",
        "orange",
        "free",
        "laposte",
        "wanadoo",
        "libero",
        "seznam",
        "freenet",
        "t-online",
    ]
)
"""Second-level names of providers of mail accounts."""

_UNMISTAKABLE_PROVIDERS_TEXT = """
gmail gmx googlemail hotmail icloud protonmail tutanota ymail
"""
UNMISTAKABLE_PROVIDERS = frozenset(_UNMISTAKABLE_PROVIDERS_TEXT.split())
"""Providers of mail accounts that are neither a word nor an employer."""

NETWORKS = frozenset(
    [
        "linkedin.com",
        "github.com",
        "gitlab.com",
        "bitbucket.org",
        "twitter.com",
        "x.com",
        "facebook.com",
        "instagram.com",
        "medium.com",
        "behance.net",
        "dribbble.com",
        "stackoverflow.com",
        "xing.com",
        "youtube.com",
        "tiktok.com",
        "reddit.com",
        "kaggle.com",
        "slack.com",
        "zoom.us",
        "teams.com",
        "discord.com",
        "whatsapp.com",
        "telegram.org",
        "signal.org",
        "wordpress.com",
        "wikipedia.org",
        "npmjs.com",
        "pypi.org",
    ]
)
"""Sites with many members: the bare name leads to nobody, a path on it does."""

COMPANIES = frozenset(
    [
        "booking.com",
        "amazon.com",
        "salesforce.com",
        "monday.com",
        "hotels.com",
        "bol.com",
        "trip.com",
        "cars.com",
        "alibaba.com",
        "ebay.com",
        "wix.com",
        "overstock.com",
        "crypto.com",
        "target.com",
        "indeed.com",
        "realtor.com",
        "cookpad.com",
        "lastminute.com",
        "check24.de",
        "otto.de",
        "mobile.de",
        "willhaben.at",
        "autoscout24.de",
        "immobilienscout24.de",
        "idealo.de",
        "about.com",
        "ask.com",
        "jd.com",
        "walmart.com",
        "expedia.com",
        "amazon.de",
        "amazon.co.uk",
        "fast.ai",
        "h2o.ai",
        "c3.ai",
        "character.ai",
        "notion.so",
        "office.com",
        "godaddy.com",
        "squarespace.com",
        "vistaprint.com",
        "cdiscount.com",
        "coinbase.com",
        "upwork.com",
        "priceline.com",
        "match.com",
        "ancestry.com",
        "force.com",
        "cert.at",
        "emag.ro",
        "seznam.cz",
        "allegro.pl",
    ]
)
"""Employers and products known by the name of their site: the bare name is the company."""

_PRODUCTS = frozenset(
    [
        "asp.net",
        "vb.net",
        "ado.net",
        "ml.net",
        "json.net",
        "paint.net",
        "c.net",
        "f.net",
        "xunit.net",
        "nunit.net",
        "authorize.net",
        "socket.io",
        "draw.io",
        "diagrams.net",
        "sentry.io",
        "material.io",
        "adobe.io",
        "rest.li",
        "co.kg",
        "k8s.io",
    ]
)


def is_host(name: str) -> bool:
    """Whether `name` (lower case, literal dots) ends as a name on the net does."""
    labels = name.split(".")
    return len(labels) > 1 and all(labels) and labels[-1] in ENDINGS and not labels[-2].isdigit()


def leads_nowhere(name: str) -> bool:
    """Whether the bare name of a host is a company, a product or a network, and no way to somebody."""
    bare = name.removeprefix("www.")
    return bare in COMPANIES or bare in NETWORKS or bare in _PRODUCTS


def provider(name: str) -> str:
    """The label before the ending, as `gmail` of `gmail.com`."""
    return name.split(".", maxsplit=1)[0]
