"""Resumes on their way in: what a presigned form allows, what is read, and what is put aside."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from infra.local import main_job, samples
from infra.local.accounts import Accounts
from infra.local.api import Api, RefusedError
from infra.local.main_job import Candidate
from infra.local.samples import Person
from infra.local.stack import Stack
from tests.end_to_end import scene

PDF = "application/pdf"


@pytest.fixture
def newcomer(accounts: Accounts, request: pytest.FixtureRequest) -> Api:
    """Somebody who consented and has handed in nothing yet."""
    api = accounts.sign_in(accounts.sign_up(f"{request.node.name.lower().partition('[')[0]}@example.com"))
    api.put("/me/enrolment", {"open_to_full_time": True, "notice_version": main_job.NOTICE_VERSION})
    return api


def _form(api: Api) -> dict[str, Any]:
    form: dict[str, Any] = api.post("/me/resume-uploads", {"content_type": PDF})["form"]
    return form


def _resume() -> bytes:
    return next(each for each in samples.people() if each.resume.suffix == ".pdf").resume.read_bytes()


def test_R3_a_form_takes_no_other_key(newcomer: Api) -> None:
    form = _form(newcomer)
    other = {**form, "fields": {**form["fields"], "key": form["fields"]["key"] + "-other"}}
    assert main_job.hand_in(other, _resume()).status == 403


def test_R3_a_form_takes_no_other_type(newcomer: Api) -> None:
    form = _form(newcomer)
    other = {**form, "fields": {**form["fields"], "Content-Type": "text/html"}}
    assert main_job.hand_in(other, _resume()).status == 403


def test_R3_a_form_takes_no_file_beyond_its_size(newcomer: Api) -> None:
    upload = newcomer.post("/me/resume-uploads", {"content_type": PDF})
    response = main_job.hand_in(upload["form"], bytes(upload["max_bytes"] + 1))
    assert response.status == 400
    assert b"EntityTooLarge" in response.data


def test_R3_a_form_takes_no_empty_file(newcomer: Api) -> None:
    assert main_job.hand_in(_form(newcomer), b"").status == 400


def test_R3_what_lands_elsewhere_is_put_aside_and_never_read(product: Stack, candidates: list[Candidate]) -> None:
    assert candidates
    bucket = product.outputs["ResumesBucket"]
    strays = ["stray.pdf", "uploads/cand_nobody/upl_nothing", "drops/cand_nobody/resume.pdf"]
    readings = _keys(product, "ArtefactsBucket", "candidates/")
    for key in strays:
        scene.s3(product).put_object(Bucket=bucket, Key=key, Body=_resume())
    main_job.wait_for(
        lambda: not set(strays) & _keys(product, "ResumesBucket") or None, "the putting aside of strays", 60
    )
    put_aside = _keys(product, "ArtefactsBucket", "quarantine/")
    names = {sha256(stray.encode()).hexdigest() for stray in strays}
    assert names <= {key.split("/")[-2] for key in put_aside}  # below their owner's folder
    assert _keys(product, "ArtefactsBucket", "candidates/") == readings
    versions = scene.s3(product).list_object_versions(Bucket=bucket, Prefix=strays[0])
    assert not versions.get("Versions")


def test_R4_an_unreadable_file_needs_a_new_one_by_mail_and_does_not_use_up_the_upload(
    accounts: Accounts, product: Stack, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nthis is not what it says")
    person = Person("unreadable@example.com", broken)
    candidate = main_job.enrol(accounts, person)
    upload = main_job.upload_state(candidate)
    assert upload["state"] == "NEEDS_NEW_FILE"
    assert upload["problem"]["code"]
    mail = product.mailbox.wait(to=person.email, seconds=30)
    assert person.email == mail["To"]
    again = candidate.api.post("/me/resume-uploads", {"content_type": PDF})
    assert main_job.hand_in(again["form"], _resume()).status == 204
    second = Candidate(person, candidate.api, again["id"])
    assert main_job.upload_state(second)["state"] == "ACCEPTED"


def test_R5_the_first_accepted_resume_is_final(product: Stack, accounts: Accounts, operator: Api) -> None:
    flag = "/operator/flags/resume_reupload"
    operator.put(flag, {"on": False}, version=operator.call("GET", flag).headers["ETag"])
    api = accounts.sign_in(accounts.sign_up("final@example.com"))
    api.put("/me/enrolment", {"open_to_full_time": True, "notice_version": main_job.NOTICE_VERSION})
    upload = api.post("/me/resume-uploads", {"content_type": PDF})
    assert main_job.hand_in(upload["form"], _resume()).status == 204
    candidate = Candidate(Person("final@example.com", Path("resume.pdf")), api, upload["id"])
    assert main_job.upload_state(candidate)["state"] == "ACCEPTED"
    accepted = api.get("/me/resume")

    with pytest.raises(RefusedError) as refused:
        api.post("/me/resume-uploads", {"content_type": PDF})
    assert refused.value.status == 409
    assert refused.value.problem["code"] == "resume-reupload-not-available"

    quarantined = _keys(product, "ArtefactsBucket", "quarantine/")
    main_job.hand_in(upload["form"], _another_resume())  # the kept form
    main_job.wait_for(
        lambda: _keys(product, "ArtefactsBucket", "quarantine/") - quarantined or None, "the putting aside", 60
    )
    assert api.get("/me/resume") == accepted
    assert main_job.upload_state(candidate)["state"] == "ACCEPTED"


def _another_resume() -> bytes:
    return [each for each in samples.people() if each.resume.suffix == ".pdf"][-1].resume.read_bytes()


def _keys(product: Stack, bucket: str, prefix: str = "") -> set[str]:
    pages = scene.s3(product).get_paginator("list_objects_v2")
    return {
        item["Key"]
        for page in pages.paginate(Bucket=product.outputs[bucket], Prefix=prefix)
        for item in page.get("Contents", ())
    }
