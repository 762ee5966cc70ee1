from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from hiring.notifications.compose import MAILS
from hiring.notifications.model import Kind, unsubscribing
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
    "announcement-resume-reupload": {},
    "support-request": {"asked": "to replace your resume", "confirm_until": NOW, "link": LINK},
    "export-ready": {"export_id": "exp_01kb4q2f7m3v8x1n5r9t0w2y4z"},
    "hired": OFFER,
    "invitation": {**POSITION, "message": "Shall we talk?\n<script>alert(1)</script>", "expires_at": NOW, "link": LINK},
    "invitation-answered": {**POSITION, "candidate": "Candidate 3", "accepted": True},
    "invitation-closed": POSITION,
    "candidate-unavailable": {**POSITION, "candidate": "Candidate 3"},
    "invitation-expired": {**POSITION, "candidate": "Candidate 3"},
    "invitation-withdrawn": POSITION,
    "job-closed": {"job_title": "Senior Backend Engineer", "filled": True},
    "leaving-link": {"link": "https://jobs.example.com/v1/o/a-token", "expires_at": NOW},
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
    "shortlist-ready": {"job_title": "Senior Backend Engineer", "entries": 1, "new_resumes": True},
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


def test_every_mail_has_a_function_and_a_folder() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir()}

    assert folders == set(MAILS)


OPTIONAL = sorted(template for template, (kind, _) in MAILS.items() if kind is not Kind.TRANSACTIONAL)


@pytest.mark.parametrize("template", OPTIONAL)
def test_R30_a_mail_that_can_be_switched_off_shows_the_link_as_text_and_as_html(template: str) -> None:
    link = "https://jobs.example.com/v1/u/a-token"

    _, text, html = render(template, {**VALUES[template], "unsubscribe": link})

    assert text.endswith(f"\n\nSwitch off mails like this one:\n{link}\n")
    assert html.count(f'<a href="{link}"') == 1


@pytest.mark.parametrize("template", sorted(set(MAILS) - {*OPTIONAL}))
def test_R30_a_transactional_mail_offers_no_switch(template: str) -> None:
    assert "Switch off" not in "".join(render(template, VALUES[template]))


def test_R30_messages_of_conversations_can_be_switched_off_and_what_asks_for_an_answer_cannot() -> None:
    assert {"message-to-candidate", "message-to-client"} <= {*OPTIONAL}
    assert not {"invitation", "offer-made", "needs-new-file", "shortlist-ready"} & {*OPTIONAL}


def test_R30_both_list_unsubscribe_headers_name_a_link_and_where_mails_are_received_an_address() -> None:
    link = "https://jobs.example.com/v1/u/a-token"

    assert unsubscribing(link, "a-token", "help@jobs.example.com") == {
        "List-Unsubscribe": f"<{link}>, <mailto:help@jobs.example.com?subject=unsubscribe%20a-token>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert unsubscribing(link, "a-token", "")["List-Unsubscribe"] == f"<{link}>"


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
    _, text, html = render("shortlist-ready", {"job_title": "Nurse", "entries": entries, "new_resumes": False})

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
