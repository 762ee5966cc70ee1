"""What is kept of a message that failed for good leads to what it was about, and says nothing of a person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hiring.failed_work.dead_letters import read_dead_letter
from hiring.failed_work.model import Remedy

TRIGGERS = Path(__file__).parents[2] / "events" / "triggers"


def body_of(name: str) -> str:
    """What a queue hands over in one of the recorded events."""
    return str(json.loads((TRIGGERS / f"{name}.json").read_text())["Records"][0]["body"])


@pytest.mark.parametrize(
    ("queue", "event", "kind"),
    [
        ("MatchJobs", "build_shortlist.match_requested", "match-requested"),
        ("Emails", "send_email.mail", "mail"),
        ("Exports", "make_export.export_requested", "export-requested"),
        ("Erasures", "erase_candidate.erasure_requested", "erasure-requested"),
    ],
)
def test_our_own_messages_are_kept_as_they_are(queue: str, event: str, kind: str) -> None:
    body = body_of(event)
    letter = read_dead_letter(queue, body)
    assert (letter.kind, letter.message, letter.remedy) == (kind, body, Remedy.SEND_AGAIN)
    assert letter.about == json.loads(body)["body"]


def test_of_a_file_that_came_the_place_is_kept_and_not_from_where_it_came() -> None:
    body = body_of("read_resume.dropped")
    came = json.loads(body)["Records"][0]
    assert came["requestParameters"]["sourceIPAddress"]
    letter = read_dead_letter("ResumeDrops", body)
    assert letter.kind == "resume-came"
    assert set(letter.about) == {"candidate_id", "object_version", "upload_id"}
    kept = {name: came["s3"]["object"][name] for name in ("key", "versionId", "size")}
    assert json.loads(letter.message or "") == {"Records": [{"s3": {"object": kept}}]}


def test_of_a_file_that_an_operator_dropped_the_name_is_not_kept() -> None:
    body = body_of("read_resume.dropped_by_operator")
    letter = read_dead_letter("ResumeDrops", body)
    stored = json.loads(body)["Records"][0]["s3"]["object"]
    assert stored["key"].endswith(".pdf")
    assert letter.about == {"candidate_id": stored["key"].split("/")[1], "object_version": stored["versionId"]}
    assert ".pdf" not in letter.model_dump_json()


def test_of_a_mail_that_came_the_place_is_kept() -> None:
    letter = read_dead_letter("SupportMails", body_of("receive_email.came"))
    assert (letter.kind, set(letter.about)) == ("mail-came", {"object", "object_version"})
    assert letter.remedy is Remedy.SEND_AGAIN


def lost_invocation(**more: Any) -> str:
    """What Lambda says of a call that failed, as AWS documents it."""
    context = {
        "requestId": "e4b46cbf-b738-xmpl-8880-a18cdf61200e",
        "functionArn": "arn:aws:lambda:eu-west-1:123456789012:function:Hiring-CloseOverdue:$LATEST",
        "condition": "RetriesExhausted",
        "approximateInvokeCount": 3,
    }
    return json.dumps({"version": "1.0", "timestamp": "2026-11-23T09:00:00Z", "requestContext": context, **more})


def test_of_a_round_that_failed_the_errors_name_is_kept_and_not_its_text() -> None:
    payload = {"errorMessage": "ada@example.com is taken", "errorType": "WorkLeftUndone", "stackTrace": ["ada"]}
    letter = read_dead_letter("Schedules", lost_invocation(requestPayload={}, responsePayload=payload))
    assert (letter.kind, letter.error, letter.tries) == ("round", "WorkLeftUndone", 3)
    assert (letter.about, letter.remedy) == ({"function": "Hiring-CloseOverdue"}, Remedy.NEXT_ROUND)
    assert "ada" not in letter.model_dump_json()
    later = read_dead_letter("Schedules", lost_invocation(requestPayload={"id": "2"}, responsePayload=payload))
    assert later.sameness("two") == letter.sameness("one")


def test_of_a_part_of_the_stream_that_the_relay_lost_it_is_said_that_the_next_round_sends_it() -> None:
    info = {"shardId": "shardId-0001", "startSequenceNumber": "800", "batchSize": 3}
    letter = read_dead_letter("Relay", lost_invocation(DDBStreamBatchInfo=info))
    assert (letter.kind, letter.error, letter.remedy) == ("stream-batch", "RetriesExhausted", Remedy.NEXT_ROUND)


def test_a_round_that_never_reached_its_function_is_told_by_its_rule() -> None:
    event = {
        "source": "aws.events",
        "detail-type": "Scheduled Event",
        "resources": ["arn:aws:events:eu-west-1:123456789012:rule/Hiring-EveryMinute"],
    }
    letter = read_dead_letter("Schedules", json.dumps(event))
    assert (letter.kind, letter.about) == ("round", {"rule": "Hiring-EveryMinute"})


def test_what_the_relay_parked_is_kept_whole() -> None:
    body = json.dumps({"pk": "JOB#1", "sk": "OUT#out_1", "envelope": {"kind": "surprise"}})
    letter = read_dead_letter("Relay", body)
    assert (letter.kind, letter.about, letter.message) == ("parked", {"item": "JOB#1"}, body)


@pytest.mark.parametrize("body", ["", "poison", "[]", "3", "null", "{}", '{"Records": []}', '{"Records": [{"s3": 1}]}'])
def test_what_nobody_understands_is_kept_where_only_we_write_and_else_only_named(body: str) -> None:
    ours = read_dead_letter("Erasures", body)
    assert (ours.kind, ours.remedy, ours.message) == ("not-understood", Remedy.SEND_AGAIN, body)
    foreign = read_dead_letter("ResumeDrops", body)
    assert (foreign.kind, foreign.remedy, foreign.message) == ("not-understood", Remedy.NOTHING_KEPT, None)


@pytest.mark.parametrize("key", ["Ada+Lovelace.pdf", "elsewhere/Ada.pdf", "drops/Ada.pdf", "uploads/Ada.pdf"])
def test_an_object_in_a_place_of_its_own_is_not_named(key: str) -> None:
    body = json.dumps({"Records": [{"s3": {"object": {"key": key, "versionId": "1", "size": 3}}}]})
    letter = read_dead_letter("ResumeDrops", body)
    assert letter.remedy is Remedy.NOTHING_KEPT
    assert "Ada" not in letter.model_dump_json()
