"""Poison ends where somebody looks at it, what is delivered twice acts once, and what dies is done again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from infra.local import main_job, samples
from infra.local.accounts import Accounts
from infra.local.api import Api
from infra.local.main_job import Candidate, Client
from infra.local.samples import Person
from infra.local.stack import Stack
from tests.end_to_end import scene

SECONDS_BETWEEN_ATTEMPTS = 2


@pytest.fixture
def impatient(product: Stack, candidates: list[Candidate]) -> Iterator[None]:
    """Queues that hand out a failed message again after two seconds, as long as their functions' processes are warm."""
    assert candidates
    before = {queue: scene.try_again_after(product, queue, SECONDS_BETWEEN_ATTEMPTS) for queue in scene.WORK_QUEUES}
    yield
    for queue, seconds in before.items():
        scene.try_again_after(product, queue, seconds)


@pytest.mark.usefixtures("impatient")
def test_poison_ends_in_the_list_of_failed_work_and_the_rest_goes_on(
    product: Stack, client: Client, operator: Api
) -> None:
    scene.matched(client)  # every function has worked by now
    scene.settle(product)
    poison = {queue: f"poison for {queue}" for queue in scene.WORK_QUEUES}
    for queue, body in poison.items():
        scene.send(product, queue, body)
    scene.dynamodb(product).put_item(
        TableName=product.outputs["TableName"],
        Item={
            "pk": {"S": "JOB#job_poison"},
            "sk": {"S": "OUT#out_poison"},
            "item_version": {"N": "1"},
            "envelope": {"M": {"kind": {"S": "nobody-knows"}, "id": {"S": "out_poison"}}},
        },
    )
    scene.matched(client)  # poison blocks nobody
    listed: dict[str, dict[str, Any]] = {}

    def all_listed() -> bool | None:
        listed.update((each["queue"], each) for each in operator.get("/operator/failed-work?limit=100")["items"])
        return {*poison, "Relay"} <= listed.keys() or None

    main_job.wait_for(all_listed, "the death of poison", 90)
    assert {listed[queue]["error"] for queue in poison} <= {"JSONDecodeError", "ValidationError"}
    tries = {queue: listed[queue]["tries"] for queue in poison}
    assert set(tries.values()) <= {3, 5}, tries
    assert listed["Relay"]["about"] == {"item": "JOB#job_poison"}
    for queue in (*poison, "Relay"):
        assert scene.waiting_on(product, f"{queue}Dead") == 0
    # Tried again it fails again, as the same piece of work.
    path = f"/operator/failed-work/{listed['Emails']['id']}"
    assert operator.post(f"{path}/redrive")["state"] == "REDRIVEN"
    again = main_job.wait_for(lambda: _failed_again(operator, path), "the second death", 60)
    assert again["tries"] == 2 * listed["Emails"]["tries"]
    scene.settle(product)


def _failed_again(operator: Api, path: str) -> dict[str, Any] | None:
    failure: dict[str, Any] = operator.get(path)
    return failure if failure["state"] == "FAILED" else None


def test_a_resume_that_is_announced_twice_is_read_once(product: Stack, candidates: list[Candidate]) -> None:
    candidate = candidates[0]
    before = candidate.api.get("/me/resume")
    known = len(product.mailbox.mails())
    me = candidate.api.get("/me")
    key = f"uploads/{me['id']}/{candidate.upload_id}"
    [version] = scene.s3(product).list_object_versions(Bucket=product.outputs["ResumesBucket"], Prefix=key)["Versions"]
    stored = {"key": key, "versionId": version["VersionId"], "size": version["Size"]}
    scene.send(product, "ResumeDrops", json.dumps({"Records": [{"s3": {"object": stored}}]}))
    scene.settle(product)
    assert candidate.api.get("/me/resume") == before
    assert main_job.upload_state(candidate)["state"] == "ACCEPTED"
    versions = scene.s3(product).list_object_versions(Bucket=product.outputs["ResumesBucket"], Prefix=key)["Versions"]
    assert [each["VersionId"] for each in versions] == [version["VersionId"]]
    assert len(product.mailbox.mails()) == known


def test_a_match_job_and_its_mails_that_are_delivered_twice_act_once(
    product: Stack, client: Client, candidates: list[Candidate]
) -> None:
    assert candidates
    found = scene.matched(client)
    scene.settle(product)
    known = len(product.mailbox.mails())
    [match] = scene.messages(product, "match-requested", run_id=found.run["id"])
    mails = scene.messages(product, "mail", run_id=found.run["id"])
    assert mails
    scene.send(product, "MatchJobs", json.dumps(match.envelope))
    for mail in mails:
        scene.send(product, "Emails", json.dumps(mail.envelope))
    scene.settle(product)
    _is_as_it_was(product, client, found, known)


def test_a_stream_record_that_is_delivered_twice_acts_once(
    product: Stack, client: Client, candidates: list[Candidate]
) -> None:
    assert candidates
    found = scene.matched(client)
    scene.settle(product)
    known = len(product.mailbox.mails())
    sent = scene.messages(product, "match-requested", run_id=found.run["id"])
    sent += scene.messages(product, "mail", run_id=found.run["id"])
    assert len(sent) >= 2
    answer = scene.call(product, "RelayOutbox", json.dumps({"Records": [each.record for each in sent]}).encode())
    assert "FunctionError" not in answer
    scene.settle(product)
    _is_as_it_was(product, client, found, known)


def _is_as_it_was(product: Stack, client: Client, found: scene.Matched, mails: int) -> None:
    assert client.api.get(f"/jobs/{found.job['id']}/runs/{found.run['id']}") == found.run
    assert client.api.get(f"/jobs/{found.job['id']}/shortlist") == found.shortlist
    assert len(client.api.get(f"/jobs/{found.job['id']}/runs")["items"]) == 1
    assert len(product.mailbox.mails()) == mails


@pytest.mark.usefixtures("impatient")
def test_killing_whoever_works_loses_no_resume(product: Stack, accounts: Accounts) -> None:
    scene.settle(product)
    resume = next(each.resume for each in samples.people() if each.resume.suffix == ".pdf")
    killed = []
    candidates = []
    for number in range(2):
        candidates.append(main_job.enrol(accounts, Person(f"survivor-{number}@example.com", resume)))
        main_job.wait_for(lambda: _being_worked_on(product, "ResumeDrops"), "the reading", 20)
        killed.append(scene.kill_processes_of(product, "ReadResume"))
    assert any(killed)
    for candidate in candidates:
        assert main_job.upload_state(candidate)["state"] == "ACCEPTED"
        # The other tests look for the sample people, whose resume this is.
        candidate.api.call("PUT", "/me/pause")


@pytest.mark.usefixtures("impatient")
def test_killing_whoever_works_loses_no_job(product: Stack, client: Client) -> None:
    scene.settle(product)
    for _ in range(5):
        known = len(product.mailbox.mails(to=client.email))
        job = main_job.submit(client, samples.jobs()[scene.SOUGHT])
        scene.kill_processes_of(product, "RelayOutbox")
        if _killed_at_work(product, client, job):
            break
        scene.settle(product)
    else:
        pytest.fail("every job was done before anybody could be killed")
    run = main_job.finished_run(client, job)
    assert run["state"] == "FROZEN"
    scene.settle(product)
    assert len(product.mailbox.mails(to=client.email)) == known + 1


def _killed_at_work(product: Stack, client: Client, job: dict[str, Any]) -> bool:
    """Whether whoever works on the job was killed before it was done."""

    def at_work_or_done() -> dict[str, Any] | bool | None:
        return _being_worked_on(product, "MatchJobs") or scene.done(client, job)

    main_job.wait_for(at_work_or_done, "the match job", 60)
    return scene.kill_processes_of(product, "BuildShortlist") > 0 and scene.done(client, job) is None


def _being_worked_on(product: Stack, queue: str) -> bool | None:
    return scene.waiting_on(product, queue) > scene.waiting_on(product, queue, in_flight=False) or None
