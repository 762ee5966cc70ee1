"""A frozen run is made again from what it knew, and held against what it was (R10).

Of people who have left for good the inputs are gone. A score never depends on who else is listed, so that the rest of
such a run is made again all the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import Any

from hiring.matching import store
from hiring.matching.frozen import RunInput, digests, explain_candidates, freeze, read_run
from hiring.matching.model import Comparison, EntryState, Replay, ReplayOutcome, ReplayState, Run
from hiring.matching.places import document_key, input_key
from hiring.shared.files import Files
from hiring.shared.table import Table, retried
from hiring.skills.embedding import StaticEmbedding

_TOLD = 20
"""How many differences a comparison names at most."""
_WHOLE = ""
"""The JSON pointer of the whole document."""


def replay(
    table: Table, artefacts: Files, run_id: str, replay_id: str, *, embedding: StaticEmbedding, now: datetime
) -> Replay:
    """Bring a requested replay to its end, once: one that has its result is returned as it is. Raises `NotFound`."""

    def act() -> Replay:
        item = store.replay_item(table, run_id, replay_id)
        wanted = item.read(Replay)
        if wanted.state is not ReplayState.REQUESTED:
            return wanted
        run = store.run(table, wanted.job_id, run_id)
        ended = wanted.end(_compared(table, artefacts, run, embedding), now=now)
        table.commit([store.put_replay(ended, read_version=item.version)], now=now)
        return ended

    return retried(act)


def give_up(table: Table, run_id: str, replay_id: str, *, now: datetime) -> None:
    """End a replay that was tried in vain, so that nobody waits for it."""
    item = store.replay_item(table, run_id, replay_id)
    wanted = item.read(Replay)
    if wanted.state is ReplayState.REQUESTED:
        table.commit([store.put_replay(wanted.fail(now=now), read_version=item.version)], now=now)


def _compared(table: Table, artefacts: Files, run: Run, embedding: StaticEmbedding) -> Comparison:
    stored = artefacts.get(document_key(run.job_id, run.id))
    if stored is None or sha256(stored.data).hexdigest() != run.sha256:
        return Comparison(outcome=ReplayOutcome.DIFFERENT, entries=run.entries, differs=(_WHOLE,))
    found = {entry_id: artefacts.get(input_key(run.job_id, run.id, entry_id)) for entry_id in run.entry_ids}
    gone = {entry.id for entry in store.entries_of(table, run) if entry.state is EntryState.WITHDRAWN}
    inputs = {entry_id: kept.data for entry_id, kept in found.items() if kept}
    return compare(stored.data, inputs, erased=gone - inputs.keys(), embedding=embedding)


def compare(
    document: bytes, inputs: Mapping[str, bytes], *, erased: AbstractSet[str], embedding: StaticEmbedding
) -> Comparison:
    """A frozen run held against what `inputs`, by entry, give today; `erased` are entries that must have none.

    An input that is missing without a reason is a difference. Where the ruleset, the model or the taxonomy are others
    today, that is what differs, and nothing is made again.
    """
    frozen: dict[str, Any] = json.loads(document)
    listed = len(frozen["entries"])
    today = digests(embedding.digest)
    if frozen["digests"] != today:
        other = tuple(_differences(frozen["digests"], today, "/digests"))
        return Comparison(outcome=ReplayOutcome.DIFFERENT, entries=listed, differs=other)
    made = _made_again(document, inputs, embedding)
    differs = tuple(islice(_differences(_without(frozen, erased), _without(json.loads(made), erased), ""), _TOLD))
    if made == document:
        outcome = ReplayOutcome.IDENTICAL
    else:
        outcome = ReplayOutcome.INPUTS_ERASED if erased and not differs else ReplayOutcome.DIFFERENT
        differs = differs if erased or differs else (_WHOLE,)
    return Comparison(
        outcome=outcome, entries=listed, erased=len(erased), sha256=sha256(made).hexdigest(), differs=differs
    )


def _made_again(document: bytes, inputs: Mapping[str, bytes], embedding: StaticEmbedding) -> bytes:
    frozen = read_run(document)
    read = {
        entry_id: RunInput.model_validate_json(inputs[entry_id]) for entry_id in frozen.entry_ids if entry_id in inputs
    }
    explained = explain_candidates(frozen.basis, list(read.values()), embedding) if read else []
    return freeze(frozen.basis, frozen.funnel, explained, read)


def _without(content: dict[str, Any], erased: AbstractSet[str]) -> dict[str, Any]:
    """The run as if the erased had never been listed, with its entries by their ids, and their places counted anew."""
    kept = [entry for entry in content["entries"] if entry["entry_id"] not in erased]
    return {**content, "entries": {entry["entry_id"]: {**entry, "rank": rank} for rank, entry in enumerate(kept, 1)}}


def _differences(one: object, other: object, pointer: str) -> Iterator[str]:
    """JSON pointers of the places at which two documents are not the same."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in sorted(one.keys() | other.keys()):
            if name in one and name in other:
                yield from _differences(one[name], other[name], f"{pointer}/{name}")
            else:
                yield f"{pointer}/{name}"
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from _differences(left, right, f"{pointer}/{number}")
    elif one != other:
        yield pointer
