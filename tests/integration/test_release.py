"""What a client learns of a candidate once contact details are released, and nothing before, on the fake AWS."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from functions.candidate_api.handler import handler as candidate_api
from hiring.candidacies.model import Stage
from hiring.candidates import store as candidate_store
from hiring.candidates.model import CandidateState
from hiring.intake import store as intake
from hiring.intake.model import ResumeHead, ResumeVersion
from hiring.invitations import actions as invitations
from hiring.invitations.model import Invitation, InvitationAnswer
from hiring.offers import actions as offers
from hiring.offers.model import Offer
from hiring.organisations import actions as organisations
from hiring.resumes.model import Contacts, Evidence, Fact, FileFormat, Phone, Reading
from hiring.shared.clock import utc_now
from hiring.shared.files import Files
from hiring.shared.table import Table
from tests.builders import (
    Shortlist,
    aws_client,
    invite,
    make_api_event,
    make_context,
    make_id,
    make_offer_terms,
    remember_nothing,
    store_shortlist,
)
from tests.integration.client_side import client_api

TEXT = "Ada Lovelace · ada@home.example · +43 664 1234567 · https://ada.example · Vienna"
FILE = b"%PDF-1.7 the file as it was handed in"


def _fact(value: str) -> Fact:
    start = TEXT.index(value)
    return Fact(value=value, start=start, end=start + len(value))


CONTACTS = Contacts(
    name=_fact("Ada Lovelace"),
    emails=(_fact("ada@home.example"),),
    phones=(Phone(**_fact("+43 664 1234567").model_dump()),),
    links=(_fact("https://ada.example"),),
    place=_fact("Vienna"),
)


class Hire:
    """A candidate with a resume, invited by a client."""

    def __init__(self, table: Table, artefacts: Files, resumes: Files) -> None:
        self.table, self.now = table, utc_now()
        self.shortlist: Shortlist = store_shortlist(table, now=self.now)
        self.person = self.shortlist.candidate.id
        folder, file = f"candidates/{self.person}", f"uploads/{self.person}/upl_1"
        reading = Reading(
            format=FileFormat.PDF, pages=1, text=TEXT, contacts=CONTACTS, evidence=Evidence(text="█" * len(TEXT))
        )
        artefacts.put(f"{folder}/reading/r.json", reading.model_dump_json().encode(), content_type="application/json")
        object_version = resumes.put(file, FILE, content_type="application/pdf")
        assert object_version
        version = ResumeVersion(
            version=1,
            reading_key=f"{folder}/reading/r.json",
            evidence_key=f"{folder}/evidence/e.json",
            client_view_key=f"{folder}/client-view/plain.html",
            named_view_key=f"{folder}/client-view/named.html",
            name="Ada Lovelace",
            accepted_at=self.now,
        )
        head = ResumeHead(version=1, object_key=file, object_version=object_version)
        with_resume = self.shortlist.candidate.model_copy(update={"resume_version": 1})
        table.commit(
            [
                intake.put_resume_version(self.person, version, features=b""),
                intake.put_resume(self.person, head, read_version=0),
                candidate_store.put_candidate(with_resume, read_version=1),
            ],
            now=self.now,
        )
        self.invitation: Invitation = invite(table, self.shortlist, now=self.now)

    def accept_invitation(self) -> None:
        invitations.answer(self.table, self.invitation.id, InvitationAnswer.ACCEPT, now=self.now)

    def make_offer(self) -> Offer:
        return offers.make(
            self.table,
            self.invitation.id,
            make_offer_terms(now=self.now),
            by=self.shortlist.member.sub,
            release_from=Stage.OFFER_ACCEPTED,
            now=self.now,
            record=remember_nothing,
        )

    def accept_offer(self, offer: Offer) -> None:
        offers.accept(self.table, offer.id, candidate_id=self.person, seen=1, now=self.now, record=remember_nothing)

    def hire(self) -> None:
        self.accept_invitation()
        self.accept_offer(self.make_offer())

    def read(self, sub: str | None = None) -> tuple[int, Any]:
        return self._client("GET", "", sub)

    def download(self, sub: str | None = None) -> tuple[int, Any]:
        return self._client("POST", "/resume-downloads", sub)

    def _client(self, method: str, path: str, sub: str | None) -> tuple[int, Any]:
        event = make_api_event(
            method,
            f"/invitations/{self.invitation.id}{path}",
            sub=sub or self.shortlist.member.sub,
            groups="client",
            headers={"Idempotency-Key": make_id("key")} if method == "POST" else {},
        )
        answer = client_api(event, make_context())
        return answer["statusCode"], json.loads(answer["body"])

    @property
    def access_log(self) -> list[tuple[str, str]]:
        event = make_api_event("GET", "/me/access-log", sub=self.shortlist.candidate.login, groups="candidate")
        items = json.loads(candidate_api(event, make_context())["body"])["items"]
        return sorted((each["opened"], each["organisation_name"]) for each in items)


@pytest.fixture
def hire(table: Table, artefacts: Files, resumes: Files) -> Hire:
    return Hire(table, artefacts, resumes)


def _nothing_is_released(hire: Hire) -> bool:
    status, invitation = hire.read()
    refused, problem = hire.download()
    assert (status, refused, problem["code"]) == (200, 409, "not-released")
    told = json.dumps([invitation, problem], ensure_ascii=False)
    assert not [fact for fact in ("Ada Lovelace", "ada@", "+43 664", "uploads/") if fact in told]
    return invitation["contact"] is None


def test_R14_R22_before_an_offer_is_accepted_no_contact_and_no_original_file_leaves(hire: Hire) -> None:
    assert _nothing_is_released(hire)
    hire.accept_invitation()
    assert _nothing_is_released(hire)
    offer = hire.make_offer()
    assert _nothing_is_released(hire)
    assert hire.access_log == []
    hire.accept_offer(offer)
    assert hire.read()[1]["contact"] is not None


def test_R22_an_accepted_offer_releases_name_and_contacts_and_the_candidate_sees_that_they_were_read(
    hire: Hire,
) -> None:
    hire.hire()

    status, invitation = hire.read()

    assert (status, invitation["state"]) == (200, "HIRED")
    assert invitation["contact"] == {
        "name": "Ada Lovelace",
        "emails": [hire.shortlist.candidate.email, "ada@home.example"],
        "phones": ["+43 664 1234567"],
        "links": ["https://ada.example"],
        "place": "Vienna",
    }
    assert hire.access_log == [("contact", "Gipfelwerk GmbH")]


def test_R22_an_accepted_offer_releases_the_original_file_by_a_short_link_and_that_is_recorded(hire: Hire) -> None:
    hire.hire()

    status, link = hire.download()

    assert status == 201
    asked = urlsplit(link["link"])
    query = {name: values[0] for name, values in parse_qs(asked.query).items()}
    assert (query["X-Amz-Expires"], query["response-content-disposition"]) == (
        "600",
        'attachment; filename="resume"',
    )
    stored = aws_client("s3").get_object(
        Bucket="resumes", Key=asked.path.lstrip("/").removeprefix("resumes/"), VersionId=query["versionId"]
    )
    assert stored["Body"].read() == FILE
    assert hire.access_log == [("original-resume", "Gipfelwerk GmbH")]


def test_R22_the_setting_may_name_an_earlier_stage(hire: Hire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTACT_RELEASE", "invitation-accepted")
    assert _nothing_is_released(hire)

    hire.accept_invitation()
    assert hire.read()[1]["contact"]["name"] == "Ada Lovelace"

    invitations.withdraw(hire.table, hire.invitation.id, by=hire.shortlist.member.sub, now=hire.now)
    assert _nothing_is_released(hire)


def test_R22_strangers_and_removed_members_learn_nothing(hire: Hire, table: Table) -> None:
    hire.hire()
    stranger = store_shortlist(table).member.sub

    missing = {"status": 404, "code": "not-found"}
    for status, problem in (hire.read(stranger), hire.download(stranger)):
        assert {"status": status, "code": problem["code"]} == missing
    organisations.remove_member(
        table, hire.shortlist.organisation.id, hire.shortlist.member.sub, by="op-1", now=hire.now
    )
    for status, problem in (hire.read(), hire.download()):
        assert {"status": status, "code": problem["code"]} == missing
    assert hire.access_log == []


def test_R27_of_a_candidate_who_left_nothing_more_is_shown(hire: Hire, table: Table) -> None:
    hire.hire()
    stored = candidate_store.candidate(table, hire.person)
    left = stored.value.model_copy(update={"state": CandidateState.OPTED_OUT})
    table.commit([candidate_store.put_candidate(left, read_version=stored.version)], now=hire.now)

    assert _nothing_is_released(hire)
