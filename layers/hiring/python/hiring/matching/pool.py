"""The pool as it is now: the generation in force and every change since (R1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hiring.matching import store
from hiring.matching.columns import CandidateColumns
from hiring.matching.features import CandidateFeatures, ResumeFeatures, is_current
from hiring.matching.index_store import LAYOUT, load_generation, read_manifest
from hiring.matching.passes import Pool, pool_of
from hiring.matching.renewing import Renewal
from hiring.matching.store import Delta, Person
from hiring.shared.files import Files
from hiring.shared.table import Table

FEW = 20_000
"""So many people can be read from the table by a run,"""
FEW_ANEW = 2000
"""and the resumes of so many read anew."""


class IndexOutdated(RuntimeError):
    """The index is of another layout, and its rebuilding has not ended yet: runs wait for it."""


@dataclass(frozen=True, eq=False)
class Changes:
    """What changed since the index was built: the deltas as read, who takes part now, and who no longer does.

    Who is `waiting` takes part, but the features are outdated and cannot be read anew.
    """

    deltas: tuple[Delta, ...]
    columns: CandidateColumns
    gone: tuple[str, ...]
    waiting: tuple[str, ...]


def read_changes(table: Table, renewal: Renewal) -> Changes:
    """Every change that the index may not hold yet, with the candidates as they are now; consistent."""
    deltas = tuple(store.deltas(table))
    people = store.people(table, (delta.candidate_id for delta in deltas))
    present = [d for d in deltas if d.candidate_id in people and people[d.candidate_id].takes_part]
    known = [features_of(people[delta.candidate_id], delta.version, renewal) for delta in present]
    columns = CandidateColumns.of(features for features in known if features is not None)
    here = {delta.candidate_id for delta in present}
    gone = tuple(delta.candidate_id for delta in deltas if delta.candidate_id not in here)
    waiting = tuple(delta.candidate_id for delta, found in zip(present, known, strict=True) if found is None)
    return Changes(deltas, columns, gone, waiting)


def current_pool(table: Table, artefacts: Files, renewal: Renewal) -> Pool:
    """Everybody who may be considered now. Changes are read first: what is merged meanwhile is in the generation.

    While an index of another layout waits to be rebuilt, few people are read from the table; where there are many,
    it raises `IndexOutdated`.
    """
    changes = read_changes(table, renewal)
    manifest, _ = read_manifest(artefacts)
    if manifest is not None and manifest.layout != LAYOUT:
        waits = f"the index is of layout {manifest.layout}; it is being rebuilt in layout {LAYOUT}"
        if manifest.candidates > FEW:
            raise IndexOutdated(waits)
        people = _taking_part(table, store.everybody(table))
        if sum(not is_current(person.features) for person in people if person.features) > FEW_ANEW:
            raise IndexOutdated(waits)
        columns, _ = _columns(people, renewal)
        return pool_of(None, columns.merged(changes.columns, gone=changes.gone), ())
    generation = None if manifest is None else load_generation(artefacts, manifest.generation)
    return pool_of(generation, changes.columns, changes.gone)


def taking_part(
    table: Table, candidate_ids: Iterable[str], renewal: Renewal
) -> tuple[CandidateColumns, tuple[str, ...]]:
    """Those of `candidate_ids` who take part, from what is stored with their resumes; any change replaces them. And the
    ids of those whose features are outdated and cannot be read anew.
    """
    return _columns(_taking_part(table, candidate_ids), renewal)


def features_by_id(
    table: Table, candidate_ids: Sequence[str], renewal: Renewal | None = None
) -> dict[str, CandidateFeatures]:
    """The features of those of `candidate_ids` who take part now, as they are stored.

    Left out are those whose features are outdated, where there is no `renewal` or it does not find their evidence.
    """
    people = _taking_part(table, candidate_ids)
    known = (features_of(person, person.head_version, renewal) for person in people)
    return {features.candidate_id: features for features in known if features is not None}


def features_of(person: Person, version: int, renewal: Renewal | None) -> CandidateFeatures | None:
    """The features of somebody who takes part, or None where they are outdated and not read anew.

    `version` orders them among others of the same candidate.
    """
    if person.features is None:
        raise ValueError("somebody without a resume has no features")
    if renewal is None and not is_current(person.features):
        return None
    resume = ResumeFeatures.unpack(person.features) if renewal is None else renewal.features(person)
    return (
        None
        if resume is None
        else CandidateFeatures(
            candidate_id=person.candidate.id,
            version=version,
            resume_version=person.candidate.resume_version,
            resume=resume,
            preferences=person.preferences,
            blocks=person.blocks,
        )
    )


def _taking_part(table: Table, candidate_ids: Iterable[str]) -> list[Person]:
    return [person for person in store.people(table, candidate_ids).values() if person.takes_part]


def _columns(people: Sequence[Person], renewal: Renewal) -> tuple[CandidateColumns, tuple[str, ...]]:
    known = [features_of(person, 0, renewal) for person in people]
    waiting = tuple(person.candidate.id for person, found in zip(people, known, strict=True) if found is None)
    return CandidateColumns.of(features for features in known if features is not None), waiting
