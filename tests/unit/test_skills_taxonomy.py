"""The canonical skills: found by any of their names, in whatever form."""

from __future__ import annotations

from pathlib import Path

import pytest

from hiring.skills.embedding import ModelMissing
from hiring.skills.taxonomy import Kind, Taxonomy, load_taxonomy, name_words


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Java", "Java (computer programming)"),
        ("JAVASCRIPT", "JavaScript"),
        ("working in teams", "work in teams"),
        ("project management", "project management"),
        ("manage musical staff", "manage musical staff"),
        ("direct musical staff", "manage musical staff"),
    ],
)
def test_a_skill_is_found_by_its_label_and_by_its_other_names(name: str, label: str) -> None:
    found = load_taxonomy().find(name)
    assert found is not None
    assert found.label == label


@pytest.mark.parametrize("name", ["", "   ", "qqzzx", "the quick brown fox"])
def test_what_is_no_name_is_not_found(name: str) -> None:
    assert load_taxonomy().find(name) is None


def test_every_preferred_label_leads_to_a_skill_that_bears_that_name() -> None:
    taxonomy = load_taxonomy()
    for label in taxonomy.labels[::97]:
        found = taxonomy.find(label)
        if found is not None:  # names of more than seven words are not filed
            assert name_words(label) in [name_words(name) for name in taxonomy.names[found.number]]
        else:
            assert len(name_words(label)) > 7


def test_a_skill_has_the_address_that_esco_gave_it() -> None:
    taxonomy = load_taxonomy()
    found = taxonomy.find("manage musical staff")
    assert found is not None
    assert taxonomy.concept(found.number) == "http://data.europa.eu/esco/skill/0005c151-5b5a-4a66-8aac-60e734beb1ab"
    assert len({taxonomy.concept(number) for number in range(len(taxonomy))}) == len(taxonomy)


def test_skills_have_their_kind() -> None:
    taxonomy = load_taxonomy()
    kinds = {name: found.kind for name in ("Haskell", "manage musical staff") if (found := taxonomy.find(name))}
    assert kinds == {"Haskell": Kind.KNOWLEDGE, "manage musical staff": Kind.SKILL}


def test_names_in_running_text_are_the_longest_ones() -> None:
    taxonomy = load_taxonomy()
    words = name_words("experience of project management and Java")
    found = [
        (" ".join(words[name.start : name.end]), taxonomy.labels[name.number]) for name in taxonomy.names_in(words)
    ]
    assert ("project manag", "project management") in [(text[:13], label) for text, label in found]
    assert found[-1][1] == "Java (computer programming)"


def test_missing_data_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"labels\.txt"):
        Taxonomy(tmp_path)
