from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from functions.conversation_api.handler import handler
from hiring.invitations import actions as invitations
from hiring.invitations.model import InvitationAnswer
from hiring.shared.table import Table
from tests.builders import NOW, Shortlist, invite, make_api_event, make_context, store_shortlist


def _get(path: str, sub: str, groups: str, query: Mapping[str, str] | None = None) -> tuple[int, Any]:
    event = make_api_event("GET", path, sub=sub, groups=groups, query=query)
    answer = handler(event, make_context())
    return answer["statusCode"], json.loads(answer["body"])


def _talk(table: Table) -> tuple[Shortlist, str]:
    shortlist = store_shortlist(table)
    invitation = invite(table, shortlist)
    invitations.answer(table, invitation.id, InvitationAnswer.ACCEPT, now=NOW + timedelta(hours=1))
    return shortlist, invitation.conversation_id


def test_R16_both_sides_find_the_conversation_and_its_messages(table: Table) -> None:
    shortlist, conversation_id = _talk(table)

    status, mine = _get("/conversations", shortlist.candidate.login, "candidate")
    assert (status, [(each["id"], each["with_whom"]) for each in mine["items"]]) == (
        200,
        [(conversation_id, "Gipfelwerk GmbH")],
    )
    status, theirs = _get(
        "/conversations", shortlist.member.sub, "client", {"organisation_id": shortlist.organisation.id}
    )
    assert (status, [(each["id"], each["with_whom"]) for each in theirs["items"]]) == (
        200,
        [(conversation_id, "Candidate 3")],
    )
    for sub, group in ((shortlist.candidate.login, "candidate"), (shortlist.member.sub, "client")):
        status, messages = _get(f"/conversations/{conversation_id}/messages", sub, group)
        assert status == 200
        assert [each["author"] for each in messages["items"]] == ["client", "system"]


def test_the_conversation_written_to_last_comes_first_in_pages(table: Table) -> None:
    shortlist, first = _talk(table)
    listed = store_shortlist(table)
    second = invite(table, listed, now=NOW + timedelta(days=1)).conversation_id
    organisation = {"organisation_id": listed.organisation.id}
    assert first != second

    status, page = _get("/conversations", listed.member.sub, "client", {**organisation, "limit": "1"})
    assert (status, page["items"][0]["id"], page["next_cursor"]) == (200, second, None)

    status, page = _get(f"/conversations/{first}/messages", shortlist.candidate.login, "candidate", {"limit": "1"})
    assert (status, page["items"][0]["author"]) == (200, "client")
    following = {"limit": "1", "cursor": page["next_cursor"]}
    status, page = _get(f"/conversations/{first}/messages", shortlist.candidate.login, "candidate", following)
    assert (status, page["items"][0]["author"]) == (200, "system")


def test_R20_strangers_get_the_same_404_as_for_no_conversation_at_all(table: Table) -> None:
    _, conversation_id = _talk(table)
    other, _ = _talk(table)

    for sub, group in ((other.candidate.login, "candidate"), (other.member.sub, "client")):
        foreign = _get(f"/conversations/{conversation_id}/messages", sub, group)
        missing = _get("/conversations/cnv_none/messages", sub, group)
        assert foreign == missing
        assert foreign[0] == 404


def test_a_client_sees_no_conversations_of_an_organisation_that_it_does_not_belong_to(table: Table) -> None:
    shortlist, _ = _talk(table)
    other, _ = _talk(table)

    status, problem = _get("/conversations", other.member.sub, "client", {"organisation_id": shortlist.organisation.id})

    assert (status, problem["code"]) == (404, "not-found")


def test_a_client_must_say_for_which_organisation(table: Table) -> None:
    shortlist, _ = _talk(table)

    status, problem = _get("/conversations", shortlist.member.sub, "client")

    assert (status, problem["errors"][0]["pointer"]) == (422, "?organisation_id")


def test_R19_nobody_opens_a_conversation_by_hand(table: Table) -> None:
    shortlist = store_shortlist(table)
    event = make_api_event("POST", "/conversations", body={}, sub=shortlist.candidate.login, groups="candidate")

    answer = handler(event, make_context())

    assert (answer["statusCode"], answer["multiValueHeaders"]["Allow"]) == (405, ["GET"])


def test_operators_do_not_read_along(table: Table) -> None:
    _, conversation_id = _talk(table)

    status, problem = _get(f"/conversations/{conversation_id}/messages", "an-operator", "operator")

    assert (status, problem["code"]) == (403, "not-allowed")
