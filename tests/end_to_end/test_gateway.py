"""What everybody meets at the door: problems in one shape, and the pages that need no sign-in."""

from __future__ import annotations

import pytest

from infra.local.accounts import Accounts
from infra.local.api import CONNECTIONS, Api
from infra.local.main_job import Client
from infra.local.stack import Stack


@pytest.mark.parametrize(
    ("method", "path", "token", "status", "code"),
    [
        ("GET", "/nowhere/at/all", None, 404, "not-found"),
        ("GET", "/me", None, 401, "not-authenticated"),
        ("GET", "/me", "a.bad.token", 401, "not-authenticated"),
        ("GET", "/me", "client", 403, "not-allowed"),
        ("GET", "/me/nothing-here", "candidate", 404, "not-found"),
        ("DELETE", "/me/preferences", "candidate", 405, "method-not-allowed"),
        ("GET", "/operator/organisations", "client", 403, "not-allowed"),
    ],
)
def test_every_error_is_a_problem(  # noqa: PLR0917
    method: str, path: str, token: str | None, status: int, code: str, product: Stack, tokens: dict[str, str]
) -> None:
    headers = {} if token is None else {"Authorization": f"Bearer {tokens.get(token, token)}"}
    response = CONNECTIONS.request(method, product.base_url + path, headers=headers)
    assert response.status == status
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["code"] == code
    assert problem["status"] == status
    assert problem["type"] == f"/problems/{code}"
    assert problem["title"]
    assert problem["request_id"]


def test_the_page_of_a_problem_says_what_it_means(product: Stack) -> None:
    response = CONNECTIONS.request("GET", f"{product.base_url}/problems/not-found")
    assert response.status == 200


def test_health_says_that_all_is_well(product: Stack) -> None:
    assert CONNECTIONS.request("GET", f"{product.base_url}/health").status == 200


def test_the_description_of_the_api_and_its_page_open_without_loading_anything_else(product: Stack) -> None:
    description = CONNECTIONS.request("GET", f"{product.base_url}/openapi.json")
    assert description.status == 200
    assert description.json()["openapi"].startswith("3.1")
    assert "/me/resume-uploads" in description.json()["paths"]
    docs = CONNECTIONS.request("GET", f"{product.base_url}/docs")
    assert docs.status == 200
    assert docs.headers["Content-Type"].startswith("text/html")
    assert b'src="http' not in docs.data
    assert b"<link" not in docs.data or b'href="http' not in docs.data


def test_somebody_who_confirms_an_address_becomes_a_candidate(accounts: Accounts) -> None:
    candidate = accounts.sign_in(accounts.sign_up("somebody@example.com"))
    assert candidate.get("/me")["enrolled"] is False


@pytest.fixture(scope="module")
def tokens(accounts: Accounts, client: Client) -> dict[str, str]:
    candidate: Api = accounts.sign_in(accounts.sign_up("at-the-door@example.com"))
    assert candidate.token is not None
    assert client.api.token is not None
    return {"candidate": candidate.token, "client": client.api.token}
