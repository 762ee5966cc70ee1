"""A matching run, its shortlist, and what is said of each candidate on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from hiring.jobs.model import RequirementKind
from hiring.shared.lifecycle import Moves, advance
from hiring.shared.values import Document


class Reason(StrEnum):
    """Why a candidate is not listed, in the order in which a funnel counts: the first that applies.

    All but the last two are deal-breakers (R7). `BELOW_FLOOR` is too little shown of the must-haves, `RANKED_LOWER`
    that the shortlist was full.
    """

    PAY = "pay"
    WORK_MODE = "work-mode"
    PLACE = "place"
    TIME_ZONE = "time-zone"
    AUTHORISATION = "authorisation"
    START_DATE = "start-date"
    LANGUAGE = "language"
    EMPLOYER_BLOCKED = "employer-blocked"
    VETOED = "vetoed"
    BELOW_FLOOR = "below-floor"
    RANKED_LOWER = "ranked-lower"


class Verdict(StrEnum):
    """What the resume shows of a requirement."""

    MET = "met"
    PARTLY = "partly"
    NOT_SHOWN = "not-shown"


class Band(StrEnum):
    """How good a match is: the share of the must-haves that the resume shows, half for one that is partly met.

    *strong* from four fifths, *good* from three fifths, else *partial*, for a closer look. Measured on 237 resumes
    before jobs of 19 occupations, judged by us before the product saw them: of those that were *strong* or *good* a
    recruiter would invite 33 of 35, of the *partial* ones 13 of 16, of those not listed 13 of 186.
    """

    STRONG = "strong"
    """At least four fifths are shown."""
    GOOD = "good"
    """At least three fifths."""
    PARTIAL = "partial"
    """Less: some of what is asked for, for a closer look."""


class Preference(StrEnum):
    """How a candidate's wishes and a job's conditions lie to each other where neither excludes."""

    FITS = "fits"
    NOT_STATED = "not-stated"


class RequirementVerdict(Document):
    """One requirement of the job and what the evidence text shows of it.

    `start` and `end` are code points into the evidence text; `years` is the dated use, to a tenth, and `last_year` the
    last calendar year of it, where the resume dates it.
    """

    requirement: str
    kind: RequirementKind
    verdict: Verdict
    quote: str | None = None
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=0)
    years: float | None = None
    last_year: int | None = None

    @model_validator(mode="after")
    def _no_quote_no_claim(self) -> Self:
        if (self.verdict is Verdict.NOT_SHOWN) != (self.quote is None):
            raise ValueError("a claim needs a quote, and only a claim has one")
        return self


class PreferenceVerdict(Document):
    """One kind of condition that the job raises and that does not exclude the candidate."""

    code: Reason
    verdict: Preference


class Funnel(Document):
    """How a run came from everybody to its list: everybody considered is listed or counted in `left_out`.

    `emptied_by` says what left nobody, where nobody is left: reasons, or the must-haves that the fewest show.
    """

    considered: int
    left_out: dict[Reason, int]
    listed: int
    emptied_by: tuple[str, ...] | None = None


class Extra(Document):
    """How many more would pass with one relaxation, as the index knows them (see `what_if`). `who` is a digest of them,
    and never leaves the system.
    """

    code: str
    count: int
    who: str


class WhatIf(Document):
    """What a run counted for every relaxation of its job; only ranges are told of it."""

    run_id: str
    extras: tuple[Extra, ...]


class MoreRange(Document):
    """About how many more would pass; without `at_most` there may be any number above."""

    at_least: int
    at_most: int | None


class RunState(StrEnum):
    """Where a run stands."""

    REQUESTED = "REQUESTED"
    FROZEN = "FROZEN"
    FAILED = "FAILED"


class RunMove(StrEnum):
    """What can happen to a run."""

    FREEZE = "freeze"
    FAIL = "fail"


RUN_MOVES: Moves[RunState, RunMove] = {
    (RunState.REQUESTED, RunMove.FREEZE): RunState.FROZEN,
    (RunState.REQUESTED, RunMove.FAIL): RunState.FAILED,
}


class RunCause(StrEnum):
    """What a run was requested for."""

    CLIENT = "client"
    """The client submitted the job, changed it, or asked for another run."""
    NEW_RESUMES = "new-resumes"
    """Since the shortlist before, resumes came whose owners could be on it (R11)."""


class Run(Document):
    """One matching of one version of a job; frozen, it never changes again (R10).

    `sha256` is that of the frozen document, `entries` the number of the listed. `failure` says why there is no
    shortlist.
    """

    id: str
    job_id: str
    job_version: int
    state: RunState = RunState.REQUESTED
    requested_at: datetime
    requested_by: str
    cause: RunCause = RunCause.CLIENT
    frozen_at: datetime | None = None
    sha256: str | None = None
    funnel: Funnel | None = None
    entries: int = 0
    entry_ids: tuple[str, ...] = ()
    failure: str | None = None

    def freeze(self, *, sha256: str, funnel: Funnel, entry_ids: tuple[str, ...], now: datetime) -> Self:
        """The run with its result; raises `IllegalMove` unless it was waiting for one."""
        return self.model_copy(
            update={
                "state": advance(self.state, RunMove.FREEZE, RUN_MOVES),
                "sha256": sha256,
                "funnel": funnel,
                "entries": len(entry_ids),
                "entry_ids": entry_ids,
                "frozen_at": now,
            }
        )

    def fail(self, failure: str) -> Self:
        """The run that ends without a shortlist; raises `IllegalMove` unless it was waiting for one."""
        return self.model_copy(update={"state": advance(self.state, RunMove.FAIL, RUN_MOVES), "failure": failure})


class ReplayState(StrEnum):
    """Where a replay of a frozen run stands."""

    REQUESTED = "REQUESTED"
    ENDED = "ENDED"
    FAILED = "FAILED"


class ReplayMove(StrEnum):
    """What can happen to a replay."""

    END = "end"
    FAIL = "fail"


REPLAY_MOVES: Moves[ReplayState, ReplayMove] = {
    (ReplayState.REQUESTED, ReplayMove.END): ReplayState.ENDED,
    (ReplayState.REQUESTED, ReplayMove.FAIL): ReplayState.FAILED,
}


class ReplayOutcome(StrEnum):
    """What making a frozen run again showed."""

    IDENTICAL = "identical"
    """The same bytes: their SHA-256 is the run's."""
    DIFFERENT = "different"
    INPUTS_ERASED = "inputs-erased"
    """Some of the listed have left for good; what is left of the run comes out as it was."""


class Comparison(Document):
    """A frozen run beside what its inputs give today.

    `sha256` is that of the bytes made today, None where none could be made. `erased` counts the listed whose input is
    gone. `differs` names the first places of the document at which the two are not the same, as JSON pointers in which
    an entry stands under its id; of what is there it says nothing.
    """

    outcome: ReplayOutcome
    entries: int
    erased: int = 0
    sha256: str | None = None
    differs: tuple[str, ...] = ()


class Replay(Document):
    """An operator's wish to see a frozen run made again, and what came of it."""

    id: str
    run_id: str
    job_id: str
    state: ReplayState = ReplayState.REQUESTED
    requested_at: datetime
    ended_at: datetime | None = None
    run_sha256: str
    comparison: Comparison | None = None

    def end(self, comparison: Comparison, *, now: datetime) -> Self:
        """The replay with its result; raises `IllegalMove` unless it was waiting for one."""
        return self.model_copy(
            update={
                "state": advance(self.state, ReplayMove.END, REPLAY_MOVES),
                "ended_at": now,
                "comparison": comparison,
            }
        )

    def fail(self, *, now: datetime) -> Self:
        """The replay that could not be made; raises `IllegalMove` unless it was waiting for its result."""
        return self.model_copy(update={"state": advance(self.state, ReplayMove.FAIL, REPLAY_MOVES), "ended_at": now})


TELL_AGAIN_AFTER = timedelta(days=1)
"""A client hears of another run of the same job at most so often (R11)."""


class Told(Document):
    """When the client was last told of a shortlist of a job, and of which version of it."""

    job_version: int
    at: datetime

    def again(self, run: Run, *, now: datetime) -> bool:
        """Whether the client is to be told of `run`: what is another job by now is always told."""
        return run.job_version != self.job_version or now - self.at >= TELL_AGAIN_AFTER


class EntryState(StrEnum):
    """Where a line of a shortlist stands."""

    LISTED = "LISTED"
    INVITED = "INVITED"
    PASSED = "PASSED"
    WITHDRAWN = "WITHDRAWN"
    """The candidate left: a placeholder."""


class Inputs(StrEnum):
    """Whether all that a frozen run knew of the listed is still kept, so that it can be made again whole."""

    KEPT = "kept"
    ERASED = "inputs-erased"
    """Somebody on it has left for good, and all that it knew of that person with them (R28)."""

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Self:
        """Of a run with these entries as they are stored: who has left for good is a bare place there."""
        left = any(entry.state is EntryState.WITHDRAWN for entry in entries)
        return cls.ERASED if left else cls.KEPT


class EntryMove(StrEnum):
    """What can happen to a line of a shortlist."""

    INVITE = "invite"
    PASS_OVER = "pass"  # noqa: S105  # not a password
    RECONSIDER = "reconsider"
    WITHDRAW = "withdraw"


ENTRY_MOVES: Moves[EntryState, EntryMove] = {
    (EntryState.LISTED, EntryMove.INVITE): EntryState.INVITED,
    (EntryState.INVITED, EntryMove.INVITE): EntryState.INVITED,
    (EntryState.LISTED, EntryMove.PASS_OVER): EntryState.PASSED,
    (EntryState.PASSED, EntryMove.PASS_OVER): EntryState.PASSED,
    (EntryState.PASSED, EntryMove.RECONSIDER): EntryState.LISTED,
    (EntryState.LISTED, EntryMove.RECONSIDER): EntryState.LISTED,
    (EntryState.LISTED, EntryMove.WITHDRAW): EntryState.WITHDRAWN,
    (EntryState.PASSED, EntryMove.WITHDRAW): EntryState.WITHDRAWN,
    (EntryState.WITHDRAWN, EntryMove.WITHDRAW): EntryState.WITHDRAWN,
}


class Entry(Document):
    """A line of a shortlist. `score` is in millionths of a deviation above the pool's mean."""

    id: str
    job_id: str
    run_id: str
    candidate_id: str
    candidate_reference: str
    state: EntryState = EntryState.LISTED
    rank: int = Field(default=1, ge=1)
    score: int = 0
    band: Band = Band.PARTIAL
    headline: str | None = None
    resume_version: int = 1
    verdicts: tuple[RequirementVerdict, ...] = ()
    preferences: tuple[PreferenceVerdict, ...] = ()

    def move(self, move: EntryMove) -> Self:
        """The entry after `move`; raises `IllegalMove` where its state does not allow it."""
        return self.model_copy(update={"state": advance(self.state, move, ENTRY_MOVES)})

    def placeholder(self) -> Self:
        """The entry of somebody who has left: its place, and nothing of the person."""
        nothing = {"score": 0, "band": Band.PARTIAL, "headline": None, "verdicts": (), "preferences": ()}
        return self.model_copy(update={"state": EntryState.WITHDRAWN, **nothing})

    def marked(self, *, passed: bool) -> Self:
        """The entry as it stands where the client passed over the candidate, perhaps in another run, or did not."""
        if passed and self.state is EntryState.LISTED:
            return self.model_copy(update={"state": EntryState.PASSED})
        return self


class Pass(Document):
    """That a client does not want a candidate for a job. It survives runs, and says nothing to any other job (R15)."""

    job_id: str
    candidate_id: str
    passed_by: str
    passed_at: datetime


class MatchVerdict(Document):
    """What a candidate reads of one requirement: the verdict and the own words, never the client's (R29).

    `skills` are those that the resume names within the quote.
    """

    verdict: Verdict
    quote: str | None
    start: int | None
    end: int | None
    years: float | None
    last_year: int | None = None
    skills: tuple[str, ...] = ()


class Match(Document):
    """The candidate's side of a shortlist entry. It says nothing of the job but its id."""

    entry_id: str
    job_id: str
    run_id: str
    matched_at: datetime
    band: Band
    verdicts: tuple[MatchVerdict, ...]
