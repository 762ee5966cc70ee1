from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from functions.close_overdue.handler import handler as close_overdue
from functions.conversation_api.handler import handler
from functions.public_links.handler import handler as public_links
from hiring.candidacies import store as candidacies
from hiring.candidacies.model import Candidacy, CandidacyState, Stage
from hiring.conversations.model import Intent, Message
from hiring.invitations import actions as invitations
from hiring.invitations import store as invitation_store
from hiring.invitations.model import Invitation, InvitationAnswer, InvitationState
from hiring.messaging import actions as messaging
from hiring.notifications.actions import Sender, send
from hiring.notifications.model import Mail
from hiring.shared import keys
from hiring.shared.clock import utc_now
from hiring.shared.errors import IllegalMove
from hiring.shared.links import Purpose, sign
from hiring.shared.table import Table
from tests.builders import (
    NOW,
    Shortlist,
    invite,
    make_api_event,
    make_context,
    make_id,
    remember_nothing,
    store_shortlist,
    waiting,
)

POLICY = messaging.Policy(frozenset({"meet.example.com"}), Stage.OFFER_ACCEPTED)
CANDIDATE, CLIENT = "candidate", "client"


class Talk:
    """An invitation between a candidate and a client, and requests of the two to its conversation."""

    def __init__(self, table: Table, *, accepted: bool = False) -> None:
        self.table = table
        self.shortlist: Shortlist = store_shortlist(table, now=utc_now())
        self.invitation: Invitation = invite(table, self.shortlist, now=utc_now())
        if accepted:
            invitations.answer(table, self.invitation.id, InvitationAnswer.ACCEPT, now=utc_now())

    def post(
        self, group: str, text: str, intent: str | None = None, *, key: str | None = None, sub: str | None = None
    ) -> tuple[int, Any]:
        mine = self.shortlist.candidate.login if group == CANDIDATE else self.shortlist.member.sub
        event = make_api_event(
            "POST",
            f"/conversations/{self.invitation.conversation_id}/messages",
            body={"text": text} | ({"intent": intent} if intent else {}),
            sub=sub or mine,
            groups=group,
            headers={"Idempotency-Key": key or make_id("key")},
        )
        answer = handler(event, make_context())
        return answer["statusCode"], json.loads(answer["body"])

    @property
    def state(self) -> InvitationState:
        return invitation_store.invitation(self.table, self.invitation.id).state

    @property
    def said(self) -> list[tuple[str, str, str | None]]:
        """What stands in the conversation after the invitation's own message."""
        items = self.table.query(f"CNV#{self.invitation.conversation_id}", prefix="MSG#")
        messages = [item.read(Message) for item in items][1:]
        return [(each.author, each.text, each.intent) for each in messages]

    @property
    def mails(self) -> list[str]:
        """The templates of the mails since the invitation's."""
        return [mail.body["template"] for mail in waiting(self.table, f"INV#{self.invitation.id}")][1:]


def test_R18_a_plain_reply_reaches_the_other_side_and_changes_no_state(table: Table) -> None:
    talk = Talk(table)

    status, message = talk.post(CANDIDATE, "I accept that this sounds interesting. What team is it?")

    assert (status, message["author"], message["intent"], message["invitation_state"]) == (
        201,
        "candidate",
        None,
        "SENT",
    )
    assert talk.post(CLIENT, "The booking team.")[0] == 201
    assert talk.state is InvitationState.SENT
    assert [(author, text) for author, text, _ in talk.said] == [
        ("candidate", "I accept that this sounds interesting. What team is it?"),
        ("client", "The booking team."),
    ]


@pytest.mark.parametrize(("intent", "state"), [("accept", "ACCEPTED"), ("decline", "DECLINED")])
def test_R17_an_intent_answers_the_invitation_and_the_client_is_told_once(
    table: Table, intent: str, state: str
) -> None:
    talk = Talk(table)

    status, message = talk.post(CANDIDATE, "Here is my answer.", intent)

    assert (status, message["intent"], message["invitation_state"]) == (201, intent, state)
    assert talk.state == state
    assert talk.said == [
        ("candidate", "Here is my answer.", intent),
        ("system", f"The invitation was {state.lower()}.", None),
    ]
    assert talk.mails == ["invitation-answered"]
    stored = candidacies.candidacy_item(table, talk.shortlist.job.id, talk.shortlist.candidate.id).read(Candidacy)
    assert stored.state == {"ACCEPTED": "INTERVIEWING"}.get(state, state)


@pytest.mark.parametrize("first", ["accept", "decline"])
def test_R17_the_same_answer_again_has_the_same_result_and_its_words_are_kept(table: Table, first: str) -> None:
    talk = Talk(table)
    _, answered = talk.post(CANDIDATE, "My answer.", first)

    status, repeated = talk.post(CANDIDATE, "As I said.", first)

    assert (status, repeated["invitation_state"]) == (201, answered["invitation_state"])
    assert [text for _, text, _ in talk.said][-1] == "As I said."
    assert talk.mails.count("invitation-answered") == 1
    other = "decline" if first == "accept" else "accept"
    status, problem = talk.post(CANDIDATE, "Or rather not.", other)
    assert (status, problem["code"], problem["current_state"]) == (409, "illegal-move", talk.state)


def _press(talk: Talk, answer: str) -> int:
    token = sign(Purpose.RESPOND, talk.invitation.id, expires_at=talk.invitation.expires_at, key=b"a key for tests")
    event = make_api_event(
        "POST",
        f"/r/{token}",
        body=f"answer={answer}",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    return int(public_links(event, make_context())["statusCode"])


def test_R17_link_and_conversation_drive_one_state_machine(table: Table) -> None:
    by_link, by_words = Talk(table), Talk(table)

    assert _press(by_link, "accept") == 303
    status, problem = by_link.post(CANDIDATE, "No.", "decline")
    assert (status, problem["current_state"]) == (409, "ACCEPTED")
    assert by_link.post(CANDIDATE, "Yes, as I said.", "accept")[1]["invitation_state"] == "ACCEPTED"

    assert by_words.post(CANDIDATE, "No, thank you.", "decline")[0] == 201
    assert _press(by_words, "accept") == 409
    assert _press(by_words, "decline") == 303
    assert [talk.mails.count("invitation-answered") for talk in (by_link, by_words)] == [1, 1]


@pytest.mark.parametrize("seed", range(5))
def test_R17_answers_of_both_ways_in_any_order_make_one_event_and_one_notice(table: Table, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # different orders, the same each time
    talk = Talk(table)
    outcomes = set()
    for _ in range(12):
        answer = chance.choice(list(InvitationAnswer))
        by_words = partial(
            messaging.post,
            table,
            talk.invitation.conversation_id,
            "My answer",
            Intent(answer),
            by=talk.shortlist.candidate.login,
            policy=POLICY,
            now=utc_now(),
            record=remember_nothing,
        )
        by_link = partial(invitations.answer, table, talk.invitation.id, answer, now=utc_now())
        try:
            ways: list[Callable[[], object]] = [by_words, by_link]
            chance.choice(ways)()
        except IllegalMove as refused:
            outcomes.add(refused.current_state)
        outcomes.add(talk.state)

    assert outcomes == {talk.state}
    assert [author for author, _, _ in talk.said].count("system") == 1
    assert talk.mails.count("invitation-answered") == 1


def test_R17_a_client_answers_for_nobody(table: Table) -> None:
    talk = Talk(table)

    status, problem = talk.post(CLIENT, "We take that as a yes.", "accept")

    assert (status, problem["code"]) == (403, "not-allowed")
    assert (talk.state, talk.said) == (InvitationState.SENT, [])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Write to ada (at) example (dot) com or call +43 664 123 45 67", ["email", "phone"]),
        ("Meet me at https://meet.example.org/room", ["link"]),
        ("My account is AT61 1904 3002 3457 3201", ["payment-data"]),
    ],
)
@pytest.mark.parametrize("group", [CANDIDATE, CLIENT])
def test_R21_R24_what_a_message_must_not_hold_is_named_and_nothing_is_written(
    table: Table, text: str, codes: list[str], group: str
) -> None:
    talk = Talk(table)

    status, problem = talk.post(group, text, "accept" if group == CANDIDATE else None)

    assert (status, problem["code"]) == (422, "contact-policy")
    assert [(error["pointer"], error["code"]) for error in problem["errors"]] == [("/text", code) for code in codes]
    assert (talk.state, talk.said, talk.mails) == (InvitationState.SENT, [], [])


def test_R20_links_to_the_operators_meeting_hosts_pass_and_to_no_others(table: Table) -> None:
    talk = Talk(table, accepted=True)

    assert talk.post(CLIENT, "https://meet.example.com/abc", "propose-times")[0] == 201
    assert talk.post(CLIENT, "https://us02.zoom.us/j/123", "propose-times")[0] == 201
    assert talk.post(CLIENT, "https://meet.example.com.evil.example/abc")[0] == 422


def _at(table: Table, talk: Talk, state: CandidacyState) -> None:
    item = candidacies.candidacy_item(table, talk.shortlist.job.id, talk.shortlist.candidate.id)
    moved = item.read(Candidacy).model_copy(update={"state": state})
    table.commit([candidacies.put_candidacy(moved, read_version=item.version)], now=NOW)


def test_R21_R22_after_the_release_contacts_pass_for_this_pair_and_bank_data_never(table: Table) -> None:
    talk, other = Talk(table, accepted=True), Talk(table, accepted=True)
    _at(table, talk, CandidacyState.HIRED)

    assert talk.post(CLIENT, "Write to hiring@gipfelwerk.example or see gipfelwerk.example/start")[0] == 201
    assert other.post(CLIENT, "Write to hiring@gipfelwerk.example")[0] == 422
    status, problem = talk.post(CANDIDATE, "Pay to AT61 1904 3002 3457 3201")
    assert (status, [error["code"] for error in problem["errors"]]) == (422, ["payment-data"])


def test_R22_the_deployment_may_release_contacts_earlier(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTACT_RELEASE", "invitation-accepted")
    waiting_for_answer, accepted = Talk(table), Talk(table, accepted=True)

    assert accepted.post(CLIENT, "Write to hiring@gipfelwerk.example")[0] == 201
    assert waiting_for_answer.post(CLIENT, "Write to hiring@gipfelwerk.example")[0] == 422


@pytest.mark.parametrize("end", ["withdraw", "close", "decline", "expire"])
def test_R20_nobody_writes_into_a_conversation_whose_invitation_has_ended(table: Table, end: str) -> None:
    talk = Talk(table)
    now = utc_now()
    match end:
        case "withdraw":
            invitations.withdraw(table, talk.invitation.id, by=talk.shortlist.member.sub, now=now)
        case "close":
            invitations.close(table, talk.invitation.id, now=now)
        case "decline":
            invitations.answer(table, talk.invitation.id, InvitationAnswer.DECLINE, now=now)
        case "expire":
            invitations.expire(table, talk.invitation.id, now=talk.invitation.expires_at)
    before = talk.said

    for group in (CANDIDATE, CLIENT):
        status, problem = talk.post(group, "One more thing")
        assert (status, problem["code"], problem["current_state"]) == (409, "conversation-closed", talk.state)
    assert talk.said == before


def test_R20_the_interview_is_arranged_in_the_conversation(table: Table) -> None:
    talk = Talk(table, accepted=True)

    status, problem = talk.post(CANDIDATE, "Tuesday it is", "confirm-time")
    assert (status, problem["code"]) == (409, "nothing-proposed")
    assert talk.post(CLIENT, "Tuesday at 10 or Wednesday at 14?", "propose-times")[0] == 201
    status, message = talk.post(CANDIDATE, "Tuesday at 10", "confirm-time")
    assert (status, message["intent"], message["invitation_state"]) == (201, "confirm-time", "ACCEPTED")


def test_a_repeated_request_is_answered_as_the_first_and_writes_nothing(table: Table) -> None:
    talk = Talk(table)

    first = talk.post(CANDIDATE, "Yes!", "accept", key="one")
    said = talk.said
    assert talk.post(CANDIDATE, "Yes!", "accept", key="one") == first
    assert talk.said == said
    status, problem = talk.post(CANDIDATE, "No!", "decline", key="one")
    assert (status, problem["code"]) == (422, "idempotency-key-reused")
    event = make_api_event(
        "POST",
        f"/conversations/{talk.invitation.conversation_id}/messages",
        body={"text": "Hello"},
        sub=talk.shortlist.candidate.login,
        groups="candidate",
    )
    assert json.loads(handler(event, make_context())["body"])["code"] == "idempotency-key-missing"


@pytest.mark.parametrize(
    "body", [{}, {"text": " "}, {"text": "x" * 4001}, {"text": "x", "intent": "hire"}, {"txt": "x"}]
)
def test_a_message_that_makes_no_sense_is_refused_field_by_field(table: Table, body: dict[str, str]) -> None:
    talk = Talk(table)
    path = f"/conversations/{talk.invitation.conversation_id}/messages"
    event = make_api_event(
        "POST", path, body=body, sub=talk.shortlist.member.sub, groups="client", headers={"Idempotency-Key": "one"}
    )

    answer = handler(event, make_context())

    assert (answer["statusCode"], bool(json.loads(answer["body"])["errors"])) == (422, True)


def test_R20_strangers_get_the_same_404_as_for_no_conversation_at_all(table: Table) -> None:
    talk, other = Talk(table), Talk(table)
    missing = Talk(table)
    missing.invitation = missing.invitation.model_copy(update={"conversation_id": "cnv_none"})

    for group, sub in ((CANDIDATE, other.shortlist.candidate.login), (CLIENT, other.shortlist.member.sub)):
        assert talk.post(group, "Hello?", sub=sub) == missing.post(group, "Hello?", sub=sub)
        assert talk.post(group, "Hello?", sub=sub)[0] == 404
    assert talk.said == []


def _told(table: Table, talk: Talk) -> list[str]:
    mails = waiting(table, f"INV#{talk.invitation.id}")
    return [mail.id for mail in mails if mail.body["template"] == "message-to-client"]


def test_many_messages_in_minutes_are_told_in_one_mail_now_and_one_later(table: Table) -> None:
    talk = Talk(table, accepted=True)
    post = partial(
        messaging.post,
        table,
        talk.invitation.conversation_id,
        intent=None,
        by=talk.shortlist.candidate.login,
        policy=POLICY,
        record=remember_nothing,
    )
    past = utc_now() - timedelta(minutes=20)
    for minute in range(5):
        post("One more thought", now=past + timedelta(minutes=minute))
    (at_once,) = _told(table, talk)

    for _ in range(2):
        close_overdue({"id": "sweep"}, make_context())

    (later,) = _told(table, talk)  # the sweep took the first to its queue
    assert later != at_once
    assert len(table.index_page("gsi3", keys.due(talk.invitation.conversation_id)).items) == 0


@pytest.mark.parametrize("group", [CANDIDATE, CLIENT])
def test_R30_the_other_side_is_told_of_a_message_by_a_mail_that_repeats_none_of_it(table: Table, group: str) -> None:
    talk = Talk(table, accepted=True)
    if group == CLIENT:  # the invitation's mail was the first that the candidate got
        messaging.post(
            table,
            talk.invitation.conversation_id,
            "A secret plan",
            None,
            by=talk.shortlist.member.sub,
            policy=POLICY,
            now=utc_now() + timedelta(minutes=16),
            record=remember_nothing,
        )
    else:
        talk.post(CANDIDATE, "A secret plan")
    taken: list[Mail] = []

    class Letters:
        def send(self, mail: Mail) -> str:
            taken.append(mail)
            return "ses-1"

    sender = Sender(table, Letters(), "https://jobs.example.com/v1", b"a key for tests")
    send(sender, waiting(table, f"INV#{talk.invitation.id}")[-1], NOW)

    (mail,) = taken
    assert mail.to.address == (talk.shortlist.member.email if group == CANDIDATE else talk.shortlist.candidate.email)
    assert "wrote to you" in mail.subject
    assert "secret plan" not in mail.text + mail.html
