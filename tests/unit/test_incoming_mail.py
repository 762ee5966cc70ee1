from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.notifications.incoming import LONGEST_HEADERS, Incoming, read_headers

PLAIN = "From: Ada Example <ada@example.com>\r\nTo: help@jobs.example.com\r\nSubject: Please take me off\r\n"
BODY = "\r\nFrom: somebody-else@example.com\r\nI want to leave."


def _read(headers: str) -> Incoming:
    return read_headers((headers + BODY).encode())


def test_R27_a_mail_names_its_sender_and_nothing_behind_the_headers_is_read() -> None:
    assert _read(PLAIN) == Incoming("ada@example.com", automatic=False, token=None)


@pytest.mark.parametrize(
    "stated",
    [
        "",
        "From:\r\n",
        "From: nobody\r\n",
        "From: a@example.com, b@example.com\r\n",
        "From: a@example.com\r\nFrom: b@example.com\r\n",
        'From: "a@example.com" b@example.com <c@example.com>\r\n',
        "From: <a@b@example.com>\r\n",
        f"From: {'x' * 2000}@example.com\r\n",
    ],
)
def test_R27_a_mail_without_exactly_one_sender_is_from_nobody(stated: str) -> None:
    assert _read(f"{stated}To: help@jobs.example.com\r\n").sender is None


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "auto-submitted: AUTO-GENERATED",
        "Precedence: bulk",
        "Precedence: List",
        "List-Id: <news.example.com>",
        "List-Unsubscribe: <mailto:x@example.com>",
        "X-Auto-Response-Suppress: All",
        "Return-Path: <>",
        "Content-Type: multipart/report; report-type=delivery-status",
        "X-SES-Spam-Verdict: FAIL",
        "X-SES-Virus-Verdict: FAIL",
    ],
)
def test_R27_mails_of_programs_and_lists_are_known_as_such(header: str) -> None:
    assert _read(f"{header}\r\n{PLAIN}").automatic


@pytest.mark.parametrize("header", ["Auto-Submitted: no", "Return-Path: <ada@example.com>", "X-SES-Spam-Verdict: PASS"])
def test_R27_mails_of_people_are_not(header: str) -> None:
    assert not _read(f"{header}\r\n{PLAIN}").automatic


@pytest.mark.parametrize("subject", ["unsubscribe abc-_1.def2", "unsubscribe\r\n abc-_1.def2"])
def test_R30_the_token_of_an_unsubscribe_mail_is_found_in_its_subject(subject: str) -> None:
    assert _read(f"Subject: {subject}\r\nFrom: a@example.com\r\n").token == "abc-_1.def2"


def test_R27_of_a_large_mail_only_the_beginning_is_read() -> None:
    headers = f"From: ada@example.com\r\nX-Long: {'x' * LONGEST_HEADERS}\r\nAuto-Submitted: auto-replied\r\n"
    assert _read(headers) == Incoming("ada@example.com", automatic=False, token=None)


_LINES = st.lists(
    st.one_of(
        st.binary(max_size=60),
        st.builds(
            lambda name, value: name + b": " + value,
            st.sampled_from([b"From", b"Subject", b"Content-Type", b"Return-Path", b"Precedence"]),
            st.one_of(st.binary(max_size=80), st.text('<>@,;:\\"()=?[] aé', max_size=60).map(str.encode)),
        ),
    ),
    max_size=8,
)


@given(_LINES)
def test_R27_whatever_comes_is_read_without_an_error(lines: list[bytes]) -> None:
    read = read_headers(b"\r\n".join(lines))
    assert read.sender is None or read.sender.count("@") == 1
