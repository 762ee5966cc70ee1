"""The template keeps the rules of AWS Solutions and of CloudFormation."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Stack
from aws_cdk import aws_sqs as sqs

from infra.app import refuse_broken_rules
from infra.waivers import waive
from tests.infra.template import Template

WAIVED = {
    *("APIG2", "APIG4", "APIG6", "COG2", "COG4", "COG8", "IAM4", "IAM5"),
    *("L1", "S1", "SMG4", "SQS3"),
}


def waivers(template: Template) -> list[tuple[str, str, str]]:
    """Path, rule and reason of everything that was acknowledged."""
    metadata: dict[str, list[dict[str, Any]]] = json.loads((template.folder / "Hiring.metadata.json").read_text())
    return [
        (path, rule.rpartition("AwsSolutions-")[2], reason)
        for path, entries in metadata.items()
        for entry in entries
        if entry["type"] == "aws:cdk:acknowledged-rules"
        for rule, reason in entry["data"].items()
        if "AwsSolutions-" in rule
    ]


def test_the_template_is_valid_cloudformation(template: Template) -> None:
    lint = Path(sys.executable).with_name("cfn-lint")
    done = subprocess.run(  # noqa: S603
        # CDK has a function depend on its role and on the role's policies alike.
        [lint, "--ignore-checks", "W3005", "--", template.folder / "Hiring.template.json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout + done.stderr == ""
    assert done.returncode == 0


def test_a_broken_rule_stops_synthesis_until_somebody_says_why_it_may_be_broken() -> None:
    app = App(analytics_reporting=False)
    queue = sqs.Queue(Stack(app, "Careless"), "Queue", enforce_ssl=True)
    refuse_broken_rules(app)
    with pytest.raises(RuntimeError, match="AwsSolutions-SQS3"):
        app.synth()
    waive(queue, "SQS3", "It shows what a waiver does")
    app.synth(force=True)


def test_every_waiver_is_for_a_known_rule_and_says_why(template: Template) -> None:
    found = waivers(template)
    assert {rule.partition("[")[0] for _, rule, _ in found} == WAIVED
    assert all(len(reason.split()) >= 5 for _, _, reason in found)
    assert all(path.count("/") >= 2 for path, _, _ in found)  # none for the whole stack
