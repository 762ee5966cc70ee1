"""A mail that came to the support address, as far as anybody here reads it: its headers, which anybody may forge."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses

LONGEST_HEADERS = 64 * 1024
"""Bytes of a mail that are looked at. Nothing behind its headers is read, attachments neither."""

_LONGEST_FIELD = 1_000
_FROM_LISTS_AND_PROGRAMS = (
    "List-Id",
    "List-Post",
    "List-Unsubscribe",
    "X-Auto-Response-Suppress",
    "X-Autoreply",
    "X-Autorespond",
)
_TOKEN = re.compile(r"\bunsubscribe\s+([\w-]+\.[\w-]+)", re.ASCII)


@dataclass(frozen=True)
class Incoming:
    """What the headers say. `sender` is the one address that the mail says to be from, None where there is no one."""

    sender: str | None
    automatic: bool
    """Sent by a program or a list: an answer could come back for ever, and nobody would read it."""
    token: str | None
    """The token of a List-Unsubscribe header that was answered by mail."""


def read_headers(raw: bytes) -> Incoming:
    """What a mail's headers say; anything at all may stand in them, so nothing raises."""
    headers = BytesHeaderParser().parsebytes(raw[:LONGEST_HEADERS])
    token = _TOKEN.search(_field(headers, "Subject"))
    return Incoming(_sender(headers), _is_automatic(headers), token[1] if token else None)


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
