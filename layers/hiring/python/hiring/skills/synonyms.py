"""Words that say the same of work, and words that say little of it. The tables are ours.

A vector of a single word is often too coarse to tell that a lorry is a truck, and no ending tells that who taught
was teaching. Every line of the first table is one thing in several words. A word may stand in several lines.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from hiring.skills.words import stem, words

_SAME = """
accountant accountancy bookkeeper bookkeeping
accounts books ledger ledgers
acquire acquisition
administer administration
advertising advertisement ads adverts commercials
advise advice adviser advisor advisory consult consulting consultant counsel
agreement contract
aircraft airplane aeroplane plane airliner
alarm alert alerts
analyse analysis analyst analytics
animal animals livestock pets
apartment flat
applicant candidate
appraisal evaluation assessment review
arrange organise organize
assemble assembly fitter fitted
attorney lawyer solicitor barrister
bake baker bakery bread
barista bartender bar cocktails
beauty beautician cosmetics cosmetician
begin began begun start
benefits pension pensions
bill billing invoice invoicing
blood phlebotomist phlebotomy venepuncture venipuncture
blueprint drawing
brand branding
brick bricks bricklayer bricklaying masonry mason
bring brought
broker brokerage
budget budgetary
build built construct construction building
buy bought purchase purchasing procurement procure sourcing buyer
calculus algebra maths mathematics math
camera cameras cctv
car automobile automotive vehicle
carpenter carpentry joiner joinery
cash treasury liquidity
catch caught
cattle cow cows livestock herd
centre center
chemist chemistry chemical
child children toddler infant kids childcare
class lesson
clean cleaner cleaning housekeeping janitorial
client customer patron guest
cloud aws azure
cnc lathe milling turning machining machinist
coach coaching mentor mentoring
colleague coworker
college university
company firm enterprise
complaint dispute grievance
comply compliance
computer pc desktop laptop
concrete cement
confectioner confectionery pastry pastries cake cakes patissier patissiere
conference congress convention symposium
cook cooking cooked chef culinary
copywriting copywriter
cost expense expenses spend
courier delivery deliver
crane hoist
creditor payable payables
crew team squad brigade
crop arable harvest
curriculum syllabus
customs tariff tariffs
dairy milk milking
database databases
debtor receivable receivables
decide decision
defect fault faults
dementia geriatric elderly
dentist dental
deploy deployment rollout release
diagnose diagnosis diagnostics troubleshoot troubleshooting
diet dietary dietician dietitian nutrition nutritional
dish dishes meal
dispatch despatch ship shipped shipping shipment freight
display displays merchandising
do did done
doctor physician
draft write wrote written
draw drew drawn
drive drove driven
drug drugs medication medicine medicines pharmaceutical
editor edit editing
elderly geriatric
electric electrical electrician wiring
electricity energy power
email mailing newsletter
employee staff personnel workforce worker workers operatives crew
equipment machinery machine
event events function functions
exam exams examination examinations
excavator digger
family families parent parents guardian
farm farming agriculture agricultural
feed fed
fibre fiber
film video footage
find found
fire firefighter firefighting
firewall router routers switches network vlan lan wan
fish fishing fishery
fitness gym workout
fix repair mend overhaul
fleet vehicles vans
fly flew flown flight
forecast projection projections
forest forestry logging
freight forwarding forwarder cargo
fundraising fundraiser donations
garden gardener landscaping landscaper
gdpr privacy
geology geological geologist
goods merchandise stock
grow grew grown
growth grow
hairdresser hairdressing hairstyling stylist
hire hired hiring recruit recruitment recruiter
hold held
home household residential house
hospice palliative
hospital clinic clinical
hotel hospitality resort
hygiene haccp
hygiene sanitation
imaging radiology radiographer radiography xray
incident ticket tickets ticketing
income revenue turnover
induction onboarding
injection moulding molding
insurance insurer underwriter underwriting
interpret interpreter interpreting
intravenous iv infusion infusions
inventory stock stocktaking
invoices payable
ios iphone swift
jury litigation
keep kept
kitchen culinary
know knew known
lab laboratory
law legal statutory
lay laid
layout typesetting
lead led leader head manage manager supervise supervisor foreman
learner pupil student schoolchild
lease leasing let letting rent rental tenant tenancy landlord
leave absence absences
lend lending loan loans mortgage
library librarian cataloguing
litigation court courts trial
logistics supply
lorry truck hgv
maintenance upkeep maintain maintained
make made manufacture manufacturing
management managed
meet met
mental psychiatric psychiatry
midwife midwifery birth births obstetrics
milling mill mills
mobile phone smartphone
monitor surveillance
month monthly
motor engine engines
nanny babysitter babysitting childminder childcare
negotiate negotiation
neighbourhood community
newborn neonatal infant
newspaper newspapers press media journalists
nurse nursing care
nursery kindergarten preschool daycare
observability monitoring
oversee oversaw supervise supervision
paediatric pediatric children
paint painter decorator decorating
patrol patrols guard guarding
payroll salary salaries wages wage payslips
pentest penetration
photo photograph photography photographic
physiotherapy physiotherapist physio
pipe pipework piping plumbing plumber
plaster plasterer plastering drywall
policeman policing police
presentation pitch
produce production produced
programmer programming coding developer
proofread proofreader
property premises building
proposal bid bids tender tenders
prospect prospects prospecting
rail railway railroad
receive receipt received incoming inbound
reception receptionist
reconcile reconciled reconciliation reconciliations
reduce reduction
refuse waste rubbish garbage
regulation regulatory compliance
rehabilitation rehab therapy
reporter journalist journalism
restaurant bistro
retail shop store
roof roofer roofing
rota roster scheduling scheduled schedule
route routes routing
run ran operate operator
sale sell
science scientific scientist
script scripts scripting
secure security guard guarding
sell sold selling seller salesperson salesman saleswoman sales
send sent
sew sewing seamstress tailor
sewage wastewater
shift shifts rota
social instagram facebook linkedin twitter tiktok
solar photovoltaic
speak spoke spoken
spreadsheet excel
sterile aseptic
stockkeeping inventory
storage store storing warehouse
study studies research
supplier suppliers vendor vendors
surgery surgical theatre
survey questionnaire
take took taken
tax taxes taxation
teach taught teacher educator instruct instructor tutor
teenager adolescent youth
telephone phone telephony
think thought
translate translator translation
travel trip trips itinerary itineraries
treat therapy treatment
trial court
tv television
tyre tyres tire tires
understand understood
vaccine vaccination immunisation immunization
ventilator ventilation ventilated
veterinary vet
volunteer volunteers voluntary
waiter waitress waiting
warehouse depot
website websites web
weld welder welding
window windows glazing glazier
wine vineyard winery sommelier
wood timber
wound wounds dressing dressings
year annual annually yearly
"""
_DERIVED = re.compile(r"(?:at|i|iv|anc|enc|ant|ent|al|ical)$")
_GENERAL = """
able accurate action activity administer administration administrative area aspect assist assistance assistant
associated basis carry conduct control coordinate coordination coordinator daily department design develop development
different direct do effective efficient ensure environment establish execute first function general good handle
implement independent individual large least lead main make manage management manager many
matter new office operate operation organisation organise organization organize oversee own perform plan planning
prepare preparation procedure process professional programme program project provide quality relate responsible
responsibility run service several small solution specific staff standard supervise supervision support system take task
technique use various work unit ten twenty fifty hundred thousand five six eight three four two
"""
_COMMON = """
account business client communication company computer customer data employee event finance financial food health
information market marketing medical people personnel product project report sale sales software staff student team
technical technology training web
"""


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in _SAME.strip().splitlines():
        stems = {stem(word.text) for word in words(row)}
        for each in stems:
            found.setdefault(each, set()).update(stems)
    return {each: frozenset(stems - {each}) for each, stems in found.items()}


@cache
def _general() -> frozenset[str]:
    return frozenset(stem(word.text) for word in words(_GENERAL))


def synonyms(word: str) -> frozenset[str]:
    """The stems of the other words that say the same as `word`; empty where none is known."""
    return _groups().get(stem(word), frozenset())


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """What a verb and the nouns made of it share beyond their stem: `evaluate` and `evaluation`."""
    form = stem(word)
    shorter = _DERIVED.sub("", form)
    if shorter != form and len(shorter) >= 4:
        return shorter
    return form[:-1] if form.endswith("s") and not form.endswith("ss") else form


@cache
def _common() -> frozenset[str]:
    return _general() | {stem(word.text) for word in words(_COMMON)}


def is_common(word: str) -> bool:
    """Whether `word` is general, or stands in resumes of so many trades that it alone says little: client, data."""
    return stem(word) in _common()


def is_general(word: str) -> bool:
    """Whether `word` stands in requirements of all trades and says little of any: management, support, service."""
    return stem(word) in _general()


def known_words() -> str:
    """The tables as text, so that a run can say which words it knew."""
    return _SAME + _GENERAL + _COMMON
