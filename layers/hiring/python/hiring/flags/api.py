"""Flags on the wire."""

from __future__ import annotations

from typing import Self

from pydantic import StrictBool

from hiring.flags.model import Flag, FlagName
from hiring.shared.values import Document


class FlagChange(Document):
    """Whether a flag is to be on."""

    on: StrictBool


class FlagView(Document):
    """A flag and whether it is on."""

    name: FlagName
    on: bool

    @classmethod
    def of(cls, name: FlagName, flag: Flag) -> Self:
        """The view of a flag."""
        return cls(name=name, on=flag.on)


class FlagList(Document):
    """All flags."""

    items: tuple[FlagView, ...]
