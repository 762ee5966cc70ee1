"""The candidate's side of the HTTPS API: `/me`."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.event_handler import Response

from hiring.candidates import actions as candidates
from hiring.candidates import store as candidate_store
from hiring.candidates.api import EmployerBlocksView, Enrolment, MeView
from hiring.candidates.model import Candidate, CandidateMove, EmployerBlocks, NotificationSettings, Preferences
from hiring.intake import actions as intake
from hiring.intake.api import ClientView, NewUpload, NewUploadView, ResumeView, UploadView
from hiring.invitations import actions as invitations
from hiring.invitations.api import CandidateInvitationList, CandidateInvitationView
from hiring.invitations.model import Invitation, InvitationAnswer
from hiring.matching import actions as matching
from hiring.matching.api import MatchList, MatchView
from hiring.offers import actions as offers
from hiring.offers.api import CandidateOfferList, CandidateOfferView
from hiring.privacy import erasing, exporting
from hiring.privacy.api import ErasureView, ExportView
from hiring.reviews import actions as reviews
from hiring.reviews.api import AccessLog
from hiring.shared.addresses import address_digest
from hiring.shared.clients import cognito
from hiring.shared.clock import utc_now
from hiring.shared.errors import NotAuthenticated, NotFound
from hiring.shared.files import artefacts, resumes
from hiring.shared.links import signing_key
from hiring.shared.settings import settings
from hiring.shared.table import table
from hiring.shared.web import (
    Answer,
    Cursor,
    PageCursor,
    PageSize,
    Record,
    Role,
    caller,
    document,
    limit_writes,
    once,
    read_version,
    resolver,
    serve,
)
from hiring.suppressions import store as suppressions

app = resolver()


@app.get("/me", tags=["Candidate"])
def who_am_i() -> MeView:
    """Who am I here?"""
    try:
        return _me(candidate_store.candidate_of_login(table(), caller(app).sub).value)
    except NotFound:
        return MeView(enrolled=False)


@app.put("/me/enrolment", tags=["Candidate"])
def enrol(request: Enrolment) -> MeView:
    """Consent to be matched for full-time jobs."""
    now = utc_now()
    who = caller(app)
    limit_writes(table(), who.sub, now)

    def read_email() -> str:
        try:
            user = cognito().get_user(AccessToken=who.access_token)
        except cognito().exceptions.NotAuthorizedException:
            raise NotAuthenticated("This access token was revoked. Sign in again.") from None
        return candidates.verified_email({pair["Name"]: pair.get("Value", "") for pair in user["UserAttributes"]})

    return _me(
        candidates.enrol(
            table(),
            who.sub,
            read_email=read_email,
            notice_version=request.notice_version,
            key=signing_key(),
            now=now,
        )
    )


@app.delete("/me/enrolment", tags=["Candidate"])
def opt_out() -> MeView:
    """Leave: in no shortlist that is started from now on; open invitations and offers end."""
    return _move(CandidateMove.OPT_OUT)


@app.put("/me/pause", tags=["Candidate"])
def pause() -> MeView:
    """Not now: in no shortlist until I resume."""
    return _move(CandidateMove.PAUSE)


@app.delete("/me/pause", tags=["Candidate"])
def end_pause() -> MeView:
    """Take part again."""
    return _move(CandidateMove.RESUME)


def _move(step: CandidateMove) -> MeView:
    now = utc_now()
    limit_writes(table(), caller(app).sub, now)
    return _me(candidates.move(table(), caller(app).sub, step, now=now))


def _me(candidate: Candidate) -> MeView:
    suppressed = suppressions.suppression(table(), address_digest(candidate.email, signing_key()))
    return MeView.of(candidate, mails_arrive=suppressed is None)


@app.get("/me/preferences", tags=["Candidate"])
def read_preferences() -> Response[Preferences]:
    """What I want; what was never stated excludes nothing."""
    candidate = candidate_store.candidate_of_login(table(), caller(app).sub).value
    stored = candidate_store.preferences(table(), candidate.id)
    return document(stored.value, stored.version)


@app.put("/me/preferences", tags=["Candidate"])
def write_preferences(request: Preferences) -> Response[Preferences]:
    """State what I want, replacing what I stated before."""
    now = utc_now()
    version = read_version(app)
    limit_writes(table(), caller(app).sub, now)
    stored = candidates.set_preferences(table(), caller(app).sub, request, read_version=version, now=now)
    return document(stored.value, stored.version)


@app.get("/me/employer-blocks", tags=["Candidate"])
def read_employer_blocks() -> Response[EmployerBlocksView]:
    """Employers that must never see me, and my current ones, which I may want to add."""
    candidate = candidate_store.candidate_of_login(table(), caller(app).sub).value
    stored = candidate_store.employer_blocks(table(), candidate.id)
    current = intake.current_employers(table(), artefacts(), candidate)
    return document(EmployerBlocksView.of(stored.value, current), stored.version)


@app.put("/me/employer-blocks", tags=["Candidate"])
def write_employer_blocks(request: EmployerBlocks) -> Response[EmployerBlocks]:
    """Name the employers that must never see me, replacing the list."""
    now = utc_now()
    version = read_version(app)
    limit_writes(table(), caller(app).sub, now)
    stored = candidates.set_employer_blocks(table(), caller(app).sub, request, read_version=version, now=now)
    return document(stored.value, stored.version)


@app.get("/me/notification-settings", tags=["Candidate"])
def read_notification_settings() -> Response[NotificationSettings]:
    """Which mails I take beside those about my file, invitations and offers."""
    candidate = candidate_store.candidate_of_login(table(), caller(app).sub).value
    stored = candidate_store.notification_settings(table(), candidate.id)
    return document(stored.value, stored.version)


@app.put("/me/notification-settings", tags=["Candidate"])
def write_notification_settings(request: NotificationSettings) -> Response[NotificationSettings]:
    """Say which mails I take."""
    now = utc_now()
    version = read_version(app)
    limit_writes(table(), caller(app).sub, now)
    stored = candidates.set_notification_settings(table(), caller(app).sub, request, read_version=version, now=now)
    return document(stored.value, stored.version)


@app.post("/me/resume-uploads", tags=["Candidate"], responses={201: {"description": "A form for one file"}})
def open_upload(request: NewUpload) -> Response[NewUploadView]:
    """Get a form to hand in my resume."""
    now = utc_now()
    limit = settings().resume_max_bytes
    return once(
        app,
        table(),
        now,
        lambda record: intake.open_upload(
            table(),
            resumes(),
            caller(app).sub,
            request.content_type,
            minutes=settings().upload_minutes,
            max_bytes=limit,
            now=now,
            record=record,
        ),
        lambda opened: Answer(
            201,
            NewUploadView.of(opened[0], opened[1], limit),
            {"Location": f"resume-uploads/{opened[0].id}"},
        ),
    )


@app.get("/me/resume-uploads/<upload_id>", tags=["Candidate"])
def read_upload(upload_id: str) -> UploadView:
    """What became of my file?"""
    return UploadView.of(intake.upload(table(), caller(app).sub, upload_id))


@app.get("/me/resume", tags=["Candidate"])
def read_resume() -> Response[ResumeView]:
    """My resume as it was read."""
    version, reading = intake.resume(table(), artefacts(), caller(app).sub)
    return document(ResumeView.of(version, reading), version.version)


@app.get("/me/resume/client-view", tags=["Candidate"])
def read_client_view() -> Response[ClientView]:
    """My resume exactly as clients see it before they invite me."""
    version, html = intake.client_view(table(), artefacts(), caller(app).sub)
    return document(ClientView(version=version.version, html=html), version.version)


@app.get("/me/matches", tags=["Candidate"])
def list_matches(limit: PageSize = 20, cursor: PageCursor = None) -> MatchList:
    """Where am I shortlisted, and why?"""
    candidate = candidate_store.candidate_of_login(table(), caller(app).sub).value
    pages = Cursor(app, "matches", utc_now())
    return matching.matches(table(), candidate.id, limit=limit, start=pages.position(cursor), mark=pages.next)


@app.get("/me/matches/<match_id>", tags=["Candidate"])
def read_match(match_id: str) -> MatchView:
    """One of my matches, and why."""
    candidate = candidate_store.candidate_of_login(table(), caller(app).sub).value
    return matching.match(table(), candidate.id, match_id)


@app.post("/me/matches/<match_id>/veto", tags=["Candidate"])
def veto_match(match_id: str) -> Response[MatchView]:
    """Take me off this shortlist, and off those that the same job will have."""
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: matching.veto(table(), _candidate_id(), match_id, now=now, record=record),
        lambda match: Answer(200, match),
    )


@app.get("/me/access-log", tags=["Candidate"])
def read_access_log(limit: PageSize = 20, cursor: PageCursor = None) -> AccessLog:
    """Who looked at my profile or resume, and when?"""
    candidate = candidate_store.candidate_of_login(table(), caller(app).sub).value
    pages = Cursor(app, "access-log", utc_now())
    return reviews.access_log(table(), candidate.id, limit=limit, start=pages.position(cursor), mark=pages.next)


@app.post("/me/exports", tags=["Candidate"], responses={202: {"description": "The copy is being made"}})
def request_export() -> Response[ExportView]:
    """Ask for a copy of everything that is held about me."""
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: exporting.request(table(), caller(app).sub, now=now, record=record),
        lambda export: Answer(202, ExportView.of(export), {"Location": f"exports/{export.id}", "Retry-After": "5"}),
    )


@app.get("/me/exports/<export_id>", tags=["Candidate"])
def read_export(export_id: str) -> ExportView:
    """The copy that I asked for, with a link to download it once it is made."""
    return exporting.read(table(), artefacts(), caller(app).sub, export_id, now=utc_now())


@app.post("/me/erasure", tags=["Candidate"], responses={202: {"description": "It has begun"}})
def request_erasure() -> Response[ErasureView]:
    """Forget me: everything that is held about me is erased. It cannot be taken back."""
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: erasing.request(table(), caller(app).sub, key=signing_key(), now=now, record=record),
        lambda receipt: Answer(202, ErasureView.of(receipt), {"Location": "erasure", "Retry-After": "60"}),
    )


@app.get("/me/erasure", tags=["Candidate"])
def read_erasure() -> ErasureView:
    """How far is it, and how much was there? I can read this also when nothing else is left."""
    return ErasureView.of(erasing.read(table(), caller(app).sub, key=signing_key()))


@app.get("/me/invitations", tags=["Candidate"])
def list_invitations(limit: PageSize = 20, cursor: PageCursor = None) -> CandidateInvitationList:
    """Who invited me?"""
    candidate = candidate_store.candidate_of_login(table(), caller(app).sub).value
    pages = Cursor(app, "invitations", utc_now())
    found, position = invitations.of_candidate(table(), candidate.id, limit=limit, start=pages.position(cursor))
    items = tuple(CandidateInvitationView.of(invitation) for invitation in found)
    return CandidateInvitationList(items=items, next_cursor=pages.next(position))


@app.get("/me/invitations/<invitation_id>", tags=["Candidate"])
def read_invitation(invitation_id: str) -> CandidateInvitationView:
    """One invitation with all that I am told about the job."""
    candidate = candidate_store.candidate_of_login(table(), caller(app).sub).value
    return CandidateInvitationView.of(invitations.own(table(), invitation_id, candidate.id))


@app.post("/me/invitations/<invitation_id>/accept", tags=["Candidate"])
def accept_invitation(invitation_id: str) -> Response[CandidateInvitationView]:
    """Yes, let us talk."""
    return _answer(invitation_id, InvitationAnswer.ACCEPT)


@app.post("/me/invitations/<invitation_id>/decline", tags=["Candidate"])
def decline_invitation(invitation_id: str) -> Response[CandidateInvitationView]:
    """No, thank you."""
    return _answer(invitation_id, InvitationAnswer.DECLINE)


def _answer(invitation_id: str, answer: InvitationAnswer) -> Response[CandidateInvitationView]:
    now = utc_now()

    def act(record: Record[Invitation]) -> Invitation:
        invitations.own(table(), invitation_id, _candidate_id())
        return invitations.answer(table(), invitation_id, answer, now=now, record=record)

    return once(app, table(), now, act, lambda invitation: Answer(200, CandidateInvitationView.of(invitation)))


@app.get("/me/offers", tags=["Candidate"])
def list_offers(limit: PageSize = 20, cursor: PageCursor = None) -> CandidateOfferList:
    """Who offers me employment?"""
    candidate = candidate_store.candidate_of_login(table(), caller(app).sub).value
    pages = Cursor(app, "offers", utc_now())
    found, position = offers.of_candidate(table(), candidate.id, limit=limit, start=pages.position(cursor))
    return CandidateOfferList(
        items=tuple(CandidateOfferView.of(offer) for offer in found), next_cursor=pages.next(position)
    )


@app.get("/me/offers/<offer_id>", tags=["Candidate"])
def read_offer(offer_id: str) -> Response[CandidateOfferView]:
    """One offer with the terms in force; accepting takes its ETag back."""
    candidate = candidate_store.candidate_of_login(table(), caller(app).sub).value
    offer = offers.own(table(), offer_id, candidate.id)
    return document(CandidateOfferView.of(offer.value), offer.version)


@app.post("/me/offers/<offer_id>/accept", tags=["Candidate"])
def accept_offer(offer_id: str) -> Response[CandidateOfferView]:
    """Yes, on the terms that I read: `If-Match` is their ETag, and terms that changed since are not accepted.

    Other invitations and offers of mine end then, and I am on no new shortlist until I end the pause.
    """
    now = utc_now()
    seen = read_version(app)
    return once(
        app,
        table(),
        now,
        lambda record: offers.accept(
            table(), offer_id, candidate_id=_candidate_id(), seen=seen, now=now, record=record
        ),
        lambda offer: Answer(200, CandidateOfferView.of(offer)),
    )


@app.post("/me/offers/<offer_id>/decline", tags=["Candidate"])
def decline_offer(offer_id: str) -> Response[CandidateOfferView]:
    """No, thank you."""
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: offers.decline(table(), offer_id, candidate_id=_candidate_id(), now=now, record=record),
        lambda offer: Answer(200, CandidateOfferView.of(offer)),
    )


def _candidate_id() -> str:
    """Who I am, looked up where a request acts: what is wrong with the request itself is said before."""
    return candidate_store.candidate_of_login(table(), caller(app).sub).value.id


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request of a candidate."""
    return serve(app, event, context, roles=frozenset({Role.CANDIDATE}))
