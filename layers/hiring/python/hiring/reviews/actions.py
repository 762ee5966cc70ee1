"""A client member reviews a listed candidate, and the candidate reads who did. Each opening is recorded first (R14)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from hiring.candidacies import store as candidacies
from hiring.candidates import store as candidates
from hiring.candidates.model import Candidate
from hiring.intake import store as intake
from hiring.intake.model import ResumeVersion
from hiring.jobs.actions import own as own_job
from hiring.matching import store as matching
from hiring.matching.api import EntryView
from hiring.matching.model import Entry, EntryState
from hiring.organisations.model import Organisation
from hiring.resumes.model import Evidence
from hiring.reviews import store
from hiring.reviews.api import AccessLog, EntryDetailView, MarketplaceView, OpeningView, ResumeLink
from hiring.reviews.marketplace import MarketplaceProfiles, Unreachable
from hiring.reviews.model import LINK_LIFE, MarketplaceProfile, Opened, Opening, Profile, Snapshot, without_name
from hiring.shared import keys
from hiring.shared.errors import IllegalMove, NotFound
from hiring.shared.files import Files
from hiring.shared.links import Purpose, sign, signing_key, verify
from hiring.shared.observability import logger
from hiring.shared.table import CommitRefused, Table

if TYPE_CHECKING:
    from hiring.shared.web import Record

type Position = Mapping[str, str] | None


@dataclass(frozen=True)
class _Review:
    """Somebody on a shortlist, as far as this client may see."""

    organisation_id: str
    entry: Entry
    candidate: Candidate
    resume: ResumeVersion
    invited: bool


def entry(
    table: Table,
    artefacts: Files,
    marketplace: MarketplaceProfiles | None,
    job_id: str,
    entry_id: str,
    *,
    by: str,
    now: datetime,
) -> EntryDetailView:
    """A line of a shortlist with all that the client member with the login `by` may see of the candidate.

    Opening it is recorded, and the marketplace profile kept as it was the first time. Of a candidate who left only
    the neutral placeholder remains. Raises `NotFound`.
    """
    review = _review(table, job_id, entry_id, by=by)
    if isinstance(review, Entry):
        return EntryDetailView(**EntryView.of(review).model_dump(), name=None, profile=None, marketplace=None)
    seen = store.snapshot(table, job_id, entry_id)
    asked, current = _asked(marketplace, review.candidate)
    taken = seen or (Snapshot.of(current, now=now) if current else None)
    opening = store.put_opening(review.candidate.id, _opening(review, Opened.PROFILE, now), viewer=by)
    table.commit([opening], now=now)
    if taken and not seen:
        with suppress(CommitRefused):  # somebody opened it at the same time, and that snapshot holds
            table.commit([store.put_snapshot(job_id, entry_id, taken)], now=now)
        taken = store.snapshot(table, job_id, entry_id) or taken
    return EntryDetailView(
        **EntryView.of(review.entry).model_dump(),
        name=review.resume.name if review.invited else None,
        profile=Profile.of(_evidence(artefacts, review.resume)),
        marketplace=_marketplace(taken, asked=asked, current=current, review=review) if taken else None,
    )


def open_resume(
    table: Table, job_id: str, entry_id: str, *, by: str, now: datetime, record: Record[ResumeLink]
) -> ResumeLink:
    """A link by which the client member with the login `by` reads the resume, for ten minutes; recorded.

    Raises `NotFound`, and `IllegalMove` where the candidate has left.
    """
    review = _review(table, job_id, entry_id, by=by)
    if isinstance(review, Entry):
        raise IllegalMove("This candidate is not available any more.", review.state.value)
    expires_at = now + LINK_LIFE
    token = sign(Purpose.VIEW, f"{job_id} {entry_id} {by}", expires_at=expires_at, key=signing_key())
    link = ResumeLink(link=f"../../../../v/{token}", expires_at=expires_at)
    opening = store.put_opening(review.candidate.id, _opening(review, Opened.RESUME, now), viewer=by)
    table.commit([opening, record(link)], now=now)
    return link


def resume_page(table: Table, artefacts: Files, token: str, *, now: datetime) -> str:
    """The page behind the link of `open_resume`: HTML without means of contact, and before an invitation without name.

    Membership and the candidate's presence are looked at again. Raises `NotFound`, and `Gone` after its time.
    """
    subject = verify(token, Purpose.VIEW, now=now, key=signing_key())
    job_id, entry_id, login = subject.split(" ")
    review = _review(table, job_id, entry_id, by=login)
    if isinstance(review, Entry):
        raise NotFound("This candidate is not available any more.")
    key = review.resume.named_view_key if review.invited else review.resume.client_view_key
    return _artefact(artefacts, key).decode()


def access_log(
    table: Table, candidate_id: str, *, limit: int, start: Position, mark: Callable[[Position], str | None]
) -> AccessLog:
    """Who looked at a candidate, newest first; a client is named once it has invited the candidate."""
    page = store.openings_page(table, candidate_id, limit=limit, start=start)
    openings = [item.read(Opening) for item in page.items]
    invited = table.get_many(keys.candidacy(opening.job_id, candidate_id) for opening in openings)
    named = table.get_many(
        keys.organisation(opening.organisation_id)
        for opening in openings
        if keys.candidacy(opening.job_id, candidate_id) in invited
    )
    return AccessLog(
        items=tuple(
            OpeningView(
                opened=opening.opened,
                opened_at=opening.opened_at,
                match_id=opening.entry_id,
                organisation_name=(
                    item.read(Organisation).name
                    if keys.candidacy(opening.job_id, candidate_id) in invited
                    and (item := named.get(keys.organisation(opening.organisation_id)))
                    else None
                ),
            )
            for opening in openings
        ),
        next_cursor=mark(page.next_key),
    )


def _review(table: Table, job_id: str, entry_id: str, *, by: str) -> _Review | Entry:
    """What may be seen, or the bare entry where its candidate has left. Raises `NotFound`."""
    job = own_job(table, job_id, by=by).value
    (found,) = matching.as_they_stand(table, job, [matching.entry_item(table, job_id, entry_id).read(Entry)])
    try:
        candidate = candidates.candidate(table, found.candidate_id).value
        resume = intake.resume_version(table, found.candidate_id, found.resume_version)
    except NotFound:
        return found.placeholder()
    if found.state is EntryState.WITHDRAWN:
        return found
    invited = candidacies.find_candidacy(table, job_id, found.candidate_id) is not None
    return _Review(job.organisation_id, found, candidate, resume, invited)


def _opening(review: _Review, opened: Opened, now: datetime) -> Opening:
    return Opening(
        opened=opened,
        opened_at=now,
        organisation_id=review.organisation_id,
        job_id=review.entry.job_id,
        entry_id=review.entry.id,
    )


def _asked(marketplace: MarketplaceProfiles | None, candidate: Candidate) -> tuple[bool, MarketplaceProfile | None]:
    """Whether the marketplace could be asked, and what it shows of the candidate now."""
    if marketplace is None:
        return False, None
    try:
        return True, marketplace.profile(candidate.login)
    except Unreachable as unreachable:
        logger().warning("marketplace profile not read", reason=str(unreachable))
        return False, None


def _marketplace(
    taken: Snapshot, *, asked: bool, current: MarketplaceProfile | None, review: _Review
) -> MarketplaceView:
    changed = (current.digest if current else None) != taken.digest
    name = None if review.invited else review.resume.name
    return MarketplaceView(
        taken_at=taken.taken_at,
        changed_since=changed if asked else None,
        profile=taken.profile.covered(lambda text: without_name(text, name)),
    )


def _evidence(artefacts: Files, resume: ResumeVersion) -> Evidence:
    return Evidence.model_validate_json(_artefact(artefacts, resume.evidence_key))


def _artefact(artefacts: Files, key: str) -> bytes:
    stored = artefacts.get(key)
    if stored is None:
        raise NotFound
    return stored.data
