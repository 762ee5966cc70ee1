"""Operators take organisations in, and the HTTPS conventions hold: these calls are the simplest that have them all."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

import pytest

from functions.operator_api.handler import handler
from hiring.organisations import store
from hiring.shared import keys
from hiring.shared.table import Table
from tests.builders import aws_client, make_api_event, make_context


def call(method: str, path: str, body: Any = None, *, sub: str = "op-1", groups: Any = "operator", **more: Any) -> Any:
    answer = handler(make_api_event(method, path, body=body, sub=sub, groups=groups, **more), make_context())
    content = json.loads(answer["body"]) if answer.get("body") else None
    return int(answer["statusCode"]), content, {name: v[0] for name, v in answer["multiValueHeaders"].items()}


def create(name: str, key: str) -> Any:
    return call("POST", "/operator/organisations", {"name": name}, headers={"Idempotency-Key": key})


def user() -> str:
    import os

    answer = aws_client("cognito-idp").admin_create_user(UserPoolId=os.environ["USER_POOL_ID"], Username="a-client")
    return str(answer["User"]["Username"])


def test_an_organisation_is_created_and_found() -> None:
    status, created, headers = create("Harbour Analytics", "one")
    assert status == 201
    assert headers["Location"] == f"organisations/{created['id']}"
    assert headers["Cache-Control"] == "no-store"
    assert call("GET", urljoin("/operator/organisations", headers["Location"]))[1] == created


def test_the_same_key_acts_once_and_says_so() -> None:
    first = create("Harbour Analytics", "one")
    second = create("Harbour Analytics", "one")
    assert (second[0], second[1]) == (201, first[1])
    assert second[2]["Idempotency-Replayed"] == "true"
    assert second[2]["Location"] == first[2]["Location"]
    assert len(call("GET", "/operator/organisations")[1]["items"]) == 1


def test_the_same_key_with_another_request_is_refused() -> None:
    create("Harbour Analytics", "one")
    status, problem, _ = create("Another", "one")
    assert (status, problem["code"]) == (422, "idempotency-key-reused")


def test_somebody_elses_key_means_nothing() -> None:
    create("Harbour Analytics", "one")
    headers = {"Idempotency-Key": "one"}
    status, _, answer = call("POST", "/operator/organisations", {"name": "Other"}, sub="op-2", headers=headers)
    assert status == 201
    assert "Idempotency-Replayed" not in answer


def test_a_missing_key_is_asked_for() -> None:
    status, problem, headers = call("POST", "/operator/organisations", {"name": "x"})
    assert (status, problem["code"]) == (400, "idempotency-key-missing")
    assert headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("{", 400, "json-invalid"),
        ({"name": ""}, 422, "invalid-request"),
        ({"name": "x", "surprise": 1}, 422, "invalid-request"),
        ({}, 422, "invalid-request"),
        ([], 422, "invalid-request"),
    ],
)
def test_a_wrong_body_is_told_what_is_wrong(body: Any, status: int, code: str) -> None:
    answer = call("POST", "/operator/organisations", body, headers={"Idempotency-Key": "k"})
    assert (answer[0], answer[1]["code"]) == (status, code)
    assert answer[1]["type"] == f"/problems/{code}"
    assert answer[1]["request_id"] == "request-1"


def test_a_field_at_fault_is_named_by_a_pointer() -> None:
    _, problem, _ = call("POST", "/operator/organisations", {"surprise": 1}, headers={"Idempotency-Key": "k"})
    assert {error["pointer"] for error in problem["errors"]} == {"/name", "/surprise"}


def test_another_content_type_is_refused() -> None:
    headers = {"Idempotency-Key": "k", "Content-Type": "text/plain"}
    assert call("POST", "/operator/organisations", {"name": "x"}, headers=headers)[0] == 415


def test_an_unknown_method_is_told_the_known_ones() -> None:
    status, problem, headers = call("PATCH", "/operator/organisations")
    assert (status, problem["code"], headers["Allow"]) == (405, "method-not-allowed", "GET, POST")


def test_an_unknown_address_and_an_unknown_thing_look_the_same() -> None:
    nowhere, nothing = call("GET", "/operator/nowhere"), call("GET", "/operator/organisations/org_unknown")
    assert nowhere[0] == nothing[0] == 404
    assert nowhere[1] == nothing[1]


@pytest.mark.parametrize("groups", ["candidate", "client", "candidate,client", "", [], None, "[client candidate]"])
def test_other_roles_are_refused(groups: Any) -> None:
    assert call("GET", "/operator/organisations", groups=groups)[0] == 403


@pytest.mark.parametrize("groups", ["operator", "candidate,operator", "[candidate operator]", ["operator"]])
def test_groups_are_understood_as_they_arrive(groups: Any) -> None:
    assert call("GET", "/operator/organisations", groups=groups)[0] == 200


def test_pages_follow_each_other_by_signed_cursors() -> None:
    names = [f"Organisation {number}" for number in range(5)]
    for name in names:
        create(name, name)
    seen, cursor = [], None
    while True:
        query = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        _, page, _ = call("GET", "/operator/organisations", query=query)
        seen += [item["name"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == names


def test_a_cursor_serves_only_the_caller_and_listing_that_it_was_made_for() -> None:
    for name in ("a", "b"):
        create(name, name)
    cursor = call("GET", "/operator/organisations", query={"limit": "1"})[1]["next_cursor"]
    assert call("GET", "/operator/organisations", query={"cursor": cursor})[0] == 200
    assert call("GET", "/operator/organisations", query={"cursor": cursor}, sub="op-2")[0] == 400
    assert call("GET", "/operator/organisations", query={"cursor": cursor + "x"})[0] == 400
    organisation = call("GET", "/operator/organisations")[1]["items"][0]["id"]
    assert call("GET", f"/operator/organisations/{organisation}/members", query={"cursor": cursor})[0] == 400


@pytest.mark.parametrize("limit", ["0", "101", "many"])
def test_a_page_has_bounds(limit: str) -> None:
    assert call("GET", "/operator/organisations", query={"limit": limit})[0] == 422


def test_a_member_joins_its_group_and_leaves_at_once(table: Table) -> None:
    import os

    organisation = create("Harbour Analytics", "one")[1]["id"]
    sub = user()
    path = f"/operator/organisations/{organisation}/members/{sub}"
    member = {"email": "client@example.com", "role": "owner"}
    assert call("PUT", path, member)[0] == 201
    assert call("PUT", path, {**member, "role": "member"})[0] == 200
    groups = aws_client("cognito-idp").admin_list_groups_for_user(UserPoolId=os.environ["USER_POOL_ID"], Username=sub)
    assert [group["GroupName"] for group in groups["Groups"]] == ["client"]
    assert store.member(table, sub, organisation).role == "member"
    assert [m["sub"] for m in call("GET", f"/operator/organisations/{organisation}/members")[1]["items"]] == [sub]
    assert call("DELETE", path)[0] == 204
    assert call("DELETE", path)[0] == 204
    assert table.get(keys.member(sub, organisation)) is None


def test_a_member_must_be_somebody_in_an_organisation_that_exists() -> None:
    organisation = create("Harbour Analytics", "one")[1]["id"]
    member = {"email": "client@example.com"}
    assert call("PUT", f"/operator/organisations/{organisation}/members/nobody", member)[0] == 404
    assert call("PUT", f"/operator/organisations/org_unknown/members/{user()}", member)[0] == 404
    assert call("PUT", f"/operator/organisations/{organisation}/members/x", {"email": "no address"})[0] == 422


def test_a_defect_tells_nothing_but_the_request_id(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("ada@example.com")

    monkeypatch.setattr(store, "organisation", broken)
    status, problem, _ = call("GET", "/operator/organisations/org_1")
    assert (status, problem["code"]) == (500, "internal")
    assert "ada@example.com" not in json.dumps(problem) + capsys.readouterr().out


def test_too_many_changes_within_a_minute_are_slowed_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hiring.shared.web._WRITES_A_MINUTE", 2)
    statuses = [create(str(number), str(number)) for number in range(7)]
    refused = [answer for answer in statuses if answer[0] == 429]
    assert refused
    assert int(refused[0][2]["Retry-After"]) >= 1
