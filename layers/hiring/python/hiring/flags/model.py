"""Switches that operators turn while the product runs."""

from __future__ import annotations

from enum import StrEnum

from hiring.shared.values import Document


class FlagName(StrEnum):
    """Every switch there is. All of them are off until somebody turns them on."""

    RESUME_REUPLOAD = "resume_reupload"
    """Whether a candidate who has a resume may hand in a new version of it (R5)."""


class Flag(Document):
    """Whether a switch is on."""

    on: bool = False
