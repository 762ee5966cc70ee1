"""Vectors, features, queries and scores."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from hiring.jobs.model import Requirement, RequirementKind, Seniority
from hiring.matching import experience
from hiring.matching.features import ResumeFeatures, read_features
from hiring.matching.query import QueryForm, job_query, text_query
from hiring.matching.rates import Rates
from hiring.matching.scoring import pool_statistics, ranked, scores, weights_of
from hiring.matching.statistics import Component
from hiring.resumes.model import Employment, Evidence, Fact, SkillMention, Span
from hiring.shared.values import LanguageSkill, PayPeriod
from hiring.skills.embedding import DIMENSIONS, ModelMissing, load_embedding, read_embedding, similarities
from hiring.skills.tagging import load_tagger
from tests.builders import NOW, make_job_terms
from tests.matching_builders import RESUME, make_columns, make_evidence

NURSE = "Registered nurse on a surgical ward. Cared for patients and led the night shift."
PAINTER = "Painter and decorator. Painted houses, plastered walls, kept the tools in order."


def score(*texts: str, job: str) -> list[int]:
    """The scores of resumes for a job's text, with the statistics of a fixed pool."""
    query = text_query(job, load_embedding(), load_tagger())
    statistics = pool_statistics(make_columns(RESUME, NURSE, PAINTER), query, "test")
    values: list[int] = scores(make_columns(*texts), query, statistics).tolist()
    return values


def test_similar_subjects_point_the_same_way() -> None:
    vectors = load_embedding().vectors(["registered nurse", "hospital nursing care", "Python software developer"])
    to_nurse = similarities(vectors, vectors[0])
    assert to_nurse[1] > 2 * to_nurse[2]


def test_similarities_are_exact_integers() -> None:
    vectors = np.random.default_rng(3).integers(-127, 128, (5000, DIMENSIONS), dtype=np.int8)
    other = vectors[77]
    assert (similarities(vectors, other) == vectors.astype(np.int64) @ other.astype(np.int64)).all()


def test_a_text_without_words_has_no_direction() -> None:
    assert not load_embedding().vector("").any()


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"weights\.safetensors"):
        read_embedding(tmp_path)


def test_R12_a_vector_is_the_same_in_another_process_with_another_hash_seed() -> None:
    code = (
        "from hiring.skills.embedding import load_embedding\n"
        f"print(load_embedding().vector({RESUME!r}).tobytes().hex())"
    )
    other = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", code], env={"PYTHONHASHSEED": "7"}, capture_output=True, text=True, check=True
    )
    assert other.stdout.strip() == load_embedding().vector(RESUME).tobytes().hex()


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("dispatch, logistics, stores, warehouse management", QueryForm.TAGS),
        ("senior network engineer", QueryForm.TITLE),
        (
            "We are looking for an engineer who will own the booking service from its design to its operation, and who "
            "has done so before with a team of their own.",
            QueryForm.ENGLISH,
        ),
        (
            "Căutăm un inginer mecanic senior care să conducă proiectarea și livrarea sistemelor de încălzire și de "
            "ventilație împreună cu serviciile conexe de construcții pentru o varietate de facilități.",
            QueryForm.OTHER_LANGUAGE,
        ),
    ],
)
def test_a_job_is_routed_by_how_it_is_written(text: str, form: QueryForm) -> None:
    assert text_query(text, load_embedding(), load_tagger()).form is form


def test_a_submitted_job_asks_for_its_requirements_one_by_one() -> None:
    query = job_query(make_job_terms(), load_embedding(), load_tagger())
    assert [group.text for group in query.groups] == [r.text for r in make_job_terms().requirements]
    assert (query.minimum_years, query.seniority) == (5, Seniority.SENIOR)
    assert query.groups[0].minimum_years == 4


@pytest.mark.parametrize(
    ("description", "form"),
    [
        ("We need somebody from May.", QueryForm.REQUIREMENTS),
        (
            "You will run our booking service, from the first sketch to the night in which it breaks, and have "
            "two colleagues who do the same for the services around it.",
            QueryForm.ENGLISH,
        ),
    ],
)
def test_a_submitted_job_with_hardly_any_text_goes_by_its_requirements(description: str, form: QueryForm) -> None:
    query = job_query(make_job_terms(description=description), load_embedding(), load_tagger())
    assert query.form is form
    assert (Component.WORDING in weights_of(query)) is (form is QueryForm.ENGLISH)


def test_the_text_of_a_job_counts_half_beside_stated_requirements() -> None:
    text = "You will run our booking service in Python and you will be there when it breaks in the night of a holiday."
    stated = job_query(make_job_terms(description=text), load_embedding(), load_tagger())
    alone = text_query(text, load_embedding(), load_tagger())
    assert (stated.form, alone.form) == (QueryForm.ENGLISH, QueryForm.ENGLISH)
    assert weights_of(stated)[Component.WORDING] == weights_of(stated)[Component.COVERAGE] / 2
    assert weights_of(alone)[Component.WORDING] == weights_of(alone)[Component.MEANING]


def test_the_right_trade_ranks_first() -> None:
    for job, expected in (("registered nurse", 1), ("painter and decorator", 2), ("Python backend engineer", 0)):
        assert int(np.argmax(score(RESUME, NURSE, PAINTER, job=job))) == expected


@pytest.mark.parametrize("job", ["Python, PostgreSQL, booking services", "Python engineer"])
@pytest.mark.parametrize(
    "stuffing",
    [
        "\nPython Python Python Python",
        "\nPython, PostgreSQL, Python, PostgreSQL",
        "\nPostgreSQL Python services booking Python engineer" * 20,
        "\nBuilt booking services in Python on PostgreSQL" * 5,
    ],
)
def test_R13_repeated_words_never_raise_a_score(job: str, stuffing: str) -> None:
    honest, stuffed = score(RESUME, RESUME + stuffing, job=job)
    assert stuffed <= honest


def test_R8_masked_names_leave_no_trace() -> None:
    one = read_features(Evidence(text="███ ██████\nPython engineer"), load_embedding(), as_of=NOW.date())
    other = read_features(Evidence(text="████████ ██\nPython engineer"), load_embedding(), as_of=NOW.date())
    assert one.terms.tolist() == other.terms.tolist()


def test_years_and_level_move_a_score_and_their_absence_does_not_exclude() -> None:
    embedding = load_embedding()
    query = job_query(make_job_terms(minimum_years=8, seniority=Seniority.SENIOR), embedding, load_tagger())
    columns = make_columns(RESUME, NURSE)
    assert np.isfinite(scores(columns, query, pool_statistics(columns, query, "test"))).all()


def test_fewer_years_of_a_skill_than_asked_score_less() -> None:
    def value(years: float) -> int:
        asked = Requirement(text="Python", kind=RequirementKind.MUST_HAVE, minimum_years=years)
        query = job_query(make_job_terms(requirements=(asked,)), load_embedding(), load_tagger())
        columns = make_columns(RESUME, NURSE)
        statistics = pool_statistics(columns, query, "test")
        at = RESUME.index("Python")
        skill = SkillMention(value="Python", start=at, end=at + 6, employment=0)
        evidence = make_evidence().model_copy(update={"skills": (skill,)})
        resume = read_features(evidence, load_embedding(), as_of=NOW.date())
        from hiring.matching.columns import CandidateColumns
        from hiring.matching.features import CandidateFeatures

        return int(scores(CandidateColumns.of([CandidateFeatures("cand_1", 1, 1, resume)]), query, statistics)[0])

    assert value(6) > value(20)


def test_features_pack_and_unpack() -> None:
    at = RESUME.index("Docker")
    skills = (
        SkillMention(value="Docker", start=at, end=at + 6, employment=None),
        SkillMention(value="Python", start=RESUME.index("Python"), end=RESUME.index("Python") + 6, employment=0),
    )
    evidence = make_evidence().model_copy(update={"skills": skills})
    features = read_features(evidence, load_embedding(), as_of=NOW.date())
    again = ResumeFeatures.unpack(features.pack())
    assert again == features
    assert again.languages == (LanguageSkill(language="en"),) or again.languages == ()
    assert {(skill.years, skill.last_year) for skill in again.skills} == {(None, None), (6.25, 2024)}
    assert again.years == 8.25


def test_features_of_another_version_are_refused() -> None:
    packed = bytearray(read_features(make_evidence(), load_embedding(), as_of=NOW.date()).pack())
    packed[0] += 1
    with pytest.raises(ValueError, match="version"):
        ResumeFeatures.unpack(bytes(packed))


def position(start: str | None, end: str | None, *, current: bool = False) -> Employment:
    """A position held from `start` to `end`."""
    return Employment(start=start, end=end, current=current, text=Span(start=0, end=0))


@pytest.mark.parametrize(
    ("positions", "expected"),
    [
        ([position("2018-01", "2018-12")], 1.0),
        ([position("2018", "2020")], 2.0),
        ([position("2018-01", "2019-12"), position("2019-01", "2019-12")], 2.0),
        ([position("2025-12", None, current=True)], 1.0),
        ([position(None, "2019-12"), position("2019-01", None)], None),
        ([position("2020-01", "2019-01")], None),
    ],
)
def test_each_month_of_work_counts_once(positions: list[Employment], expected: float | None) -> None:
    assert experience.years(positions, as_of=NOW.date()) == expected


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Senior Backend Engineer", Seniority.SENIOR),
        ("Head of Nursing", Seniority.LEAD),
        ("Chief Technology Officer", Seniority.EXECUTIVE),
        ("Intern", Seniority.INTERN),
        ("International Buyer", None),
    ],
)
def test_a_title_names_its_level(title: str, level: Seniority | None) -> None:
    assert experience.seniority_of(title) is level


def test_the_latest_title_is_the_one_that_counts() -> None:
    titles = [Fact(value=value, start=0, end=0) for value in ("Engineer", "Senior Engineer")]
    evidence = Evidence(text="x", employment=tuple(Employment(title=t, text=Span(start=0, end=0)) for t in titles))
    assert read_features(evidence, load_embedding(), as_of=NOW.date()).seniority is None


def test_pay_is_compared_by_one_dated_table() -> None:
    rates = Rates.shipped()
    assert rates.yearly(100_00, "EUR", PayPeriod.DAY) == 26_000_00
    assert rates.yearly(1, "XTS", PayPeriod.YEAR) is None
    for currency in rates.per_euro:
        most = rates.most(50_000_00, currency, PayPeriod.MONTH)
        assert most is not None
        assert (rates.yearly(most, currency, PayPeriod.MONTH) or 0) <= 50_000_00
        assert (rates.yearly(most + 1, currency, PayPeriod.MONTH) or 0) > 50_000_00


def test_equal_scores_are_ordered_by_id() -> None:
    ids = np.array([b"cand_b", b"cand_a", b"cand_c"])
    assert ranked(ids, np.array([5, 5, 9])).tolist() == [2, 1, 0]
