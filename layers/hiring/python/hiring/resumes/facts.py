"""From the lines of a file to its reading."""

from __future__ import annotations

from hiring.contacts.finding import Contact, ContactKind, find, mask
from hiring.contacts.names import name_spans
from hiring.resumes.authorisation import authorisation_of
from hiring.resumes.certifications import certifications_of
from hiring.resumes.document import document_of
from hiring.resumes.education import education_of
from hiring.resumes.employment import employment_of
from hiring.resumes.headings import fold
from hiring.resumes.identity import contacts_of, headline_of
from hiring.resumes.languages import languages_of
from hiring.resumes.layout import Layout
from hiring.resumes.model import MASK, Contacts, Education, Employment, Evidence, Fact, Reading
from hiring.resumes.sections import parts_of
from hiring.resumes.skills_section import skills_of, used_in
from hiring.resumes.titles import title_score


def reading_of(layout: Layout) -> Reading:
    """All that the lines say, each fact with its place; the evidence without name and contacts."""
    document = document_of(layout)
    parts = parts_of(document)
    contacts, found = contacts_of(document, parts)
    work, headline = employment_of(parts), headline_of(parts, contacts.name)
    titles = [fact for fact in (headline, *(each.title for each in work)) if fact]
    text = _evidence_text(document.text, contacts, found, work, titles)
    languages = languages_of(parts)
    skills = skills_of(parts, tuple((each.start, each.end) for each in languages))
    skills = tuple(each for each in skills if MASK not in text[each.start : each.end])
    employment = tuple(_masked_position(each, text) for each in work)
    return Reading(
        format=layout.format,
        pages=layout.pages,
        text=document.text,
        contacts=contacts,
        evidence=Evidence(
            text=text,
            sections=tuple(section for part in parts if (section := part.section())),
            headline=_masked(headline, text),
            employment=employment,
            education=tuple(_masked_study(each, text) for each in education_of(parts)),
            skills=skills + used_in(text, skills, employment),
            languages=languages,
            certifications=tuple(fact for each in certifications_of(parts) if (fact := _masked(each, text))),
            authorisation=tuple(fact for each in authorisation_of(parts) if (fact := _masked(each, text))),
        ),
        hidden_characters=layout.hidden_characters,
    )


def _evidence_text(
    text: str, contacts: Contacts, found: list[Contact], work: tuple[Employment, ...], titles: list[Fact]
) -> str:
    """`text` with the name and all means of contact masked."""
    employers = {(each.company.start, each.company.end) for each in work if each.company}
    spans = [(each.start, each.end) for each in found if not _is_employer(each, employers, contacts)]
    spans += [(each.start, each.end) for each in (*contacts.links, *contacts.emails, *contacts.phones)]
    if contacts.name:
        spans.append((contacts.name.start, contacts.name.end))
        spans += [span for span in name_spans(text, contacts.name.value) if not _is_title(text, span, titles)]
    masked = mask(text, spans)
    again = [each for each in find(masked) if not _is_employer(each, employers, contacts)]
    return mask(masked, [(each.start, each.end) for each in again])


def _is_title(text: str, span: tuple[int, int], titles: list[Fact]) -> bool:
    """Whether a part of the name is the word of a job in a job's title: "Head Baker" of a Jane Baker."""
    start, end = span
    return title_score(text[start:end]) > 0 and any(each.start <= start and end <= each.end for each in titles)


def _is_employer(contact: Contact, employers: set[tuple[int, int]], contacts: Contacts) -> bool:
    """Whether what looks like a link is the whole name of an employer ("Booking.com") and not the person's own site."""
    if contact.kind is not ContactKind.LINK or (contact.start, contact.end) not in employers or "/" in contact.text:
        return False
    own = [word for word in fold(contacts.name.value).split() if len(word) > 2] if contacts.name else []
    return not any(word in fold(contact.text) for word in own)


def _masked[F: Fact](fact: F | None, text: str) -> F | None:
    """The fact as the evidence text shows it; None where nothing but the mask is left of it."""
    if fact is None:
        return None
    shown = text[fact.start : fact.end]
    if MASK not in shown:
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
