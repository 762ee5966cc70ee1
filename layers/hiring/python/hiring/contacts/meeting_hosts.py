"""Links to online meetings, by the host that a browser would open."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from urllib.parse import unquote

from hiring.contacts.domains import is_host

_LINK = re.compile(r"(?:https?://)?(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::443)?(?P<rest>[/?#][!-~]*)?", re.IGNORECASE)

_AFTER_SIGN = re.compile(r"@([\w-]+(?:\.[\w-]+)+)")


def leads_to_meeting(link: str, hosts: AbstractSet[str]) -> bool:
    """Whether `link` leads to one of `hosts` (lower case) or below, and to nothing else.

    Signs outside ASCII, a user before the host, a backslash and another address within the link never pass: browsers
    and people may read them in different ways.
    """
    match = _LINK.fullmatch(link)
    if match is None or "\\" in link:
        return False
    rest = unquote(unquote(match["rest"] or ""))
    if "://" in rest or "www." in rest or any(is_host(name.lower()) for name in _AFTER_SIGN.findall(rest)):
        return False
    host = match["host"].lower()
    return any(host == listed or host.endswith(f".{listed}") for listed in hosts)
