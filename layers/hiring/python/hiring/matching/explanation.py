"""Why a candidate is on a shortlist: per requirement a verdict with the resume's own words.

No quote, no claim: a verdict of met or partly carries a stretch of the evidence text, `text[start:end] == quote`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hiring.jobs.model import JobTerms, Requirement, RequirementKind
from hiring.matching import experience
from hiring.matching.deal_breakers import Outcome
from hiring.matching.embedding import SCALE, StaticEmbedding, similarities
from hiring.matching.model import (
    Band,
    Preference,
    PreferenceVerdict,
    Reason,
    RequirementVerdict,
    Verdict,
)
from hiring.resumes.model import MASK, Evidence
from hiring.skills.mentions import Mention, ReadText, holds_denial
from hiring.skills.requirements import read_requirement
from hiring.skills.words import Line, trimmed

LONGEST_QUOTE = 200
PARAPHRASE = 0.62
"""Cosine from which a line is taken as a close paraphrase of a requirement, and no less than partly meets it."""
PARTIAL_MENTION = 0.6
"""Share of a phrase's words in one line from which it is a related mention."""


def explain(
    terms: JobTerms, evidence: Evidence, embedding: StaticEmbedding, *, as_of: date
) -> tuple[RequirementVerdict, ...]:
    """A verdict for each requirement of the job, in its order.

    `as_of` is the day until which a position that is still held counts.
    """
    read = ReadText(evidence.text)
    vectors = embedding.vectors([evidence.text[start:end] for start, end in read.lines])
    return tuple(
        _verdict(requirement, read, evidence, as_of) or _paraphrase(requirement, read, vectors, embedding)
        for requirement in terms.requirements
    )


def must_have_share(verdicts: Sequence[RequirementVerdict]) -> float | None:
    """The share of must-haves that are shown, half for one that is partly met; None where there are none."""
    worth = {Verdict.MET: 1.0, Verdict.PARTLY: 0.5, Verdict.NOT_SHOWN: 0.0}
    shown = [worth[verdict.verdict] for verdict in verdicts if verdict.kind is RequirementKind.MUST_HAVE]
    return sum(shown) / len(shown) if shown else None


def band(verdicts: Sequence[RequirementVerdict]) -> Band:
    """How good the match is, by its must-haves; by all requirements where none is a must-have."""
    kinds = {verdict.kind for verdict in verdicts}
    counted = (
        verdicts
        if RequirementKind.MUST_HAVE not in kinds
        else [verdict for verdict in verdicts if verdict.kind is RequirementKind.MUST_HAVE]
    )
    if all(verdict.verdict is Verdict.MET for verdict in counted):
        return Band.STRONG
    shown = sum({Verdict.MET: 1.0, Verdict.PARTLY: 0.5, Verdict.NOT_SHOWN: 0.0}[v.verdict] for v in counted)
    return Band.GOOD if shown >= 0.75 * len(counted) else Band.PARTIAL


def preference_verdicts(found: Mapping[Reason, Outcome], row: int) -> tuple[PreferenceVerdict, ...]:
    """What the conditions that the job raises mean for a candidate whom none of them excludes."""
    return tuple(
        PreferenceVerdict(code=reason, verdict=Preference.FITS if outcome.stated[row] else Preference.NOT_STATED)
        for reason, outcome in found.items()
        if reason not in (Reason.EMPLOYER_BLOCKED, Reason.VETOED)
    )


@dataclass(frozen=True)
class _Shown:
    """Where the resume speaks of a requirement: every line of it, and whether it shows all that is asked for."""

    mentions: tuple[Mention, ...]
    whole: bool


def _verdict(requirement: Requirement, read: ReadText, evidence: Evidence, as_of: date) -> RequirementVerdict | None:
    """The verdict by the requirement's own words; None where the resume does not hold them."""
    asked = read_requirement(requirement.text)
    least = requirement.minimum_years if requirement.minimum_years is not None else asked.years
    if not asked.choices:
        return _years_of_experience(requirement, least or 0.0, evidence, as_of)
    shown = max((_shown(choice, read) for choice in asked.choices), key=lambda s: (s.whole, len(s.mentions)))
    mentions = shown.mentions or tuple(m for name in asked.names for m in read.mentions(name) if not m.denied)
    if not mentions:
        return None
    positions = {index for mention in mentions for index in _positions(mention, evidence)}
    years = experience.years([evidence.employment[index] for index in sorted(positions)], as_of=as_of)
    enough = not least or (years is not None and years >= least)
    best = min(mentions, key=lambda mention: _preference(mention, evidence))
    return _claim(
        requirement,
        Verdict.MET if shown.whole and enough else Verdict.PARTLY,
        read.text,
        _quote(read.text, best),
        years,
    )


def _shown(choice: tuple[tuple[str, ...], ...], read: ReadText) -> _Shown:
    """All mentions of the phrases of one choice: whole ones if each phrase has one, otherwise what there is."""
    whole = [[m for m in read.mentions(phrase) if not m.denied] for phrase in choice]
    if all(whole):
        return _Shown(tuple(mention for mentions in whole for mention in mentions), whole=True)
    related = [
        mentions or [m for m in read.mentions(phrase, at_least=PARTIAL_MENTION) if not m.denied]
        for phrase, mentions in zip(choice, whole, strict=True)
    ]
    return _Shown(tuple(mention for mentions in related for mention in mentions), whole=False)


def _positions(mention: Mention, evidence: Evidence) -> list[int]:
    return [i for i, p in enumerate(evidence.employment) if p.text.start <= mention.start < p.text.end]


def _preference(mention: Mention, evidence: Evidence) -> tuple[float, bool, bool, bool, int]:
    """What is quoted first: more of the phrase, nothing masked, from a position held, words together, higher up."""
    masked = MASK in evidence.text[mention.line.start : mention.line.end]
    return (-mention.share, masked, not _positions(mention, evidence), not mention.adjacent, mention.start)


def _paraphrase(
    requirement: Requirement, read: ReadText, vectors: NDArray[np.int8], embedding: StaticEmbedding
) -> RequirementVerdict:
    """Partly met by the line that means nearly the same, or not shown."""
    if read.lines:
        cosines = similarities(vectors, embedding.vector(requirement.text)) / (SCALE * SCALE)
        best = int(np.argmax(cosines))
        line = read.lines[best]
        if cosines[best] >= PARAPHRASE and not holds_denial(read.text[line.start : line.end]):
            return _claim(
                requirement, Verdict.PARTLY, read.text, _window(read.text, line, line.start, line.start), None
            )
    return RequirementVerdict(requirement=requirement.text, kind=requirement.kind, verdict=Verdict.NOT_SHOWN)


def _years_of_experience(requirement: Requirement, least: float, evidence: Evidence, as_of: date) -> RequirementVerdict:
    """The years of all dated positions against `least`, quoting the first line of the earliest of them."""
    dated = [p for p in evidence.employment if experience.months_of(p, as_of=as_of)]
    years = experience.years(dated, as_of=as_of)
    if years is None:
        return RequirementVerdict(requirement=requirement.text, kind=requirement.kind, verdict=Verdict.NOT_SHOWN)
    earliest = min(dated, key=lambda position: (position.start or "", position.text.start))
    heading = evidence.text[earliest.text.start : earliest.text.end].lstrip().partition("\n")[0]
    start = evidence.text.index(heading, earliest.text.start)
    quote = _window(evidence.text, trimmed(evidence.text, start, start + len(heading)), start, start)
    return _claim(requirement, Verdict.MET if years >= least else Verdict.PARTLY, evidence.text, quote, years)


def _quote(text: str, mention: Mention) -> Line:
    return _window(text, mention.line, mention.start, mention.end)


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


def _claim(
    requirement: Requirement, verdict: Verdict, text: str, quote: Line, years: float | None
) -> RequirementVerdict:
    return RequirementVerdict(
        requirement=requirement.text,
        kind=requirement.kind,
        verdict=verdict,
        quote=text[quote.start : quote.end],
        start=quote.start,
        end=quote.end,
        years=years,
    )
