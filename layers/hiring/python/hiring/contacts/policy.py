"""The contact policy: what a text must not hold before contact details are released (R21), or ever (R24).

Found are mail addresses, phone numbers, links, handles and postal addresses, plain or disguised, and data of payment
and identity. Left alone are years, versions, pay, places, products, the bare name of a network ("github.com"), and a
company known by the name of its site ("Booking.com") while nothing follows it. A street is a place, with the number of
a house it is an address. A number is no phone number where the text says of what else it is ("ticket 482113").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet

from hiring.contacts.disguises import View, closed_up, in_digits, plain
from hiring.contacts.finding import mask
from hiring.contacts.handles import find_handles
from hiring.contacts.links import find_links
from hiring.contacts.mail_addresses import find_mail_addresses
from hiring.contacts.meeting_hosts import leads_to_meeting
from hiring.contacts.payment_and_identity import find_identity_data, find_payment_data
from hiring.contacts.phone_numbers import find_phone_numbers, find_spelled_numbers
from hiring.contacts.postal_addresses import find_postal_addresses
from hiring.contacts.spans import ContactSpan, Found, SpanKind
from hiring.shared.errors import ContactPolicy, FieldError

__all__ = ["ContactSpan", "SpanKind", "find_contacts", "require_no_contacts"]

type Finder = Callable[[View], Iterator[Found]]

_FINDERS: tuple[Finder, ...] = (
    find_payment_data,
    find_identity_data,
    find_mail_addresses,
    find_links,
    find_handles,
    find_phone_numbers,
    find_postal_addresses,
)
_RANK = {kind: rank for rank, kind in enumerate(SpanKind)}
_ROUNDS = 4
"""One thing may hide another: with what was found masked, the text is looked at again, so often at most."""

_NAMES = {
    SpanKind.PAYMENT_DATA: "an account or card number",
    SpanKind.IDENTITY_DATA: "a tax or identity number",
    SpanKind.EMAIL: "a mail address",
    SpanKind.LINK: "a link",
    SpanKind.HANDLE: "a name on a network",
    SpanKind.PHONE: "a phone number",
    SpanKind.POSTAL_ADDRESS: "a postal address",
}
_NEVER = frozenset({SpanKind.PAYMENT_DATA, SpanKind.IDENTITY_DATA})


def find_contacts(text: str) -> tuple[ContactSpan, ...]:
    """What the policy is about in `text`, in order and without overlaps; links to meetings are among it."""
    spans: list[ContactSpan] = []
    seen = text
    for _ in range(_ROUNDS):
        found = _spans(seen)
        if not found:
            break
        spans = _merged([*spans, *found])
        seen = mask(text, [(span.start, span.end) for span in spans])
    return tuple(spans)


def require_no_contacts(text: str, pointer: str, meeting_hosts: AbstractSet[str], *, released: bool = False) -> None:
    """Raise `ContactPolicy` with one error for each thing found in `text`, which stands at the JSON pointer `pointer`.

    Links to `meeting_hosts` (lower case) and to hosts below them pass. Where contact details are `released` they pass
    too, and only data of payment and identity is refused (R24). The errors say where something stands and never
    what it is, so that they can be logged.
    """
    errors = tuple(
        FieldError(pointer, span.kind, _detail(span))
        for span in find_contacts(text)
        if (span.kind in _NEVER or not released)
        and not (span.kind is SpanKind.LINK and leads_to_meeting(text[span.start : span.end], meeting_hosts))
    )
    if errors:
        raise ContactPolicy(
            "Please take out what is named in `errors` and send it again; nothing was sent.", errors=errors
        )


def _detail(span: ContactSpan) -> str:
    where = f"Characters {span.start} to {span.end} (from 0, the last not included) look like {_NAMES[span.kind]}."
    if span.kind in _NEVER:
        return f"{where} Such data has no place here, at any stage."
    return f"{where} Contact details are exchanged when an offer is accepted; until then please write here."


def _spans(text: str) -> list[ContactSpan]:
    return _merged(
        ContactSpan(*view.original(start, end), kind)
        for view, finders in _views(text)
        for finder in finders
        for kind, start, end in finder(view)
    )


def _views(text: str) -> Iterator[tuple[View, tuple[Finder, ...]]]:
    """The views of a text, each with what can be found in it."""
    as_sent = plain(text)
    closed = closed_up(as_sent)
    for view in (as_sent, closed):
        if view is None:
            continue
        yield view, (*_FINDERS, find_spelled_numbers)
        digits = in_digits(view)
        if digits is not None:
            yield digits, (find_phone_numbers, find_spelled_numbers)


def _merged(spans: Iterable[ContactSpan]) -> list[ContactSpan]:
    """The spans in order, those that overlap as one, of the kind that matters most."""
    merged: list[ContactSpan] = []
    for span in sorted(spans, key=lambda each: (each.start, each.end)):
        if merged and span.start < merged[-1].end:
            last = merged.pop()
            kind = min(last.kind, span.kind, key=_RANK.__getitem__)
            merged.append(ContactSpan(last.start, max(last.end, span.end), kind))
        else:
            merged.append(span)
    return merged
