"""Vectors in few bits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hiring.matching.directions import STEP, STEPS, USUAL, likeness, restored, signs_of, sizes_of
from hiring.skills.embedding import DIMENSIONS, quantised


def directions(count: int) -> NDArray[np.int8]:
    """Vectors in all directions, the first of them zero."""
    vectors = quantised(np.random.default_rng(3).normal(size=(count, DIMENSIONS)))
    vectors[0] = 0
    return vectors


def test_signs_and_sizes_tell_each_component_to_half_a_step() -> None:
    vectors = directions(200)
    told = restored(signs_of(vectors), sizes_of(vectors)).astype(int)
    inside = (np.abs(vectors) < STEP * STEPS) & vectors.any(axis=1, keepdims=True)
    assert inside.mean() > 0.98
    assert np.abs(told - vectors)[inside].max() <= STEP // 2
    assert np.abs(told).max() == STEP * STEPS - STEP // 2
    assert not told[0].any()


def test_every_component_comes_back_on_its_side_of_zero() -> None:
    vectors = np.arange(-127, 129, dtype=np.int16).clip(-127, 127).astype(np.int8).reshape(1, DIMENSIONS)
    told = restored(signs_of(vectors), sizes_of(vectors))
    assert ((told > 0) == (vectors > 0)).all()
    assert (np.diff(told.astype(int)) >= 0).all()


def test_what_was_restored_is_kept_as_it_is_however_often_it_is_packed() -> None:
    once = restored(signs_of(directions(50)), sizes_of(directions(50)))
    assert (restored(signs_of(once), sizes_of(once)) == once).all()


def test_a_vector_is_held_against_signs_exactly_as_if_all_components_were_of_one_size() -> None:
    vectors = directions(3000)
    expected = np.where(vectors > 0, USUAL, -USUAL).astype(np.int64) @ vectors[7].astype(np.int64)
    assert (likeness(signs_of(vectors), vectors[7]) == expected).all()
    assert (likeness(vectors, vectors[7]) == vectors.astype(np.int64) @ vectors[7].astype(np.int64)).all()


def test_signs_find_the_likest_of_many_directions() -> None:
    vectors = directions(3000)
    chance = np.random.default_rng(5)
    asked = quantised(vectors[7:8] + chance.normal(scale=20, size=(1, DIMENSIONS)))[0]
    assert int(np.argmax(likeness(signs_of(vectors), asked))) == 7
