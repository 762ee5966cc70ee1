"""Rules that a resource may break, each with its reason, said beside the resource."""

from __future__ import annotations

from aws_cdk import Acknowledgment, Validations
from constructs import IConstruct


def waive(construct: IConstruct, rule: str, reason: str) -> None:
    """Let `construct` break one AWS Solutions rule, such as `IAM5[Resource::*]`."""
    Validations.of(construct).acknowledge(Acknowledgment(id=f"AwsSolutions-{rule}", reason=reason))
