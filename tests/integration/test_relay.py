"""Messages reach the queue of their kind; one that nobody understands is parked, and nothing is lost."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from functions.relay_outbox.handler import handler
from hiring.shared.keys import Key
from hiring.shared.outbox import Message, MessageKind, mail
from hiring.shared.table import Put, Table
from tests.builders import NOW, aws_client, make_context


def _messages(variable: str) -> list[dict[str, Any]]:
    answer = aws_client("sqs").receive_message(QueueUrl=os.environ[variable], MaxNumberOfMessages=10)
    return [json.loads(message["Body"]) for message in answer.get("Messages", [])]


def _stream(pk: str) -> dict[str, Any]:
    raw = aws_client("dynamodb").query(
        TableName=os.environ["TABLE_NAME"],
        KeyConditionExpression="pk = :pk AND begins_with(sk, :out)",
        ExpressionAttributeValues={":pk": {"S": pk}, ":out": {"S": "OUT#"}},
    )["Items"]
    return {"Records": [{"eventID": str(n), "dynamodb": {"NewImage": image}} for n, image in enumerate(raw)]}


def test_each_kind_of_message_reaches_its_queue_and_leaves_the_outbox(table: Table) -> None:
    messages = [
        mail("JOB#1", "shortlist-ready", "sub-1", job_id="1"),
        Message(MessageKind.MATCH_REQUESTED, "JOB#1", {"job_id": "1", "run_id": "2"}),
    ]
    table.commit([Put(Key("JOB#1"), {})], messages, now=NOW)
    handler(_stream("JOB#1"), make_context())
    assert [message["kind"] for message in _messages("EMAILS_QUEUE_URL")] == ["mail"]
    assert [message["body"]["run_id"] for message in _messages("MATCH_JOBS_QUEUE_URL")] == ["2"]
    assert list(table.query("JOB#1", prefix="OUT#")) == []


def test_a_message_that_nobody_understands_is_parked_and_the_others_go_on(table: Table) -> None:
    table.commit([Put(Key("JOB#1", "OUT#0"), {"envelope": {"kind": "surprise"}})], now=NOW)
    table.commit([Put(Key("JOB#1"), {})], [mail("JOB#1", "shortlist-ready", "sub-1")], now=NOW)
    handler(_stream("JOB#1"), make_context())
    assert _messages("RELAY_DEAD_LETTER_QUEUE_URL") == [
        {"pk": "JOB#1", "sk": "OUT#0", "envelope": {"kind": "surprise"}}
    ]
    assert len(_messages("EMAILS_QUEUE_URL")) == 1
    assert list(table.query("JOB#1", prefix="OUT#")) == []


def test_R30_a_message_stays_in_the_outbox_while_its_queue_fails(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    table.commit([Put(Key("JOB#1"), {})], [mail("JOB#1", "shortlist-ready", "sub-1")], now=NOW)
    stream = _stream("JOB#1")
    monkeypatch.setenv("EMAILS_QUEUE_URL", os.environ["EMAILS_QUEUE_URL"] + "-that-is-gone")
    handler(stream, make_context())
    assert len(list(table.query("JOB#1", prefix="OUT#"))) == 1


def test_a_record_that_comes_twice_sends_twice_and_fails_never(table: Table) -> None:
    table.commit([Put(Key("JOB#1"), {})], [mail("JOB#1", "shortlist-ready", "sub-1")], now=NOW)
    stream = _stream("JOB#1")
    handler(stream, make_context())
    handler(stream, make_context())
    first, second = _messages("EMAILS_QUEUE_URL")
    assert first["id"] == second["id"]
