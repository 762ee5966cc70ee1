"""The link of an invitation: looking changes nothing, and a token opens one door only."""

from __future__ import annotations

import pytest

from infra.local import page
from infra.local.api import CONNECTIONS
from infra.local.main_job import Candidate, Client
from infra.local.stack import Stack
from tests.end_to_end import scene
from tests.end_to_end.scene import Invited


@pytest.fixture(scope="module")
def given(product: Stack, client: Client, candidates: list[Candidate]) -> Invited:
    assert candidates
    return scene.invited(product, client)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_R18_looking_at_a_link_changes_nothing(method: str, given: Invited, client: Client, product: Stack) -> None:
    before = scene.state_of(client, given)
    known = len(product.mailbox.mails())
    for _ in range(3):
        assert CONNECTIONS.request(method, given.link).status < 500
    scene.settle(product)
    assert scene.state_of(client, given) == before
    assert len(product.mailbox.mails()) == known


def test_R18_a_link_shows_a_page_with_a_form_that_tells_nobody_where_it_was_opened(given: Invited) -> None:
    response = CONNECTIONS.request("GET", given.link)
    assert response.status == 200
    assert response.headers["Content-Type"].startswith("text/html")
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"
    form = page.form_of(response.data.decode(), given.link)
    assert form.method.lower() == "post"
    assert {value for _, value in form.buttons} == {"accept", "decline"}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_R18_a_changed_token_opens_nothing(method: str, given: Invited, client: Client) -> None:
    before = scene.state_of(client, given)
    middle = len(given.link) - 30
    changed = given.link[:middle] + ("a" if given.link[middle] != "a" else "b") + given.link[middle + 1 :]
    assert 400 <= CONNECTIONS.request(method, changed).status < 500
    assert scene.state_of(client, given) == before


def test_R18_a_post_without_an_answer_changes_nothing(given: Invited, client: Client) -> None:
    before = scene.state_of(client, given)
    form = page.form_of(page.open_page(given.link), given.link)
    response = CONNECTIONS.request("POST", form.action, fields=form.hidden, encode_multipart=False)
    assert 400 <= response.status < 500
    assert scene.state_of(client, given) == before
