"""Why a candidate is on a shortlist: per requirement a verdict with the resume's own words.

No quote, no claim: a verdict of met or partly carries a stretch of the evidence text, `text[start:end] == quote`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from hiring.jobs.model import JobTerms, RequirementKind
from hiring.matching import experience
from hiring.matching.alignment import Aligned, Passages, WantedWords, passages_of
from hiring.matching.credentials import LICENCE, AskedLanguages, certifies, spoken
from hiring.matching.criteria import NAMES_DEGREE, SEVERAL, Criterion, read_criterion
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
from hiring.skills.mentions import APART, ReadText
from hiring.skills.requirements import Asked
from hiring.skills.synonyms import is_general
from hiring.skills.words import Line, trimmed

LONGEST_QUOTE = 200
WORTH = {Verdict.MET: 1.0, Verdict.PARTLY: 0.5, Verdict.NOT_SHOWN: 0.0}
"""What a verdict counts in the share of must-haves that is shown."""
STRONG = 0.8
"""Share of the must-haves, half for one that is partly met, from which a match is strong."""
GOOD = 0.6
"""Share from which it is good; what is listed at all shows at least 0.4."""
SAYS_MOST = 500
"""Thousandths of a requirement that one passage must say to meet it."""
SAYS_HEART = 700
"""Thousandths of its heart, what stands before the first comma, that a passage must say to show it by its words."""
SAYS_PAPER = 950
"""Thousandths of what a certificate is about that a line about certificates must say."""
LEAST_SAID = 150
"""Thousandths of a requirement that a passage about the same work must say: a field is no skill."""
LONG = 12
"""Words of a passage above which only its words count: a long list is about everything."""
LEAST_WORDS = 4
"""Fewer words, such as a heading, say nothing of what was done unless they hold more than one of a requirement."""
FOREIGN = 400
"""Cosine in thousandths below which a line that holds a name means another thing by it: REST, "rest and recovery"."""
FOREIGN_IN_LETTERS = 600
"""The same where the line writes an acronym of the requirement like any word: SAP, "maple sap"."""
RELATED = 350
"""Cosine in thousandths below which a passage is about other work, whatever words it shares."""
ENOUGH = 1450
"""Thousandths said of a requirement and of its cosine, together, that a passage needs to meet it."""
ENOUGH_OF_ALL = 1200
"""The same where the passage holds all its telling words, or all but one of at least `MANY`."""
ENOUGH_IN_SHORT = 1750
"""The same for a passage of fewer words than `SHORT_TO_MEET` that does not: a word that it shares by chance weighs more
there.
"""
SHORT_TO_MEET = 6
MANY = 4
"""Words of a requirement from which one may be missing."""
ALIKE = 600
"""Cosine in thousandths from which a passage is about the same, whatever words it uses."""
ALIKE_IN_SHORT = 690
"""The same for a passage of fewer words than `SHORT`: one word that also means something else weighs more there."""
SHORT = 5
CLOSE_IN_WORDS = 350
"""Cosine of the words alone from which a passage about the same work is about the same thing. A resume has a hundred
passages, and the nearest of them speaks: what one line in a hundred gets wrong, every resume would."""
_LEARNED = re.compile(
    r"\b(?:courses?|training (?:course|in)|workshops?|seminars?|tutorials?|basics|bootcamp)\b",
    re.IGNORECASE,
)
_HELPED = re.compile(
    r"\b(?:assist(?:ed|ing|s)?|assistant to|help(?:ed|ing|s)?|participat(?:ed|ing|es?)|took part|attend(?:ed|ing|s)"
    r"|observ(?:ed|ing)|shadow(?:ed|ing)|under (?:the )?supervision|trainee|intern(?:ship)?|apprentice(?:ship)?"
    r"|volunteer(?:ed)?|exposure to|stood in|some (?:experience|knowledge))\b",
    re.IGNORECASE,
)
_LEISURE = re.compile(r"\b(?:(?:free|spare|leisure) time|hobb(?:y|ies)|just for fun)\b", re.IGNORECASE)
SAYS_SUBJECT = 600
"""Thousandths of the subject of a degree that a study must say."""
NEAR = 60
"""Characters around a subject within which its degree stands."""


class Criteria:
    """The requirements of a job, read once so that many candidates can be held against them."""

    def __init__(self, terms: JobTerms, embedding: StaticEmbedding) -> None:
        self.criteria = tuple(read_criterion(requirement, embedding) for requirement in terms.requirements)
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


def _verdict(
    criterion: Criterion, read: ReadText, passages: Passages, evidence: Evidence, as_of: date
) -> RequirementVerdict:
    if not criterion.asked.choices:
        return _years_of_experience(criterion, evidence, as_of)
    if criterion.studied:
        return _education(criterion, passages, evidence)
    if criterion.languages:
        return _languages(criterion, criterion.languages, read, evidence)
    if criterion.certificate:
        shown = _certificate(criterion, criterion.certificate, read, passages, evidence)
    else:
        shown = _by_words(criterion.asked, read) or _stronger(criterion, read, passages)
    shown = _at_work(shown, evidence.text)
    if shown.verdict is Verdict.NOT_SHOWN:
        return criterion.not_shown()
    if criterion.left_open:
        shown = shown.at_most_partly()
    numbers = {index for place in shown.places for index in _positions(place.start, evidence)}
    positions = [evidence.employment[index] for index in sorted(numbers)]
    years, last_year = experience.years(positions, as_of=as_of), experience.last_year(positions, as_of=as_of)
    enough = not criterion.least or (years is not None and years >= criterion.least)
    enough = enough and not _only_in_part(criterion, shown, evidence.text)
    best = min(shown.places, key=lambda place: _preference(place, evidence))
    quote = _window(evidence.text, best.line, best.start, best.end)
    return criterion.claim(shown.verdict if enough else Verdict.PARTLY, evidence.text, quote, years, last_year)


def _education(criterion: Criterion, passages: Passages, evidence: Evidence) -> RequirementVerdict:
    """Met where a study names the degree and says its subject, partly where a study says the subject alone.

    The degree of another subject shows nothing.
    """
    places = [span for span in evidence.sections if span.kind is SectionKind.EDUCATION]
    inside = [(span.start, span.end) for span in (*places, *(study.text for study in evidence.education))]
    said = np.flatnonzero(passages.said(criterion.studied).shares >= SAYS_SUBJECT).tolist()
    for passage in passages.aligned(criterion.studied, said):
        if not inside or any(start <= passage.start < end for start, end in inside):
            around = evidence.text[max(0, passage.passage.start - NEAR) : passage.passage.end + NEAR]
            quote = _window(evidence.text, passage.passage, passage.start, passage.end)
            verdict = Verdict.MET if NAMES_DEGREE.search(around) else Verdict.PARTLY
            return criterion.claim(verdict, evidence.text, quote, None)
    return criterion.not_shown()


def _languages(criterion: Criterion, asked: AskedLanguages, read: ReadText, evidence: Evidence) -> RequirementVerdict:
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


def _certificate(criterion: Criterion, asked: Asked, read: ReadText, passages: Passages, evidence: Evidence) -> _Shown:
    """Met where a line that lists certificates, or speaks of one, holds or says what the certificate is about.

    What such a line says of it in other words is partly, and so is the work with what the certificate names (AWS).
    Other work shows nothing: somebody may do it without the paper.
    """
    studies = not LICENCE.search(criterion.text)
    named = _by_words(asked, read) or _by_names(replace(criterion, asked=asked), read, passages)
    places = list(named.places) if named.verdict is Verdict.MET else []
    said = np.flatnonzero(passages.said(criterion.certified).shares >= SAYS_PAPER).tolist()
    places += [
        _Place(passage.passage, passage.start, passage.end, -passage.says)
        for passage in passages.aligned(criterion.certified, said)
    ]
    meant = _by_meaning(criterion, passages).places
    met, part = (
        tuple(
            place
            for place in found
            if passages.alike(criterion.subject, place.line) >= FOREIGN
            and certifies(place.line, read, evidence, studies=studies)
        )
        for found in (places, meant)
    )
    if met:
        return _Shown(Verdict.MET, met)
    part = _by_names(criterion, read, passages).places or part
    return _Shown(Verdict.PARTLY, part) if part else _Shown(Verdict.NOT_SHOWN)


def _at_work(shown: _Shown, text: str) -> _Shown:
    """What is shown without the lines that speak of leisure."""
    places = tuple(place for place in shown.places if not _LEISURE.search(text[place.line.start : place.line.end]))
    return _Shown(shown.verdict, places) if places else _Shown(Verdict.NOT_SHOWN)


def _only_in_part(criterion: Criterion, shown: _Shown, text: str) -> bool:
    """Whether every line that shows it speaks of a course, or of having helped: something, but not what work shows."""
    lines = [text[place.line.start : place.line.end] for place in shown.places]
    told = [text[max(place.line.start, place.start - NEAR) : place.end] for place in shown.places]
    return any(
        not pattern.search(criterion.text) and all(pattern.search(each) for each in said)
        for pattern, said in ((_LEARNED, lines), (_HELPED, told))
    )


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


def _stronger(criterion: Criterion, read: ReadText, passages: Passages) -> _Shown:
    """What names show, or what is said in whatever words where that shows more."""
    names = _by_names(criterion, read, passages)
    return names if names.verdict is Verdict.MET else max(_by_meaning(criterion, passages), names, key=_strength)


def _by_names(criterion: Criterion, read: ReadText, passages: Passages) -> _Shown:
    """Met where the technologies and other names that are asked for are there and tell most of it, else partly.

    A resume means one thing by a name (Gale, Church and Yarowsky, "One Sense per Discourse", 1992): where one line
    of it is about what is asked for, all lines that write the name count, and so do their years; else none does.
    """
    found = [_of_one_sense(criterion, name, read, passages) for name in criterion.asked.names]
    places = tuple(place for mentioned in found for place in mentioned)
    if not places:
        return _Shown(Verdict.NOT_SHOWN)
    enough = criterion.asked.any_name or (criterion.names_tell and all(found))
    return _Shown(Verdict.MET if enough else Verdict.PARTLY, places)


def _of_one_sense(criterion: Criterion, name: tuple[str, ...], read: ReadText, passages: Passages) -> list[_Place]:
    places, written, meant = _mentions(read, name), [], []
    for place in places:
        writes = criterion.writes(name, read.text[place.start : place.end])
        written.append(writes)
        meant.append(passages.alike(criterion.subject, place.line) >= (FOREIGN if writes else FOREIGN_IN_LETTERS))
    if not any(meant):
        return []
    return [place for place, is_written, is_meant in zip(places, written, meant, strict=True) if is_written or is_meant]


def _by_meaning(criterion: Criterion, passages: Passages) -> _Shown:
    """Met where a passage says most of what is asked for, partly where it is about the same work, in whatever words.

    What stands before the first comma is the heart of it: a passage that says most of the heart meets it partly, and
    to be met it takes the heart; one word of several is chance.
    """
    whole = passages.said(criterion.subject)
    related = np.flatnonzero(whole.alike >= RELATED)
    if not related.size:
        return _Shown(Verdict.NOT_SHOWN)
    heart = passages.said(criterion.heart)
    sizes = passages.sizes[related].tolist()
    told = [part[related].tolist() for part in (*whole, heart.shares, heart.held)]
    least, least_heart = min(2, len(criterion.subject)), min(2, len(criterion.heart))
    most, part = [], []
    for index, size, shares, close, alike, held, telling, heart_shares, heart_held in zip(
        related.tolist(), sizes, *told, strict=True
    ):
        holds = heart_held >= least_heart
        about = alike >= (ALIKE_IN_SHORT if size < SHORT else ALIKE) and close >= CLOSE_IN_WORDS
        about = about and telling and shares >= LEAST_SAID and size <= LONG and (size >= LEAST_WORDS or held >= least)
        if holds and shares >= SAYS_MOST and shares + alike >= ENOUGH_OF_ALL:
            most.append(index)
        # Work in a trade is no licence for it, and another licence is another one.
        if (about and not criterion.certificate) or (holds and heart_shares >= SAYS_HEART):
            part.append(index)
    for verdict, among in ((Verdict.MET, most), (Verdict.PARTLY, part)):
        found = passages.aligned(criterion.subject, among)
        if verdict is Verdict.MET:
            found = [each for each in found if _meets(criterion, passages, each)]
        whole_lines = {each.passage for each in found if not any(_within(other, each) for other in found)}
        places = [_Place(each.passage, each.start, each.end, -each.says) for each in found]
        if places:
            return _Shown(verdict, tuple(place for place in places if place.line in whole_lines))
    return _Shown(Verdict.NOT_SHOWN)


def _meets(criterion: Criterion, passages: Passages, found: Aligned) -> bool:
    """Whether a passage says enough, close together, and names what is done: hardware is not yet its installation."""
    subject, holding = criterion.subject, passages.holding(criterion.subject, found)
    if holding.spread > 2 * (len(subject) - len(holding.lacks)) + APART or criterion.heads <= holding.lacks:
        return False
    if holding.listed and not SEVERAL.search(criterion.text):
        return False
    missed = sum(not is_general(word) for word in holding.lacks)
    if passages.sizes[found.number] < SHORT_TO_MEET:
        return found.says >= (ENOUGH_IN_SHORT if missed else ENOUGH)
    return found.says >= (ENOUGH if missed > (len(subject) >= MANY) else ENOUGH_OF_ALL)


def _within(inner: Aligned, outer: Aligned) -> bool:
    """Whether one passage is a part of another: it says the same in fewer words."""
    one, other = inner.passage, outer.passage
    return one != other and other.start <= one.start and one.end <= other.end


def _mentions(read: ReadText, phrase: tuple[str, ...]) -> list[_Place]:
    return [
        _Place(mention.line, mention.start, mention.end, 0 if mention.adjacent else 1)
        for mention in read.mentions(phrase)
        if not mention.denied and not mention.scattered
    ]


def _positions(start: int, evidence: Evidence) -> list[int]:
    return [i for i, p in enumerate(evidence.employment) if p.text.start <= start < p.text.end]


def _preference(place: _Place, evidence: Evidence) -> tuple[bool, float, bool, int]:
    """What is quoted first: nothing masked, the best order, from a position held, higher up."""
    masked = MASK in evidence.text[place.line.start : place.line.end]
    return (masked, place.order, not _positions(place.start, evidence), place.start)


def _years_of_experience(criterion: Criterion, evidence: Evidence, as_of: date) -> RequirementVerdict:
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
