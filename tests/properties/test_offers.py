from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from hiring.offers.model import ACCEPTED, FINAL, MOVES, Offer, OfferMove, OfferState, OfferTerms
from hiring.shared.errors import IllegalMove, PreconditionFailed
from hiring.shared.lifecycle import advance
from hiring.shared.values import Money
from tests.builders import NOW, make_offer, make_offer_terms


class OfferLife(RuleBasedStateMachine):
    """Anybody does anything at any time, with any version in mind; time only goes forward."""

    def __init__(self) -> None:
        super().__init__()
        self.offer = make_offer()
        self.now = NOW
        self.past = [self.offer.state]
        self.versions: dict[int, OfferTerms] = {1: self.offer.terms}
        self.seen_at_acceptance: int | None = None

    @rule(hours=st.integers(min_value=0, max_value=24 * 5))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(euros=st.integers(min_value=1, max_value=4), seen=st.integers(min_value=0, max_value=3))
    def the_client_changes(self, euros: int, seen: int) -> None:
        pay = Money(amount_minor=euros * 10_000_00, currency="EUR")
        terms = make_offer_terms(pay=pay, expires_at=self.offer.terms.expires_at)
        if self._refused(lambda: self.offer.change(terms, seen=seen, now=self.now), OfferMove.CHANGE, seen):
            return
        self.offer = self.offer.change(terms, seen=seen, now=self.now)
        self.versions.setdefault(self.offer.version, terms)

    @rule(seen=st.integers(min_value=0, max_value=3))
    def the_candidate_accepts(self, seen: int) -> None:
        before = self.offer
        if before.state in ACCEPTED:
            assert before.accept(seen=seen, now=self.now) == before
        elif not self._refused(lambda: before.accept(seen=seen, now=self.now), OfferMove.ACCEPT, seen):
            self.offer = before.accept(seen=seen, now=self.now)
            self.seen_at_acceptance = seen

    @rule(move=st.sampled_from([OfferMove.DECLINE, OfferMove.WITHDRAW, OfferMove.CONFIRM_HIRE]))
    def somebody_ends(self, move: OfferMove) -> None:
        before = self.offer
        steps = {
            OfferMove.DECLINE: (before.decline, OfferState.DECLINED),
            OfferMove.WITHDRAW: (before.withdraw, OfferState.WITHDRAWN),
            OfferMove.CONFIRM_HIRE: (before.confirm_hire, OfferState.HIRE_CONFIRMED),
        }
        step, reached = steps[move]
        if before.state is reached:
            assert step(now=self.now) == before
        elif not self._refused(lambda: step(now=self.now), move):
            self.offer = step(now=self.now)

    @rule()
    def the_job_closes(self) -> None:
        open_still = self.offer.at(self.now).state is OfferState.OPEN
        self.offer = self.offer.close(now=self.now)
        assert not open_still or self.offer.state is OfferState.CLOSED

    @rule()
    def the_sweep_comes(self) -> None:
        self.offer = self.offer.at(self.now)

    def _refused(self, act: Callable[[], Offer], move: OfferMove, seen: int | None = None) -> bool:
        """Whether `act` must fail, which is looked at too."""
        current = self.offer.at(self.now)
        if (current.state, move) not in MOVES:
            with pytest.raises(IllegalMove) as refused:
                act()
            assert refused.value.current_state == current.state
            return True
        if seen is not None and seen != current.version:
            with pytest.raises(PreconditionFailed):
                act()
            return True
        return False

    @invariant()
    def no_path_leaves_a_final_state(self) -> None:
        if self.offer.state is not self.past[-1]:
            self.past.append(self.offer.state)
        assert not FINAL & set(self.past[:-1])

    @invariant()
    def R23_a_version_never_changes(self) -> None:
        assert set(self.versions) == set(range(1, self.offer.version + 1))
        assert self.offer.terms == self.versions[self.offer.version]

    @invariant()
    def R23_only_an_answer_accepts_and_only_what_was_seen(self) -> None:
        if self.offer.state in ACCEPTED:
            assert self.seen_at_acceptance == self.offer.version
            assert self.offer.decided_at is not None
            assert self.offer.decided_at < self.offer.terms.expires_at
        else:
            assert self.seen_at_acceptance is None


TestOfferLife = OfferLife.TestCase


@given(state=st.sampled_from(OfferState), move=st.sampled_from(OfferMove))
def test_a_forbidden_move_never_succeeds(state: OfferState, move: OfferMove) -> None:
    if (state, move) in MOVES:
        assert (advance(state, move, MOVES) is state) == (move is OfferMove.CHANGE)
    else:
        with pytest.raises(IllegalMove) as refused:
            advance(state, move, MOVES)
        assert refused.value.current_state == state
