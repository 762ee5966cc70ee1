"""Headings of English, German, French and Spanish advertisements: which part of one they open."""

from __future__ import annotations

import re
from enum import StrEnum


class Part(StrEnum):
    """What a part of an advertisement is about."""

    OPENING = "opening"
    MUST_HAVE = "must-have"
    NICE_TO_HAVE = "nice-to-have"
    TASKS = "tasks"
    CONDITIONS = "conditions"
    OFFER = "offer"
    COMPANY = "company"
    PROCESS = "process"
    OTHER = "other"


_HEADINGS: dict[Part, str] = {
    Part.NICE_TO_HAVE: r"""
        (?:it(?:'s| is| would be) )?(?:a )?(?:nice|good|great)[- ]to[- ]haves?(?: .*)?
        (?:preferred|desired|desirable|additional|bonus|optional|advantageous)(?: (?:qualifications?|skills?|\
        experience|requirements?|criteria|but not required))*
        bonus(?: points?)?(?: (?:if|for) .*)?|(?:big |a )?plus(?:es)?(?: points)?(?: if .*)?
        extra (?:points|credit)(?: .*)?
        (?:it would be|it'd be|what would be|even better|ideally|it'?s (?:a )?(?:great|nice|bonus|plus)).*
        would be (?:an advantage|nice|a plus)
        (?:idealerweise|von vorteil|wunschenswert|pluspunkte|optional|das ware (?:toll|schon|super|ein plus)|\
        nice to have)(?: .*)?
        (?:zusatzlich|ausserdem|daruber hinaus)(?: von vorteil| wunschenswert)?|was uns begeistert|kein muss.*
        (?:les )?(?:plus|atouts?)(?: .*)?|(?:serai(?:t|ent)|sont) (?:un|des) (?:plus|atouts?).*|souhaite(?:e?s)?
        apprecie(?:e?s)?
        (?:requisitos )?(?:deseables?|valorables?|deseados|opcionales)|se valorara?.*|(?:seria )?un plus
        valoramos.*|valoraremos.*
    """,
    Part.MUST_HAVE: r"""
        (?:(?:minimum|basic|required|essential|key|core|job|our|the|your|general|technical|role|candidate|\
        position|formal|main|mandatory) )*(?:requirements?|qualifications?|skills?|criteria|competenc(?:y|ies|\
        es)|essentials?|prerequisites?|must[- ]haves?|experience)(?:(?: and | & |, | / |/)(?:requirements?|\
        qualifications?|skills?|experience|education|competencies|knowledge|abilities|\
        background))*(?: (?:required|needed|we need|we are looking for|for (?:this|the) (?:role|job|position)|\
        you (?:need|bring)|and experience))?
        must[- ]haves?(?: .*)?|(?:we |you )?needs?|needed|education(?: (?:and|&) .*)?|eligibility|credentials
        licen[cs]es?|certifi\w+
        what (?:you|you'll|you will|you'd) (?:bring|need|have|should have|must have)(?: .*)?
        what it takes(?: .*)?
        what (?:we|we're|we are|we'd|we would|do we)(?: \w+)? ?(?:looking for|expect|require|need|ask|like|\
        look for|seek|value)(?: .*)?
        who (?:you are|we are looking for|we're looking for|should apply)|about you
        you(?:'re| are) (?:a (?:good|great) (?:fit|match)|the right|our).*
        (?:this (?:role|job) is for you|you(?:'ll| will| might| may)? (?:be a (?:good|great) fit|fit|thrive)|\
        apply) if.*
        is this you|you
        you (?:have|bring|should have|will have|must have|possess|need|are)
        you(?:'ll| will) (?:need|have|bring)(?: .*)?
        your (?:\w+ )?(?:profile|qualifications?|skills?|background|experience|strengths)(?: .*)?
        (?:the |our |your )?(?:ideal |successful |right )?candidate(?: (?:profile|will have|has|should have|\
        must have|requirements|we look for).*)?
        (?:the )?(?:candidate|person) (?:profile|specification)|profile
        (?:we(?:'re| are) looking for|we (?:expect|ask for|require|need)|looking for)(?: (?:from|in) you|\
         someone (?:who|with)| .*:)?
        to (?:succeed|be successful|thrive).*
        (?:dein|ihr|unser|das|gewunschtes|gesuchtes|fachliches|personliches|anforderungs)? ?-?profil
        (?:unsere |deine |ihre |die |fachliche |formale )?(?:anforderungen|qualifikation(?:en)?|voraussetzungen|\
        muss-?kriterien)(?: .*)?
        anforderungsprofil
        (?:das|was|dies) (?:du |sie )?(?:bringst|bringen|solltest|sollten|zeichnet|mitbringst|mitbringen)(?: .*)?
        was (?:wir (?:uns )?(?:erwarten|wunschen|suchen)|du (?:kannst|brauchst)|sie (?:mitbringen|auszeichnet)|\
        dich auszeichnet).*
        damit (?:uberzeugst|uberzeugen|punktest|punkten).*
        (?:du|sie) (?:bringst|bringen|hast|haben|verfugst|verfugen|bist|sind)(?: (?:idealerweise )?mit| .*:)?
        wen wir suchen|wir (?:erwarten|suchen|wunschen)(?: von (?:dir|ihnen)| uns| .*:)?
        (?:deine|ihre) (?:fahigkeiten|skills|starken|kenntnisse|erfahrung(?:en)?|kompetenzen)(?: .*)?
        (?:votre |ton |le |profil )?profil(?: recherche| requis| souhaite| attendu)?
        (?:vos |tes |les )?(?:competences|qualifications|exigences|pre-?requis)(?: .*)?
        ce que (?:nous (?:recherchons|attendons)|vous apportez|tu apportes|vous avez)(?: .*)?
        (?:vous|tu) (?:avez|etes|apportez|justifiez|disposez|as|es|apportes)(?: .*:)?
        qui (?:etes-vous|es-tu|recherchons-nous)|nous (?:recherchons|attendons)(?: de vous| .*:)?
        formation (?:et|&) experience
        (?:requisitos|requerimientos)(?: .*)?|(?:tu |su |el |nuestro )?perfil(?: .*)?
        (?:que|lo que) (?:buscamos|necesitamos|pedimos|esperamos|aportas|debes tener)(?: .*)?|imprescindibles?
        (?:cualificaciones|competencias|conocimientos)(?: .*)?|experiencia requerida|buscamos(?: .*:)?|necesitas
    """,
    Part.TASKS: r"""
        (?:(?:key|your|main|core|primary|the|job|principal|our|essential) )*(?:responsibilities|duties|tasks|\
        accountabilities|functions)(?:(?: and | & |/|, )(?:responsibilities|duties|tasks|\
        accountabilities))*(?: .{0,30})?
        what (?:you'll|you will|you'd|will you|you)(?: \w+)? ?(?:do|be doing|work on|own|deliver|get to do|\
        are going to do)(?: .*)?
        (?:the|your|about the|about this|our) (?:role|job|position|mission|work|opportunity|impact|day|\
        challenge)(?: .{0,30})?
        (?:job|role|position) (?:description|summary|overview|purpose|profile)|day[- ]to[- ]day.*|in this role.*
        a (?:typical|normal) (?:day|week).*|role|the challenge|purpose
        (?:deine|ihre|die|das sind deine|das sind ihre|unsere) (?:kunftigen |neuen )?(?:aufgaben?|tatigkeiten|\
        rolle|mission|hauptaufgaben|herausforderung)(?: .*)?
        (?:haupt)?aufgaben(?:gebiet|bereich|beschreibung)?|(?:was|das) (?:dich|sie) erwartet
        das erwartet (?:dich|sie)|stellenbeschreibung|tatigkeiten|das machst du
        zu (?:deinen|ihren) (?:aufgaben|tatigkeiten).*|(?:ihr|dein) (?:job|einsatz|aufgabengebiet)
        (?:vos |tes |les |principales )?(?:missions?|responsabilites|taches|activites)(?: .*)?
        (?:votre|le|ton) (?:role|poste|mission|quotidien)|description(?: du)? (?:du )?poste
        ce que (?:vous ferez|tu feras)
        (?:tus |sus |las |principales )*(?:funciones|responsabilidades|tareas)(?: .*)?|que haras.*
        (?:el|tu) (?:puesto|rol|mision|dia a dia)|descripcion(?: del)?(?: puesto| empleo)?|lo que haras
    """,
    Part.OFFER: r"""
        (?:(?:our|the|your|some|employee|key|company) )*(?:benefits?|perks?)(?:(?: and | & |, |\
         \+ )\w+)*(?: .{0,30})?
        (?:what )?we offer(?: .*)?
        what (?:we|do we|you(?:'ll)?|can you|you can)(?: can)?(?: we)? (?:offer|provide|give|get|\
        expect from us)(?: .*)?
        what(?:'s| is) (?:in it for you|on offer|in store)|why (?:join|work|us|you).*
        (?:compensation|salary|pay|package|remuneration|total rewards|rewards)(?: (?:and|&) .*)?
        (?:you can )?look forward to|our offer|in return|the package|why .{2,30}\?
        (?:wir bieten|unser angebot|das bieten wir|was wir (?:dir |ihnen )?bieten|deine (?:vorteile|benefits)|\
        ihre (?:vorteile|benefits)|benefits|(?:unsere )?vorteile|warum (?:wir|zu uns)|unsere leistungen|\
        darauf (?:kannst du|konnen sie)|freu dich auf|das bekommst du|das erwartet dich bei uns|wir uberzeugen|\
        gute grunde)(?: .*)?
        (?:nous (?:vous |t')?(?:offrons|proposons)|(?:les |vos |nos )?avantages|ce que nous (?:offrons|\
        proposons)|pourquoi nous.*|remuneration(?: et avantages)?|nous vous|on t'offre)(?: .*)?
        (?:que |lo que |te |nosotros )*(?:ofrecemos|beneficios|ventajas)(?: .*)?|por que .*
    """,
    Part.COMPANY: r"""
        (?:about|who is|meet|join|life at|working at|welcome to) (?:us|the (?:company|team|organi[sz]ation|\
        employer|client)|our .*|[\w&.' -]{2,40})
        who we are
        (?:our|the) (?:company|story|values|mission|culture|team|client|vision|organi[sz]ation|stack|tech stack)
        company (?:overview|description|profile)|us|company
        (?:uber|zu) (?:uns|das unternehmen|den arbeitgeber|.{2,30})|wer wir sind|das sind wir
        (?:das |unser )?unternehmen|unser (?:team|kunde)|wir(?: sind| uber uns)?(?: .{0,30})?
        unternehmensbeschreibung
        a propos(?: .*)?|qui sommes[- ]nous|l'(?:entreprise|equipe)
        notre (?:entreprise|equipe|histoire|client|mission)|presentation(?: .*)?|l'etablissement
        sobre (?:nosotros|la empresa|.{2,30})|quienes somos|la empresa|acerca de.*|nuestra? .{2,30}|nosotros
    """,
    Part.PROCESS: r"""
        (?:equal|inclusion|diversity|our commitment|commitment to|eeo|accommodat).*
        (?:privacy|data protection|disclaimer|legal|gdpr).*|(?:how to|ready to|want to|interested).{0,40}
        (?:the |our )?(?:application|hiring|interview|recruitment|recruiting|selection) ?(?:process|steps|\
        instructions)?
        apply(?: now| today| here)?|contact(?: us)?|next steps|closing date.*|application deadline.*
        notes? to .*|additional information|other information
        (?:deine |ihre )?(?:kontakt|bewerbung)(?:.*)|(?:so )?bew(?:irb|erb).*|datenschutz.*|chancengleichheit.*
        (?:haben wir )?(?:dein |ihr )?interesse.*|interessiert.*|hinweis.*|ansprechpartner.*|vielfalt.*
        (?:pour )?postuler.*|candidature.*|comment postuler.*|(?:le )?processus.*|egalite.*|handicap.*|rgpd.*
        como (?:aplicar|postular|inscribirse|solicitar).*|(?:el )?proceso.*|contacto|igualdad.*
        proteccion de datos.*|interesad[oa].*|inscribete.*
    """,
    Part.CONDITIONS: r"""
        (?:the |job |key |quick |position |role |main |employment )*(?:facts|details|conditions|information|\
        at a glance|summary of terms|terms|particulars)
        (?:eckdaten|rahmenbedingungen|auf einen blick|konditionen|vertragsdetails|das wichtigste)(?: .*)?
        (?:informations|conditions|modalites|caracteristiques)(?: .*)?|(?:condiciones|detalles|datos)(?: .*)?
        languages?(?: skills)?|sprach(?:en|kenntnisse)|langues|idiomas|(?:work )?location|standort|arbeitsort
        lieu(?: de travail)?|ubicacion|lugar(?: de trabajo)?
    """,
}
_CONTINUED = re.compile(r"\\\n\s*")
_PATTERNS = {
    part: re.compile("(?:" + "|".join(row.strip() for row in _CONTINUED.sub("", rows).strip().splitlines()) + "):?")
    for part, rows in _HEADINGS.items()
}
_MARKUP = " \t#*_>=-–—"
_TAIL = re.compile(r"[\s:!?.…]+$")
_ASIDE = re.compile(r"\s*\([^)]{0,40}\)$")
_LONGEST = 9
"""Words of a heading at most."""
_LONGEST_TEXT = 120
"""Characters of a heading at most."""
_SPEAKS_OF = (
    (Part.NICE_TO_HAVE, r"not (?:\w+ )?(?:required|mandatory|necessary|essential|a must)"),
    (Part.MUST_HAVE,
        r"appl(?:y|ying|icants?)(?: \w+)? (?:must|should|need)|hear from you if|(?:selection|key) criteria|"
        r"(?:vos|tes) atouts"
    ),
    (Part.PROCESS,
        r"appl(?:y|ying|ication)|interested|hiring process|selection|contact|equal|inclusi\w+|divers\w+|privacy|"
        r"accessibility|accreditations?|badges|cookies?|similar jobs|recommended|notes?|disclaimer|deadline|closing|"
        r"bewerb\w*|kontakt|postul\w*|candidature|inscri\w+"
    ),
    (Part.CONDITIONS, r"practical\w*|facts|details|logistics|terms|at a glance|overview of|eckdaten|pratique|datos"),
    (Part.NICE_TO_HAVE,
        r"plus(?:es)?|bonus|nice|advantag\w+|desir\w+|prefer\w*|assets?|extras?|icing|cherry|cake|stands? out|"
        r"even better|would \w+|helps?|helpful|optional|(?:well |highly )regarded|"
        r"also great|schon,? wenn|brownie|good to have|ideally|beneficial|favou?rable|differentiators?|"
        r"(?:great|good|lovely|fantastic|super) if|wunschenswert|schon ware|ware schon|von vorteil|pluspunkte?|"
        r"idealerweise|atouts?|appreci\w+|souhait\w+|serait|valor\w+|deseable\w*"
    ),
    (Part.TASKS, r"(?:to|will|you|you'll|be) (?:do|doing)|you will|you'll be|a day in|machst|tust"),
    (Part.OFFER,
        r"offers?|offering|benefits?|perks?|rewards?|package|salary|pay|compensation|remuneration|in return|get|"
        r"for you|we give|you receive|why (?:us|we|you|join|work)|treats?|bieten|vorteile|"
        r"(?:darfst|durfen) \w+ erwarten|"
        r"count on|on the table|promise|good stuff|the deal|look after you|bekommst|verdienst|avantages|offrons|"
        r"proposons|salaire|ofrecemos|ventajas|beneficios|"
        r"salario"
    ),
    (Part.MUST_HAVE,
        r"requir\w+|qualif\w+|must|essentials?|needs?|needed|bring|skills?|experience|looking for|what we're after|"
        r"we are after|seek\w*|expect\w*|ask (?:for|of)|profile|person|candidate|criteria|considered|credentials|"
        r"you(?:'ll| will)? have|you are|are you|do you have|have you|about you|yourself|background|"
        r"wants?|wish list|you're (?:the|our|someone|a|an)|sounds? like you|who you'll be|should know|mandatory|"
        r"toolbox|"
        r"successful|ksas?|licen[cs]es?|certifications?|your story|uberzeugst|uberzeugen|das bist du|freuen uns auf|"
        r"parcours|competenc\w+|eligib\w+|ideal|right for you|suit|fit|thrive|anforderung\w*|voraussetz\w+|mitbring\w*|"
        r"bringst|bringen|wunschen wir|wir wunschen|erwarten wir|wir erwarten|profil|requis\w*|recherch\w+|attend\w+|"
        r"requisitos|buscamos|perfil|necesit\w+|pedimos"
    ),
    (Part.COMPANY, r"about (?:us|the|our)|who (?:we are|are we)|our story|uber uns|a propos|sobre nosotros"),
    (Part.TASKS,
        r"role|job|duties|responsib\w+|tasks?|missions?|day|opportunity|purpose|objectives?|success looks|difference|"
        r"impact|aufgaben|"
        r"tatigkeit\w*|poste|funciones|tareas|puesto"
    ),
)  # fmt: skip
_SUBJECTS = [(part, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")) for part, pattern in _SPEAKS_OF]


def part_of(heading: str) -> Part | None:
    """The part that a folded line heads by the usual words for it, or None where it is no such heading."""
    bare = _bare(heading)
    if not bare or len(bare.split()) > _LONGEST:
        return None
    return next((part for part, pattern in _PATTERNS.items() if pattern.fullmatch(bare)), None)


def part_spoken_of(heading: str) -> Part | None:
    """The part that a folded line speaks of, where its form already says that it is a heading."""
    bare = _bare(heading)
    return next((part for part, pattern in _SUBJECTS if pattern.search(bare)), None)


def _bare(heading: str) -> str:
    """A heading without markup, numbers and end; a colon at its end stays."""
    if len(heading) > _LONGEST_TEXT:
        return ""
    line = heading.strip(_MARKUP)
    bare = _ASIDE.sub("", _TAIL.sub("", line)).replace("’", "'").lstrip("0123456789.) ")
    return re.sub(r"^\W+", "", bare).rstrip(_MARKUP) + ":" * line.endswith(":")
