"""The local stack itself: each mend of the emulator, and that nothing of it outlives its parent."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import urllib3

from infra.local import mailbox, stack
from tests.end_to_end import probe


@pytest.fixture(scope="module")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return probe.write_assembly(tmp_path_factory.mktemp("probe") / "assembly")


@pytest.fixture(scope="module")
def running(assembly: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[stack.Stack]:
    with stack.running(assembly, tmp_path_factory.mktemp("probe") / "state") as it:
        yield it


@pytest.fixture(scope="module")
def found(running: stack.Stack) -> dict[str, Any]:
    """What a function of the local stack finds around it."""
    answer = urllib3.request("GET", f"{running.base_url}/anything")
    assert answer.status == 200, answer.data
    told: dict[str, Any] = answer.json()
    return told


def test_functions_have_the_packages_of_the_lambda_runtime_and_none_of_ours(found: dict[str, Any]) -> None:
    assert found["found"] == {"boto3": True, "pydantic": False, "ministack": False, "infra": False}


def test_functions_do_not_inherit_the_environment_of_whoever_starts_the_stack(
    found: dict[str, Any],
) -> None:
    assert "PYTEST_CURRENT_TEST" not in found["environment"]
    assert found["environment"]["HOME"] != os.environ["HOME"]


def test_a_layer_is_unpacked_once_for_all_processes(found: dict[str, Any], running: stack.Stack) -> None:
    unpacked = list((running.folder / "tmp" / "layers").iterdir())
    assert len(unpacked) == 1
    assert Path(found["layer"]).is_relative_to(unpacked[0])


def test_a_table_expires_items_by_the_attribute_that_its_template_names(running: stack.Stack) -> None:
    dynamodb = stack.session().client("dynamodb", endpoint_url=running.endpoint)
    told = dynamodb.describe_time_to_live(TableName=running.outputs["TableName"])["TimeToLiveDescription"]
    assert told == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires_at"}


def test_a_mail_is_kept_whole(running: stack.Stack) -> None:
    assert urllib3.request("GET", f"{running.base_url}/mail").status == 200
    mail = running.mailbox.wait(to="reader@example.com", subject="grüße", seconds=5)
    assert mail["Subject"] == probe.SUBJECT
    assert mail["List-Unsubscribe"] == "<https://example.com/u/1>"
    assert mailbox.body(mail) == "A line – with a dash\n"
    assert mailbox.body(mail, "html") == "<p>A line</p>\n"


def test_the_stack_listens_on_the_loopback_interface_only(running: stack.Stack) -> None:
    port = int(running.endpoint.rpartition(":")[2])
    listening = [line.split()[1:4] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    addresses = {local for local, _, state in listening if state == "0A" and int(local.partition(":")[2], 16) == port}
    assert addresses == {f"0100007F:{port:04X}"}


def test_a_queue_is_served_by_no_more_processes_than_there_are_processors(running: stack.Stack) -> None:
    processors = max(2, os.cpu_count() or 2)
    sqs = stack.session().client("sqs", endpoint_url=running.endpoint)
    for _ in range(processors + 4):
        sqs.send_message(QueueUrl=running.outputs["QueueUrl"], MessageBody="pause")
    seen = set()

    def done() -> bool:
        seen.add(_in_flight(sqs, running.outputs["QueueUrl"]))
        return _waiting(sqs, running.outputs["QueueUrl"]) == 0 == _in_flight(sqs, running.outputs["QueueUrl"])

    _wait_until(done, seconds=20)
    assert max(seen) == processors


def test_a_message_survives_the_killing_of_the_process_that_works_on_it(running: stack.Stack) -> None:
    sqs = stack.session().client("sqs", endpoint_url=running.endpoint)
    sqs.send_message(QueueUrl=running.outputs["QueueUrl"], MessageBody="wait")
    _wait_until(lambda: _in_flight(sqs, running.outputs["QueueUrl"]) == 1)
    before = _workers_of(running)
    assert before
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    _wait_until(lambda: bool(_workers_of(running) - before), seconds=15)


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_outlives_the_process_that_started_the_stack(
    end: signal.Signals, assembly: Path, tmp_path: Path
) -> None:
    parent = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "tests.end_to_end.probe", str(assembly), str(tmp_path / "state")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert parent.stdout is not None
    try:
        endpoint, base_url, queue = parent.stdout.readline().split()
        assert urllib3.request("GET", f"{base_url}/anything").status == 200
        # A function at work does not hear that the emulator has gone, so it has to be ended.
        sqs = stack.session().client("sqs", endpoint_url=endpoint)
        sqs.send_message(QueueUrl=queue, MessageBody="wait")
        _wait_until(lambda: _in_flight(sqs, queue) == 1)
        processes = _processes_below(parent.pid)
        assert len(processes) >= 2  # the emulator and a function
        parent.send_signal(end)
        parent.wait(15)
        _wait_until(lambda: not any(Path(f"/proc/{each}/cmdline").exists() for each in processes))
    finally:
        parent.kill()


def test_a_stack_that_cannot_be_created_says_why(assembly: Path, tmp_path: Path) -> None:
    template = json.loads((assembly / "Probe.template.json").read_text())
    template["Resources"]["Odd"] = {"Type": "Custom::Odd", "Properties": {"ServiceToken": "nobody"}}
    broken = probe.write_assembly(tmp_path / "assembly")
    (broken / "Probe.template.json").write_text(json.dumps(template))
    with (
        pytest.raises(RuntimeError, match="Odd"),
        stack.running(broken, tmp_path / "state"),
    ):
        pytest.fail("the stack should not have been created")


def _in_flight(sqs: Any, queue: str) -> int:
    return _number(sqs, queue, "ApproximateNumberOfMessagesNotVisible")


def _waiting(sqs: Any, queue: str) -> int:
    return _number(sqs, queue, "ApproximateNumberOfMessages")


def _number(sqs: Any, queue: str, name: str) -> int:
    return int(sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=[name])["Attributes"][name])


def _workers_of(running: stack.Stack) -> set[int]:
    """Processes of functions, which the emulator starts from scripts in the stack's own folder."""
    scripts = str(running.folder.absolute() / "tmp" / "ministack-lambda-")
    return {each for each in _all_processes() if scripts in _command(each)}


def _processes_below(parent: int) -> set[int]:
    below = {parent}
    for _ in range(4):
        below |= {each for each in _all_processes() if _parent(each) in below}
    return below - {parent}


def _all_processes() -> set[int]:
    return {int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()}


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return ""


def _parent(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)
