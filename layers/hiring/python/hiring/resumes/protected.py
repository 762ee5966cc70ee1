"""Where a resume speaks of who somebody is and not of what somebody can do: matching looks away from it (R8).

Age, gender, family, origin, faith and looks are found by their usual labels and words; names of schools by what the
reader found and by the words that such names hold; clubs by theirs. What stands at the head of a resume beside the
headline is the person's address, and sections on interests, memberships, references and personal details are left
out whole.
"""

from __future__ import annotations

import re

from hiring.resumes.education import degree_in
from hiring.resumes.headings import fold
from hiring.resumes.model import MASK, Evidence, Section, SectionKind
from hiring.resumes.places import is_place
from hiring.resumes.titles import title_score

type Spans = list[tuple[int, int]]

_LABELS = (
    r"date of birth|birth ?date|d\.?o\.?b\.?|born(?: on| in)?|birthday|place of birth|age|aged|gender|sex|pronouns?|"
    r"marital status|civil status|family status|children|dependants|nationality|citizenship|ethnicity|ethnic origin|"
    r"race|religion|denomination|faith|photo(?:graph)?|picture|passport photo|"
    r"geburtsdatum|geboren(?: am)?|geburtsort|geschlecht|familienstand|kinder|staatsangehörigkeit|nationalität|"
    r"konfession|lichtbild|foto|date de naissance|né(?:e)? le|lieu de naissance|situation familiale|nationalité|"
    r"fecha de nacimiento|estado civil|nacionalidad|sexo|data di nascita|stato civile|nazionalità|"
    r"data de nascimento|nacionalidade|data nașterii|starea civilă|naționalitate|geboortedatum|nationaliteit|"
    r"burgerlijke staat"
)
_LABELLED = re.compile(rf"(?<!\w)(?:{_LABELS})\s*[:：=–—-]\s*[^\n|•·;]{{0,80}}(?![^\W_])", re.IGNORECASE)
_SAID = re.compile(
    r"\bborn (?:on|in)\b[^\n|•·;.,]*(?:,\s*\d{4})?|\b(?:i am|i'm|aged)\s+\d{2}(?:\s+years? old)?\b"
    r"|\b\d{2}[ -]years?[ -]old\b|[\[(](?:photo|picture|photograph|foto|lichtbild)[^\])\n]*[\])]"
    r"|\b(?:photo(?:graph)?|picture|passport photo)\s+"
    r"(?:attached|enclosed|included|overleaf|above|on request|available)\b[^\n|•·;.]*"
    r"|\b(?:happily )?(?:married|divorced|widowed)\b(?:[^\n|•·;.]{0,40}\b(?:child(?:ren)?|sons?|daughters?|kids)\b)?"
    r"|\b(?:mother|father|mum|mom|dad|parent)\s+of\s+\w+(?:\s+(?:children|kids|sons|daughters|girls|boys))?",
    re.IGNORECASE,
)
_PRONOUNS = re.compile(
    r"[HhSsTtXxZzſ](?<!\w\w)(?i:(?<=h)(?:e|im|ers?|is|ir|imself|erself)|(?<=s)he|(?<=t)he(?:y|m|irs?|mself|mselves)"
    r"|(?<=[xz])e)\b"
)
"""Begins with its first letters, which are found faster than the beginning of any word; so does the next."""
_ADDRESSED = re.compile(
    r"[MSHF](?<!\w\w)(?:(?<=M)(?:rs?|s|iss|x|adame?|me|onsieur)|(?<=S)(?:ir|eñora?)|(?<=H)err|(?<=F)rau)\b\.?"
    r"(?=\s+(?:█|[^\W\d_a-z]))"
)
_WORD = r"[^\W\d_a-zß-öø-ÿ][\w'’.&-]*"
_LINKS = r"(?:of|the|for|and|de|la|du|der|des|di|da|del|van|in|at|für|e|y|et)"
_BEFORE = rf"(?:{_WORD}[ ]+(?:{_LINKS}[ ]+){{0,2}})"
_AFTER = rf"(?:[ \n]{_LINKS}(?:[ ]+{_LINKS})?[ \n]{_WORD}(?:[ ]+(?:and[ ]+|of[ ]+)?{_WORD}){{0,4}})"
_SCHOOL = re.compile(
    rf"(?!Chartered){_BEFORE}{{0,5}}\b(?:"
    r"(?i:university|college|school|academy|institute|polytechnic|universität|hochschule|fachhochschule|gymnasium|"
    r"universidad|université|università|universitatea|universidade|universiteit|hogeschool|école|lycée|liceo|liceul|"
    r"politecnico|politechnika|uniwersytet|seminary|conservatory)|MIT|ETH)\b"
    rf"(?:{_AFTER}|[ ]+{_WORD})?"
)
_CLUB_WORDS = (
    r"(?:[Cc]lub|[Ss]ociety|[Ff]raternity|[Ss]orority|[Cc]hurch|[Mm]osque|[Ss]ynagogue|[Tt]emple|[Pp]arish|[Ll]odge|"
    r"[Cc]hoir|[Ss]couts?|[Aa]lumn[aei]|[Vv]erein|[Rr]otary|[Ff]raternidad)\b"
)
_CLUB = re.compile(rf"{_BEFORE}{{1,5}}{_CLUB_WORDS}(?:{_AFTER}|[ \n]{_WORD})?|\b{_CLUB_WORDS}{_AFTER}")
_PERSONAL = re.compile(
    r"(?:personal|private|hobb|interests?\b|leisure|memberships?\b|professional memberships?|affiliations?\b"
    r"|professional affiliations?|clubs?\b|societies|activities|extra ?curricular|references?\b|social|links|"
    r"outside work|family|military service|interessen|personliche|referenzen|ehrenamt|vereine?\b|freizeit|"
    r"loisirs|centres d interet|intereses|aficiones|interese\b|referint|interessi|dati personali|datos personales|"
    r"date personale|volunteer|voluntar|benevol)",
)
_STUDY = re.compile(r"\b(?:degree|diploma|certificate|certified|qualification|course|licen[cs]e)\b", re.IGNORECASE)
_CONTACT = re.compile(r"contact|kontakt|coordonnees|contatti|contato|details$")
_PROSE = 5
"""Words in small letters from which a line at the head of a resume is a sentence and no part of an address."""


def forms_of_address(text: str) -> Spans:
    """The pronouns of a person and what one is addressed with: small words within sentences."""
    return [match.span() for pattern in (_PRONOUNS, _ADDRESSED) for match in pattern.finditer(text)]


def protected_spans(evidence: Evidence) -> Spans:
    """All other such places in the evidence text, ascending; they may overlap."""
    text = evidence.text
    spans: Spans = []
    positions = [(position.text.start, position.text.end) for position in evidence.employment]
    spans += [match.span() for match in _CLUB.finditer(text)]
    # Only beside the work itself: "Children: 12 in two groups" is a nursery.
    personal = [match.span() for pattern in (_LABELLED, _SAID) for match in pattern.finditer(text)]
    spans += [span for span in personal if not any(start <= span[0] < end for start, end in positions)]
    spans += [
        (study.school.start, study.school.end)
        for study in evidence.education
        if study.school and _is_name(text[study.school.start : study.school.end])
    ]
    for section in evidence.sections:
        if section.kind is SectionKind.EDUCATION:
            spans += _schools(section, evidence)
        elif section.kind is SectionKind.OTHER and _PERSONAL.match(_heading(section, text)):
            spans.append((section.start, section.end))
        elif section.kind is SectionKind.OTHER and _CONTACT.match(_heading(section, text)):
            # What stands below the last means of contact belongs to another part without a known heading.
            last = text.rfind(MASK, section.start, section.end)
            spans.append((section.start, max(section.start, last + 1)))
        elif section.kind is SectionKind.HEADER:
            spans += _address(section, evidence)
    return sorted(spans)


def _heading(section: Section, text: str) -> str:
    return fold(text[section.start : section.end].lstrip().partition("\n")[0])


def _schools(section: Section, evidence: Evidence) -> Spans:
    """The names of schools in a section on education, without the degree or its subject before them."""
    said = [fact.end for study in evidence.education for fact in (study.degree, study.field) if fact]
    found = [match.span() for match in _SCHOOL.finditer(evidence.text, section.start, section.end)]
    return [(max([start, *(at for at in said if start < at < end)]), end) for start, end in found]


def _is_name(text: str) -> bool:
    """Whether its words are written as names are: the reader also takes courses and degrees for schools."""
    if degree_in(text) or _STUDY.search(text) or title_score(text) > 0:
        return False
    telling: list[str] = re.findall(r"[^\W\d_]{4,}", text)
    return sum(not word[0].islower() for word in telling) * 5 >= 4 * len(telling)


def _address(section: Section, evidence: Evidence) -> Spans:
    """The lines above the first heading that are neither the headline nor sentences."""
    headline, found, start = evidence.headline, [], section.start
    for row in evidence.text[section.start : section.end].splitlines(keepends=True):
        end = start + len(row)
        if headline is not None and start <= headline.start < end and not _is_place(headline.value):
            found += [(start, headline.start), (headline.end, max(headline.end, end))]
        elif MASK in row or (_small_words(row) < _PROSE and title_score(row) <= 0):
            found.append((start, end))
        start = end
    return found


def _small_words(row: str) -> int:
    return sum(word[0].islower() for word in re.findall(r"[^\W\d_]{3,}", row))


def _is_place(headline: str) -> bool:
    """Whether what stands where a headline stands is an address: nobody's title holds a number of a street."""
    return title_score(headline) <= 0 and (is_place(headline) or any(map(str.isdigit, headline)))
