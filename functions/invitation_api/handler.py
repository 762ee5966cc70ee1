"""The client's side of the HTTPS API with whom it invited: `/invitations`, `/offers`.

A function of its own, since it alone may read what is released once an offer was accepted: contacts and original files.
"""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.event_handler import Response

from hiring.candidacies.model import Stage
from hiring.invitations import actions as invitations
from hiring.invitations.api import InvitationView
from hiring.offers import actions as offers
from hiring.offers.api import OfferView
from hiring.offers.model import OfferTerms
from hiring.reviews import release
from hiring.reviews.api import InvitationDetailView, OriginalResumeLink
from hiring.shared.clock import utc_now
from hiring.shared.files import artefacts, resumes
from hiring.shared.settings import settings
from hiring.shared.table import table
from hiring.shared.web import Answer, Role, caller, document, limit_writes, once, read_version, resolver, serve

app = resolver()


@app.get("/invitations/<invitation_id>", tags=["Client"])
def read_invitation(invitation_id: str) -> InvitationDetailView:
    """One invitation; once an offer was accepted, with the candidate's name and contacts."""
    return release.invitation(
        table(), artefacts(), invitation_id, by=caller(app).sub, release_from=_release_from(), now=utc_now()
    )


@app.post(
    "/invitations/<invitation_id>/resume-downloads",
    tags=["Client"],
    responses={201: {"description": "A link for ten minutes"}},
)
def download_resume(invitation_id: str) -> Response[OriginalResumeLink]:
    """Get a link to the resume as it was handed in, once an offer was accepted; the candidate sees that I asked."""
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: release.original_resume(
            table(),
            resumes(),
            invitation_id,
            by=caller(app).sub,
            release_from=_release_from(),
            now=now,
            record=record,
        ),
        lambda link: Answer(201, link, {"Location": link.link}),
    )


@app.post("/invitations/<invitation_id>/withdraw", tags=["Client"])
def withdraw_invitation(invitation_id: str) -> Response[InvitationView]:
    """Take an invitation back."""
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: invitations.withdraw(table(), invitation_id, by=caller(app).sub, now=now, record=record),
        lambda invitation: Answer(200, InvitationView.of(invitation)),
    )


@app.post("/invitations/<invitation_id>/offers", tags=["Client"], responses={201: {"description": "The offer"}})
def make_offer(invitation_id: str, request: OfferTerms) -> Response[OfferView]:
    """Offer employment to a candidate who accepted an invitation."""
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: offers.make(
            table(),
            invitation_id,
            request,
            by=caller(app).sub,
            release_from=_release_from(),
            now=now,
            record=record,
        ),
        lambda offer: Answer(201, OfferView.of(offer), {"Location": f"../../offers/{offer.id}"}),
    )


@app.get("/offers/<offer_id>", tags=["Client"])
def read_offer(offer_id: str) -> Response[OfferView]:
    """One offer with the terms in force."""
    offer = offers.of_client(table(), offer_id, by=caller(app).sub)
    return document(OfferView.of(offer.value), offer.version)


@app.put("/offers/<offer_id>", tags=["Client"])
def change_offer(offer_id: str, request: OfferTerms) -> Response[OfferView]:
    """Replace the terms of an offer that waits for its answer: a new version, of which the candidate hears."""
    now = utc_now()
    version = read_version(app)
    limit_writes(table(), caller(app).sub, now)
    offer = offers.change(
        table(),
        offer_id,
        request,
        seen=version,
        by=caller(app).sub,
        release_from=_release_from(),
        now=now,
    )
    return document(OfferView.of(offer.value), offer.version)


@app.post("/offers/<offer_id>/withdraw", tags=["Client"])
def withdraw_offer(offer_id: str) -> Response[OfferView]:
    """Take an offer back before it is answered."""
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: offers.withdraw(table(), offer_id, by=caller(app).sub, now=now, record=record),
        lambda offer: Answer(200, OfferView.of(offer)),
    )


@app.post("/offers/<offer_id>/hire-confirmation", tags=["Client"])
def confirm_hire(offer_id: str) -> Response[OfferView]:
    """Say that the hire was made, off the platform, after the candidate accepted the offer."""
    now = utc_now()
    return once(
        app,
        table(),
        now,
        lambda record: offers.confirm_hire(table(), offer_id, by=caller(app).sub, now=now, record=record),
        lambda offer: Answer(200, OfferView.of(offer)),
    )


def _release_from() -> Stage:
    return Stage(settings().contact_release)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request of a client."""
    return serve(app, event, context, roles=frozenset({Role.CLIENT}))
