"""The skills that a candidate reads beside a quote of their own."""

from __future__ import annotations

from hiring.matching.named_skills import named_skills
from hiring.resumes.model import Evidence, SkillMention
from hiring.skills.tagging import load_tagger

TEXT = "Skills: Go, Kafka\nBuilt services with GO and PostgreSQL. No experience with Java.\nPlayed the violin."


def _named(quote: str, *listed: str) -> tuple[str, ...]:
    skills = tuple(
        SkillMention(value=TEXT[at : at + len(name)], start=at, end=at + len(name))
        for name in listed
        for at in range(len(TEXT))
        if TEXT[at : at + len(name)].casefold() == name.casefold()
    )
    start = TEXT.index(quote)
    return named_skills(Evidence(text=TEXT, skills=skills), start, start + len(quote), load_tagger())


def test_what_the_resume_lists_and_what_its_prose_mentions() -> None:
    assert _named("Built services with GO and PostgreSQL.", "go") == ("GO", "PostgreSQL")


def test_only_what_stands_in_the_quote() -> None:
    assert _named("Go, Kafka", "go", "kafka") == ("Go", "Kafka")
    assert _named("Played the violin.", "go", "kafka") == ()


def test_a_skill_is_named_once_however_it_is_written() -> None:
    assert _named("Go, Kafka\nBuilt services with GO and PostgreSQL.", "go", "kafka") == ("Go", "Kafka", "PostgreSQL")


def test_what_is_denied_is_not_named() -> None:
    assert "Java" not in _named("No experience with Java.")
