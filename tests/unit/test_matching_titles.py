"""Titles as vectors."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import numpy as np
import pytest

from hiring.matching.features import read_features
from hiring.matching.query import text_query
from hiring.matching.titles import MOST_TITLES, load_titles, plain_title, title_vector, titles_of
from hiring.resumes.model import Employment, Evidence, Fact, Span
from hiring.skills.embedding import load_embedding
from hiring.skills.occupations import NEAREST, load_occupations
from hiring.skills.tagging import load_tagger

TITLES = [
    "programmer",
    "registered nurse",
    "estate agent",
    "lorry driver",
    "primary school teacher",
    "head chef",
    "accountant",
    "welder",
    "human resources manager",
    "graphic designer",
    "police detective",
    "civil engineer",
]
SAME_WORK = [
    ("software developer", "programmer"),
    ("staff nurse", "registered nurse"),
    ("realtor", "estate agent"),
    ("truck driver", "lorry driver"),
    ("elementary school teacher", "primary school teacher"),
    ("chef de cuisine", "head chef"),
    ("bookkeeper", "accountant"),
    ("HR director", "human resources manager"),
    ("illustrator", "graphic designer"),
    ("criminal investigator", "police detective"),
    ("structural engineer", "civil engineer"),
]


@pytest.mark.parametrize(("title", "nearest"), SAME_WORK)
def test_a_title_is_nearest_to_another_name_of_the_same_work(title: str, nearest: str) -> None:
    vectors = load_titles().meanings([title, *TITLES]).astype(int)
    assert TITLES[int(np.argmax(vectors[1:] @ vectors[0]))] == nearest


def test_meanings_bring_names_of_the_same_work_closer_than_their_words_do() -> None:
    titles = [title for pair in SAME_WORK for title in pair]
    words, meanings = load_titles().vectors(titles).astype(int), load_titles().meanings(titles).astype(int)
    closer = [
        meanings[place] @ meanings[place + 1] > words[place] @ words[place + 1] for place in range(0, len(titles), 2)
    ]
    assert sum(closer) >= len(SAME_WORK) - 1


def test_a_title_that_stands_alone_counts_by_what_it_means() -> None:
    """As a job and as a resume; where there is a text beside it, its words count too."""
    embedding = load_embedding()
    meaning = load_titles().zone(["Estate agent"]).meaning
    alone = read_features(Evidence(text="Estate agent"), embedding, as_of=date(2026, 11, 1))
    with_text = read_features(Evidence(text="Estate agent\nSold forty flats"), embedding, as_of=date(2026, 11, 1))
    assert np.array_equal(alone.title_vector, meaning)
    assert np.array_equal(text_query("Estate agent", embedding, load_tagger()).title_vector, meaning)
    assert np.array_equal(with_text.title_vector, title_vector(["Estate agent"], embedding))
    assert not np.array_equal(with_text.title_vector, meaning)


def test_a_text_without_words_is_about_nothing() -> None:
    titles = load_titles()
    assert not titles.meanings([""]).any()
    zone = titles.zone([])
    assert not zone.vector.any()
    assert not zone.meaning.any()


def test_one_title_is_its_own_zone_and_an_empty_one_adds_nothing() -> None:
    titles = load_titles()
    zone = titles.zone(["welder", ""])
    assert (zone.vector.astype(int) - titles.vectors(["welder"])[0]).max() <= 1
    assert (zone.meaning.astype(int) - titles.meanings(["welder"])[0]).max() <= 1


def test_the_first_title_of_a_zone_says_most() -> None:
    titles = load_titles()
    zone = titles.zone(["welder", "accountant", *["accountant"] * MOST_TITLES])
    welder, accountant = titles.vectors(["welder", "accountant"]).astype(int)
    first = titles.zone(["welder", "accountant"]).vector.astype(int)
    assert first @ welder > first @ accountant
    assert zone.vector.astype(int) @ accountant > first @ accountant


def test_levels_and_brackets_are_no_part_of_a_title() -> None:
    assert plain_title("Senior Software Engineer II (m/f/d)") == "Software Engineer"
    assert plain_title("Sr. Buyer") == "Buyer"
    assert plain_title("Pfleger m/w/d") == "Pfleger"
    assert plain_title("School Principal") == "School Principal"
    assert plain_title("Lead generation") == "generation"
    assert plain_title("Trainee") == "Trainee"


def test_case_does_not_change_a_vector() -> None:
    one, other = load_embedding().vectors(["HUMAN RESOURCES MANAGER", "human resources manager"])
    assert (one == other).all()


def position(title: str, at: int) -> Employment:
    return Employment(title=Fact(start=at, end=at + len(title), value=title), text=Span(start=at, end=at + len(title)))


def test_the_titles_of_a_resume_are_its_headline_and_its_positions() -> None:
    text = "Data engineer\nAnalyst\nData engineer"
    headline = Fact(start=0, end=13, value="Data engineer")
    evidence = Evidence(
        text=text, headline=headline, employment=(position("Analyst", 14), position("Data engineer", 22))
    )
    assert titles_of(evidence) == ["Data engineer", "Analyst"]


def test_a_resume_without_parts_goes_by_its_opening() -> None:
    assert titles_of(Evidence(text="\nHR MANAGER Summary Ten years of people work")) == ["HR MANAGER"]
    assert titles_of(Evidence(text="Pastry chef Professional Experience Bakes")) == ["Pastry chef"]
    assert titles_of(Evidence(text="Professional diver Repairs hulls")) == ["Professional diver Repairs hulls"]
    assert titles_of(Evidence(text="█████ ███\nWeb developer\nBuilds pages")) == ["Web developer"]
    assert titles_of(Evidence(text="")) == []


def test_R12_titles_are_the_same_in_another_process_with_another_hash_seed() -> None:
    code = (
        "from hiring.matching.titles import load_titles\n"
        f"zone = load_titles().zone({TITLES[:4]!r})\n"
        "print((zone.vector.tobytes() + zone.meaning.tobytes()).hex())"
    )
    other = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", code],
        env={"PYTHONHASHSEED": "7", "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    zone = load_titles().zone(TITLES[:4])
    assert other.stdout.strip() == (zone.vector.tobytes() + zone.meaning.tobytes()).hex()


def test_R12_similarities_are_exact_whatever_the_order_of_adding() -> None:
    """Products in single precision equal those of integers: the nearest occupations cannot depend on the processor."""
    occupations, vectors = load_occupations(), load_titles().vectors(TITLES)
    for vector, numbers, weights in zip(vectors, *occupations.nearest(vectors), strict=True):
        near = np.maximum.reduceat(occupations._names.astype(np.int64) @ vector.astype(np.int64), occupations._starts)
        ranks = np.lexsort((np.arange(len(near)), -near))[:NEAREST]
        assert numbers.tolist() == sorted(ranks.tolist())
        assert weights[numbers == ranks[0]] == weights.max()
