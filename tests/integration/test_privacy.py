"""A copy of everything, and being forgotten, on the fake AWS: nothing is missing in one, or left after the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from functions.candidate_api.handler import handler as candidate_api
from functions.close_overdue.handler import handler as close_overdue
from functions.conversation_api.handler import handler as conversation_api
from functions.erase_candidate.handler import handler as erase_candidate
from functions.make_export.handler import handler as make_export
from functions.operator_api.handler import handler as operator_api
from hiring.candidates import store as candidate_store
from hiring.candidates.model import EmployerBlocks, Preferences
from hiring.intake import store as intake
from hiring.intake.model import Drop, ResumeHead, ResumeVersion, Upload, UploadState, quarantine_key
from hiring.jobs.model import RequirementKind
from hiring.matching import store as matching
from hiring.matching.compaction import compact
from hiring.matching.model import Band, Match, MatchVerdict, Pass, RequirementVerdict, Verdict
from hiring.matching.places import input_key
from hiring.privacy import erasing, exporting
from hiring.privacy.model import ErasureState, exports_place
from hiring.reviews import store as reviews
from hiring.reviews.model import MarketplaceProfile, Opened, Opening, Snapshot
from hiring.shared import keys
from hiring.shared.clock import utc_now
from hiring.shared.files import Files
from hiring.shared.keys import Key
from hiring.shared.links import signing_key
from hiring.shared.outbox import Envelope
from hiring.shared.table import Put, Table
from hiring.support.model import RequestKind, RequestState, SupportRequest, mail_key
from hiring.support.store import put_request, request, requests_page
from tests.builders import (
    Shortlist,
    aws_client,
    invite,
    make_api_event,
    make_context,
    make_id,
    make_offer_terms,
    make_sqs_event,
    remember_nothing,
    store_shortlist,
    waiting,
)
from tests.integration.client_side import client_api

NAME = "Zyxwanda Qorvillius"
ADDRESS = "zyxwanda@qorvillius.example"
WORDS = "kumquatisation"
"""In everything that the person wrote, or that somebody wrote about the person."""
CANARIES = (NAME.encode(), ADDRESS.encode(), WORDS.encode())
SECRET_OF_THE_JOB = "Senior Backend Engineer"


@dataclass
class Person:
    """Somebody about whom there is something of every kind."""

    table: Table
    resumes: Files
    artefacts: Files
    shortlist: Shortlist
    now: datetime

    @property
    def id(self) -> str:
        return self.shortlist.candidate.id

    @property
    def login(self) -> str:
        return self.shortlist.candidate.login

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        headers = {"Idempotency-Key": make_id("key"), **headers}
        event = make_api_event(method, path, sub=self.login, groups="candidate", body=body, headers=headers)
        function = conversation_api if path.startswith("/conversations") else candidate_api
        answer = function(event, make_context())
        return answer["statusCode"], json.loads(answer["body"])

    def client(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        headers = {"Idempotency-Key": make_id("key")}
        sub = self.shortlist.member.sub
        event = make_api_event(method, path, sub=sub, groups="client", body=body, headers=headers)
        function = conversation_api if path.startswith("/conversations") else client_api
        answer = function(event, make_context())
        return answer["statusCode"], json.loads(answer["body"])

    def erase(self, in_time: Callable[[], bool] = lambda: True) -> ErasureState:
        return erasing.go_on(
            self.table, self.resumes, self.artefacts, self.id, key=signing_key(), now=self.now, in_time=in_time
        ).state

    def erase_wholly(self) -> None:
        assert self.call("POST", "/me/erasure")[0] == 202
        assert self.erase() is ErasureState.SETTLING
        compact(self.table, self.artefacts, now=self.now)
        assert self.erase() is ErasureState.DONE


@pytest.fixture
def person(table: Table, resumes: Files, artefacts: Files) -> Person:
    now = utc_now()
    shortlist = store_shortlist(table, now=now, title=SECRET_OF_THE_JOB)
    found = Person(table, resumes, artefacts, shortlist, now)
    _stored(found)
    return found


def _stored(person: Person) -> None:
    """Everything but what the API makes."""
    table, now, who = person.table, person.now, person.id
    job, entry = person.shortlist.job, person.shortlist.entry
    text = f"{NAME} {ADDRESS} {WORDS}".encode()
    for kind in ("reading/r.json", "evidence/e.json", "client-view/plain.html", "client-view/named.html"):
        person.artefacts.put(f"candidates/{who}/{kind}", text + kind.encode(), content_type="text/plain")
    person.resumes.put(f"uploads/{who}/upl_1", b"first " + text, content_type="application/pdf")
    version = person.resumes.put(f"uploads/{who}/upl_1", b"second " + text, content_type="application/pdf")
    person.resumes.put(f"drops/{who}/{NAME}.pdf", text, content_type="application/pdf")
    stray = Drop(key=f"uploads/{who}/upl_9", object_version="v", size=1)
    person.artefacts.put(quarantine_key(stray), b"never read " + text, content_type="application/pdf")
    person.artefacts.put(mail_key(who, "req_1"), text, content_type="message/rfc822")
    run_input = input_key(job.id, entry.run_id, entry.id)
    person.artefacts.put(run_input, b"an earlier attempt " + text, content_type="application/json")
    person.artefacts.put(run_input, b"input " + text, content_type="application/json")
    person.artefacts.put("index/gen_of_before", text, content_type="application/octet-stream")
    candidate = person.shortlist.candidate.model_copy(update={"resume_version": 1, "email": ADDRESS})
    quote = {"quote": WORDS, "start": 0, "end": len(WORDS), "years": None, "verdict": Verdict.MET}
    listed = entry.model_copy(
        update={
            "headline": WORDS,
            "verdicts": (RequirementVerdict(requirement="Python", kind=RequirementKind.MUST_HAVE, **quote),),
        }
    )
    match = Match(
        entry_id=entry.id,
        job_id=job.id,
        run_id=entry.run_id,
        matched_at=now,
        band=Band.STRONG,
        verdicts=(MatchVerdict(**quote, skills=(WORDS,)),),
    )
    folder = f"candidates/{who}"
    resume = ResumeVersion(
        version=1,
        reading_key=f"{folder}/reading/r.json",
        evidence_key=f"{folder}/evidence/e.json",
        client_view_key=f"{folder}/client-view/plain.html",
        named_view_key=f"{folder}/client-view/named.html",
        name=NAME,
        accepted_at=now,
    )
    upload = Upload(
        id="upl_1",
        candidate_id=who,
        state=UploadState.ACCEPTED,
        content_type="application/pdf",
        created_at=now,
        expires_at=now,
    )
    profile = MarketplaceProfile(overview=WORDS)
    opening = Opening(
        opened=Opened.RESUME,
        opened_at=now,
        organisation_id=job.organisation_id,
        job_id=job.id,
        entry_id=entry.id,
    )
    table.commit(
        [
            candidate_store.put_candidate(candidate, read_version=1),
            candidate_store.put_account_address(candidate, signing_key()),
            candidate_store.put_preferences(who, Preferences(titles=(WORDS,)), read_version=0),
            candidate_store.put_employer_blocks(who, EmployerBlocks(names=(f"{WORDS} Ltd",)), read_version=0),
            Put(Key(keys.candidate(who).pk, "NOTIFY"), {"note": WORDS}),
            intake.put_upload(upload),
            intake.put_resume(
                who,
                ResumeHead(version=1, object_key=f"drops/{who}/{NAME}.pdf", object_version=version or ""),
                read_version=0,
            ),
            intake.put_resume_version(who, resume, features=b"\x00packed " + text),
            matching.put_entry(listed, read_version=1),
            matching.put_match(who, match),
            matching.put_pass(Pass(job_id=job.id, candidate_id=who, passed_by="a-client", passed_at=now)),
            Put(keys.veto(who, "job_other"), {"job_id": "job_other"}),
            reviews.put_opening(who, opening, viewer="a-client"),
            reviews.put_snapshot(job.id, entry.id, Snapshot.of(profile, now=now)),
            Put(Key(keys.candidate(who).pk, "SENT#out_1"), {"template": "resume-accepted"}),
            Put(Key("REQ#req_1"), {"text": WORDS}, indexes={"gsi1": (f"CAND#{who}#REQ", "req_1")}),
            Put(Key("REQ#req_1", "ANSWER#1"), {"text": WORDS}),
        ],
        now=now,
    )
    table.delete(keys.passed(job.id, who))


def _hired_nearly(person: Person) -> str:
    """Talk, and get an offer; gives its id."""
    invitation = invite(person.table, person.shortlist, now=person.now)
    person.call("POST", f"/me/invitations/{invitation.id}/accept")
    messages = f"/conversations/{invitation.conversation_id}/messages"
    assert person.call("POST", messages, {"text": f"My {WORDS} went well."})[0] == 201
    assert person.client("POST", messages, {"text": f"We like your {WORDS}."})[0] == 201
    terms = make_offer_terms(now=person.now, message=f"For your {WORDS}.", title=f"Head of {WORDS}")
    status, offer = person.client("POST", f"/invitations/{invitation.id}/offers", terms.model_dump(mode="json"))
    assert status == 201, offer
    passed = Pass(job_id=invitation.job_id, candidate_id=person.id, passed_by="a-client", passed_at=person.now)
    person.table.commit([matching.put_pass(passed)], now=person.now)
    return str(offer["id"])


def _stores() -> Iterator[tuple[str, bytes]]:
    """Every item, every version of every object, and every message on a queue, in raw bytes."""
    for page in aws_client("dynamodb").get_paginator("scan").paginate(TableName="hiring"):
        for item in page["Items"]:
            packed = b" ".join(value["B"] for value in item.values() if "B" in value)
            yield f"item {item['pk']['S']} {item['sk']['S']}", json.dumps(item, default=str).encode() + packed
    s3 = aws_client("s3")
    for bucket in ("resumes", "artefacts"):
        for kept in s3.list_object_versions(Bucket=bucket).get("Versions", []):
            body = s3.get_object(Bucket=bucket, Key=kept["Key"], VersionId=kept["VersionId"])["Body"].read()
            yield f"object {bucket} {kept['Key']}", kept["Key"].encode() + body
    sqs = aws_client("sqs")
    for url in sqs.list_queues().get("QueueUrls", []):
        for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
            yield f"message {url}", message["Body"].encode()


def _traces() -> set[str]:
    return {where for where, content in _stores() if any(canary in content for canary in CANARIES)}


def _copy(person: Person) -> ZipFile:
    status, export = person.call("POST", "/me/exports")
    assert (status, export["state"], export["link"]) == (202, "REQUESTED", None)
    [envelope] = [each for each in waiting(person.table, keys.candidate(person.id).pk) if "export" in each.kind]
    assert make_export(make_sqs_event(envelope.model_dump_json()), make_context()) == {"batchItemFailures": []}
    status, export = person.call("GET", f"/me/exports/{export['id']}")
    assert (status, export["state"]) == (200, "READY")
    assert "X-Amz-Signature" in export["link"]
    [version] = [each for each in person.artefacts.versions(exports_place(person.id)) if export["id"] in each.key]
    stored = person.artefacts.get(version.key, version_id=version.version_id)
    assert stored is not None
    assert len(stored.data) == export["size"]
    return ZipFile(BytesIO(stored.data))


def test_R28_a_copy_holds_everything_of_every_kind(person: Person) -> None:
    _hired_nearly(person)
    with _copy(person) as copy:
        everything = json.loads(copy.read("everything.json"))
        files = [copy.read(name) for name in copy.namelist() if name.startswith("files/")]
    told = {kind for kind, content in everything.items() if WORDS in json.dumps(content)}
    assert told == {
        *("preferences", "employer_blocks", "notification_settings", "matches"),
        *("conversations", "offers", "support_requests"),
    }
    assert everything["account"]["email"] == ADDRESS
    assert everything["account"]["consent"]["notice_version"] == "2026-11"
    assert everything["resumes"][1]["name"] == NAME
    [match] = everything["matches"]
    assert (match["headline"], match["verdicts"][0]["quote"]) == (WORDS, WORDS)
    assert match["marketplace_profile_as_shown"]["profile"]["overview"] == WORDS
    assert match["passed_over_at"]
    [log] = everything["access_log"]
    assert (log["opened"], log["organisation_name"]) == ("resume", "Gipfelwerk GmbH")
    for kind in ("uploads", "vetoes", "mails", "invitations", "candidacies"):
        assert everything[kind], kind
    for begin in (b"first", b"second", b"never read", b"an earlier attempt", b"input"):
        assert sum(file.startswith(begin) for file in files) == 1, begin
    assert len([file for file in files if WORDS.encode() in file]) == len(files) == 10


def test_R28_what_somebody_asked_support_for_stays_with_its_end_and_leads_to_nobody(person: Person) -> None:
    table, now = person.table, person.now
    done, open_ = (
        SupportRequest(
            id=make_id("req", now),
            kind=RequestKind.QUESTION,
            candidate_id=person.id,
            state=state,
            opened_at=now,
            changed_at=now,
        )
        for state in (RequestState.DONE, RequestState.OPEN)
    )
    table.commit([put_request(done), put_request(open_)], now=now)

    person.erase_wholly()

    assert request(table, done.id) == done
    assert table.get(keys.support_request(open_.id)) is None
    assert table.index_page("gsi1", f"CAND#{person.id}#REQ").items == ()
    assert [item.key for item in requests_page(table, RequestState.DONE, limit=10, start=None).items] == [
        keys.support_request(done.id)
    ]


def test_R29_a_copy_says_nothing_of_a_job_before_an_invitation(person: Person) -> None:
    with _copy(person) as copy:
        text = copy.read("everything.json").decode()
    for unsaid in (SECRET_OF_THE_JOB, "Gipfelwerk", "Vienna", "72000", "7200000"):
        assert unsaid not in text, unsaid
    assert WORDS in text


def test_R28_a_copy_is_made_once_and_goes_after_a_week(person: Person) -> None:
    with _copy(person):
        pass
    [item] = list(person.table.query(keys.candidate(person.id).pk, prefix="EXP#"))
    again = exporting.make(
        person.table, person.resumes, person.artefacts, person.id, str(item.data["id"]), now=person.now
    )
    assert again is not None
    assert again.object_version == item.data["object_version"]
    assert len(list(person.artefacts.versions(exports_place(person.id)))) == 1
    assert again.expires_at is not None
    later = again.expires_at
    assert again.at(later - timedelta(seconds=1)).state == "READY"
    assert exporting.read(person.table, person.artefacts, person.login, again.id, now=later).link is None
    exporting.expire(person.table, person.artefacts, person.id, again.id, now=later)
    assert list(person.artefacts.versions(exports_place(person.id))) == []
    assert person.call("GET", f"/me/exports/{again.id}")[1]["state"] == "EXPIRED"


def test_a_copy_whose_making_died_is_made_by_the_next_attempt_and_leaves_one_file(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, export = person.call("POST", "/me/exports")

    def die(*_: object, **__: object) -> None:
        raise RuntimeError("killed between the file and the commit")

    def make() -> None:
        exporting.make(person.table, person.resumes, person.artefacts, person.id, export["id"], now=person.now)

    with monkeypatch.context() as killed:
        killed.setattr(person.table, "commit", die)
        with pytest.raises(RuntimeError):
            make()
    make()
    assert len(list(person.artefacts.versions(exports_place(person.id)))) == 1
    assert person.call("GET", f"/me/exports/{export['id']}")[1]["state"] == "READY"


def test_copies_are_limited_and_nobody_elses(person: Person) -> None:
    for _ in range(exporting.A_DAY):
        assert person.call("POST", "/me/exports")[0] == 202
    status, problem = person.call("POST", "/me/exports")
    assert (status, problem["code"]) == (429, "too-many-requests")


def test_R28_nothing_is_left_of_who_was_erased(person: Person, capsys: pytest.CaptureFixture[str]) -> None:
    offer_id = _hired_nearly(person)
    with _copy(person):
        pass
    before = _traces()
    assert len(before) > 20
    capsys.readouterr()

    person.erase_wholly()

    assert _traces() == set()
    assert not any(canary.decode() in "".join(capsys.readouterr()) for canary in CANARIES)
    left = {item.key.sk.partition("#")[0] for item in person.table.query(keys.candidate(person.id).pk)}
    assert left <= {"ERASE", "OUT"}
    assert person.table.get(keys.login(person.login)) is None
    status, receipt = person.call("GET", "/me/erasure")
    assert (status, receipt["state"]) == (200, "DONE")
    assert receipt["erased"]["messages"] >= 3
    assert {"account", "resumes", "matches", "run-inputs", "offers", "files", "support-requests"} <= set(
        receipt["erased"]
    )
    # The client keeps the places, and reads nothing of the person there.
    invitation_id = person.client("GET", f"/offers/{offer_id}")[1]["invitation_id"]
    status, invitation = person.client("GET", f"/invitations/{invitation_id}")
    assert (status, invitation["state"], invitation["message"]) == (200, "CLOSED", "[erased]")
    assert invitation["contact"] is None
    offer = person.client("GET", f"/offers/{offer_id}")[1]
    assert (offer["state"], offer["terms"]["title"], offer["terms"]["message"]) == ("CLOSED", "[erased]", None)
    messages = f"/conversations/{invitation['conversation_id']}/messages"
    said = person.client("GET", messages)[1]["items"]
    assert {each["text"] for each in said if each["author"] != "system"} == {"[erased]"}
    assert "The candidate is not available any more, and so this invitation is closed." in {
        each["text"] for each in said
    }
    assert person.client("POST", messages, {"text": "Hello?"})[1]["code"] == "conversation-closed"
    job = person.shortlist.job
    assert person.client("GET", f"/jobs/{job.id}/invitations")[0] == 200
    entry = person.client("GET", f"/jobs/{job.id}/entries/{person.shortlist.entry.id}")[1]
    assert (entry["state"], entry["headline"], entry["verdicts"], entry["name"]) == ("WITHDRAWN", None, [], None)


def test_R28_an_erasure_that_is_killed_after_any_step_comes_to_its_end(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    _hired_nearly(person)
    with _copy(person):
        pass
    assert person.call("POST", "/me/erasure")[0] == 202
    allowed = _Kills(person, monkeypatch)
    kills = 0
    while True:
        allowed.begin()
        try:
            state = person.erase()
        except Killed:
            kills += 1
            continue
        if state is ErasureState.DONE:
            break
        allowed.everything()
        compact(person.table, person.artefacts, now=person.now)
    assert kills > 40
    assert _traces() == set()
    held = person.call("GET", "/me/erasure")[1]["erased"]
    assert (held["account"], held["shortlist-entries"], held["run-inputs"]) == (1, 1, 2)


class Killed(Exception):
    """The process ends right after something was changed."""


class _Kills:
    """Lets one change happen in an attempt, and kills it right after."""

    def __init__(self, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        self._deadly = False
        for owner, names in (
            (person.table, ("commit", "delete", "delete_if")),
            (person.artefacts, ("put", "delete_version")),
            (person.resumes, ("delete_version",)),
        ):
            for name in names:
                monkeypatch.setattr(owner, name, self._then_killed(getattr(owner, name)))

    def begin(self) -> None:
        """Begin the next attempt."""
        self._deadly = True

    def everything(self) -> None:
        """Kill nothing for now."""
        self._deadly = False

    def _then_killed(self, change: Callable[..., Any]) -> Callable[..., Any]:
        def changed(*arguments: Any, **named: Any) -> Any:
            result = change(*arguments, **named)
            if self._deadly and result is not False:  # what was refused changed nothing
                raise Killed
            return result

        return changed


def test_R28_an_erasure_whose_time_is_up_asks_to_be_gone_on_with(person: Person) -> None:
    person.call("POST", "/me/erasure")
    [first] = waiting(person.table, keys.candidate(person.id).pk)
    assert person.erase(in_time=lambda: False) is ErasureState.RUNNING
    requests = waiting(person.table, keys.candidate(person.id).pk)
    assert [(each.kind, dict(each.body)) for each in requests] == [(first.kind, dict(first.body))] * 2
    rounds = 0
    while person.erase(in_time=iter([True, False]).__next__) is ErasureState.RUNNING:
        rounds += 1
    assert rounds > 5


def test_R28_an_erasure_that_got_lost_is_gone_on_with_when_it_is_due(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.call("POST", "/me/erasure")
    long_after = utc_now() + timedelta(minutes=6)
    monkeypatch.setattr("functions.close_overdue.handler.utc_now", lambda: long_after)
    assert close_overdue({"id": "a-minute"}, make_context())["failed"] == 0
    url = aws_client("sqs").get_queue_url(QueueName="erasures")["QueueUrl"]
    assert close_overdue({"id": "a-minute"}, make_context())["failed"] == 0
    assert [each.body["candidate_id"] for each in waiting(person.table, keys.candidate(person.id).pk)] == [person.id]
    [sent] = aws_client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    assert erase_candidate(make_sqs_event(sent["Body"]), make_context()) == {"batchItemFailures": []}
    assert person.call("GET", "/me/erasure")[1]["state"] == "SETTLING"


def test_R28_who_asked_to_be_erased_is_nobody_here_at_once(person: Person) -> None:
    key = "the one wish"
    first = person.call("POST", "/me/erasure", **{"Idempotency-Key": key})
    assert person.call("POST", "/me/erasure", **{"Idempotency-Key": key}) == first
    assert person.call("POST", "/me/erasure")[1] == first[1]
    assert person.call("GET", "/me")[1]["enrolled"] is False
    assert person.call("GET", "/me/matches")[0] == 404
    assert matching.people(person.table, [person.id])[person.id].takes_part is False
    # Whoever enrols again is somebody else.
    again = person.shortlist.candidate.model_copy(update={"id": make_id("cand")})
    person.table.commit([candidate_store.put_candidate(again), candidate_store.put_login(again)], now=person.now)
    assert person.erase() is ErasureState.SETTLING
    assert person.call("GET", "/me")[1]["id"] == again.id


def test_R28_the_report_is_an_operators_too_and_names_nobody(person: Person) -> None:
    person.erase_wholly()
    event = make_api_event("GET", "/operator/erasures", sub="op", groups="operator")
    answer = operator_api(event, make_context())
    [report] = json.loads(answer["body"])["items"]
    assert (report["state"], report["erased"]["account"], report["look_again_at"]) == ("DONE", 1, None)
    assert person.id not in answer["body"]


def test_R28_after_a_restore_the_ledger_erases_again(person: Person) -> None:
    _hired_nearly(person)
    dynamodb, s3 = aws_client("dynamodb"), aws_client("s3")
    kept = dynamodb.scan(TableName="hiring")["Items"]
    files = {
        (bucket, each["Key"]): s3.get_object(Bucket=bucket, Key=each["Key"])["Body"].read()
        for bucket in ("resumes", "artefacts")
        for each in s3.list_objects_v2(Bucket=bucket)["Contents"]
    }
    person.erase_wholly()
    assert _traces() == set()

    # The table as it was: without the erasure and without the ledger's lines.
    for item in dynamodb.scan(TableName="hiring")["Items"]:
        dynamodb.delete_item(TableName="hiring", Key={"pk": item["pk"], "sk": item["sk"]})
    for item in kept:
        dynamodb.put_item(TableName="hiring", Item=item)
    for (bucket, key), body in files.items():
        s3.put_object(Bucket=bucket, Key=key, Body=body)
    assert len(_traces()) > 20

    assert erase_candidate({"reapply": True}, make_context()) == {"begun": 1}
    assert erase_candidate({"reapply": True}, make_context()) == {"begun": 0}
    assert person.erase() is ErasureState.SETTLING
    compact(person.table, person.artefacts, now=person.now)
    assert person.erase() is ErasureState.DONE
    assert _traces() == set()


def test_R28_after_a_restore_of_files_alone_the_ledger_erases_them_too_and_nobody_else(person: Person) -> None:
    other = store_shortlist(person.table, now=person.now)
    person.resumes.put(f"uploads/{other.candidate.id}/upl_1", b"another", content_type="application/pdf")
    person.erase_wholly()
    person.resumes.put(f"uploads/{person.id}/upl_1", NAME.encode(), content_type="application/pdf")
    assert erase_candidate({"reapply": True}, make_context()) == {"begun": 1}
    person.erase()
    assert _traces() == set()
    assert person.table.get(keys.candidate(other.candidate.id)) is not None
    assert [each.key for each in person.resumes.versions("uploads/")] == [f"uploads/{other.candidate.id}/upl_1"]


def test_an_export_that_is_made_while_its_owner_is_erased_leaves_no_file(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, export = person.call("POST", "/me/exports")
    put = person.artefacts.put

    def erased_meanwhile(key: str, data: bytes, *, content_type: str) -> str | None:
        erasing.request(person.table, person.login, key=signing_key(), now=person.now, record=remember_nothing)
        return put(key, data, content_type=content_type)

    monkeypatch.setattr(person.artefacts, "put", erased_meanwhile)
    envelope = Envelope.model_validate(
        {
            "kind": "export-requested",
            "id": "out_1",
            "correlation_id": "request-1",
            "body": {"candidate_id": person.id, "export_id": export["id"]},
        }
    )
    failed = make_export(make_sqs_event(envelope.model_dump_json()), make_context())["batchItemFailures"]
    assert len(failed) == 1
    assert list(person.artefacts.versions(exports_place(person.id))) == []
