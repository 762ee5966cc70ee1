"""What candidates decide about being listed: vetoes, blocked employers and mails, over the API."""

from __future__ import annotations

import json
from typing import Any

import pytest

from functions.candidate_api.handler import handler as candidate_handler
from functions.client_api.handler import handler as client_handler
from hiring.candidates import store as candidates
from hiring.intake import store as intake
from hiring.intake.model import ResumeVersion
from hiring.matching import store as matching
from hiring.matching.model import Band, Match, Run, RunState
from hiring.resumes.model import Employment, Evidence, Fact, Span
from hiring.shared import keys
from hiring.shared.files import Files
from hiring.shared.table import Table
from tests.builders import NOW, Shortlist, invite, make_api_event, make_context, make_entry, make_id, store_shortlist


@pytest.fixture
def listed(table: Table) -> Shortlist:
    """A candidate on a shortlist, with the own side of it."""
    shortlist = store_shortlist(table)
    match = Match(
        entry_id=shortlist.entry.id,
        job_id=shortlist.job.id,
        run_id=shortlist.entry.run_id,
        matched_at=NOW,
        band=Band.GOOD,
        verdicts=(),
    )
    table.commit([matching.put_match(shortlist.candidate.id, match)], now=NOW)
    return shortlist


def of_candidate(listed: Shortlist, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if method == "POST":
        named.setdefault("Idempotency-Key", make_id("key"))
    event = make_api_event(method, path, body=body, sub=listed.candidate.login, groups="candidate", headers=named)
    answer = candidate_handler(event, make_context())
    return answer["statusCode"], json.loads(answer["body"])


def of_client(listed: Shortlist, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    headers = {"Idempotency-Key": make_id("key")} if method == "POST" else {}
    event = make_api_event(
        method, f"/jobs/{listed.job.id}{path}", body=body, sub=listed.member.sub, groups="client", headers=headers
    )
    answer = client_handler(event, make_context())
    return answer["statusCode"], json.loads(answer["body"])


def freeze(table: Table, listed: Shortlist) -> str:
    """A later run of the job that lists the candidate again; where its shortlist is read."""
    again = make_entry(listed.job, listed.candidate.id)
    run = Run(id=again.run_id, job_id=listed.job.id, job_version=1, requested_at=NOW, requested_by="a-client")
    frozen = run.model_copy(update={"state": RunState.FROZEN, "entries": 1, "entry_ids": (again.id,)})
    table.commit([matching.put_run(frozen), matching.put_entry(again)], now=NOW)
    return f"/runs/{run.id}/shortlist"


def test_R29_a_veto_takes_the_candidate_off_every_shortlist_of_the_job(table: Table, listed: Shortlist) -> None:
    path = f"/me/matches/{listed.entry.id}"
    status, match = of_candidate(listed, "GET", path)
    assert (status, match["band"], match["vetoed"]) == (200, "good", False)
    vetoed = {**match, "vetoed": True}
    assert of_candidate(listed, "POST", f"{path}/veto") == (200, vetoed)
    assert of_candidate(listed, "POST", f"{path}/veto") == (200, vetoed)
    assert of_candidate(listed, "GET", path) == (200, vetoed)
    assert of_candidate(listed, "GET", "/me/matches")[1]["items"] == [vetoed]

    [shown] = of_client(listed, "GET", freeze(table, listed))[1]["items"]
    assert (shown["state"], shown["verdicts"], shown["headline"]) == ("WITHDRAWN", [], None)
    status, refused = of_client(listed, "POST", f"/entries/{listed.entry.id}/invitations", {"message": "Hello"})
    assert (status, refused["current_state"]) == (409, "UNAVAILABLE")
    assert of_client(listed, "PUT", f"/entries/{listed.entry.id}/pass")[0] == 409
    assert table.get(keys.veto(listed.candidate.id, listed.job.id)) is not None


def test_R29_a_match_of_somebody_else_can_be_neither_read_nor_vetoed(table: Table, listed: Shortlist) -> None:
    stranger = store_shortlist(table)
    for method, ending in (("GET", ""), ("POST", "/veto")):
        assert of_candidate(stranger, method, f"/me/matches/{listed.entry.id}{ending}")[0] == 404
    assert table.get(keys.veto(listed.candidate.id, listed.job.id)) is None


def test_R29_whoever_is_invited_stays_so_after_a_veto(table: Table, listed: Shortlist) -> None:
    invite(table, listed)
    assert of_candidate(listed, "POST", f"/me/matches/{listed.entry.id}/veto")[0] == 200
    [shown] = matching.as_they_stand(
        table, listed.job, [matching.entry_item(table, listed.job.id, listed.entry.id).read(type(listed.entry))]
    )
    assert shown.state == "INVITED"


def test_R29_the_current_employer_is_suggested_to_be_blocked(table: Table, artefacts: Files, listed: Shortlist) -> None:
    text = "Engineer, Almbahn AG, since 2020\nEngineer, Harbour Analytics, 2015 - 2019\n"

    def position(company: str, *, current: bool) -> Employment:
        at = text.index(company)
        return Employment(
            company=Fact(value=company, start=at, end=at + len(company)), current=current, text=Span(start=0, end=9)
        )

    positions = (position("Almbahn AG", current=True), position("Harbour Analytics", current=False))
    evidence = Evidence(text=text, employment=positions)
    key = f"candidates/{listed.candidate.id}/evidence/e.json"
    artefacts.put(key, evidence.model_dump_json().encode(), content_type="application/json")
    version = ResumeVersion(
        version=1,
        reading_key=key,
        evidence_key=key,
        client_view_key=key,
        named_view_key=key,
        name=None,
        accepted_at=NOW,
    )
    read = listed.candidate.model_copy(update={"resume_version": 1})
    table.commit(
        [
            intake.put_resume_version(listed.candidate.id, version, features=b""),
            candidates.put_candidate(read, read_version=1),
        ],
        now=NOW,
    )
    path = "/me/employer-blocks"
    assert of_candidate(listed, "GET", path) == (200, {"names": [], "suggested": ["Almbahn AG"]})
    assert of_candidate(listed, "PUT", path, {"names": ["almbahn"]}, If_Match='"0"')[0] == 200
    assert of_candidate(listed, "GET", path) == (200, {"names": ["almbahn"], "suggested": []})


@pytest.mark.parametrize("written", ["Gipfelwerk GmbH", "GIPFELWERK", "gipfelwerk, gmbh"])
def test_R29_a_blocked_employer_sees_and_invites_nobody(table: Table, listed: Shortlist, written: str) -> None:
    status, stored = of_candidate(listed, "PUT", "/me/employer-blocks", {"names": [written]}, If_Match='"0"')
    assert (status, stored["names"]) == (200, [written])
    [shown] = of_client(listed, "GET", freeze(table, listed))[1]["items"]
    assert (shown["state"], shown["headline"]) == ("WITHDRAWN", None)
    assert of_client(listed, "POST", f"/entries/{listed.entry.id}/invitations", {"message": "Hello"})[0] == 409


def test_R30_a_candidate_says_which_mails_to_take(listed: Shortlist) -> None:
    path = "/me/notification-settings"
    assert of_candidate(listed, "GET", path) == (200, {"messages": True, "announcements": True})
    wanted = {"messages": True, "announcements": False}
    assert of_candidate(listed, "PUT", path, wanted)[0] == 428
    assert of_candidate(listed, "PUT", path, wanted, If_Match='"0"') == (200, wanted)
    assert of_candidate(listed, "PUT", path, wanted, If_Match='"0"')[0] == 412
    assert of_candidate(listed, "GET", path) == (200, wanted)
