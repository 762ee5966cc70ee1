"""Operators look accounts up and keep addresses from getting mails."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest

from hiring.candidates import store as candidates
from hiring.candidates.model import Candidate
from hiring.shared.clock import utc_now
from hiring.shared.links import signing_key
from hiring.shared.table import Table
from tests.builders import NOW, make_candidate
from tests.integration.test_operator_api import call

SUPPRESSIONS = "/operator/suppressions"


@pytest.fixture
def candidate(table: Table) -> Candidate:
    person = make_candidate(email="Ada@Example.com")
    changes = [candidates.put_candidate(person), candidates.put_account_address(person, signing_key())]
    table.commit(changes, now=NOW)
    return person


def acts() -> list[tuple[str, str]]:
    _, page, _ = call("GET", "/operator/audit", query={"day": f"{utc_now():%Y-%m-%d}"})
    return [(each["act"], each["about"]) for each in page["items"]]


def test_an_account_is_found_by_its_address_and_that_is_written_down(candidate: Candidate) -> None:
    status, found, _ = call("GET", "/operator/candidates", query={"email": "ada@example.com"})
    assert (status, found["id"], found["state"], found["suppression"]) == (200, candidate.id, "ACTIVE", None)
    assert "ada" not in str(found).lower()
    assert call("GET", f"/operator/candidates/{candidate.id}")[1] == found
    assert acts() == [("candidate-looked-up", candidate.id)] * 2


def test_an_address_of_nobody_is_not_found(candidate: Candidate) -> None:
    assert candidate
    assert call("GET", "/operator/candidates", query={"email": "bob@example.com"})[0] == 404
    assert call("GET", "/operator/candidates", query={"email": "not an address"})[0] == 422
    assert call("GET", "/operator/candidates")[0] == 422
    assert acts() == []


def test_R30_an_operator_suppresses_an_address_and_lifts_it_again(candidate: Candidate) -> None:
    status, made, headers = call("POST", SUPPRESSIONS, {"email": "ada@example.com"}, headers={"Idempotency-Key": "one"})
    assert (status, made["reason"]) == (201, "operator")
    where = urljoin(SUPPRESSIONS, headers["Location"])
    assert call("GET", where)[1] == made
    assert call("GET", SUPPRESSIONS)[1]["items"] == [made]
    assert call("GET", f"/operator/candidates/{candidate.id}")[1]["suppression"] == made
    again = call("POST", SUPPRESSIONS, {"email": "ADA@example.com"}, headers={"Idempotency-Key": "two"})
    assert again[1] == made
    assert call("DELETE", where)[0] == call("DELETE", where)[0] == 204
    assert call("GET", where)[0] == 404
    assert call("GET", SUPPRESSIONS)[1]["items"] == []
    told = [act for act, _ in acts()]
    assert told.count("suppression-lifted") == 1
    assert "ada" not in str(acts()).lower()
