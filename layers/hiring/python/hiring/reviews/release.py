"""Once contact details are released: who the candidate is, how to reach that person, and the original file (R22)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from hiring.candidacies import store as candidacies
from hiring.candidacies.model import Candidacy, Stage
from hiring.candidates import store as candidates
from hiring.candidates.model import Candidate, CandidateState
from hiring.intake import store as intake
from hiring.intake.model import ResumeHead
from hiring.invitations import store as invitations
from hiring.invitations.api import InvitationView
from hiring.invitations.model import Invitation
from hiring.organisations import store as organisations
from hiring.resumes.model import Contacts, Reading
from hiring.reviews import store
from hiring.reviews.api import ContactView, InvitationDetailView, OriginalResumeLink
from hiring.reviews.model import LINK_LIFE, NotReleased, Opened, Opening
from hiring.shared.errors import NotFound
from hiring.shared.files import Files
from hiring.shared.table import Put, Table

if TYPE_CHECKING:
    from hiring.shared.web import Record


def invitation(
    table: Table, artefacts: Files, invitation_id: str, *, by: str, release_from: Stage, now: datetime
) -> InvitationDetailView:
    """An invitation for the client member with the login `by`, with the candidate's contacts where they are released.

    Showing contacts is recorded. Raises `NotFound`.
    """
    found = _of_client(table, invitation_id, by=by)
    person = _released(table, found, release_from)
    shown = InvitationView.of(found).model_dump()
    if person is None:
        return InvitationDetailView(**shown, contact=None)
    table.commit([_record(found, Opened.CONTACT, by, now)], now=now)
    return InvitationDetailView(**shown, contact=_contact(person, _contacts(table, artefacts, person)))


def original_resume(
    table: Table,
    resumes: Files,
    invitation_id: str,
    *,
    by: str,
    release_from: Stage,
    now: datetime,
    record: Record[OriginalResumeLink],
) -> OriginalResumeLink:
    """A link by which the client member with the login `by` downloads the file as it was handed in; recorded.

    Raises `NotFound`, also where there is no file, and `NotReleased`.
    """
    found = _of_client(table, invitation_id, by=by)
    person = _released(table, found, release_from)
    if person is None:
        raise NotReleased("The original resume is for you once an offer was accepted.", found.state)
    head = intake.resume_item(table, person.id)
    if head is None:
        raise NotFound
    file = head.read(ResumeHead)
    url = resumes.download_link(
        file.object_key, file.object_version, file_name="resume", seconds=int(LINK_LIFE.total_seconds())
    )
    link = OriginalResumeLink(link=url, expires_at=now + LINK_LIFE)
    table.commit([_record(found, Opened.ORIGINAL_RESUME, by, now), record(link)], now=now)
    return link


def _of_client(table: Table, invitation_id: str, *, by: str) -> Invitation:
    found = invitations.invitation(table, invitation_id)
    organisations.member(table, by, found.organisation_id)
    return found


def _released(table: Table, found: Invitation, release_from: Stage) -> Candidate | None:
    """The candidate whose contacts this invitation's client may see, None where it may not."""
    candidacy = candidacies.candidacy_item(table, found.job_id, found.candidate_id).read(Candidacy)
    if candidacy.invitation_id != found.id or not candidacy.contacts_released(release_from=release_from):
        return None
    try:
        person = candidates.candidate(table, found.candidate_id).value
    except NotFound:
        return None  # erased
    return None if person.state is CandidateState.OPTED_OUT else person


def _contacts(table: Table, artefacts: Files, person: Candidate) -> Contacts:
    """What the resume in force says of how to reach its owner; nothing without a resume."""
    if person.resume_version == 0:
        return Contacts()
    stored = artefacts.get(intake.resume_version(table, person.id, person.resume_version).reading_key)
    return Reading.model_validate_json(stored.data).contacts if stored else Contacts()


def _contact(person: Candidate, stated: Contacts) -> ContactView:
    return ContactView(
        name=stated.name.value if stated.name else None,
        emails=tuple(dict.fromkeys([person.email, *(each.value for each in stated.emails)])),
        phones=tuple(dict.fromkeys(each.value for each in stated.phones)),
        links=tuple(dict.fromkeys(each.value for each in stated.links)),
        place=stated.place.value if stated.place else None,
    )


def _record(found: Invitation, opened: Opened, by: str, now: datetime) -> Put:
    opening = Opening(
        opened=opened,
        opened_at=now,
        organisation_id=found.organisation_id,
        job_id=found.job_id,
        entry_id=found.entry_id,
    )
    return store.put_opening(found.candidate_id, opening, viewer=by)
