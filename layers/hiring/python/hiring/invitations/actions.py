"""A client invites, a candidate answers, and every invitation comes to an end. Each step is one commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hiring.candidacies import store as candidacies
from hiring.candidacies.model import Candidacy, CandidacyMove
from hiring.candidates import store as candidates
from hiring.candidates.model import CandidateState
from hiring.conversations import store as conversations
from hiring.conversations.model import Author, Conversation, Notice
from hiring.conversations.model import Message as Words
from hiring.invitations import store
from hiring.invitations.model import (
    TALKING,
    CandidateUnavailable,
    Invitation,
    InvitationAnswer,
    InvitationState,
    Position,
)
from hiring.jobs import store as jobs
from hiring.jobs.model import Job
from hiring.matching import store as matching
from hiring.matching.model import Entry, EntryMove, EntryState
from hiring.organisations import store as organisations
from hiring.organisations.limits import Allowance, spend
from hiring.shared import keys
from hiring.shared.errors import NotFound
from hiring.shared.ids import new_id
from hiring.shared.outbox import Message, mail
from hiring.shared.table import Change, Put, Require, Table, retried

if TYPE_CHECKING:
    from hiring.shared.web import Record

type Invitations = tuple[tuple[Invitation, ...], Mapping[str, str] | None]
"""A page of invitations, and where the next one begins (None at the end)."""

_SAID = {
    InvitationState.ACCEPTED: "The invitation was accepted.",
    InvitationState.DECLINED: "The invitation was declined.",
    InvitationState.EXPIRED: "The invitation expired without an answer.",
    InvitationState.WITHDRAWN: "The invitation was withdrawn.",
    InvitationState.CLOSED: "The job is filled or closed, and so is this invitation. Thank you for your time.",
}
"""What the conversation says when an invitation has moved."""

_SAID_OF_LEAVING = {
    **_SAID,
    InvitationState.CLOSED: "The candidate is not available any more, and so this invitation is closed.",
}

_FOLLOWS = {
    InvitationState.ACCEPTED: CandidacyMove.ACCEPT_INVITATION,
    InvitationState.EXPIRED: CandidacyMove.EXPIRE_INVITATION,
    InvitationState.WITHDRAWN: CandidacyMove.WITHDRAW_INVITATION,
    InvitationState.CLOSED: CandidacyMove.CLOSE,
}
"""What becomes of the candidacy then."""


def invite(
    table: Table,
    job_id: str,
    entry_id: str,
    message: str,
    *,
    by: str,
    days: int,
    now: datetime,
    record: Record[Invitation],
) -> Invitation:
    """Invite the candidate of a shortlist entry, as the client member with the login `by`, for `days` days (R15, R16).

    Raises `NotFound` unless `by` belongs to the job's organisation, `ContactPolicy` where `message` holds a means of
    contact (R21; a meeting is arranged later, so that no link passes here), `IllegalMove` where the job is not open,
    the entry passed over or not listed any more, the candidate not available, invited already, or declined less than
    90 days ago (R20).
    """
    job_item = jobs.job_item(table, job_id)
    job = job_item.read(Job)
    organisations.member(table, by, job.organisation_id)
    from hiring.contacts.policy import require_no_contacts

    require_no_contacts(message, "/message", frozenset())
    job.at(now).require_open()
    entry_item = matching.entry_item(table, job_id, entry_id)
    entry = entry_item.read(Entry)
    (standing,) = matching.as_they_stand(table, job, [entry])
    candidate = candidates.candidate(table, entry.candidate_id)
    if candidate.value.state is not CandidateState.ACTIVE or standing.state is EntryState.WITHDRAWN:
        raise CandidateUnavailable("This candidate is not available. Nothing was sent.", "UNAVAILABLE")
    invited_entry = standing.move(EntryMove.INVITE)
    found = candidacies.find_candidacy(table, job_id, entry.candidate_id)
    before = (
        found.read(Candidacy) if found else Candidacy(job_id=job_id, candidate_id=entry.candidate_id, origin=job.origin)
    )
    invitation_id = new_id("inv", now)
    candidacy = before.invite(invitation_id, now=now)

    spend(table, job.organisation_id, Allowance.INVITATIONS, now=now)
    organisation = organisations.organisation(table, job.organisation_id)
    invitation = Invitation(
        id=invitation_id,
        job_id=job.id,
        job_version=job.version,
        organisation_id=job.organisation_id,
        candidate_id=entry.candidate_id,
        candidate_reference=entry.candidate_reference,
        entry_id=entry.id,
        run_id=entry.run_id,
        conversation_id=new_id("cnv", now),
        position=Position.of(job, organisation.name),
        message=message,
        created_at=now,
        expires_at=now + timedelta(days=days),
        invited_by=by,
    )
    changes: list[Change] = [
        Require(job_item.key, job_item.version),
        Require(keys.passed(job_id, entry.candidate_id), 0),
        Require(keys.candidate(entry.candidate_id), candidate.version),
        matching.put_entry(invited_entry, read_version=entry_item.version),
        store.put_invitation(invitation),
        candidacies.put_candidacy(candidacy, read_version=found.version if found else 0),
        *conversations.open_with(_conversation(invitation), Author.CLIENT, invitation.message),
        record(invitation),
    ]
    table.commit(changes, [_mail_candidate(invitation, "invitation")], now=now)
    return invitation


def answer(
    table: Table,
    invitation_id: str,
    answer: InvitationAnswer,
    *,
    now: datetime,
    words: Words | None = None,
    record: Record[Invitation] | None = None,
) -> Invitation:
    """Accept or decline. The first answer wins; the same one again has no effect and the same result (R17).

    `words` is what the candidate writes with the answer; that of a repeat is kept too. Who may answer is checked
    before: a signed link, `own`, or a part in the conversation. One that waits for somebody who left or was
    hired since ends here and now. Raises `NotFound`, `TooLate`, `IllegalMove`.
    """
    _end_if_leaving(table, invitation_id, now=now)
    return _move(
        table,
        invitation_id,
        lambda invitation: invitation.answer(answer, now=now),
        _tell_client_of_answer,
        now=now,
        words=words,
        record=record,
    )


def withdraw(
    table: Table, invitation_id: str, *, by: str, now: datetime, record: Record[Invitation] | None = None
) -> Invitation:
    """Take an invitation back as the client member with the login `by`. Raises `NotFound`, `IllegalMove`."""
    organisations.member(table, by, store.invitation(table, invitation_id).organisation_id)
    return _move(
        table,
        invitation_id,
        lambda invitation: invitation.withdraw(now=now),
        lambda invitation: (_mail_candidate(invitation, "invitation-withdrawn"),),
        now=now,
        record=record,
    )


def expire(table: Table, invitation_id: str, *, now: datetime) -> Invitation:
    """Write down that an invitation's time is over; one that is not overdue stays as it is. Raises `NotFound`."""
    return _move(
        table,
        invitation_id,
        lambda invitation: invitation.at(now),
        lambda invitation: (_mail_client(invitation, "invitation-expired"),),
        now=now,
    )


def close(table: Table, invitation_id: str, *, now: datetime) -> Invitation:
    """End an invitation because its job is filled or closed; one that ended otherwise keeps its end (R20).

    Raises `NotFound`.
    """
    return _move(table, invitation_id, lambda invitation: invitation.close(now=now), _tell_of_closing, now=now)


def leave(table: Table, invitation_id: str, *, now: datetime) -> Invitation:
    """End an invitation because its candidate has left or was hired; one that ended otherwise keeps its end.

    The client is told that the candidate is not available, and not why; the candidate knows. Raises `NotFound`.
    """
    return _move(
        table,
        invitation_id,
        lambda invitation: invitation.close(now=now),
        lambda invitation: (
            _mail_client(
                invitation,
                "invitation-expired" if invitation.state is InvitationState.EXPIRED else "candidate-unavailable",
            ),
        ),
        now=now,
        said=_SAID_OF_LEAVING,
    )


def _end_if_leaving(table: Table, invitation_id: str, *, now: datetime) -> None:
    """End an invitation that waits for somebody who has left since, where nobody came to it so far."""
    found = store.invitation(table, invitation_id)
    if found.state is not InvitationState.SENT:
        return
    with suppress(NotFound):  # erased
        if candidates.candidate(table, found.candidate_id).value.leaves(found.created_at):
            leave(table, invitation_id, now=now)


def own(table: Table, invitation_id: str, candidate_id: str) -> Invitation:
    """An invitation of this candidate; raises `NotFound` for everybody else's."""
    invitation = store.invitation(table, invitation_id)
    if invitation.candidate_id != candidate_id:
        raise NotFound
    return invitation


def of_candidate(table: Table, candidate_id: str, *, limit: int, start: Mapping[str, str] | None) -> Invitations:
    """A candidate's invitations, newest first."""
    page = store.candidate_page(table, candidate_id, limit=limit, start=start)
    return tuple(item.read(Invitation) for item in page.items), page.next_key


def of_job(table: Table, job_id: str, *, by: str, limit: int, start: Mapping[str, str] | None) -> Invitations:
    """A job's invitations, newest first, for the client member with the login `by`. Raises `NotFound`."""
    organisations.member(table, by, jobs.job(table, job_id).organisation_id)
    page = store.job_page(table, job_id, limit=limit, start=start)
    return tuple(item.read(Invitation) for item in page.items), page.next_key


def _move(
    table: Table,
    invitation_id: str,
    step: Callable[[Invitation], Invitation],
    messages: Callable[[Invitation], tuple[Message, ...]],
    *,
    now: datetime,
    words: Words | None = None,
    record: Record[Invitation] | None = None,
    said: Mapping[InvitationState, str] = _SAID,
) -> Invitation:
    """Commit what `step` makes of an invitation, with what follows from it; where nothing changed, nothing follows."""

    def act() -> Invitation:
        item = store.invitation_item(table, invitation_id)
        before = item.read(Invitation)
        after = step(before)
        remembered = [record(after)] if record else []
        if after.state is before.state:
            _commit_repeat(table, after, words, remembered, now)
            return after
        before_it = [words] if words else []
        candidacy = candidacies.candidacy_item(table, after.job_id, after.candidate_id)
        conversation = conversations.conversation_item(table, after.conversation_id)
        # What happened stands after what was said with it.
        happened = conversations.new_message(
            after.conversation_id,
            Author.SYSTEM,
            said[after.state],
            now=now + timedelta(milliseconds=len(before_it)),
        )
        changes = [
            store.put_invitation(after, read_version=item.version),
            candidacies.put_candidacy(_following(candidacy.read(Candidacy), after), read_version=candidacy.version),
            *conversations.append(conversation, *before_it, happened, ended=after.state not in TALKING),
            *remembered,
        ]
        table.commit(changes, messages(after), now=now)
        return after

    return retried(act)


def _commit_repeat(
    table: Table, invitation: Invitation, words: Words | None, remembered: list[Put], now: datetime
) -> None:
    """Nothing happens to the invitation; what was said with the repeat is kept as any other message."""
    if words:
        changes, mails = write(table, invitation, words)
        table.commit([*changes, *remembered], mails, now=now)
    elif remembered:
        table.commit(remembered, now=now)


def write(table: Table, invitation: Invitation, words: Words) -> tuple[tuple[Put, ...], tuple[Message, ...]]:
    """The changes that add a message to an invitation's conversation, and the mail that tells the other side of it.

    Raises `NothingProposed`.
    """
    item = conversations.conversation_item(table, invitation.conversation_id)
    conversation, reader = item.read(Conversation).with_message(words).announced(words)
    changes = (
        conversations.put_conversation(conversation, read_version=item.version),
        conversations.put_message(words),
    )
    return changes, (tell_of_messages(invitation, reader),) if reader else ()


def tell_of_messages(invitation: Invitation, reader: Author) -> Message:
    """A mail to one side of an invitation's conversation that there is something new to read."""
    if reader is Author.CANDIDATE:
        return _mail_candidate(invitation, "message-to-candidate")
    return _mail_client(invitation, "message-to-client")


def _following(candidacy: Candidacy, invitation: Invitation) -> Candidacy:
    """The candidacy after its invitation has moved; raises `IllegalMove`, `OfferPending`."""
    if invitation.state is InvitationState.DECLINED and invitation.answered_at is not None:
        return candidacy.decline_invitation(now=invitation.answered_at)
    return candidacy.move(_FOLLOWS[invitation.state])


def _conversation(invitation: Invitation) -> Conversation:
    return Conversation(
        id=invitation.conversation_id,
        invitation_id=invitation.id,
        organisation_id=invitation.organisation_id,
        organisation_name=invitation.position.organisation_name,
        candidate_id=invitation.candidate_id,
        candidate_reference=invitation.candidate_reference,
        job_id=invitation.job_id,
        job_title=invitation.position.title,
        opened_at=invitation.created_at,
        last_message_at=invitation.created_at,
        notices={Author.CANDIDATE: Notice(sent_at=invitation.created_at)},
    )


def _tell_client_of_answer(invitation: Invitation) -> tuple[Message, ...]:
    return (_mail_client(invitation, "invitation-answered"),)


def _tell_of_closing(invitation: Invitation) -> tuple[Message, ...]:
    if invitation.state is InvitationState.EXPIRED:
        return (_mail_client(invitation, "invitation-expired"),)
    return (_mail_candidate(invitation, "invitation-closed"),)


def _mail_candidate(invitation: Invitation, template: str) -> Message:
    about = keys.invitation(invitation.id).pk
    return mail(about, template, invitation.candidate_id, invitation_id=invitation.id)


def _mail_client(invitation: Invitation, template: str) -> Message:
    return mail(
        keys.invitation(invitation.id).pk,
        template,
        f"USER#{invitation.invited_by}",
        organisation_id=invitation.organisation_id,
        invitation_id=invitation.id,
    )
