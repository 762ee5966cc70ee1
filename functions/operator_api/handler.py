"""The operator's side of the HTTPS API: `/operator`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query

from hiring.audit import store as audit_store
from hiring.audit.api import AuditEventList
from hiring.audit.model import AuditEvent
from hiring.broadcasts import actions as broadcasts
from hiring.broadcasts import store as broadcast_store
from hiring.broadcasts.api import BroadcastList, BroadcastView, LedgerPage, NewBroadcast
from hiring.broadcasts.model import Broadcast, LedgerRow
from hiring.failed_work import store as failed_work
from hiring.failed_work.api import FailedWorkList, FailedWorkView, QueueList, Redriven
from hiring.failed_work.model import Failure
from hiring.flags import actions as flags
from hiring.flags import store as flag_store
from hiring.flags.api import FlagChange, FlagList, FlagView
from hiring.flags.model import FlagName
from hiring.matching import replays
from hiring.matching import store as matching_store
from hiring.matching.model import Replay
from hiring.operators import actions as operators
from hiring.operators import redriving
from hiring.operators.api import AccountView, NewSuppression, SupportMailView, SuppressionList
from hiring.operators.redriving import Redriver
from hiring.organisations import actions as organisations
from hiring.organisations import store as organisation_store
from hiring.organisations.api import (
    EmailAddress,
    MemberList,
    MemberView,
    NewMember,
    NewOrganisation,
    OrganisationList,
    OrganisationView,
)
from hiring.organisations.model import Member, Organisation
from hiring.privacy import store as privacy_store
from hiring.privacy.api import ErasureReport, ErasureReportList
from hiring.privacy.model import Erasure
from hiring.shared.clients import cognito, sqs
from hiring.shared.clock import utc_now
from hiring.shared.errors import NotFound
from hiring.shared.files import artefacts, resumes
from hiring.shared.links import signing_key
from hiring.shared.settings import settings
from hiring.shared.table import table
from hiring.shared.values import Day
from hiring.shared.web import (
    JSON,
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
from hiring.support import actions as support
from hiring.support import store as support_store
from hiring.support.api import NewSupportRequest, SupportRequestList
from hiring.support.model import RequestMove, RequestState, SupportRequest
from hiring.suppressions import store as suppressions
from hiring.suppressions.model import Suppression

app = resolver()

AccountAddress = Annotated[EmailAddress, Query(description="The address of the account")]
WorkQueue = Annotated[str | None, Query(description="The name of a queue, such as Emails; all where none is named")]
AuditDay = Annotated[Day, Query(description="Such as 2027-03-01")]


@app.post("/operator/organisations", tags=["Operator"], responses={201: {"description": "The organisation"}})
def create_organisation(request: NewOrganisation) -> Response[OrganisationView]:
    """Take a client organisation in."""
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: organisations.create(table(), request.name, by=caller(app).sub, now=now, record=record),
        lambda organisation: Answer(
            201, OrganisationView.of(organisation), {"Location": f"organisations/{organisation.id}"}
        ),
    )


@app.get("/operator/organisations", tags=["Operator"])
def list_organisations(limit: PageSize = 20, cursor: PageCursor = None) -> OrganisationList:
    """All client organisations, by name."""
    pages = Cursor(app, "organisations", utc_now())
    page = organisation_store.organisations_page(table(), limit=limit, start=pages.position(cursor))
    items = tuple(OrganisationView.of(item.read(Organisation)) for item in page.items)
    return OrganisationList(items=items, next_cursor=pages.next(page.next_key))


@app.get("/operator/organisations/<organisation_id>", tags=["Operator"])
def read_organisation(organisation_id: str) -> OrganisationView:
    """One client organisation."""
    return OrganisationView.of(organisation_store.organisation(table(), organisation_id))


@app.get("/operator/organisations/<organisation_id>/members", tags=["Operator"])
def list_members(organisation_id: str, limit: PageSize = 20, cursor: PageCursor = None) -> MemberList:
    """Who belongs to an organisation?"""
    organisation_store.organisation(table(), organisation_id)
    pages = Cursor(app, f"members {organisation_id}", utc_now())
    page = organisation_store.members_page(table(), organisation_id, limit=limit, start=pages.position(cursor))
    items = tuple(MemberView.of(item.read(Member)) for item in page.items)
    return MemberList(items=items, next_cursor=pages.next(page.next_key))


@app.put(
    "/operator/organisations/<organisation_id>/members/<sub>",
    tags=["Operator"],
    responses={200: {"description": "The changed member"}, 201: {"description": "The new member"}},
)
def set_member(organisation_id: str, sub: str, request: NewMember) -> Response[MemberView]:
    """Make a user a member, or change its role or address."""
    now = utc_now()
    limit_writes(table(), caller(app).sub, now)
    organisation_store.organisation(table(), organisation_id)
    organisations.give_client_role(cognito(), settings().user_pool_id, sub)
    member, is_new = organisations.set_member(
        table(), organisation_id, sub, email=request.email, role=request.role, by=caller(app).sub, now=now
    )
    return Response(201 if is_new else 200, JSON, body=MemberView.of(member))


@app.delete(
    "/operator/organisations/<organisation_id>/members/<sub>",
    tags=["Operator"],
    responses={204: {"description": "No member any more"}},
)
def remove_member(organisation_id: str, sub: str) -> Response[None]:
    """End a membership at once."""
    now = utc_now()
    limit_writes(table(), caller(app).sub, now)
    organisations.remove_member(table(), organisation_id, sub, by=caller(app).sub, now=now)
    return Response(204, None, body=None)


@app.get("/operator/flags", tags=["Operator"])
def list_flags() -> FlagList:
    """All switches of the deployment, and which are on."""
    return FlagList(items=tuple(FlagView.of(name, flag_store.flag(table(), name).value) for name in FlagName))


@app.get("/operator/flags/<flag>", tags=["Operator"])
def read_flag(flag: str) -> Response[FlagView]:
    """One switch."""
    name = flags.named(flag)
    stored = flag_store.flag(table(), name)
    return document(FlagView.of(name, stored.value), stored.version)


@app.put("/operator/flags/<flag>", tags=["Operator"])
def set_flag(flag: str, request: FlagChange) -> Response[FlagView]:
    """Turn a switch on or off, from the very next use on."""
    now = utc_now()
    name = flags.named(flag)
    version = read_version(app)
    limit_writes(table(), caller(app).sub, now)
    stored = flags.set_flag(table(), name, on=request.on, read_version=version, by=caller(app).sub, now=now)
    return document(FlagView.of(name, stored.value), stored.version)


@app.post("/operator/broadcasts", tags=["Operator"], responses={202: {"description": "It begins within a minute"}})
def start_broadcast(request: NewBroadcast) -> Response[BroadcastView]:
    """Tell every participant: all who consent, paused or not, once each; or count them in a dry run."""
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: broadcasts.start(
            table(), request.announcement, dry_run=request.dry_run, by=caller(app).sub, now=now, record=record
        ),
        lambda broadcast: Answer(
            202,
            BroadcastView.of(broadcast),
            {"Location": f"broadcasts/{broadcast.id}", "Retry-After": "60"},
        ),
    )


@app.get("/operator/broadcasts", tags=["Operator"])
def list_broadcasts(limit: PageSize = 20, cursor: PageCursor = None) -> BroadcastList:
    """All broadcasts, newest first."""
    pages = Cursor(app, "broadcasts", utc_now())
    page = broadcast_store.broadcasts_page(table(), limit=limit, start=pages.position(cursor))
    items = tuple(BroadcastView.of(item.read(Broadcast)) for item in page.items)
    return BroadcastList(items=items, next_cursor=pages.next(page.next_key))


@app.get("/operator/broadcasts/<broadcast_id>", tags=["Operator"])
def read_broadcast(broadcast_id: str) -> BroadcastView:
    """How far a broadcast came."""
    return BroadcastView.of(broadcast_store.broadcast(table(), broadcast_id))


@app.post("/operator/broadcasts/<broadcast_id>/pause", tags=["Operator"])
def pause_broadcast(broadcast_id: str) -> Response[BroadcastView]:
    """Queue no more mails for now; those that are queued still go out."""
    return _moved_broadcast(broadcast_id, broadcasts.pause)


@app.post("/operator/broadcasts/<broadcast_id>/resume", tags=["Operator"])
def resume_broadcast(broadcast_id: str) -> Response[BroadcastView]:
    """Go on where it was paused."""
    return _moved_broadcast(broadcast_id, broadcasts.resume)


def _moved_broadcast(broadcast_id: str, act: Callable[..., Broadcast]) -> Response[BroadcastView]:
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: act(table(), broadcast_id, by=caller(app).sub, now=now, record=record),
        lambda broadcast: Answer(200, BroadcastView.of(broadcast)),
    )


@app.get("/operator/broadcasts/<broadcast_id>/ledger", tags=["Operator"])
def read_ledger(broadcast_id: str, limit: PageSize = 20, cursor: PageCursor = None) -> LedgerPage:
    """Whom a broadcast told, in no particular order."""
    broadcast_store.broadcast(table(), broadcast_id)
    pages = Cursor(app, f"ledger {broadcast_id}", utc_now())
    page = broadcast_store.ledger_page(table(), broadcast_id, limit=limit, start=pages.position(cursor))
    rows = tuple(item.read(LedgerRow) for item in page.items)
    return LedgerPage(items=rows, next_cursor=pages.next(page.next_key))


@app.get("/operator/candidates", tags=["Operator"])
def find_candidate(email: AccountAddress) -> AccountView:
    """The account with an e-mail address. That it was looked up is written down."""
    now = utc_now()
    return operators.look_up(table(), email, key=signing_key(), by=caller(app).sub, now=now)


@app.get("/operator/candidates/<candidate_id>", tags=["Operator"])
def read_candidate(candidate_id: str) -> AccountView:
    """A candidate's account. That it was looked at is written down."""
    return operators.account(table(), candidate_id, key=signing_key(), by=caller(app).sub, now=utc_now())


@app.post("/operator/support-requests", tags=["Operator"], responses={201: {"description": "The request"}})
def open_support_request(request: NewSupportRequest) -> Response[SupportRequest]:
    """Take in what the owner of an account asks for. It counts once it is verified."""
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: support.open_request(
            table(), request.kind, request.email, key=signing_key(), by=caller(app).sub, now=now, record=record
        ),
        lambda opened: Answer(201, opened, {"Location": f"support-requests/{opened.id}"}),
    )


@app.get("/operator/support-requests", tags=["Operator"])
def list_support_requests(state: RequestState, limit: PageSize = 20, cursor: PageCursor = None) -> SupportRequestList:
    """Requests in one state, the oldest first."""
    pages = Cursor(app, f"support requests {state}", utc_now())
    page = support_store.requests_page(table(), state, limit=limit, start=pages.position(cursor))
    found = (item.read(SupportRequest) for item in page.items)
    items = tuple(each for each in found if each.state is state)  # the index lags
    return SupportRequestList(items=items, next_cursor=pages.next(page.next_key))


@app.get("/operator/support-requests/<request_id>", tags=["Operator"])
def read_support_request(request_id: str) -> SupportRequest:
    """One request."""
    return support_store.request(table(), request_id)


@app.get("/operator/support-requests/<request_id>/mail", tags=["Operator"])
def read_support_mail(request_id: str) -> SupportMailView:
    """A link to the mail by which a request came, kept for thirty days. That it was looked at is written down."""
    return operators.mail_of_request(table(), artefacts(), request_id, by=caller(app).sub, now=utc_now())


@app.post("/operator/support-requests/<request_id>/verify", tags=["Operator"])
def verify_support_request(request_id: str) -> Response[SupportRequest]:
    """Mail a link to the account's address; whoever confirms there is its owner. Again, it mails another."""
    return _changed_request(request_id, RequestMove.VERIFY)


@app.post("/operator/support-requests/<request_id>/finish", tags=["Operator"])
def finish_support_request(request_id: str) -> Response[SupportRequest]:
    """Say that what was asked for is done; only once it is verified, unless it was a question."""
    return _changed_request(request_id, RequestMove.FINISH)


@app.post("/operator/support-requests/<request_id>/reject", tags=["Operator"])
def reject_support_request(request_id: str) -> Response[SupportRequest]:
    """Do nothing about it."""
    return _changed_request(request_id, RequestMove.REJECT)


def _changed_request(request_id: str, move: RequestMove) -> Response[SupportRequest]:
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: support.change_state(table(), request_id, move, by=caller(app).sub, now=now, record=record),
        lambda changed: Answer(200, changed),
    )


@app.get("/operator/suppressions", tags=["Operator"])
def list_suppressions(limit: PageSize = 20, cursor: PageCursor = None) -> SuppressionList:
    """Addresses that get no mails, and why."""
    pages = Cursor(app, "suppressions", utc_now())
    page = suppressions.page(table(), limit=limit, start=pages.position(cursor))
    items = tuple(item.read(Suppression) for item in page.items)
    return SuppressionList(items=items, next_cursor=pages.next(page.next_key))


@app.post("/operator/suppressions", tags=["Operator"], responses={201: {"description": "It gets no mails"}})
def suppress_address(request: NewSuppression) -> Response[Suppression]:
    """Have an address get no mails from now on."""
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: operators.suppress(
            table(), request.email, key=signing_key(), by=caller(app).sub, now=now, record=record
        ),
        lambda suppression: Answer(201, suppression, {"Location": f"suppressions/{suppression.digest}"}),
    )


@app.get("/operator/suppressions/<digest>", tags=["Operator"])
def read_suppression(digest: str) -> Suppression:
    """Why and since when an address gets no mails."""
    stored = suppressions.suppression(table(), digest)
    if stored is None:
        raise NotFound
    return stored.value


@app.delete(
    "/operator/suppressions/<digest>",
    tags=["Operator"],
    responses={204: {"description": "It gets mails again"}},
)
def lift_suppression(digest: str) -> Response[None]:
    """Have an address get mails again."""
    now = utc_now()
    limit_writes(table(), caller(app).sub, now)
    operators.lift(table(), digest, by=caller(app).sub, now=now)
    return Response(204, None, body=None)


@app.get("/operator/queues", tags=["Operator"])
def list_queues() -> QueueList:
    """The queues of work, and about how much waits on each."""
    return QueueList(items=redriving.queues(_redriver()))


@app.post("/operator/queues/<queue>/redrive", tags=["Operator"])
def redrive_queue(queue: str) -> Response[Redriven]:
    """Try a queue's failed work again, at most a hundred pieces: after its cause was mended."""
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: redriving.redrive_all(_redriver(), queue, by=caller(app).sub, now=now, record=record),
        lambda redriven: Answer(200, redriven),
    )


@app.get("/operator/failed-work", tags=["Operator"])
def list_failed_work(queue: WorkQueue = None, limit: PageSize = 20, cursor: PageCursor = None) -> FailedWorkList:
    """Work that failed for good and was not tried again since, what has failed longest first; kept for two weeks."""
    of = None if queue is None else _redriver().known(queue)
    now = utc_now()
    pages = Cursor(app, f"failed work {of}", now)
    page = failed_work.failures_page(table(), queue=of, limit=limit, start=pages.position(cursor))
    items = tuple(FailedWorkView.of(each) for each in failed_work.still_failed(page, now))
    return FailedWorkList(items=items, next_cursor=pages.next(page.next_key))


@app.get("/operator/failed-work/<failure_id>", tags=["Operator"])
def read_failed_work(failure_id: str) -> FailedWorkView:
    """One piece of failed work."""
    return FailedWorkView.of(failed_work.failure_item(table(), failure_id).read(Failure))


@app.post("/operator/failed-work/<failure_id>/redrive", tags=["Operator"])
def redrive_failed_work(failure_id: str) -> Response[FailedWorkView]:
    """Try one piece of failed work again; a run that has failed stays so, and another one of its job is requested."""
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: redriving.redrive(_redriver(), failure_id, by=caller(app).sub, now=now, record=record),
        lambda failure: Answer(200, FailedWorkView.of(failure)),
    )


def _redriver() -> Redriver:
    return Redriver(table(), sqs(), resumes(), redriving.chains(settings().work_queues))


@app.post(
    "/operator/runs/<run_id>/replay", tags=["Operator"], responses={202: {"description": "It is being made again"}}
)
def replay_run(run_id: str) -> Response[Replay]:
    """Have a frozen run made again from what it knew, and compared: byte for byte, by SHA-256."""
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: replays.request(table(), run_id, by=caller(app).sub, now=now, record=record),
        lambda replay: Answer(202, replay, {"Location": f"replays/{replay.id}", "Retry-After": "5"}),
    )


@app.get("/operator/runs/<run_id>/replays/<replay_id>", tags=["Operator"])
def read_replay(run_id: str, replay_id: str) -> Replay:
    """What came of making a run again: identical, different and where, or inputs-erased."""
    return matching_store.replay_item(table(), run_id, replay_id).read(Replay)


@app.get("/operator/audit", tags=["Operator"])
def list_audit_events(day: AuditDay, limit: PageSize = 20, cursor: PageCursor = None) -> AuditEventList:
    """What operators did on a day (UTC)."""
    pages = Cursor(app, f"audit {day}", utc_now())
    page = audit_store.events_page(table(), day, limit=limit, start=pages.position(cursor))
    events = tuple(item.read(AuditEvent) for item in page.items)
    return AuditEventList(items=events, next_cursor=pages.next(page.next_key))


@app.get("/operator/erasures", tags=["Operator"])
def list_erasures(limit: PageSize = 20, cursor: PageCursor = None) -> ErasureReportList:
    """Who was forgotten is not known any more; when, and how much there was."""
    pages = Cursor(app, "erasures", utc_now())
    page = privacy_store.erasures_page(table(), limit=limit, start=pages.position(cursor))
    items = tuple(ErasureReport.report(item.read(Erasure)) for item in page.items)
    return ErasureReportList(items=items, next_cursor=pages.next(page.next_key))


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request of an operator."""
    return serve(app, event, context, roles=frozenset({Role.OPERATOR}))
