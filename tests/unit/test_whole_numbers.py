"""Sums of whole numbers are exact, and so the same on every processor in whatever order it adds (R10)."""

from __future__ import annotations

from math import isqrt

import numpy as np

from hiring.matching.alignment import _Layout
from hiring.skills.fields import EXACT, units
from hiring.skills.mentions import ReadText

LENGTH = 600 * 2**18


def long_row(*, half: int) -> list[int]:
    """256 numbers of `LENGTH` together, the first of them exactly `half` halves at unit length times 300.

    Nearly all of the others are even, so that the sum of squares is off by a little or exact as the odd ones come.
    """
    numbers = [2**18 * half]
    rest = LENGTH**2 - numbers[0] ** 2
    for left in range(246, 0, -1):
        numbers.append(isqrt(rest // (left + 1)) // 2 * 2 + (left % 16 == 0))
        rest -= numbers[-1] ** 2
    while rest:
        numbers.append(isqrt(rest))
        rest -= numbers[-1] ** 2
    return numbers + [0] * (256 - len(numbers))


def test_R10_the_units_of_a_very_long_row_do_not_depend_on_the_order_of_addition() -> None:
    for half in range(9, 50, 2):
        row = np.array([long_row(half=half)], dtype=np.float32)
        assert np.square(row.astype(np.float64)).sum() > EXACT
        expected = units(row)
        for seed in range(12):
            order = np.random.default_rng(seed).permutation(256)
            assert np.array_equal(units(row[:, order]), expected[:, order])


def test_R10_the_sum_of_a_passage_is_exact_where_single_precision_is_not() -> None:
    layout = _Layout.of([ReadText("Kafka, Python, Docker")])
    vectors = np.array([[2**24], [1], [1]], dtype=np.float32)
    assert layout.summed(vectors, np.arange(3)).tolist() == [[2**24 + 2]]
