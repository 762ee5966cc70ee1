"""The text that matching works with: the evidence without what must not count (R8) and what is not meant (R13)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from hiring.jobs.model import JobTerms
from hiring.matching.stuffing import pasted_spans, stuffed_spans
from hiring.resumes.model import MASK, Evidence, Fact, LeftOut, Reading, Span, Unreadable
from hiring.resumes.protected import forms_of_address, protected_spans
from hiring.skills.words import words

_WRAPPED = re.compile(r"\n(?<=[^\n]{15}[^\s.!?;:]\n)(?=[a-zß-öø-ÿ])")
"""Where a page breaks a line within a sentence: it goes on with a small letter."""
GUARDS = "3"
"""Raised whenever something else is left out; stored in every run."""


def screened(reading: Reading | Unreadable) -> Reading | Unreadable:
    """The reading with what matching looks away from written down in its evidence."""
    if isinstance(reading, Unreadable):
        return reading
    evidence = reading.evidence.model_copy(update={"left_out": _left_out(reading.evidence)})
    return reading.model_copy(update={"evidence": evidence})


def matched_text(evidence: Evidence) -> str:
    """The evidence text without everything that matching looks away from; every other character keeps its place.

    What is left out parts the lines around it, as a line break would, and sentences that the page broke are whole
    again: where a line wraps because a name or a pronoun is long is nothing that matching may see.
    """
    whole = _WRAPPED.sub(" ", evidence.text)
    left_out = _left_out(evidence)
    parted = _replaced(whole, (*left_out.protected, *left_out.stuffed), "\n")
    return _replaced(parted, _spans(forms_of_address(parted)), MASK)


def matched(evidence: Evidence) -> Evidence:
    """The evidence with the matched text for its text, and without a headline and skills that were left out of it."""
    text = matched_text(evidence)

    def seen(fact: Fact | None) -> bool:
        return fact is not None and text[fact.start : fact.end] == evidence.text[fact.start : fact.end]

    return evidence.model_copy(
        update={
            "text": text,
            "left_out": None,
            "headline": evidence.headline if seen(evidence.headline) else None,
            "skills": tuple(skill for skill in evidence.skills if seen(skill)),
        }
    )


def stuffed_words(evidence: Evidence) -> int:
    """How many words were left out because nothing backs them: they make a resume long, and so dilute the others."""
    spans = _left_out(evidence).stuffed
    kept = _replaced(evidence.text, spans, " ")
    return sum(1 for _ in words(evidence.text)) - sum(1 for _ in words(kept)) if spans else 0


def without_paste(evidence: Evidence, terms: JobTerms) -> Evidence:
    """The evidence as it is; where somebody pasted the advertisement of the job into it, without that."""
    pasted = _spans(pasted_spans(evidence, terms))
    if not pasted:
        return evidence
    return evidence.model_copy(update={"text": _replaced(evidence.text, pasted, "\n"), "left_out": None})


def _left_out(evidence: Evidence) -> LeftOut:
    """What was written down when the resume was read; found anew where that was by other rules or not at all."""
    if evidence.left_out is not None and evidence.left_out.guards == GUARDS:
        return evidence.left_out
    protected, stuffed = _spans(protected_spans(evidence)), _spans(stuffed_spans(evidence))
    return LeftOut(guards=GUARDS, protected=protected, stuffed=stuffed)


def _spans(found: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(start=start, end=end) for start, end in found)


def _replaced(text: str, spans: Sequence[Span], by: str) -> str:
    if not spans:
        return text
    characters = list(text)
    for span in spans:
        characters[span.start : span.end] = [by] * (span.end - span.start)
    return "".join(characters)
