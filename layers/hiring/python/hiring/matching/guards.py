"""The text that matching works with: the evidence without what must not count (R8) and what is not meant (R13)."""

from __future__ import annotations

import re

from hiring.jobs.model import JobTerms
from hiring.matching.stuffing import pasted_spans, stuffed_spans
from hiring.resumes.model import MASK, Evidence, Fact
from hiring.resumes.protected import forms_of_address, protected_spans
from hiring.skills.words import words

_WRAPPED = re.compile(r"(?<=[^\n]{15}[^\s.!?;:])\n(?=[a-zß-öø-ÿ])")
"""Where a page breaks a line within a sentence: it goes on with a small letter."""
GUARDS = "1"
"""Raised whenever something else is left out; stored in every run."""


def matched_text(evidence: Evidence) -> str:
    """The evidence text without everything that matching looks away from; every other character keeps its place.

    What is left out parts the lines around it, as a line break would, and sentences that the page broke are whole
    again: where a line wraps because a name or a pronoun is long is nothing that matching may see.
    """
    whole = _WRAPPED.sub(" ", evidence.text)
    parted = _replaced(whole, [*protected_spans(evidence), *stuffed_spans(evidence)], "\n")
    return _replaced(parted, forms_of_address(parted), MASK)


def matched(evidence: Evidence) -> Evidence:
    """The evidence with the matched text for its text, and without a headline and skills that were left out of it."""
    text = matched_text(evidence)

    def seen(fact: Fact | None) -> bool:
        return fact is not None and text[fact.start : fact.end] == evidence.text[fact.start : fact.end]

    return evidence.model_copy(
        update={
            "text": text,
            "headline": evidence.headline if seen(evidence.headline) else None,
            "skills": tuple(skill for skill in evidence.skills if seen(skill)),
        }
    )


def stuffed_words(evidence: Evidence) -> int:
    """How many words were left out because nothing backs them: they make a resume long, and so dilute the others."""
    spans = stuffed_spans(evidence)
    kept = _replaced(evidence.text, spans, " ")
    return sum(1 for _ in words(evidence.text)) - sum(1 for _ in words(kept)) if spans else 0


def without_paste(evidence: Evidence, terms: JobTerms) -> Evidence:
    """The evidence as it is; where somebody pasted the advertisement of the job into it, without that."""
    pasted = pasted_spans(evidence, terms)
    return evidence.model_copy(update={"text": _replaced(evidence.text, pasted, "\n")}) if pasted else evidence


def _replaced(text: str, spans: list[tuple[int, int]], by: str) -> str:
    characters = list(text)
    for start, end in spans:
        characters[start:end] = [by] * (end - start)
    return "".join(characters)
