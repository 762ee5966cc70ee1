"""An operator has a frozen run made again: identical, different and where, or inputs-erased (R10, R28)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

import pytest

from functions.build_shortlist import handler as matcher
from hiring.matching import actions, store
from hiring.matching.frozen import RunInput
from hiring.matching.model import Entry, Inputs, Run, RunState
from hiring.matching.places import document_key, input_key
from hiring.matching.replaying import compare
from hiring.shared.files import Files
from hiring.shared.table import Table
from hiring.skills.embedding import load_embedding
from tests.builders import NOW, make_context, make_sqs_event, waiting
from tests.integration.test_matching import build, enter, member, submit
from tests.integration.test_operator_api import call
from tests.integration.test_operators import acts

__all__ = ["member"]  # a fixture


@pytest.fixture
def run(table: Table, artefacts: Files, member: str) -> Run:
    """A frozen run that lists two people."""
    for _ in range(2):
        enter(table, artefacts)
    made = build(table, artefacts, submit(table, member)[1])
    assert (made.state, made.entries) == (RunState.FROZEN, 2)
    return made


def replay(table: Table, run: Run, key: str = "one") -> dict[str, Any]:
    """What an operator reads after the matcher made the run again."""
    path = f"/operator/runs/{run.id}/replay"
    status, asked, headers = call("POST", path, headers={"Idempotency-Key": key})
    assert (status, asked["state"], asked["comparison"]) == (202, "REQUESTED", None)
    *_, envelope = waiting(table, f"RUN#{run.id}")
    event = make_sqs_event(envelope.model_dump(mode="json"))
    assert matcher.handler(event, make_context()) == {"batchItemFailures": []}
    where = urljoin(path, headers["Location"])
    status, ended, _ = call("GET", where)
    assert (status, ended["state"], ended["run_sha256"]) == (200, "ENDED", run.sha256)
    assert matcher.handler(event, make_context()) == {"batchItemFailures": []}  # delivered twice
    assert call("GET", where)[1] == ended
    return dict(ended["comparison"])


def leave(table: Table, artefacts: Files, run: Run, number: int) -> str:
    """Somebody who is listed has left for good, as an erasure leaves the run."""
    entry_id = run.entry_ids[number]
    item = store.entry_item(table, run.job_id, entry_id)
    table.commit([store.put_entry(item.read(Entry).placeholder(), read_version=item.version)], now=NOW)
    assert list(artefacts.erase(input_key(run.job_id, run.id, entry_id)))
    return entry_id


def test_R10_a_run_that_is_made_again_is_identical_and_that_it_was_asked_for_is_written_down(
    table: Table, run: Run
) -> None:
    assert replay(table, run) == {
        "outcome": "identical",
        "entries": 2,
        "erased": 0,
        "sha256": run.sha256,
        "differs": [],
    }
    call("POST", f"/operator/runs/{run.id}/replay", headers={"Idempotency-Key": "one"})
    assert len(waiting(table, f"RUN#{run.id}")) == 1
    assert acts() == [("run-replayed", run.id)]


def test_R28_a_run_of_somebody_who_was_erased_says_so_and_the_rest_is_as_it_was(
    table: Table, artefacts: Files, run: Run
) -> None:
    assert actions.shortlist(table, run.job_id, by=run.requested_by).inputs is Inputs.KEPT
    leave(table, artefacts, run, 0)
    assert actions.shortlist(table, run.job_id, by=run.requested_by).inputs is Inputs.ERASED
    told = replay(table, run)
    assert (told["outcome"], told["entries"], told["erased"], told["differs"]) == ("inputs-erased", 2, 1, [])
    leave(table, artefacts, run, 1)
    told = replay(table, run, "two")
    assert (told["outcome"], told["erased"], told["differs"]) == ("inputs-erased", 2, [])


def test_R10_what_was_changed_afterwards_is_named_by_its_place_and_not_by_its_content(
    table: Table, artefacts: Files, run: Run
) -> None:
    place = input_key(run.job_id, run.id, run.entry_ids[1])
    stored = artefacts.get(place)
    assert stored
    kept = RunInput.model_validate_json(stored.data)
    changed = kept.model_copy(update={"candidate_version": 99})
    artefacts.put(place, changed.to_bytes(), content_type="application/json")
    told = replay(table, run)
    assert (told["outcome"], told["differs"]) == ("different", [f"/entries/{run.entry_ids[1]}/input"])
    leave(table, artefacts, run, 0)
    told = replay(table, run, "two")  # of the rest something differs, which an erasure does not explain
    assert (told["outcome"], told["differs"]) == ("different", [f"/entries/{run.entry_ids[1]}/input"])
    assert kept.candidate_id not in json.dumps(told)


def test_R10_an_input_that_is_gone_without_an_erasure_is_a_difference(table: Table, artefacts: Files, run: Run) -> None:
    assert list(artefacts.erase(input_key(run.job_id, run.id, run.entry_ids[1])))
    told = replay(table, run)
    assert (told["outcome"], told["differs"]) == ("different", [f"/entries/{run.entry_ids[1]}"])


def test_R10_a_document_that_is_not_what_was_frozen_is_a_difference(table: Table, artefacts: Files, run: Run) -> None:
    key = document_key(run.job_id, run.id)
    stored = artefacts.get(key)
    assert stored
    artefacts.put(key, stored.data.replace(b'"rank":1', b'"rank":9'), content_type="application/json")
    assert replay(table, run)["differs"] == [""]
    assert list(artefacts.erase(key))
    assert replay(table, run, "two")["outcome"] == "different"


def test_R10_a_run_of_another_ruleset_says_that_this_is_what_differs(artefacts: Files, run: Run) -> None:
    stored = artefacts.get(document_key(run.job_id, run.id))
    assert stored
    document = json.loads(stored.data)
    document["digests"]["ruleset"] = "0" * 64
    document["query"] = "of a form that nobody knows any more"
    told = compare(json.dumps(document).encode(), {}, erased=set(), embedding=load_embedding())
    assert (told.outcome, told.sha256, told.differs) == ("different", None, ("/digests/ruleset",))


def test_R10_a_run_that_listed_nobody_is_made_again_too(table: Table, artefacts: Files, member: str) -> None:
    made = build(table, artefacts, submit(table, member)[1])
    assert made.entries == 0
    assert replay(table, made)["sha256"] == made.sha256


def test_only_frozen_runs_are_made_again(table: Table, member: str) -> None:
    _, requested = submit(table, member)
    path = f"/operator/runs/{requested.id}/replay"
    status, problem, _ = call("POST", path, headers={"Idempotency-Key": "one"})
    assert (status, problem["current_state"]) == (409, "REQUESTED")
    assert call("POST", "/operator/runs/run_1/replay", headers={"Idempotency-Key": "two"})[0] == 404
    assert call("GET", f"/operator/runs/{requested.id}/replays/rep_1")[0] == 404
    assert acts() == []


def test_a_replay_that_was_tried_in_vain_ends_as_failed(table: Table, artefacts: Files, run: Run) -> None:
    place = input_key(run.job_id, run.id, run.entry_ids[0])
    artefacts.put(place, b"not json", content_type="application/json")
    path = f"/operator/runs/{run.id}/replay"
    _, asked, _ = call("POST", path, headers={"Idempotency-Key": "one"})
    event = make_sqs_event(waiting(table, f"RUN#{run.id}")[0].model_dump(mode="json"))
    for tries, state in (("1", "REQUESTED"), ("2", "REQUESTED"), ("3", "FAILED")):
        event["Records"][0]["attributes"]["ApproximateReceiveCount"] = tries
        assert len(matcher.handler(event, make_context())["batchItemFailures"]) == 1
        assert call("GET", f"/operator/runs/{run.id}/replays/{asked['id']}")[1]["state"] == state
