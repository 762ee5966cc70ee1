"""Why a candidate is on a shortlist: per requirement a verdict with the resume's own words.

No quote, no claim: a verdict of met or partly carries a stretch of the evidence text, `text[start:end] == quote`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from hiring.jobs.model import JobTerms, Requirement, RequirementKind
from hiring.matching import experience
from hiring.matching.alignment import Aligned, Passages, WantedWords, passages_of
from hiring.matching.credentials import (
    AskedLanguages,
    asked_certificate,
    asked_languages,
    certifying_lines,
    spoken,
)
from hiring.matching.deal_breakers import Outcome
from hiring.matching.guards import matched_text
from hiring.matching.model import (
    Band,
    Preference,
    PreferenceVerdict,
    Reason,
    RequirementVerdict,
    Verdict,
)
from hiring.resumes.model import MASK, Evidence, SectionKind
from hiring.skills.embedding import StaticEmbedding
from hiring.skills.fields import load_fields
from hiring.skills.mentions import ReadText
from hiring.skills.requirements import Asked, read_requirement, subject_of
from hiring.skills.words import Line, trimmed

LONGEST_QUOTE = 200
WORTH = {Verdict.MET: 1.0, Verdict.PARTLY: 0.5, Verdict.NOT_SHOWN: 0.0}
"""What a verdict counts in the share of must-haves that is shown."""
STRONG = 0.8
"""Share of the must-haves, half for one that is partly met, from which a match is strong."""
GOOD = 0.6
"""Share from which it is good; what is listed at all shows at least 0.4."""
SAYS_MOST = 600
"""Thousandths of a requirement that one passage must say to meet it."""
SAYS_HEART = 700
"""Thousandths of its heart, what stands before the first comma, that a passage must say to show it by its words."""
LEAST_WORDS = 2
"""A single word, such as a heading, says nothing of what was done."""
FOREIGN = 400
"""Cosine in thousandths below which a line that holds a name means another thing by it: REST, "rest and recovery"."""
RELATED = 450
"""Cosine in thousandths below which a passage is about other work, whatever words it shares."""
CLOSE = 690
"""Cosine in thousandths below which a passage does not meet a requirement, whatever words it shares."""
ALIKE = 600
"""Cosine in thousandths from which a passage is about the same, whatever words it uses."""
ALIKE_IN_SHORT = 690
"""The same for a passage of fewer words than `SHORT`: one word that also means something else weighs more there."""
SHORT = 5
CLOSE_IN_WORDS = 350
"""Cosine of the words alone from which a passage about the same work is about the same thing. A resume has a hundred
passages, and the nearest of them speaks: what one line in a hundred gets wrong, every resume would."""
NAMES_TELL = 600
"""Thousandths of the heart of a requirement that its names must be for them to stand for it."""
_LEARNED = re.compile(
    r"\b(?:courses?|training (?:course|in)|workshops?|seminars?|tutorials?|basics|bootcamp)\b",
    re.IGNORECASE,
)
_LEISURE = re.compile(r"\b(?:(?:free|spare|leisure) time|hobb(?:y|ies)|just for fun)\b", re.IGNORECASE)
SAYS_SUBJECT = 600
"""Thousandths of the subject of a degree that a study must say."""
NEAR = 60
"""Characters around a subject within which its degree stands."""
_LEVELS = (
    r"(?:bachelor|master|diploma|degree|doctorate|ph\.?\s?d|m\.?\s?sc|b\.?\s?sc|b\.?\s?a|m\.?\s?a|m\.?\s?eng|b\.?\s?eng"
    r"|mba|laurea|magist\w+|diplom\w*|licenciatura|masters?|bachelors?)"
)
_DEGREE = re.compile(rf"\b{_LEVELS}\b.*?\b(?:in|of)\s+(.+)", re.IGNORECASE)
_NAMES_DEGREE = re.compile(rf"\b{_LEVELS}\b", re.IGNORECASE)
_OR = re.compile(r",| or (?:a )?(?:related|similar|comparable|equivalent)\b|\(", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:(]| with | including ")


class Criteria:
    """The requirements of a job, read once so that many candidates can be held against them."""

    def __init__(self, terms: JobTerms, embedding: StaticEmbedding) -> None:
        self.criteria = tuple(_criterion(requirement, embedding) for requirement in terms.requirements)
        self.wanted = WantedWords(
            (asked for criterion in self.criteria for asked in criterion.all_asked), embedding, load_fields()
        )


def explain(criteria: Criteria, resumes: Sequence[Evidence], *, as_of: date) -> list[tuple[RequirementVerdict, ...]]:
    """For each resume a verdict for each requirement of the job, in its order.

    `as_of` is the day until which a position that is still held counts. A resume gets the same verdicts in whatever
    company; together they cost less.
    """
    if not resumes:
        return []
    read = [ReadText(matched_text(evidence)) for evidence in resumes]
    return [
        tuple(_verdict(criterion, text, passages, evidence, as_of) for criterion in criteria.criteria)
        for text, passages, evidence in zip(read, passages_of(read, criteria.wanted), resumes, strict=True)
    ]


def must_have_share(verdicts: Sequence[RequirementVerdict]) -> float | None:
    """The share of must-haves that are shown, half for one that is partly met; None where there are none."""
    shown = [WORTH[verdict.verdict] for verdict in verdicts if verdict.kind is RequirementKind.MUST_HAVE]
    return sum(shown) / len(shown) if shown else None


def band(verdicts: Sequence[RequirementVerdict]) -> Band:
    """How good the match is, by the share of its must-haves that is shown; by all requirements where none is one."""
    musts = [verdict for verdict in verdicts if verdict.kind is RequirementKind.MUST_HAVE]
    counted = musts or verdicts
    shown = sum(WORTH[verdict.verdict] for verdict in counted)
    if shown >= STRONG * len(counted):
        return Band.STRONG
    return Band.GOOD if shown >= GOOD * len(counted) else Band.PARTIAL


def preference_verdicts(found: Mapping[Reason, Outcome], row: int) -> tuple[PreferenceVerdict, ...]:
    """What the conditions that the job raises mean for a candidate whom none of them excludes."""
    return tuple(
        PreferenceVerdict(code=reason, verdict=Preference.FITS if outcome.stated[row] else Preference.NOT_STATED)
        for reason, outcome in found.items()
        if reason not in (Reason.EMPLOYER_BLOCKED, Reason.VETOED)
    )


@dataclass(frozen=True)
class _Criterion:
    """A requirement and what is looked for because of it.

    `subject` are the words that say what it is about, `heart` those before its first comma, `names_tell` says whether
    the names are a good part of the heart: AWS in "services on AWS".
    """

    requirement: Requirement
    asked: Asked
    least: float
    subject: tuple[str, ...]
    heart: tuple[str, ...]
    names_tell: bool
    studied: tuple[str, ...]
    """The subject of the degree that is asked for; empty where none is."""
    languages: AskedLanguages | None
    certificate: Asked | None
    """What the certificate or licence is about that is asked for; None where none is."""
    certified: tuple[str, ...]
    """The words that say it."""

    @property
    def all_asked(self) -> tuple[tuple[str, ...], ...]:
        """Everything that passages are held against."""
        return (self.subject, self.heart, self.studied, self.certified)

    def claim(
        self, verdict: Verdict, text: str, quote: Line, years: float | None = None, last_year: int | None = None
    ) -> RequirementVerdict:
        """What is said of the requirement with the words `quote` of `text`."""
        return RequirementVerdict(
            requirement=self.requirement.text,
            kind=self.requirement.kind,
            verdict=verdict,
            quote=text[quote.start : quote.end],
            start=quote.start,
            end=quote.end,
            years=years,
            last_year=last_year,
        )

    def not_shown(self) -> RequirementVerdict:
        """That the resume shows nothing of the requirement."""
        requirement = self.requirement
        return RequirementVerdict(requirement=requirement.text, kind=requirement.kind, verdict=Verdict.NOT_SHOWN)


def _criterion(requirement: Requirement, embedding: StaticEmbedding) -> _Criterion:
    asked = read_requirement(requirement.text)
    least = requirement.minimum_years if requirement.minimum_years is not None else asked.years
    heart = _telling(subject_of(_CLAUSE.split(requirement.text, maxsplit=1)[0]))
    named = {word for name in asked.names for word in name}
    degree = _DEGREE.search(requirement.text)
    studied = subject_of(_OR.split(degree[1], maxsplit=1)[0]) if degree else ()
    certificate = None if degree else asked_certificate(requirement.text)
    certified = _telling(subject_of(certificate)) if certificate else ()
    _, lengths = embedding.words(heart)
    told = sum(int(length) for word, length in zip(heart, lengths, strict=True) if word in named)
    return _Criterion(
        requirement=requirement,
        asked=asked,
        least=least or 0.0,
        subject=tuple(dict.fromkeys((*_telling(subject_of(requirement.text)), *heart, *studied, *certified))),
        heart=heart,
        names_tell=told * 1000 >= NAMES_TELL * int(lengths.sum()) and len(named.union(heart)) <= len(named) + 1,
        studied=studied,
        languages=asked_languages(requirement.text),
        certificate=read_requirement(certificate) if certificate else None,
        certified=certified,
    )


def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """Each of the words once, without bare numbers where there are others: they say how much and not what."""
    return tuple(dict.fromkeys(word for word in words if not word.isdigit())) or words


def _verdict(
    criterion: _Criterion, read: ReadText, passages: Passages, evidence: Evidence, as_of: date
) -> RequirementVerdict:
    if not criterion.asked.choices:
        return _years_of_experience(criterion, evidence, as_of)
    if criterion.studied:
        return _education(criterion, passages, evidence)
    if criterion.languages:
        return _languages(criterion, criterion.languages, read, evidence)
    shown = _by_words(criterion.asked, read)
    if shown is None:
        names = _by_names(criterion, read, passages)
        shown = names if names.verdict is Verdict.MET else max(_by_meaning(criterion, passages), names, key=_strength)
    shown = _at_work(shown, evidence.text)
    if criterion.certificate:
        shown = _certificate(criterion, criterion.certificate, read, passages, evidence) or shown.at_most_partly()
    if shown.verdict is Verdict.NOT_SHOWN:
        return criterion.not_shown()
    numbers = {index for place in shown.places for index in _positions(place.start, evidence)}
    positions = [evidence.employment[index] for index in sorted(numbers)]
    years, last_year = experience.years(positions, as_of=as_of), experience.last_year(positions, as_of=as_of)
    enough = not criterion.least or (years is not None and years >= criterion.least)
    enough = enough and not _only_learned(criterion, shown, evidence.text)
    best = min(shown.places, key=lambda place: _preference(place, evidence))
    quote = _window(evidence.text, best.line, best.start, best.end)
    return criterion.claim(shown.verdict if enough else Verdict.PARTLY, evidence.text, quote, years, last_year)


def _education(criterion: _Criterion, passages: Passages, evidence: Evidence) -> RequirementVerdict:
    """Met where a study names the degree and says its subject, partly where a study says the subject alone.

    The degree of another subject shows nothing.
    """
    places = [span for span in evidence.sections if span.kind is SectionKind.EDUCATION]
    inside = [(span.start, span.end) for span in (*places, *(study.text for study in evidence.education))]
    said = passages.said(criterion.studied).shares >= SAYS_SUBJECT
    for passage in passages.aligned(criterion.studied, said):
        if not inside or any(start <= passage.start < end for start, end in inside):
            around = evidence.text[max(0, passage.passage.start - NEAR) : passage.passage.end + NEAR]
            quote = _window(evidence.text, passage.passage, passage.start, passage.end)
            verdict = Verdict.MET if _NAMES_DEGREE.search(around) else Verdict.PARTLY
            return criterion.claim(verdict, evidence.text, quote, None)
    return criterion.not_shown()


def _languages(criterion: _Criterion, asked: AskedLanguages, read: ReadText, evidence: Evidence) -> RequirementVerdict:
    """Met where the languages asked for are spoken as well as asked, partly where less well or not all of them."""
    found = [spoken(language, read, evidence) for language in asked.languages]
    said = [each for each in found if each is not None]
    if not said:
        return criterion.not_shown()
    met = [each for each in said if each.verdict is Verdict.MET]
    enough = bool(met) if asked.any_one else len(met) == len(found)
    best = met[0] if enough else next((each for each in said if each.verdict is Verdict.PARTLY), said[0])
    quote = _window(evidence.text, best.line, best.start, best.end)
    return criterion.claim(Verdict.MET if enough else Verdict.PARTLY, evidence.text, quote, None)


def _certificate(
    criterion: _Criterion, asked: Asked, read: ReadText, passages: Passages, evidence: Evidence
) -> _Shown | None:
    """Met where a line that lists certificates, or speaks of one, holds or says what the certificate is about."""
    certifying = certifying_lines(read, evidence)
    named = _by_words(asked, read) or _by_names(replace(criterion, asked=asked), read, passages)
    places = [place for place in named.places if place.line in certifying] if named.verdict is Verdict.MET else []
    said = passages.said(criterion.certified).shares >= SAYS_MOST
    places += [
        _Place(passage.passage, passage.start, passage.end, -passage.says)
        for passage in passages.aligned(criterion.certified, said)
        if passage.passage in certifying
    ]
    return _Shown(Verdict.MET, tuple(places)) if places else None


def _at_work(shown: _Shown, text: str) -> _Shown:
    """What is shown without the lines that speak of leisure."""
    places = tuple(place for place in shown.places if not _LEISURE.search(text[place.line.start : place.line.end]))
    return _Shown(shown.verdict, places) if places else _Shown(Verdict.NOT_SHOWN)


def _only_learned(criterion: _Criterion, shown: _Shown, text: str) -> bool:
    """Whether every line that shows it speaks of a course: something, but not what work shows."""
    if _LEARNED.search(criterion.requirement.text):
        return False
    return all(_LEARNED.search(text[place.line.start : place.line.end]) for place in shown.places)


@dataclass(frozen=True)
class _Place:
    """A line that speaks of a requirement, from its first to its last word about it; the lower `order`, the better."""

    line: Line
    start: int
    end: int
    order: float


@dataclass(frozen=True)
class _Shown:
    """What a resume shows of a requirement, and where."""

    verdict: Verdict
    places: tuple[_Place, ...] = ()

    def at_most_partly(self) -> _Shown:
        """The same, but not met."""
        return replace(self, verdict=Verdict.PARTLY) if self.verdict is Verdict.MET else self


def _strength(shown: _Shown) -> int:
    """For comparing: what is met beats what is partly met."""
    return (Verdict.NOT_SHOWN, Verdict.PARTLY, Verdict.MET).index(shown.verdict)


def _by_words(asked: Asked, read: ReadText) -> _Shown | None:
    """Met where the resume holds every phrase of one choice word by word."""
    for choice in asked.choices:
        found = [_mentions(read, phrase) for phrase in choice]
        if all(found):
            return _Shown(Verdict.MET, tuple(place for places in found for place in places))
    return None


def _by_names(criterion: _Criterion, read: ReadText, passages: Passages) -> _Shown:
    """Met where the technologies and other names that are asked for are there and tell most of it, else partly.

    A line about other work does not count.
    """
    found = [
        [place for place in _mentions(read, name) if passages.alike(criterion.subject, place.line) >= FOREIGN]
        for name in criterion.asked.names
    ]
    places = tuple(place for mentioned in found for place in mentioned)
    if not places:
        return _Shown(Verdict.NOT_SHOWN)
    enough = criterion.asked.any_name or (criterion.names_tell and all(found))
    return _Shown(Verdict.MET if enough else Verdict.PARTLY, places)


def _by_meaning(criterion: _Criterion, passages: Passages) -> _Shown:
    """Met where a passage says most of what is asked for, partly where it is about the same work, in whatever words.

    What stands before the first comma is the heart of it: a passage that says most of the heart meets it partly, and
    to be met it takes the heart; one word of several is chance.
    """
    whole = passages.said(criterion.subject)
    if whole.alike.max(initial=0) < RELATED:
        return _Shown(Verdict.NOT_SHOWN)
    heart = passages.said(criterion.heart)
    held = (heart.held >= min(2, len(criterion.heart))) & (heart.shares >= SAYS_HEART)
    most = held & (whole.shares >= SAYS_MOST) & (whole.alike >= CLOSE)
    about = (whole.alike >= np.where(passages.sizes < SHORT, ALIKE_IN_SHORT, ALIKE)) & (whole.close >= CLOSE_IN_WORDS)
    if criterion.certificate:
        # Work in a trade is no licence for it, and another licence is another one.
        about[:] = False
    part = held & (whole.alike >= RELATED) | about & (passages.sizes >= LEAST_WORDS)
    for verdict, among in ((Verdict.MET, most), (Verdict.PARTLY, part)):
        found = passages.aligned(criterion.subject, among)
        whole_lines = {each.passage for each in found if not any(_within(other, each) for other in found)}
        places = [_Place(each.passage, each.start, each.end, -each.says) for each in found]
        if places:
            return _Shown(verdict, tuple(place for place in places if place.line in whole_lines))
    return _Shown(Verdict.NOT_SHOWN)


def _within(inner: Aligned, outer: Aligned) -> bool:
    """Whether one passage is a part of another: it says the same in fewer words."""
    one, other = inner.passage, outer.passage
    return one != other and other.start <= one.start and one.end <= other.end


def _mentions(read: ReadText, phrase: tuple[str, ...]) -> list[_Place]:
    return [
        _Place(mention.line, mention.start, mention.end, 0 if mention.adjacent else 1)
        for mention in read.mentions(phrase)
        if not mention.denied
    ]


def _positions(start: int, evidence: Evidence) -> list[int]:
    return [i for i, p in enumerate(evidence.employment) if p.text.start <= start < p.text.end]


def _preference(place: _Place, evidence: Evidence) -> tuple[bool, float, bool, int]:
    """What is quoted first: nothing masked, the best order, from a position held, higher up."""
    masked = MASK in evidence.text[place.line.start : place.line.end]
    return (masked, place.order, not _positions(place.start, evidence), place.start)


def _years_of_experience(criterion: _Criterion, evidence: Evidence, as_of: date) -> RequirementVerdict:
    """The years of all dated positions against those asked for, quoting the first line of the earliest of them."""
    dated = [p for p in evidence.employment if experience.months_of(p, as_of=as_of)]
    years = experience.years(dated, as_of=as_of)
    if years is None:
        return criterion.not_shown()
    earliest = min(dated, key=lambda position: (position.start or "", position.text.start))
    heading = evidence.text[earliest.text.start : earliest.text.end].lstrip().partition("\n")[0]
    start = evidence.text.index(heading, earliest.text.start)
    quote = _window(evidence.text, trimmed(evidence.text, start, start + len(heading)), start, start)
    return criterion.claim(Verdict.MET if years >= criterion.least else Verdict.PARTLY, evidence.text, quote, years)


def _window(text: str, line: Line, start: int, end: int) -> Line:
    """The line, or where it is too long as many of its whole words as fit around `start` to `end`."""
    if line.end - line.start <= LONGEST_QUOTE:
        return line
    end = min(end, start + LONGEST_QUOTE)
    left = max(line.start, min(start, start - (LONGEST_QUOTE - (end - start)) // 2))
    right = min(line.end, left + LONGEST_QUOTE)
    while left > line.start and left < start and not text[left - 1].isspace():
        left += 1
    while right < line.end and right > end and not text[right].isspace():
        right -= 1
    return trimmed(text, left, right)
