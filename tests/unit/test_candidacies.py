from __future__ import annotations

from datetime import timedelta

import pytest

from hiring.candidacies.model import (
    FINAL,
    MOVES,
    ORIGINS,
    AlreadyInvited,
    Candidacy,
    CandidacyMove,
    CandidacyState,
    ContractRequired,
    DeclinedRecently,
    InvitationNotAccepted,
    OfferPending,
    Stage,
)
from hiring.jobs.model import JobOrigin
from tests.builders import NOW

LATER = NOW + timedelta(days=1)


def _candidacy(state: CandidacyState, origin: JobOrigin = JobOrigin.FULLTIME) -> Candidacy:
    return Candidacy(job_id="job_1", candidate_id="cand_1", origin=origin, state=state)


@pytest.mark.parametrize("state", ["INVITED", "INTERVIEWING", "OFFERED", "HIRED", "HIRE_CONFIRMED"])
def test_R20_a_live_candidacy_keeps_out_another_invitation(state: str) -> None:
    with pytest.raises(AlreadyInvited):
        _candidacy(CandidacyState(state)).invite("inv_2", now=LATER)


def test_R20_no_invitation_to_the_same_job_within_90_days_after_a_decline() -> None:
    declined = _candidacy(CandidacyState.INVITED).decline_invitation(now=LATER)

    with pytest.raises(DeclinedRecently, match="22 February 2027"):
        declined.invite("inv_2", now=LATER + timedelta(days=90, seconds=-1))
    again = declined.invite("inv_2", now=LATER + timedelta(days=90))
    assert (again.state, again.invitation_id, again.not_before) == (CandidacyState.INVITED, "inv_2", None)


@pytest.mark.parametrize("end", [CandidacyMove.EXPIRE_INVITATION, CandidacyMove.WITHDRAW_INVITATION])
def test_R20_whoever_never_declined_may_be_invited_again_at_once(end: CandidacyMove) -> None:
    ended = _candidacy(CandidacyState.INVITED).move(end)

    assert ended.invite("inv_2", now=NOW).state is CandidacyState.INVITED


def test_R27_who_left_and_came_back_can_be_invited_again() -> None:
    assert _candidacy(CandidacyState.CLOSED).invite("inv_2", now=NOW).state is CandidacyState.INVITED


def test_R23_an_offer_needs_an_accepted_invitation_and_is_the_only_live_one() -> None:
    for state in CandidacyState:
        candidacy = _candidacy(state)
        if state is CandidacyState.INTERVIEWING:
            assert candidacy.offer("off_1").offer_id == "off_1"
        else:
            expected = OfferPending if state is CandidacyState.OFFERED else InvitationNotAccepted
            with pytest.raises(expected) as refused:
                candidacy.offer("off_1")
            assert refused.value.current_state == state


def test_R23_after_an_offer_that_ended_another_can_be_made() -> None:
    ended = _candidacy(CandidacyState.INTERVIEWING).offer("off_1").end_offer()

    assert ended.offer_id is None
    assert ended.offer("off_2").offer_id == "off_2"


@pytest.mark.parametrize("origin", [origin for origin in JobOrigin if origin is not JobOrigin.FULLTIME])
@pytest.mark.parametrize("state", CandidacyState)
def test_R22_a_job_of_any_other_origin_requires_a_contract_at_every_stage(
    origin: JobOrigin, state: CandidacyState
) -> None:
    candidacy = _candidacy(state, origin)

    with pytest.raises(ContractRequired) as refused:
        candidacy.offer("off_1")
    assert (refused.value.status, refused.value.code) == (409, "contract-required")
    assert not any(candidacy.contacts_released(release_from=stage) for stage in Stage)


def test_R22_full_time_jobs_need_no_contract() -> None:
    assert not ORIGINS[JobOrigin.FULLTIME].contract_required
    assert len(JobOrigin) > len(ORIGINS)


@pytest.mark.parametrize(
    ("release_from", "released"),
    [
        (Stage.OFFER_ACCEPTED, {"HIRED", "HIRE_CONFIRMED"}),
        (Stage.OFFER_MADE, {"OFFERED", "HIRED", "HIRE_CONFIRMED"}),
        (Stage.INVITATION_ACCEPTED, {"INTERVIEWING", "OFFERED", "HIRED", "HIRE_CONFIRMED"}),
    ],
)
def test_R22_contacts_are_released_from_the_stage_of_the_setting_on(release_from: Stage, released: set[str]) -> None:
    found = {state.value for state in CandidacyState if _candidacy(state).contacts_released(release_from=release_from)}

    assert found == released


def test_an_invitation_is_not_withdrawn_under_a_live_offer() -> None:
    with pytest.raises(OfferPending, match="Withdraw the offer first"):
        _candidacy(CandidacyState.OFFERED).move(CandidacyMove.WITHDRAW_INVITATION)


def test_final_states_have_no_moves_and_all_others_have_some() -> None:
    assert {state for state, _ in MOVES} == set(CandidacyState) - FINAL
    assert {move for _, move in MOVES} == set(CandidacyMove)
