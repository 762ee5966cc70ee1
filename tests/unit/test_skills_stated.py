"""The skills that a requirement states: none without its words, and how often they are right over our own judgement."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring.jobs.advertisement import read
from hiring.jobs.advertisement.skills import MOST, with_skills
from hiring.skills.linking import CERTAIN
from hiring.skills.stated import WHOLE, stated_skills
from hiring.skills.taxonomy import load_taxonomy
from tests.unit.advertisement_skills import judged, linked

LEAST = {"tuned": (0.9, 0.5), "held_out": (0.85, 0.3)}
"""The least share of the shown skills that is right, and of the requirements with a skill that one is shown for."""


@pytest.mark.parametrize("part", LEAST)
def test_what_is_shown_is_right(part: str) -> None:
    right, asked = linked(judged(part), lambda text: {link.skill.label for link in stated_skills(text, MOST)})
    precision, recall = LEAST[part]

    assert right >= precision
    assert asked.recall >= recall


def test_the_likeliest_first_and_no_more_than_asked_for() -> None:
    found = stated_skills("Python, Java, PostgreSQL, JavaScript and TypeScript", 3)

    assert len(found) == 3
    assert [link.likelihood for link in found] == sorted((link.likelihood for link in found), reverse=True)
    assert all(WHOLE <= link.likelihood <= CERTAIN for link in found)


@pytest.mark.parametrize(
    "text", ["", "Experience", "Own transport", "Freude an der Arbeit", "B.Com or M.Com", "10 years"]
)
def test_what_states_no_skill_links_to_none(text: str) -> None:
    assert stated_skills(text, 3) == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_links_to_skills_of_the_taxonomy_alone(text: str) -> None:
    labels = load_taxonomy().labels
    assert all(labels[link.skill.number] == link.skill.label for link in stated_skills(text, 3))


def test_a_draft_names_skills_by_their_address() -> None:
    draft = with_skills(read("Developer\n\nRequirements\n- Strong SQL and Python\n- Patience\n"))

    strong, patience = draft.requirements
    assert {skill.label for skill in strong.skills} == {"SQL", "Python (computer programming)"}
    assert all(skill.id.startswith("http://data.europa.eu/esco/skill/") for skill in strong.skills)
    assert patience.skills == ()
