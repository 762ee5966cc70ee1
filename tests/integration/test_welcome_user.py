from __future__ import annotations

import os
from typing import Any

import pytest

from functions.welcome_user.handler import handler
from tests.builders import aws_client, make_context


def _event(trigger: str, pool: str, user: str) -> dict[str, Any]:
    return {"triggerSource": trigger, "userPoolId": pool, "userName": user, "request": {}, "response": {}}


def _groups(pool: str, user: str) -> list[str]:
    listed = aws_client("cognito-idp").admin_list_groups_for_user(UserPoolId=pool, Username=user)
    return [group["GroupName"] for group in listed["Groups"]]


@pytest.fixture
def user() -> tuple[str, str]:
    pool = os.environ["USER_POOL_ID"]
    aws_client("cognito-idp").admin_create_user(UserPoolId=pool, Username="ada")
    return pool, "ada"


def test_who_confirms_an_account_becomes_a_candidate_once(user: tuple[str, str]) -> None:
    event = _event("PostConfirmation_ConfirmSignUp", *user)

    answers = [handler(event, make_context()) for _ in range(2)]

    assert answers == [event, event]
    assert _groups(*user) == ["candidate"]


def test_a_confirmed_new_password_makes_nobody_a_candidate(user: tuple[str, str]) -> None:
    event = _event("PostConfirmation_ConfirmForgotPassword", *user)

    assert handler(event, make_context()) == event
    assert _groups(*user) == []
