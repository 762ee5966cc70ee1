"""A mail that came to the support address, as far as a program here reads it: its headers, which anybody may forge,
and the beginning of its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.utils import getaddresses

from hiring.support.model import RequestKind
from hiring.support.wishes import wish_of

LOOKED_AT = 64 * 1024
"""Bytes of a mail that are looked at, from its beginning; attachments are not read."""

_LONGEST_FIELD = 1_000
_FROM_LISTS_AND_PROGRAMS = (
    "List-Id",
    "List-Post",
    "List-Unsubscribe",
    "X-Auto-Response-Suppress",
    "X-Autoreply",
    "X-Autorespond",
)
_TAG = re.compile(r"<[^<>]*>")
_TOKEN = re.compile(r"\bunsubscribe\s+([\w-]+\.[\w-]+)", re.ASCII)


@dataclass(frozen=True)
class Incoming:
    """What the headers say. `sender` is the one address that the mail says to be from, None where there is no one."""

    sender: str | None
    automatic: bool
    """Sent by a program or a list: an answer could come back for ever, and nobody would read it."""
    token: str | None
    """The token of a List-Unsubscribe header that was answered by mail."""
    wish: RequestKind
    """What its words ask for."""


def read_mail(raw: bytes) -> Incoming:
    """What a mail says; anything at all may stand in it, so nothing raises."""
    headers = BytesHeaderParser().parsebytes(raw[:LOOKED_AT])
    subject = _field(headers, "Subject")
    token = _TOKEN.search(subject)
    wish = wish_of(_decoded(subject), _text(raw[:LOOKED_AT]))
    return Incoming(_sender(headers), _is_automatic(headers), token[1] if token else None, wish)


def _decoded(field: str) -> str:
    """A header's text with its encoded words (RFC 2047) in plain letters."""
    try:
        return str(make_header(decode_header(field)))
    except (ValueError, LookupError):
        return field


def _text(raw: bytes) -> str:
    """The first text of a mail, without tags where it is HTML only; empty where there is none that can be read."""
    try:
        texts = [part for part in BytesParser().parsebytes(raw).walk() if part.get_content_maintype() == "text"]
        if not texts:
            return ""
        part = next((each for each in texts if each.get_content_subtype() == "plain"), texts[0])
        data = part.get_payload(decode=True)
        text = data.decode(part.get_content_charset("utf-8"), "replace") if isinstance(data, bytes) else ""
    except (ValueError, LookupError, AttributeError, RecursionError):
        return ""
    return text if part.get_content_subtype() == "plain" else _TAG.sub(" ", text)


def _sender(headers: Message) -> str | None:
    stated = _field(headers, "From")
    found = [address for _, address in getaddresses([stated])] if len(stated) <= _LONGEST_FIELD else []
    if len(headers.get_all("From", [])) != 1 or len(found) != 1:
        return None
    return found[0] if re.fullmatch(r"[^@\s]+@[^@\s]+", found[0]) else None


def _is_automatic(headers: Message) -> bool:
    return (
        _field(headers, "Auto-Submitted").lower() not in {"", "no"}
        or _field(headers, "Precedence").lower() in {"bulk", "list", "junk", "auto_reply"}
        or _field(headers, "Return-Path") == "<>"
        or _field(headers, "Content-Type").lower().startswith("multipart/report")
        or "FAIL" in {_field(headers, "X-SES-Spam-Verdict"), _field(headers, "X-SES-Virus-Verdict")}
        or any(name in headers for name in _FROM_LISTS_AND_PROGRAMS)
    )


def _field(headers: Message, name: str) -> str:
    """A header's text on one line, empty where there is none."""
    return " ".join(str(headers.get(name, "")).split())
