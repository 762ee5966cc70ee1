"""Identifiers sort by time, and a shard stays the same."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from hiring.shared.ids import new_id, shard
from tests.builders import NOW


@given(st.integers(min_value=1, max_value=10**9))
def test_later_ids_sort_after_earlier_ones(milliseconds: int) -> None:
    assert new_id("job", NOW) < new_id("job", NOW + timedelta(milliseconds=milliseconds))


def test_ids_of_one_moment_differ() -> None:
    made = {new_id("job", NOW) for _ in range(1000)}
    assert len(made) == 1000
    assert all(identifier.startswith("job_") and len(identifier) == 30 for identifier in made)


def test_shards_are_stable_and_even() -> None:
    assert shard("cand_01kaqq9r80k3v7m2n4p6q8s0t1", 8) == shard("cand_01kaqq9r80k3v7m2n4p6q8s0t1", 8)
    counts = [0] * 8
    for number in range(8000):
        counts[shard(f"cand_{number}", 8)] += 1
    assert min(counts) > 800
    assert max(counts) < 1200
