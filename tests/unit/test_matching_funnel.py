"""What a run says of those who are not listed, and of a shortlist that is empty (R6, R7)."""

from __future__ import annotations

import pytest

from hiring.matching.model import Reason
from hiring.matching.shortlist import Ranking, funnel_of
from hiring.matching.statistics import PoolStatistics

NOTHING = PoolStatistics(generation="gen_1", candidates=0, average_length=1000, rarity={}, spreads={})


def first(considered: int, left_out: dict[Reason, int]) -> Ranking:
    """A ranking of so many, after which these were left out; hardly anybody shows Cobol."""
    return Ranking(statistics=NOTHING, considered=considered, left_out=left_out, best=(), scarce=("Cobol",))


@pytest.mark.parametrize(
    ("considered", "left_out", "later", "emptied_by"),
    [
        (3, {Reason.PAY: 1, Reason.PLACE: 2}, [], ("place", "pay")),
        (3, {Reason.PLACE: 3}, [], ("place",)),
        (3, {Reason.PAY: 1, Reason.BELOW_FLOOR: 2}, [], ("Cobol",)),
        (3, {Reason.PAY: 2}, [Reason.BELOW_FLOOR], ("Cobol",)),
        (2, {Reason.PAY: 1}, [Reason.VETOED], ("pay", "vetoed")),
        (0, {}, [], ()),
    ],
)
def test_R7_an_empty_shortlist_says_what_emptied_it(
    considered: int, left_out: dict[Reason, int], later: list[Reason], emptied_by: tuple[str, ...]
) -> None:
    funnel = funnel_of(first(considered, left_out), later, 0)
    assert funnel.emptied_by == emptied_by
    assert sum(funnel.left_out.values()) == considered


def test_R7_everybody_considered_is_listed_or_counted_once() -> None:
    funnel = funnel_of(first(10, {Reason.PAY: 2}), [Reason.BELOW_FLOOR, Reason.VETOED], 3, absent=1)
    assert funnel.considered == 9
    assert funnel.left_out == {Reason.PAY: 2, Reason.VETOED: 1, Reason.BELOW_FLOOR: 1, Reason.RANKED_LOWER: 2}
    assert funnel.emptied_by is None
    assert funnel.listed + sum(funnel.left_out.values()) == funnel.considered
