"""One real event for each trigger, replayed against its function: `events/triggers/<function>.<what>.json`."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from hiring.shared.outbox import Envelope
from hiring.shared.table import Put, Table
from tests.builders import NOW, aws_client, make_context

TRIGGERS = Path(__file__).parents[2] / "events" / "triggers"
FUNCTIONS = Path(__file__).parents[2] / "functions"
EVENTS = sorted(TRIGGERS.glob("*.json"))


def handled(answer: Any) -> bool:
    """All messages of a queue were taken: none is to come again."""
    return bool(answer == {"batchItemFailures": []})


def answered(status: int) -> Callable[[Any], bool]:
    """API Gateway got this status and a body that is JSON."""
    return lambda answer: answer["statusCode"] == status and json.loads(answer["body"]) is not None


EXPECTED: dict[str, Callable[[Any], bool]] = {
    "build_shortlist.match_requested": lambda answer: len(answer["batchItemFailures"]) == 1,  # no such job here
    "candidate_api.request": answered(200),
    "client_api.request": answered(200),
    "close_overdue.schedule": lambda answer: answer == {"closed": 0, "sent": 0, "failed": 0},
    "compact_index.schedule": lambda answer: answer is None,
    "conversation_api.request": answered(200),
    "invitation_api.request": answered(404),  # no such invitation here
    "operator_api.request": answered(201),
    "erase_candidate.erasure_requested": lambda answer: len(answer["batchItemFailures"]) == 1,  # nobody asked for it
    "erase_candidate.reapply": lambda answer: answer == {"begun": 0},
    "keep_failed_work.failed": handled,
    "make_export.export_requested": handled,  # nobody waits for it
    "public_links.request": answered(200),
    "read_resume.dropped": handled,
    "read_resume.dropped_by_operator": handled,
    "read_resume.test_event": handled,
    "receive_email.came": handled,
    "relay_outbox.inserted": lambda answer: answer is None,
    "rerun_jobs.schedule": lambda answer: answer == {"requested": 0},
    "send_email.mail": handled,
    "track_delivery.bounced": handled,
    "welcome_user.post_confirmation": lambda answer: answer["triggerSource"] == "PostConfirmation_ConfirmSignUp",
}


@pytest.fixture(autouse=True)
def enrolled(table: Table) -> None:
    """The user of the events is an enrolled candidate and exists in the pool."""
    sub, candidate = "3f0c5d3e-8d2f-4f6c-9a57-0a6a2b1c7d11", "cand_01kb4q2f7m3v8x1n5r9t0w2y4z"
    from hiring.candidates import store
    from tests.builders import make_candidate

    person = make_candidate().model_copy(update={"id": candidate, "login": sub})
    table.commit([store.put_candidate(person), store.put_login(person)], now=NOW)
    aws_client("cognito-idp").admin_create_user(UserPoolId=os.environ["USER_POOL_ID"], Username=sub)


@pytest.mark.parametrize("path", EVENTS, ids=lambda path: path.stem)
def test_every_event_is_replayed(path: Path) -> None:
    event = json.loads(path.read_text())
    if path.stem.startswith("welcome_user"):
        event["userPoolId"] = os.environ["USER_POOL_ID"]
    handler = import_module(f"functions.{path.name.partition('.')[0]}.handler").handler
    assert EXPECTED[path.stem](handler(event, make_context()))


def test_every_function_has_an_event() -> None:
    functions = {folder.parent.name for folder in FUNCTIONS.glob("*/handler.py")}
    assert {path.name.partition(".")[0] for path in EVENTS} == functions


def test_the_streams_record_reaches_the_queue_of_match_jobs() -> None:
    handler = import_module("functions.relay_outbox.handler").handler
    handler(json.loads((TRIGGERS / "relay_outbox.inserted.json").read_text()), make_context())
    queue = os.environ["MATCH_JOBS_QUEUE_URL"]
    (message,) = aws_client("sqs").receive_message(QueueUrl=queue)["Messages"]
    asked = json.loads((TRIGGERS / "build_shortlist.match_requested.json").read_text())["Records"][0]["body"]
    assert Envelope.model_validate_json(message["Body"]).body == json.loads(asked)["body"]


def test_a_drop_is_read_under_its_decoded_name(table: Table) -> None:
    key = "drops/cand_01kb4q2f7m3v8x1n5r9t0w2y4z/Résumé (2026).pdf"
    version = aws_client("s3").put_object(Bucket="resumes", Key=key, Body=b"%PDF-1.4 cut off")["VersionId"]
    event = json.loads((TRIGGERS / "read_resume.dropped_by_operator.json").read_text())
    notice = json.loads(event["Records"][0]["body"])
    notice["Records"][0]["s3"]["object"]["versionId"] = version
    event["Records"][0]["body"] = json.dumps(notice)
    import_module("functions.read_resume.handler").handler(event, make_context())
    (upload,) = table.query("CAND#cand_01kb4q2f7m3v8x1n5r9t0w2y4z", prefix="UPL#")
    assert upload.data["state"] == "NEEDS_NEW_FILE"


def test_work_that_is_overdue_is_closed_and_sent(table: Table) -> None:
    from hiring.intake import store
    from hiring.intake.model import Upload, UploadState
    from hiring.shared.keys import Key
    from hiring.shared.outbox import mail

    long_ago = NOW - timedelta(days=300)
    upload = Upload(
        id="upl_1",
        candidate_id="cand_01kb4q2f7m3v8x1n5r9t0w2y4z",
        state=UploadState.PENDING,
        content_type="text/plain",
        created_at=long_ago,
        expires_at=long_ago,
    )
    left_behind = mail("JOB#1", "shortlist-ready", "sub-1")
    table.commit([store.put_upload(upload), Put(Key("JOB#1"), {})], [left_behind], now=long_ago)
    handler = import_module("functions.close_overdue.handler").handler
    event = json.loads((TRIGGERS / "close_overdue.schedule.json").read_text())
    assert handler(event, make_context()) == {"closed": 1, "sent": 1, "failed": 0}
    assert handler(event, make_context()) == {"closed": 0, "sent": 0, "failed": 0}
    assert store.upload(table, upload.candidate_id, upload.id).state is UploadState.EXPIRED


def test_what_cannot_be_closed_raises_in_the_end_and_stops_nothing_else(table: Table) -> None:
    from hiring.shared.keys import Key
    from hiring.shared.outbox import mail

    long_ago = NOW - timedelta(days=300)
    strange = Put(Key("ODD#1"), {}, indexes={"gsi3": ("DUE#0", long_ago.isoformat(timespec="seconds"))})
    table.commit([strange, Put(Key("JOB#1"), {})], [mail("JOB#1", "shortlist-ready", "sub-1")], now=long_ago)
    module = import_module("functions.close_overdue.handler")
    event = json.loads((TRIGGERS / "close_overdue.schedule.json").read_text())
    with pytest.raises(module.WorkLeftUndone):
        module.handler(event, make_context())
    assert list(table.query("JOB#1", prefix="OUT#")) == []


def test_a_match_job_that_keeps_failing_ends_its_run(table: Table) -> None:
    from hiring.matching import store
    from hiring.matching.model import Run, RunState

    event = json.loads((TRIGGERS / "build_shortlist.match_requested.json").read_text())
    asked = json.loads(event["Records"][0]["body"])["body"]
    run = Run(id=asked["run_id"], job_id=asked["job_id"], job_version=1, requested_at=NOW, requested_by="sub")
    table.commit([store.put_run(run)], now=NOW)
    handler = import_module("functions.build_shortlist.handler").handler
    for tries, state in (("1", RunState.REQUESTED), ("2", RunState.REQUESTED), ("3", RunState.FAILED)):
        event["Records"][0]["attributes"]["ApproximateReceiveCount"] = tries
        assert len(handler(event, make_context())["batchItemFailures"]) == 1
        assert store.run(table, run.job_id, run.id).state is state
