"""An operator turns a flag."""

from __future__ import annotations

from datetime import datetime

from hiring.audit import store as audit
from hiring.audit.model import Act
from hiring.flags import store
from hiring.flags.model import Flag, FlagName
from hiring.shared.errors import NotFound, PreconditionFailed
from hiring.shared.table import CommitRefused, Stored, Table


def named(name: str) -> FlagName:
    """The flag with this name; raises `NotFound`."""
    try:
        return FlagName(name)
    except ValueError:
        raise NotFound(f"There is no such flag. There are: {', '.join(FlagName)}.") from None


def set_flag(table: Table, name: FlagName, *, on: bool, read_version: int, by: str, now: datetime) -> Stored[Flag]:
    """Turn a flag as the operator `by`, from the very next use on, if nobody did since version `read_version`.

    Raises `PreconditionFailed`.
    """
    flag = Flag(on=on)
    change = store.put_flag(name, flag, read_version=read_version)
    try:
        table.commit([change, audit.put_event(Act.FLAG_SET, name, by=by, now=now)], now=now)
    except CommitRefused:
        raise PreconditionFailed("The flag was turned since you read it. Read it again.") from None
    return Stored(flag, read_version + 1)
