"""Every object that lands in the bucket of resumes ends in a named state, once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from hiring.candidates import store as candidate_store
from hiring.candidates.model import Candidate, CandidateState
from hiring.flags import store as flags
from hiring.flags.actions import set_flag
from hiring.flags.model import FlagName
from hiring.intake import actions, store
from hiring.intake.actions import Intake
from hiring.intake.model import Drop, Outcome, ResumeHead, ResumeVersion, Upload, UploadState, quarantine_key
from hiring.resumes.client_view import client_view
from hiring.resumes.model import Contacts, Evidence, FileFormat, Problem, Reading, Unreadable
from hiring.shared import keys
from hiring.shared.errors import IllegalMove, NotFound
from hiring.shared.files import Files, UploadForm
from hiring.shared.keys import Key
from hiring.shared.table import Put, Table
from tests.builders import NOW, aws_client, make_candidate

READING = Reading(
    format=FileFormat.TXT,
    pages=1,
    text="Ada, ada@example.com, Python",
    contacts=Contacts(),
    evidence=Evidence(text="███, ███████████████, Python"),
)
UNREADABLE = Unreadable(problem=Problem.ENCRYPTED, detail="Remove the password and send the file again.")


def remember(result: object) -> Put:
    """The record of a request, as the web layer would make it."""
    return Put(Key("IDEM#test"), {"result": type(result).__name__}, overwrite=True)


@pytest.fixture
def candidate(table: Table) -> Candidate:
    person = make_candidate()
    table.commit([candidate_store.put_candidate(person), candidate_store.put_login(person)], now=NOW)
    return person


@pytest.fixture
def intake(table: Table, resumes: Files, artefacts: Files) -> Callable[..., Intake]:
    def make(read: Callable[[bytes], Reading | Unreadable] = lambda _: READING) -> Intake:
        return Intake(
            table, resumes, artefacts, read=read, features=lambda evidence: evidence.text.encode(), max_bytes=1000
        )

    return make


def open_upload(table: Table, resumes: Files, candidate: Candidate) -> tuple[Upload, UploadForm]:
    return actions.open_upload(
        table,
        resumes,
        candidate.login,
        "application/pdf",
        minutes=15,
        max_bytes=1000,
        now=NOW,
        record=remember,
    )


def drop(key: str, data: bytes = b"a resume") -> Drop:
    version = aws_client("s3").put_object(Bucket="resumes", Key=key, Body=data)["VersionId"]
    return Drop(key=key, object_version=version, size=len(data))


def dropped(table: Table, resumes: Files, candidate: Candidate) -> Drop:
    upload, form = open_upload(table, resumes, candidate)
    assert form.fields["key"] == f"uploads/{candidate.id}/{upload.id}"
    return drop(form.fields["key"])


def versions(bucket: str) -> list[str]:
    return [version["Key"] for version in aws_client("s3").list_object_versions(Bucket=bucket).get("Versions", [])]


def mails(table: Table, candidate: Candidate) -> list[dict[str, Any]]:
    return [item.data["envelope"]["body"] for item in table.query(f"CAND#{candidate.id}", prefix="OUT#")]


def test_R3_a_form_is_for_one_key_and_a_size_range(table: Table, resumes: Files, candidate: Candidate) -> None:
    upload, form = open_upload(table, resumes, candidate)
    from base64 import b64decode

    conditions = json.loads(b64decode(form.fields["policy"]))["conditions"]
    assert {"key": f"uploads/{candidate.id}/{upload.id}"} in conditions
    assert ["content-length-range", 1, 1000] in conditions
    assert {"Content-Type": "application/pdf"} in conditions


def test_R4_an_accepted_resume_is_stored_with_its_evidence_apart(
    table: Table, resumes: Files, artefacts: Files, candidate: Candidate, intake: Callable[..., Intake]
) -> None:
    arrived = dropped(table, resumes, candidate)
    assert intake().take(arrived, now=NOW) is Outcome.ACCEPTED
    head = table.get(keys.resume(candidate.id))
    assert head is not None
    assert head.read(ResumeHead).object_version == arrived.object_version
    item = table.get(keys.resume_version(candidate.id, 1))
    assert item is not None
    assert item.data["features"] == READING.evidence.text.encode()
    version = item.read(ResumeVersion)
    evidence = artefacts.get(version.evidence_key)
    reading = artefacts.get(version.reading_key)
    assert evidence is not None
    assert reading is not None
    assert b"ada@example.com" not in evidence.data
    assert Reading.model_validate_json(reading.data) == READING
    assert candidate_store.candidate(table, candidate.id).value.resume_version == 1
    assert table.get(keys.delta(candidate.id)) is not None
    assert [body["template"] for body in mails(table, candidate)] == ["resume-accepted"]


def test_R14_an_accepted_resume_is_stored_with_a_view_without_name_and_contacts(
    table: Table, resumes: Files, artefacts: Files, candidate: Candidate, intake: Callable[..., Intake]
) -> None:
    intake().take(dropped(table, resumes, candidate), now=NOW)
    key = store.resume_version(table, candidate.id, 1).client_view_key
    folder, _, name = key.rpartition("/")
    view = artefacts.get(key)
    assert view is not None
    assert (folder, name) == (f"candidates/{candidate.id}/client-view", f"{sha256(view.data).hexdigest()}.html")
    assert aws_client("s3").head_object(Bucket="artefacts", Key=key)["ContentType"] == "text/html; charset=utf-8"
    page = view.data.decode()
    assert "Python" in page
    assert "Ada" not in page
    assert "example.com" not in page
    assert "█" not in page


def test_the_same_event_again_changes_nothing(
    table: Table, resumes: Files, candidate: Candidate, intake: Callable[..., Intake]
) -> None:
    arrived = dropped(table, resumes, candidate)
    intake().take(arrived, now=NOW)
    before = list(table.query(f"CAND#{candidate.id}"))
    assert intake().take(arrived, now=NOW + timedelta(minutes=1)) is Outcome.SEEN_BEFORE
    assert list(table.query(f"CAND#{candidate.id}")) == before
    assert versions("resumes") == [arrived.key]


def test_R4_an_unreadable_file_asks_for_another_and_does_not_use_up_the_upload(
    table: Table, resumes: Files, candidate: Candidate, intake: Callable[..., Intake]
) -> None:
    arrived = dropped(table, resumes, candidate)
    assert intake(lambda _: UNREADABLE).take(arrived, now=NOW) is Outcome.NEEDS_NEW_FILE
    refused = store.upload(table, candidate.id, arrived.key.rpartition("/")[2])
    assert refused.state is UploadState.NEEDS_NEW_FILE
    assert refused.problem is not None
    assert refused.problem.code is Problem.ENCRYPTED
    assert table.get(keys.resume(candidate.id)) is None
    assert [body["template"] for body in mails(table, candidate)] == ["needs-new-file"]
    again = dropped(table, resumes, candidate)
    assert intake().take(again, now=NOW) is Outcome.ACCEPTED


def test_R4_a_file_over_the_limit_is_not_even_fetched(
    table: Table, resumes: Files, candidate: Candidate, intake: Callable[..., Intake]
) -> None:
    _, form = open_upload(table, resumes, candidate)
    arrived = drop(form.fields["key"], b"x" * 1001)

    def must_not_read(_: bytes) -> Reading:
        raise AssertionError("fetched")

    assert intake(must_not_read).take(arrived, now=NOW) is Outcome.NEEDS_NEW_FILE
    refused = store.upload(table, candidate.id, arrived.key.rpartition("/")[2])
    assert refused.problem is not None
    assert refused.problem.code is Problem.TOO_LARGE


def test_R5_a_second_resume_is_refused_and_a_kept_form_changes_nothing(
    table: Table, resumes: Files, candidate: Candidate, intake: Callable[..., Intake]
) -> None:
    kept = open_upload(table, resumes, candidate)[1]
    intake().take(dropped(table, resumes, candidate), now=NOW)
    with pytest.raises(IllegalMove) as refused:
        open_upload(table, resumes, candidate)
    assert refused.value.code == "resume-reupload-not-available"
    late = drop(kept.fields["key"], b"another resume")
    assert intake().take(late, now=NOW) is Outcome.QUARANTINED
    head = table.get(keys.resume(candidate.id))
    assert head is not None
    assert head.read(ResumeHead).version == 1
    assert versions("artefacts").count(quarantine_key(late)) == 1


def turn_reupload(table: Table, *, on: bool) -> None:
    stored = flags.flag(table, FlagName.RESUME_REUPLOAD)
    set_flag(table, FlagName.RESUME_REUPLOAD, on=on, read_version=stored.version, by="op-1", now=NOW)


def test_R5_with_the_flag_on_an_upload_makes_version_2_and_version_1_stays(
    table: Table, resumes: Files, candidate: Candidate, intake: Callable[..., Intake]
) -> None:
    first = dropped(table, resumes, candidate)
    intake().take(first, now=NOW)
    before = store.resume_version(table, candidate.id, 1)
    delta = table.get(keys.delta(candidate.id))
    turn_reupload(table, on=True)
    second = dropped(table, resumes, candidate)
    newer = READING.model_copy(update={"evidence": Evidence(text="███, ███████████████, Python and Go")})
    assert intake(lambda _: newer).take(second, now=NOW) is Outcome.ACCEPTED
    assert intake(lambda _: newer).take(second, now=NOW) is Outcome.SEEN_BEFORE
    head = table.get(keys.resume(candidate.id))
    assert head is not None
    assert head.read(ResumeHead) == ResumeHead(version=2, object_key=second.key, object_version=second.object_version)
    assert candidate_store.candidate(table, candidate.id).value.resume_version == 2
    assert table.get(keys.delta(candidate.id)) != delta
    assert store.resume_version(table, candidate.id, 1) == before
    later = store.resume_version(table, candidate.id, 2)
    assert later.evidence_key != before.evidence_key
    assert {before.evidence_key, before.client_view_key, later.evidence_key} <= set(versions("artefacts"))
    assert sorted(versions("resumes")) == sorted([first.key, second.key])


def test_R5_with_the_flag_on_a_file_that_cannot_be_read_leaves_the_resume_in_force(
    table: Table, resumes: Files, candidate: Candidate, intake: Callable[..., Intake]
) -> None:
    intake().take(dropped(table, resumes, candidate), now=NOW)
    turn_reupload(table, on=True)
    assert intake(lambda _: UNREADABLE).take(dropped(table, resumes, candidate), now=NOW) is Outcome.NEEDS_NEW_FILE
    assert candidate_store.candidate(table, candidate.id).value.resume_version == 1


def test_R5_a_form_kept_from_while_the_flag_was_on_changes_nothing_afterwards(
    table: Table, resumes: Files, candidate: Candidate, intake: Callable[..., Intake]
) -> None:
    intake().take(dropped(table, resumes, candidate), now=NOW)
    turn_reupload(table, on=True)
    second = dropped(table, resumes, candidate)
    turn_reupload(table, on=False)
    assert intake().take(second, now=NOW) is Outcome.QUARANTINED
    assert candidate_store.candidate(table, candidate.id).value.resume_version == 1


def test_R5_turning_the_flag_off_while_a_file_is_read_keeps_it_out(
    table: Table, resumes: Files, candidate: Candidate, intake: Callable[..., Intake]
) -> None:
    intake().take(dropped(table, resumes, candidate), now=NOW)
    turn_reupload(table, on=True)

    def read_slowly(_: bytes) -> Reading:
        turn_reupload(table, on=False)
        return READING

    assert intake(read_slowly).take(dropped(table, resumes, candidate), now=NOW) is Outcome.QUARANTINED
    assert candidate_store.candidate(table, candidate.id).value.resume_version == 1


def test_R5_a_second_object_under_the_same_key_is_quarantined(
    table: Table, resumes: Files, candidate: Candidate, intake: Callable[..., Intake]
) -> None:
    first = dropped(table, resumes, candidate)
    intake().take(first, now=NOW)
    second = drop(first.key, b"a second file")
    assert intake().take(second, now=NOW) is Outcome.QUARANTINED
    assert intake().take(second, now=NOW) is Outcome.SEEN_BEFORE
    assert versions("resumes") == [first.key]


@pytest.mark.parametrize(
    "key", ["resume.pdf", "uploads/resume.pdf", "uploads/cand_unknown/upl_1", "drops/cand_unknown/a.pdf", "other/x/y"]
)
def test_R3_what_lands_elsewhere_is_quarantined_unread(table: Table, intake: Callable[..., Intake], key: str) -> None:
    def must_not_read(_: bytes) -> Reading:
        raise AssertionError("read as a resume")

    stray = drop(key)
    assert intake(must_not_read).take(stray, now=NOW) is Outcome.QUARANTINED
    assert versions("resumes") == []
    assert versions("artefacts") == [quarantine_key(stray)]
    assert list(table.query("CAND#cand_unknown")) == []


def test_R28_what_is_dropped_for_somebody_who_was_erased_is_kept_nowhere(
    table: Table, intake: Callable[..., Intake]
) -> None:
    table.commit([Put(keys.erasure("cand_erased"), {})], now=NOW)
    late = drop("uploads/cand_erased/upl_1")
    assert intake().take(late, now=NOW) is Outcome.DISCARDED
    assert versions("resumes") == versions("artefacts") == []
    assert intake().take(late, now=NOW) is Outcome.DISCARDED


def test_R3_a_resume_of_somebody_who_left_is_quarantined(
    table: Table, resumes: Files, candidate: Candidate, intake: Callable[..., Intake]
) -> None:
    arrived = dropped(table, resumes, candidate)
    left = candidate.model_copy(update={"state": CandidateState.OPTED_OUT})
    table.commit([candidate_store.put_candidate(left, read_version=1)], now=NOW)
    assert intake().take(arrived, now=NOW) is Outcome.QUARANTINED


def test_R3_an_operators_drop_is_read_like_an_upload(
    table: Table, candidate: Candidate, intake: Callable[..., Intake]
) -> None:
    arrived = drop(f"drops/{candidate.id}/scan 1.pdf")
    assert intake().take(arrived, now=NOW) is Outcome.ACCEPTED
    assert intake().take(arrived, now=NOW) is Outcome.SEEN_BEFORE
    assert candidate_store.candidate(table, candidate.id).value.resume_version == 1


def test_an_upload_without_a_file_expires_and_an_accepted_one_does_not(
    table: Table, resumes: Files, candidate: Candidate, intake: Callable[..., Intake]
) -> None:
    waiting = open_upload(table, resumes, candidate)[0]
    arrived = dropped(table, resumes, candidate)
    intake().take(arrived, now=NOW)
    for upload_id in (waiting.id, arrived.key.rpartition("/")[2]):
        actions.expire_upload(table, candidate.id, upload_id, now=NOW + timedelta(hours=1))
    assert store.upload(table, candidate.id, waiting.id).state is UploadState.EXPIRED
    assert store.upload(table, candidate.id, arrived.key.rpartition("/")[2]).state is UploadState.ACCEPTED


def test_the_own_resume_can_be_read_back(
    table: Table, resumes: Files, artefacts: Files, candidate: Candidate, intake: Callable[..., Intake]
) -> None:
    with pytest.raises(NotFound):
        actions.resume(table, artefacts, candidate.login)
    with pytest.raises(NotFound):
        actions.client_view(table, artefacts, candidate.login)
    intake().take(dropped(table, resumes, candidate), now=NOW)
    version, reading = actions.resume(table, artefacts, candidate.login)
    assert (version.version, reading) == (1, READING)
    version, page = actions.client_view(table, artefacts, candidate.login)
    assert version.version == 1
    assert page == client_view(READING.evidence)


def test_R4_a_file_that_came_in_time_is_read_however_late(
    table: Table, resumes: Files, candidate: Candidate, intake: Callable[..., Intake]
) -> None:
    arrived = dropped(table, resumes, candidate)
    upload_id = arrived.key.rpartition("/")[2]
    later = NOW + timedelta(hours=2)
    actions.expire_upload(table, candidate.id, upload_id, now=later)
    assert intake().take(arrived, now=later) is Outcome.ACCEPTED
    assert store.upload(table, candidate.id, upload_id).state is UploadState.ACCEPTED


def test_R3_a_key_of_any_length_can_be_quarantined(intake: Callable[..., Intake]) -> None:
    stray = drop("elsewhere/" + "ä" * 500)
    assert intake().take(stray, now=NOW) is Outcome.QUARANTINED
    assert versions("resumes") == []
