"""A resume as benchmarks compare it: the production reading in plain values."""

from __future__ import annotations

from datetime import date

from hiring.matching.experience import years
from hiring.resumes.model import Employment, Reading
from hiring.resumes.reader import read

AS_OF = date(2026, 11, 1)


def read_resume(data: bytes, filename: str) -> dict[str, object]:  # noqa: ARG001
    """What the reader finds in a file, as of November 2026; `filename` is not looked at."""
    reading = read(data)
    if not isinstance(reading, Reading):
        return {}
    contacts, evidence = reading.contacts, reading.evidence
    return {
        "name": contacts.name.value if contacts.name else None,
        "email": contacts.emails[0].value if contacts.emails else None,
        "phone": contacts.phones[0].value if contacts.phones else None,
        "links": [link.value for link in contacts.links],
        "location": contacts.place.value if contacts.place else None,
        "headline": evidence.headline.value if evidence.headline else None,
        "work": [_position(position) for position in evidence.employment],
        "education": [
            {
                "degree": study.degree.value if study.degree else None,
                "field": study.field.value if study.field else None,
                "school": study.school.value if study.school else None,
                "end": study.end,
            }
            for study in evidence.education
        ],
        "skills": list(dict.fromkeys(skill.value for skill in evidence.skills if skill.employment is None)),
        "languages": [language.value for language in evidence.languages],
        "certifications": [certification.value for certification in evidence.certifications],
        "years_experience": years(evidence.employment, as_of=AS_OF),
    }


def _position(position: Employment) -> dict[str, str | None]:
    return {
        "title": position.title.value if position.title else None,
        "company": position.company.value if position.company else None,
        "start": position.start,
        "end": "present" if position.current else position.end,
    }
