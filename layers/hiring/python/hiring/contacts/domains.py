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

_CLEAR_ENDINGS_TEXT = """
ae agency app ar au berlin bg biz br ch cl cloud cn com cz dev digital dk edu eu fi fr gg gov gr hk hr hu ie info io
jp ke kr mx ng nl nz online org pl ro ru sg shop si site sk store studio tech tr tv ua uk website wien xyz za
"""
CLEAR_ENDINGS = frozenset(_CLEAR_ENDINGS_TEXT.split())
"""Endings that are no word of their own, in any language that people write here."""

_FILE_ENDINGS_TEXT = """
ai app cc contact data email id md ml mov name pl pm ps py report rs sh so st zip
"""
FILE_ENDINGS = frozenset(_FILE_ENDINGS_TEXT.split())
"""Endings of names on the net that files and sentences have as well; alone they say nothing."""

_MAIL_PROVIDERS_TEXT = """
aol fastmail free freenet gmail gmx googlemail hotmail icloud laposte libero live mail msn orange outlook posteo
proton protonmail seznam t-online tutanota wanadoo web yahoo yandex zoho
"""
MAIL_PROVIDERS = frozenset(_MAIL_PROVIDERS_TEXT.split())
"""Second-level names of providers of mail accounts."""

_UNMISTAKABLE_PROVIDERS_TEXT = """
gmail gmx googlemail hotmail icloud protonmail tutanota ymail
"""
UNMISTAKABLE_PROVIDERS = frozenset(_UNMISTAKABLE_PROVIDERS_TEXT.split())
"""Providers of mail accounts that are neither a word nor an employer."""

_NETWORKS_TEXT = """
behance.net bitbucket.org discord.com dribbble.com facebook.com github.com gitlab.com instagram.com kaggle.com
linkedin.com medium.com npmjs.com pypi.org reddit.com signal.org slack.com stackoverflow.com teams.com telegram.org
tiktok.com twitter.com whatsapp.com wikipedia.org wordpress.com x.com xing.com youtube.com zoom.us
"""
NETWORKS = frozenset(_NETWORKS_TEXT.split())
"""Sites with many members: the bare name leads to nobody, a path on it does."""

_COMPANIES_TEXT = """
about.com alibaba.com allegro.pl amazon.co.uk amazon.com amazon.de ancestry.com ask.com autoscout24.de bol.com
booking.com c3.ai cars.com cdiscount.com cert.at character.ai check24.de coinbase.com cookpad.com crypto.com ebay.com
emag.ro expedia.com fast.ai force.com godaddy.com h2o.ai hotels.com idealo.de immobilienscout24.de indeed.com jd.com
lastminute.com match.com mobile.de monday.com notion.so office.com otto.de overstock.com priceline.com realtor.com
salesforce.com seznam.cz squarespace.com target.com trip.com upwork.com vistaprint.com walmart.com willhaben.at
wix.com
"""
COMPANIES = frozenset(_COMPANIES_TEXT.split())
"""Employers and products known by the name of their site: the bare name is the company."""

_PRODUCTS_TEXT = """
ado.net adobe.io asp.net authorize.net c.net co.kg diagrams.net draw.io f.net json.net k8s.io material.io ml.net
nunit.net paint.net rest.li sentry.io socket.io vb.net xunit.net
"""
_PRODUCTS = frozenset(_PRODUCTS_TEXT.split())


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
