"""The main job from outside: resumes in, a job in, a shortlist, an invitation by mail, its answer by the link."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from infra.local import main_job, page
from infra.local.accounts import Accounts
from infra.local.mailbox import body
from infra.local.main_job import Candidate, Client
from infra.local.samples import Person
from infra.local.stack import Stack
from tests.end_to_end import scene
from tests.end_to_end.scene import Matched


@pytest.fixture(scope="module")
def found(client: Client, candidates: list[Candidate]) -> Matched:
    assert candidates
    return scene.matched(client)


def test_R6_a_shortlist_is_ordered_and_bounded(found: Matched) -> None:
    entries = found.shortlist["items"]
    assert 0 < len(entries) <= 10
    assert [each["rank"] for each in entries] == list(range(1, len(entries) + 1))
    scores = [each["score"] for each in entries]
    assert scores == sorted(scores, reverse=True)
    assert all(each["band"] in {"strong", "good", "partial"} for each in entries)


def test_R6_the_people_of_the_trade_are_on_it_and_others_are_not(found: Matched) -> None:
    headlines = " ".join(str(each["headline"]) for each in found.shortlist["items"])
    assert "Backend" in headlines
    assert "Nurse" not in headlines


def test_R7_everybody_considered_is_listed_or_left_out_for_a_reason(
    found: Matched, candidates: list[Candidate]
) -> None:
    funnel = found.shortlist["funnel"]
    assert funnel["considered"] >= len(candidates)
    assert funnel["listed"] == len(found.shortlist["items"])
    assert funnel["considered"] == funnel["listed"] + sum(funnel["left_out"].values())


def test_R7_a_job_that_finds_nobody_says_what_left_nobody(client: Client, candidates: list[Candidate]) -> None:
    nobody = scene.matched(client, "lead-marine-geophysicist")
    assert nobody.shortlist["items"] == []
    assert nobody.shortlist["funnel"]["considered"] >= len(candidates)
    assert nobody.shortlist["funnel"]["emptied_by"]


def test_R9_every_requirement_has_a_verdict_and_every_claim_a_verbatim_quote(
    found: Matched, candidates: list[Candidate]
) -> None:
    requirements = [each["text"] for each in found.job["terms"]["requirements"]]
    evidence = [each.api.get("/me/resume")["evidence"]["text"] for each in candidates]
    quoted = 0
    for entry in found.shortlist["items"]:
        assert [each["requirement"] for each in entry["verdicts"]] == requirements
        for verdict in entry["verdicts"]:
            if verdict["verdict"] == "not-shown":
                assert verdict["quote"] is None
            else:
                start, end = verdict["start"], verdict["end"]
                assert any(text[start:end] == verdict["quote"] for text in evidence)
                quoted += 1
    assert quoted


def test_R14_a_shortlist_names_nobody(found: Matched, candidates: list[Candidate]) -> None:
    told = json.dumps(found.shortlist, ensure_ascii=False).lower()
    for candidate in candidates:
        first_name, last_name = candidate.person.resume.stem.split("-")[:2]
        assert candidate.person.email not in told
        assert f"{first_name} {last_name}" not in told


def test_R6_the_same_job_posted_again_finds_the_same_people_in_the_same_order(client: Client, found: Matched) -> None:
    assert scene.matched(client).order == found.order


def test_R10_another_run_of_the_same_job_has_the_same_order_and_leaves_the_first_as_it_was(
    client: Client, found: Matched
) -> None:
    again = client.api.call(
        "POST", f"/jobs/{found.job['id']}/runs", body={}, headers={"Idempotency-Key": "another run"}
    )
    run = main_job.finished_run(client, {**found.job, "run": again.document})
    assert run["state"] == "FROZEN"
    assert again.headers["Location"].endswith(run["id"])
    listed = client.api.get(f"/jobs/{found.job['id']}/shortlist")
    assert listed["run_id"] == run["id"]
    assert Matched(found.job, run, listed).order == found.order
    first = client.api.get(f"/jobs/{found.job['id']}/runs/{found.run['id']}")
    assert first["sha256"] == found.run["sha256"]


def test_R11_the_client_gets_one_mail_for_a_run(product: Stack, client: Client, candidates: list[Candidate]) -> None:
    assert candidates
    scene.settle(product)
    known = len(product.mailbox.mails(to=client.email))
    scene.matched(client)
    scene.settle(product)
    assert len(product.mailbox.mails(to=client.email)) == known + 1


@pytest.mark.parametrize(("answer", "state"), [("accept", "ACCEPTED"), ("decline", "DECLINED")])
def test_R16_R17_a_candidate_answers_by_the_mails_link_and_the_client_is_told_once(
    answer: str, state: str, product: Stack, client: Client, candidates: list[Candidate]
) -> None:
    assert candidates
    given = scene.invited(product, client)
    assert "Respond to invitation" in body(given.mail, "html")
    told = len(product.mailbox.mails(to=client.email))
    form = page.form_of(page.open_page(given.link), given.link)
    for _ in range(2):  # a repeat gives the same
        assert form.press(answer).status < 400
        assert scene.state_of(client, given) == state
    form.press("decline" if answer == "accept" else "accept")  # and the first answer stays
    assert scene.state_of(client, given) == state
    scene.settle(product)
    assert len(product.mailbox.mails(to=client.email)) == told + 1


def test_R17_the_invited_candidate_sees_the_invitation_and_both_see_the_conversation(
    product: Stack, client: Client, candidates: list[Candidate]
) -> None:
    given = scene.invited(product, client)
    [receiver] = [each for each in candidates if each.person.email == given.mail["To"]]
    seen = receiver.api.get(f"/me/invitations/{given.invitation['id']}")
    assert seen["state"] == scene.state_of(client, given)
    conversations = receiver.api.get("/conversations")["items"]
    assert conversations
    messages = receiver.api.get(f"/conversations/{conversations[0]['id']}/messages")["items"]
    assert "We would like to talk with you." in json.dumps(messages)


def test_R1_R11_a_newcomer_improves_open_jobs_and_who_opted_out_is_in_no_run_that_starts_afterwards(
    product: Stack, client: Client, accounts: Accounts, candidates: list[Candidate]
) -> None:
    nurses = scene.matched(client, "intensive-care-nurse")
    before = scene.matched(client).run["funnel"]["considered"]
    [nurse] = [each for each in candidates if each.person.resume.stem == "katharina-obermueller"]
    leaving = main_job.enrol(accounts, _renamed(nurse, "leaving@example.com"))
    assert main_job.upload_state(leaving)["state"] == "ACCEPTED"
    assert scene.matched(client).run["funnel"]["considered"] == before + 1

    tomorrow = (datetime.now(UTC) + timedelta(days=1, minutes=1)).isoformat()
    assert "FunctionError" not in scene.call(product, "RerunJobs", json.dumps({"id": "1", "time": tomorrow}).encode())
    path = f"/jobs/{nurses.job['id']}"

    def again() -> Any:
        shortlist = client.api.get(f"{path}/shortlist")
        return shortlist if shortlist["run_id"] != nurses.run["id"] else None

    later = main_job.wait_for(again, "the run that a new resume caused", 60)
    assert client.api.get(f"{path}/runs/{later['run_id']}")["cause"] == "new-resumes"
    assert len(later["items"]) == len(nurses.shortlist["items"]) + 1
    assert client.api.get(f"{path}/runs/{nurses.run['id']}/shortlist") == nurses.shortlist

    leaving.api.call("DELETE", "/me/enrolment")
    assert [each["state"] for each in client.api.get(f"{path}/shortlist")["items"]].count("WITHDRAWN") == 1
    assert scene.matched(client).run["funnel"]["considered"] == before


def _renamed(candidate: Candidate, email: str) -> Person:
    return Person(email, candidate.person.resume, candidate.person.preferences)
