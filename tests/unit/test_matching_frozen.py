"""Frozen runs, the index file, and the lives of runs and entries."""

from __future__ import annotations

import json

import pytest

from hiring.matching.columns import CandidateColumns
from hiring.matching.frozen import (
    Basis,
    CannotReplay,
    RunInput,
    canonical_json,
    digests,
    explain_candidates,
    freeze,
    replay,
    salted_digest,
)
from hiring.matching.model import Entry, EntryMove, EntryState, Funnel, Run, RunState
from hiring.matching.query import job_query
from hiring.matching.rates import Rates
from hiring.matching.scoring import pool_statistics
from hiring.shared.errors import IllegalMove
from hiring.skills.embedding import StaticEmbedding, load_embedding
from hiring.skills.tagging import load_tagger
from tests.builders import NOW, make_job_terms
from tests.matching_builders import RESUME, make_evidence, make_features

SALT = "5a" * 32
DESCRIPTION = (
    "You will build the services that sell our tickets and run them with us, from the first sketch to the night on "
    "which a whole country wants to travel."
)
FUNNEL = Funnel(considered=3, left_out={}, listed=2)


def frozen_run() -> tuple[bytes, dict[str, bytes]]:
    """A run with two entries, and their inputs."""
    people = [make_features(candidate_id="cand_1"), make_features(RESUME + "\nRan Kafka", candidate_id="cand_2")]
    others = [make_features(candidate_id=f"cand_other_{number}") for number in range(30)]
    terms = make_job_terms(description=DESCRIPTION)
    query = job_query(terms, load_embedding(), load_tagger())
    statistics = pool_statistics(CandidateColumns.of([*people, *others]), query, "gen_1")
    assert statistics.kindred is not None
    basis = Basis(
        run_id="run_1",
        job_id="job_1",
        job_version=1,
        terms=terms,
        employer="Gipfelwerk GmbH",
        as_of=NOW.date(),
        rates=Rates.shipped(),
        query=query,
        statistics=statistics,
        model=load_embedding().digest,
    )
    inputs = {
        f"ent_{number}": RunInput.of(person, make_evidence(), entry_id=f"ent_{number}", salt=SALT)
        for number, person in enumerate(people)
    }
    document = freeze(basis, FUNNEL, explain_candidates(basis, list(inputs.values()), load_embedding()), inputs)
    return document, {entry_id: entry.to_bytes() for entry_id, entry in inputs.items()}


def test_R10_a_run_holds_all_it_depended_on() -> None:
    document = json.loads(frozen_run()[0])
    assert set(document) == {
        "run_id",
        "job",
        "employer",
        "as_of",
        "rates",
        "query",
        "statistics",
        "digests",
        "funnel",
        "entries",
    }
    assert document["statistics"]["generation"] == "gen_1"
    assert set(document["digests"]) == {"ruleset", "model", "taxonomy"}
    assert [set(entry) for entry in document["entries"]] == [
        {"entry_id", "rank", "score", "band", "input", "explanation"}
    ] * 2


def test_R10_a_replay_gives_the_same_bytes() -> None:
    document, inputs = frozen_run()
    assert replay(document, inputs, load_embedding()) == document


def test_R10_a_changed_input_is_noticed() -> None:
    document, inputs = frozen_run()
    changed = inputs["ent_0"].replace(b"Almbahn", b"Talbahn")
    assert changed != inputs["ent_0"]
    assert replay(document, {**inputs, "ent_0": changed}, load_embedding()) != document


def test_R28_a_run_whose_inputs_were_erased_says_so() -> None:
    document, inputs = frozen_run()
    del inputs["ent_1"]
    with pytest.raises(CannotReplay, match=r"inputs-erased: 1 of 2"):
        replay(document, inputs, load_embedding())


def test_R10_another_model_refuses_to_replay() -> None:
    document, inputs = frozen_run()
    real = load_embedding()
    other = StaticEmbedding(real._weights, real._tokenizer, "another digest")
    with pytest.raises(CannotReplay, match="another"):
        replay(document, inputs, other)


def test_R10_canonical_json_depends_on_values_alone() -> None:
    assert canonical_json({"b": 1, "a": "ä"}) == canonical_json({"a": "ä", "b": 1}) == '{"a":"ä","b":1}'.encode()
    with pytest.raises(ValueError, match="JSON"):
        canonical_json(float("nan"))


def test_R28_without_the_salt_a_digest_says_nothing_of_its_content() -> None:
    assert salted_digest(SALT, b"the same") != salted_digest("6b" * 32, b"the same")


def test_the_digest_of_the_rules_changes_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    before = digests("model")
    monkeypatch.setattr("hiring.matching.scoring.SATURATION", 1.2)
    after = digests("model")
    assert before["ruleset"] != after["ruleset"]
    assert before["taxonomy"] == after["taxonomy"]


def test_a_run_ends_once() -> None:
    run = Run(id="run_1", job_id="job_1", job_version=1, requested_at=NOW, requested_by="sub")
    frozen = run.freeze(sha256="0", funnel=FUNNEL, entry_ids=("ent_1", "ent_2"), now=NOW)
    assert (frozen.state, frozen.entries) == (RunState.FROZEN, 2)
    for again in (frozen, run.fail("job-not-open")):
        with pytest.raises(IllegalMove):
            again.fail("job-not-open")


def test_R15_an_entry_can_be_passed_over_and_reconsidered_until_it_is_invited() -> None:
    entry = Entry(id="ent_1", job_id="job_1", run_id="run_1", candidate_id="cand_1", candidate_reference="Candidate 1")
    passed = entry.move(EntryMove.PASS_OVER)
    assert passed.state is EntryState.PASSED
    assert passed.move(EntryMove.RECONSIDER).move(EntryMove.INVITE).state is EntryState.INVITED
    with pytest.raises(IllegalMove):
        passed.move(EntryMove.INVITE)
