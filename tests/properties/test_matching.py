"""What holds of every ranking."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring.jobs.model import Authorisation, Requirement, RequirementKind, TimeZoneOverlap
from hiring.matching.columns import CandidateColumns
from hiring.matching.compaction import renewed
from hiring.matching.deal_breakers import Conditions, outcomes
from hiring.matching.explanation import Criteria, explain
from hiring.matching.features import CandidateFeatures
from hiring.matching.frozen import Basis, RunInput, explain_candidates, freeze, replay
from hiring.matching.generation import Generation
from hiring.matching.model import Reason
from hiring.matching.passes import People, pool_of
from hiring.matching.query import JobQuery, job_query
from hiring.matching.rates import Rates
from hiring.matching.scoring import pool_statistics, scores
from hiring.matching.shortlist import funnel_of, rank_everybody
from hiring.resumes.model import Evidence
from hiring.shared.values import LanguageLevel, LanguageSkill, WorkMode
from hiring.skills.embedding import load_embedding
from hiring.skills.tagging import load_tagger
from tests.builders import NOW, make_job_terms
from tests.matching_builders import make_features

WORDS = [
    "Python",
    "PostgreSQL",
    "nurse",
    "team",
    "led",
    "built",
    "service",
    "no",
    "with",
    "Vienna",
    "█████",
    "C++",
    "5",
]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join), min_size=1, max_size=6).map(
    "\n".join
)
IDS = st.integers(0, 40).map(lambda number: f"cand_{number:02}")
WISHES = st.fixed_dictionaries(
    {},
    optional={
        "work_modes": st.lists(st.sampled_from(["remote", "hybrid", "on-site"]), unique=True, max_size=3),
        "time_zone": st.sampled_from(["Europe/Vienna", "Asia/Tokyo", "America/Lima"]),
        "places": st.lists(st.sampled_from([{"country": "AT"}, {"country": "DE", "city": "Berlin"}]), max_size=2),
        "authorised_in": st.lists(st.sampled_from(["AT", "DE"]), unique=True),
        "languages": st.lists(st.just({"language": "de", "level": "B1"}), max_size=1),
        "earliest_start": st.sampled_from(["2027-01-01", "2028-01-01"]),
        "minimum_pay": st.just({"amount": {"amount_minor": 90_000_00, "currency": "USD"}, "period": "year"}),
    },
)


@st.composite
def candidates(draw: st.DrawFn, *, most: int = 8) -> list[CandidateFeatures]:
    """Candidates with different ids."""
    wishes: st.SearchStrategy[dict[str, Any]] = WISHES
    ids = draw(st.lists(IDS, unique=True, max_size=most))
    return [make_features(draw(TEXTS), candidate_id=i, version=draw(st.integers(1, 3)), **draw(wishes)) for i in ids]


@cache
def query() -> JobQuery:
    """The query of the job that everybody is ranked for."""
    return job_query(make_job_terms(), load_embedding(), load_tagger())


def conditions(**terms: Any) -> Conditions:
    """The conditions of that job."""
    return Conditions(make_job_terms(**terms), "Gipfelwerk", Rates.shipped())


@settings(max_examples=60, deadline=None)
@given(candidates(), st.randoms(use_true_random=False))
def test_R6_the_order_is_total_whatever_order_candidates_arrive_in(
    people: list[CandidateFeatures], chance: Any
) -> None:
    shuffled = list(people)
    chance.shuffle(shuffled)
    passes = [
        rank_everybody(pool_of(None, CandidateColumns.of(order), ()), query(), conditions(), stored(people), depth=5)
        for order in (people, shuffled)
    ]
    assert passes[0].best == passes[1].best
    keys = [(-placed.score, placed.candidate_id) for placed in passes[0].best]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@settings(max_examples=60, deadline=None)
@given(candidates(most=6), candidates(most=6))
def test_R10_a_score_does_not_depend_on_who_else_is_there(
    people: list[CandidateFeatures], others: list[CandidateFeatures]
) -> None:
    statistics = pool_statistics(CandidateColumns.of(others), query(), "others")
    together = CandidateColumns.of(people)
    values = scores(together, query(), statistics)
    for row, person in enumerate(sorted(people, key=lambda person: person.candidate_id)):
        assert scores(CandidateColumns.of([person]), query(), statistics)[0] == values[row]


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_R7_who_states_nothing_is_never_excluded(text: str) -> None:
    strict = conditions(
        work_mode=WorkMode.ON_SITE,
        time_zone_overlap=TimeZoneOverlap(time_zone="Asia/Tokyo", hours=8),
        languages=(LanguageSkill(language="fi", level=LanguageLevel.NATIVE),),
        authorisation=Authorisation(country="FI", sponsorship=False),
    )
    found = outcomes(CandidateColumns.of([make_features(text)]), strict)
    assert not any(outcome.excluded[0] for outcome in found.values())
    assert Reason.PAY in found


@settings(max_examples=40, deadline=None)
@given(candidates(), st.integers(1, 5))
def test_R6_a_shortlist_is_bounded_and_everybody_is_counted_once(people: list[CandidateFeatures], depth: int) -> None:
    first = rank_everybody(
        pool_of(None, CandidateColumns.of(people), ()), query(), conditions(), stored(people), depth=depth
    )
    listed = min(depth, len(first.best))
    assert listed <= len(people)
    funnel = funnel_of(first, (), listed)
    assert funnel.considered == len(people) == listed + sum(funnel.left_out.values())
    assert all(count > 0 for count in funnel.left_out.values())


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join))
def test_R9_every_quote_is_verbatim_and_every_claim_has_one(text: str, asked: str) -> None:
    terms = make_job_terms(requirements=(Requirement(text=asked, kind=RequirementKind.MUST_HAVE),))
    ((verdict,),) = explain(Criteria(terms, load_embedding()), [Evidence(text=text)], as_of=NOW.date())
    if verdict.quote is not None:
        assert text[verdict.start : verdict.end] == verdict.quote
        assert verdict.quote.strip() == verdict.quote
        assert verdict.quote


@settings(max_examples=80, deadline=None)
@given(candidates(), candidates(), st.lists(IDS, unique=True, max_size=3))
def test_a_merge_keeps_the_newest_and_drops_who_left(
    base: list[CandidateFeatures], newer: list[CandidateFeatures], gone: list[str]
) -> None:
    gone = [i for i in gone if i not in {person.candidate_id for person in newer}]
    merged = CandidateColumns.of(base).merged(CandidateColumns.of(newer), gone=gone)
    newest = {person.candidate_id: person for person in base if person.candidate_id not in gone}
    for person in newer:
        known = newest.get(person.candidate_id)
        if known is None or person.version >= known.version:
            newest[person.candidate_id] = person
    assert contents(merged) == contents(CandidateColumns.of(newest.values()))


@settings(max_examples=40, deadline=None)
@given(candidates(), candidates(most=4))
def test_a_run_on_changes_ranks_as_one_on_the_merged_index(
    base: list[CandidateFeatures], newer: list[CandidateFeatures]
) -> None:
    generation, changed = generation_of(base), CandidateColumns.of(newer)
    if len(changed) > len(generation):
        return
    merged = CandidateColumns.of(base).merged(changed)
    present = {person.candidate_id: person for person in sorted([*base, *newer], key=lambda person: person.version)}
    pool = pool_of(generation, changed, ())
    first = rank_everybody(pool, query(), conditions(), stored(present.values()), depth=50)
    values = scores(merged, query(), first.statistics)
    expected = dict(zip([i.decode() for i in merged.ids.tolist()], values.tolist(), strict=True))
    assert len(pool) == len(merged) == first.considered
    assert all(expected[placed.candidate_id] == placed.score for placed in first.best)


@settings(max_examples=25, deadline=None)
@given(candidates(most=5))
def test_R10_a_replay_gives_the_same_bytes(people: list[CandidateFeatures]) -> None:
    columns = CandidateColumns.of(people)
    basis = Basis(
        run_id="run_1",
        job_id="job_1",
        job_version=1,
        terms=make_job_terms(),
        employer="Gipfelwerk",
        as_of=NOW.date(),
        rates=Rates.shipped(),
        query=query(),
        statistics=pool_statistics(columns, query(), "gen_1"),
        model=load_embedding().digest,
    )
    inputs = {
        f"ent_{person.candidate_id}": RunInput.of(
            person, Evidence(text="Python services"), entry_id=f"ent_{person.candidate_id}", salt="0" * 32
        )
        for person in people
    }
    explained = explain_candidates(basis, list(inputs.values()), load_embedding())
    first = rank_everybody(pool_of(None, columns, ()), query(), conditions(), stored(people), depth=50)
    document = freeze(basis, funnel_of(first, (), 0), explained, inputs)
    kept = {entry_id: entry.to_bytes() for entry_id, entry in reversed(inputs.items())}
    assert replay(document, kept, load_embedding()) == document


def stored(people: Iterable[CandidateFeatures]) -> People:
    """What the table would say of `people`."""
    known = {person.candidate_id: person for person in people}
    return lambda ids: {i: known[i] for i in ids if i in known}


def generation_of(people: list[CandidateFeatures]) -> Generation:
    """The generation that a compaction of `people` makes."""
    return Generation("gen_1", tuple(renewed((), CandidateColumns.of(people), ())))


def contents(columns: CandidateColumns) -> list[object]:
    """Everything that columns hold, in plain values that compare."""
    zones = columns.zones.tolist()
    out: list[object] = []
    for name, value in vars(columns).items():
        if name in ("facts", "skills", "terms"):
            out.append({part: array.tolist() for part, array in vars(value.plain()).items()})
        elif name == "zone":
            stated = (columns.stated & 4).astype(bool).tolist()
            out.append([zones[z] if known else None for z, known in zip(value.tolist(), stated, strict=True)])
        elif name != "zones":
            out.append(np.asarray(value).tolist())
    return out
