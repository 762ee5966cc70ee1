"""Flags in the table. A flag that nobody ever set is off."""

from __future__ import annotations

from hiring.flags.model import Flag, FlagName
from hiring.shared import keys
from hiring.shared.table import Put, Require, Stored, Table


def flag(table: Table, name: FlagName) -> Stored[Flag]:
    """A flag as it is at this moment; version 0 where it was never set."""
    item = table.get(keys.flag(name))
    return Stored(item.read(Flag), item.version) if item else Stored(Flag(), 0)


def put_flag(name: FlagName, flag: Flag, *, read_version: int) -> Put:
    """Write a flag."""
    return Put.of(keys.flag(name), flag, read_version=read_version)


def require_flag(name: FlagName, read_version: int) -> Require:
    """Have a commit fail where somebody turned the flag since it was read."""
    return Require(keys.flag(name), read_version)
