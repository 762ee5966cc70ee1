"""The life of a job, whatever is tried in whatever order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hiring.jobs.model import ClosingReason, JobState
from hiring.shared.errors import IllegalMove, InvalidRequest
from tests.builders import NOW, make_job, make_job_terms


class JobLife(RuleBasedStateMachine):
    """Anybody does anything at any time; time only goes forward."""

    def __init__(self) -> None:
        super().__init__()
        self.job = make_job("org_1")
        self.now = NOW
        self.accepted = 0

    @initialize(openings=st.integers(1, 4), days=st.none() | st.integers(1, 5))
    def submitted(self, openings: int, days: int | None) -> None:
        closes_at = None if days is None else NOW + timedelta(days=days)
        self.job = make_job("org_1", openings=openings).model_copy(update={"closes_at": closes_at})

    @rule(hours=st.integers(0, 48))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def an_offer_is_accepted(self) -> None:
        if self.job.at(self.now).state is JobState.OPEN:
            self.job = self.job.fill(now=self.now)
            self.accepted += 1
            full = self.job.filled == self.job.terms.openings
            assert (self.job.state is JobState.CLOSING) == full
            assert (self.job.closing_reason is ClosingReason.FILLED) == full
        else:
            with pytest.raises(IllegalMove) as refused:
                self.job.fill(now=self.now)
            assert refused.value.current_state == self.job.at(self.now).state

    @rule()
    def the_client_closes(self) -> None:
        if self.job.state is JobState.OPEN:
            self.job = self.job.close(ClosingReason.CLIENT, now=self.now)
        else:
            with pytest.raises(IllegalMove):
                self.job.close(ClosingReason.CLIENT, now=self.now)

    @rule(openings=st.integers(1, 6), title=st.sampled_from(["Cook", "Baker"]))
    def the_client_changes_it(self, openings: int, title: str) -> None:
        before, terms = self.job, make_job_terms(openings=openings, title=title)
        if before.at(self.now).state is not JobState.OPEN:
            with pytest.raises(IllegalMove):
                before.changed(terms, before.closes_at, now=self.now)
        elif openings <= before.filled:
            with pytest.raises(InvalidRequest):
                before.changed(terms, before.closes_at, now=self.now)
        else:
            self.job = before.changed(terms, before.closes_at, now=self.now)
            assert self.job.version - before.version == (terms != before.terms)

    @rule()
    def the_sweep_comes(self) -> None:
        self.job = self.job.at(self.now)

    @rule()
    def everyone_has_reached_an_end(self) -> None:
        if self.job.state is JobState.CLOSING:
            self.job = self.job.finish_closing()
        else:
            with pytest.raises(IllegalMove):
                self.job.finish_closing()

    @invariant()
    def R25_openings_are_filled_by_accepted_offers_and_never_more_than_there_are(self) -> None:
        assert self.job.filled == self.accepted <= self.job.terms.openings
        assert self.job.state is not JobState.OPEN or self.job.filled < self.job.terms.openings

    @invariant()
    def a_job_that_closes_says_since_when_and_why_and_is_due_until_it_is_closed(self) -> None:
        closing = self.job.state is not JobState.OPEN
        assert (self.job.closing_since is not None) == (self.job.closing_reason is not None) == closing
        assert (self.job.due_at is None) == (
            self.job.state is JobState.CLOSED or (not closing and self.job.closes_at is None)
        )


TestJobLife = JobLife.TestCase


@pytest.mark.parametrize("state", [JobState.CLOSING, JobState.CLOSED])
def test_no_path_leads_back(state: JobState) -> None:
    job = make_job("org_1", state=state).model_copy(update={"closes_at": NOW})

    assert job.at(NOW).state is state
    with pytest.raises(IllegalMove) as refused:
        job.close(ClosingReason.CLIENT, now=NOW)
    assert refused.value.current_state == state
