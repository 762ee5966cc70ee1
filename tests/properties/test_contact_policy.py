"""For every text: the policy ends soon, its spans are sound, and what is left without them holds no contact."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring.contacts.disguises import closed_up, in_digits, plain
from hiring.contacts.finding import mask
from hiring.contacts.policy import SpanKind, find_contacts
from tests.benchmarks.contact_policy import disguises, look_alikes

PIECES = st.sampled_from(
    [
        *(
            "jane",
            "gmail",
            "com",
            "acme-robotics",
            "at",
            "dot",
            "(at)",
            "[dot]",
            "@",
            ".",
            " ",
            "  ",
            "\n",
            ",",
            "-",
            "/",
        ),
        *("null", "eins", "zero", "double", "seven", "plus", "+43", "0664", "123 45 67", "0️⃣", "２", "\u200b", "\u00ad"),
        *("telegram", ":", "insta", "my", "is", "https://", "www.", "zoom.us", "Lindengasse", "12", "1070", "Wien"),
        *(
            "ß",
            "ﬁ",
            "İ",
            "ǆ",
            "é",
            "e\u0301",
            "оо",
            "ﷺ",
            "█",
            "(",
            ")",
            "#",
            "DE89",
            "3704",
            "iban",
            "x",
            "o",
            "O",
            "l",
        ),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(PIECES, max_size=40).map("".join),
    st.lists(PIECES, max_size=40).map(" ".join),
    st.lists(st.sampled_from([*(each.text for each in disguises()), *look_alikes()]), max_size=4).map(" ".join),
)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_spans_are_sorted_apart_and_inside_the_text(text: str) -> None:
    spans = find_contacts(text)

    assert all(0 <= span.start < span.end <= len(text) and span.kind in SpanKind for span in spans)
    assert all(first.end <= second.start for first, second in pairwise(spans))


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_R21_a_text_without_its_spans_holds_no_contact(text: str) -> None:
    without = mask(text, [(span.start, span.end) for span in find_contacts(text)])

    assert find_contacts(without) == ()


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_views_lead_back_to_the_original(text: str) -> None:
    view = plain(text)
    views = [view, closed_up(view), in_digits(view)]

    for each in views:
        if each is not None:
            assert len(each.text) == len(each.lower) == len(each.starts) == len(each.ends)
            assert all(0 <= start < end <= len(text) for start, end in zip(each.starts, each.ends, strict=True))
            assert each.starts == sorted(each.starts)


@given(st.sampled_from([each.text for each in disguises()]), st.sampled_from(look_alikes()))
@settings(max_examples=100, deadline=None)
def test_R21_what_is_found_alone_is_found_after_other_prose(disguise: str, prose: str) -> None:
    if find_contacts(disguise):
        assert find_contacts(f"{prose}\n\n{disguise}")


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "a",
            "a.",
            "a-",
            "A-",
            "A",
            "Aa-",
            "a@",
            "1",
            "1 ",
            "0-",
            "+1",
            "(",
            "a at ",
            "a dot ",
            "zero ",
            "uno",
            "o",
            "double ",
            "A b ",
            "DE89",
        ),
        *(
            "www.",
            "http://",
            "@a",
            "telegram: ",
            "x: ",
            "my insta is ",
            "12 Elm ",
            "Str. A ",
            "calle A ",
            "a\u200b",
            "ﷺ",
            "0.1,",
        ),
        *(
            "[dot]",
            "a (",
            "....",
            "a_at_",
            "jane@gmail.com ",
            "+43 664 1234567 ",
            "a/in/",
            "\n",
            "\t",
            "Am A ",
            "12 rue de ",
        ),
    ],
)
def test_twenty_thousand_characters_of_anything_take_no_longer_than_prose(unit: str) -> None:
    text = (unit * 20_000)[:20_000]

    started = time.process_time()
    find_contacts(text)

    assert time.process_time() - started < 1.5
