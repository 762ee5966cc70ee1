from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from hiring.shared.addresses import address_digest
from hiring.shared.table import Table
from hiring.suppressions import store
from hiring.suppressions.model import Suppression, SuppressionReason
from tests.builders import NOW


def _suppress(table: Table, number: int) -> Suppression:
    made = Suppression(
        digest=address_digest(f"person-{number}@example.com", b"a key"),
        reason=SuppressionReason.BOUNCE,
        since=NOW + timedelta(minutes=number),
    )
    table.commit([store.put_suppression(made)], now=NOW)
    return made


def test_R30_a_suppression_is_found_until_it_is_lifted(table: Table) -> None:
    made = _suppress(table, 1)
    stored = store.suppression(table, made.digest)

    assert stored
    assert stored.value == made
    table.commit([store.lift(stored)], now=NOW)
    assert store.suppression(table, made.digest) is None


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 20, 100])
def test_pages_of_suppressions_name_each_once_however_long_they_are(table: Table, limit: int) -> None:
    made = {_suppress(table, number).digest for number in range(20)}

    start: Mapping[str, str] | None = None
    seen: list[str] = []
    while True:
        page = store.page(table, limit=limit, start=start)
        assert len(page.items) <= limit
        seen += [item.read(Suppression).digest for item in page.items]
        start = page.next_key
        if start is None:
            break

    assert sorted(seen) == sorted(made)
