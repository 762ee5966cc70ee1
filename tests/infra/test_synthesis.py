"""Synthesis: once for the same sources, and only with settings that make sense."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App

from infra.bundling import Platform
from infra.settings import Settings
from infra.synthesize import STAMP, sources_digest, synthesize

ARNS = ["arn:aws:dynamodb:eu-west-1:111122223333:table/connects"]


def settings(**context: Any) -> Settings:
    """The settings of an app with this context."""
    return Settings.of(App(analytics_reporting=False, context=context).node)


def test_the_same_sources_are_synthesized_once(tmp_path: Path) -> None:
    (tmp_path / STAMP).write_text(sources_digest(Platform.AARCH64))
    assert synthesize("aarch64", tmp_path) == tmp_path
    assert [path.name for path in tmp_path.iterdir()] == [STAMP]


def test_each_platform_has_an_assembly_of_its_own() -> None:
    assert sources_digest(Platform.AARCH64) != sources_digest(Platform.HOST)


def test_the_assembly_needs_no_account_and_no_lookup(assembly: Path) -> None:
    manifest = json.loads((assembly / "manifest.json").read_text())
    assert "missing" not in manifest
    assert manifest["artifacts"]["Hiring"]["environment"] == "aws://unknown-account/unknown-region"


def test_a_deployment_is_guarded_unless_it_says_otherwise() -> None:
    assert settings(marketplace_resource_arns=ARNS) == Settings(
        platform=Platform.AARCH64,
        waf=True,
        network_guards=True,
        deletion_protection=True,
        nag=True,
        marketplace_resource_arns=tuple(ARNS),
    )


def test_switches_are_read_from_the_command_line_too() -> None:
    chosen = settings(marketplace_resource_arns=",".join([*ARNS, *ARNS]), waf="false", platform="host")
    assert (chosen.waf, chosen.platform) == (False, Platform.HOST)
    assert chosen.marketplace_resource_arns == (*ARNS, *ARNS)


@pytest.mark.parametrize("wrong", [{"waf": "no"}, {"platform": "x86_64"}])
def test_a_setting_that_makes_no_sense_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"no|x86_64"):
        settings(marketplace_resource_arns=ARNS, **wrong)


@pytest.mark.parametrize("arns", [None, [], "", ["connects"]])
def test_R26_a_stack_without_the_marketplaces_arns_is_refused(arns: Any) -> None:
    with pytest.raises(ValueError, match="marketplace_resource_arns"):
        settings(marketplace_resource_arns=arns)
