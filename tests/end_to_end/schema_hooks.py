"""What a generated request needs that no JSON schema says: real time zones, and a new idempotency key each time."""

from __future__ import annotations

import uuid
from typing import Any
from zoneinfo import available_timezones

import schemathesis
from hypothesis import strategies

schemathesis.openapi.format("iana-time-zone", strategies.sampled_from(sorted(available_timezones())))


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:  # noqa: ARG001  # called by these names
    """Send each request that acts under a key of its own, as clients do; one that lacks its key stays without."""
    if case.headers and case.headers.get("Idempotency-Key"):
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
