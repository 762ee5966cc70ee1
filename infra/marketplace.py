"""Nothing here touches the marketplace: every role is denied its resources, whatever else it is granted."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import aws_iam as iam
from constructs import IConstruct

POLICY_NAME = "NeverTouchTheMarketplace"


def deny_marketplace(scope: IConstruct, arns: Sequence[str]) -> None:
    """Add the denial to every role under `scope`, those included that CDK made by itself."""
    for construct in scope.node.find_all():
        if isinstance(construct, iam.CfnRole):
            construct.add_property_override(
                "Policies",
                [
                    {
                        "PolicyName": POLICY_NAME,
                        "PolicyDocument": {
                            "Version": "2012-10-17",
                            "Statement": [{"Effect": "Deny", "Action": "*", "Resource": list(arns)}],
                        },
                    }
                ],
            )
