from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from hiring.offers.model import ACCEPTED, FINAL, MOVES, Offer, OfferExpired, OfferMove, OfferState, OfferTerms
from hiring.shared.errors import IllegalMove, InvalidRequest, PreconditionFailed
from hiring.shared.values import Money, WorkMode
from tests.builders import NOW, make_offer, make_offer_terms

LATER = NOW + timedelta(days=1)
DEADLINE = NOW + timedelta(days=7)
MORE = make_offer_terms(pay=Money(amount_minor=90_000_00, currency="EUR"))


def test_R23_changed_terms_are_a_new_version_and_the_same_terms_are_none() -> None:
    offer = make_offer()

    changed = offer.change(MORE, seen=1, now=LATER)

    assert (changed.version, changed.terms, changed.changed_at, changed.state) == (2, MORE, LATER, OfferState.OPEN)
    assert changed.change(MORE, seen=2, now=LATER) == changed


def test_R23_only_the_version_that_was_read_is_changed_or_accepted() -> None:
    changed = make_offer().change(MORE, seen=1, now=NOW)

    for seen in (0, 1, 3):
        with pytest.raises(PreconditionFailed):
            changed.accept(seen=seen, now=LATER)
        with pytest.raises(PreconditionFailed):
            changed.change(make_offer_terms(), seen=seen, now=LATER)
    accepted = changed.accept(seen=2, now=LATER)
    assert (accepted.state, accepted.decided_at, accepted.terms) == (OfferState.ACCEPTED, LATER, MORE)


def test_R23_expiry_never_accepts() -> None:
    offer = make_offer()

    assert offer.at(DEADLINE - timedelta(seconds=1)) == offer
    assert offer.at(DEADLINE).state is OfferState.EXPIRED
    assert offer.at(DEADLINE + timedelta(days=1000)).decided_at is None


@pytest.mark.parametrize("step", ["accept", "decline", "withdraw", "change"])
def test_R23_after_the_expiry_nothing_more_is_decided(step: str) -> None:
    steps: dict[str, dict[str, Any]] = {"accept": {"seen": 1}, "change": {"terms": MORE, "seen": 1}}

    with pytest.raises(OfferExpired, match="30 November 2026") as refused:
        getattr(make_offer(), step)(**steps.get(step, {}), now=DEADLINE)

    assert refused.value.current_state == "EXPIRED"


@pytest.mark.parametrize("state", OfferState)
def test_a_repeat_of_what_was_decided_changes_nothing(state: OfferState) -> None:
    offer = make_offer(state=state)

    if state in ACCEPTED:
        assert offer.accept(seen=99, now=LATER) == offer
    if state is OfferState.DECLINED:
        assert offer.decline(now=LATER) == offer
    if state is OfferState.WITHDRAWN:
        assert offer.withdraw(now=LATER) == offer
    if state is OfferState.HIRE_CONFIRMED:
        assert offer.confirm_hire(now=LATER) == offer
    if state is not OfferState.OPEN:
        assert offer.close(now=DEADLINE) == offer == offer.at(DEADLINE)


def test_a_hire_is_confirmed_after_the_yes_and_not_before() -> None:
    confirmed = make_offer().accept(seen=1, now=NOW).confirm_hire(now=LATER)

    assert (confirmed.state, confirmed.hire_confirmed_at) == (OfferState.HIRE_CONFIRMED, LATER)
    for state in set(OfferState) - ACCEPTED:
        with pytest.raises(IllegalMove):
            make_offer(state=state).confirm_hire(now=LATER)


@pytest.mark.parametrize("days", [1, 30, 60])
def test_R23_a_candidate_has_between_a_day_and_two_months(days: int) -> None:
    make_offer_terms(days=days).require_fair_expiry(now=NOW)


@pytest.mark.parametrize("seconds", [-1, 0, 24 * 3600 - 1, 60 * 24 * 3600 + 1])
def test_R23_an_unfair_expiry_is_refused(seconds: int) -> None:
    terms = make_offer_terms(expires_at=NOW + timedelta(seconds=seconds))

    with pytest.raises(InvalidRequest) as refused:
        terms.require_fair_expiry(now=NOW)
    assert refused.value.errors[0].pointer == "/expires_at"


def test_work_at_an_office_names_its_place() -> None:
    with pytest.raises(ValidationError, match="names its place"):
        make_offer_terms(place=None)
    assert make_offer_terms(place=None, work_mode=WorkMode.REMOTE).place is None


def test_all_that_a_client_writes_itself_is_looked_at() -> None:
    terms = make_offer_terms()

    assert list(terms.texts()) == [
        ("/title", "Senior Backend Engineer"),
        ("/place/city", "Vienna"),
        ("/message", "We would be glad to work with you."),
    ]


def test_R24_an_offer_knows_no_contract_and_no_data_of_payment_or_identity() -> None:
    names = {*Offer.model_fields, *OfferTerms.model_fields}

    assert not {name for name in names for word in ("contract", "bank", "iban", "tax", "payroll") if word in name}


def test_final_states_have_no_moves_and_all_others_have_some() -> None:
    assert {state for state, _ in MOVES} == set(OfferState) - FINAL
    assert {move for _, move in MOVES} == set(OfferMove)
