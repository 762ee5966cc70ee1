"""What is read from a resume. Every fact says where it stands: code points into the NFC text."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from hiring.shared.values import Document, LanguageCode, LanguageLevel

MASK = "█"
"""Stands for each character of a name or a means of contact in the evidence text."""


class Problem(StrEnum):
    """Why a file cannot become a profile; the candidate is asked for another one."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    UNSUPPORTED_TYPE = "unsupported-type"
    ENCRYPTED = "encrypted"
    NO_TEXT = "no-text"
    TOO_LARGE = "too-large"
    UNSAFE = "unsafe"


class FileFormat(StrEnum):
    """What a file is, by its content and not by its name."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    HTML = "html"
    TXT = "txt"


class Span(Document):
    """`text[start:end]`, in code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Fact(Span):
    """A value read from the resume: normalised `value`, where it stands, and how sure the reader is (0 to 1)."""

    value: str
    confidence: float = Field(default=1.0, ge=0, le=1)


class Phone(Fact):
    """A phone number; `region` is the two-letter code of its country, None where the number does not say."""

    region: str | None = None


class Employment(Document):
    """One position held. `start` and `end` are YYYY-MM or YYYY; `current` where it is still held."""

    title: Fact | None = None
    company: Fact | None = None
    place: Fact | None = None
    start: str | None = None
    end: str | None = None
    current: bool = False
    text: Span
    """The whole entry: its heading lines and what was done."""


class Education(Document):
    """One course of study; `start` and `end` as for employment."""

    degree: Fact | None = None
    field: Fact | None = None
    school: Fact | None = None
    start: str | None = None
    end: str | None = None
    text: Span


class SkillMention(Fact):
    """A skill as the resume writes it; `employment` is the index of the position it was used in, None elsewhere."""

    employment: int | None = None


class SpokenLanguage(Fact):
    """A language with its level where one is stated; `value` is the language's English name."""

    language: LanguageCode | None = None
    level: LanguageLevel | None = None


class SectionKind(StrEnum):
    """What part of a resume a stretch of text belongs to."""

    HEADER = "header"
    SUMMARY = "summary"
    EMPLOYMENT = "employment"
    EDUCATION = "education"
    SKILLS = "skills"
    LANGUAGES = "languages"
    CERTIFICATIONS = "certifications"
    PROJECTS = "projects"
    OTHER = "other"


class Section(Span):
    """A stretch of the resume under one heading."""

    kind: SectionKind


class LeftOut(Document):
    """Where matching looks away, as found when the resume was read, so that no run need look for it again.

    `guards` is the version of the rules that found it; those of another version do not count.
    """

    guards: str
    protected: tuple[Span, ...]
    """What must not count: who somebody is."""
    stuffed: tuple[Span, ...]
    """What shows nothing: repetitions, instructions, lists that nothing backs."""


class Evidence(Document):
    """All that matching sees and quotes: the text with name and contacts masked, and facts without them."""

    text: str
    sections: tuple[Section, ...] = ()
    headline: Fact | None = None
    employment: tuple[Employment, ...] = ()
    education: tuple[Education, ...] = ()
    skills: tuple[SkillMention, ...] = ()
    languages: tuple[SpokenLanguage, ...] = ()
    certifications: tuple[Fact, ...] = ()
    authorisation: tuple[Fact, ...] = ()
    """What is stated about the right to work and the need of sponsorship, in the resume's words."""
    left_out: LeftOut | None = None


class Contacts(Document):
    """Who the resume belongs to and how to reach that person: never seen by matching or by clients."""

    name: Fact | None = None
    emails: tuple[Fact, ...] = ()
    phones: tuple[Phone, ...] = ()
    links: tuple[Fact, ...] = ()
    place: Fact | None = None


class Reading(Document):
    """A resume that could be read. `evidence.text` has the length of `text`: masked characters are `█`."""

    format: FileFormat
    pages: int = Field(ge=1)
    text: str
    contacts: Contacts
    evidence: Evidence
    hidden_characters: int = 0
    """How many letters and digits a reader of the page could not see; they are in none of the texts."""


class Unreadable(Document):
    """A file that cannot become a profile, and why."""

    problem: Problem
    detail: str
    """A sentence for the candidate that says what to do."""
