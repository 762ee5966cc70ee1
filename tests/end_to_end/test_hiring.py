"""From an invitation to a confirmed hire over HTTP only, and what happens where many act at once."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from infra.local import main_job, marketplace, page
from infra.local.api import CONNECTIONS, RefusedError
from infra.local.main_job import Candidate, Client
from infra.local.stack import Stack, session
from tests.end_to_end import scene

AT_ONCE = 8


@dataclass(frozen=True)
class Invited:
    """A candidate of a shortlist with the invitation and the link of its mail."""

    candidate: Candidate
    invitation: dict[str, Any]
    link: str

    @property
    def id(self) -> str:
        """The invitation's id."""
        return str(self.invitation["id"])

    @property
    def messages(self) -> str:
        """Where the conversation's messages are."""
        return f"/conversations/{self.invitation['conversation_id']}/messages"

    def write(self, text: str, intent: str | None = None) -> Any:
        """Write to the client."""
        return self.candidate.api.post(self.messages, {"text": text, "intent": intent})


@pytest.fixture
def invited(product: Stack, client: Client, candidates: list[Candidate]) -> Iterator[list[Invited]]:
    """The two best of a job with one opening, invited; whoever was hired takes part again afterwards."""
    found = scene.matched(client, openings=1)
    entries = found.shortlist["items"][:2]
    scene.settle(product)
    people = []
    for entry in entries:
        known = len(product.mailbox.mails())
        invitation = main_job.invite(client, found.job, entry, "We would like to talk with you.")
        mail = main_job.next_invitation(product.mailbox, known)
        link = main_job.response_link(mail)
        assert link is not None
        [receiver] = [each for each in candidates if each.person.email == mail["To"]]
        people.append(Invited(receiver, invitation, link))
    yield people
    for each in people:
        each.candidate.api.call("DELETE", "/me/pause")
    # A job whose openings are filled is closed now, and not by a later test's minute.
    assert "FunctionError" not in scene.call(product, "CloseOverdue", b'{"id": "now"}')
    scene.settle(product)


def _terms() -> dict[str, Any]:
    return {
        "title": "Senior Backend Engineer",
        "pay": {"amount_minor": 85_000_00, "currency": "EUR"},
        "work_mode": "hybrid",
        "place": {"country": "AT", "city": "Vienna"},
        "start_date": "2027-02-01",
        "message": "We would be glad to work with you.",
        "expires_at": (datetime.now(UTC) + timedelta(days=7)).isoformat(),
    }


def _subjects(product: Stack, to: str, beginning: int) -> list[str]:
    return [str(mail["Subject"]) for mail in product.mailbox.mails(to=to)[beginning:]]


def _refused(act: Callable[[], object]) -> tuple[int, str]:
    with pytest.raises(RefusedError) as refused:
        act()
    return refused.value.status, str(refused.value.problem["code"])


def test_R16_to_R26_from_an_invitation_to_a_confirmed_hire(
    product: Stack, client: Client, invited: list[Invited]
) -> None:
    hired, other = invited
    job = hired.invitation["job_id"]
    told = {to: len(product.mailbox.mails(to=to)) for to in (client.email, hired.candidate.person.email)}

    # Both say yes, each in one of the two ways; the interview is arranged in the conversation.
    assert hired.write("What does the team look like?")["invitation_state"] == "SENT"
    assert hired.write("With pleasure.", "accept")["invitation_state"] == "ACCEPTED"
    page.form_of(page.open_page(other.link), other.link).press("accept")
    assert _refused(lambda: client.api.post(hired.messages, {"text": "Call me: +43 664 123 45 67"})) == (
        422,
        "contact-policy",
    )
    link = "Tuesday at 10, at https://zoom.us/j/123456?"
    assert client.api.post(hired.messages, {"text": link, "intent": "propose-times"})["intent"] == "propose-times"
    assert hired.write("Tuesday at 10.", "confirm-time")["intent"] == "confirm-time"

    # Both are offered the one opening; the terms change before one accepts.
    offer = client.api.post(f"/invitations/{hired.id}/offers", _terms())
    in_vain = client.api.post(f"/invitations/{other.id}/offers", _terms())
    mine = f"/me/offers/{offer['id']}"
    seen = hired.candidate.api.call("GET", mine)
    better = {**_terms(), "pay": {"amount_minor": 90_000_00, "currency": "EUR"}}
    client.api.put(f"/offers/{offer['id']}", better, version='"1"')
    assert client.api.get(f"/invitations/{hired.id}")["contact"] is None

    def accept(version: str) -> Any:
        headers = {"If-Match": version, "Idempotency-Key": f"accept {offer['id']} {version}"}
        return hired.candidate.api.call("POST", f"{mine}/accept", body={}, headers=headers).document

    assert _refused(lambda: accept(seen.headers["ETag"])) == (412, "version-changed")
    accepted = accept(hired.candidate.api.call("GET", mine).headers["ETag"])
    assert (accepted["state"], accepted["terms"]["pay"]["amount_minor"]) == ("ACCEPTED", 90_000_00)
    assert hired.candidate.api.get("/me")["state"] == "PAUSED"

    # The last opening is filled, so that everybody else reaches an end.
    answer = scene.call(product, "CloseOverdue", b'{"id": "now"}')
    assert "FunctionError" not in answer
    assert client.api.get(f"/jobs/{job}")["state"] == "CLOSED"
    assert other.candidate.api.get(f"/me/invitations/{other.id}")["state"] == "CLOSED"
    assert other.candidate.api.get(f"/me/offers/{in_vain['id']}")["state"] == "CLOSED"
    assert _refused(lambda: other.write("And now?")) == (409, "conversation-closed")

    # Contacts are released to this client, who hires off the platform and says so.
    assert hired.write("You reach me at +43 664 123 45 67")["author"] == "candidate"
    contact = client.api.get(f"/invitations/{hired.id}")["contact"]
    assert contact["emails"][0] == hired.candidate.person.email
    assert contact["name"]
    original = client.api.post(f"/invitations/{hired.id}/resume-downloads")["link"]
    downloaded = CONNECTIONS.request("GET", original)
    assert (downloaded.status, downloaded.data) == (200, hired.candidate.person.resume.read_bytes())
    confirmed = client.api.post(f"/offers/{offer['id']}/hire-confirmation")
    assert confirmed["state"] == "HIRE_CONFIRMED"
    openings = {each["opened"] for each in hired.candidate.api.get("/me/access-log")["items"]}
    assert {"contact", "original-resume"} <= openings

    scene.settle(product)
    to_candidate = _subjects(product, hired.candidate.person.email, told[hired.candidate.person.email])
    assert sum("You accepted the offer" in subject for subject in to_candidate) == 1
    to_client = _subjects(product, client.email, told[client.email])
    assert sum("accepted your offer" in subject for subject in to_client) == 1
    assert sum("accepted your invitation" in subject for subject in to_client) == 2
    assert marketplace.writes_since_opened(session(), product.endpoint) == []


def _at_once[Result](acts: Sequence[Callable[[], Result]]) -> list[Result]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [each.result() for each in [pool.submit(act) for act in acts]]


def _status(act: Callable[[], object]) -> int:
    """What the act was answered, 200 for any success."""
    try:
        act()
    except RefusedError as refused:
        return refused.status
    return 200


def test_R17_fifty_answers_at_once_in_both_ways_make_one_event_and_one_notice(
    product: Stack, client: Client, invited: list[Invited]
) -> None:
    person, _ = invited
    form = page.form_of(page.open_page(person.link), person.link)
    told = len(product.mailbox.mails(to=client.email))

    def press(answer: str) -> int:
        return form.press(answer).status

    acts: list[Callable[[], int]] = []
    for number in range(50):
        answer = ("accept", "decline")[number % 2]
        by_call = partial(person.candidate.api.post, f"/me/invitations/{person.id}/{answer}")
        by_words = partial(person.write, "My answer.", answer)
        acts.append((partial(press, answer), partial(_status, by_call), partial(_status, by_words))[number % 3])
    random.Random(1).shuffle(acts)  # noqa: S311  # the same order each time
    statuses = _at_once(acts)

    assert set(statuses) <= {200, 303, 409}
    scene.settle(product)
    state = person.candidate.api.get(f"/me/invitations/{person.id}")["state"]
    assert state in {"ACCEPTED", "DECLINED"}
    messages = person.candidate.api.get(f"{person.messages}?limit=100")["items"]
    events = [each["text"] for each in messages if each["author"] == "system"]
    assert events == [f"The invitation was {state.lower()}."]
    notices = [each for each in _subjects(product, client.email, told) if "your invitation" in each]
    assert len(notices) == 1
    assert state.lower() in notices[0]


def test_R23_offers_made_at_once_leave_one_live_and_a_repeated_request_acts_once(
    product: Stack, client: Client, invited: list[Invited]
) -> None:
    person, other = invited
    for each in invited:
        each.candidate.api.post(f"/me/invitations/{each.id}/accept")
    terms = _terms()

    statuses = _at_once(
        [partial(_status, partial(client.api.post, f"/invitations/{person.id}/offers", terms)) for _ in range(12)]
    )
    assert (statuses.count(200), set(statuses)) == (1, {200, 409})
    offers = person.candidate.api.get("/me/offers")["items"]
    assert [each["state"] for each in offers if each["invitation_id"] == person.id] == ["OPEN"]

    path = f"/invitations/{other.id}/offers"
    made = _at_once([partial(client.api.post, path, terms, key=f"one offer {other.id}") for _ in range(12)])
    assert len({each["id"] for each in made}) == 1
    assert len([each for each in other.candidate.api.get("/me/offers")["items"] if each["state"] == "OPEN"]) == 1

    def accept(each: Invited) -> int:
        [offer] = [mine for mine in each.candidate.api.get("/me/offers")["items"] if mine["state"] == "OPEN"]
        headers = {"If-Match": '"1"', "Idempotency-Key": f"accept {offer['id']}"}
        path = f"/me/offers/{offer['id']}/accept"
        return _status(lambda: each.candidate.api.call("POST", path, body={}, headers=headers))

    assert sorted(_at_once([partial(accept, each) for each in invited])) == [200, 409]
    assert sorted(each.candidate.api.get("/me")["state"] for each in invited) == ["ACTIVE", "PAUSED"]
    scene.settle(product)
