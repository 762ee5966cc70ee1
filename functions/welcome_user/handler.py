"""Whoever confirms an account becomes a candidate. Doing it again changes nothing."""

from __future__ import annotations

from typing import Any

from hiring.shared.clients import cognito
from hiring.shared.observability import correlated, logger

_GROUP = "candidate"


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer Cognito's PostConfirmation trigger; a confirmed new password is none of our business."""
    if event["triggerSource"] == "PostConfirmation_ConfirmSignUp":
        with correlated(context.aws_request_id):
            cognito().admin_add_user_to_group(
                UserPoolId=event["userPoolId"], Username=event["userName"], GroupName=_GROUP
            )
            logger().info("user welcomed")
    return event
