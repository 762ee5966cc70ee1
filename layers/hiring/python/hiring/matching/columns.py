"""Many candidates as columns: one value a candidate, or postings from a key to the candidates that have it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Sized
from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hiring.jobs.model import Seniority
from hiring.matching.directions import Signs, restored, signs_of, sizes_of
from hiring.matching.features import UNKNOWN, CandidateFeatures
from hiring.matching.postings import Joined, PostingLists, Postings
from hiring.matching.wishes import Fact, Stated, facts_of, pay_unit, skills_of, work_mode_bits
from hiring.skills.embedding import DIMENSIONS, Vector

type Rows = NDArray[np.bool_]

_SENIORITIES = tuple(Seniority)


@dataclass(frozen=True, eq=False)
class CandidateColumns:
    """The features of many candidates, a row each, in the order of their ids.

    `stated` has a bit for each thing that the candidate states (`Stated`). `pay` is the least yearly or other pay in
    minor units and `pay_unit` its currency and period; `zone` is a row of `zones`; `start` counts days
    (`date.toordinal`). `terms` are the words of the resume with their counts, `skills` those it dates with
    quarter years, `facts` places, countries, languages with levels, and blocked employers. The vectors are whole
    (int8), or the signs of them (uint8). 255 in `years` (quarters) and `seniority` means unknown.
    """

    ids: NDArray[np.bytes_]
    versions: NDArray[np.int64]
    resume_versions: NDArray[np.uint32]
    lengths: NDArray[np.uint16]
    years: NDArray[np.uint8]
    seniority: NDArray[np.uint8]
    stated: NDArray[np.uint8]
    work_modes: NDArray[np.uint8]
    pay: NDArray[np.int64]
    pay_unit: NDArray[np.uint32]
    zones: NDArray[np.bytes_]
    zone: NDArray[np.uint16]
    start: NDArray[np.int32]
    facts: PostingLists
    skills: PostingLists
    terms: PostingLists
    vectors: NDArray[np.int8] | Signs
    title_vectors: NDArray[np.int8] | Signs

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, candidates: Iterable[CandidateFeatures]) -> Self:
        """The columns of `candidates`; of two with one id the higher version holds."""
        newest: dict[str, CandidateFeatures] = {}
        for candidate in candidates:
            known = newest.get(candidate.candidate_id)
            if known is None or candidate.version >= known.version:
                newest[candidate.candidate_id] = candidate
        people = [newest[key] for key in sorted(newest, key=str.encode)]
        wishes = [person.preferences for person in people]
        zones = sorted({wish.time_zone for wish in wishes if wish.time_zone is not None})
        resumes = [person.resume for person in people]
        pays = [wish.minimum_pay for wish in wishes]
        return cls(
            ids=np.array([person.candidate_id.encode() for person in people], dtype=np.bytes_),
            versions=np.array([person.version for person in people], dtype=np.int64),
            resume_versions=np.array([person.resume_version for person in people], dtype=np.uint32),
            lengths=np.array([resume.length for resume in resumes], dtype=np.uint16),
            years=np.array(
                [UNKNOWN if r.years is None else min(round(r.years * 4), UNKNOWN - 1) for r in resumes], dtype=np.uint8
            ),
            seniority=np.array(
                [UNKNOWN if r.seniority is None else _SENIORITIES.index(r.seniority) for r in resumes], dtype=np.uint8
            ),
            stated=np.array([Stated.of(wish) for wish in wishes], dtype=np.uint8),
            work_modes=np.array([work_mode_bits(wish.work_modes) for wish in wishes], dtype=np.uint8),
            pay=np.array([0 if pay is None else pay.amount.amount_minor for pay in pays], dtype=np.int64),
            pay_unit=np.array(
                [0 if pay is None else pay_unit(pay.amount.currency, pay.period) for pay in pays], dtype=np.uint32
            ),
            zones=np.array([zone.encode() for zone in zones], dtype=np.bytes_),
            zone=np.array([0 if w.time_zone is None else zones.index(w.time_zone) for w in wishes], dtype=np.uint16),
            start=np.array(
                [0 if wish.earliest_start is None else wish.earliest_start.toordinal() for wish in wishes],
                dtype=np.int32,
            ),
            facts=_postings([facts_of(person) for person in people]),
            skills=_postings([skills_of(person) for person in people]),
            terms=Postings.of(
                _joined([resume.terms for resume in resumes], np.uint32),
                np.repeat(np.arange(len(people), dtype=np.uint32), _sizes(resume.terms for resume in resumes)),
                _joined([resume.counts for resume in resumes], np.uint8),
            ),
            vectors=_stack([resume.vector for resume in resumes]),
            title_vectors=_stack([resume.title_vector for resume in resumes]),
        )

    def terms_of(self, rows: NDArray[np.intp]) -> list[tuple[NDArray[np.uint32], NDArray[np.uint8]]]:
        """The terms of each of `rows`, ascending, with their counts."""
        place = np.zeros(len(self), dtype=np.uint16)
        place[rows] = np.arange(1, len(rows) + 1, dtype=np.uint16)
        terms = self.terms.plain()
        places = place[terms.rows]
        at = np.flatnonzero(places)
        keys = terms.keys[np.searchsorted(terms.offsets, at, side="right") - 1]
        mine = [places[at] == number for number in range(1, len(rows) + 1)]
        return [(keys[held], terms.values[at[held]]) for held in mine]

    def taken(self, rows: NDArray[np.intp]) -> CandidateColumns:
        """`rows` alone, which ascend."""
        places = np.full(len(self), -1, dtype=np.intp)
        places[rows] = np.arange(len(rows))
        columns: dict[str, object] = {}
        for field in fields(CandidateColumns):
            value = getattr(self, field.name)
            if isinstance(value, np.ndarray):
                columns[field.name] = value if field.name == "zones" else value[rows]
            else:
                columns[field.name] = value.plain().taken(places)
        return CandidateColumns(**columns)  # type: ignore[arg-type]

    def with_signs(self) -> CandidateColumns:
        """The same with the signs of the vectors only."""
        return replace(self, vectors=_signs(self.vectors), title_vectors=_signs(self.title_vectors))

    def rounded(self) -> CandidateColumns:
        """The same with the vectors as an index keeps them: statistics are the same before and after a compaction."""
        return replace(self, vectors=_rounded(self.vectors), title_vectors=_rounded(self.title_vectors))

    def rows_of(self, ids: NDArray[np.bytes_]) -> NDArray[np.intp]:
        """The rows of those of `ids` that are here."""
        at = np.searchsorted(self.ids, ids)
        inside = at < len(self)
        rows: NDArray[np.intp] = at[inside][self.ids[at[inside]] == ids[inside]]
        return rows

    def replaced_by(self, newer: CandidateColumns, *, gone: Sequence[str] = ()) -> tuple[Rows, Rows]:
        """Which of these rows no longer hold, and which rows of `newer` do: for one id the higher version wins."""
        holds = np.ones(len(newer), dtype=np.bool_)
        known = np.isin(newer.ids, self.ids[self.rows_of(newer.ids)])
        mine = self.versions[np.searchsorted(self.ids, newer.ids[known])]
        holds[known] = newer.versions[known] >= mine
        replaced = np.zeros(len(self), dtype=np.bool_)
        replaced[self.rows_of(newer.ids[holds])] = True
        replaced[self.rows_of(np.array(list(gone), dtype=np.bytes_))] = True
        return replaced, holds

    def merged(self, newer: CandidateColumns, *, gone: Sequence[str] = ()) -> CandidateColumns:
        """These rows with those of `newer` in their place, and without `gone`."""
        replaced, holds = self.replaced_by(newer, gone=gone)
        return _stacked(self, ~replaced, newer, holds)


def side_by_side(parts: Sequence[CandidateColumns]) -> CandidateColumns:
    """Candidates of several columns in one, in the order of the parts; postings are not copied."""
    if not parts:
        return CandidateColumns.of(())
    zones = np.unique(np.concatenate([part.zones for part in parts]))
    columns: dict[str, object] = {}
    for field in fields(CandidateColumns):
        values = [getattr(part, field.name) for part in parts]
        if field.name == "zones":
            columns["zones"] = zones
        elif field.name == "zone":
            columns["zone"] = np.concatenate([_renumbered(part, zones) for part in parts])
        elif isinstance(values[0], np.ndarray):
            columns[field.name] = np.concatenate(values)
        else:
            columns[field.name] = Joined([(each, len(part)) for each, part in zip(values, parts, strict=True)])
    return CandidateColumns(**columns)  # type: ignore[arg-type]


def _postings(rows: list[list[Fact]]) -> Postings:
    keys = np.array([key for facts in rows for key, _ in facts], dtype=np.uint32)
    values = np.array([value for facts in rows for _, value in facts], dtype=np.uint8)
    owners = np.repeat(np.arange(len(rows), dtype=np.uint32), _sizes(rows))
    return Postings.of(keys, owners, values)


def _stack(vectors: list[Vector]) -> NDArray[np.int8]:
    return np.stack(vectors) if vectors else np.zeros((0, DIMENSIONS), dtype=np.int8)


def _signs(vectors: NDArray[np.int8] | Signs) -> Signs:
    return signs_of(vectors.view(np.int8)) if vectors.dtype == np.int8 else vectors.view(np.uint8)


def _rounded(vectors: NDArray[np.int8] | Signs) -> NDArray[np.int8]:
    whole = vectors.view(np.int8)
    return restored(signs_of(whole), sizes_of(whole))


def _sizes(parts: Iterable[Sized]) -> NDArray[np.int64]:
    return np.array([len(part) for part in parts], dtype=np.int64)


def _joined[T: np.generic](arrays: list[NDArray[T]], dtype: type[T]) -> NDArray[T]:
    return np.concatenate(arrays).astype(dtype) if arrays else np.zeros(0, dtype=dtype)


def _stacked(
    a: CandidateColumns, keep_a: NDArray[np.bool_], b: CandidateColumns, keep_b: NDArray[np.bool_]
) -> CandidateColumns:
    order = np.argsort(np.concatenate([a.ids[keep_a], b.ids[keep_b]]), kind="stable")
    place = np.empty(len(order), dtype=np.uint32)
    place[order] = np.arange(len(order), dtype=np.uint32)
    zones = np.union1d(a.zones, b.zones)
    columns: dict[str, object] = {}
    for field in fields(CandidateColumns):
        left, right = getattr(a, field.name), getattr(b, field.name)
        if field.name == "zones":
            columns["zones"] = zones
        elif field.name == "zone":
            known = [_renumbered(part, zones)[keep] for part, keep in ((a, keep_a), (b, keep_b))]
            columns["zone"] = np.concatenate(known)[order]
        elif isinstance(left, np.ndarray):
            columns[field.name] = np.concatenate([left[keep_a], right[keep_b]])[order]
        else:
            columns[field.name] = _stacked_postings(left.plain(), keep_a, right.plain(), keep_b, place)
    return CandidateColumns(**columns)  # type: ignore[arg-type]


def _renumbered(part: CandidateColumns, zones: NDArray[np.bytes_]) -> NDArray[np.uint16]:
    if len(part.zones) == 0:
        return part.zone
    return np.searchsorted(zones, part.zones).astype(np.uint16)[part.zone]


def _stacked_postings(
    a: Postings, keep_a: NDArray[np.bool_], b: Postings, keep_b: NDArray[np.bool_], place: NDArray[np.uint32]
) -> Postings:
    triples = []
    first = 0
    for postings, keep in ((a, keep_a), (b, keep_b)):
        numbers = np.zeros(len(keep), dtype=np.uint32)
        kept = int(keep.sum())
        numbers[keep] = place[first : first + kept]
        first += kept
        keys, rows, values = postings.triples()
        held = keep[rows]
        triples.append((keys[held], numbers[rows[held]], values[held]))
    keys, rows, values = (np.concatenate(parts) for parts in zip(*triples, strict=True))
    return Postings.of(keys, rows, values)
