"""Failed work: written down with the error's name, listed, and tried again without losing or repeating anything."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from typing import Any

import pytest

from functions.build_shortlist import handler as matcher
from functions.keep_failed_work.handler import handler as keeper
from functions.relay_outbox.handler import handler as relay
from functions.send_email.handler import handler as sender
from hiring.failed_work import store
from hiring.failed_work.actions import keep
from hiring.failed_work.model import Failure
from hiring.jobs import store as jobs
from hiring.matching import store as matching
from hiring.matching.building import give_up
from hiring.matching.model import Run, RunState
from hiring.shared import keys
from hiring.shared.clock import utc_now
from hiring.shared.files import Files
from hiring.shared.table import Put, Table
from tests.builders import NOW, aws_client, make_context, make_envelope, make_sqs_event, waiting
from tests.integration.test_matching import build, enter, member, submit
from tests.integration.test_operator_api import call
from tests.integration.test_operators import acts

__all__ = ["member"]  # a fixture

LISTED = "/operator/failed-work"


def arn(queue: str) -> str:
    return f"arn:aws:sqs:eu-west-1:123456789012:{queue}"


def die(queue: str, body: str, *, message_id: str = "message-0", receives: int = 6) -> None:
    """A message that lies on the dead-letter queue of `queue` is taken off."""
    event = make_sqs_event(body)
    event["Records"][0] |= {"eventSourceARN": arn(f"{queue}Dead"), "messageId": message_id}
    event["Records"][0]["attributes"]["ApproximateReceiveCount"] = str(receives)
    assert keeper(event, make_context()) == {"batchItemFailures": []}


def listed(**query: str) -> list[dict[str, Any]]:
    status, page, _ = call("GET", LISTED, query=query)
    assert status == 200, page
    return list(page["items"])


def redrive(failure: dict[str, Any], key: str = "one") -> tuple[int, Any]:
    status, answer, _ = call("POST", f"{LISTED}/{failure['id']}/redrive", headers={"Idempotency-Key": key})
    return status, answer


def letters(queue: str) -> list[str]:
    """What lies on a queue of work."""
    url = json.loads(os.environ["WORK_QUEUES"])[queue]["queue"]
    found = aws_client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0)
    return sorted(each["Body"] for each in found.get("Messages", []))


def mail(number: int = 1) -> str:
    return make_envelope("resume-accepted", f"cand_{number}").model_dump_json()


def test_a_message_that_failed_for_good_is_listed_with_the_name_of_its_error(table: Table) -> None:
    assert table
    body = json.dumps({"kind": "mail", "id": "out_1", "correlation_id": "c", "body": {"template": "no-such-mail"}})
    event = make_sqs_event(body)
    event["Records"][0]["attributes"]["ApproximateReceiveCount"] = "5"
    assert len(sender(event, make_context())["batchItemFailures"]) == 1
    die("Emails", body, receives=1)
    [failure] = listed()
    assert (failure["queue"], failure["kind"], failure["error"], failure["tries"]) == ("Emails", "mail", "KeyError", 5)
    assert (failure["about"], failure["state"], failure["remedy"]) == (
        {"template": "no-such-mail"},
        "FAILED",
        "send-again",
    )
    assert call("GET", f"{LISTED}/{failure['id']}")[1] == failure
    assert "message" not in failure


def test_who_died_without_a_word_leaves_the_number_of_tries() -> None:
    die("Emails", mail(), receives=6)
    [failure] = listed()
    assert (failure["error"], failure["tries"]) == (None, 5)


def test_one_piece_goes_back_to_its_queue_once_and_what_fails_again_is_the_same_piece() -> None:
    body = mail()
    die("Emails", body)
    [failure] = listed()
    status, redriven = redrive(failure)
    assert (status, redriven) == (200, {**failure, "state": "REDRIVEN"})
    assert redrive(failure) == (200, redriven)
    assert letters("Emails") == [body]
    assert listed() == []
    assert redrive(failure, "two")[0] == 409
    die("Emails", body)  # the letter of before, handed over twice
    assert listed() == []
    die("Emails", body, message_id="message-7")
    [again] = listed()
    assert (again["id"], again["since"], again["tries"]) == (failure["id"], failure["since"], 10)
    assert acts() == [("work-redriven", failure["id"])]


def test_all_of_a_queue_goes_back_and_other_queues_stay() -> None:
    bodies = sorted(mail(number) for number in range(3))
    for number, body in enumerate(bodies):
        die("Emails", body, message_id=f"message-{number}")
    die("ResumeDrops", "poison")
    headers = {"Idempotency-Key": "one"}
    done = call("POST", "/operator/queues/Emails/redrive", headers=headers)[1]
    assert done == {"queue": "Emails", "redriven": 3, "left": 0}
    assert letters("Emails") == bodies
    assert [each["queue"] for each in listed()] == ["ResumeDrops"]
    assert call("POST", "/operator/queues/Emails/redrive", headers=headers)[1] == done
    assert letters("Emails") == bodies
    left = call("POST", "/operator/queues/ResumeDrops/redrive", headers={"Idempotency-Key": "two"})[1]
    assert left == {"queue": "ResumeDrops", "redriven": 0, "left": 1}
    [poison] = listed(queue="ResumeDrops")
    assert redrive(poison, "three")[0] == 409
    assert [act for act, _ in acts()] == ["work-redriven"] * 5


def test_failed_work_is_listed_in_pages_and_by_its_queue() -> None:
    for number in range(3):
        die("Emails", mail(number), message_id=f"message-{number}")
    die("MatchJobs", "poison")
    _, first, _ = call("GET", LISTED, query={"queue": "Emails", "limit": "2"})
    _, rest, _ = call("GET", LISTED, query={"queue": "Emails", "limit": "2", "cursor": first["next_cursor"]})
    assert (len(first["items"]), len(rest["items"]), rest["next_cursor"]) == (2, 1, None)
    assert [each["queue"] for each in listed(queue="MatchJobs")] == ["MatchJobs"]
    assert len(listed()) == 4
    assert call("GET", LISTED, query={"queue": "Elsewhere"})[0] == 404
    assert call("POST", "/operator/queues/Elsewhere/redrive", headers={"Idempotency-Key": "one"})[0] == 404
    assert call("GET", f"{LISTED}/fail_1")[0] == 404


def test_failed_work_that_nobody_looked_at_is_forgotten(table: Table) -> None:
    long_ago = utc_now() - timedelta(days=14)
    keep(table, "Emails", mail(), message_id="message-1", receives=6, now=long_ago)
    assert listed() == []


def test_queues_tell_what_waits_on_them() -> None:
    url = json.loads(os.environ["WORK_QUEUES"])["Emails"]["queue"]
    aws_client("sqs").send_message(QueueUrl=url, MessageBody="one")
    dead = json.loads(os.environ["WORK_QUEUES"])["Schedules"]["dead_letters"]
    aws_client("sqs").send_message(QueueUrl=dead, MessageBody="two")
    found = {
        each["queue"]: (each["waiting"], each["dead_letters"]) for each in call("GET", "/operator/queues")[1]["items"]
    }
    assert found == {
        "Emails": (1, 0),
        "MatchJobs": (0, 0),
        "Relay": (0, 0),
        "ResumeDrops": (0, 0),
        "Schedules": (0, 1),
    }


def test_what_cannot_be_kept_stays_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    event = make_sqs_event(mail())
    event["Records"][0]["eventSourceARN"] = arn("EmailsDead")
    with monkeypatch.context() as broken:
        broken.setenv("TABLE_NAME", "that-is-gone")
        from hiring.shared import settings, table

        settings.settings.cache_clear()
        table.table.cache_clear()
        assert len(keeper(event, make_context())["batchItemFailures"]) == 1


def notice(table: Table, artefact: str, version: str) -> str:
    assert table
    stored = {"key": artefact, "versionId": version, "size": 7}
    return json.dumps({"Records": [{"s3": {"object": stored}, "requestParameters": {"sourceIPAddress": "192.0.2.7"}}]})


def test_a_dropped_file_is_found_again_by_its_version_though_its_name_was_not_kept(
    table: Table, resumes: Files
) -> None:
    key = "drops/cand_1/Ada Lovelace+CV.pdf"
    resumes.put(key, b"older", content_type="application/pdf")
    version = resumes.put(key, b"%PDF-1.", content_type="application/pdf")
    assert version
    die("ResumeDrops", notice(table, "drops/cand_1/Ada+Lovelace%2BCV.pdf", version))
    [failure] = listed()
    assert failure["about"] == {"candidate_id": "cand_1", "object_version": version}
    [kept] = [item.data for item in table.query(keys.failure(failure["id"]).pk)]
    assert "Ada" not in str(kept)
    assert "192.0.2.7" not in str(kept)
    assert redrive(failure)[0] == 200
    [sent] = letters("ResumeDrops")
    stored = json.loads(sent)["Records"][0]["s3"]["object"]
    assert stored == {"key": "drops/cand_1/Ada+Lovelace%2BCV.pdf", "versionId": version, "size": 7}


def test_a_dropped_file_that_is_gone_is_not_asked_for_any_more(table: Table) -> None:
    die("ResumeDrops", notice(table, "drops/cand_1/Ada.pdf", "gone"))
    [failure] = listed()
    assert redrive(failure)[1]["state"] == "REDRIVEN"
    assert letters("ResumeDrops") == []


def test_what_the_relay_parked_goes_through_the_outbox_once_more(table: Table) -> None:
    envelope = json.loads(mail())
    surprise = {**envelope, "kind": "surprise"}
    table.commit([Put(keys.Key("JOB#1", f"OUT#{envelope['id']}"), {"envelope": surprise})], now=NOW)
    relay(stream("JOB#1"), make_context())
    parked = aws_client("sqs").receive_message(QueueUrl=os.environ["RELAY_DEAD_LETTER_QUEUE_URL"])["Messages"][0][
        "Body"
    ]
    assert list(table.query("JOB#1")) == []
    event = make_sqs_event(parked)
    event["Records"][0]["eventSourceARN"] = arn("relay-dead")
    assert keeper(event, make_context()) == {"batchItemFailures": []}
    [failure] = listed(queue="Relay")
    assert (failure["kind"], failure["about"]) == ("parked", {"item": "JOB#1"})
    assert redrive(failure)[0] == 200
    [back] = table.query("JOB#1", prefix="OUT#")
    assert back.data["envelope"] == surprise
    [due] = [item for number in range(keys.OUTBOX_SHARDS) for item in table.index_page("gsi3", f"OUT#{number}").items]
    assert due.key == back.key


def stream(pk: str) -> dict[str, Any]:
    raw = aws_client("dynamodb").query(
        TableName=os.environ["TABLE_NAME"],
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": pk}},
    )["Items"]
    return {"Records": [{"eventID": str(n), "dynamodb": {"NewImage": image}} for n, image in enumerate(raw)]}


def test_a_round_that_failed_is_taken_off_the_list_and_nothing_is_sent() -> None:
    context = {"functionArn": "arn:aws:lambda:eu-west-1:1:function:CloseOverdue:1", "condition": "RetriesExhausted"}
    body = {"requestContext": {**context, "approximateInvokeCount": 1}, "responsePayload": {"errorType": "Oops"}}
    for number in range(2):
        event = make_sqs_event({**body, "timestamp": str(number)})
        event["Records"][0] |= {"eventSourceARN": arn("SchedulesDead"), "messageId": f"message-{number}"}
        assert keeper(event, make_context()) == {"batchItemFailures": []}
    [failure] = listed(queue="Schedules")
    assert (failure["error"], failure["tries"], failure["remedy"]) == ("Oops", 2, "next-round")
    assert redrive(failure)[0] == 200
    assert listed() == []


def failed_match(table: Table, artefacts: Files, run: Run) -> dict[str, Any]:
    """A match job was tried in vain; its run says so, and the message is listed."""
    [asked] = [each for each in waiting(table, f"JOB#{run.job_id}") if each.body.get("run_id") == run.id]
    give_up(table, artefacts, run.job_id, run.id, now=NOW)
    die("MatchJobs", asked.model_dump_json())
    [failure] = listed()
    assert failure["about"] == {"job_id": run.job_id, "run_id": run.id}
    return failure


def test_R11_a_failed_run_stays_failed_and_redriving_its_job_brings_another_one_to_an_end(
    table: Table, artefacts: Files, member: str
) -> None:
    enter(table, artefacts)
    job, run = submit(table, member)
    failure = failed_match(table, artefacts, run)
    assert redrive(failure)[0] == 200
    assert redrive(failure)[0] == 200
    [asked] = [each for each in waiting(table, f"JOB#{job.id}") if each.body["run_id"] != run.id]
    event = make_sqs_event(asked.model_dump(mode="json"))
    assert matcher.handler(event, make_context()) == {"batchItemFailures": []}
    latest = matching.run(table, job.id, asked.body["run_id"])
    assert (latest.state, latest.entries, latest.requested_by) == (RunState.FROZEN, 1, member)
    assert matching.run(table, job.id, run.id).state is RunState.FAILED
    assert jobs.job(table, job.id).latest_run_id == latest.id
    assert len([each for each in waiting(table, f"JOB#{job.id}") if each.body.get("template")]) == 1
    assert letters("MatchJobs") == []


def test_R11_a_failed_run_that_was_followed_by_another_is_left_alone(
    table: Table, artefacts: Files, member: str
) -> None:
    from hiring.matching import actions
    from tests.builders import remember_nothing

    job, run = submit(table, member)
    failure = failed_match(table, artefacts, run)
    later = actions.request_run(table, job.id, by=member, now=NOW, record=remember_nothing)
    build(table, artefacts, later)
    known = len(waiting(table, f"JOB#{job.id}"))
    assert redrive(failure)[0] == 200
    assert len(waiting(table, f"JOB#{job.id}")) == known
    assert jobs.job(table, job.id).latest_run_id == later.id


def test_a_run_that_still_waits_is_built_by_the_same_message(table: Table, member: str) -> None:
    _, run = submit(table, member)
    [asked] = waiting(table, f"JOB#{run.job_id}")
    die("MatchJobs", asked.model_dump_json())
    [failure] = listed()
    assert redrive(failure)[0] == 200
    assert letters("MatchJobs") == [asked.model_dump_json()]


def test_what_is_kept_says_nothing_of_its_error_but_the_name(table: Table) -> None:
    die("Emails", mail())
    [failure] = listed()
    kept = store.failure_item(table, failure["id"]).read(Failure)
    assert set(kept.letter.about) == {"template", "recipient"}
