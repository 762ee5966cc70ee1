"""Employers by their names, as resumes and clients write them."""

from __future__ import annotations

import pytest

from hiring.candidates.employers import among, without_place


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Brightseat Tickets, Bratislava (team in Vienna)", "Brightseat Tickets"),
        ("Almbahn, Vienna, Austria", "Almbahn"),
        ("Almbahn (part-time)", "Almbahn"),
        ("Smith, Jones & Partners", "Smith, Jones & Partners"),
        ("Gipfelwerk, GmbH", "Gipfelwerk, GmbH"),
        ("Vienna, Austria", "Vienna"),
        ("(self-employed)", "(self-employed)"),
        ("Almbahn", "Almbahn"),
    ],
)
def test_R29_the_employer_that_is_suggested_is_the_one_that_is_blocked(written: str, name: str) -> None:
    assert without_place(written) == name


def test_R29_what_was_suggested_blocks_the_employer_under_its_own_name() -> None:
    assert among("Brightseat Tickets GmbH", [without_place("Brightseat Tickets, Bratislava (team in Vienna)")])
