"""What a client sees of a listed candidate, and what the candidate learns of it, on the fake AWS."""

from __future__ import annotations

import json
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from functions.candidate_api.handler import handler as candidate_handler
from functions.client_api.handler import handler as client_handler
from functions.public_links.handler import handler as link_handler
from hiring.candidates import actions as candidate_actions
from hiring.candidates.model import CandidateMove
from hiring.intake import store as intake
from hiring.intake.model import ResumeVersion
from hiring.organisations import store as organisations
from hiring.resumes.client_view import STYLE_HASH, client_view
from hiring.resumes.model import MASK, Employment, Evidence, Fact, Span
from hiring.reviews.marketplace import ProfilesFile, ProfilesService, Unreachable, marketplace_profiles
from hiring.reviews.model import MarketplaceProfile
from hiring.shared import keys
from hiring.shared.clock import utc_now
from hiring.shared.files import Files
from hiring.shared.links import Purpose, sign, signing_key
from hiring.shared.table import Remove, Table
from tests.builders import NOW, Shortlist, invite, make_api_event, make_context, store_shortlist

NAME = "Ada Lovelace"
HEADLINE = "Backend Engineer"
TEXT = f"{MASK * len(NAME)}\n{HEADLINE}\n\nBackend Engineer, Almbahn, 2018 - 2024\nBuilt booking services in Python\n"
EVIDENCE = Evidence(
    text=TEXT,
    headline=Fact(value=HEADLINE, start=TEXT.index(HEADLINE), end=TEXT.index(HEADLINE) + len(HEADLINE)),
    employment=(
        Employment(
            title=Fact(value=HEADLINE, start=TEXT.rindex(HEADLINE), end=TEXT.rindex(HEADLINE) + len(HEADLINE)),
            company=Fact(value="Almbahn", start=TEXT.index("Almbahn"), end=TEXT.index("Almbahn") + 7),
            start="2018",
            end="2024",
            text=Span(start=TEXT.rindex(HEADLINE), end=len(TEXT)),
        ),
    ),
)
SHOWN = {
    "headline": "Engineer who answers",
    "overview": "I am Ada Lovelace. Write to ada@example.com or call +43 660 1234567. I like mornings.",
    "skills": ["Python"],
    "badges": ["Top Rated"],
    "job_success_score": 97,
    "earnings": 120000,
}


@pytest.fixture
def listed(table: Table, artefacts: Files) -> Shortlist:
    """A candidate with a resume on a shortlist."""
    shortlist = store_shortlist(table)
    folder = f"candidates/{shortlist.candidate.id}"
    pages = {"client-view/plain.html": None, "client-view/named.html": NAME}
    for place, name in pages.items():
        artefacts.put(f"{folder}/{place}", client_view(EVIDENCE, name=name).encode(), content_type="text/html")
    artefacts.put(f"{folder}/evidence/e.json", EVIDENCE.model_dump_json().encode(), content_type="application/json")
    version = ResumeVersion(
        version=1,
        reading_key=f"{folder}/reading/r.json",
        evidence_key=f"{folder}/evidence/e.json",
        client_view_key=f"{folder}/client-view/plain.html",
        named_view_key=f"{folder}/client-view/named.html",
        name=NAME,
        accepted_at=NOW,
    )
    table.commit([intake.put_resume_version(shortlist.candidate.id, version, features=b"")], now=NOW)
    return shortlist


@pytest.fixture
def profiles(listed: Shortlist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of marketplace profiles, with one for the candidate."""
    file = tmp_path / "profiles.json"
    file.write_text(json.dumps({listed.candidate.login: SHOWN}))
    monkeypatch.setenv("MARKETPLACE_PROFILES_URL", file.as_uri())
    return file


def of_client(listed: Shortlist, method: str, path: str, *, sub: str | None = None, key: str = "k") -> dict[str, Any]:
    headers = {"Idempotency-Key": key} if method == "POST" else {}
    event = make_api_event(
        method, f"/jobs/{listed.job.id}{path}", sub=sub or listed.member.sub, groups="client", headers=headers
    )
    return client_handler(event, make_context())


def opened(listed: Shortlist) -> Any:
    return json.loads(of_client(listed, "GET", f"/entries/{listed.entry.id}")["body"])


def resume_link(listed: Shortlist, *, key: str = "k") -> str:
    answer = of_client(listed, "POST", f"/entries/{listed.entry.id}/resume-views", key=key)
    assert answer["statusCode"] == 201
    link = json.loads(answer["body"])["link"]
    assert link.startswith("../../../../v/")
    return str(link).removeprefix("../../../..")


def read_resume(path: str, method: str = "GET") -> dict[str, Any]:
    return link_handler(make_api_event(method, path, headers={"Accept": "text/html"}), make_context())


def access_log(listed: Shortlist) -> list[dict[str, Any]]:
    event = make_api_event("GET", "/me/access-log", sub=listed.candidate.login, groups="candidate")
    items: list[dict[str, Any]] = json.loads(candidate_handler(event, make_context())["body"])["items"]
    return items


def test_R14_an_entry_shows_the_profile_without_the_name_before_an_invitation(listed: Shortlist) -> None:
    shown = opened(listed)
    assert (shown["id"], shown["name"], shown["marketplace"]) == (listed.entry.id, None, None)
    (position,) = shown["profile"]["employment"]
    assert (shown["profile"]["headline"], position["company"], position["end"]) == (HEADLINE, "Almbahn", "2024")
    assert "Built booking services in Python" in position["text"]
    assert "Lovelace" not in json.dumps(shown)


def test_R14_after_an_invitation_the_name_is_shown(table: Table, listed: Shortlist) -> None:
    invite(table, listed)
    assert opened(listed)["name"] == NAME


def test_R14_the_marketplace_profile_is_shown_without_name_and_contacts(
    table: Table, listed: Shortlist, profiles: Path
) -> None:
    assert profiles.exists()
    marketplace = opened(listed)["marketplace"]
    overview = marketplace["profile"]["overview"]
    assert overview.endswith("I like mornings.")
    for hidden in ("Ada", "Lovelace", "ada@example.com", "1234567"):
        assert hidden not in overview
    assert (marketplace["profile"]["badges"], marketplace["profile"]["job_success_score"]) == (["Top Rated"], 97)
    assert "earnings" not in marketplace["profile"]
    kept = table.get(keys.marketplace_snapshot(listed.job.id, listed.entry.id))
    assert kept is not None
    assert "example.com" not in json.dumps(kept.data, default=str)
    invite(table, listed)
    assert "Ada Lovelace" in opened(listed)["marketplace"]["profile"]["overview"]


def test_a_marketplace_profile_stays_as_it_was_and_says_whether_it_changed(listed: Shortlist, profiles: Path) -> None:
    first = opened(listed)["marketplace"]
    assert first["changed_since"] is False
    profiles.write_text(json.dumps({listed.candidate.login: {**SHOWN, "headline": "Somebody else"}}))
    second = opened(listed)["marketplace"]
    assert (second["changed_since"], second["profile"], second["taken_at"]) == (
        True,
        first["profile"],
        first["taken_at"],
    )
    profiles.write_text("not JSON")
    assert opened(listed)["marketplace"]["changed_since"] is None


def test_R14_each_opening_is_recorded_and_the_candidate_sees_it(table: Table, listed: Shortlist) -> None:
    assert access_log(listed) == []
    opened(listed)
    opened(listed)
    resume_link(listed)
    before = access_log(listed)
    assert sorted(line["opened"] for line in before) == ["profile", "resume"]
    assert {line["organisation_name"] for line in before} == {None}
    invite(table, listed)
    assert {line["organisation_name"] for line in access_log(listed)} == {listed.organisation.name}


def test_R14_the_resume_is_read_by_a_link_under_a_strict_policy(table: Table, listed: Shortlist) -> None:
    path = resume_link(listed)
    answer = read_resume(path)
    assert answer["statusCode"] == 200
    assert "Built booking services in Python" in answer["body"]
    assert NAME not in answer["body"]
    (policy,) = answer["multiValueHeaders"]["Content-Security-Policy"]
    assert policy == (
        f"default-src 'none'; style-src '{STYLE_HASH}'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert answer["multiValueHeaders"]["Cache-Control"] == ["no-store"]
    assert answer["multiValueHeaders"]["Referrer-Policy"] == ["no-referrer"]
    invite(table, listed)
    assert NAME in read_resume(path)["body"]


def test_R18_reading_by_the_link_changes_nothing(table: Table, listed: Shortlist) -> None:
    path = resume_link(listed)
    before = list(table.query(f"CAND#{listed.candidate.id}"))
    for method in ("GET", "HEAD", "OPTIONS"):
        assert read_resume(path, method)["statusCode"] in (200, 204)
    assert list(table.query(f"CAND#{listed.candidate.id}")) == before


def test_a_link_ends_with_its_time_with_the_membership_and_with_the_candidate(table: Table, listed: Shortlist) -> None:
    path = resume_link(listed)
    subject = f"{listed.job.id} {listed.entry.id} {listed.member.sub}"
    late = sign(Purpose.VIEW, subject, expires_at=utc_now() - timedelta(seconds=1), key=signing_key())
    other = sign(Purpose.RESPOND, subject, expires_at=utc_now() + timedelta(minutes=1), key=signing_key())
    assert [read_resume(f"/v/{token}")["statusCode"] for token in (late, other, "forged")] == [410, 404, 404]
    candidate_actions.move(table, listed.candidate.login, CandidateMove.OPT_OUT, now=NOW)
    assert read_resume(path)["statusCode"] == 404
    assert of_client(listed, "POST", f"/entries/{listed.entry.id}/resume-views", key="again")["statusCode"] == 409
    shown = opened(listed)
    assert (shown["state"], shown["profile"], shown["headline"]) == ("WITHDRAWN", None, None)
    candidate_actions.move(table, listed.candidate.login, CandidateMove.ENROL, now=NOW)
    assert read_resume(path)["statusCode"] == 200
    member = table.get(keys.member(listed.member.sub, listed.organisation.id))
    assert member is not None
    table.commit([Remove(member.key, member.version)], now=NOW)
    assert read_resume(path)["statusCode"] == 404


def test_R14_only_for_their_own_jobs(table: Table, listed: Shortlist) -> None:
    stranger = store_shortlist(table).member
    assert organisations.memberships(table, stranger.sub)
    for method, path in (("GET", ""), ("POST", "/resume-views")):
        theirs = of_client(listed, method, f"/entries/{listed.entry.id}{path}", sub=stranger.sub)
        nobodys = of_client(listed, method, f"/entries/ent_unknown{path}")
        assert (theirs["statusCode"], nobodys["statusCode"]) == (404, 404)
    assert access_log(listed) == []


class _Marketplace(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        bodies = {"/profiles/known": (200, json.dumps(SHOWN)), "/profiles/broken": (200, '{"job_success_score": 800}')}
        sizes = {"/profiles/large": (200, "x" * 300_000), "/profiles/refused": (503, "{}")}
        authorised = self.headers["Authorization"] == "Bearer secret"
        status, body = {**bodies, **sizes}.get(self.path, (404, "")) if authorised else (401, "")
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def test_the_marketplaces_service_is_read_with_its_token() -> None:
    server = HTTPServer(("127.0.0.1", 0), _Marketplace)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        base = f"http://127.0.0.1:{server.server_port}/profiles"
        service = ProfilesService(base, token="secret")
        assert service.profile("known") == MarketplaceProfile.read(SHOWN)
        assert service.profile("nobody") is None
        for account in ("broken", "large", "refused"):
            with pytest.raises(Unreachable):
                service.profile(account)
        with pytest.raises(Unreachable):
            ProfilesService(base).profile("known")
    finally:
        server.shutdown()
        server.server_close()
    with pytest.raises(Unreachable):
        service.profile("known")


def test_profiles_are_read_where_the_deployment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert marketplace_profiles() is None
    for address, kind in (((tmp_path / "p.json").as_uri(), ProfilesFile), ("https://example.com/p", ProfilesService)):
        monkeypatch.setenv("MARKETPLACE_PROFILES_URL", address)
        marketplace_profiles.cache_clear()
        assert isinstance(marketplace_profiles(), kind)
