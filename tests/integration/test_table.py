"""Commits are all or nothing, and nobody overwrites what somebody else changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hiring.shared import keys
from hiring.shared.errors import Conflict
from hiring.shared.keys import Key
from hiring.shared.observability import correlated
from hiring.shared.outbox import Envelope, mail
from hiring.shared.table import CommitRefused, Put, Remove, Require, Table, retried
from tests.builders import NOW

ONE, TWO = Key("THING#1"), Key("THING#2")


def test_a_new_item_is_written_once(table: Table) -> None:
    table.commit([Put(ONE, {"colour": "green"})], now=NOW)
    with pytest.raises(CommitRefused) as refused:
        table.commit([Put(ONE, {"colour": "red"})], now=NOW)
    assert refused.value.keys == (ONE,)
    item = table.get(ONE)
    assert item is not None
    assert (item.data["colour"], item.version) == ("green", 1)


def test_a_change_needs_the_version_that_was_read(table: Table) -> None:
    table.commit([Put(ONE, {"colour": "green"})], now=NOW)
    table.commit([Put(ONE, {"colour": "blue"}, read_version=1)], now=NOW)
    with pytest.raises(CommitRefused):
        table.commit([Put(ONE, {"colour": "red"}, read_version=1)], now=NOW)
    item = table.get(ONE)
    assert item is not None
    assert (item.data["colour"], item.version) == ("blue", 2)


def test_one_refused_change_refuses_all(table: Table) -> None:
    table.commit([Put(ONE, {})], now=NOW)
    with pytest.raises(CommitRefused):
        table.commit([Put(TWO, {}), Put(ONE, {})], [mail("THING#2", "x", "y")], now=NOW)
    assert table.get(TWO) is None
    assert list(table.query("THING#2")) == []


def test_requirements_are_checked_and_change_nothing(table: Table) -> None:
    table.commit([Put(ONE, {})], now=NOW)
    table.commit([Put(TWO, {}), Require(ONE, 1)], now=NOW)
    with pytest.raises(CommitRefused) as refused:
        table.commit([Put(Key("THING#3"), {}), Require(ONE, 2)], now=NOW)
    assert refused.value.keys == (ONE,)
    with pytest.raises(CommitRefused):
        table.commit([Put(Key("THING#3"), {}), Require(TWO, 0)], now=NOW)
    assert table.get(Key("THING#3")) is None


def test_removing_needs_the_version_that_was_read(table: Table) -> None:
    table.commit([Put(ONE, {})], now=NOW)
    with pytest.raises(CommitRefused):
        table.commit([Remove(ONE, 2)], now=NOW)
    table.commit([Remove(ONE, 1)], now=NOW)
    assert table.get(ONE) is None


def test_a_message_leaves_with_its_cause_and_carries_the_correlation_id(table: Table) -> None:
    with correlated("request-7"):
        table.commit([Put(ONE, {})], [mail("THING#1", "invitation", "cand_1", invitation_id="inv_1")], now=NOW)
    (waiting,) = table.query("THING#1", prefix="OUT#")
    envelope = Envelope.model_validate(waiting.data["envelope"])
    assert envelope.correlation_id == "request-7"
    assert envelope.body == {"template": "invitation", "recipient": "cand_1", "invitation_id": "inv_1"}
    found = [
        item.key
        for number in range(keys.OUTBOX_SHARDS)
        for item in table.index_page("gsi3", f"OUT#{number}", up_to=NOW.isoformat(timespec="milliseconds")).items
    ]
    assert found == [waiting.key]


def test_binary_attributes_come_back_as_bytes(table: Table) -> None:
    table.commit([Put(ONE, {"features": b"\x00\x01"})], now=NOW)
    item = table.get(ONE)
    assert item is not None
    assert item.data["features"] == b"\x00\x01"


def test_pages_cover_everything_once_in_order(table: Table) -> None:
    for number in range(25):
        table.commit([Put(Key("MANY#1", f"ROW#{number:02d}"), {})], now=NOW)
    seen, start = [], None
    while True:
        page = table.page("MANY#1", prefix="ROW#", limit=10, start=start)
        seen += [item.key.sk for item in page.items]
        start = page.next_key
        if start is None:
            break
    assert seen == [f"ROW#{number:02d}" for number in range(25)]


def test_get_many_takes_more_than_one_batch(table: Table) -> None:
    wanted = [Key(f"THING#{number}") for number in range(130)]
    for key in wanted:
        table.commit([Put(key, {})], now=NOW)
    assert set(table.get_many([*wanted, Key("NONE#1")])) == set(wanted)


def test_an_index_leads_to_the_item_as_it_is_now(table: Table) -> None:
    table.commit([Put(ONE, {"colour": "green"}, indexes={"gsi1": ("COLOURS", "a")})], now=NOW)
    table.commit([Put(ONE, {"colour": "blue"}, read_version=1, indexes={"gsi1": ("COLOURS", "a")})], now=NOW)
    page = table.index_page("gsi1", "COLOURS")
    assert [item.data["colour"] for item in page.items] == ["blue"]


def test_counters_count(table: Table) -> None:
    key = keys.rate("sub", "202611230900")
    counts = [table.count(key, expires_at=NOW + timedelta(minutes=5)) for _ in range(3)]
    assert counts == [1, 2, 3]


def test_an_action_is_repeated_on_a_refused_commit_and_gives_up_in_the_end(table: Table) -> None:
    table.commit([Put(ONE, {"count": 0})], now=NOW)
    disturbances = iter([True, True, False])

    def add() -> int:
        item = table.get(ONE)
        assert item is not None
        if next(disturbances):
            table.commit([Put(ONE, item.data, read_version=item.version)], now=NOW)
        count = int(item.data["count"]) + 1
        table.commit([Put(ONE, {"count": count}, read_version=item.version)], now=NOW)
        return count

    assert retried(add) == 1

    def always_disturbed() -> None:
        table.commit([Put(ONE, {})], now=NOW)

    with pytest.raises(Conflict):
        retried(always_disturbed)


def test_an_item_is_deleted_only_while_it_says_the_same(table: Table) -> None:
    table.commit([Put(ONE, {"change": "second"})], now=NOW)
    assert not table.delete_if(ONE, "change", "first")
    assert table.get(ONE) is not None
    assert table.delete_if(ONE, "change", "second")
    assert not table.delete_if(ONE, "change", "second")
