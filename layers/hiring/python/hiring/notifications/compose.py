"""One function a mail: it reads what its template says, or returns the reason why nobody needs the mail any more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hiring.flags import store as flags
from hiring.flags.model import FlagName
from hiring.intake import store as intake
from hiring.invitations import store as invitations
from hiring.invitations.model import Invitation, InvitationState
from hiring.invitations.wording import pay_in_words, place_in_words
from hiring.jobs import store as jobs
from hiring.jobs.model import ClosingReason, PayRange
from hiring.matching import store as matching
from hiring.matching.model import RunCause
from hiring.notifications.model import Kind, Skip
from hiring.offers import store as offers
from hiring.offers.model import Offer, OfferState
from hiring.shared.links import Purpose, sign
from hiring.shared.table import Table
from hiring.support import store as support
from hiring.support.model import RequestState
from hiring.support.wording import ASKED

_LINK_OUTLIVES_INVITATION = timedelta(days=30)
"""Whoever opens the link too late still reads what became of the invitation."""


@dataclass(frozen=True)
class Case:
    """What a mail is made from: the ids of its message, and what links are made with."""

    table: Table
    ids: Mapping[str, str]
    base_url: str
    key: bytes
    now: datetime


type Compose = Callable[[Case], Mapping[str, object] | Skip]


def announcement_resume_reupload(case: Case) -> Mapping[str, object] | Skip:
    """To every participant: a new version of the resume is taken from now on (R5)."""
    taken = flags.flag(case.table, FlagName.RESUME_REUPLOAD).value.on
    return {} if taken else Skip.NO_LONGER_OPEN


def invitation(case: Case) -> Mapping[str, object] | Skip:
    """To the candidate: a client invites you, with the button that leads to the answer (R16)."""
    found = _invitation(case).at(case.now)
    if found.state is not InvitationState.SENT:
        return Skip.NO_LONGER_OPEN
    token = sign(Purpose.RESPOND, found.id, expires_at=found.expires_at + _LINK_OUTLIVES_INVITATION, key=case.key)
    return {
        **_position(found),
        "message": found.message,
        "expires_at": found.expires_at,
        "link": f"{case.base_url}/r/{token}",
    }


def invitation_withdrawn(case: Case) -> Mapping[str, object]:
    """To the candidate: the client took the invitation back."""
    return _position(_invitation(case))


def invitation_closed(case: Case) -> Mapping[str, object]:
    """To the candidate: the job is filled or closed (R20)."""
    return _position(_invitation(case))


def invitation_answered(case: Case) -> Mapping[str, object] | Skip:
    """To the client: the candidate said yes or no (R17)."""
    found = _invitation(case)
    if found.answered_at is None:
        return Skip.NO_LONGER_OPEN
    accepted = found.state is not InvitationState.DECLINED  # whatever came after a yes, a yes it was
    return {**_position(found), "candidate": found.candidate_reference, "accepted": accepted}


def candidate_unavailable(case: Case) -> Mapping[str, object]:
    """To the client: somebody who was invited is not available any more; why is nobody's business (R27, R28)."""
    found = _invitation(case)
    return {**_position(found), "candidate": found.candidate_reference}


def invitation_expired(case: Case) -> Mapping[str, object]:
    """To the client: nobody answered in time."""
    found = _invitation(case)
    return {**_position(found), "candidate": found.candidate_reference}


def job_closed(case: Case) -> Mapping[str, object]:
    """To the client: a job is filled or its time is over, and everyone invited was told (R20, R25)."""
    job = jobs.job(case.table, case.ids["job_id"])
    return {"job_title": job.terms.title, "filled": job.closing_reason is ClosingReason.FILLED}


def message_to_candidate(case: Case) -> Mapping[str, object]:
    """To the candidate: the client wrote in the conversation, once or several times."""
    return _position(_invitation(case))


def message_to_client(case: Case) -> Mapping[str, object]:
    """To the client: the candidate wrote in the conversation, once or several times."""
    found = _invitation(case)
    return {**_position(found), "candidate": found.candidate_reference}


def leaving_link(case: Case) -> Mapping[str, object] | Skip:
    """To the candidate: a mail in your name came to us; if you want to leave, confirm it (R27)."""
    confirming = support_request(case)
    if isinstance(confirming, Skip):
        return confirming
    return {"link": confirming["link"], "expires_at": confirming["confirm_until"]}


def needs_new_file(case: Case) -> Mapping[str, object] | Skip:
    """To the candidate: the resume could not be read, why, and what to do (R4)."""
    upload = intake.upload(case.table, case.ids["recipient"], case.ids["upload_id"])
    if upload.problem is None:
        return Skip.NO_LONGER_OPEN
    return {"problem": upload.problem.detail}


def offer_made(case: Case) -> Mapping[str, object] | Skip:
    """To the candidate: a client offers you employment, on which terms, and until when (R23)."""
    found = _offer(case).at(case.now)
    newer = str(found.version) != case.ids["version"]  # a mail of its own tells of that
    return Skip.NO_LONGER_OPEN if newer or found.state is not OfferState.OPEN else _terms(found)


def offer_withdrawn(case: Case) -> Mapping[str, object]:
    """To the candidate: the client took the offer back."""
    return _terms(_offer(case))


def offer_expired(case: Case) -> Mapping[str, object]:
    """To the candidate: the offer's time is over. Nothing was accepted (R23)."""
    return _terms(_offer(case))


def offer_accepted(case: Case) -> Mapping[str, object]:
    """To the client: the candidate accepted, and can be reached directly now (R22)."""
    return _terms(_offer(case))


def offer_declined(case: Case) -> Mapping[str, object]:
    """To the client: the candidate said no to an offer."""
    return _terms(_offer(case))


def offer_unanswered(case: Case) -> Mapping[str, object]:
    """To the client: nobody answered the offer in time."""
    return _terms(_offer(case))


def hired(case: Case) -> Mapping[str, object]:
    """To the candidate who accepted: what happens now, and how to take part again later (R25)."""
    return _terms(_offer(case))


def resume_accepted(case: Case) -> Mapping[str, object]:  # noqa: ARG001  # every mail is made from a case
    """To the candidate: the resume was read."""
    return {}


def support_request(case: Case) -> Mapping[str, object] | Skip:
    """To the candidate: somebody asked support for something in your name; was it you (R27)?"""
    found = support.request(case.table, case.ids["request_id"])
    if found.state is not RequestState.VERIFYING or found.confirm_until is None:
        return Skip.NO_LONGER_OPEN
    token = sign(Purpose.CONFIRM_REQUEST, found.id, expires_at=found.confirm_until, key=case.key)
    return {
        "asked": ASKED[found.kind],
        "confirm_until": found.confirm_until,
        "link": f"{case.base_url}/o/{token}",
    }


def export_ready(case: Case) -> Mapping[str, object]:
    """To the candidate: the copy of everything can be downloaded (R28)."""
    return {"export_id": case.ids["export_id"]}


def shortlist_ready(case: Case) -> Mapping[str, object]:
    """To the client: the shortlist of a job can be read (R11)."""
    job = jobs.job(case.table, case.ids["job_id"])
    run = matching.run(case.table, case.ids["job_id"], case.ids["run_id"])
    new_resumes = run.cause is RunCause.NEW_RESUMES
    return {"job_title": job.terms.title, "entries": run.entries, "new_resumes": new_resumes}


MAILS: Mapping[str, tuple[Kind, Compose]] = {
    "announcement-resume-reupload": (Kind.ANNOUNCEMENTS, announcement_resume_reupload),
    "candidate-unavailable": (Kind.TRANSACTIONAL, candidate_unavailable),
    "export-ready": (Kind.TRANSACTIONAL, export_ready),
    "hired": (Kind.TRANSACTIONAL, hired),
    "invitation": (Kind.TRANSACTIONAL, invitation),
    "invitation-answered": (Kind.TRANSACTIONAL, invitation_answered),
    "invitation-closed": (Kind.TRANSACTIONAL, invitation_closed),
    "invitation-expired": (Kind.TRANSACTIONAL, invitation_expired),
    "invitation-withdrawn": (Kind.TRANSACTIONAL, invitation_withdrawn),
    "job-closed": (Kind.TRANSACTIONAL, job_closed),
    "leaving-link": (Kind.TRANSACTIONAL, leaving_link),
    "message-to-candidate": (Kind.MESSAGES, message_to_candidate),
    "message-to-client": (Kind.MESSAGES, message_to_client),
    "needs-new-file": (Kind.TRANSACTIONAL, needs_new_file),
    "offer-accepted": (Kind.TRANSACTIONAL, offer_accepted),
    "offer-changed": (Kind.TRANSACTIONAL, offer_made),
    "offer-declined": (Kind.TRANSACTIONAL, offer_declined),
    "offer-expired": (Kind.TRANSACTIONAL, offer_expired),
    "offer-made": (Kind.TRANSACTIONAL, offer_made),
    "offer-unanswered": (Kind.TRANSACTIONAL, offer_unanswered),
    "offer-withdrawn": (Kind.TRANSACTIONAL, offer_withdrawn),
    "resume-accepted": (Kind.TRANSACTIONAL, resume_accepted),
    "support-request": (Kind.TRANSACTIONAL, support_request),
    "shortlist-ready": (Kind.TRANSACTIONAL, shortlist_ready),
}
"""Every mail by the name of its template folder: its kind, and what it says. A mail of a kind that can be switched off
carries both List-Unsubscribe headers and a link."""


AFTER_LEAVING = frozenset({"support-request", "export-ready"})
"""Mails that whoever has opted out gets all the same: having left, one may still want a copy, or to be erased."""


def _invitation(case: Case) -> Invitation:
    return invitations.invitation(case.table, case.ids["invitation_id"])


def _position(found: Invitation) -> Mapping[str, object]:
    return {
        "organisation_name": found.position.organisation_name,
        "job_title": found.position.title,
        "pay": pay_in_words(found.position.pay),
        "place": place_in_words(found.position.work_mode, *found.position.places),
    }


def _offer(case: Case) -> Offer:
    return offers.offer(case.table, case.ids["offer_id"])


def _terms(found: Offer) -> Mapping[str, object]:
    terms = found.terms
    return {
        "organisation_name": found.organisation_name,
        "candidate": found.candidate_reference,
        "job_title": terms.title,
        "pay": pay_in_words(PayRange(minimum=terms.pay, maximum=terms.pay, period=terms.period)),
        "place": place_in_words(terms.work_mode, *([terms.place] if terms.place else [])),
        "start_date": terms.start_date,
        "message": terms.message,
        "expires_at": terms.expires_at.astimezone(UTC),
    }
