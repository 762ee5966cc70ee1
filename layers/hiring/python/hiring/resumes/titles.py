"""Words that tell a job's title from an employer's name, in eight languages."""

from __future__ import annotations

import re

from hiring.resumes.headings import fold
from hiring.resumes.word_lists import words

_TITLES = words(
    """
    accountant accounting actor actress actuary adjuster administrador administrator adviser adviseur
    advisor agent aide ambassador analista analyst anesthesiologist announcer anthropologist appraiser
    apprentice archaeologist architect artist asistent asistente assembler assistant assistante
    assistente associate attendant attorney auditor auxiliar backend baker banker barber barista
    bartender beautician becario berater beraterin biologist blacksmith bookkeeper bricklayer broadcaster
    broker butcher butler buyer captain cardiologist caregiver carer caretaker carpenter cartographer
    cashier ceo cfo chair chairman charge chargé chauffeur chef chemist chief chiropractor choreographer
    cio cleaner clerk clerkship clinician cmo co-founder coach cofounder columnist commander composer
    conseiller consulente consultant consultante consultor contabil contractor controller coo cook
    coordinador coordinator copywriter counsel counselor courier creator crew cto curator custodian
    dancer dean dentist deputy dermatologist desarrollador desarrolladora desenvolvedor designer
    detective developer developpeur developpeuse devops dezvoltator dietitian directeur director
    directora directrice diretor direttore dispatcher doctor draftsman dramaturge draughtsman dressmaker
    driver economist editor educator electrician employee engenheiro engineer entrepreneur entwickler
    entwicklerin estagiario estimator estudiante evangelist examiner executive expert fachkraft
    facilitator farmer fellow firefighter fisher fitter florist foreman forklift founder freelance
    freelancer frontend full-stack fullstack fundraiser gardener generalist geologist gerente
    geschaftsfuhrer gestionnaire gestor glazier groundskeeper guard hacker hairdresser handyman head
    helper historian hostess housekeeper hr hygienist illustrator impiegato ingegnere ingeniera ingeniero
    ingenieur ingenieure ingenieurin inginer inspector installer instructor intern internship interpreter
    investigator it janitor jefe joiner journalist judge kauffrau kaufmann laborer labourer landscaper
    lawyer lead leader lecturer lehrer leidinggevende leiter leiterin librarian lifeguard linguist loader
    locksmith logistician machinist maintainer manager marketer mason master mathematician mechanic
    medewerker member mentor merchandiser midwife miller millwright mitarbeiter mitarbeiterin model
    moderator musician nanny neurologist notary nurse nutritionist officer oncologist ontwikkelaar
    operative operator optician optometrist organizer owner owner-operator packer painter paralegal
    paramedic partner pathologist pediatrician pentester pharmacist phlebotomist photographer physician
    physicist physiotherapist picker pilot pipefitter planner plasterer plumber pm police porter postdoc
    postdoctoral potter practicante practitioner praktikant praktikantin president principal producer
    profesor professor programador programmatore programmer promoter proofreader psychologist qa
    radiographer radiologist ranger realtor receptionist recruiter referent registrar reporter
    representative researcher responsabile responsable rigger roofer sachbearbeiter sailor sales salesman
    salesperson scholar scientist scrum sculptor seamstress secretary sef seller sergeant server
    shareholder shepherd sheriff shipwright singer sociologist soldier solicitor sommelier sonographer
    specialist sre stagiair stagiaire stagista statistician steward stewardess stocker strategist student
    stylist superintendent supervisor surgeon surveyor sviluppatore tailor teacher technician technicien
    techniker technologist tecnico telemarketer teller tester therapist tiler toolmaker trader trainee
    trainer translator treasurer tutor typist underwriter upholsterer usher vanzator vendedor vendeur
    verkaufer veterinarian volunteer vp waiter waitress warden weaver webmaster welder werkstudent
    werkstudentin worker writer yogi zookeeper
    """
)
_LEVELS = words(
    """
    acting assistant associate chief head ii iii interim jr junior lead principal senior sr staff vice
    """
)
_COMPANIES = re.compile(
    r"\b(?:inc|llc|ltd|gmbh|ag|plc|corp|corporation|company|co|s\.?a\.?s?|s\.?r\.?l|bv|b\.v|nv|kg|oy|ab|pty|llp|lp|pvt|"
    r"university|universit\w+|college|institute|institut\w*|school|academy|hospital|clinic|medical center|"
    r"health|bank|group|"
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
