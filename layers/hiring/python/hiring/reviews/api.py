"""What is seen of a listed candidate, on the wire."""

from __future__ import annotations

from datetime import datetime

from hiring.invitations.api import InvitationView
from hiring.matching.api import EntryView
from hiring.reviews.model import MarketplaceProfile, Opened, Profile
from hiring.shared.values import Document


class MarketplaceView(Document):
    """The marketplace profile as it was when this entry was first opened.

    `changed_since` says whether the marketplace shows something else by now; null where it could not be asked.
    """

    taken_at: datetime
    changed_since: bool | None
    profile: MarketplaceProfile


class EntryDetailView(EntryView):
    """A line of a shortlist with what the candidate's resume says, and the marketplace profile.

    `name` is null before an invitation. `profile` is null once the candidate has left, `marketplace` also where the
    candidate shows nothing there.
    """

    name: str | None
    profile: Profile | None
    marketplace: MarketplaceView | None


class ResumeLink(Document):
    """A link to the resume without means of contact: relative to the address of the request, and short-lived."""

    link: str
    expires_at: datetime


class ContactView(Document):
    """Who the candidate is and how to reach that person; the account's address is the first."""

    name: str | None
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    links: tuple[str, ...]
    place: str | None


class InvitationDetailView(InvitationView):
    """An invitation with the candidate's contacts; null until they are released, which an accepted offer does."""

    contact: ContactView | None


class OriginalResumeLink(Document):
    """A short-lived link that downloads the resume as it was handed in."""

    link: str
    expires_at: datetime


class OpeningView(Document):
    """That a client looked at me. `organisation_name` is null as long as that client has not invited me."""

    opened: Opened
    opened_at: datetime
    match_id: str
    organisation_name: str | None


class AccessLog(Document):
    """A page of who looked at me, newest first."""

    items: tuple[OpeningView, ...]
    next_cursor: str | None
