"""When a requirement was last used, and what that counts."""

from __future__ import annotations

from datetime import date

import pytest

from hiring.jobs.model import Requirement, RequirementKind
from hiring.matching.explanation import Criteria, explain, must_have_share
from hiring.matching.model import RequirementVerdict, Verdict
from hiring.matching.recency import freshness, share_shown
from hiring.resumes.model import Reading
from hiring.resumes.reader import read
from hiring.skills.embedding import load_embedding
from tests.builders import make_job_terms

AS_OF = date(2026, 11, 1)
MUST, NICE = RequirementKind.MUST_HAVE, RequirementKind.NICE_TO_HAVE
RESUME = b"""Robin Alder
robin@example.org

Experience

Baker
Mill Lane Bakery, 03/2019 - 05/2024
- Baked sourdough bread by hand for three shops

Cook
Harbour Kitchen, 02/2006 - 11/2009
- Cooked fish soup and made sourdough bread for the crew of the night ferry
"""


def verdict(kind: RequirementKind, shown: Verdict, last_year: int | None = None) -> RequirementVerdict:
    """A verdict on some requirement."""
    quote = None if shown is Verdict.NOT_SHOWN else "baked bread"
    return RequirementVerdict(requirement="Baking", kind=kind, verdict=shown, quote=quote, last_year=last_year)


@pytest.mark.parametrize(
    ("last_year", "counts"), [(None, 1.0), (2026, 1.0), (2023, 1.0), (2022, 0.95), (2016, 0.65), (1990, 0.5)]
)
def test_what_was_done_long_ago_counts_less_but_at_least_half(last_year: int | None, counts: float) -> None:
    assert freshness(last_year, as_of=AS_OF) == pytest.approx(counts)


def test_the_share_shown_counts_must_haves_by_how_recent_they_are() -> None:
    recent = [verdict(MUST, Verdict.MET, 2025), verdict(MUST, Verdict.PARTLY, 2016), verdict(NICE, Verdict.NOT_SHOWN)]
    assert share_shown(recent, as_of=AS_OF) == pytest.approx((1.0 + 0.5 * 0.65) / 2)
    assert must_have_share(recent) == 0.75
    assert share_shown(recent[2:], as_of=AS_OF) is None


def test_a_verdict_tells_the_last_year_of_any_position_that_shows_it() -> None:
    asked = [Requirement(text=text, kind=MUST) for text in ("Sourdough bread", "Fish soup")]
    terms = make_job_terms(requirements=tuple(asked))
    reading = read(RESUME)
    assert isinstance(reading, Reading)
    (found,) = explain(Criteria(terms, load_embedding()), [reading.evidence], as_of=AS_OF)
    assert [(each.verdict, each.last_year) for each in found] == [(Verdict.MET, 2024), (Verdict.MET, 2009)]
