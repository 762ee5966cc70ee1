"""Sample resumes as other people: another name, pronoun, address, birth date, photo note, family, club and school."""

from __future__ import annotations

from dataclasses import dataclass, replace

from events.writers.resume import Person, Section
from hiring.resumes.headings import heading_kind
from hiring.resumes.model import SectionKind


@dataclass(frozen=True)
class Somebody:
    """Who a resume belongs to: nothing of it may matter."""

    name: str
    pronouns: tuple[str, str, str]
    address: str
    mail: str
    phone: str
    born: str
    family: str
    nationality: str
    photo: str
    club: str
    schools: tuple[str, str]


_SHE, _HE, _THEY = ("she", "her", "her"), ("he", "him", "his"), ("they", "them", "their")
PEOPLE = (
    Somebody(
        "Maria Gruber", _SHE, "Hauptstraße 12, 8010 Graz, Austria", "maria.gruber@example.com", "+43 316 555012",
        "3 May 1989", "married, two children", "Austrian", "Photo attached", "Lions Club Graz",
        ("Graz University of Technology", "University of Graz"),
    ),
    Somebody(
        "Jamal Washington", _HE, "48 Lennox Avenue, New York, NY 10026, USA", "jamal.w@example.org", "+1 212 555 0147",
        "1961-11-30", "single", "American", "Photograph: see overleaf", "Kappa Alpha Psi Fraternity",
        ("Howard University", "Morehouse College"),
    ),
    Somebody(
        "Nguyễn Thị Hương", _SHE, "27 Lý Thường Kiệt, Hoàn Kiếm, Hà Nội, Vietnam", "huong.nguyen@example.net",
        "+84 24 3825 0101", "17.02.1998", "widowed", "Vietnamese", "[Photo]", "Alumni of Hanoi Choir",
        ("Vietnam National University", "Foreign Trade University"),
    ),
    Somebody(
        "Emily Worthington-Hale", _THEY, "7 Mill Lane, Oxford OX1 2JD, England",
        "emily.wh@example.co.uk", "+44 1608 555 0199", "29/08/1974", "divorced, one child", "British",
        "Picture enclosed", "Henley Rowing Club", ("University of Oxford", "St Mary's College"),
    ),
    Somebody(
        "Mohammed Al-Rashid", _HE, "15 King Fahd Road, Riyadh 12214, Saudi Arabia", "m.alrashid@example.com",
        "+966 11 555 0123", "12 December 2001", "married", "Saudi", "Passport photo available",
        "Parish of Al Noor Mosque",
        ("King Saud University", "Imperial College London"),
    ),
    Somebody(
        "Lakshmi Venkataraman", _SHE, "9 MG Road, Bengaluru 560001, India", "lakshmi.v@example.in", "+91 80 5550 0199",
        "7 July 1967", "mother of three", "Indian", "Photo on request", "Rotary Club of Bangalore",
        ("Indian Institute of Technology Madras", "University of Mysore"),
    ),
    Somebody(
        "Wojciech Kowalczyk", _HE, "ul. Długa 8/3, 31-147 Kraków, Poland", "w.kowalczyk@example.pl", "+48 12 555 01 47",
        "1 January 1958", "father of four", "Polish", "Photo: yes", "Catholic Church Choir of Kraków",
        ("Jagiellonian University", "Uniwersytet Warszawski"),
    ),
)  # fmt: skip


def as_somebody(person: Person, somebody: Somebody) -> Person:
    """The same life and skills told by somebody else."""
    they, them, their = somebody.pronouns
    resume = person.resume
    sections = tuple(_other_schools(section, somebody) for section in resume.sections)
    personal = Section(
        title="Personal details",
        text=(
            f"Date of birth: {somebody.born}",
            f"Marital status: {somebody.family}",
            f"Nationality: {somebody.nationality}",
            f"Pronouns: {they}/{them}",
            somebody.photo,
        ),
        entries=(),
        bullets=(),
        items=(),
        pairs=(),
        sidebar=False,
    )
    praise = replace(
        personal,
        title="Profile",
        text=(f"A former manager writes that {they} never lost {their} patience and that people trust {them}.",),
    )
    clubs = replace(personal, title="Memberships", text=(f"{somebody.club}, treasurer since 2019",))
    contacts = (somebody.address, somebody.mail, somebody.phone)
    told = replace(resume, name=somebody.name, contacts=contacts, sections=(praise, *sections, clubs, personal))
    return replace(person, resume=told)


def _other_schools(section: Section, somebody: Somebody) -> Section:
    """The section with other schools where it is about education, and `mine` as the somebody's own pronoun."""
    if heading_kind(section.title, emphasised=True) is not SectionKind.EDUCATION:
        return section
    schools = somebody.schools
    entries = tuple(
        replace(entry, organisation=schools[number % len(schools)]) for number, entry in enumerate(section.entries)
    )
    return replace(section, entries=entries)
