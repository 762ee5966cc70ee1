"""Jobs over HTTPS: submitting, changing, closing, and passing over a candidate."""

from __future__ import annotations

import json
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest

from hiring.jobs import store as jobs
from hiring.jobs.model import Job
from hiring.matching import store as matching
from hiring.matching.model import Entry, EntryState, Extra, Run, RunState, WhatIf
from hiring.organisations import store as organisations
from hiring.organisations.limits import Allowance, spend
from hiring.shared import keys
from hiring.shared.clock import utc_now
from hiring.shared.errors import TooMany
from hiring.shared.table import Put, Table
from tests.builders import (
    NOW,
    Shortlist,
    make_api_event,
    make_context,
    make_entry,
    make_id,
    make_job_terms,
    make_member,
    store_shortlist,
    waiting,
)

TERMS = make_job_terms().model_dump(mode="json")


class Client:
    """A member of the organisation of a shortlist, calling the API."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.shortlist: Shortlist = store_shortlist(table)
        self.sub = self.shortlist.member.sub
        self.job = f"/jobs/{self.shortlist.job.id}"
        self.entry = f"{self.job}/entries/{self.shortlist.entry.id}"

    def standing(self, entry: Entry, job: Job) -> EntryState:
        """Where an entry stands for the client of its job."""
        (seen,) = matching.as_they_stand(self.table, job, [entry])
        return seen.state

    def call(self, method: str, path: str, body: Any = None, *, sub: str | None = None, **more: Any) -> dict[str, Any]:
        """The answer as API Gateway would send it."""
        headers = {"Idempotency-Key": make_id("key")} if method == "POST" else {}
        event = make_api_event(
            method,
            path,
            body=body,
            sub=sub or self.sub,
            groups="client",
            headers={**headers, **more.pop("headers", {})},
            **more,
        )
        answer: dict[str, Any] = import_module("functions.client_api.handler").handler(event, make_context())
        return answer

    def read(self, method: str, path: str, body: Any = None, *, status: int = 200, **more: Any) -> Any:
        """The body of an answer with this status."""
        answer = self.call(method, path, body, **more)
        assert answer["statusCode"] == status, answer["body"]
        return json.loads(answer["body"]) if answer["body"] else None

    def etag(self) -> str:
        """The version of the job, to be sent as If-Match."""
        tag: str = self.call("GET", self.job)["multiValueHeaders"]["ETag"][0]
        return tag

    def change(self, patch: Any, *, status: int = 200) -> Any:
        """Patch the job as it stands."""
        return self.read("PATCH", self.job, patch, status=status, headers={"If-Match": self.etag()})

    def submit(self, *, status: int = 201, **terms: Any) -> Any:
        """Submit a job of the organisation."""
        organisation = self.shortlist.organisation.id
        return self.read("POST", "/jobs", {"organisation_id": organisation, **TERMS, **terms}, status=status)


@pytest.fixture
def client(table: Table) -> Client:
    return Client(table)


def test_a_change_of_terms_is_a_new_version_with_a_run_and_the_old_version_stays(client: Client) -> None:
    job = client.shortlist.job
    client.table.commit([jobs.put_version(job)], now=NOW)

    changed = client.change(
        {"title": "Staff Engineer", "pay": {"maximum": {"amount_minor": 99_000_00, "currency": "EUR"}}}
    )

    assert (changed["version"], changed["terms"]["title"]) == (2, "Staff Engineer")
    assert changed["terms"]["pay"]["minimum"] == TERMS["pay"]["minimum"]
    assert changed["terms"]["requirements"] == TERMS["requirements"]
    run = client.read("GET", f"{client.job}/runs/{changed['latest_run_id']}")
    assert (run["state"], run["job_version"]) == ("REQUESTED", 2)
    assert [message.body["run_id"] for message in waiting(client.table, f"JOB#{job.id}")] == [run["id"]]
    assert jobs.job_version(client.table, job.id, 1).terms == job.terms
    assert jobs.job_version(client.table, job.id, 2).terms.title == "Staff Engineer"


def test_existing_invitations_keep_the_terms_they_were_sent_with(client: Client) -> None:
    sent = client.read("POST", f"{client.entry}/invitations", {"message": "Shall we talk?"}, status=201)

    client.change({"title": "Staff Engineer"})

    (kept,) = client.read("GET", f"{client.job}/invitations")["items"]
    assert (kept["id"], kept["job_version"]) == (sent["id"], 1)
    item = client.table.get(keys.invitation(sent["id"]))
    assert item
    assert item.data["position"]["title"] == TERMS["title"]


def test_a_change_that_changes_nothing_makes_no_version_and_no_run(client: Client) -> None:
    before = client.etag()

    same = client.change({"title": TERMS["title"]})

    assert (same["version"], same["latest_run_id"]) == (1, None)
    assert client.etag() == before


def test_only_the_time_to_close_makes_no_version_and_no_run(client: Client) -> None:
    later = (utc_now() + timedelta(days=30)).isoformat()

    changed = client.change({"closes_at": later})
    assert (changed["version"], changed["latest_run_id"]) == (1, None)
    assert changed["closes_at"]
    assert client.change({"closes_at": None})["closes_at"] is None


def test_a_change_needs_the_version_that_was_read(client: Client) -> None:
    stale = client.etag()
    client.change({"openings": 3})

    assert client.read("PATCH", client.job, {"openings": 4}, status=428)["code"] == "if-match-missing"
    refused = client.read("PATCH", client.job, {"openings": 4}, status=412, headers={"If-Match": stale})
    assert refused["code"] == "version-changed"
    assert client.read("GET", client.job)["terms"]["openings"] == 3


@pytest.mark.parametrize(
    ("patch", "pointer"),
    [
        ({"title": None}, "/title"),
        ({"pay": {"minimum": {"amount_minor": 99_999_999_00, "currency": "EUR"}}}, "/pay"),
        ({"requirements": []}, "/requirements"),
        ({"openings": 0}, "/openings"),
        ({"closes_at": "2020-01-01T00:00:00Z"}, "/closes_at"),
        ({"employment_type": "part-time"}, "/employment_type"),
        ({"salary": 1}, "/salary"),
    ],
)
def test_R2_a_change_leaves_a_complete_job_or_is_refused(client: Client, patch: Any, pointer: str) -> None:
    refused = client.change(patch, status=422)

    assert pointer in [error["pointer"] for error in refused["errors"]]
    assert client.read("GET", client.job)["version"] == 1


def test_R25_openings_are_never_fewer_than_are_filled(client: Client) -> None:
    item = jobs.job_item(client.table, client.shortlist.job.id)
    filled = client.shortlist.job.fill(now=NOW)
    client.table.commit([jobs.put_job(filled, read_version=item.version)], now=NOW)

    assert client.change({"openings": 1}, status=422)["errors"][0]["pointer"] == "/openings"
    assert client.change({"openings": 5})["filled"] == 1


def test_closing_answers_at_once_and_takes_nothing_new(client: Client) -> None:
    headers = {"Idempotency-Key": "close-1"}
    answer = client.call("POST", f"{client.job}/close", headers=headers)

    assert answer["statusCode"] == 202
    assert answer["multiValueHeaders"]["Location"] == [f"../{client.shortlist.job.id}"]
    assert json.loads(answer["body"])["state"] == "CLOSING"
    assert client.call("POST", f"{client.job}/close", headers=headers)["body"] == answer["body"]
    for path, body in (
        (f"{client.job}/close", None),
        (f"{client.job}/runs", None),
        (f"{client.entry}/invitations", {"message": "Shall we talk?"}),
    ):
        refused = client.read("POST", path, body, status=409)
        assert refused["current_state"] == "CLOSING"
    assert client.change({"openings": 4}, status=409)["current_state"] == "CLOSING"


def test_somebody_elses_job_is_a_404_for_every_step(client: Client) -> None:
    stranger = make_member("org_other")
    client.table.commit([organisations.put_member(stranger)], now=NOW)

    for method, path, body in (
        ("PATCH", client.job, {"openings": 3}),
        ("POST", f"{client.job}/close", None),
        ("PUT", f"{client.entry}/pass", None),
        ("DELETE", f"{client.entry}/pass", None),
    ):
        client.read(method, path, body, status=404, sub=stranger.sub, headers={"If-Match": '"1"'})


def test_R15_passing_is_marked_until_taken_back_and_survives_a_rerun(client: Client) -> None:
    job, candidate = client.shortlist.job, client.shortlist.candidate

    for _ in range(2):
        assert client.read("PUT", f"{client.entry}/pass")["state"] == "PASSED"
    again = make_entry(job, candidate.id)
    run = Run(id=again.run_id, job_id=job.id, job_version=1, requested_at=NOW, requested_by=client.sub)
    frozen = run.model_copy(update={"state": RunState.FROZEN, "entries": 1, "entry_ids": (again.id,)})
    client.table.commit([matching.put_run(frozen), matching.put_entry(again)], now=NOW)

    (listed,) = client.read("GET", f"{client.job}/runs/{run.id}/shortlist")["items"]
    assert (listed["id"], listed["state"]) == (again.id, "PASSED")
    refused = client.read("POST", f"{client.job}/entries/{again.id}/invitations", {"message": "Hello"}, status=409)
    assert refused["current_state"] == "PASSED"
    for _ in range(2):
        assert client.read("DELETE", f"{client.job}/entries/{again.id}/pass")["state"] == "LISTED"
    assert client.standing(client.shortlist.entry, job) is EntryState.LISTED
    client.read("POST", f"{client.job}/entries/{again.id}/invitations", {"message": "Hello"}, status=201)


def test_R15_passing_has_no_effect_on_another_job_and_tells_nobody(client: Client) -> None:
    elsewhere = store_shortlist(client.table).job
    other = make_entry(elsewhere, client.shortlist.candidate.id)
    client.table.commit([matching.put_entry(other)], now=NOW)

    client.read("PUT", f"{client.entry}/pass")

    assert client.standing(other, elsewhere) is EntryState.LISTED
    assert waiting(client.table, f"JOB#{client.shortlist.job.id}") == []
    assert waiting(client.table, f"CAND#{client.shortlist.candidate.id}") == []


def test_who_is_invited_is_not_passed_over(client: Client) -> None:
    client.read("POST", f"{client.entry}/invitations", {"message": "Shall we talk?"}, status=201)

    assert client.read("PUT", f"{client.entry}/pass", status=409)["current_state"] == "INVITED"


def test_R21_the_words_of_a_job_hold_no_means_of_contact(client: Client) -> None:
    asked = [TERMS["requirements"][0], {"text": "Call 0664 123 45 67 for more", "kind": "nice-to-have"}]

    refused = client.submit(
        status=422,
        title="Write to anna@gipfelwerk.example",
        description="See www.gipfelwerk.example/jobs",
        requirements=asked,
    )

    assert refused["code"] == "contact-policy"
    assert [error["pointer"] for error in refused["errors"]] == ["/title", "/description", "/requirements/1/text"]
    assert "Characters 9 to 32" in refused["errors"][0]["detail"]
    changed = client.change({"description": "Questions? anna (at) gipfelwerk (dot) example"}, status=422)
    assert changed["errors"][0]["pointer"] == "/description"


def test_R2_an_incomplete_or_part_time_job_gets_every_field_that_is_wrong(client: Client) -> None:
    terms = {name: value for name, value in TERMS.items() if name not in {"title", "pay", "languages"}}
    body = {"organisation_id": client.shortlist.organisation.id, **terms, "employment_type": "part-time", "openings": 0}

    refused = client.read("POST", "/jobs", body, status=422)

    pointers = {error["pointer"] for error in refused["errors"]}
    assert pointers == {"/title", "/pay", "/languages", "/employment_type", "/openings"}


def test_a_job_with_a_time_to_close_says_so(client: Client) -> None:
    closes_at = (utc_now() + timedelta(days=20)).isoformat()

    assert client.submit(closes_at=closes_at)["closes_at"]
    assert client.submit(closes_at="2020-01-01T00:00:00Z", status=422)["errors"][0]["pointer"] == "/closes_at"


def test_an_unknown_query_parameter_is_refused(client: Client) -> None:
    organisation = client.shortlist.organisation.id
    query = {"organisation_id": organisation, "limit": "5", "sort": "title", "page": "2"}

    refused = client.read("GET", "/jobs", status=400, query=query)

    assert [error["pointer"] for error in refused["errors"]] == ["?page", "?sort"]
    del query["sort"], query["page"]
    assert len(client.read("GET", "/jobs", query=query)["items"]) == 1


@pytest.mark.parametrize("known", ['"{}"', 'W/"{}"', '"99", "{}"', "*"])
def test_a_document_that_is_known_already_is_not_sent_again(client: Client, known: str) -> None:
    tag = client.etag().strip('"')

    answer = client.call("GET", client.job, headers={"If-None-Match": known.format(tag)})

    assert (answer["statusCode"], answer["body"]) == (304, "")
    assert client.call("GET", client.job, headers={"If-None-Match": '"99"'})["statusCode"] == 200


def frozen_run(client: Client, *extras: Extra) -> Run:
    """The job's latest run, with what it counted."""
    job = client.shortlist.job
    run = Run(id=make_id("run"), job_id=job.id, job_version=1, requested_at=NOW, requested_by=client.sub)
    run = run.model_copy(update={"state": RunState.FROZEN})
    item = jobs.job_item(client.table, job.id)
    latest = job.model_copy(update={"latest_run_id": run.id})
    what_if = matching.put_what_if(job.id, WhatIf(run_id=run.id, extras=extras))
    client.table.commit([matching.put_run(run), what_if, jobs.put_job(latest, read_version=item.version)], now=NOW)
    return run


def test_what_if_tells_a_range_and_never_the_count(client: Client) -> None:
    run = frozen_run(client, Extra(code="pay", count=48, who="ab"), Extra(code="must-have-0", count=7_000, who=""))

    some = client.read("POST", f"{client.job}/what-if", {"relax": "pay"})
    many = client.read("POST", f"{client.job}/what-if", {"relax": "must-have-0"})

    assert some == {"run_id": run.id, "job_version": 1, "relax": "pay", "more": {"at_least": 20, "at_most": 99}}
    assert many["more"] == {"at_least": 500, "at_most": None}
    assert client.read("POST", f"{client.job}/what-if", {"relax": "pay"}) == some
    refused = client.read("POST", f"{client.job}/what-if", {"relax": "time-zone"}, status=422)
    assert refused["detail"].endswith("pay, must-have-0.")


def test_what_if_needs_a_shortlist_to_compare_with_and_a_member(client: Client) -> None:
    assert (
        client.read("POST", f"{client.job}/what-if", {"relax": "pay"}, status=409)["current_state"] == "NEVER_MATCHED"
    )
    frozen_run(client, Extra(code="pay", count=1, who="ab"))
    client.read("POST", f"{client.job}/what-if", {"relax": "pay"}, status=404, sub="a-stranger")
    for _ in range(Allowance.WHAT_IF.value[1] - 1):
        client.read("POST", f"{client.job}/what-if", {"relax": "pay"})
    client.read("POST", f"{client.job}/what-if", {"relax": "pay"}, status=429)


ADVERTISEMENT = """Bäcker (m/w/d) in Linz
Dein Profil
- Mindestens 2 Jahre Erfahrung in einer Backstube
- Kenntnisse in Sauerteigführung von Vorteil
- Microsoft Access
Wir bieten
- 2.600 € brutto im Monat, Vollzeit
"""


def test_a_draft_is_read_from_an_advertisement_and_nothing_is_stored(client: Client) -> None:
    answer = client.call("POST", "/jobs/draft", {"text": ADVERTISEMENT}, headers={"Idempotency-Key": ""})

    draft = json.loads(answer["body"])
    assert answer["statusCode"] == 200
    assert (draft["title"]["value"], draft["minimum_years"]["value"]) == ("Bäcker", 2)
    assert [each["kind"] for each in draft["requirements"]] == ["must-have", "nice-to-have", "must-have"]
    assert [skill["label"] for each in draft["requirements"] for skill in each["skills"]] == ["Microsoft Access"]
    assert draft["pay"]["value"]["maximum"] == {"amount_minor": 2_600_00, "currency": "EUR"}
    assert "start_date" in draft["missing"]
    assert len(client.read("GET", "/jobs", query={"organisation_id": client.shortlist.organisation.id})["items"]) == 1
    assert client.read("POST", "/jobs/draft", {"text": ""}, status=422)["errors"][0]["pointer"] == "/text"


@pytest.mark.parametrize("allowance", list(Allowance))
def test_an_organisation_may_do_only_so_much_a_day(client: Client, allowance: Allowance) -> None:
    name, most = allowance.value
    organisation = client.shortlist.organisation.id
    window = keys.rate(f"{organisation}#{name}", f"{NOW:%Y%m%d}")
    client.table.commit([Put(window, {"count": most - 1})], now=NOW)
    spend(client.table, organisation, allowance, now=NOW)
    with pytest.raises(TooMany) as refused:
        spend(client.table, organisation, allowance, now=NOW)
    assert 0 < refused.value.retry_after <= 24 * 3600
    spend(client.table, organisation, allowance, now=NOW + timedelta(days=1))
    spend(client.table, make_id("org"), allowance, now=NOW)


def test_what_an_organisation_used_up_is_refused_before_anything_happens(client: Client) -> None:
    for name in ("jobs", "runs", "invitations"):
        window = keys.rate(f"{client.shortlist.organisation.id}#{name}", f"{utc_now():%Y%m%d}")
        client.table.commit([Put(window, {"count": 10_000})], now=NOW)
    submitted = {"organisation_id": client.shortlist.organisation.id, **TERMS}
    for path, body in (
        ("/jobs", submitted),
        (f"{client.job}/runs", None),
        (f"{client.entry}/invitations", {"message": "Hello"}),
    ):
        assert client.read("POST", path, body, status=429)["code"] == "too-many-requests"
    assert client.read("GET", f"{client.job}/invitations")["items"] == []
