"""What the contact policy finds: where something stands in a text, and what kind of thing it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SpanKind(StrEnum):
    """What a text must not hold before contact details are released; the last two never (R24).

    In the order in which a kind wins where two of them overlap.
    """

    PAYMENT_DATA = "payment-data"
    IDENTITY_DATA = "identity-data"
    EMAIL = "email"
    LINK = "link"
    HANDLE = "handle"
    PHONE = "phone"
    POSTAL_ADDRESS = "postal-address"


@dataclass(frozen=True, slots=True)
class ContactSpan:
    """`text[start:end]` of the text as it was sent, in code points. What stands there is not repeated."""

    start: int
    end: int
    kind: SpanKind


type Found = tuple[SpanKind, int, int]
"""A kind with start and end in one view of the text."""
