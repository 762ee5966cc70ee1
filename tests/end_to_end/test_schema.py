"""The served API against its own OpenAPI document: every call with good, odd and broken requests, every check on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from infra.local.accounts import Accounts
from infra.local.api import Api
from infra.local.main_job import Candidate, Client
from infra.local.server import ROOT
from infra.local.stack import Stack
from tests.end_to_end.scene import invited

ACCEPTED = [*("2xx", "3xx"), *("401", "403", "404", "409", "429"), "5xx"]
"""What a well-formed request may be answered; a 5xx fails by another check."""
RULES = {
    "client_ask_what_if": "which conditions the job raises",
    "client_invite": "the contact policy",
    "client_submit_job": "rules between the fields of a job, and the contact policy",
    "client_change_job": "rules between the fields of a job, and the contact policy",
    "client_make_offer": "when an offer may end, and the contact policy",
    "client_change_offer": "when an offer may end, and the contact policy",
    "conversations_post_message": "the contact policy, and which intents a side has",
}
"""Calls that may answer 422 to a request that is right by its schema, and what refuses it."""


@pytest.fixture(scope="module")
def api(product: Stack) -> dict[str, Any]:
    """The OpenAPI document as it is served."""
    document: dict[str, Any] = Api(product.base_url).get("/openapi.json")
    return document


@pytest.fixture(scope="module")
def everybody(accounts: Accounts, operator: Api, client: Client) -> str:
    """The access token of somebody who is candidate, client and operator at once."""
    account = accounts.create("everybody@example.com")
    for group in ("candidate", "client", "operator"):
        accounts.add_to_group(account, group)
    path = f"/operator/organisations/{client.organisation_id}/members/{account.sub}"
    operator.put(path, {"email": account.email, "role": "owner"})
    token = accounts.token(account)
    Api(client.api.base_url, token).put("/me/enrolment", {"open_to_full_time": True, "notice_version": "2026-11"})
    return token


@pytest.fixture(scope="module")
def known(product: Stack, client: Client, candidates: list[Candidate]) -> dict[str, str]:
    """Ids that exist, by the name of their path parameter."""
    assert candidates
    scene = invited(product, client)
    return {
        "organisation_id": client.organisation_id,
        "flag": "resume_reupload",
        "job_id": scene.matched.job["id"],
        "run_id": scene.matched.run["id"],
        "entry_id": scene.matched.shortlist["items"][1]["id"],
        "invitation_id": scene.invitation["id"],
        "conversation_id": scene.invitation["conversation_id"],
    }


def test_the_document_is_valid_openapi(api: dict[str, Any]) -> None:
    assert api["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(api).validate()


def test_what_is_served_is_what_the_document_says(
    product: Stack, api: dict[str, Any], everybody: str, known: dict[str, str], tmp_path: Path
) -> None:
    configuration = tmp_path / "schemathesis.toml"
    configuration.write_text("\n".join(_configuration(api, known)))
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(configuration), "run"),
        *(f"{product.base_url}/openapi.json", "--url", product.base_url, "--checks", "all", "--warnings", "off"),
    ]
    environment = {
        **os.environ,
        "ACCESS_TOKEN": everybody,
        "SCHEMATHESIS_HOOKS": "tests.end_to_end.schema_hooks",
        "PYTHONPATH": str(ROOT),
    }
    finished = subprocess.run(  # noqa: S603  # our own command
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=540, check=False
    )
    told = finished.stdout.replace(everybody, "[token]")
    assert finished.returncode == 0, told
    assert "No issues found" in told


def _configuration(api: Mapping[str, Any], known: Mapping[str, str]) -> Iterator[str]:
    """Every check, and for each call the answers to a well-formed request that its headers and rules add."""
    yield from (
        "[checks]",
        "enabled = true",
        "[checks.missing_required_header]",
        f"expected-statuses = {json.dumps(['400', '401', '403', '406', '415', '422', '428'])}",
        "[auth.openapi.accessToken]",
        'bearer = "${ACCESS_TOKEN}"',
        "[generation]",
        "max-examples = 8",
        "deterministic = true",
        "[parameters]",
        *(f'"path.{name}" = "{identifier}"' for name, identifier in known.items()),
    )
    for call in (call for path in api["paths"].values() for call in path.values()):
        names = {each["name"] for each in call.get("parameters", [])}
        more = ["400"] * ("cursor" in names) + ["412", "428"] * ("If-Match" in names) + ["410"] * ("token" in names)
        more += ["422"] * (call["operationId"] in RULES)
        if more:
            yield from (
                "[[operations]]",
                f'include-operation-id = "{call["operationId"]}"',
                "[operations.checks.positive_data_acceptance]",
                f"expected-statuses = {json.dumps(ACCEPTED + more)}",
            )
