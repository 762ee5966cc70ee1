"""Scores in small pools, titles, and likeness to the best."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from hiring.matching.columns import CandidateColumns
from hiring.matching.kindred import BEST, examples_of, how_many, kindred_of
from hiring.matching.query import JobQuery, QueryForm, text_query, title_of
from hiring.matching.scoring import (
    examples_wanted,
    first_scores,
    first_statistics,
    in_millionths,
    kindred_statistics,
    measured,
    pool_statistics,
    ranked,
    scores,
    with_kindred,
)
from hiring.matching.statistics import MICRO, USUAL, Component, collection_of, spread, spread_of_all
from hiring.matching.terms import term
from hiring.skills.embedding import load_embedding
from hiring.skills.tagging import load_tagger
from tests.matching_builders import RESUME, make_columns

NURSE = "Registered Nurse on a surgical ward. Cared for patients and led the night shift."
ADVERTISEMENT = (
    "Backend Engineer (m/f/d) - Vienna. We are looking for somebody who will build our booking services in Python on "
    "PostgreSQL and who is going to run them with us in production."
)
TRADES = ("Painter", "Nurse", "Backend Engineer", "Accountant", "Truck Driver")
PLACES = ("of a hospital", "at a railway", "for a city", "in a shop", "on a ship", "with a bank", "in a school")


def query(text: str = ADVERTISEMENT) -> JobQuery:
    """The query of an advertisement."""
    return text_query(text, load_embedding(), load_tagger())


def crowd() -> CandidateColumns:
    """35 candidates of five trades; the engineers write of what they built in words that the advertisement lacks."""
    texts = []
    for trade, place in product(TRADES, PLACES):
        work = "Wrote microservices with asyncio." if trade == "Backend Engineer" else "Kept the tools in order."
        texts.append(f"{trade} {place}. {work} Worked {place} and took the early shift.")
    return make_columns(*texts)


def test_alone_in_a_pool_the_fitting_candidate_scores_well_and_the_other_does_not() -> None:
    fitting, other = make_columns(RESUME), make_columns(NURSE)
    best = measured(fitting, query(), "one")[1][0]
    worst = measured(other, query(), "one")[1][0]
    assert best > 500_000
    assert worst < 0


@pytest.mark.parametrize("more", [[], [NURSE], [NURSE, RESUME], [NURSE] * 25])
def test_company_of_any_size_leaves_the_better_above_the_worse(more: list[str]) -> None:
    values = measured(make_columns(RESUME, NURSE, *more), query(), "few")[1]
    assert values[0] > values[1]


def test_few_people_have_nothing_in_common() -> None:
    assert pool_statistics(make_columns(*[RESUME] * 20), query(), "few").kindred is None


def test_what_the_best_share_brings_others_like_them_up() -> None:
    columns = crowd()
    kindred = pool_statistics(columns, query(), "crowd").kindred
    assert kindred is not None
    assert {term("microservices"), term("asyncio")} <= {number for number, _ in kindred.terms}
    assert len(kindred.terms) <= 40
    assert all(weight > 0 for _, weight in kindred.terms)


def test_examples_are_never_more_than_ten_and_never_single_people() -> None:
    columns = crowd()
    collection = collection_of(columns, "crowd")
    assert how_many(1_000_000) == BEST
    assert how_many(len(columns)) == 3
    kindred = kindred_of(examples_of(columns, np.arange(3)), collection, 8.0)
    holders = {number: sum(number in held for held, _ in columns.terms_of(np.arange(3))) for number, _ in kindred.terms}
    assert min(holders.values()) >= 2


def test_R12_a_score_depends_on_the_candidate_and_the_statistics_alone() -> None:
    columns = crowd()
    statistics, values = measured(columns, query(), "crowd")
    assert statistics.kindred is not None
    assert (scores(columns, query(), statistics) == values).all()
    alone = CandidateColumns.of([])
    for row in (0, 17, 34):
        text = f"{TRADES[row // 7]} {PLACES[row % 7]}."
        work = "Wrote microservices with asyncio." if row // 7 == 2 else "Kept the tools in order."
        alone = make_columns(f"{text} {work} Worked {PLACES[row % 7]} and took the early shift.")
        assert scores(alone, query(), statistics)[0] == values[row]


def test_statistics_of_a_sample_in_steps_are_those_of_the_whole_where_the_sample_is_the_whole() -> None:
    columns = crowd()
    collection = collection_of(columns, "crowd")
    statistics = first_statistics(columns, query(), collection)
    first = first_scores(columns, query(), statistics)
    best = ranked(columns.ids, in_millionths(first))[: examples_wanted(query(), collection)]
    statistics = with_kindred(statistics, examples_of(columns, best), query(), collection)
    statistics = kindred_statistics(columns, query(), statistics)
    assert statistics == pool_statistics(columns, query(), "crowd")


def test_what_is_known_of_everybody_corrects_a_sample_that_is_not_like_all() -> None:
    chance = np.random.default_rng(1)
    everybody = chance.gamma(2.0, 0.1, 20_000)
    exact = 0.1 + 0.6 * everybody + chance.normal(0, 0.01, len(everybody))
    exact[::7] = np.nan
    odd = np.argsort(-everybody + chance.normal(0, 0.2, len(everybody)))[:2000]  # more of those with high values
    whole, alone = spread(Component.TITLES, exact), spread(Component.TITLES, exact[odd])
    told = spread_of_all(Component.TITLES, exact[odd], everybody[odd], everybody)
    assert abs(alone.mean - whole.mean) > 0.3 * whole.deviation
    assert abs(told.mean - whole.mean) < 0.02 * whole.deviation
    assert abs(alone.deviation - whole.deviation) > 0.1 * whole.deviation
    assert abs(told.deviation - whole.deviation) < 0.03 * whole.deviation


def test_a_few_known_values_are_filled_up_and_equal_ones_have_no_slope() -> None:
    nothing = np.full(40, np.nan)
    assert spread_of_all(Component.TITLES, nothing, nothing, nothing) == USUAL[Component.TITLES]
    values = np.linspace(0.0, 1.0, 40)
    same = np.ones(40)
    assert spread_of_all(Component.MEANING, values, same, same) == spread(Component.MEANING, values)


def test_terms_of_rows_are_the_terms_that_the_postings_tell() -> None:
    columns = crowd()
    rows = np.array([30, 2, 11])
    for row, (numbers, counts) in zip(rows.tolist(), columns.terms_of(rows), strict=True):
        assert (np.diff(numbers.astype(np.int64)) > 0).all()
        for number, count in zip(numbers.tolist(), counts.tolist(), strict=True):
            holders, values = columns.terms.find(number)
            assert values[holders == row].tolist() == [count]


@pytest.mark.parametrize(
    ("advertisement", "title"),
    [
        ("Cloud DevOps Engineer - Date posted: today", "Cloud DevOps Engineer"),
        ("Chefs and Head Cooks. Direct the preparation of soups.", "Chefs and Head Cooks"),
        ("Node.js Developer (remote)\nWe build", "Node.js Developer"),
        ("welder", "welder"),
    ],
)
def test_an_advertisement_begins_with_its_title(advertisement: str, title: str) -> None:
    assert title_of(advertisement) == title


def test_equal_first_scores_are_ordered_by_id_so_that_the_examples_are_the_same_everywhere() -> None:
    columns = make_columns(*[RESUME] * 40)
    values = np.zeros(len(columns), dtype=np.int64)
    assert ranked(columns.ids, values).tolist() == list(range(40))
    statistics = pool_statistics(columns, query(), "same")
    assert abs(int(scores(columns, query(), statistics)[0])) < MICRO


def test_prose_asks_for_the_skills_that_it_mentions_and_not_for_what_the_employer_offers() -> None:
    text = (
        "Backend Engineer. You will develop web services in Python, design databases in PostgreSQL, write automated "
        "tests and maintain Linux servers. Knowledge of Kubernetes and Terraform is an advantage. "
        "Our employees enjoy free parking and the bicycle leasing, and the summer party is legendary."
    )
    asked = {number for number, _ in query(text).terms}
    assert {term("python"), term("postgresql"), term("kubernetes")} <= asked
    assert not {term("parking"), term("bicycle"), term("party")} & asked


def test_prose_that_mentions_next_to_no_skills_is_taken_whole() -> None:
    text = (
        "We are looking for somebody who will be there when the trains come in at night and who is going to tell the "
        "passengers with a smile where they have to go and what they may leave behind."
    )
    assert term("trains") in {number for number, _ in query(text).terms}


def test_another_name_counts_only_where_it_stands_whole() -> None:
    tags = query("sap scm, seo, invoicing")
    assert tags.form is QueryForm.TAGS
    columns = make_columns(
        "Ran supply chain management and search engine optimization for a shop.",
        "Ran the chain of shops and its management; kept the engine and the supply in order.",
    )
    statistics = pool_statistics(columns, tags, "two")
    whole, parts = first_scores(columns, tags, statistics)
    assert whole > parts
    texts = {group.text: [choice.whole for choice in group.choices] for group in tags.groups}
    assert texts == {"sap scm": [False, True], "seo": [False, True], "invoicing": [False]}


def test_a_tag_is_asked_for_with_every_word() -> None:
    (group, *_) = query("communication skills, invoicing, payroll").groups
    assert group.choices[0].terms == (term("communication"), term("skills"), term("communication skills"))
