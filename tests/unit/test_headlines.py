"""What stands at the head of a resume: a title is the headline, whoever's name and address stand beside it (R8)."""

from __future__ import annotations

import pytest

from hiring.resumes.model import Reading
from hiring.resumes.reader import read


@pytest.mark.parametrize(
    ("head", "headline"),
    [
        ("Maria Gruber\nCritical Care Nurse\nHauptstraße 12, Graz", "Critical Care Nurse"),
        ("Nguy■n Th■ H■■ng\nCritical Care Nurse\n27 Lý Th■■ng Ki■t", "Critical Care Nurse"),
        ("Maria Gruber\nHauptstraße 12", None),
        ("Maria Gruber\n7 Mill Lane", None),
    ],
)
def test_R8_a_title_is_the_headline_and_an_address_is_none(head: str, headline: str | None) -> None:
    text = f"{head}\nmaria@example.org\n\nExperience\nNurse, St. Anna Hospital, 2019 - 2023\nCared for patients\n"
    found = read(text.encode())
    assert isinstance(found, Reading)
    assert (found.evidence.headline.value if found.evidence.headline else None) == headline
