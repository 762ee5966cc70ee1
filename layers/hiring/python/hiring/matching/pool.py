"""The pool as it is now: the generation in force and every change since (R1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hiring.matching import store
from hiring.matching.columns import CandidateColumns
from hiring.matching.features import CandidateFeatures, ResumeFeatures
from hiring.matching.index_store import LAYOUT, load_generation, read_manifest
from hiring.matching.passes import Pool, pool_of
from hiring.matching.store import Delta, Person
from hiring.shared.files import Files
from hiring.shared.table import Table

FEW = 20_000
"""So many people can be read from the table by a run."""


class IndexOutdated(RuntimeError):
    """The index is of another layout, and its rebuilding has not ended yet: runs wait for it."""


@dataclass(frozen=True, eq=False)
class Changes:
    """What changed since the index was built: the deltas as read, who takes part now, and who no longer does."""

    deltas: tuple[Delta, ...]
    columns: CandidateColumns
    gone: tuple[str, ...]


def read_changes(table: Table) -> Changes:
    """Every change that the index may not hold yet, with the candidates as they are now; consistent."""
    deltas = tuple(store.deltas(table))
    people = store.people(table, (delta.candidate_id for delta in deltas))
    present = [d for d in deltas if d.candidate_id in people and people[d.candidate_id].takes_part]
    columns = CandidateColumns.of(features_of(people[delta.candidate_id], delta.version) for delta in present)
    here = {delta.candidate_id for delta in present}
    gone = tuple(delta.candidate_id for delta in deltas if delta.candidate_id not in here)
    return Changes(deltas, columns, gone)


def current_pool(table: Table, artefacts: Files) -> Pool:
    """Everybody who may be considered now. Changes are read first: what is merged meanwhile is in the generation.

    While an index of another layout waits to be rebuilt, few people are read from the table; where there are many,
    it raises `IndexOutdated`.
    """
    changes = read_changes(table)
    manifest, _ = read_manifest(artefacts)
    if manifest is not None and manifest.layout != LAYOUT:
        if manifest.candidates > FEW:
            raise IndexOutdated(f"the index is of layout {manifest.layout}; it is being rebuilt in layout {LAYOUT}")
        return pool_of(None, taking_part(table, store.everybody(table)).merged(changes.columns, gone=changes.gone), ())
    generation = None if manifest is None else load_generation(artefacts, manifest.generation)
    return pool_of(generation, changes.columns, changes.gone)


def taking_part(table: Table, candidate_ids: Iterable[str]) -> CandidateColumns:
    """Those of `candidate_ids` who take part, from what is stored with their resumes; any change replaces them."""
    present = (person for person in store.people(table, candidate_ids).values() if person.takes_part)
    return CandidateColumns.of(features_of(person, 0) for person in present)


def features_by_id(table: Table, candidate_ids: Sequence[str]) -> dict[str, CandidateFeatures]:
    """The features of those of `candidate_ids` who take part now, as they are stored."""
    found = store.people(table, candidate_ids)
    return {i: features_of(person, person.head_version) for i, person in found.items() if person.takes_part}


def features_of(person: Person, version: int) -> CandidateFeatures:
    """The features of somebody who takes part; `version` orders them among others of the same candidate."""
    if person.features is None:
        raise ValueError("somebody without a resume has no features")
    return CandidateFeatures(
        candidate_id=person.candidate.id,
        version=version,
        resume_version=person.candidate.resume_version,
        resume=ResumeFeatures.unpack(person.features),
        preferences=person.preferences,
        blocks=person.blocks,
    )
