from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from hiring.notifications.compose import MAILS, TRANSACTIONAL
from hiring.notifications.templates import FOLDER, render
from tests.builders import NOW

POSITION = {
    "organisation_name": "Gipfel & Söhne <GmbH>",
    "job_title": "Senior Backend Engineer",
    "pay": "EUR 72,000 to 92,000 a year",
    "place": "On-site in Vienna, Austria",
}
OFFER = {
    **POSITION,
    "candidate": "Candidate 3",
    "start_date": NOW.date(),
    "expires_at": NOW,
    "message": "Welcome!\n<b>",
}
LINK = "https://jobs.example.com/v1/r/a-token"
VALUES: Mapping[str, Mapping[str, object]] = {
    "hired": OFFER,
    "invitation": {**POSITION, "message": "Shall we talk?\n<script>alert(1)</script>", "expires_at": NOW, "link": LINK},
    "invitation-answered": {**POSITION, "candidate": "Candidate 3", "accepted": True},
    "invitation-closed": POSITION,
    "candidate-left": {**POSITION, "candidate": "Candidate 3"},
    "invitation-expired": {**POSITION, "candidate": "Candidate 3"},
    "invitation-withdrawn": POSITION,
    "job-closed": {"job_title": "Senior Backend Engineer", "filled": True},
    "message-to-candidate": POSITION,
    "message-to-client": {**POSITION, "candidate": "Candidate 3"},
    "needs-new-file": {"problem": "The file is empty. Export it again & send it."},
    "offer-accepted": OFFER,
    "offer-changed": OFFER,
    "offer-declined": OFFER,
    "offer-expired": OFFER,
    "offer-made": OFFER,
    "offer-unanswered": OFFER,
    "offer-withdrawn": OFFER,
    "resume-accepted": {},
    "shortlist-ready": {"job_title": "Senior Backend Engineer", "entries": 1},
}


@pytest.mark.parametrize("template", sorted(MAILS))
def test_R30_every_mail_has_a_subject_of_one_line_and_says_why_it_came_as_text_and_as_html(template: str) -> None:
    subject, text, html = render(template, VALUES[template])

    assert subject
    assert "\n" not in subject
    assert "You get this mail because" in text
    assert "You get this mail because" in html
    assert '<html lang="en">' in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize("template", sorted(MAILS))
def test_mails_load_nothing_and_have_no_script(template: str) -> None:
    _, _, html = render(template, VALUES[template])

    assert not re.search(r"<(script|img|link|iframe|object|style)\b|url\(", html)


def test_every_mail_has_a_function_a_folder_and_a_statement_whether_it_is_transactional() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir()}

    assert folders == set(MAILS)
    assert set(MAILS) >= TRANSACTIONAL


def test_R16_the_invitation_has_one_button_named_respond_to_invitation_that_leads_to_the_answer() -> None:
    _, text, html = render("invitation", VALUES["invitation"])

    assert re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', html) == [(LINK, "Respond to invitation")]
    assert f"Respond to invitation:\n{LINK}\n" in text


@pytest.mark.parametrize("part", [1, 2])
def test_R16_the_invitation_says_who_what_where_for_how_much_and_until_when(part: int) -> None:
    said = render("invitation", VALUES["invitation"])[part]

    assert "Senior Backend Engineer" in said
    assert "EUR 72,000 to 92,000 a year" in said
    assert "On-site in Vienna, Austria" in said
    assert "Shall we talk?" in said
    assert "23 November 2026, 09:00" in said


def test_html_escapes_what_people_wrote_and_text_does_not() -> None:
    subject, text, html = render("invitation", VALUES["invitation"])

    assert "Gipfel & Söhne <GmbH>" in subject
    assert "<script>alert(1)</script>" in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "Gipfel &amp; Söhne &lt;GmbH&gt;" in html


@pytest.mark.parametrize(("accepted", "word"), [(True, "accepted"), (False, "declined")])
def test_the_client_is_told_what_the_answer_was(accepted: bool, word: str) -> None:
    values = {**VALUES["invitation-answered"], "accepted": accepted}

    assert all(f"Candidate 3 {word}" in part for part in render("invitation-answered", values))


@pytest.mark.parametrize(("filled", "words"), [(True, "is filled"), (False, "is over")])
def test_R25_the_client_is_told_why_a_job_closed_by_itself(filled: bool, words: str) -> None:
    subject, text, html = render("job-closed", {"job_title": "Nurse", "filled": filled})

    assert subject == ("Filled: Nurse" if filled else "Closed: Nurse")
    assert words in text
    assert words in html


@pytest.mark.parametrize(
    ("entries", "words"), [(0, "obody matches"), (1, "names 1 candidate."), (7, "names 7 candidates.")]
)
def test_R6_an_empty_shortlist_is_told_plainly(entries: int, words: str) -> None:
    _, text, html = render("shortlist-ready", {"job_title": "Nurse", "entries": entries})

    assert words in text
    assert words in html


@pytest.mark.parametrize("template", ["offer-made", "offer-changed"])
def test_R23_an_offers_mail_says_its_terms_and_that_silence_accepts_nothing(template: str) -> None:
    _, *parts = render(template, OFFER)

    for said in parts:
        for words in (
            "Senior Backend Engineer",
            "EUR 72,000 to 92,000 a year",
            "On-site in Vienna, Austria",
            "23 November 2026",
            "Welcome!",
            "23 November 2026, 09:00",
            "silence never accepts",
        ):
            assert words in said


def test_an_offer_without_words_of_its_own_is_mailed_without_a_gap() -> None:
    _, text, html = render("offer-made", {**OFFER, "message": None})

    assert "They write" not in text + html


def test_R25_the_hired_candidate_is_told_of_the_pause_and_how_to_end_it() -> None:
    _, text, html = render("hired", OFFER)

    for said in (text, html):
        assert "paused" in said
        assert "DELETE /me/pause" in said
