from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.notifications.incoming import LOOKED_AT, Incoming, read_mail
from hiring.support.model import RequestKind

PLAIN = "From: Ada Example <ada@example.com>\r\nTo: help@jobs.example.com\r\nSubject: Please take me off\r\n"
BODY = "\r\nFrom: somebody-else@example.com\r\nI want to leave."


def _read(headers: str) -> Incoming:
    return read_mail((headers + BODY).encode())


def test_R27_a_mail_names_its_sender_and_what_it_asks_for() -> None:
    assert _read(PLAIN) == Incoming("ada@example.com", automatic=False, token=None, wish=RequestKind.OPT_OUT)


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
    headers = f"From: ada@example.com\r\nX-Long: {'x' * LOOKED_AT}\r\nAuto-Submitted: auto-replied\r\n"
    assert _read(headers) == Incoming("ada@example.com", automatic=False, token=None, wish=RequestKind.QUESTION)


@pytest.mark.parametrize(
    "mail",
    [
        "Subject: =?utf-8?q?L=C3=B6schung_meiner_Daten?=\r\n\r\nDanke",
        "Subject: Hello\r\nContent-Type: text/plain; charset=latin-1\r\n\r\nBitte l\xf6schen Sie alles.",
        "Subject: Hello\r\nContent-Type: text/html\r\n\r\n<p>Please <b>delete</b> all of it</p>",
        "Subject: Hello\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nUGxlYXNlIGVyYXNlIG1l",
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<i>unsubscribe</i>'
        "\r\n--b\r\nContent-Type: text/plain\r\n\r\nDelete my account\r\n--b--",
    ],
)
def test_R27_a_wish_is_read_in_the_subject_and_in_the_first_plain_text(mail: str) -> None:
    assert read_mail(mail.encode("latin-1")).wish is RequestKind.ERASE


@pytest.mark.parametrize(
    "mail",
    [
        "Content-Type: text/plain; charset=no-such\r\n\r\nDelete my account",
        "Content-Type: image/png\r\n\r\nDelete my account",
        "Subject: =?no-such?b?RGVsZXRl?=\r\n\r\n",
        "".join(f'Content-Type: multipart/mixed; boundary="{n}"\r\n\r\n--{n}\r\n' for n in range(1_200)),
    ],
)
def test_R27_what_cannot_be_read_is_a_question(mail: str) -> None:
    assert read_mail(mail.encode()).wish is RequestKind.QUESTION


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
    read = read_mail(b"\r\n".join(lines))
    assert read.sender is None or read.sender.count("@") == 1
