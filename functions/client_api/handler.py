"""The client's side of the HTTPS API until somebody is invited: `/organisations`, `/jobs`."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.event_handler import Response

from hiring.invitations import actions as invitations
from hiring.invitations.api import InvitationList, InvitationView, NewInvitation
from hiring.jobs import actions as jobs
from hiring.jobs.advertisement.model import Draft
from hiring.jobs.api import Advertisement, JobChange, JobList, JobSummary, JobView, NewJob
from hiring.jobs.model import Job
from hiring.matching import actions as matching
from hiring.matching.api import EntryView, RunList, RunView, ShortlistView, SubmittedJobView, WhatIfQuestion, WhatIfView
from hiring.organisations import store as organisations
from hiring.organisations.api import MembershipList, MembershipView
from hiring.reviews import actions as reviews
from hiring.reviews.api import EntryDetailView, ResumeLink
from hiring.reviews.marketplace import marketplace_profiles
from hiring.shared.clock import utc_now
from hiring.shared.files import artefacts
from hiring.shared.links import signing_key
from hiring.shared.settings import settings
from hiring.shared.table import table
from hiring.shared.web import (
    Answer,
    Cursor,
    PageCursor,
    PageSize,
    Role,
    caller,
    document,
    limit_writes,
    once,
    read_version,
    resolver,
    serve,
)

app = resolver()


@app.get("/organisations", tags=["Client"])
def list_organisations() -> MembershipList:
    """The organisations that I belong to, and as what."""
    members = organisations.memberships(table(), caller(app).sub)
    return MembershipList(
        items=tuple(
            MembershipView(
                id=member.organisation_id,
                name=organisations.organisation(table(), member.organisation_id).name,
                role=member.role,
            )
            for member in members
        )
    )


@app.post("/jobs", tags=["Client"], responses={201: {"description": "The job, with its first run requested"}})
def submit_job(request: NewJob) -> Response[SubmittedJobView]:
    """Submit a full-time job; its first shortlist is on the way."""
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: matching.submit_job(
            table(),
            request.organisation_id,
            request.terms(),
            by=caller(app).sub,
            now=now,
            record=record,
            closes_at=request.closes_at,
        ),
        lambda submitted: Answer(
            201,
            SubmittedJobView.submitted(*submitted),
            {"Location": f"jobs/{submitted[0].id}", "Retry-After": "2"},
        ),
    )


@app.post("/jobs/draft", tags=["Client"])
def draft_job(request: Advertisement) -> Draft:
    """Read an advertisement: the draft of a job, each field with the words that say so, and what is missing.

    Each requirement names the ESCO skills that it states, where it does. Nothing is stored. Offsets are code points of
    the text in NFC with line feeds alone.
    """
    from hiring.jobs.advertisement import read
    from hiring.jobs.advertisement.skills import with_skills

    limit_writes(table(), caller(app).sub, utc_now())
    return with_skills(read(request.text))


@app.get("/jobs", tags=["Client"])
def list_jobs(organisation_id: str, limit: PageSize = 20, cursor: PageCursor = None) -> JobList:
    """The jobs of one of my organisations, newest first."""
    pages = Cursor(app, f"jobs {organisation_id}", utc_now())
    page = jobs.of_organisation(table(), organisation_id, by=caller(app).sub, limit=limit, start=pages.position(cursor))
    items = tuple(JobSummary.of(item.read(Job)) for item in page.items)
    return JobList(items=items, next_cursor=pages.next(page.next_key))


@app.get("/jobs/<job_id>", tags=["Client"])
def read_job(job_id: str) -> Response[JobView]:
    """One job with its terms."""
    job = jobs.own(table(), job_id, by=caller(app).sub)
    return document(JobView.of(job.value), job.version)


@app.patch("/jobs/<job_id>", tags=["Client"])
def change_job(job_id: str, request: JobChange) -> Response[JobView]:
    """Change an open job: other terms are a new version and a new run, and existing invitations keep theirs."""
    now = utc_now()
    version = read_version(app)
    limit_writes(table(), caller(app).sub, now)
    job = matching.change_job(table(), job_id, request, read_version=version, by=caller(app).sub, now=now)
    return document(JobView.of(job.value), job.version)


@app.post("/jobs/<job_id>/close", tags=["Client"], responses={202: {"description": "The job, which is closing"}})
def close_job(job_id: str) -> Response[JobView]:
    """Close a job: nothing new begins in it, and everyone invited is told so within minutes."""
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: jobs.close(table(), job_id, by=caller(app).sub, now=now, record=record),
        lambda job: Answer(202, JobView.of(job), {"Location": f"../{job.id}", "Retry-After": "60"}),
    )


@app.post("/jobs/<job_id>/runs", tags=["Client"], responses={202: {"description": "The run that was requested"}})
def request_run(job_id: str) -> Response[RunView]:
    """Look again: a new run, beside the old ones."""
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: matching.request_run(table(), job_id, by=caller(app).sub, now=now, record=record),
        lambda run: Answer(202, RunView.of(run), {"Location": f"runs/{run.id}", "Retry-After": "2"}),
    )


@app.get("/jobs/<job_id>/runs", tags=["Client"])
def list_runs(job_id: str, limit: PageSize = 20, cursor: PageCursor = None) -> RunList:
    """A job's runs, newest first."""
    pages = Cursor(app, f"runs {job_id}", utc_now())
    return matching.runs(
        table(), job_id, by=caller(app).sub, limit=limit, start=pages.position(cursor), mark=pages.next
    )


@app.get("/jobs/<job_id>/runs/<run_id>", tags=["Client"])
def read_run(job_id: str, run_id: str) -> RunView:
    """One run: where it stands, its hash, and who was left out why."""
    return matching.run(table(), job_id, run_id, by=caller(app).sub)


@app.get("/jobs/<job_id>/shortlist", tags=["Client"])
def read_shortlist(job_id: str) -> ShortlistView:
    """The latest shortlist, best first, with a reason for every requirement."""
    return matching.shortlist(table(), job_id, by=caller(app).sub)


@app.get("/jobs/<job_id>/runs/<run_id>/shortlist", tags=["Client"])
def read_shortlist_of_run(job_id: str, run_id: str) -> ShortlistView:
    """The shortlist of one run."""
    return matching.shortlist(table(), job_id, by=caller(app).sub, run_id=run_id)


@app.get("/jobs/<job_id>/entries/<entry_id>", tags=["Client"])
def read_entry(job_id: str, entry_id: str) -> EntryDetailView:
    """One line of a shortlist with the candidate's profile. Opening it is recorded, and the candidate can see that."""
    return reviews.entry(
        table(), artefacts(), marketplace_profiles(), job_id, entry_id, by=caller(app).sub, now=utc_now()
    )


@app.post(
    "/jobs/<job_id>/entries/<entry_id>/resume-views",
    tags=["Client"],
    responses={201: {"description": "A link to the resume, valid for ten minutes"}},
)
def open_resume(job_id: str, entry_id: str) -> Response[ResumeLink]:
    """Open the resume without means of contact. It is recorded, and the candidate can see that."""
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: reviews.open_resume(table(), job_id, entry_id, by=caller(app).sub, now=now, record=record),
        lambda opened: Answer(201, opened, {"Location": opened.link}),
    )


@app.post("/jobs/<job_id>/what-if", tags=["Client"])
def ask_what_if(job_id: str, request: WhatIfQuestion) -> WhatIfView:
    """About how many more would pass if one condition were relaxed, in a range that singles nobody out."""
    return matching.what_if(table(), job_id, request.relax, by=caller(app).sub, key=signing_key(), now=utc_now())


@app.put("/jobs/<job_id>/entries/<entry_id>/pass", tags=["Client"])
def pass_over(job_id: str, entry_id: str) -> EntryView:
    """Not this one. It stays so in later runs of this job, and has no effect elsewhere."""
    now = utc_now()
    limit_writes(table(), caller(app).sub, now)
    return matching.pass_over(table(), job_id, entry_id, by=caller(app).sub, now=now)


@app.delete("/jobs/<job_id>/entries/<entry_id>/pass", tags=["Client"])
def reconsider(job_id: str, entry_id: str) -> EntryView:
    """I changed my mind: this one may be invited."""
    now = utc_now()
    limit_writes(table(), caller(app).sub, now)
    return matching.reconsider(table(), job_id, entry_id, by=caller(app).sub, now=now)


@app.post(
    "/jobs/<job_id>/entries/<entry_id>/invitations",
    tags=["Client"],
    responses={201: {"description": "The invitation"}},
)
def invite(job_id: str, entry_id: str, request: NewInvitation) -> Response[InvitationView]:
    """Invite a candidate to an interview."""
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: invitations.invite(
            table(),
            job_id,
            entry_id,
            request.message,
            by=caller(app).sub,
            days=settings().invitation_days,
            now=now,
            record=record,
        ),
        lambda invitation: Answer(201, InvitationView.of(invitation), {"Location": "../../invitations"}),
    )


@app.get("/jobs/<job_id>/invitations", tags=["Client"])
def list_invitations(job_id: str, limit: PageSize = 20, cursor: PageCursor = None) -> InvitationList:
    """A job's invitations, newest first."""
    pages = Cursor(app, f"invitations {job_id}", utc_now())
    found, position = invitations.of_job(table(), job_id, by=caller(app).sub, limit=limit, start=pages.position(cursor))
    return InvitationList(
        items=tuple(InvitationView.of(invitation) for invitation in found), next_cursor=pages.next(position)
    )


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request of a client."""
    return serve(app, event, context, roles=frozenset({Role.CLIENT}))
