"""What a client sees of a listed candidate, and the record of every opening (R14)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any, Self

from pydantic import Field

from hiring.resumes.model import Education, Employment, Evidence, Fact
from hiring.resumes.omission import cover, shown
from hiring.shared.errors import IllegalMove
from hiring.shared.values import Document

LINK_LIFE = timedelta(minutes=10)
"""For how long the link to a resume opens it."""


class NotReleased(IllegalMove):
    """Contact details and the original resume are for later, when an offer was accepted."""

    code = "not-released"
    title = "Contact details are not released yet"


class Opened(StrEnum):
    """What a client opened."""

    PROFILE = "profile"
    """The facts of the resume and the marketplace profile, beside the reasons of a match."""
    RESUME = "resume"
    """The whole resume without means of contact."""
    CONTACT = "contact"
    """The name and the means of contact, after their release."""
    ORIGINAL_RESUME = "original-resume"
    """The file as it was handed in, after the release."""


class Opening(Document):
    """That a client member looked at a candidate; at most one for each hour, member, entry and thing opened."""

    opened: Opened
    opened_at: datetime
    organisation_id: str
    job_id: str
    entry_id: str

    def line(self, viewer: str) -> str:
        """A name for this opening that sorts by its hour; `viewer` is a login, of which only a digest remains."""
        who = sha256(f"{viewer} {self.entry_id} {self.opened}".encode()).hexdigest()[:24]
        return f"{self.opened_at:%Y%m%dT%H}-{who}"


class MarketplaceProfile(Document):
    """What the marketplace shows of a freelancer. It is shown beside a match and never scored (R8)."""

    headline: str = Field(default="", max_length=500)
    overview: str = Field(default="", max_length=20_000)
    skills: tuple[str, ...] = Field(default=(), max_length=100)
    badges: tuple[str, ...] = Field(default=(), max_length=20)
    job_success_score: int | None = Field(default=None, ge=0, le=100)
    completed_jobs: int | None = Field(default=None, ge=0)
    member_since: date | None = None

    @classmethod
    def read(cls, stated: Any) -> Self:
        """The profile in what the marketplace says, of which fields that it adds later are left out.

        Raises `ValueError` where it is no profile.
        """
        if not isinstance(stated, dict):
            raise ValueError("not a JSON object")
        return cls.model_validate({name: value for name, value in stated.items() if name in cls.model_fields})

    @property
    def digest(self) -> str:
        """SHA-256 over everything in it: equal profiles have equal ones."""
        return sha256(self.model_dump_json().encode()).hexdigest()

    def covered(self, hide: Callable[[str], str]) -> Self:
        """The profile with `hide` applied to all that somebody wrote."""
        return self.model_copy(
            update={
                "headline": hide(self.headline),
                "overview": hide(self.overview),
                "skills": tuple(hide(skill) for skill in self.skills),
            }
        )


class Snapshot(Document):
    """A marketplace profile as it was when an entry was first looked at, without means of contact.

    `digest` is that of the profile as the marketplace gave it.
    """

    taken_at: datetime
    digest: str
    profile: MarketplaceProfile

    @classmethod
    def of(cls, profile: MarketplaceProfile, *, now: datetime) -> Self:
        """A snapshot of what the marketplace says now."""
        return cls(taken_at=now, digest=profile.digest, profile=profile.covered(without_contacts))


class PositionHeld(Document):
    """One position, in the resume's own words; dates are YYYY-MM or YYYY."""

    title: str
    company: str
    place: str
    start: str | None
    end: str | None
    current: bool
    text: str


class Study(Document):
    """One course of study, in the resume's own words."""

    degree: str
    field: str
    school: str
    start: str | None
    end: str | None


class Profile(Document):
    """The facts of a resume in its own words, without name and means of contact."""

    headline: str
    employment: tuple[PositionHeld, ...]
    education: tuple[Study, ...]
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    certifications: tuple[str, ...]
    authorisation: tuple[str, ...]

    @classmethod
    def of(cls, evidence: Evidence) -> Self:
        """The profile that a resume's evidence gives."""
        text = cover(evidence.text)
        return cls(
            headline=shown(text, evidence.headline),
            employment=tuple(_position(position, text) for position in evidence.employment),
            education=tuple(_study(study, text) for study in evidence.education),
            skills=_listed(evidence.skills, text),
            languages=_listed(evidence.languages, text),
            certifications=_listed(evidence.certifications, text),
            authorisation=_listed(evidence.authorisation, text),
        )


def without_contacts(text: str) -> str:
    """`text` with every means of contact covered by █, of the same length."""
    from hiring.contacts.finding import find, mask
    from hiring.contacts.policy import find_contacts

    spans = [(span.start, span.end) for span in find_contacts(text)]
    return mask(text, [*spans, *((contact.start, contact.end) for contact in find(text))])


def without_name(text: str, name: str | None) -> str:
    """`text` with `name` and its parts covered by █, of the same length."""
    from hiring.contacts.finding import mask
    from hiring.contacts.names import name_spans

    return mask(text, name_spans(text, name)) if name else text


def _position(position: Employment, text: str) -> PositionHeld:
    return PositionHeld(
        title=shown(text, position.title),
        company=shown(text, position.company),
        place=shown(text, position.place),
        start=position.start,
        end=position.end,
        current=position.current,
        text=text[position.text.start : position.text.end],
    )


def _study(study: Education, text: str) -> Study:
    return Study(
        degree=shown(text, study.degree),
        field=shown(text, study.field),
        school=shown(text, study.school),
        start=study.start,
        end=study.end,
    )


def _listed(facts: tuple[Fact, ...], text: str) -> tuple[str, ...]:
    """Each fact once, in the order of the resume, those left out that say nothing any more."""
    words = {shown(text, fact): None for fact in sorted(facts, key=lambda fact: fact.start)}
    return tuple(word for word in words if word)
