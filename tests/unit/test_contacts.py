"""What counts as a means of contact, and what does not."""

from __future__ import annotations

import pytest

from hiring.contacts.finding import ContactKind, find, mask
from hiring.contacts.names import name_spans


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Mail: jane.doe+jobs@example.co.uk, thanks", ContactKind.EMAIL, "jane.doe+jobs@example.co.uk"),
        ("jane (at) example (dot) com", ContactKind.EMAIL, "jane (at) example (dot) com"),
        ("jane at example dot com", ContactKind.EMAIL, "jane at example dot com"),
        ("Call +43 660 1234567 now", ContactKind.PHONE, "+43 660 1234567"),
        ("(312) 555-0143", ContactKind.PHONE, "(312) 555-0143"),
        ("212.555.0123", ContactKind.PHONE, "212.555.0123"),
        ("Tel: 0660 123 45 67", ContactKind.PHONE, "0660 123 45 67"),
        ("see https://jane.example.com/cv.", ContactKind.LINK, "https://jane.example.com/cv"),
        ("www.janedoe.example.com", ContactKind.LINK, "www.janedoe.example.com"),
        ("linkedin.com/in/janedoe", ContactKind.LINK, "linkedin.com/in/janedoe"),
        ("janedoe.dev", ContactKind.LINK, "janedoe.dev"),
        ("Skype: jane.doe.42", ContactKind.HANDLE, "jane.doe.42"),
        ("find me as @janedoe there", ContactKind.HANDLE, "@janedoe"),
    ],
)
def test_a_means_of_contact_is_found(text: str, kind: ContactKind, found: str) -> None:
    assert [(each.kind, each.text, text[each.start : each.end]) for each in find(text)] == [(kind, found, found)]


@pytest.mark.parametrize(
    "text",
    [
        "2018 – 2021",
        "03/2018 - 06/2019",
        "2020-02-01 — 2021-05-31",
        "Node.js, Vue.js and ASP.NET 4.8",
        "Python 3.12.1 and PostgreSQL 16",
        "saved €1 200 000 in 2019",
        "10 000 000 users",
        "ISBN 978-3-16-148410-0",
        "from 192.168.100.200",
        "Ph.D. in Computer Science, GPA 3.95/4.0",
        "99.95% of 24/7",
        "e.g. C++, C#, F#",
        "Salary 50000-60000",
        "ISO 27001 and ISO 9001:2015",
    ],
)
def test_what_is_no_means_of_contact_is_left_alone(text: str) -> None:
    assert find(text) == []


def test_a_mask_is_as_long_as_what_it_hides_and_keeps_lines() -> None:
    text = "Jane\nDoe lives"
    assert mask(text, [(0, 8)]) == "████\n███ lives"


def test_R9_the_name_is_found_wherever_it_stands() -> None:
    text = "Jane Doe\nDOE, JANE - page 2\nJane Doe is a nurse. J. Doe wrote it, and Mrs Doe agreed. Jane's garden."
    masked = mask(text, name_spans(text, "Jane Doe"))
    assert "Doe" not in masked
    assert "DOE" not in masked
    assert "Jane" not in masked
    assert len(masked) == len(text)
    assert masked.endswith("garden.")


def test_a_school_that_is_called_like_the_person_is_not_masked() -> None:
    text = "Jane Stanford\nStanford University, 2012"
    masked = mask(text, name_spans(text, "Jane Stanford"))
    assert masked == "█████████████\nStanford University, 2012"


def test_accents_do_not_hide_a_name() -> None:
    text = "José Peña, also written Jose Pena"
    assert "Pena" not in mask(text, name_spans(text, "José Peña"))


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Mei-Lin Tsao 曹美玲", "曹美玲 and 曹 美玲, Tsao Mei-Lin, M. Tsao", " and , , "),
        ("Olena Marchuk (Олена Марчук)", "Марчук О. wrote, МАРЧУК", " О. wrote, "),
        ("Jane O'Neill-Smith", "O’Neill-Smith, Jane; Jane Smith; JANE O’NEILL-SMITH", ";  ; "),
        ("Priya Nair", "see priyanair, priya.nair, Nair Priya", "see , , "),
        ("Li Wei", "Dr. Li built a Li ion battery; liwei", "Dr.  built a Li ion battery; liwei"),
        ("Rose Park", "a rose in the park", "a rose in the park"),
        ("Jane Stanford", "Stanford University; Ms Stanford", "Stanford University; Ms "),
    ],
)
def test_R14_a_name_in_all_its_forms_and_no_ordinary_words(name: str, text: str, left: str) -> None:
    masked = mask(text, name_spans(text, name))
    assert masked.replace("█", "") == left
