"""The words that head the parts of a resume, in eight languages."""

from __future__ import annotations

import re
import unicodedata

from hiring.resumes.model import SectionKind

_WORDS: dict[SectionKind, str] = {
    SectionKind.EMPLOYMENT: (
        "experience|work experience|professional experience|employment|employment history|work history|work|"
        "career|career history|"
        "professional background|relevant experience|industry experience|experiences|positions|professional history|"
        "career experience|selected experience|additional experience|other experience|related experience|job history|"
        "professional appointments|appointments|academic appointments|internships|internship experience|"
        "military experience|"
        "research experience|teaching experience|clinical experience|field experience|career path|work life|"
        "track record|"
        "berufserfahrung|beruflicher werdegang|berufspraxis|werdegang|praktische erfahrung|"
        "berufliche erfahrung|praktika|"
        "experience professionnelle|experiences professionnelles|parcours professionnel|parcours|emplois|"
        "experiencia|experiencia profesional|experiencia laboral|trayectoria profesional|historial laboral|"
        "experienta|experienta profesionala|experienta de munca|istoric profesional|"
        "werkervaring|ervaring|loopbaan|esperienza|esperienze|esperienza professionale|esperienze professionali|"
        "esperienza lavorativa|esperienze lavorative|experiencia de trabalho|experiencias profissionais|"
        "experiencia profissional"
    ),
    SectionKind.EDUCATION: (
        "education|education and training|academic background|academic history|academics|"
        "educational background|studies|"
        "qualifications and education|education and qualifications|academic qualifications|schooling|degrees|"
        "training and education|"
        "ausbildung|bildung|bildungsweg|studium|schulbildung|akademische ausbildung|aus und weiterbildung|"
        "formation|formations|etudes|diplomes|formation academique|"
        "educacion|formacion|formacion academica|estudios|educatie|studii|educatie si formare|formare|"
        "opleiding|opleidingen|onderwijs|istruzione|formazione|istruzione e formazione|studi|educacao|"
        "formacao|formacao academica"
    ),
    SectionKind.SKILLS: (
        "skills|technical skills|core skills|core qualifications|key qualifications|core strengths|"
        "key skills|skills and expertise|skill set|skillset|expertise|competencies|"
        "core competencies|areas of expertise|technologies|technical proficiencies|technical expertise|tools|"
        "tools and technologies|technical competencies|professional skills|computer skills|skill highlights|"
        "technical summary|"
        "soft skills|hard skills|tech stack|stack|skills and tools|skills and technologies|it skills|"
        "strengths|capabilities|"
        "key competencies|skills and abilities|additional skills|other skills|specialties|"
        "programming languages|proficiencies|infrastructure|toolbox|toolkit|technology stack|"
        "software and methods|tools and methods|methods and tools|instruments and methods|instruments and tools|"
        "software and tools|tools and software|tools and platforms|tools and frameworks|frameworks and libraries|"
        "what i work with|what i use|what i know|good at|what i am good at|things i know|technical knowledge|"
        "kenntnisse|fahigkeiten|kompetenzen|fachkenntnisse|it kenntnisse|edv kenntnisse|technische kenntnisse|"
        "competences|competences techniques|savoir faire|outils|habilidades|competencias|aptitudes|conocimientos|"
        "habilidades tecnicas|competente|aptitudini|abilitati|competente tehnice|vaardigheden|competenties|competenze|"
        "competenze tecniche|capacita|competencias tecnicas"
    ),
    SectionKind.LANGUAGES: (
        "languages|language|language skills|spoken languages|foreign languages|sprachen|sprachkenntnisse|"
        "langues|idiomas|"
        "lenguas|limbi|limbi straine|talen|talenkennis|lingue|linguas|languages spoken"
    ),
    SectionKind.CERTIFICATIONS: (
        "certifications|certification|certificates|certificate|licenses|licences|licenses and certifications|"
        "certifications and licenses|professional certifications|credentials|licensure|certifications and training|"
        "training and certifications|licensure and certification|certificates and training|courses and certifications|"
        "zertifikate|zertifizierungen|zertifikate und weiterbildung|certificats|certificaciones|certificados|"
        "certificari|"
        "certificate si cursuri|certificaten|certificeringen|certificazioni|certificacoes"
    ),
    SectionKind.PROJECTS: (
        "projects|personal projects|selected projects|key projects|side projects|open source|portfolio|"
        "academic projects|"
        "project experience|notable projects|projekte|projets|proyectos|proiecte|projecten|progetti|projetos|"
        "open source projects|technical projects|recent projects"
    ),
    SectionKind.SUMMARY: (
        "summary|professional summary|profile|about|about me|objective|career objective|career summary|"
        "executive summary|"
        "personal statement|overview|introduction|professional profile|personal profile|"
        "summary of qualifications|bio|biography|"
        "executive profile|career overview|professional overview|career profile|statement|who i am|"
        "profil|kurzprofil|uber mich|zusammenfassung|zielsetzung|a propos|resume professionnel|perfil|"
        "perfil profesional|resumen|"
        "sobre mi|objetivo|despre mine|rezumat|obiectiv|profiel|over mij|samenvatting|profilo|sommario|"
        "chi sono|obiettivo|"
        "perfil profissional|resumo|sobre mim|profil professionnel|career highlights|qualifications"
    ),
    SectionKind.OTHER: (
        "interests|hobbies|hobbies and interests|references|publications|awards|honors|honours|awards and honors|"
        "honors and awards|volunteering|volunteer|volunteer experience|volunteer work|community service|activities|"
        "extracurricular activities|achievements|accomplishments|affiliations|memberships|professional affiliations|"
        "presentations|talks|patents|courses|coursework|relevant coursework|training|additional information|"
        "personal details|personal information|personal data|contact|contact information|contact details|"
        "contact me|profiles|"
        "social|social media|links|leadership|conferences|recognition|invited talks|selected publications|"
        "selected honors|"
        "professional memberships|professional development|military service|scholarships|research interests|"
        "teaching|research|"
        "interessen|referenzen|ehrenamt|veroffentlichungen|auszeichnungen|personliche daten|weiterbildung|kontakt|"
        "centres d interet|loisirs|references professionnelles|publicaciones|intereses|premios|voluntariado|"
        "referencias|"
        "interese|referinte|voluntariat|premii|publicatii|interesses|referenties|vrijwilligerswerk|interessi|"
        "pubblicazioni|"
        "volontariato|pubblicazioni|premi|coordonnees|datos personales|contacto|date personale|"
        "contactgegevens|contatti|contato|"
        "engagement|benevolat|extra curricular|additional|miscellaneous|other"
    ),
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split("|")}
_LAST = {
    "experience": SectionKind.EMPLOYMENT,
    "experiences": SectionKind.EMPLOYMENT,
    "employment": SectionKind.EMPLOYMENT,
    "education": SectionKind.EDUCATION,
    "skills": SectionKind.SKILLS,
    "competencies": SectionKind.SKILLS,
    "expertise": SectionKind.SKILLS,
    "languages": SectionKind.LANGUAGES,
    "certifications": SectionKind.CERTIFICATIONS,
    "licenses": SectionKind.CERTIFICATIONS,
    "projects": SectionKind.PROJECTS,
    "summary": SectionKind.SUMMARY,
    "publications": SectionKind.OTHER,
    "awards": SectionKind.OTHER,
    "interests": SectionKind.OTHER,
    "references": SectionKind.OTHER,
    "activities": SectionKind.OTHER,
    "volunteering": SectionKind.OTHER,
}


def fold(text: str) -> str:
    """`text` in lower case without accents, punctuation as blanks and "&" as "and"."""
    text = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return re.sub(r"[^\w]+", " ", text).strip()


_NUMBERING = re.compile(r"^\W*(?:\d{1,2}|[IVX]{1,4}\.)[\s.):/|·–—-]+(?=[^\W\d])")


def _unspaced(text: str) -> str:
    """Letters that were spread out ("S K I L L S") as words."""
    parts = text.strip().split(" ")
    if len(parts) >= 4 and all(len(part) <= 1 for part in parts):
        return "".join(part or " " for part in parts)
    return text


def heading_kind(text: str, *, emphasised: bool = False) -> SectionKind | None:
    """The kind of section that `text` heads; None where it is no heading.

    `emphasised` text (bold, large or in capitals) may also hold words that the list does not know: "Selected Industry
    Experience".
    """
    if not 2 < len(text) <= 60 or text.rstrip().endswith((".", ",", ";")):
        return None
    words = fold(_unspaced(_NUMBERING.sub("", text)))
    if words in _KINDS:
        return _KINDS[words]
    for separator in ("·", "|", "/", "—", "–", " - "):
        if separator in text and emphasised:
            kinds = [_KINDS.get(fold(part)) for part in text.split(separator)]
            known = next((kind for kind in kinds if kind), None)
            if known:
                return known
    parts = words.split()
    if "and" in parts and emphasised:
        first, last = " ".join(parts[: parts.index("and")]), " ".join(parts[parts.index("and") + 1 :])
        if first in _KINDS:
            return _KINDS[first]
        if last in _KINDS:
            return _KINDS[last]
    if emphasised and 2 <= len(parts) <= 4 and not any(part.isdigit() for part in parts):
        return _LAST.get(parts[-1])
    return None
