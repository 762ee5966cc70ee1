"""A client's requests, handed to the function that API Gateway hands them to."""

from __future__ import annotations

from typing import Any

from functions.client_api.handler import handler as until_invited
from functions.invitation_api.handler import handler as once_invited


def client_api(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """One function answers until somebody is invited, another from then on."""
    invited = event["path"].startswith(("/invitations/", "/offers/"))
    return (once_invited if invited else until_invited)(event, context)
