"""Words that tell a job's title from an employer's name, in eight languages."""

from __future__ import annotations

import re

from hiring.resumes.headings import fold

_TITLES = frozenset(
    """accountant administrator advisor adviser agent aide ambassador analyst apprentice architect artist assistant associate
    attendant attorney auditor barista bookkeeper buyer captain caregiver carer cashier ceo cfo chair chairman chef chief cio clerk
    clinician cmo coach cofounder co-founder columnist commander consultant contractor controller cook coo coordinator copywriter
    counsel counselor courier creator cto curator custodian dancer dean dentist deputy designer developer dietitian director
    dispatcher doctor driver economist editor educator electrician employee engineer entrepreneur estimator evangelist examiner
    executive expert facilitator fellow firefighter foreman founder freelance freelancer fundraiser generalist guard handyman head
    helper hostess hygienist illustrator inspector installer instructor intern internship investigator janitor journalist judge laborer
    labourer lawyer lead leader lecturer librarian lifeguard logistician machinist maintainer manager marketer mechanic member
    mentor merchandiser model moderator musician nanny notary nurse officer operative operator optician organizer owner painter paralegal
    paramedic partner pathologist pharmacist photographer physician physiotherapist pilot planner plumber police porter
    postdoc postdoctoral practitioner president principal producer professor programmer promoter proofreader psychologist
    realtor receptionist recruiter registrar reporter representative researcher roofer sailor salesman salesperson scholar
    scientist scrum secretary seller sergeant server shareholder soldier solicitor specialist statistician stocker strategist student
    stylist superintendent supervisor surgeon surveyor teacher technician technologist teller tester therapist trader trainee
    trainer translator treasurer tutor typist underwriter usher veterinarian vp volunteer waiter waitress warden welder worker
    writer yogi scientist pentester hacker sre qa devops fullstack full-stack frontend backend crew sales accounting clerkship
    entwickler entwicklerin ingenieur ingenieurin leiter leiterin berater beraterin mitarbeiter mitarbeiterin praktikant praktikantin
    werkstudent werkstudentin geschaftsfuhrer kaufmann kauffrau fachkraft verkaufer referent sachbearbeiter techniker lehrer
    developpeur developpeuse ingenieure responsable directeur directrice chef chargé charge stagiaire consultante assistante conseiller
    gestionnaire technicien vendeur desarrollador desarrolladora ingeniero ingeniera gerente jefe analista asistente consultor tecnico
    director directora becario practicante auxiliar estudiante programador profesor vendedor coordinador administrador
    dezvoltator inginer sef specialist asistent consultant contabil vanzator profesor ontwikkelaar medewerker stagiair adviseur
    leidinggevende sviluppatore ingegnere responsabile direttore impiegato stagista consulente tecnico programmatore
    desenvolvedor engenheiro estagiario diretor gestor assistente webmaster master owner-operator bartender housekeeper
    phlebotomist radiographer sonographer midwife carpenter mason forklift picker packer loader hr it pm""".split()
)
_LEVELS = frozenset(
    "senior junior sr jr lead staff principal chief head associate assistant vice interim acting ii iii".split()
)
_COMPANIES = re.compile(
    r"\b(?:inc|llc|ltd|gmbh|ag|plc|corp|corporation|company|co|s\.?a\.?s?|s\.?r\.?l|bv|b\.v|nv|kg|oy|ab|pty|llp|lp|pvt|"
    r"university|universit\w+|college|institute|institut\w*|school|academy|hospital|clinic|medical center|health|bank|group|"
    r"technologies|technology|solutions|systems|software|labs?|laborator\w+|studios?|consulting|partners|foundation|"
    r"ministry|department of|council|city of|county|agency|airlines?|insurance|holdings?|industries|international|"
    r"services|associates|logistics|media|networks?|energy|pharma\w*|motors|restaurant|hotel|store|schools|trust|"
    r"verein|stadt|bank|freelance client|self[- ]employed)\b\.?",
    re.IGNORECASE,
)


def title_score(text: str) -> float:
    """How much `text` looks like a job's title: positive for a title, negative for an employer, 0 where unknown."""
    folded = re.sub(r"\b(?:department of|school of)\b.*", "", fold(text))
    words = folded.split()
    if not words:
        return 0.0
    score = 0.0
    head = fold(re.split(r"[,(|–—]| - | at | for | of ", text, maxsplit=1)[0]).split()
    for word in words:
        if word in _TITLES:
            score = max(score, 1.0)
        elif len(word) > 5 and word[:-1] in _TITLES:
            score = max(score, 0.5)
    if head and head[-1] in _TITLES:
        score += 1.0
    if words[0] in _LEVELS and len(words) > 1:
        score += 0.5
    if _COMPANIES.search(text):
        score -= 1.2
    if re.search(r"\.(?:com|org|io|net)\b|[™®]", text):
        score -= 1.0
    if text.startswith("The "):
        score -= 0.5
    return score
