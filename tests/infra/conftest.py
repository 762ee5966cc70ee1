"""The stack as it is deployed, synthesized once and again only after a change."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.synthesize import synthesize
from tests.infra.template import Template


@pytest.fixture(scope="session")
def assembly() -> Path:
    """The cloud assembly for AWS."""
    return synthesize("aarch64")


@pytest.fixture(scope="session")
def template(assembly: Path) -> Template:
    """Its template."""
    return Template.read(assembly)
