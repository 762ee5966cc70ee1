from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from functions.candidate_api.handler import handler as candidate_api
from functions.close_overdue.handler import handler as close_overdue
from hiring.candidacies import store as candidacies
from hiring.candidacies.model import Candidacy, CandidacyState, Stage
from hiring.candidates import store as candidate_store
from hiring.candidates.model import Candidate, CandidateState
from hiring.closing import actions as closing
from hiring.conversations.model import Message
from hiring.invitations import actions as invitations
from hiring.invitations import store as invitation_store
from hiring.invitations.model import Invitation, InvitationAnswer, InvitationState
from hiring.jobs import store as jobs
from hiring.jobs.model import ClosingReason, JobOrigin, JobState
from hiring.matching import store as matching_store
from hiring.notifications.actions import Sender, send
from hiring.notifications.model import Mail, Skip
from hiring.offers import actions
from hiring.offers import store as offers
from hiring.offers.model import Offer, OfferState, OfferVersion
from hiring.shared import keys
from hiring.shared.clients import dynamodb
from hiring.shared.clock import utc_now
from hiring.shared.errors import IllegalMove
from hiring.shared.outbox import Message as OutboxMessage
from hiring.shared.table import Change, CommitRefused, Table
from tests.builders import (
    Shortlist,
    invite,
    make_api_event,
    make_candidate,
    make_context,
    make_entry,
    make_id,
    make_offer_terms,
    remember_nothing,
    store_shortlist,
    waiting,
)
from tests.integration.client_side import client_api


class Scene:
    """Somebody who accepted an invitation, the client, and what the two do with offers over the API."""

    def __init__(self, table: Table, *, accepted: bool = True, **terms: Any) -> None:
        self.table = table
        self.now = utc_now()
        self.shortlist: Shortlist = store_shortlist(table, now=self.now, **terms)
        self.invitation: Invitation = invite(table, self.shortlist, now=self.now)
        if accepted:
            invitations.answer(table, self.invitation.id, InvitationAnswer.ACCEPT, now=self.now)

    @property
    def terms(self) -> dict[str, Any]:
        """A body that makes an offer."""
        terms: dict[str, Any] = make_offer_terms(now=self.now).model_dump(mode="json")
        return terms

    def client(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any, dict[str, str]]:
        event = _request(self.shortlist.member.sub, "client", method, path, body=body, headers=headers)
        return _answer(client_api(event, make_context()))

    def candidate(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any, dict[str, str]]:
        event = _request(self.shortlist.candidate.login, "candidate", method, path, body=body, headers=headers)
        return _answer(candidate_api(event, make_context()))

    def offer(self, **changes: Any) -> dict[str, Any]:
        """Make an offer."""
        status, offer, _ = self.client("POST", f"/invitations/{self.invitation.id}/offers", {**self.terms, **changes})
        assert status == 201, offer
        return dict(offer)

    def accept(self, offer: dict[str, Any]) -> tuple[int, Any, dict[str, str]]:
        return self.candidate("POST", f"/me/offers/{offer['id']}/accept", None, If_Match=f'"{offer["version"]}"')

    def mails(self, offer: dict[str, Any]) -> list[tuple[str, str]]:
        sent = waiting(self.table, f"OFF#{offer['id']}")
        return [(mail.body["template"], mail.body["recipient"]) for mail in sent]

    @property
    def candidacy(self) -> CandidacyState:
        item = candidacies.candidacy_item(self.table, self.shortlist.job.id, self.shortlist.candidate.id)
        return item.read(Candidacy).state

    @property
    def said(self) -> list[str]:
        items = self.table.query(f"CNV#{self.invitation.conversation_id}", prefix="MSG#")
        return [item.read(Message).text for item in items]

    @property
    def person(self) -> Candidate:
        return candidate_store.candidate(self.table, self.shortlist.candidate.id).value

    @property
    def to_client(self) -> str:
        return f"USER#{self.shortlist.member.sub}"

    @property
    def to_candidate(self) -> str:
        return self.shortlist.candidate.id


def _request(sub: str, group: str, method: str, path: str, *, body: Any, headers: dict[str, str]) -> dict[str, Any]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    key = {"Idempotency-Key": make_id("key")} if method == "POST" else {}
    return make_api_event(method, path, body=body, sub=sub, groups=group, headers={**key, **named})


def _answer(answer: dict[str, Any]) -> tuple[int, Any, dict[str, str]]:
    headers = {name: values[0] for name, values in answer["multiValueHeaders"].items()}
    return answer["statusCode"], json.loads(answer["body"]) if answer["body"] else None, headers


def test_R23_an_offer_is_made_read_changed_and_accepted(table: Table) -> None:
    scene = Scene(table)

    status, offer, headers = scene.client("POST", f"/invitations/{scene.invitation.id}/offers", scene.terms)
    assert (status, offer["state"], offer["version"], headers["Location"]) == (
        201,
        "OPEN",
        1,
        f"../../offers/{offer['id']}",
    )
    assert offer["terms"]["pay"] == {"amount_minor": 85_000_00, "currency": "EUR"}
    assert scene.candidacy is CandidacyState.OFFERED

    path = f"/offers/{offer['id']}"
    status, read, headers = scene.client("GET", path)
    assert (status, read, headers["ETag"]) == (200, offer, '"1"')
    assert scene.client("GET", path, None, If_None_Match='"1"')[0] == 304
    more = {**scene.terms, "pay": {"amount_minor": 90_000_00, "currency": "EUR"}}
    status, changed, headers = scene.client("PUT", path, more, If_Match='"1"')
    assert (status, changed["version"], headers["ETag"]) == (200, 2, '"2"')

    status, listed, _ = scene.candidate("GET", "/me/offers")
    assert (status, [(each["id"], each["organisation_name"]) for each in listed["items"]]) == (
        200,
        [(offer["id"], "Gipfelwerk GmbH")],
    )
    status, mine, headers = scene.candidate("GET", f"/me/offers/{offer['id']}")
    assert (status, mine["terms"]["pay"]["amount_minor"], headers["ETag"]) == (200, 90_000_00, '"2"')
    status, accepted, _ = scene.candidate("POST", f"/me/offers/{offer['id']}/accept", None, If_Match=headers["ETag"])
    assert (status, accepted["state"]) == (200, "ACCEPTED")
    assert scene.client("GET", path, None, If_None_Match='"2"')[1]["state"] == "ACCEPTED"

    assert sorted(scene.mails(offer)) == sorted(
        [
            ("offer-made", scene.to_candidate),
            ("offer-changed", scene.to_candidate),
            ("offer-accepted", scene.to_client),
            ("hired", scene.to_candidate),
        ]
    )
    assert scene.said[2:] == [
        "An offer was made.",
        "The offer was changed.",
        "The offer was accepted. From now on contact details may be exchanged here.",
    ]


def test_R23_every_version_is_frozen(table: Table) -> None:
    scene = Scene(table)
    offer = scene.offer()
    first = table.get(keys.offer_version(offer["id"], 1))

    scene.client("PUT", f"/offers/{offer['id']}", {**scene.terms, "title": "Staff Engineer"}, If_Match='"1"')

    assert first
    assert table.get(keys.offer_version(offer["id"], 1)) == first
    second = table.get(keys.offer_version(offer["id"], 2))
    assert second
    assert [item.read(OfferVersion).terms.title for item in (first, second)] == [
        "Senior Backend Engineer",
        "Staff Engineer",
    ]


def test_R23_accepting_and_changing_need_the_version_that_was_seen(table: Table) -> None:
    scene = Scene(table)
    offer = scene.offer()
    path, accept = f"/offers/{offer['id']}", f"/me/offers/{offer['id']}/accept"

    assert scene.client("PUT", path, scene.terms)[0] == 428
    status, problem, _ = scene.candidate("POST", accept)
    assert (status, problem["code"]) == (428, "if-match-missing")
    assert scene.client("PUT", path, {**scene.terms, "title": "Staff Engineer"}, If_Match='"1"')[0] == 200

    status, problem, _ = scene.candidate("POST", accept, None, If_Match='"1"')
    assert (status, problem["code"]) == (412, "version-changed")
    assert scene.client("PUT", path, scene.terms, If_Match='"1"')[0] == 412
    assert offers.offer(table, offer["id"]).state is OfferState.OPEN
    assert scene.candidate("POST", accept, None, If_Match='"2"')[0] == 200


def test_R23_an_offer_needs_an_accepted_invitation(table: Table) -> None:
    scene = Scene(table, accepted=False)

    status, problem, _ = scene.client("POST", f"/invitations/{scene.invitation.id}/offers", scene.terms)

    assert (status, problem["code"], problem["current_state"]) == (409, "invitation-not-accepted", "INVITED")


def test_R23_one_offer_is_live_at_a_time(table: Table) -> None:
    scene = Scene(table)
    offer = scene.offer()
    path = f"/invitations/{scene.invitation.id}/offers"

    status, problem, _ = scene.client("POST", path, scene.terms)
    assert (status, problem["code"]) == (409, "offer-pending")
    status, problem, _ = scene.client("POST", f"/invitations/{scene.invitation.id}/withdraw")
    assert (status, problem["code"]) == (409, "offer-pending")

    assert scene.candidate("POST", f"/me/offers/{offer['id']}/decline")[1]["state"] == "DECLINED"
    assert scene.candidacy is CandidacyState.INTERVIEWING
    again = scene.offer()
    assert scene.client("POST", f"/offers/{again['id']}/withdraw")[1]["state"] == "WITHDRAWN"
    assert scene.mails(offer)[-1] == ("offer-declined", scene.to_client)
    assert scene.mails(again)[-1] == ("offer-withdrawn", scene.to_candidate)
    assert scene.client("POST", f"/invitations/{scene.invitation.id}/withdraw")[0] == 200


class RacingTable(Table):
    """Lets rivals go first: before each of its commits, one of them acts."""

    def __init__(self, rivals: Sequence[Callable[[], object]]) -> None:
        super().__init__("hiring", dynamodb())
        self._rivals = list(rivals)

    def commit(self, changes: Sequence[Change], messages: Sequence[OutboxMessage] = (), *, now: datetime) -> None:
        if self._rivals:
            self._rivals.pop()()
        super().commit(changes, messages, now=now)


def test_R23_offers_that_race_leave_one_live(table: Table) -> None:
    scene = Scene(table)

    def make(through: Table) -> Offer:
        return actions.make(
            through,
            scene.invitation.id,
            make_offer_terms(now=scene.now),
            by=scene.shortlist.member.sub,
            release_from=Stage.OFFER_ACCEPTED,
            now=scene.now,
            record=remember_nothing,
        )

    with pytest.raises(IllegalMove) as refused:
        make(RacingTable([lambda: make(table)]))

    assert refused.value.current_state == "OFFERED"
    found, _ = actions.of_candidate(table, scene.shortlist.candidate.id, limit=10, start=None)
    assert len(found) == 1


def test_R23_a_change_that_comes_first_leaves_the_older_version_unaccepted(table: Table) -> None:
    scene = Scene(table)
    offer = scene.offer()

    def change() -> object:
        return scene.client("PUT", f"/offers/{offer['id']}", {**scene.terms, "title": "Intern"}, If_Match='"1"')

    with pytest.raises(Exception, match="terms of this offer changed"):
        actions.accept(
            RacingTable([change]),
            offer["id"],
            candidate_id=scene.shortlist.candidate.id,
            seen=1,
            now=scene.now,
            record=remember_nothing,
        )

    assert offers.offer(table, offer["id"]).state is OfferState.OPEN
    assert scene.person.state is CandidateState.ACTIVE


def _of_origin(table: Table, scene: Scene, origin: JobOrigin) -> None:
    item = candidacies.candidacy_item(table, scene.shortlist.job.id, scene.shortlist.candidate.id)
    other = item.read(Candidacy).model_copy(update={"origin": origin})
    table.commit([candidacies.put_candidacy(other, read_version=item.version)], now=scene.now)


def test_R22_a_job_of_another_origin_refuses_offers(table: Table) -> None:
    scene = Scene(table)
    _of_origin(table, scene, JobOrigin.FREELANCE)

    status, problem, _ = scene.client("POST", f"/invitations/{scene.invitation.id}/offers", scene.terms)

    assert (status, problem["code"]) == (409, "contract-required")


def test_R22_the_origin_is_set_by_the_server_and_kept_with_the_candidacy(table: Table) -> None:
    scene = Scene(table)
    item = candidacies.candidacy_item(table, scene.shortlist.job.id, scene.shortlist.candidate.id)

    assert item.read(Candidacy).origin is scene.shortlist.job.origin is JobOrigin.FULLTIME
    status, problem, _ = scene.client(
        "POST", "/jobs", {"organisation_id": scene.shortlist.organisation.id, "origin": "fulltime"}
    )
    assert status == 422
    assert "/origin" in [error["pointer"] for error in problem["errors"]]


def test_R21_R24_what_an_offer_must_not_hold_is_named_field_by_field(table: Table) -> None:
    scene = Scene(table)
    body = {
        **scene.terms,
        "title": "Engineer, jobs@gipfelwerk.example",
        "message": "Send your IBAN AT61 1904 3002 3457 3201 to https://meet.example.com/room",
    }

    status, problem, _ = scene.client("POST", f"/invitations/{scene.invitation.id}/offers", body)

    assert (status, problem["code"]) == (422, "contact-policy")
    assert [(error["pointer"], error["code"]) for error in problem["errors"]] == [
        ("/title", "email"),
        ("/message", "payment-data"),
        ("/message", "link"),
    ]
    assert actions.of_candidate(table, scene.shortlist.candidate.id, limit=10, start=None) == ((), None)
    offer = scene.offer()
    assert scene.client("PUT", f"/offers/{offer['id']}", body, If_Match='"1"')[0] == 422


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"expires_at": "2026-01-01T00:00:00Z"}, "/expires_at"),
        ({"expires_at": "2027-01-01T00:00:00"}, "/expires_at"),
        ({"expires_at": "1800000000"}, "/expires_at"),
        ({"expires_at": 1800000000}, "/expires_at"),
        ({"pay": {"amount_minor": -1, "currency": "EUR"}}, "/pay/amount_minor"),
        ({"bank_account": "AT61"}, "/bank_account"),
    ],
)
def test_an_offer_that_makes_no_sense_is_refused_field_by_field(
    table: Table, change: dict[str, Any], pointer: str
) -> None:
    scene = Scene(table)

    status, problem, _ = scene.client("POST", f"/invitations/{scene.invitation.id}/offers", {**scene.terms, **change})

    assert (status, [error["pointer"] for error in problem["errors"]]) == (422, [pointer])


def test_R25_accepting_fills_an_opening_and_pauses_the_hired_in_one_commit(table: Table) -> None:
    scene = Scene(table, openings=2)
    offer = scene.offer()

    class Watching(Table):
        def __init__(self) -> None:
            super().__init__("hiring", dynamodb())
            self.commits: list[set[str]] = []

        def commit(self, changes: Sequence[Change], messages: Sequence[OutboxMessage] = (), *, now: datetime) -> None:
            self.commits.append({change.key.pk.partition("#")[0] for change in changes})
            super().commit(changes, messages, now=now)

    watching = Watching()
    actions.accept(
        watching,
        offer["id"],
        candidate_id=scene.shortlist.candidate.id,
        seen=1,
        now=scene.now,
        record=remember_nothing,
    )

    assert watching.commits == [{"OFF", "CDY", "CNV", "INV", "JOB", "CAND", "DELTA", "IDEM"}]
    job = jobs.job(table, scene.shortlist.job.id)
    assert (job.state, job.filled) == (JobState.OPEN, 1)
    assert scene.person.state is CandidateState.PAUSED
    assert invitation_store.invitation(table, scene.invitation.id).state is InvitationState.HIRED
    assert scene.candidacy is CandidacyState.HIRED


def _another_who_talks(table: Table, scene: Scene) -> Scene:
    """Somebody else on the same shortlist who accepted an invitation."""
    other = object.__new__(Scene)
    candidate = make_candidate(email="grace@example.com", now=scene.now)
    entry = make_entry(scene.shortlist.job, candidate.id, now=scene.now)
    table.commit(
        [
            candidate_store.put_candidate(candidate),
            candidate_store.put_login(candidate),
            matching_store.put_entry(entry),
        ],
        now=scene.now,
    )
    listed = scene.shortlist
    other.table, other.now = table, scene.now
    other.shortlist = Shortlist(listed.organisation, listed.member, listed.job, candidate, entry)
    other.invitation = invite(table, other.shortlist, now=scene.now)
    invitations.answer(table, other.invitation.id, InvitationAnswer.ACCEPT, now=scene.now)
    return other


def test_R25_filling_the_last_opening_closes_the_rest_with_a_notice(table: Table) -> None:
    hired = Scene(table, openings=1)
    offered, talking = _another_who_talks(table, hired), _another_who_talks(table, hired)
    offer, in_vain = hired.offer(), offered.offer()

    assert hired.accept(offer)[0] == 200
    job = jobs.job(table, hired.shortlist.job.id)
    assert (job.state, job.closing_reason) == (JobState.CLOSING, ClosingReason.FILLED)
    status, problem, _ = offered.accept(in_vain)
    assert (status, problem["current_state"]) == (409, "CLOSING")
    status, problem, _ = talking.client("POST", f"/invitations/{talking.invitation.id}/offers", talking.terms)
    assert (status, problem["current_state"]) == (409, "CLOSING")

    for _ in range(2):
        closing.go_on(table, hired.shortlist.job.id, now=hired.now, in_time=lambda: True)

    assert jobs.job(table, hired.shortlist.job.id).state is JobState.CLOSED
    assert [scene.candidacy for scene in (hired, offered, talking)] == ["HIRED", "CLOSED", "CLOSED"]
    assert offers.offer(table, in_vain["id"]).state is OfferState.CLOSED
    assert offers.offer(table, offer["id"]).state is OfferState.ACCEPTED
    for scene, told in ((hired, 0), (offered, 1), (talking, 1)):
        mails = [mail.body["template"] for mail in waiting(table, f"INV#{scene.invitation.id}")]
        assert mails.count("invitation-closed") == told
    assert hired.client("POST", f"/offers/{offer['id']}/hire-confirmation")[0] == 200


def test_R25_two_who_race_for_the_last_opening_are_not_both_hired(table: Table) -> None:
    first = Scene(table, openings=1)
    second = _another_who_talks(table, first)
    offer, rival = first.offer(), second.offer()

    with pytest.raises(IllegalMove) as refused:
        actions.accept(
            RacingTable([lambda: second.accept(rival)]),
            offer["id"],
            candidate_id=first.shortlist.candidate.id,
            seen=1,
            now=first.now,
            record=remember_nothing,
        )

    assert refused.value.current_state == "CLOSING"
    assert (first.candidacy, second.candidacy) == (CandidacyState.OFFERED, CandidacyState.HIRED)
    assert first.person.state is CandidateState.ACTIVE


def test_R23_only_the_candidate_accepts_and_only_the_client_changes(table: Table) -> None:
    scene, other = Scene(table), Scene(table)
    offer = scene.offer()
    path = offer["id"]

    for call in (
        other.candidate("GET", f"/me/offers/{path}"),
        other.candidate("POST", f"/me/offers/{path}/accept", None, If_Match='"1"'),
        other.candidate("POST", f"/me/offers/{path}/decline"),
        other.client("GET", f"/offers/{path}"),
        other.client("PUT", f"/offers/{path}", other.terms, If_Match='"1"'),
        other.client("POST", f"/offers/{path}/withdraw"),
        other.client("POST", f"/offers/{path}/hire-confirmation"),
        other.client("POST", f"/invitations/{scene.invitation.id}/offers", other.terms),
        scene.client("GET", "/offers/off_none"),
        scene.candidate("GET", "/me/offers/off_none"),
    ):
        status, problem, _ = call
        assert (status, problem["code"]) == (404, "not-found")
        assert problem == scene.client("GET", "/offers/off_none")[1]
    event = _request(scene.shortlist.member.sub, "client", "POST", f"/me/offers/{path}/accept", body=None, headers={})
    assert _answer(candidate_api(event, make_context()))[0] == 403
    assert offers.offer(table, path).state is OfferState.OPEN


def test_R23_an_overdue_offer_expires_once_and_both_are_told(table: Table) -> None:
    scene = Scene(table)
    offer = scene.offer()
    overdue = scene.now + timedelta(days=7)

    assert actions.expire(table, offer["id"], now=overdue - timedelta(seconds=1)).state is OfferState.OPEN
    for _ in range(2):
        assert actions.expire(table, offer["id"], now=overdue).state is OfferState.EXPIRED

    assert scene.candidacy is CandidacyState.INTERVIEWING
    mails = scene.mails(offer)
    assert mails.count(("offer-expired", scene.to_candidate)) == mails.count(("offer-unanswered", scene.to_client)) == 1
    assert scene.person.state is CandidateState.ACTIVE
    status, problem, _ = scene.accept(offer)
    assert (status, problem["code"]) == (409, "offer-expired")


def test_R23_the_sweep_finds_what_is_overdue_and_leaves_what_is_not(table: Table) -> None:
    early, late = Scene(table), Scene(table)
    offer, kept = early.offer(), late.offer()
    item = offers.offer_item(table, offer["id"])
    past = make_offer_terms(now=early.now - timedelta(days=8))
    overdue = item.read(Offer).model_copy(update={"terms": past})
    table.commit([offers.put_offer(overdue, read_version=item.version)], now=early.now)

    close_overdue({"id": "sweep"}, make_context())

    states = [offers.offer(table, each["id"]).state for each in (offer, kept)]
    assert states == [OfferState.EXPIRED, OfferState.OPEN]


def test_a_candidate_who_left_accepts_nothing(table: Table) -> None:
    scene = Scene(table)
    offer = scene.offer()
    stored = candidate_store.candidate(table, scene.shortlist.candidate.id)
    left = stored.value.model_copy(update={"state": CandidateState.OPTED_OUT})
    table.commit([candidate_store.put_candidate(left, read_version=stored.version)], now=scene.now)

    status, problem, _ = scene.accept(offer)

    assert (status, problem["current_state"]) == (409, "OPTED_OUT")
    assert offers.offer(table, offer["id"]).state is OfferState.OPEN


def test_repeated_requests_are_answered_as_the_first_and_act_once(table: Table) -> None:
    scene = Scene(table)
    path = f"/invitations/{scene.invitation.id}/offers"

    first = scene.client("POST", path, scene.terms, Idempotency_Key="make")
    again = scene.client("POST", path, scene.terms, Idempotency_Key="make")
    assert first[:2] == again[:2]
    assert again[2]["Idempotency-Replayed"] == "true"
    offer = first[1]
    other = {**scene.terms, "title": "Another"}
    assert scene.client("POST", path, other, Idempotency_Key="make")[1]["code"] == "idempotency-key-reused"

    accept = f"/me/offers/{offer['id']}/accept"
    answers = [scene.candidate("POST", accept, None, Idempotency_Key="accept", If_Match='"1"')[:2] for _ in range(2)]
    confirm = f"/offers/{offer['id']}/hire-confirmation"
    confirmed = [scene.client("POST", confirm, None, Idempotency_Key="confirm")[:2] for _ in range(2)]
    assert answers[0] == answers[1]
    assert confirmed[0] == confirmed[1]
    assert confirmed[0][1]["state"] == "HIRE_CONFIRMED"
    assert scene.accept(offer)[1]["state"] == "HIRE_CONFIRMED"
    assert [template for template, _ in scene.mails(offer)].count("offer-accepted") == 1
    assert jobs.job(table, scene.shortlist.job.id).filled == 1


@pytest.mark.parametrize("step", ["decline", "withdraw"])
def test_an_offer_that_was_declined_or_withdrawn_stays_so_and_is_told_once(table: Table, step: str) -> None:
    scene = Scene(table)
    offer = scene.offer()

    def act() -> tuple[int, Any, dict[str, str]]:
        if step == "decline":
            return scene.candidate("POST", f"/me/offers/{offer['id']}/decline")
        return scene.client("POST", f"/offers/{offer['id']}/withdraw")

    assert act()[:2] == act()[:2]
    assert len(scene.mails(offer)) == 2
    status, problem, _ = scene.accept(offer)
    assert (status, problem["current_state"]) == (409, "DECLINED" if step == "decline" else "WITHDRAWN")


def test_a_hire_is_confirmed_only_after_the_yes(table: Table) -> None:
    scene = Scene(table)
    offer = scene.offer()

    status, problem, _ = scene.client("POST", f"/offers/{offer['id']}/hire-confirmation")

    assert (status, problem["current_state"]) == (409, "OPEN")
    assert scene.candidacy is CandidacyState.OFFERED


def test_an_offer_belongs_to_the_latest_invitation(table: Table) -> None:
    scene = Scene(table)
    invitations.withdraw(table, scene.invitation.id, by=scene.shortlist.member.sub, now=scene.now)
    again = invite(table, scene.shortlist, now=scene.now)
    invitations.answer(table, again.id, InvitationAnswer.ACCEPT, now=scene.now)

    status, problem, _ = scene.client("POST", f"/invitations/{scene.invitation.id}/offers", scene.terms)

    assert (status, problem["code"], problem["current_state"]) == (409, "invitation-not-accepted", "WITHDRAWN")


def test_R23_a_job_that_begins_to_close_meanwhile_gets_no_offer(table: Table) -> None:
    scene = Scene(table)

    def close_job() -> None:
        item = jobs.job_item(table, scene.shortlist.job.id)
        closing_job = scene.shortlist.job.close(ClosingReason.CLIENT, now=scene.now)
        table.commit([jobs.put_job(closing_job, read_version=item.version)], now=scene.now)

    with pytest.raises((IllegalMove, CommitRefused)):
        actions.make(
            RacingTable([close_job]),
            scene.invitation.id,
            make_offer_terms(now=scene.now),
            by=scene.shortlist.member.sub,
            release_from=Stage.OFFER_ACCEPTED,
            now=scene.now,
            record=remember_nothing,
        )

    assert scene.candidacy is CandidacyState.INTERVIEWING


def _letters(table: Table, offer: dict[str, Any], now: datetime) -> dict[str, Mail | Skip]:
    """What became of each mail about an offer, by its template."""
    taken: list[Mail] = []

    class Carrier:
        def send(self, mail: Mail) -> str:
            taken.append(mail)
            return make_id("ses")

    sender = Sender(table, Carrier(), "https://jobs.example.com/v1", b"a key for tests")
    outcomes: dict[str, Mail | Skip] = {}
    for envelope in waiting(table, f"OFF#{offer['id']}"):
        outcome = send(sender, envelope, now)
        outcomes[envelope.body["template"]] = outcome if isinstance(outcome, Skip) else taken[-1]
    return outcomes


def test_R30_each_side_is_told_by_mail_and_of_terms_only_of_those_in_force(table: Table) -> None:
    scene = Scene(table)
    offer = scene.offer()
    more = {**scene.terms, "pay": {"amount_minor": 90_000_00, "currency": "EUR"}}
    scene.client("PUT", f"/offers/{offer['id']}", more, If_Match='"1"')

    told = _letters(table, offer, scene.now)

    assert told["offer-made"] is Skip.NO_LONGER_OPEN
    changed = told["offer-changed"]
    assert isinstance(changed, Mail)
    assert changed.to.address == scene.shortlist.candidate.email
    assert "EUR 90,000 a year" in changed.text
    assert "Partly from home, partly in Vienna, Austria" in changed.html

    scene.accept({**offer, "version": 2})
    told = _letters(table, offer, scene.now)
    accepted, hired = told["offer-accepted"], told["hired"]
    assert isinstance(accepted, Mail)
    assert isinstance(hired, Mail)
    assert accepted.to.address == scene.shortlist.member.email
    assert scene.shortlist.candidate.email not in accepted.text + accepted.html
    assert hired.to.address == scene.shortlist.candidate.email
    assert "DELETE /me/pause" in hired.text
