"""From the lines of a file to its reading."""

from __future__ import annotations

from hiring.contacts.finding import find, mask
from hiring.contacts.names import name_spans
from hiring.resumes.certifications import certifications_of
from hiring.resumes.document import document_of
from hiring.resumes.education import education_of
from hiring.resumes.employment import employment_of
from hiring.resumes.identity import contacts_of, headline_of
from hiring.resumes.languages import languages_of
from hiring.resumes.layout import Layout
from hiring.resumes.model import Education, Employment, Evidence, Fact, Reading
from hiring.resumes.sections import parts_of
from hiring.resumes.skills_section import skills_of, used_in


def reading_of(layout: Layout) -> Reading:
    """All that the lines say, each fact with its place; the evidence without name and contacts."""
    document = document_of(layout)
    parts = parts_of(document)
    contacts, found = contacts_of(document, parts)
    spans = [(each.start, each.end) for each in found]
    spans += [(each.start, each.end) for each in (*contacts.links, *contacts.emails, *contacts.phones)]
    if contacts.name:
        spans.append((contacts.name.start, contacts.name.end))
        spans += name_spans(document.text, contacts.name.value)
    text = mask(document.text, spans)
    spans += [(each.start, each.end) for each in find(text)]
    text = mask(text, [(each.start, each.end) for each in find(text)])
    employment = tuple(_masked_position(each, text) for each in employment_of(parts))
    languages = languages_of(parts)
    skills = skills_of(parts, tuple((each.start, each.end) for each in languages))
    skills = tuple(each for each in skills if "█" not in text[each.start : each.end])
    return Reading(
        format=layout.format,
        pages=layout.pages,
        text=document.text,
        contacts=contacts,
        evidence=Evidence(
            text=text,
            sections=tuple(section for part in parts if (section := part.section())),
            headline=_masked(headline_of(parts, contacts.name), text),
            employment=employment,
            education=tuple(_masked_study(each, text) for each in education_of(parts)),
            skills=skills + used_in(text, skills, employment),
            languages=languages,
            certifications=tuple(fact for each in certifications_of(parts) if (fact := _masked(each, text))),
        ),
        hidden_characters=layout.hidden_characters,
    )


def _masked[F: Fact](fact: F | None, text: str) -> F | None:
    """The fact as the evidence text shows it; None where nothing but the mask is left of it."""
    if fact is None:
        return None
    shown = text[fact.start : fact.end]
    if "█" not in shown:
        return fact
    shown = " ".join(shown.split())
    return fact.model_copy(update={"value": shown}) if any(map(str.isalpha, shown)) else None


def _masked_position(position: Employment, text: str) -> Employment:
    return position.model_copy(
        update={name: _masked(getattr(position, name), text) for name in ("title", "company", "place")}
    )


def _masked_study(study: Education, text: str) -> Education:
    return study.model_copy(
        update={name: _masked(getattr(study, name), text) for name in ("degree", "field", "school")}
    )
