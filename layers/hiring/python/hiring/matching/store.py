"""Runs, entries and matches in the table, and what a run reads of candidates there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from hiring.candidates.employers import among
from hiring.candidates.model import Candidate, CandidateState, EmployerBlocks, Preferences
from hiring.jobs.model import Job
from hiring.matching.model import Entry, EntryState, Match, Pass, Replay, Run, WhatIf
from hiring.organisations.model import Organisation
from hiring.shared import keys
from hiring.shared.errors import NotFound
from hiring.shared.table import Item, Page, Put, Table

_HEAD_OF_RUN = "head"
"""Where a run stands among its entries, whose places are numbers."""


def put_run(run: Run, *, read_version: int = 0) -> Put:
    """Write a run; its id alone leads to it."""
    return Put.of(
        keys.run(run.job_id, run.id),
        run,
        read_version=read_version,
        indexes={"gsi1": (f"RUN#{run.id}", _HEAD_OF_RUN)},
    )


def put_replay(replay: Replay, *, read_version: int = 0) -> Put:
    """Write a replay."""
    return Put.of(keys.replay(replay.run_id, replay.id), replay, read_version=read_version)


def replay_item(table: Table, run_id: str, replay_id: str) -> Item:
    """A replay with its version in the table; raises `NotFound`."""
    item = table.get(keys.replay(run_id, replay_id))
    if item is None:
        raise NotFound
    return item


def put_entry(entry: Entry, *, read_version: int = 0) -> Put:
    """Write a line of a shortlist; its run finds it by its rank."""
    return Put.of(
        keys.entry(entry.job_id, entry.id),
        entry,
        read_version=read_version,
        indexes={"gsi1": (f"RUN#{entry.run_id}", f"{entry.rank:04d}")},
    )


def put_veto(candidate_id: str, job_id: str) -> Put:
    """Write that a candidate does not want to be listed for a job; said again it is the same."""
    return Put(keys.veto(candidate_id, job_id), {"job_id": job_id}, overwrite=True)


def match_item(table: Table, candidate_id: str, entry_id: str) -> Item:
    """The candidate's side of an entry; raises `NotFound`."""
    item = table.get(keys.match(candidate_id, entry_id))
    if item is None:
        raise NotFound
    return item


def put_match(candidate_id: str, match: Match) -> Put:
    """Write the candidate's side of an entry."""
    return Put.of(keys.match(candidate_id, match.entry_id), match)


def put_pass(passed: Pass) -> Put:
    """Write down that a client passed over a candidate, which nobody did so far."""
    return Put.of(keys.passed(passed.job_id, passed.candidate_id), passed)


def put_what_if(job_id: str, what_if: WhatIf) -> Put:
    """Write what a run counted for the relaxations of its job; what an attempt counted, a later one replaces."""
    return Put(keys.what_if(job_id, what_if.run_id), what_if.model_dump(mode="json"), overwrite=True)


def what_if(table: Table, job_id: str, run_id: str) -> WhatIf:
    """What a run counted for the relaxations of its job; raises `NotFound`."""
    item = table.get(keys.what_if(job_id, run_id))
    if item is None:
        raise NotFound
    return item.read(WhatIf)


def run_item(table: Table, job_id: str, run_id: str) -> Item:
    """A run with its version in the table; raises `NotFound`."""
    item = table.get(keys.run(job_id, run_id))
    if item is None:
        raise NotFound
    return item


def run(table: Table, job_id: str, run_id: str) -> Run:
    """A run; raises `NotFound`."""
    return run_item(table, job_id, run_id).read(Run)


def run_by_id(table: Table, run_id: str) -> Run:
    """A run whose job is not known; raises `NotFound`, also for one of this very moment, as the index lags."""
    found = table.index_page("gsi1", f"RUN#{run_id}", newest_first=True, limit=1).items
    if not found or found[0].key.sk != f"RUN#{run_id}":
        raise NotFound
    return found[0].read(Run)


def runs_page(table: Table, job_id: str, *, limit: int, start: Mapping[str, str] | None) -> Page:
    """A job's runs, newest first."""
    return table.page(keys.job(job_id).pk, prefix="RUN#", limit=limit, start=start, newest_first=True)


def entry_item(table: Table, job_id: str, entry_id: str) -> Item:
    """A line of a shortlist with its version in the table; raises `NotFound`."""
    item = table.get(keys.entry(job_id, entry_id))
    if item is None:
        raise NotFound
    return item


def as_they_stand(table: Table, job: Job, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries of a job as its client may see them now, read consistently.

    Those of a candidate who left are placeholders, as are open ones of who vetoed the job or blocks this employer
    (R27, R29). Whom the client passed over in any run is marked.
    """
    listed = tuple(entries)
    found = table.get_many(
        [
            keys.organisation(job.organisation_id),
            *(
                key
                for who in {entry.candidate_id for entry in listed}
                for key in (
                    keys.candidate(who),
                    keys.employer_blocks(who),
                    keys.veto(who, job.id),
                    keys.passed(job.id, who),
                )
            ),
        ]
    )
    employer = found[keys.organisation(job.organisation_id)].read(Organisation).name

    def standing(entry: Entry) -> Entry:
        who = entry.candidate_id
        head, blocks = found.get(keys.candidate(who)), found.get(keys.employer_blocks(who))
        here = head is not None and head.read(Candidate).state is not CandidateState.OPTED_OUT
        unwilling = keys.veto(who, job.id) in found or (
            blocks is not None and among(employer, blocks.read(EmployerBlocks).names)
        )
        marked = entry.marked(passed=keys.passed(job.id, who) in found)
        if here and (marked.state is EntryState.INVITED or not unwilling):
            return marked
        return marked.placeholder()

    return tuple(standing(entry) for entry in listed)


def entries_of(table: Table, run: Run) -> tuple[Entry, ...]:
    """The lines of a frozen run's shortlist in order, read consistently: a frozen run knows their ids."""
    found = table.get_many(keys.entry(run.job_id, entry_id) for entry_id in run.entry_ids)
    return tuple(sorted((item.read(Entry) for item in found.values()), key=lambda entry: entry.rank))


def ever_listed(table: Table, job_id: str) -> tuple[str, ...]:
    """The ids of all candidates that any run of a job listed, read consistently."""
    entries = table.query(keys.job(job_id).pk, prefix="ENT#")
    return tuple(sorted({str(item.data["candidate_id"]) for item in entries}))


def ever_matched(table: Table, candidate_id: str) -> tuple[str, ...]:
    """The ids of all jobs that ever listed a candidate, read consistently."""
    matches = table.query(keys.candidate(candidate_id).pk, prefix="ENT#")
    return tuple(sorted({str(item.data["job_id"]) for item in matches}))


def matches_page(table: Table, candidate_id: str, *, limit: int, start: Mapping[str, str] | None) -> Page:
    """A candidate's side of the shortlists, newest first."""
    return table.page(keys.candidate(candidate_id).pk, prefix="ENT#", limit=limit, start=start, newest_first=True)


_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"


@dataclass(frozen=True)
class Delta:
    """That a candidate changed since the index was built; `change` is new for each change and sorts by time."""

    candidate_id: str
    change: str
    erased: bool = False
    """Whether nothing of the candidate may stay, in older generations neither."""

    @property
    def version(self) -> int:
        """The time of the change and some chance as a number below 2^60: of two changes the later is higher."""
        number = 0
        for digit in self.change.rpartition("_")[2][:12]:
            number = number * 32 + _DIGITS.index(digit)
        return number


@dataclass(frozen=True)
class Person:
    """A candidate as the table holds it now, with what was stated and the features of the resume in force.

    `head_version` is the item's, for a commit that requires that nothing changed.
    """

    candidate: Candidate
    head_version: int
    preferences: Preferences
    blocks: EmployerBlocks
    features: bytes | None
    evidence_key: str | None
    accepted_at: datetime | None
    vetoed: bool

    @property
    def takes_part(self) -> bool:
        """Whether the candidate may be matched: consenting, ACTIVE and with a resume (R1)."""
        return self.candidate.state is CandidateState.ACTIVE and self.features is not None


def deltas(table: Table) -> Iterator[Delta]:
    """Every change that the index may not hold yet."""
    for number in range(keys.DELTA_SHARDS):
        for item in table.query(f"DELTA#{number}"):
            yield Delta(item.data["candidate_id"], item.data["change"], erased=bool(item.data.get("erased")))


def people(table: Table, candidate_ids: Iterable[str], *, job_id: str | None = None) -> dict[str, Person]:
    """Those of `candidate_ids` that exist, read consistently; with `job_id` also whether they vetoed that job."""
    ids = list(dict.fromkeys(candidate_ids))
    about = [key for i in ids for key in (keys.candidate(i), keys.preferences(i), keys.employer_blocks(i))]
    vetoes = [] if job_id is None else [keys.veto(i, job_id) for i in ids]
    found = table.get_many([*about, *vetoes])
    heads = {i: found[keys.candidate(i)] for i in ids if keys.candidate(i) in found}
    candidates = {i: item.read(Candidate) for i, item in heads.items()}
    resumes = table.get_many(
        keys.resume_version(i, candidate.resume_version)
        for i, candidate in candidates.items()
        if candidate.resume_version
    )
    people = {}
    for i, candidate in candidates.items():
        wishes, blocks = found.get(keys.preferences(i)), found.get(keys.employer_blocks(i))
        resume = resumes.get(keys.resume_version(i, candidate.resume_version))
        people[i] = Person(
            candidate=candidate,
            head_version=heads[i].version,
            preferences=wishes.read(Preferences) if wishes else Preferences(),
            blocks=blocks.read(EmployerBlocks) if blocks else EmployerBlocks(),
            features=bytes(resume.data["features"]) if resume else None,
            evidence_key=str(resume.data["evidence_key"]) if resume else None,
            accepted_at=datetime.fromisoformat(str(resume.data["accepted_at"])) if resume else None,
            vetoed=job_id is not None and keys.veto(i, job_id) in found,
        )
    return people


def everybody(table: Table) -> Iterator[str]:
    """The ids of all candidates; one that has just come may be missing, but has a delta."""
    for number in range(keys.PEOPLE_SHARDS):
        start: Mapping[str, str] | None = None
        while True:
            page = table.index_page("gsi1", f"PEOPLE#{number}", start=start)
            yield from (item.read(Candidate).id for item in page.items)
            start = page.next_key
            if start is None:
                break


@dataclass(frozen=True)
class Accepted:
    """That a resume was accepted."""

    candidate_id: str
    at: datetime


def accepted_since(table: Table, since: datetime) -> Iterator[Accepted]:
    """The resumes that were accepted at `since` or later; one of the last seconds may be missing."""
    for number in range(keys.RESUME_SHARDS):
        for item in _newest_first(table, keys.resumes(number)):
            accepted_at = datetime.fromisoformat(str(item.data["accepted_at"]))
            if accepted_at < since:
                break
            yield Accepted(item.key.pk.removeprefix("CAND#"), accepted_at)


def _newest_first(table: Table, partition: str) -> Iterator[Item]:
    start: Mapping[str, str] | None = None
    while True:
        page = table.index_page("gsi2", partition, start=start, newest_first=True)
        yield from page.items
        start = page.next_key
        if start is None:
            return


def delete_delta(table: Table, delta: Delta) -> None:
    """Remove a delta unless the candidate changed again since it was read."""
    table.delete_if(keys.delta(delta.candidate_id), "change", delta.change)
