"""What if: the counts equal brute force, and what is told of them singles nobody out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from math import exp

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from hiring.jobs.model import Authorisation, JobTerms, TimeZoneOverlap
from hiring.matching.columns import CandidateColumns
from hiring.matching.deal_breakers import Conditions, outcomes
from hiring.matching.features import CandidateFeatures
from hiring.matching.model import Extra, Reason
from hiring.matching.passes import Part
from hiring.matching.query import JobQuery
from hiring.matching.ranges import EPSILON, MANY, STEPS, told
from hiring.matching.scoring import must_haves, shown_shares
from hiring.matching.what_if import ENOUGH_WORDS, extras
from hiring.shared.values import LanguageLevel, LanguageSkill, WorkMode
from tests.properties.test_matching import candidates, conditions, query

KEY = b"a key for tests"
GERMAN = LanguageSkill(language="de", level=LanguageLevel.C1)
ENGLISH = LanguageSkill(language="en")
STRICT = conditions(
    work_mode=WorkMode.REMOTE,
    time_zone_overlap=TimeZoneOverlap(time_zone="Europe/Vienna", hours=4),
    authorisation=Authorisation(country="AT", sponsorship=False),
    languages=(GERMAN, ENGLISH),
)


def passes(person: CandidateFeatures, job: JobQuery, asked: Conditions, without: Reason | None = None) -> bool:
    """Whether one candidate alone passes: the definition, with nothing counted together."""
    alone = CandidateColumns.of([person])
    left_out = {reason for reason, outcome in outcomes(alone, asked).items() if outcome.excluded[0]}
    shares = shown_shares(alone, job)[0]
    return not left_out - {without} and (not len(shares) or float(np.mean(shares)) >= ENOUGH_WORDS)


def without_must_have(job: JobQuery, number: int) -> JobQuery:
    dropped = must_haves(job)[number]
    return replace(job, groups=tuple(group for group in job.groups if group is not dropped))


def relaxed(terms: JobTerms) -> dict[str, tuple[JobTerms, Reason | None]]:
    """The relaxations, written down a second time: other terms, or a deal-breaker left away."""
    pay = terms.pay.maximum.amount_minor
    made: dict[str, tuple[JobTerms, Reason | None]] = {}
    for percent in (10, 20):
        most = terms.pay.maximum.model_copy(update={"amount_minor": pay + pay * percent // 100})
        dearer = terms.pay.model_copy(update={"maximum": most})
        made[f"pay-{percent}-percent-more"] = (terms.model_copy(update={"pay": dearer}), None)
    for days in (30, 90):
        later = terms.model_copy(update={"start_date": terms.start_date + timedelta(days=days)})
        made[f"start-{days}-days-later"] = (later, None)
    made["language-de"] = (terms.model_copy(update={"languages": (ENGLISH,)}), None)
    made["language-en"] = (terms.model_copy(update={"languages": (GERMAN,)}), None)
    for reason in ("pay", "work-mode", "place", "time-zone", "authorisation", "start-date", "language"):
        made[reason] = (terms, Reason(reason))
    return made


@settings(max_examples=80, deadline=None)
@given(people=candidates(), gone=st.sets(st.integers(0, 7)), cut=st.integers(0, 8))
def test_what_if_equals_asking_every_candidate_alone(people: list[CandidateFeatures], gone: set[int], cut: int) -> None:
    live = [number not in gone for number in range(len(people))]
    columns = [CandidateColumns.of(some) for some in (people[:cut], people[cut:])]
    parts = [Part(some, alive_in(some, people, live)) for some in columns]

    counted = {extra.code: extra for extra in extras(parts, query(), STRICT)}

    before = [passes(person, query(), STRICT) for person in people]
    expected = {}
    for code, (terms, without) in relaxed(STRICT.terms).items():
        weaker = replace(STRICT, terms=terms)
        expected[code] = [passes(person, query(), weaker, without) for person in people]
    for number in range(len(must_haves(query()))):
        shorter = without_must_have(query(), number)
        expected[f"must-have-{number}"] = [passes(person, shorter, STRICT) for person in people]
    assert set(counted) == set(expected)
    for code, after in expected.items():
        more = sorted(
            person.candidate_id
            for person, was, now, here in zip(people, before, after, live, strict=True)
            if here and now and not was
        )
        assert counted[code].count == len(more), code
        assert counted[code].who == sha256("\n".join(more).encode()).hexdigest(), code


def alive_in(columns: CandidateColumns, people: list[CandidateFeatures], live: list[bool]) -> NDArray[np.bool_]:
    alive = {person.candidate_id.encode() for person, here in zip(people, live, strict=True) if here}
    return np.array([i in alive for i in columns.ids.tolist()], dtype=np.bool_)


def test_conditions_that_a_job_does_not_raise_are_no_question() -> None:
    part = Part(CandidateColumns.of([]), np.zeros(0, dtype=np.bool_))
    codes = {extra.code for extra in extras([part], query(), conditions())}

    assert "time-zone" not in codes
    assert "language" not in codes
    assert {"pay", "place", "must-have-0", "must-have-1"} <= codes
    assert "must-have-2" not in codes  # a nice-to-have leaves nobody out


def shares_of_answers(count: int, questions: int = 20_000) -> dict[int, float]:
    """How often each range is told of `count` people, over many different sets of them."""
    answers = Counter(
        told(Extra(code="pay", count=count, who=f"{count} {number}"), KEY).at_least for number in range(questions)
    )
    return {least: answers[least] / questions for least in STEPS}


@pytest.mark.parametrize("count", [0, 1, 3, 4, 5, 18, 19, 20, 99])
def test_one_person_more_changes_the_chance_of_no_answer_much(count: int) -> None:
    fewer, more = shares_of_answers(count), shares_of_answers(count + 1)

    compared = [least for least in STEPS if min(fewer[least], more[least]) > 0.01]
    assert compared
    for least in compared:
        assert exp(-EPSILON) * 0.85 < fewer[least] / more[least] < exp(EPSILON) * 1.15


def test_nobody_and_a_few_are_told_alike() -> None:
    assert STEPS[:2] == (0, 5)
    answers = shares_of_answers(0)
    assert answers[0] > 0.8
    assert answers[5] > 0.01  # "5 or more" may be said of nobody, so that it proves nobody's presence


@given(count=st.integers(0, 3_000), who=st.text(max_size=10))
def test_the_same_people_get_the_same_answer_and_a_true_one_within_the_noise(count: int, who: str) -> None:
    extra = Extra(code="pay", count=count, who=who)
    answer = told(extra, KEY)

    assert told(extra.model_copy(update={"code": "pay-20-percent-more"}), KEY) == answer
    assert answer.at_least in STEPS
    assert answer.at_least - 60 <= count
    assert answer.at_most is None or count <= answer.at_most + 60


def test_many_are_told_as_many() -> None:
    assert told(Extra(code="pay", count=MANY, who=""), KEY).at_least == STEPS[-1]
