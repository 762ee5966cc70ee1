"""A second version of a resume: shortlists of before go on citing the first, in every word (R5)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from functions.client_api.handler import handler as client_handler
from functions.public_links.handler import handler as link_handler
from hiring.candidates import store as candidates
from hiring.candidates.model import Candidate
from hiring.flags.actions import set_flag
from hiring.flags.model import FlagName
from hiring.intake import actions as intake
from hiring.intake import store as intake_store
from hiring.intake.model import Drop, Outcome
from hiring.jobs.model import Job
from hiring.matching import actions as matching
from hiring.matching import store
from hiring.matching.building import build_shortlist
from hiring.matching.features import read_features
from hiring.matching.frozen import replay
from hiring.matching.model import Run
from hiring.matching.places import document_key, input_key
from hiring.resumes.model import Evidence
from hiring.resumes.reader import read
from hiring.shared import keys
from hiring.shared.clock import utc_now
from hiring.shared.errors import ResumeReuploadNotAvailable
from hiring.shared.files import Files
from hiring.shared.table import Put, Table
from hiring.skills.embedding import load_embedding
from tests.builders import aws_client, make_api_event, make_candidate, make_context, make_id
from tests.integration.test_matching import member, submit

__all__ = ["member"]

FIRST = """Ada Lovelace
ada@example.com

Backend Engineer

Experience

Backend Engineer, Almbahn, 2018-03 - 2024-05
Built booking services in Python on PostgreSQL under load
Ran infrastructure as code with Terraform on AWS

Skills
Python, PostgreSQL, Terraform
"""
SECOND = FIRST.replace("2024-05", "2025-09").replace("booking services", "a payments platform")


def remember(result: object) -> Put:  # noqa: ARG001  # a record that tells of no request
    return Put(keys.Key("IDEM#test", make_id("key")), {})


@pytest.fixture
def candidate(table: Table) -> Candidate:
    person = make_candidate()
    table.commit([candidates.put_candidate(person), candidates.put_login(person)], now=utc_now())
    return person


@pytest.fixture
def hand_in(table: Table, resumes: Files, artefacts: Files, candidate: Candidate) -> Callable[[str], Outcome]:
    """Uploads a text as the candidate's resume, and reads it as it would be read."""
    reader = intake.Intake(
        table,
        resumes,
        artefacts,
        read=read,
        features=lambda evidence: read_features(evidence, load_embedding(), as_of=utc_now().date()).pack(),
        max_bytes=10_000,
    )

    def upload(text: str) -> Outcome:
        _, form = intake.open_upload(
            table, resumes, candidate.login, "text/plain", minutes=15, max_bytes=10_000, now=utc_now(), record=remember
        )
        key = form.fields["key"]
        version = aws_client("s3").put_object(Bucket="resumes", Key=key, Body=text.encode())["VersionId"]
        return reader.take(Drop(key=key, object_version=version, size=len(text)), now=utc_now())

    return upload


def test_R5_a_shortlist_of_before_cites_version_1_for_ever_and_the_next_one_version_2(
    table: Table, artefacts: Files, candidate: Candidate, member: str, hand_in: Callable[[str], Outcome]
) -> None:
    assert hand_in(FIRST) is Outcome.ACCEPTED
    with pytest.raises(ResumeReuploadNotAvailable):
        hand_in(SECOND)
    job, run = submit(table, member)
    first = frozen(table, artefacts, run)
    before = told(table, job, member, first)
    assert "booking services" in json.dumps(before["shortlist"])

    set_flag(table, FlagName.RESUME_REUPLOAD, on=True, read_version=0, by="op-1", now=utc_now())
    assert hand_in(SECOND) is Outcome.ACCEPTED
    later = matching.request_run(table, job.id, by=member, now=utc_now() + timedelta(seconds=1), record=remember)
    second = frozen(table, artefacts, later)

    # Every word, number and page is as it was, and every quote stands where it is said to stand in version 1.
    assert told(table, job, member, first) == before
    assert cited(table, artefacts, candidate, first) == 1
    # The frozen run replays to the same bytes from its own copy.
    place = document_key(job.id, first.id)
    inputs = {entry_id: content(artefacts, input_key(job.id, first.id, entry_id)) for entry_id in first.entry_ids}
    assert replay(content(artefacts, place), inputs, load_embedding()) == content(artefacts, place)
    # The new run cites the new version.
    after = told(table, job, member, second)
    assert cited(table, artefacts, candidate, second) == 2
    for part in after.values():
        assert "a payments platform" in json.dumps(part)
        assert "booking services" not in json.dumps(part)


def frozen(table: Table, artefacts: Files, run: Run) -> Run:
    built = build_shortlist(table, artefacts, run.job_id, run.id, embedding=load_embedding(), now=utc_now())
    assert built.entries == 1
    return built


def told(table: Table, job: Job, member: str, run: Run) -> dict[str, Any]:
    """All that the client reads of a run's one entry: the line, the parsed profile, and the resume's page."""
    (entry_id,) = run.entry_ids
    entry = f"/jobs/{job.id}/entries/{entry_id}"
    link = asked(member, "POST", f"{entry}/resume-views")["link"].removeprefix("../../../..")
    return {
        "shortlist": matching.shortlist(table, job.id, by=member, run_id=run.id).model_dump(mode="json")["items"],
        "profile": asked(member, "GET", entry)["profile"],
        "page": link_handler(make_api_event("GET", link, headers={"Accept": "text/html"}), make_context())["body"],
    }


def asked(member: str, method: str, path: str) -> Any:
    headers = {"Idempotency-Key": make_id("key")} if method == "POST" else {}
    event = make_api_event(method, path, sub=member, groups="client", headers=headers)
    answer = client_handler(event, make_context())
    assert answer["statusCode"] in {200, 201}, answer["body"]
    return json.loads(answer["body"])


def cited(table: Table, artefacts: Files, candidate: Candidate, run: Run) -> int:
    """The version of the resume in which every quote of the run's one entry stands where it is said to stand."""
    (entry,) = store.entries_of(table, run)
    version = intake_store.resume_version(table, candidate.id, entry.resume_version)
    text = Evidence.model_validate_json(content(artefacts, version.evidence_key)).text
    quotes = [verdict for verdict in entry.verdicts if verdict.quote is not None]
    assert quotes
    assert [text[each.start : each.end] for each in quotes] == [each.quote for each in quotes]
    return version.version


def content(artefacts: Files, key: str) -> bytes:
    stored = artefacts.get(key)
    assert stored
    return stored.data
