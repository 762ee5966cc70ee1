"""From what people write to the canonical skills."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hiring.skills.embedding import ModelMissing, load_embedding
from hiring.skills.linking import CERTAIN, NameLetters, SkillLinker, labels, letters, links, load_linker
from hiring.skills.tagging import load_tagger
from hiring.skills.taxonomy import load_taxonomy


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Java", "Java (computer programming)"),
        ("You will write applications in Java and JavaScript", "JavaScript"),
        ("able to work in a team", "work in teams"),
        ("prepares the annual tax returns", "prepare tax returns forms"),
        ("responsible for managing budgets", "manage budgets"),
    ],
)
def test_a_phrase_leads_to_the_skill_that_it_means(text: str, label: str) -> None:
    assert label in labels(text, 5)


def test_as_many_as_asked_for_the_likeliest_first() -> None:
    found = links("We need somebody who keeps the accounts and speaks with customers", 7)
    assert len(found) == 7
    assert [link.likelihood for link in found] == sorted((link.likelihood for link in found), reverse=True)
    assert all(0 < link.likelihood <= CERTAIN for link in found)
    assert len({link.skill.number for link in found}) == 7


def test_the_name_of_a_skill_is_nearer_than_any_other() -> None:
    taxonomy = load_taxonomy()
    for number in range(0, len(taxonomy), 1500):
        label = taxonomy.labels[number]
        assert number in [link.skill.number for link in load_linker().phrase_links(label, 3)], label


@pytest.mark.parametrize("text", ["", " \n", "🙂"])
def test_what_says_nothing_leads_nowhere(text: str) -> None:
    assert all(link.likelihood < CERTAIN // 100 for link in links(text, 5))


def test_letters_are_those_of_each_word() -> None:
    assert letters("Go, C") == {" go", "go ", " c "}


def test_missing_data_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"letters\.npy"):
        NameLetters(tmp_path)
    with pytest.raises(ModelMissing):
        SkillLinker(tmp_path, load_taxonomy(), load_tagger(), load_embedding())


def test_another_process_finds_the_same() -> None:
    text = "Plans the shifts of a ward of twenty nurses and keeps the records of patients"
    script = f"from hiring.skills.linking import links\nprint(links({text!r}, 9))"
    other = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"}
    )
    assert other.stdout.strip() == repr(links(text, 9))
