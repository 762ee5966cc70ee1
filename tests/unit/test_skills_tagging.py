"""Skills in running text."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hiring.skills.embedding import ModelMissing
from hiring.skills.tagger_features import tokens
from hiring.skills.tagging import TAGS, SkillTagger, Tag, skill_spans, spans_of
from hiring.skills.taxonomy import load_taxonomy

ADVERTISEMENT = "You have strong communication skills and experience with Java and PostgreSQL.\nWe offer free coffee."


def test_skills_and_knowledge_are_found_where_they_stand() -> None:
    found = {(ADVERTISEMENT[span.start : span.end], span.kind) for span in skill_spans(ADVERTISEMENT)}
    assert {("Java", "knowledge"), ("PostgreSQL", "knowledge")} <= found
    assert any("communication" in text and kind == "skill" for text, kind in found)
    assert not any("coffee" in text for text, _ in found)


@pytest.mark.parametrize("text", ["", "  \n ", "███ ██████", "<ORGANIZATION>", "…"])
def test_what_mentions_no_skill_has_no_spans(text: str) -> None:
    assert skill_spans(text) == []


def test_a_kind_that_changes_begins_a_new_span() -> None:
    sentence = tokens("lead teams SQL", 0, 14)
    tags = [TAGS.index(tag) for tag in (Tag.SKILL_BEGINS, Tag.SKILL_GOES_ON, Tag.KNOWLEDGE_GOES_ON)]
    assert [tuple(span) for span in spans_of(sentence, tags)] == [
        (0, 10, "skill", False),
        (11, 14, "knowledge", False),
    ]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Experience with Java", False),
        ("No experience with Java", True),
        ("Willing to learn Java", True),
        ("Not only Java", False),
        ("No experience with Haskell. Years of Java", False),
    ],
)
def test_what_is_missing_or_only_wished_for_is_told(text: str, denied: bool) -> None:
    (java,) = [span for span in skill_spans(text) if text[span.start : span.end] == "Java"]
    assert java.denied is denied


def test_another_process_finds_the_same() -> None:
    script = f"from hiring.skills.tagging import skill_spans\nprint(skill_spans({ADVERTISEMENT!r}))"
    other = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"}
    )
    assert other.stdout.strip() == repr(skill_spans(ADVERTISEMENT))


def test_missing_weights_say_so(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="weights"):
        SkillTagger(tmp_path / "weights.npz", load_taxonomy())
