"""What was done long ago shows less of a must-have than what is done now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hiring.jobs.model import RequirementKind
from hiring.matching.explanation import WORTH
from hiring.matching.model import RequirementVerdict

FRESH = 3
"""Years after the last use within which nothing has faded."""
FADING = 0.05
"""What every further year takes."""
LEAST = 0.5
"""Work is never forgotten by more than half."""


def share_shown(verdicts: Sequence[RequirementVerdict], *, as_of: date) -> float | None:
    """The share of must-haves that are shown, half for one that is partly met, less for what was last used long ago.

    What is not dated counts in full. None where there are no must-haves.
    """
    shown = [
        WORTH[verdict.verdict] * freshness(verdict.last_year, as_of=as_of)
        for verdict in verdicts
        if verdict.kind is RequirementKind.MUST_HAVE
    ]
    return sum(shown) / len(shown) if shown else None


def freshness(last_year: int | None, *, as_of: date) -> float:
    """What a use that ended in `last_year` counts on the day `as_of`, 0.5 to 1."""
    if last_year is None:
        return 1.0
    return max(LEAST, 1.0 - FADING * max(0, as_of.year - last_year - FRESH))
