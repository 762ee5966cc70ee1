from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from hiring.candidacies.model import FINAL, MOVES, QUIET_AFTER_DECLINE, Candidacy, CandidacyMove, CandidacyState
from hiring.jobs.model import JobOrigin
from hiring.shared.errors import IllegalMove
from tests.builders import NOW


class CandidacyLife(RuleBasedStateMachine):
    """Anybody does anything at any time with one candidate's way through one job."""

    def __init__(self) -> None:
        super().__init__()
        self.candidacy = Candidacy(job_id="job_1", candidate_id="cand_1", origin=JobOrigin.FULLTIME)
        self.now = NOW
        self.past = [self.candidacy]
        self.declined_at: datetime | None = None

    @rule(days=st.integers(min_value=0, max_value=60))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(move=st.sampled_from(CandidacyMove))
    def somebody_acts(self, move: CandidacyMove) -> None:
        before = self.candidacy
        quiet = before.not_before is not None and self.now < before.not_before and move is CandidacyMove.INVITE
        if (before.state, move) not in MOVES or quiet:
            with pytest.raises(IllegalMove) as refused:
                self._after(before, move)
            assert refused.value.current_state == before.state
        else:
            self.candidacy = self._after(before, move)
            assert self.candidacy.state is MOVES[before.state, move]
            self.past.append(self.candidacy)

    def _after(self, before: Candidacy, move: CandidacyMove) -> Candidacy:
        match move:
            case CandidacyMove.INVITE:
                invited = before.invite(f"inv_{len(self.past)}", now=self.now)
                if self.declined_at is not None:
                    assert self.now >= self.declined_at + QUIET_AFTER_DECLINE
                    self.declined_at = None
                return invited
            case CandidacyMove.DECLINE_INVITATION:
                declined = before.decline_invitation(now=self.now)
                self.declined_at = self.now
                return declined
            case CandidacyMove.OFFER:
                return before.offer(f"off_{len(self.past)}")
            case CandidacyMove.END_OFFER:
                return before.end_offer()
        return before.move(move)

    @invariant()
    def no_path_leaves_a_final_state(self) -> None:
        assert not [each.state for each in self.past[:-1] if each.state in FINAL]

    @invariant()
    def R23_an_offer_is_known_exactly_while_it_waits_or_was_accepted(self) -> None:
        with_offer = {CandidacyState.OFFERED, CandidacyState.HIRED, CandidacyState.HIRE_CONFIRMED}
        assert (self.candidacy.offer_id is not None) == (self.candidacy.state in with_offer)

    @invariant()
    def R25_nobody_is_hired_without_an_invitation_and_an_offer_before(self) -> None:
        states = [each.state for each in self.past]
        if CandidacyState.HIRED in states:
            hired = states.index(CandidacyState.HIRED)
            assert states[hired - 1] is CandidacyState.OFFERED
            assert CandidacyState.INTERVIEWING in states[:hired]
            assert CandidacyState.INVITED in states[:hired]


TestCandidacyLife = CandidacyLife.TestCase


@given(state=st.sampled_from(sorted(FINAL)), move=st.sampled_from(CandidacyMove))
def test_a_final_state_refuses_every_move(state: CandidacyState, move: CandidacyMove) -> None:
    candidacy = Candidacy(job_id="job_1", candidate_id="cand_1", origin=JobOrigin.FULLTIME, state=state)

    with pytest.raises(IllegalMove) as refused:
        candidacy.move(move)
    assert refused.value.current_state == state
