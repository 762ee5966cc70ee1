"""Names of the same technology: which words and phrases mean one thing.

The tables are ours. Every line of the first is one thing: the name it is stored under, then its other names. The second
holds acronyms: too short to be replaced wherever they stand (`ai` and `ma` are words elsewhere), they are only looked
for as another way to write what a requirement asks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from hiring.skills.words import words

_SAME = """
javascript: js, ecmascript, es6
typescript: ts
nodejs: node.js, node js
reactjs: react.js, react js, react
vuejs: vue.js, vue js, vue
angular: angularjs, angular.js
nextjs: next.js
python: python3, python 3, cpython
golang: go language, go lang
csharp: c#, c sharp
cplusplus: c++, cpp
dotnet: .net, .net core, asp.net, dot net
java: core java, j2ee, java ee
kotlin: kotlin jvm
ruby on rails: rails, ror
objective c: objc, obj c
visual basic: vb, vb.net
html: html5, xhtml
css: css3
sass: scss
postgresql: postgres, pgsql, psql
mysql: my sql
sql server: mssql, ms sql, microsoft sql server
mongodb: mongo
elasticsearch: elastic search
dynamodb: dynamo db
nosql: no sql
kubernetes: k8s
docker: dockerfile, docker compose
aws: amazon web services
gcp: google cloud, google cloud platform
azure: microsoft azure, ms azure
terraform: hcl
ci cd: continuous integration, continuous delivery, continuous deployment, cicd
github: git hub
gitlab: git lab
scikit learn: sklearn
tensorflow: tensor flow
pytorch: torch
power bi: powerbi, ms power bi
excel: microsoft excel, ms excel
word: microsoft word, ms word
powerpoint: microsoft powerpoint, ms powerpoint, power point
microsoft office: ms office, office 365, microsoft 365
sharepoint: share point
photoshop: adobe photoshop
illustrator: adobe illustrator
indesign: adobe indesign, in design
autocad: auto cad
solidworks: solid works
sap: sap erp, sap r3
salesforce: sfdc
hubspot: hub spot
quickbooks: quick books
api: apis
rest: restful, rest api, restful api, rest apis
graphql: graph ql
bachelor: bachelors, bsc, b.sc, beng
master: masters, msc, m.sc, meng
phd: ph.d, doctorate
search engine optimization: search engine optimisation
"""

_SHORT = """
ai: artificial intelligence
aml: anti money laundering
ap: accounts payable
ar: accounts receivable
bi: business intelligence
bpo: business process outsourcing
cad: computer aided design
cnc: computer numerical control
cpa: certified public accountant
crm: customer relationship management
ehr: electronic health record
emr: electronic medical record
erp: enterprise resource planning
etl: extract transform load
gaap: generally accepted accounting principles
gmp: good manufacturing practice
hr: human resources
hvac: heating ventilation air conditioning
iac: infrastructure as code
icu: intensive care unit
ifrs: international financial reporting standards
kpi: key performance indicators
mba: master of business administration
ml: machine learning
nlp: natural language processing
oop: object oriented programming
plc: programmable logic controller
pmp: project management professional
ppc: pay per click
pr: public relations
qa: quality assurance
rn: registered nurse
scm: supply chain management
seo: search engine optimization
sop: standard operating procedures
tdd: test driven development
ui: user interface
ux: user experience
wms: warehouse management system
"""


class Name(NamedTuple):
    """A known name among words: it covers `start` to `end` of them and means `canonical`."""

    start: int
    end: int
    canonical: tuple[str, ...]


@cache
def _names() -> dict[tuple[str, ...], tuple[str, ...]]:
    table: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in _SAME.strip().splitlines():
        canonical, others = row.split(":")
        own = tuple(word.text for word in words(canonical))
        for name in [canonical, *others.split(",")]:
            table[tuple(word.text for word in words(name))] = own
    return table


@cache
def _longest() -> dict[str, int]:
    """For every first word of a name, how many words the longest such name has."""
    longest: dict[str, int] = {}
    for name in _names():
        longest[name[0]] = max(longest.get(name[0], 0), len(name))
    return longest


def known_names(sequence: Sequence[str]) -> Iterator[Name]:
    """The known names in `sequence` (words as `words` gives them), longest first where two overlap."""
    names, longest = _names(), _longest()
    if longest.keys().isdisjoint(sequence):
        return
    after = 0
    for at in [at for at, word in enumerate(sequence) if word in longest]:
        if at < after:
            continue
        for size in range(min(longest[sequence[at]], len(sequence) - at), 0, -1):
            meant = names.get(tuple(sequence[at : at + size]))
            if meant is not None:
                after = at + size
                yield Name(at, after, meant)
                break


def canonical(sequence: Sequence[str]) -> list[str]:
    """`sequence` with every known name replaced by the name it is stored under."""
    out: list[str] = []
    at = 0
    for name in known_names(sequence):
        out.extend(sequence[at : name.start])
        out.extend(name.canonical)
        at = name.end
    out.extend(sequence[at:])
    return out


@cache
def _other_forms() -> dict[tuple[str, ...], tuple[str, ...]]:
    forms: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in _SHORT.strip().splitlines():
        short, full = (tuple(word.text for word in words(side)) for side in row.split(":"))
        forms[short], forms[full] = full, short
    return forms


def other_form(sequence: tuple[str, ...]) -> tuple[str, ...]:
    """`sequence` with acronyms written out and the other way round; the same where it holds none."""
    forms = _other_forms()
    out: list[str] = []
    at = 0
    while at < len(sequence):
        size = next((n for n in range(min(5, len(sequence) - at), 0, -1) if sequence[at : at + n] in forms), 0)
        out.extend(forms[sequence[at : at + size]] if size else sequence[at : at + 1])
        at += max(1, size)
    return tuple(out)


def taxonomy() -> str:
    """The tables as text, so that a run can say which names it knew."""
    return _SAME + _SHORT
