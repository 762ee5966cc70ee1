"""Offers and their versions in the table."""

from __future__ import annotations

from collections.abc import Mapping

from hiring.offers.model import Offer, OfferState, OfferVersion
from hiring.shared import keys
from hiring.shared.errors import NotFound
from hiring.shared.table import Item, Page, Put, Table


def put_offer(offer: Offer, *, read_version: int = 0) -> Put:
    """Write an offer's head; while it waits for an answer it waits for its expiry too.

    While an offer is open only its terms change, so that the item's version is the version of its terms.
    """
    indexes = {
        "gsi1": (f"CAND#{offer.candidate_id}#OFF", offer.id),
        "gsi2": (f"JOB#{offer.job_id}#OFF", offer.id),
    }
    if offer.state is OfferState.OPEN:
        indexes["gsi3"] = (keys.due(offer.id), offer.terms.expires_at.isoformat(timespec="seconds"))
    return Put.of(keys.offer(offer.id), offer, read_version=read_version, indexes=indexes)


def put_version(offer: Offer, *, by: str) -> Put:
    """Keep the terms in force for ever, and who made them."""
    version = OfferVersion(
        offer_id=offer.id, version=offer.version, terms=offer.terms, made_at=offer.changed_at, made_by=by
    )
    return Put.of(keys.offer_version(offer.id, offer.version), version)


def offer_item(table: Table, offer_id: str) -> Item:
    """An offer with its version in the table; raises `NotFound`."""
    item = table.get(keys.offer(offer_id))
    if item is None:
        raise NotFound
    return item


def offer(table: Table, offer_id: str) -> Offer:
    """An offer; raises `NotFound`."""
    return offer_item(table, offer_id).read(Offer)


def candidate_page(table: Table, candidate_id: str, *, limit: int, start: Mapping[str, str] | None) -> Page:
    """A candidate's offers, newest first."""
    return table.index_page("gsi1", f"CAND#{candidate_id}#OFF", limit=limit, start=start, newest_first=True)
