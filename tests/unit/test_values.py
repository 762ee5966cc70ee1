"""What callers may state, and what is refused with the field's name (R2)."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from hiring.jobs.model import JobTerms
from hiring.shared.values import Place
from tests.builders import make_job_terms

COMPLETE = make_job_terms().model_dump(mode="json")


def test_R2_a_complete_full_time_job_is_taken() -> None:
    assert JobTerms.model_validate(COMPLETE).title == "Senior Backend Engineer"


@pytest.mark.parametrize("field", sorted(set(COMPLETE) - {"shortlist_size"}))
def test_R2_every_field_must_be_stated(field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        JobTerms.model_validate({name: value for name, value in COMPLETE.items() if name != field})
    assert {error["loc"][0] for error in refused.value.errors()} == {field}


def test_R2_an_empty_job_is_told_all_that_is_missing() -> None:
    with pytest.raises(ValidationError) as refused:
        JobTerms.model_validate({})
    assert {error["loc"][0] for error in refused.value.errors()} == set(COMPLETE) - {"shortlist_size"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"employment_type": "contract"}, "employment_type"),
        ({"requirements": []}, "requirements"),
        ({"openings": 0}, "openings"),
        ({"shortlist_size": 26}, "shortlist_size"),
        ({"title": "   "}, "title"),
        ({"places": [{"country": "Austria"}]}, "places"),
        ({"time_zone_overlap": {"time_zone": "Vienna", "hours": 4}}, "time_zone_overlap"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_R2_a_wrong_field_is_named(change: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        JobTerms.model_validate({**COMPLETE, **change})
    assert {error["loc"][0] for error in refused.value.errors()} == {field}


def test_R2_pay_has_one_currency_and_an_order() -> None:
    for minimum, maximum in [((9, "EUR"), (1, "EUR")), ((1, "EUR"), (9, "USD"))]:
        pay = {
            "minimum": {"amount_minor": minimum[0], "currency": minimum[1]},
            "maximum": {"amount_minor": maximum[0], "currency": maximum[1]},
        }
        with pytest.raises(ValidationError):
            JobTerms.model_validate({**COMPLETE, "pay": pay})


def test_R2_only_a_remote_job_needs_no_place() -> None:
    with pytest.raises(ValidationError):
        JobTerms.model_validate({**COMPLETE, "places": []})
    assert JobTerms.model_validate({**COMPLETE, "places": [], "work_mode": "remote"}).places == ()


def test_text_is_composed_so_that_offsets_mean_the_same_everywhere() -> None:
    assert Place(country="DE", city="Mu\u0308nchen").city == "München"
