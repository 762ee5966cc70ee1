"""Signed tokens serve one purpose until a time, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.shared.errors import Gone, NotFound
from hiring.shared.links import Purpose, sign, verify
from tests.builders import NOW

KEY = b"a key"
DAY = timedelta(days=1)


@given(st.text(max_size=60))
def test_a_token_gives_back_its_subject(subject: str) -> None:
    token = sign(Purpose.RESPOND, subject, expires_at=NOW + DAY, key=KEY)
    assert verify(token, Purpose.RESPOND, now=NOW, key=KEY) == subject


@given(st.integers(min_value=0), st.characters(min_codepoint=33, max_codepoint=126))
def test_R18_a_changed_token_is_refused(place: int, character: str) -> None:
    token = sign(Purpose.RESPOND, "inv_1", expires_at=NOW + DAY, key=KEY)
    at = place % len(token)
    if token[at] == character:
        return
    with pytest.raises(NotFound):
        verify(token[:at] + character + token[at + 1 :] + "A", Purpose.RESPOND, now=NOW, key=KEY)


def test_R18_a_token_for_one_purpose_is_worthless_for_another() -> None:
    token = sign(Purpose.CURSOR, "inv_1", expires_at=NOW + DAY, key=KEY)
    with pytest.raises(NotFound):
        verify(token, Purpose.RESPOND, now=NOW, key=KEY)


def test_R18_a_token_expires() -> None:
    token = sign(Purpose.RESPOND, "inv_1", expires_at=NOW + DAY, key=KEY)
    assert verify(token, Purpose.RESPOND, now=NOW + DAY - timedelta(seconds=1), key=KEY) == "inv_1"
    with pytest.raises(Gone):
        verify(token, Purpose.RESPOND, now=NOW + DAY, key=KEY)


def test_another_key_makes_other_tokens() -> None:
    token = sign(Purpose.RESPOND, "inv_1", expires_at=NOW + DAY, key=KEY)
    with pytest.raises(NotFound):
        verify(token, Purpose.RESPOND, now=NOW, key=b"another key")


@given(st.text(max_size=80))
def test_no_text_makes_it_raise_anything_else(token: str) -> None:
    with pytest.raises(NotFound):
        verify(token, Purpose.RESPOND, now=NOW, key=KEY)
