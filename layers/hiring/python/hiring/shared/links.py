"""Signed tokens: for one purpose and one subject, until a time. Nobody without the key can make or change one."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from datetime import datetime
from enum import StrEnum
from functools import cache

from hiring.shared.errors import Gone, NotFound


class Purpose(StrEnum):
    """What a token may be used for; one made for a purpose is worthless for another."""

    RESPOND = "respond"
    CURSOR = "cursor"
    VIEW = "view"
    UNSUBSCRIBE = "unsubscribe"
    CONFIRM_REQUEST = "confirm-request"


def sign(purpose: Purpose, subject: str, *, expires_at: datetime, key: bytes) -> str:
    """A token (URL-safe) that says `subject` for `purpose` until `expires_at`. HMAC-SHA256 over all three."""
    payload = _encode(json.dumps([purpose.value, subject, int(expires_at.timestamp())]).encode())
    return f"{payload}.{_encode(_seal(payload, key))}"


def verify(token: str, purpose: Purpose, *, now: datetime, key: bytes) -> str:
    """The subject of a token.

    Raises `NotFound` where it was not made by us or for this purpose, `Gone` where its time is over.
    """
    payload, _, seal = token.partition(".")
    try:
        genuine = hmac.compare_digest(_decode(seal), _seal(payload, key))
        stated = json.loads(_decode(payload)) if genuine else None
    except (ValueError, NotBase64):
        stated = None
    if stated is None or stated[0] != purpose.value:
        raise NotFound("This link is not one of ours. Open it as it stands in the mail.")
    if now.timestamp() >= stated[2]:
        raise Gone("This link has expired.")
    return str(stated[1])


def _seal(payload: str, key: bytes) -> bytes:
    return hmac.new(key, payload.encode(), hashlib.sha256).digest()


def _encode(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text.encode("ascii", "strict") + b"=" * (-len(text) % 4))


@cache
def signing_key() -> bytes:
    """The deployment's key, fetched once for a function's life."""
    from hiring.shared.clients import secrets_manager
    from hiring.shared.settings import settings

    answer = secrets_manager().get_secret_value(SecretId=settings().signing_secret_arn)
    return answer["SecretString"].encode()
