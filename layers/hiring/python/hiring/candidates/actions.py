"""A candidate enrols, states preferences, pauses and leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from hiring.candidates import store
from hiring.candidates.model import (
    Candidate,
    CandidateMove,
    CandidateState,
    Consent,
    EmployerBlocks,
    NotificationSettings,
    Preferences,
)
from hiring.shared.errors import EmailNotVerified, NotFound, PreconditionFailed
from hiring.shared.ids import new_id
from hiring.shared.table import CommitRefused, Put, Stored, Table, retried


def enrol(
    table: Table, login: str, *, read_email: Callable[[], str], notice_version: str, key: bytes, now: datetime
) -> Candidate:
    """Take somebody in who consents to be matched for full-time jobs (R1); again, it renews the consent.

    `read_email` gives the verified address of the account; it is asked each time, since the address may change. `key`
    is what addresses are kept under.
    """
    consent = Consent(given_at=now, notice_version=notice_version)

    def act() -> Candidate:
        email = read_email()
        try:
            stored = store.candidate_of_login(table, login)
        except NotFound:
            new = Candidate(
                id=new_id("cand", now),
                login=login,
                email=email,
                state=CandidateState.ACTIVE,
                consent=consent,
                enrolled_at=now,
            )
            changes = [store.put_candidate(new), store.put_login(new), store.put_account_address(new, key)]
            table.commit(changes, now=now)
            return new
        renewed = stored.value.move(CandidateMove.ENROL, now=now).model_copy(
            update={"consent": consent, "email": email}
        )
        table.commit(
            [
                store.put_candidate(renewed, read_version=stored.version),
                store.put_account_address(renewed, key),
                store.put_delta(renewed.id),
            ],
            now=now,
        )
        return renewed

    return retried(act)


def move(table: Table, login: str, step: CandidateMove, *, now: datetime) -> Candidate:
    """Pause, resume or opt out: in no run that starts afterwards unless ACTIVE. Raises `NotFound`, `IllegalMove`.

    Whoever opts out leaves: from this commit on the candidate is due, and `leaving` ends what is open.
    """

    def act() -> Candidate:
        stored = store.candidate_of_login(table, login)
        moved = stored.value.move(step, now=now)
        if moved.state is not stored.value.state:
            _commit_candidate(table, moved, stored.version, now)
        return moved

    return retried(act)


def set_preferences(
    table: Table, login: str, preferences: Preferences, *, read_version: int, now: datetime
) -> Stored[Preferences]:
    """Replace what a candidate wants. Raises `PreconditionFailed` if somebody changed it since `read_version`."""
    candidate = store.candidate_of_login(table, login).value
    change = store.put_preferences(candidate.id, preferences, read_version=read_version)
    _replace(table, [change, store.put_delta(candidate.id)], now)
    return Stored(preferences, read_version + 1)


def set_employer_blocks(
    table: Table, login: str, blocks: EmployerBlocks, *, read_version: int, now: datetime
) -> Stored[EmployerBlocks]:
    """Replace the employers that must never see a candidate; raises as `set_preferences` does."""
    candidate = store.candidate_of_login(table, login).value
    change = store.put_employer_blocks(candidate.id, blocks, read_version=read_version)
    _replace(table, [change, store.put_delta(candidate.id)], now)
    return Stored(blocks, read_version + 1)


def set_notification_settings(
    table: Table, login: str, settings: NotificationSettings, *, read_version: int, now: datetime
) -> Stored[NotificationSettings]:
    """Replace which mails a candidate takes; raises as `set_preferences` does."""
    candidate = store.candidate_of_login(table, login).value
    _replace(table, [store.put_notification_settings(candidate.id, settings, read_version=read_version)], now)
    return Stored(settings, read_version + 1)


def _replace(table: Table, changes: list[Put], now: datetime) -> None:
    try:
        table.commit(changes, now=now)
    except CommitRefused:
        raise PreconditionFailed("This changed since you read it. Read it again.") from None


def verified_email(attributes: dict[str, str]) -> str:
    """The account's address out of the pool's attributes; raises `EmailNotVerified` until it is verified."""
    if attributes.get("email_verified") != "true" or not attributes.get("email"):
        raise EmailNotVerified("Verify the e-mail address of your account first, then enrol.")
    return attributes["email"]


def _commit_candidate(table: Table, candidate: Candidate, read_version: int, now: datetime) -> None:
    changes = [
        store.put_candidate(candidate, read_version=read_version),
        store.put_delta(candidate.id),
    ]
    table.commit(changes, now=now)
