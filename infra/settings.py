"""What a deployment can choose, as context: in `cdk.json`, or with `cdk deploy -c name=value`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from constructs import Node

from infra.bundling import Platform

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """The choices of one deployment; the defaults are those of an AWS account."""

    platform: Platform
    """What the layers' binaries are built for: `aarch64` for Lambda, `host` for a run on this machine."""
    waf: bool
    """Whether a web ACL stands before the API."""
    network_guards: bool
    """Whether the network that reads resumes looks up no foreign names, and logs the traffic that it refused."""
    deletion_protection: bool
    """Whether table and user pool refuse to be deleted."""
    nag: bool
    """Whether synthesis fails where an AWS Solutions rule is broken without a waiver."""
    marketplace_resource_arns: tuple[str, ...]
    """The marketplace's own resources, which every role is denied. Put the real ARNs here."""

    marketplace_token_secret_arn: str | None = None
    """The secret with the token that the marketplace's profiles are read with, where it wants one."""

    receipt_rule_set: str | None = None
    """The active SES receipt rule set that gets a rule for the support address; without one, no mail is received."""

    @classmethod
    def of(cls, node: Node) -> Settings:
        """The settings in the context of an app; `ValueError` where one makes no sense."""
        arns = node.try_get_context("marketplace_resource_arns")
        if isinstance(arns, str):
            arns = [arn.strip() for arn in arns.split(",")]
        if not arns or not all(str(arn).startswith("arn:") for arn in arns):
            raise ValueError("marketplace_resource_arns must list at least one ARN")
        return cls(
            platform=Platform(node.try_get_context("platform") or Platform.AARCH64),
            waf=_switch(node.try_get_context("waf")),
            network_guards=_switch(node.try_get_context("network_guards")),
            deletion_protection=_switch(node.try_get_context("deletion_protection")),
            nag=_switch(node.try_get_context("nag")),
            marketplace_resource_arns=tuple(arns),
            marketplace_token_secret_arn=node.try_get_context("marketplace_token_secret_arn") or None,
            receipt_rule_set=node.try_get_context("receipt_rule_set") or None,
        )


def _switch(value: Any) -> bool:  # the command line gives text, cdk.json gives booleans
    if value in (None, True, "true"):
        return True
    if value in (False, "false"):
        return False
    raise ValueError(f"a switch is true or false, not {value!r}")
