"""A mail address as the table may name it: found again by who has the key, and read by nobody."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata


def address_digest(address: str, key: bytes) -> str:
    """HMAC-SHA256 of an address, in hexadecimal; upper and lower case of it are the same."""
    plain = unicodedata.normalize("NFC", address.strip()).casefold()
    return hmac.new(key, f"address {plain}".encode(), hashlib.sha256).hexdigest()
