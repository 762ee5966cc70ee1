"""Identifiers: a prefix that says what it is, then time and chance, so that their order is time. They grant nothing."""

from __future__ import annotations

import secrets
from datetime import datetime

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_RANDOM_BITS = 80


def new_id(prefix: str, now: datetime) -> str:
    """A new id such as `job_01k9…`: 48 bits of milliseconds, 80 random bits; 26 characters of Crockford's base 32."""
    number = (int(now.timestamp() * 1000) << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
    return f"{prefix}_" + "".join(_ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5))


def shard(value: str, count: int) -> int:
    """Which of `count` shards `value` belongs to: the same one for ever, evenly spread."""
    from hashlib import blake2b

    return int.from_bytes(blake2b(value.encode(), digest_size=8).digest()) % count
