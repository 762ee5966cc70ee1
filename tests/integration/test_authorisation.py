"""Everybody against every call: what is not one's own does not exist, and trying changes nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import pytest

from hiring.shared.table import Table
from tests.builders import aws_client, make_id
from tests.integration.authorisation import OTHER_ROLES, Call, World, bodies, calls, populate, request

OWN = {
    "candidate_enrol": 401,  # it reads the address with the token, which none of the pool's is here
    "candidate_open_upload": 201,
    "candidate_request_export": 202,
    "candidate_request_erasure": 202,
    "candidate_read_erasure": 404,  # nobody asked to be erased
    "candidate_accept_invitation": 200,
    "candidate_accept_offer": 200,
    "client_submit_job": 201,
    "client_request_run": 202,
    "client_close_job": 202,
    "client_open_resume": 201,
    "client_invite": 201,
    "client_make_offer": 201,
    "client_download_resume": 409,  # nothing is released yet
    "client_confirm_hire": 409,  # nobody accepted yet
    "conversations_post_message": 201,
    "operator_create_organisation": 201,
    "operator_open_support_request": 201,
    "operator_suppress_address": 201,
    "operator_lift_suppression": 204,
    "operator_start_broadcast": 202,
    "operator_replay_run": 202,
    "operator_set_member": 201,
    "operator_remove_member": 204,
}
"""What a call of one's own is answered, where it is not 200."""
UNKNOWN = "unknown_01m8000000000000000000000"


@pytest.fixture
def world(table: Table) -> World:
    return populate(table)


def owners(call: Call, world: World) -> list[tuple[str, str]]:
    """Who may, with the role in which they do."""
    member, candidate = (world.member, "client"), (world.candidate, "candidate")
    return {
        "Candidate": [candidate],
        "Client": [member],
        # Listing the conversations of an organisation is for its members.
        "Conversations": [member, *([candidate] if "organisation_id" not in call.names else [])],
        "Operator": [(world.operator, "operator")],
    }[call.tag]


def strangers(call: Call, world: World) -> list[tuple[str, str]]:
    """Who has the role and nothing to do with what the call is about."""
    candidate = (world.other_candidate, "candidate")
    members = [(world.other_member, "client"), (world.removed_member, "client"), (make_id("sub"), "client")]
    return {"Candidate": [candidate], "Client": members, "Conversations": [*members, candidate], "Operator": []}[
        call.tag
    ]


def alike(document: Any) -> Any:
    """A problem without what is of one request only."""
    return {name: value for name, value in (document or {}).items() if name not in {"instance", "request_id"}}


def everything() -> list[dict[str, Any]]:
    """All items but counters of requests."""
    items = aws_client("dynamodb").scan(TableName=os.environ["TABLE_NAME"])["Items"]
    kept = [item for item in items if not item["pk"]["S"].startswith("RATE#")]
    return sorted(kept, key=lambda item: (item["pk"]["S"], item["sk"]["S"]))


@pytest.mark.parametrize("call", calls(), ids=lambda call: call.operation)
def test_only_who_owns_something_finds_it(call: Call, world: World) -> None:
    before = everything()
    refuse_without_the_role(call, world)
    hide_from_strangers(call, world)
    assert everything() == before
    refuse_foreign_cursors(call, world)
    key = make_id("key")
    serve_the_owners(call, world, key)
    replay_nothing_to_strangers(call, world, key)


def refuse_without_the_role(call: Call, world: World) -> None:
    """Without a token, in another role, and in none."""
    ids = world.of(call)
    body = bodies(call.operation, ids)
    assert request(call, sub=None, group="", ids=ids, body=body)[0] == 401
    for role in ("", *OTHER_ROLES[call.tag]):
        for sub in (world.member, world.candidate, world.operator):
            assert request(call, sub=sub, group=role, ids=ids, body=body)[0] == 403


def hide_from_strangers(call: Call, world: World) -> None:
    """In the right role, what belongs to others is as if it were not there."""
    if not call.of_object or not strangers(call, world):
        return
    ids = world.of(call)
    nowhere = dict.fromkeys(ids, UNKNOWN)
    [(owner, owner_role), *_] = owners(call, world)
    missing = request(call, sub=owner, group=owner_role, ids=nowhere, body=bodies(call.operation, nowhere))
    assert missing[0] == 404
    for sub, role in strangers(call, world):
        status, document, _ = request(call, sub=sub, group=role, ids=ids, body=bodies(call.operation, ids))
        assert (status, alike(document)) == (404, alike(missing[1])), role


def refuse_foreign_cursors(call: Call, world: World) -> None:
    """A cursor that is none of ours."""
    if "cursor" in call.names:
        [(owner, role), *_] = owners(call, world)
        for cursor in ("forged", f"{'x' * 40}.{'y' * 43}"):
            assert request(call, sub=owner, group=role, ids=world.of(call), query={"cursor": cursor})[0] == 400


def serve_the_owners(call: Call, world: World, key: str) -> None:
    """Whoever owns it may: each of them where it is read, one where it acts."""
    ids = world.of(call)
    everyone = owners(call, world)
    for sub, role in everyone if call.method == "GET" else everyone[:1]:
        status, document, _ = request(call, sub=sub, group=role, ids=ids, body=bodies(call.operation, ids), key=key)
        assert status == OWN.get(call.operation, 200), document


def replay_nothing_to_strangers(call: Call, world: World, key: str) -> None:
    """Somebody else's idempotency key repeats nothing."""
    if "Idempotency-Key" not in call.names or not call.of_object:
        return
    ids = world.of(call)
    for sub, role in strangers(call, world):
        status, document, headers = request(
            call, sub=sub, group=role, ids=ids, body=bodies(call.operation, ids), key=key
        )
        assert (status, "Idempotency-Replayed" in headers) == (404, False), document


def test_nobody_reads_anothers_things_by_listing(world: World) -> None:
    mine: Mapping[str, str] = world.ids
    listings = [call for call in calls() if call.method == "GET" and not call.of_object and call.tag != "Operator"]
    assert len(listings) > 5
    for call in listings:
        for sub, role in strangers(call, world):
            _, document, _ = request(call, sub=sub, group=role, ids=mine)
            assert not [identifier for identifier in mine.values() if identifier in str(document)], call.operation


def test_a_cursor_holds_for_whom_it_was_made(world: World, table: Table) -> None:
    [call] = [each for each in calls() if each.operation == "candidate_list_invitations"]
    assert table is not None
    _, page, _ = request(call, sub=world.candidate, group="candidate", ids=world.ids, query={"limit": "1"})
    cursor = page["next_cursor"]
    assert cursor
    again = {"cursor": cursor, "limit": "1"}
    assert request(call, sub=world.candidate, group="candidate", ids=world.ids, query=again)[0] == 200
    assert request(call, sub=world.other_candidate, group="candidate", ids=world.ids, query=again)[0] == 400
