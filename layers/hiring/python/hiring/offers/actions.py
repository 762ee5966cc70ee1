"""A client offers, a candidate decides, and every offer comes to an end. Each step is one commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from hiring.candidacies import store as candidacies
from hiring.candidacies.model import Candidacy, CandidacyMove, InvitationNotAccepted, Stage
from hiring.candidates import store as candidates
from hiring.candidates.model import Candidate, CandidateState
from hiring.conversations import store as conversations
from hiring.conversations.model import Author
from hiring.invitations import store as invitations
from hiring.invitations.model import CandidateUnavailable, Invitation
from hiring.jobs import store as jobs
from hiring.jobs.model import Job
from hiring.offers import store
from hiring.offers.model import Offer, OfferState, OfferTerms
from hiring.organisations import store as organisations
from hiring.organisations.limits import Allowance, spend
from hiring.shared import keys
from hiring.shared.errors import ContactPolicy, FieldError, IllegalMove, NotFound
from hiring.shared.ids import new_id
from hiring.shared.outbox import Message, mail
from hiring.shared.table import Change, Put, Require, Stored, Table, retried

if TYPE_CHECKING:
    from hiring.shared.web import Record

type Offers = tuple[tuple[Offer, ...], Mapping[str, str] | None]
"""A page of offers, and where the next one begins (None at the end)."""

_SAID = {
    OfferState.OPEN: "An offer was made.",
    OfferState.ACCEPTED: "The offer was accepted. From now on contact details may be exchanged here.",
    OfferState.DECLINED: "The offer was declined.",
    OfferState.WITHDRAWN: "The offer was withdrawn.",
    OfferState.EXPIRED: "The offer expired without an answer.",
    OfferState.CLOSED: "The job is filled or closed, and so the offer has ended.",
    OfferState.HIRE_CONFIRMED: "The client confirmed the hire.",
}
"""What the conversation says when an offer has moved."""

_SAID_OF_LEAVING = {**_SAID, OfferState.CLOSED: "The candidate is not available any more, and so the offer has ended."}


def make(
    table: Table,
    invitation_id: str,
    terms: OfferTerms,
    *,
    by: str,
    release_from: Stage,
    now: datetime,
    record: Record[Offer],
) -> Offer:
    """Offer employment to whoever accepted an invitation, as the client member with the login `by` (R23).

    Raises `NotFound` unless `by` belongs to the invitation's organisation, `ContractRequired` where the job did not
    begin here (R22), `InvitationNotAccepted`, `OfferPending` where an offer is live, `CandidateUnavailable`,
    `IllegalMove` where the job is not open, `ContactPolicy` (R21, R24), `InvalidRequest` for an unfair expiry.
    """

    def act() -> Offer:
        invitation = invitations.invitation(table, invitation_id)
        organisations.member(table, by, invitation.organisation_id)
        item = candidacies.candidacy_item(table, invitation.job_id, invitation.candidate_id)
        candidacy = item.read(Candidacy)
        if candidacy.invitation_id != invitation_id:
            raise InvitationNotAccepted("There is a newer invitation; the offer belongs to that.", invitation.state)
        spend(table, invitation.organisation_id, Allowance.OFFERS, now=now)
        offer = _new_offer(invitation, terms, by, now)
        offered = candidacy.offer(offer.id)
        job = jobs.job_item(table, invitation.job_id)
        job.read(Job).at(now).require_open()
        candidate = candidates.candidate(table, invitation.candidate_id)
        if candidate.value.state is CandidateState.OPTED_OUT or candidate.value.leaves(invitation.created_at):
            raise CandidateUnavailable("This candidate is not available. Nothing was sent.", "UNAVAILABLE")
        _require_fair(terms, candidacy, release_from, now)
        changes: list[Change] = [
            Require(job.key, job.version),
            Require(keys.candidate(candidate.value.id), candidate.version),
            store.put_offer(offer),
            store.put_version(offer, by=by),
            candidacies.put_candidacy(offered, read_version=item.version),
            *_say(table, offer, _SAID[OfferState.OPEN], now),
            record(offer),
        ]
        table.commit(changes, [_mail_candidate(offer, "offer-made")], now=now)
        return offer

    return retried(act)


def change(
    table: Table, offer_id: str, terms: OfferTerms, *, seen: int, by: str, release_from: Stage, now: datetime
) -> Stored[Offer]:
    """Replace the terms of a live offer that was read in version `seen`: a new version, of which the candidate hears.

    Raises `NotFound`, `PreconditionFailed`, `OfferExpired`, `IllegalMove`, `ContactPolicy`, `InvalidRequest`.
    """

    def act() -> Stored[Offer]:
        item = store.offer_item(table, offer_id)
        before = item.read(Offer)
        organisations.member(table, by, before.organisation_id)
        after = before.change(terms, seen=seen, now=now)
        if after.version == before.version:
            return Stored(after, item.version)
        candidacy = candidacies.candidacy_item(table, before.job_id, before.candidate_id).read(Candidacy)
        _require_fair(terms, candidacy, release_from, now)
        changes = [
            store.put_offer(after, read_version=item.version),
            store.put_version(after, by=by),
            *_say(table, after, "The offer was changed.", now),
        ]
        table.commit(changes, [_mail_candidate(after, "offer-changed")], now=now)
        return Stored(after, item.version + 1)

    return retried(act)


def accept(table: Table, offer_id: str, *, candidate_id: str, seen: int, now: datetime, record: Record[Offer]) -> Offer:
    """The candidate accepts the version `seen`: the only way in which an offer is ever accepted (R23).

    In the same commit an opening of the job is filled, which closes the job with its last one, and the candidate is
    paused (R25) and leaves everything else that is open. Again, it has no effect and the same result.

    Raises `NotFound`, `PreconditionFailed` where the terms are others by now, `OfferExpired`, `IllegalMove` where the
    offer has ended, the job is not open any more, or the candidate has left or accepted another offer.
    """

    def hire(offer: Offer) -> Sequence[Change]:
        invitation = invitations.invitation_item(table, offer.invitation_id)
        job = jobs.job_item(table, offer.job_id)
        candidate = candidates.candidate(table, candidate_id)
        return [
            invitations.put_invitation(invitation.read(Invitation).hire(), read_version=invitation.version),
            jobs.put_job(job.read(Job).fill(now=now), read_version=job.version),
            candidates.put_candidate(_hired(candidate.value, offer, now), read_version=candidate.version),
            candidates.put_delta(candidate_id),
        ]

    own(table, offer_id, candidate_id)
    return _move(
        table,
        offer_id,
        lambda offer: offer.accept(seen=seen, now=now),
        lambda offer: (_mail_client(offer, "offer-accepted"), _mail_candidate(offer, "hired")),
        now=now,
        record=record,
        also=hire,
    )


def decline(
    table: Table, offer_id: str, *, candidate_id: str, now: datetime, record: Record[Offer] | None = None
) -> Offer:
    """The candidate declines; the two still talk. Raises `NotFound`, `OfferExpired`, `IllegalMove`."""
    own(table, offer_id, candidate_id)
    return _move(
        table,
        offer_id,
        lambda offer: offer.decline(now=now),
        lambda offer: (_mail_client(offer, "offer-declined"),),
        now=now,
        record=record,
    )


def withdraw(table: Table, offer_id: str, *, by: str, now: datetime, record: Record[Offer]) -> Offer:
    """Take a live offer back as the client member with the login `by`. Raises `NotFound`, `IllegalMove`."""
    of_client(table, offer_id, by=by)
    return _move(
        table,
        offer_id,
        lambda offer: offer.withdraw(now=now),
        lambda offer: (_mail_candidate(offer, "offer-withdrawn"),),
        now=now,
        record=record,
    )


def confirm_hire(table: Table, offer_id: str, *, by: str, now: datetime, record: Record[Offer]) -> Offer:
    """Say as the client member with the login `by` that the hire was made, off the platform.

    Raises `NotFound`, and `IllegalMove` unless the offer was accepted.
    """
    of_client(table, offer_id, by=by)
    return _move(table, offer_id, lambda offer: offer.confirm_hire(now=now), lambda _: (), now=now, record=record)


def expire(table: Table, offer_id: str, *, now: datetime) -> Offer:
    """Write down that an offer's time is over; one that is not overdue stays as it is. Raises `NotFound`."""
    return _move(table, offer_id, lambda offer: offer.at(now), _tell_of_expiry, now=now)


def close(table: Table, offer_id: str, *, now: datetime) -> Offer:
    """End an offer because its job is filled or closed; one that ended otherwise keeps its end. Raises `NotFound`.

    The candidate hears of it with the end of the invitation.
    """
    return _move(table, offer_id, lambda offer: offer.close(now=now), _tell_of_expiry_only, now=now)


def leave(table: Table, offer_id: str, *, now: datetime) -> Offer:
    """End an offer because its candidate has left or was hired; one that ended otherwise keeps its end.

    The client hears of it with the end of the invitation. Raises `NotFound`.
    """
    return _move(
        table, offer_id, lambda offer: offer.close(now=now), _tell_of_expiry_only, now=now, said=_SAID_OF_LEAVING
    )


def own(table: Table, offer_id: str, candidate_id: str) -> Stored[Offer]:
    """An offer to this candidate; raises `NotFound` for everybody else's."""
    item = store.offer_item(table, offer_id)
    offer = item.read(Offer)
    if offer.candidate_id != candidate_id:
        raise NotFound
    return Stored(offer, item.version)


def of_client(table: Table, offer_id: str, *, by: str) -> Stored[Offer]:
    """An offer of an organisation that the login `by` belongs to; raises `NotFound` for all others."""
    item = store.offer_item(table, offer_id)
    offer = item.read(Offer)
    organisations.member(table, by, offer.organisation_id)
    return Stored(offer, item.version)


def of_candidate(table: Table, candidate_id: str, *, limit: int, start: Mapping[str, str] | None) -> Offers:
    """A candidate's offers, newest first."""
    page = store.candidate_page(table, candidate_id, limit=limit, start=start)
    return tuple(item.read(Offer) for item in page.items), page.next_key


def _move(
    table: Table,
    offer_id: str,
    step: Callable[[Offer], Offer],
    messages: Callable[[Offer], Sequence[Message]],
    *,
    now: datetime,
    record: Record[Offer] | None = None,
    also: Callable[[Offer], Sequence[Change]] = lambda _: (),
    said: Mapping[OfferState, str] = _SAID,
) -> Offer:
    """Commit what `step` makes of an offer, with what follows from it; where nothing changed, nothing follows."""

    def act() -> Offer:
        item = store.offer_item(table, offer_id)
        before = item.read(Offer)
        after = step(before)
        remembered = [record(after)] if record else []
        if after.state is before.state:
            if remembered:
                table.commit(remembered, now=now)
            return after
        candidacy = candidacies.candidacy_item(table, after.job_id, after.candidate_id)
        changes = [
            store.put_offer(after, read_version=item.version),
            candidacies.put_candidacy(
                _following(candidacy.read(Candidacy), after.state), read_version=candidacy.version
            ),
            *_say(table, after, said[after.state], now),
            *also(after),
            *remembered,
        ]
        table.commit(changes, messages(after), now=now)
        return after

    return retried(act)


def _following(candidacy: Candidacy, state: OfferState) -> Candidacy:
    """The candidacy after its offer has moved."""
    match state:
        case OfferState.ACCEPTED:
            return candidacy.move(CandidacyMove.ACCEPT_OFFER)
        case OfferState.HIRE_CONFIRMED:
            return candidacy.move(CandidacyMove.CONFIRM_HIRE)
    return candidacy.end_offer()


def _new_offer(invitation: Invitation, terms: OfferTerms, by: str, now: datetime) -> Offer:
    return Offer(
        id=new_id("off", now),
        invitation_id=invitation.id,
        conversation_id=invitation.conversation_id,
        job_id=invitation.job_id,
        organisation_id=invitation.organisation_id,
        organisation_name=invitation.position.organisation_name,
        candidate_id=invitation.candidate_id,
        candidate_reference=invitation.candidate_reference,
        terms=terms,
        made_at=now,
        made_by=by,
        changed_at=now,
    )


def _require_fair(terms: OfferTerms, candidacy: Candidacy, release_from: Stage, now: datetime) -> None:
    """Raise `InvalidRequest` for an unfair expiry, `ContactPolicy` with all that the texts must not hold."""
    from hiring.contacts.policy import require_no_contacts

    terms.require_fair_expiry(now=now)
    released = candidacy.contacts_released(release_from=release_from)
    found: list[FieldError] = []
    detail = ""
    for pointer, text in terms.texts():
        try:
            require_no_contacts(text, pointer, frozenset(), released=released)
        except ContactPolicy as refused:
            detail = refused.detail
            found += refused.errors
    if found:
        raise ContactPolicy(detail, errors=found)


def _hired(candidate: Candidate, offer: Offer, now: datetime) -> Candidate:
    if candidate.state is CandidateState.OPTED_OUT or candidate.leaves(offer.made_at):
        raise IllegalMove("You have left, or accepted another offer, and so this one ends.", candidate.state)
    return candidate.hire(now=now)


def _say(table: Table, offer: Offer, text: str, now: datetime) -> tuple[Put, ...]:
    item = conversations.conversation_item(table, offer.conversation_id)
    return conversations.append(item, conversations.new_message(offer.conversation_id, Author.SYSTEM, text, now=now))


def _tell_of_expiry(offer: Offer) -> tuple[Message, ...]:
    return _mail_candidate(offer, "offer-expired"), _mail_client(offer, "offer-unanswered")


def _tell_of_expiry_only(offer: Offer) -> tuple[Message, ...]:
    """What is told of an offer that was to be closed: nothing, unless its time was over already."""
    return _tell_of_expiry(offer) if offer.state is OfferState.EXPIRED else ()


def _mail_candidate(offer: Offer, template: str) -> Message:
    return mail(keys.offer(offer.id).pk, template, offer.candidate_id, offer_id=offer.id, version=str(offer.version))


def _mail_client(offer: Offer, template: str) -> Message:
    return mail(
        keys.offer(offer.id).pk,
        template,
        f"USER#{offer.made_by}",
        organisation_id=offer.organisation_id,
        offer_id=offer.id,
    )
