"""Periods as resumes write them."""

from __future__ import annotations

import pytest

from hiring.resumes.dates import periods


@pytest.mark.parametrize(
    ("text", "start", "end", "current"),
    [
        ("Jan 2020 – Present", "2020-01", None, True),
        ("September 2018 to June 2021", "2018-09", "2021-06", False),
        ("03/2018 - 06/2019", "2018-03", "2019-06", False),
        ("2015–2017", "2015", "2017", False),
        ("2015 – 17", "2015", "2017", False),
        ("2020-02-01 — 2021-05-31", "2020-02", "2021-05", False),
        ("2020-02-01 —", "2020-02", None, True),
        ("Mar – Sept 2016", "2016-03", "2016-09", False),
        ("Summer 2019 - Fall 2020", "2019-06", "2020-09", False),
        ("Jan '19 – Mar '20", "2019-01", "2020-03", False),
        ("März 2019 bis heute", "2019-03", None, True),
        ("Mai 2017 – Dezember 2019", "2017-05", "2019-12", False),
        ("septembre 2014 à août 2016", "2014-09", "2016-08", False),
        ("enero de 2018 - actualidad", "2018-01", None, True),
        ("ianuarie 2012 – prezent", "2012-01", None, True),
        ("mei 2011 tot maart 2013", "2011-05", "2013-03", False),
        ("gennaio 2010 – oggi", "2010-01", None, True),
        ("fevereiro de 2009 - março de 2011", "2009-02", "2011-03", False),
        ("since 2019", "2019", None, True),
    ],
)
def test_a_range_has_start_end_and_whether_it_goes_on(text: str, start: str, end: str | None, current: bool) -> None:
    found = periods(text)
    assert [(each.start, each.end, each.current, each.single) for each in found] == [(start, end, current, False)]


def test_a_single_date_is_marked_as_one() -> None:
    (found,) = periods("Graduated June 2014")
    assert (found.start, found.end, found.single) == ("2014-06", "2014-06", True)


@pytest.mark.parametrize(
    "text",
    ["Managed 2000 servers for 25% less", "$1990 - $2010", "Python 3.12 - 3.13", "2021 - 2019", "version 2.2019.4"],
)
def test_numbers_that_are_no_ranges(text: str) -> None:
    assert not [each for each in periods(text) if not each.single]


def test_a_range_says_where_it_stands() -> None:
    text = "Engineer, Acme (Jan 2020 – Mar 2021), Vienna"
    (found,) = periods(text)
    assert text[found.begin : found.finish] == "Jan 2020 – Mar 2021"
