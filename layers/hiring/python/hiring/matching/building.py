"""A requested run becomes a frozen shortlist: rank, explain, check again, write down, commit (R1, R6, R10)."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from itertools import batched

import numpy as np

from hiring.jobs import store as jobs
from hiring.jobs.model import Job, JobState
from hiring.matching import store
from hiring.matching.columns import CandidateColumns
from hiring.matching.deal_breakers import Conditions, outcomes
from hiring.matching.features import CandidateFeatures
from hiring.matching.frozen import Basis, Explained, RunInput, explain_candidates, freeze, placing, read_run
from hiring.matching.model import (
    Entry,
    Extra,
    Funnel,
    Match,
    MatchVerdict,
    Reason,
    Run,
    RunCause,
    RunState,
    Told,
    WhatIf,
)
from hiring.matching.named_skills import named_skills
from hiring.matching.places import document_key, input_key, inputs_place
from hiring.matching.pool import current_pool, features_by_id, features_of
from hiring.matching.query import job_query
from hiring.matching.rates import Rates
from hiring.matching.renewing import Renewal
from hiring.matching.shortlist import Placed, above_floor, funnel_of, rank_everybody
from hiring.matching.store import Person
from hiring.matching.what_if import extras
from hiring.organisations import store as organisations
from hiring.resumes.model import Evidence
from hiring.shared import keys
from hiring.shared.files import FileChanged, Files, StoredFile
from hiring.shared.outbox import Message, mail
from hiring.shared.table import Change, Item, Put, Require, Table, retried
from hiring.skills.embedding import StaticEmbedding
from hiring.skills.tagging import load_tagger

DEPTH = 300
"""How many of the ranking a run looks at closely at most, in order, until the shortlist is full."""
LEAST = 40
"""How many it looks at in any case, since the evidence may bring somebody further up."""
_JSON = "application/json"


@dataclass(frozen=True, eq=False)
class _Result:
    """A frozen document with what its entries are made of."""

    document: bytes
    funnel: Funnel
    explained: tuple[Explained, ...]
    inputs: Mapping[str, RunInput]
    extras: tuple[Extra, ...]


def build_shortlist(
    table: Table, artefacts: Files, job_id: str, run_id: str, *, embedding: StaticEmbedding, now: datetime
) -> Run:
    """Bring a requested run to its end, once: a run that has one is returned as it is. Raises `NotFound`.

    The document is written before the commit. After a crash between the two, the next attempt takes the document
    that is there: what was frozen first stays.
    """

    def act() -> Run:
        item = store.run_item(table, job_id, run_id)
        run = item.read(Run)
        if run.state is not RunState.REQUESTED:
            return run
        job = jobs.job(table, job_id)
        if job.at(now).state is not JobState.OPEN:
            failed = run.fail("job-not-open")
            table.commit([store.put_run(failed, read_version=item.version)], now=now)
            return failed
        written = artefacts.get(document_key(job_id, run_id))
        if written is None:
            result = _rank(table, artefacts, run, embedding)
            written = _written_first(artefacts, run, result)
        if written is not None:
            result = _adopt(table, artefacts, run, written.data, embedding)
        return _commit(table, artefacts, item, result, job.organisation_id, now=now)

    return retried(act)


def give_up(table: Table, artefacts: Files, job_id: str, run_id: str, *, now: datetime) -> None:
    """End a run that was tried in vain, so that nobody waits for it; one that ended otherwise stays as it is."""
    item = table.get(keys.run(job_id, run_id))
    if item is not None and (run := item.read(Run)).state is RunState.REQUESTED:
        _forget_inputs(artefacts, run)
        table.commit([store.put_run(run.fail("internal"), read_version=item.version)], now=now)


def _rank(table: Table, artefacts: Files, run: Run, embedding: StaticEmbedding) -> _Result:
    job = jobs.job_version(table, run.job_id, run.job_version)
    renewal = Renewal(table, artefacts, lambda: embedding)
    pool = current_pool(table, artefacts, renewal)
    employer = organisations.organisation(table, job.organisation_id).name
    query, rates = job_query(job.terms, embedding, load_tagger()), Rates.shipped()
    conditions, people = Conditions(job.terms, employer, rates), partial(features_by_id, table, renewal=renewal)
    first = rank_everybody(pool, query, conditions, people, depth=DEPTH)
    basis = Basis(
        run_id=run.id,
        job_id=job.id,
        job_version=job.version,
        terms=job.terms,
        employer=employer,
        as_of=run.requested_at.date(),
        rates=rates,
        query=query,
        statistics=first.statistics,
        model=embedding.digest,
    )
    look = _CloserLook(table, artefacts, job, basis, renewal)
    for places in batched(first.best, LEAST, strict=False):
        look.take(places)
        if len(look.listed) >= job.terms.shortlist_size:
            break
    above = sorted(look.explained, key=lambda entry: placing(entry, look.listed[entry.entry_id].candidate_id))
    chosen = above[: job.terms.shortlist_size]
    inputs = {entry.entry_id: look.listed[entry.entry_id] for entry in chosen}
    funnel = funnel_of(first, look.left_out, len(chosen), absent=look.absent)
    return _Result(
        freeze(basis, funnel, chosen, inputs), funnel, tuple(chosen), inputs, extras(pool.parts, query, conditions)
    )


class _CloserLook:
    """Looks at the best of the ranking with their evidence, as the table holds them now."""

    def __init__(self, table: Table, artefacts: Files, job: Job, basis: Basis, renewal: Renewal) -> None:
        self._table = table
        self._artefacts = artefacts
        self._job = job
        self._basis = basis
        self._renewal = renewal
        self.listed: dict[str, RunInput] = {}
        self.explained: list[Explained] = []
        self.left_out: list[Reason] = []
        self.absent = 0
        """Who no longer takes part since the pool was read."""

    def take(self, places: tuple[Placed, ...]) -> None:
        """Add those of `places` that may be listed, and count the others."""
        people = store.people(self._table, (place.candidate_id for place in places), job_id=self._job.id)
        inputs: dict[str, RunInput] = {}
        for place in places:
            person = people.get(place.candidate_id)
            evidence = self._evidence(person) if person is not None and person.takes_part else None
            features = features_of(person, person.head_version, self._renewal) if person and evidence else None
            if person is None or evidence is None or features is None:
                self.absent += 1
            elif (reason := self._excluded(person, features)) is not None:
                self.left_out.append(reason)
            else:
                entry_id = _entry_id(self._basis.run_id, place.candidate_id)
                salt = secrets.token_hex(32)
                inputs[entry_id] = RunInput.of(features, evidence, entry_id=entry_id, salt=salt)
        for explained in explain_candidates(self._basis, list(inputs.values()), self._renewal.embedding()):
            if above_floor(explained.verdicts):
                self.listed[explained.entry_id] = inputs[explained.entry_id]
                self.explained.append(explained)
            else:
                self.left_out.append(Reason.BELOW_FLOOR)

    def _excluded(self, person: Person, features: CandidateFeatures) -> Reason | None:
        """The first deal-breaker by what the candidate states now."""
        if person.vetoed:
            return Reason.VETOED
        found = outcomes(CandidateColumns.of([features]), self._basis.conditions)
        return next((reason for reason, outcome in found.items() if np.any(outcome.excluded)), None)

    def _evidence(self, person: Person) -> Evidence | None:
        stored = self._artefacts.get(person.evidence_key) if person.evidence_key else None
        return Evidence.model_validate_json(stored.data) if stored else None


def _entry_id(run_id: str, candidate_id: str) -> str:
    """The same candidate has the same entry in every attempt at a run: what an attempt wrote, the next one replaces."""
    return "ent_" + sha256(f"{run_id}\n{candidate_id}".encode()).hexdigest()[:26]


def _written_first(artefacts: Files, run: Run, result: _Result) -> StoredFile | None:
    """Write the inputs, then the document; the one that somebody else wrote meanwhile, which then counts."""
    for entry_id, entry in result.inputs.items():
        artefacts.put(input_key(run.job_id, run.id, entry_id), entry.to_bytes(), content_type=_JSON)
    try:
        artefacts.swap(document_key(run.job_id, run.id), result.document, content_type=_JSON, etag=None)
    except FileChanged:
        return artefacts.get(document_key(run.job_id, run.id))
    return None


def _adopt(table: Table, artefacts: Files, run: Run, document: bytes, embedding: StaticEmbedding) -> _Result:
    """The result that an earlier attempt wrote down; what that attempt only counted is counted again."""
    frozen = read_run(document)
    inputs = {}
    for entry_id in frozen.entry_ids:
        stored = artefacts.get(input_key(run.job_id, run.id, entry_id))
        if stored is not None:
            inputs[entry_id] = RunInput.model_validate_json(stored.data)
    explained = explain_candidates(frozen.basis, list(inputs.values()), embedding)
    renewal = Renewal(table, artefacts, lambda: embedding)
    counted = extras(current_pool(table, artefacts, renewal).parts, frozen.basis.query, frozen.basis.conditions)
    return _Result(document, frozen.funnel, tuple(explained), inputs, counted)


def _forget_inputs(artefacts: Files, run: Run, *, but: AbstractSet[str] = frozenset()) -> None:
    """Remove what the attempts at a run wrote of people who are not on its list: nothing would lead there any more."""
    kept = {input_key(run.job_id, run.id, entry_id) for entry_id in but}
    for version in artefacts.versions(inputs_place(run.job_id, run.id)):
        if version.key not in kept:
            artefacts.delete_version(version.key, version.version_id)


def _commit(table: Table, artefacts: Files, item: Item, result: _Result, organisation_id: str, *, now: datetime) -> Run:
    """Freeze the run with its entries: each listed candidate must still be as read; who left gets a placeholder."""
    run = item.read(Run)
    people = store.people(table, (entry.candidate_id for entry in result.inputs.values()), job_id=run.job_id)
    changes: list[Change] = []
    listed: set[str] = set()
    for rank, explained in enumerate(result.explained, start=1):
        entry_input = result.inputs[explained.entry_id]
        person = people.get(entry_input.candidate_id)
        if person is None or not person.takes_part:
            changes.append(store.put_entry(_entry(run, rank, explained, entry_input).placeholder()))
            continue
        listed.add(entry_input.entry_id)
        changes += [
            store.put_entry(_entry(run, rank, explained, entry_input)),
            store.put_match(entry_input.candidate_id, _match(run, explained, entry_input.evidence, now)),
            Require(keys.candidate(entry_input.candidate_id), person.head_version),
        ]
    _forget_inputs(artefacts, run, but=listed)
    frozen = run.freeze(
        sha256=sha256(result.document).hexdigest(),
        funnel=result.funnel,
        entry_ids=tuple(explained.entry_id for explained in result.explained),
        now=now,
    )
    changes.append(store.put_run(frozen, read_version=item.version))
    changes.append(store.put_what_if(run.job_id, WhatIf(run_id=run.id, extras=result.extras)))
    if run.cause is RunCause.NEW_RESUMES:
        changes += _in_force(table, frozen)
    messages = []
    told = table.get(keys.told(run.job_id))
    is_due = told is None or told.read(Told).again(run, now=now)
    if is_due and _brings_news(table, run, [result.inputs[entry_id].candidate_id for entry_id in listed]):
        telling = Told(job_version=run.job_version, at=now)
        changes.append(Put.of(keys.told(run.job_id), telling, read_version=told.version if told else 0))
        messages.append(_shortlist_ready(run, organisation_id))
    table.commit(changes, messages, now=now)
    return frozen


def _in_force(table: Table, frozen: Run) -> Iterator[Change]:
    """Have the client read a shortlist that it did not ask for, unless it has asked for another one since."""
    item = jobs.job_item(table, frozen.job_id)
    job = item.read(Job)
    if job.latest_run_id is None or job.latest_run_id < frozen.id:
        yield jobs.put_job(job.model_copy(update={"latest_run_id": frozen.id}), read_version=item.version)


def _brings_news(table: Table, run: Run, listed: Sequence[str]) -> bool:
    """Whether a shortlist is worth a mail: one that the client asked for is, another with somebody new on it."""
    return run.cause is RunCause.CLIENT or not set(listed) <= set(store.ever_listed(table, run.job_id))


def _shortlist_ready(run: Run, organisation_id: str) -> Message:
    return mail(
        keys.job(run.job_id).pk,
        "shortlist-ready",
        f"USER#{run.requested_by}",
        organisation_id=organisation_id,
        job_id=run.job_id,
        run_id=run.id,
    )


def _entry(run: Run, rank: int, explained: Explained, entry_input: RunInput) -> Entry:
    headline = entry_input.evidence.headline
    return Entry(
        id=explained.entry_id,
        job_id=run.job_id,
        run_id=run.id,
        candidate_id=entry_input.candidate_id,
        candidate_reference=f"Candidate {rank}",
        rank=rank,
        score=explained.score,
        band=explained.band,
        headline=headline.value if headline else _latest_title(entry_input.evidence),
        resume_version=entry_input.resume_version,
        verdicts=explained.verdicts,
        preferences=explained.preferences,
    )


def _latest_title(evidence: Evidence) -> str | None:
    return next((position.title.value for position in evidence.employment if position.title is not None), None)


def _match(run: Run, explained: Explained, evidence: Evidence, now: datetime) -> Match:
    verdicts = tuple(
        MatchVerdict(
            verdict=verdict.verdict,
            quote=verdict.quote,
            start=verdict.start,
            end=verdict.end,
            years=verdict.years,
            last_year=verdict.last_year,
            skills=()
            if verdict.start is None or verdict.end is None
            else named_skills(evidence, verdict.start, verdict.end, load_tagger()),
        )
        for verdict in explained.verdicts
    )
    return Match(
        entry_id=explained.entry_id,
        job_id=run.job_id,
        run_id=run.id,
        matched_at=now,
        band=explained.band,
        verdicts=verdicts,
    )
