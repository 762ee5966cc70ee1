"""Runs, shortlists and matches on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from pydantic import Field

from hiring.jobs.api import JobView
from hiring.jobs.model import Job
from hiring.matching.model import (
    Band,
    Entry,
    EntryState,
    Funnel,
    Inputs,
    Match,
    MatchVerdict,
    MoreRange,
    PreferenceVerdict,
    RequirementVerdict,
    Run,
    RunCause,
    RunState,
)
from hiring.shared.values import Document


class RunReference(Document):
    """A run and where it stands."""

    id: str
    state: RunState


class SubmittedJobView(JobView):
    """A job that was just submitted, with the run that looks for candidates."""

    run: RunReference

    @classmethod
    def submitted(cls, job: Job, run: Run) -> Self:
        """The view of a job and its first run."""
        return cls(**dict(JobView.of(job)), run=RunReference(id=run.id, state=run.state))


class RunView(Document):
    """A run: where it stands, and once frozen its hash and how it came from everybody to its list."""

    id: str
    job_id: str
    job_version: int
    state: RunState
    requested_at: datetime
    cause: RunCause
    frozen_at: datetime | None
    sha256: str | None
    funnel: Funnel | None
    entries: int
    failure: str | None

    @classmethod
    def of(cls, run: Run) -> Self:
        """The view of a run."""
        return cls(**run.model_dump(include=set(cls.model_fields)))


class RunList(Document):
    """A page of a job's runs, newest first."""

    items: tuple[RunView, ...]
    next_cursor: str | None


class EntryView(Document):
    """A line of a shortlist. `score` is how many deviations the candidate is above the mean of the pool."""

    id: str
    rank: int
    score: float
    band: Band
    candidate_reference: str
    headline: str | None
    verdicts: tuple[RequirementVerdict, ...]
    preferences: tuple[PreferenceVerdict, ...]
    state: EntryState

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """The view of an entry; of a candidate who left only the place remains."""
        left = entry.state is EntryState.WITHDRAWN
        return cls(
            id=entry.id,
            rank=entry.rank,
            score=round(entry.score / 1_000_000, 3),
            band=entry.band,
            candidate_reference=entry.candidate_reference,
            headline=None if left else entry.headline,
            verdicts=() if left else entry.verdicts,
            preferences=() if left else entry.preferences,
            state=entry.state,
        )


class ShortlistView(Document):
    """The shortlist of a run, best first; empty until the run is frozen.

    `inputs` says whether the run could be made again whole: `inputs-erased` once somebody on it has left for good.
    """

    run_id: str
    run_state: RunState
    inputs: Inputs
    funnel: Funnel | None
    items: tuple[EntryView, ...]


class MatchView(Document):
    """Where I was listed, and why: in my own words, without anything of the job (R29). `vetoed`: I am off its lists."""

    id: str
    matched_at: datetime
    band: Band
    verdicts: tuple[MatchVerdict, ...]
    vetoed: bool

    @classmethod
    def of(cls, match: Match, *, vetoed: bool) -> Self:
        """The candidate's view of an entry, and whether the candidate has vetoed its job."""
        return cls(
            id=match.entry_id,
            matched_at=match.matched_at,
            band=match.band,
            verdicts=match.verdicts,
            vetoed=vetoed,
        )


class MatchList(Document):
    """A page of my matches, newest first."""

    items: tuple[MatchView, ...]
    next_cursor: str | None


class WhatIfQuestion(Document):
    """Which one condition is relaxed.

    `pay-10-percent-more`, `pay-20-percent-more`, `start-30-days-later`, `start-90-days-later`; a deal-breaker that the
    job does without: `pay`, `work-mode`, `place`, `time-zone`, `authorisation`, `start-date`, `language` (all) or, of
    several, `language-de`; and `must-have-0` for the first must-have, `must-have-1` for the second.
    """

    relax: str = Field(pattern=r"^[a-z0-9-]{1,40}$")


class WhatIfView(Document):
    """About how many more would pass, in a range that singles nobody out; counted by the latest run."""

    run_id: str
    job_version: int
    relax: str
    more: MoreRange
