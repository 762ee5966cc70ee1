"""What holds for every file, whatever is in it."""

from __future__ import annotations

import io
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from hiring.contacts.finding import find
from hiring.resumes.model import Fact, Reading, Unreadable
from hiring.resumes.reader import read

WORDS = st.sampled_from(
    [
        "Jane Doe",
        "Senior Software Engineer",
        "Acme Ltd",
        "Jan 2020 – Mar 2021",
        "2018",
        "Experience",
        "EDUCATION",
        "Skills",
        "Python, SQL",
        "jane@example.com",
        "+43 660 1234567",
        "University of Graz",
        "Master of Science",
        "Languages",
        "German (C1)",
        "* built it",
        "\t",
        "Vienna, Austria",
        "https://example.com/jane",
        "•",
        "é",
        "é",
        "Certifications",
        "|",
        "at",
        "Summary",
        "𝔍𝔞𝔫𝔢",
        "- Present",
        "github: janedoe",
        "EU citizen, no sponsorship required",
        "Booking.com",
    ]
)
LINES = st.lists(st.lists(WORDS, min_size=0, max_size=4).map(" ".join), min_size=1, max_size=25).map("\n".join)


def facts_of(reading: Reading) -> list[Fact]:
    evidence, contacts = reading.evidence, reading.contacts
    found: list[Fact | None] = [contacts.name, contacts.place, evidence.headline]
    found += [*contacts.emails, *contacts.phones, *contacts.links]
    found += [*evidence.skills, *evidence.languages, *evidence.certifications, *evidence.authorisation]
    for job in evidence.employment:
        found += [job.title, job.company, job.place]
    for study in evidence.education:
        found += [study.degree, study.field, study.school]
    return [fact for fact in found if fact]


def check(result: Reading | Unreadable) -> None:
    if isinstance(result, Unreadable):
        assert result.detail
        return
    text, evidence = result.text, result.evidence
    assert unicodedata.normalize("NFC", text) == text
    assert len(evidence.text) == len(text)
    assert all(shown in (letter, "█") for letter, shown in zip(text, evidence.text, strict=True))
    employers = {(job.company.start, job.company.end) for job in evidence.employment if job.company}
    assert {(each.start, each.end) for each in find(evidence.text)} <= employers
    for fact in facts_of(result):
        assert 0 <= fact.start < fact.end <= len(text)
    for skill in evidence.skills:
        assert " ".join(evidence.text[skill.start : skill.end].split()).lower() == skill.value.lower()
        assert skill.employment is None or skill.employment < len(evidence.employment)
    for section in evidence.sections:
        assert 0 <= section.start <= section.end <= len(text)
    for job in evidence.employment:
        assert 0 <= job.text.start < job.text.end <= len(text)
        assert job.start is None or job.end is None or job.start[:4] <= job.end[:4]


@settings(max_examples=150, deadline=None)
@given(LINES)
def test_R9_offsets_lengths_and_masks_hold_for_any_text(text: str) -> None:
    check(read(text.encode()))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=2000))
def test_R4_any_bytes_end_as_a_reading_or_a_named_problem(data: bytes) -> None:
    check(read(data))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(WORDS, st.integers(20, 500), st.integers(20, 800), st.sampled_from([8, 10, 14, 22])), max_size=40
    )
)
def test_R9_offsets_lengths_and_masks_hold_for_any_page(words: list[tuple[str, int, int, int]]) -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    for word, x, y, size in words:
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, y, word.encode("cp1252", "ignore").decode("cp1252"))
    canvas.save()
    check(read(out.getvalue()))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 5000), st.binary(min_size=1, max_size=40), st.sampled_from([b"{\\rtf1 ", b"<!doctype html><html>"])
)
def test_R4_broken_markup_ends_as_a_reading_or_a_named_problem(position: int, noise: bytes, head: bytes) -> None:
    body = head + b"<p>Jane Doe \\par{\\b Experience}</p><div>" * 40
    check(read(body[:position] + noise + body[position:]))
