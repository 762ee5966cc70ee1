"""A requirement of a job, read once: what resumes are held against because of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from hiring.jobs.model import Requirement
from hiring.matching.credentials import AskedLanguages, asked_certificate, asked_languages
from hiring.matching.model import RequirementVerdict, Verdict
from hiring.skills.embedding import StaticEmbedding
from hiring.skills.requirements import Asked, read_requirement, says_something, subject_of, without_contrast
from hiring.skills.words import Line, words

NAMES_TELL = 600
"""Thousandths of the heart of a requirement that its names must be for them to stand for it."""
_LEVELS = (
    r"(?:bachelor|master|diploma|degree|doctorate|ph\.?\s?d|m\.?\s?sc|b\.?\s?sc|b\.?\s?a|m\.?\s?a|m\.?\s?eng|b\.?\s?eng"
    r"|mba|laurea|magist\w+|diplom\w*|licenciatura|masters?|bachelors?)"
)
_DEGREE = re.compile(rf"\b{_LEVELS}\b.*?\b(?:in|of)\s+(.+)", re.IGNORECASE)
NAMES_DEGREE = re.compile(rf"\b{_LEVELS}\b", re.IGNORECASE)
_OR = re.compile(r",| or (?:a )?(?:related|similar|comparable|equivalent)\b|\(", re.IGNORECASE)
_FRONT = re.compile(
    r"(?<=\w) (?:of|for|in|on|to|under|during|at|with|by|from|such|using|that|which|who)\b|[(:;]", re.IGNORECASE
)
SEVERAL = re.compile(r",|/|&| and | or ", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:(]| with | including ")


@dataclass(frozen=True)
class Criterion:
    """A requirement and what is looked for because of it.

    `subject` are the words that say what it is about, `heart` those before its first comma, `names_tell` says whether
    the names are a good part of the heart: AWS in "services on AWS".
    """

    requirement: Requirement
    asked: Asked
    least: float
    left_open: bool
    """Whether it only says what it goes beyond."""
    subject: tuple[str, ...]
    heart: tuple[str, ...]
    heads: frozenset[str]
    """The words that say what is done: installing, in "installing hardware"; care, in "wound care"."""
    names_tell: bool
    studied: tuple[str, ...]
    """The subject of the degree that is asked for; empty where none is."""
    languages: AskedLanguages | None
    certificate: Asked | None
    """What the certificate or licence is about that is asked for; None where none is."""
    certified: tuple[str, ...]
    """The words that say it."""

    @property
    def text(self) -> str:
        """The requirement as the client writes it."""
        return self.requirement.text

    @property
    def all_asked(self) -> tuple[tuple[str, ...], ...]:
        """Everything that passages are held against."""
        return (self.subject, self.heart, self.studied, self.certified)

    def claim(
        self, verdict: Verdict, text: str, quote: Line, years: float | None = None, last_year: int | None = None
    ) -> RequirementVerdict:
        """What is said of the requirement with the words `quote` of `text`."""
        return RequirementVerdict(
            requirement=self.text,
            kind=self.requirement.kind,
            verdict=verdict,
            quote=text[quote.start : quote.end],
            start=quote.start,
            end=quote.end,
            years=years,
            last_year=last_year,
        )

    def writes(self, name: tuple[str, ...], written: str) -> bool:
        """Whether a name is no acronym in the requirement, or is written as one in a resume."""
        acronym = any(word.text in name and self.text[word.start : word.end].isupper() for word in words(self.text))
        return not acronym or any(letter.isupper() for letter in written[1:])

    def not_shown(self) -> RequirementVerdict:
        """That the resume shows nothing of the requirement."""
        requirement = self.requirement
        return RequirementVerdict(requirement=requirement.text, kind=requirement.kind, verdict=Verdict.NOT_SHOWN)


def read_criterion(requirement: Requirement, embedding: StaticEmbedding) -> Criterion:
    """What a requirement asks for; `embedding` says how much each of its words tells."""
    text, left_open = without_contrast(requirement.text)
    asked = read_requirement(text)
    least = requirement.minimum_years if requirement.minimum_years is not None else asked.years
    degree = _DEGREE.search(text)
    studied = subject_of(_OR.split(degree[1], maxsplit=1)[0]) if degree else ()
    certificate = None if degree else asked_certificate(text)
    certified = _certified(certificate) if certificate else ()
    heart = certified or _telling(subject_of(next(filter(says_something, _CLAUSE.split(text)), text)))
    named = {word for name in asked.names for word in name}
    _, lengths = embedding.words(heart)
    told = sum(int(length) for word, length in zip(heart, lengths, strict=True) if word in named)
    return Criterion(
        requirement=requirement,
        asked=asked,
        least=least or 0.0,
        left_open=left_open,
        subject=tuple(dict.fromkeys((*_telling(subject_of(text)), *heart, *studied, *certified))),
        heart=heart,
        heads=_heads(heart, text),
        names_tell=told * 1000 >= NAMES_TELL * int(lengths.sum()) and len(named.union(heart)) <= len(named) + 1,
        studied=studied,
        languages=asked_languages(text),
        certificate=replace(read_requirement(certificate), any_name=asked.any_name) if certificate else None,
        certified=certified,
    )


def _certified(certificate: str) -> tuple[str, ...]:
    """What a paper is about: the words before the first comma where they say it, as a list of papers does not."""
    first = _telling(subject_of(_CLAUSE.split(certificate, maxsplit=1)[0]))
    return first if len(first) > 1 else _telling(subject_of(certificate))


def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """Each of the words once, without bare numbers where there are others: they say how much and not what."""
    return tuple(dict.fromkeys(word for word in words if not word.isdigit())) or words


def _heads(heart: tuple[str, ...], text: str) -> frozenset[str]:
    """What is done: the verbs that open it, else the last words before a preposition or an "and"."""
    parts = [[word.text for word in words(part)] for part in SEVERAL.split(_FRONT.split(text, maxsplit=1)[0])]
    told = [kept for part in parts if (kept := [word for word in part if word in heart])]
    verbs = frozenset(part[0] for part in told if part[0].endswith("ing"))
    return verbs if told and told[0][0] in verbs else frozenset(part[-1] for part in told) or frozenset(heart[-1:])
