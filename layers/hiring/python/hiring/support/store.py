"""Support requests in the table."""

from __future__ import annotations

from collections.abc import Mapping

from hiring.shared import keys
from hiring.shared.errors import NotFound
from hiring.shared.table import Item, Page, Put, Table
from hiring.support.model import RequestState, SupportRequest


def put_request(request: SupportRequest, *, read_version: int = 0) -> Put:
    """Write a request; it is due when its confirmation is too late, and when what it asks for is to begin."""
    indexes = {
        "gsi1": (f"CAND#{request.candidate_id}#REQ", request.id),
        "gsi2": (f"REQ#{request.state}", request.id),
    }
    if request.state is RequestState.VERIFYING and request.confirm_until:
        indexes["gsi3"] = (keys.due(request.id), request.confirm_until.isoformat(timespec="seconds"))
    if request.begins:
        indexes["gsi3"] = (keys.due(request.id), request.changed_at.isoformat(timespec="seconds"))
    return Put.of(keys.support_request(request.id), request, read_version=read_version, indexes=indexes)


def request_item(table: Table, request_id: str) -> Item:
    """A request with its version; raises `NotFound`."""
    item = table.get(keys.support_request(request_id))
    if item is None:
        raise NotFound
    return item


def request(table: Table, request_id: str) -> SupportRequest:
    """A request; raises `NotFound`."""
    return request_item(table, request_id).read(SupportRequest)


def requests_page(table: Table, state: RequestState, *, limit: int, start: Mapping[str, str] | None) -> Page:
    """Requests in a state, the oldest first."""
    return table.index_page("gsi2", f"REQ#{state}", limit=limit, start=start)
