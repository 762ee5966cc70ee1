"""From the text of an advertisement to the draft of a job. Nothing is made up: a field without words stays empty."""

from __future__ import annotations

from collections.abc import Sequence

from hiring.jobs.advertisement.conditions import (
    authorisation_of,
    employment_type_of,
    openings_of,
    start_date_of,
    work_mode_of,
)
from hiring.jobs.advertisement.headings import Part
from hiring.jobs.advertisement.languages import languages_of
from hiring.jobs.advertisement.model import Draft, DraftAuthorisation, DraftPay, EmploymentType, Found
from hiring.jobs.advertisement.pay import pay_of
from hiring.jobs.advertisement.places import places_of
from hiring.jobs.advertisement.requirements import job_years, requirements_of
from hiring.jobs.advertisement.sections import Placed, placed
from hiring.jobs.advertisement.text import composed, folded, found
from hiring.jobs.advertisement.title import seniority_of, title_of
from hiring.shared.values import Place, WorkMode

_LONGEST = 20_000
"""Characters of a description at most, as a job may have them."""


def read(text: str) -> Draft:
    """The draft of a job that the text of an advertisement describes.

    Rules and word lists of English, German, French and Spanish, no model: the same text gives the same draft. All
    spans are code points of the text in NFC with line feeds alone. Benefits, what the company says of itself and legal
    notes give nothing to it.
    """
    text = composed(text)
    plain = folded(text)
    lines = list(placed(text, plain))
    title = title_of(text, plain, lines)
    requirements = requirements_of(text, plain, lines)
    places = places_of(text, plain, lines)
    country = places[0].value.country if places else None
    draft = Draft(
        employment_type=employment_type_of(text, plain),
        title=title,
        description=_description(text, lines, title),
        requirements=requirements,
        minimum_years=job_years(text, plain, lines, requirements),
        seniority=seniority_of(text, plain, title),
        work_mode=work_mode_of(text, plain, lines),
        places=places,
        pay=pay_of(text, plain, lines, country),
        languages=languages_of(text, plain, lines),
        authorisation=_with_country(authorisation_of(text, plain, lines), places),
        start_date=start_date_of(text, plain, lines, country),
        openings=openings_of(text, plain, lines),
        missing=(),
    )
    return draft.model_copy(update={"missing": _missing(draft)})


def _description(text: str, lines: Sequence[Placed], title: Found[str] | None) -> Found[str] | None:
    """What the work is: the part about the tasks, or what stands before the first heading."""
    for part in (Part.TASKS, Part.OPENING):
        says = [
            each.part is part and not each.heading and not (title and each.line.start <= title.start < each.line.end)
            for each in lines
        ]
        if any(says):
            first = says.index(True)
            leaves = (number for number in range(first, len(lines)) if lines[number].part is not part)
            last = max(number for number in range(first, next(leaves, len(lines))) if says[number])
            start = lines[first].line.start
            end = min(lines[last].line.end, start + _LONGEST)
            return found(text, start, end, text[start:end])
    return None


def _with_country(
    authorisation: Found[DraftAuthorisation] | None, places: Sequence[Found[Place]]
) -> Found[DraftAuthorisation] | None:
    """Where no country is named beside the permit, the one of the place of work is meant."""
    countries = {place.value.country for place in places}
    if authorisation is None or authorisation.value.country is not None or len(countries) != 1:
        return authorisation
    value = authorisation.value.model_copy(update={"country": countries.pop()})
    return authorisation.model_copy(update={"value": value})


def _missing(draft: Draft) -> tuple[str, ...]:
    """The fields of a job that the draft cannot fill. What may be left open in a job is none of them."""
    full_time = draft.employment_type is not None and draft.employment_type.value is EmploymentType.FULL_TIME
    remote = draft.work_mode is not None and draft.work_mode.value is WorkMode.REMOTE
    filled = {
        "employment_type": full_time,
        "title": draft.title is not None,
        "description": draft.description is not None,
        "requirements": bool(draft.requirements),
        "minimum_years": draft.minimum_years is not None,
        "seniority": draft.seniority is not None,
        "work_mode": draft.work_mode is not None,
        "places": bool(draft.places) or remote,
        "pay": draft.pay is not None and _complete(draft.pay.value),
        "start_date": draft.start_date is not None,
        "openings": draft.openings is not None,
    }
    return tuple(name for name, is_filled in filled.items() if not is_filled)


def _complete(pay: DraftPay) -> bool:
    return pay.minimum is not None and pay.maximum is not None and pay.period is not None
