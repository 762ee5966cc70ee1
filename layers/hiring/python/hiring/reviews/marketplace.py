"""The marketplace's profiles, which are read and never written (R26).

A profile is found by the account that its owner signs in with. Two places can be read: the marketplace's own HTTPS
service in a deployment, a file of profiles where there is no marketplace.
"""

from __future__ import annotations

import json
from functools import cache
from json import JSONDecodeError
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from hiring.reviews.model import MarketplaceProfile

_SECONDS = 2.0
_LARGEST = 256 * 1024


class Unreachable(RuntimeError):
    """The marketplace did not answer in time, or not with a profile."""


class MarketplaceProfiles(Protocol):
    """Where profiles are read."""

    def profile(self, account: str) -> MarketplaceProfile | None:
        """The profile of an account, None where it has none. Raises `Unreachable`."""


class ProfilesService:
    """The marketplace's service: `GET <base>/<account>` answers 200 with a profile as JSON, or 404."""

    def __init__(self, base: str, *, token: str = "") -> None:
        from urllib3 import PoolManager, Timeout

        self._base = base.rstrip("/")
        self._headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        self._http = PoolManager(timeout=Timeout(total=_SECONDS), retries=False)

    def profile(self, account: str) -> MarketplaceProfile | None:
        """The profile of an account, None where it has none. Raises `Unreachable`."""
        from urllib3.exceptions import HTTPError

        try:
            answer = self._http.request(
                "GET", f"{self._base}/{quote(account, safe='')}", headers=self._headers, preload_content=False
            )
            body = answer.read(_LARGEST + 1)
            answer.release_conn()
        except HTTPError as error:
            raise Unreachable(type(error).__name__) from None
        if answer.status == 404:
            return None
        if answer.status != 200 or len(body) > _LARGEST:
            raise Unreachable(f"status {answer.status}, {len(body)} bytes")
        try:
            return _read(json.loads(body))
        except JSONDecodeError:
            raise Unreachable("not JSON") from None


class ProfilesFile:
    """A JSON file: an object with a profile for each account."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def profile(self, account: str) -> MarketplaceProfile | None:
        """The profile of an account, None where it has none. Raises `Unreachable`."""
        try:
            profiles = json.loads(self._path.read_bytes())
        except (OSError, ValueError) as error:
            raise Unreachable(type(error).__name__) from None
        return _read(profiles[account]) if account in profiles else None


def _read(stated: Any) -> MarketplaceProfile:
    try:
        return MarketplaceProfile.read(stated)
    except ValueError as error:
        raise Unreachable(f"{type(error).__name__} in a profile") from None


@cache
def marketplace_profiles() -> MarketplaceProfiles | None:
    """Where this deployment reads profiles; None where it is connected to no marketplace."""
    from hiring.shared.settings import settings

    address = settings().marketplace_profiles_url
    if not address:
        return None
    if address.startswith("file:"):
        return ProfilesFile(Path.from_uri(address))
    return ProfilesService(address, token=_token())


def _token() -> str:
    from hiring.shared.clients import secrets_manager
    from hiring.shared.settings import settings

    secret = settings().marketplace_token_secret_arn
    return secrets_manager().get_secret_value(SecretId=secret)["SecretString"].strip() if secret else ""
