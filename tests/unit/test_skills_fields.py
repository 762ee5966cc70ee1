"""Fields of work: texts on the same work come near, and nothing depends on the company of a text."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hiring.skills.embedding import SCALE, load_embedding
from hiring.skills.fields import load_fields, units

TEXTS = ["Saucier in a restaurant", "Preparing dishes at the hot station", "Hot melt adhesive for packaging", ""]


def vectors() -> NDArray[np.float32]:
    """The texts as unit vectors."""
    return units(load_embedding().vectors(TEXTS).astype(np.float32))


def test_the_same_work_in_other_words_is_nearer_than_the_same_words_for_other_work() -> None:
    saucier, station, adhesive, _ = load_fields().meanings(vectors())
    assert saucier @ station > saucier @ adhesive
    assert saucier @ station > station @ adhesive


def test_meanings_are_whole_numbers_of_the_same_length_and_nothing_stays_nothing() -> None:
    meanings = load_fields().meanings(vectors())
    assert np.array_equal(meanings, np.rint(meanings))
    assert np.allclose(np.linalg.norm(meanings[:3], axis=1), SCALE, rtol=0.01)
    assert not meanings[3].any()


def test_R10_a_text_means_the_same_alone_as_among_others() -> None:
    together = load_fields().meanings(vectors())
    for row, vector in enumerate(vectors()):
        assert np.array_equal(load_fields().meanings(vector[np.newaxis])[0], together[row])
