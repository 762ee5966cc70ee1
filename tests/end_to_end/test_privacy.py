"""Somebody with unmistakable words goes all the way, takes a copy, is erased: the copy has them, and no store does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from events.writers.plain_text import write_txt
from events.writers.resume import read_person
from infra.local import main_job, samples
from infra.local.accounts import Accounts
from infra.local.api import CONNECTIONS, Api
from infra.local.main_job import Client
from infra.local.server import ROOT
from infra.local.stack import Stack, session
from tests.end_to_end import scene

NAME, WORD = "Zyxwanda Qorvillius", "kumquatisation"
ADDRESS, ON_RESUME, PHONE = "zyxwanda.canary@example.com", "zyxwanda@qorvillius.example.net", "+43 664 9182736"
CANARIES = tuple(each.encode() for each in (NAME, WORD, ADDRESS, ON_RESUME, PHONE))


def _person(folder: Path) -> samples.Person:
    stated = json.loads((ROOT / "events" / "people" / "amara-okonkwo.json").read_text())
    resume = stated["resume"]
    resume["name"] = NAME
    resume["contacts"] = ["Bratislava, Slovakia", ON_RESUME, PHONE]
    resume["sections"][0]["text"].append(f"Known for the {WORD} of payments.")
    changed = {**stated, "email": ADDRESS, "file": {"format": "txt", "look": "plain"}}
    (folder / "person.json").write_text(json.dumps(changed))
    (folder / "resume.txt").write_bytes(write_txt(read_person(folder / "person.json")))
    return samples.Person(ADDRESS, folder / "resume.txt", stated["preferences"])


def _terms() -> dict[str, Any]:
    return {
        "title": "Senior Backend Engineer",
        "pay": {"amount_minor": 85_000_00, "currency": "EUR"},
        "work_mode": "hybrid",
        "place": {"country": "AT", "city": "Vienna"},
        "start_date": "2027-02-01",
        "message": f"We want your {WORD}.",
        "expires_at": (datetime.now(UTC) + timedelta(days=7)).isoformat(),
    }


def _items(product: Stack) -> Iterator[tuple[str, bytes]]:
    pages = scene.dynamodb(product).get_paginator("scan").paginate(TableName=product.outputs["TableName"])
    for item in (item for page in pages for item in page["Items"]):
        packed = b" ".join(bytes(value["B"]) for value in item.values() if "B" in value)
        yield f"item {item['pk']['S']} {item['sk']['S']}", json.dumps(item, default=str).encode() + packed


def _objects(product: Stack) -> Iterator[tuple[str, bytes]]:
    s3 = scene.s3(product)
    for bucket in (product.outputs["ResumesBucket"], product.outputs["ArtefactsBucket"]):
        for listing in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
            for kept in listing.get("Versions", []):
                body = s3.get_object(Bucket=bucket, Key=kept["Key"], VersionId=kept["VersionId"])["Body"].read()
                yield f"object {kept['Key']}", kept["Key"].encode() + body


def _messages(product: Stack) -> Iterator[tuple[str, bytes]]:
    for name, url in product.outputs.items():
        if name.endswith("QueueUrl"):
            found = scene.sqs(product).receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0)
            for message in found.get("Messages", []):
                yield f"message on {name}", message["Body"].encode()


def _logs(product: Stack) -> Iterator[tuple[str, bytes]]:
    logs = session().client("logs", endpoint_url=product.endpoint)
    groups = (group for page in logs.get_paginator("describe_log_groups").paginate() for group in page["logGroups"])
    for name in (group["logGroupName"] for group in groups):
        for page in logs.get_paginator("filter_log_events").paginate(logGroupName=name):
            for event in page["events"]:
                yield f"log {name}", event["message"].encode()
    # The emulator says to whom it sent mails, as the carrier of mails knows; that is not ours to take back.
    lines = (product.folder / "stack.log").read_bytes().splitlines()
    yield "log of the stack", b"\n".join(line for line in lines if b"[ses" not in line)


def _traces(product: Stack) -> set[str]:
    """Where a canary is found in the raw bytes of an item, of an object in any version, of a message, or of a log."""
    stores = chain(_items(product), _objects(product), _messages(product), _logs(product))
    return {where for where, content in stores if any(canary in content for canary in CANARIES)}


def test_R28_a_copy_holds_what_an_erasure_takes_from_every_store(
    product: Stack, accounts: Accounts, client: Client, operator: Api, tmp_path: Path
) -> None:
    person = main_job.enrol(accounts, _person(tmp_path))
    assert main_job.upload_state(person)["state"] == "ACCEPTED"
    assert "FunctionError" not in scene.call(product, "CompactIndex", b'{"id": "now"}')
    found = scene.matched(client)
    me = person.api
    [match] = me.get("/me/matches")["items"]
    entry = f"/jobs/{found.job['id']}/entries/{match['id']}"
    assert client.api.get(entry)["profile"]
    replayed = _replayed(operator, found.run)
    assert (replayed["outcome"], replayed["sha256"]) == ("identical", found.run["sha256"])
    invitation = client.api.post(f"{entry}/invitations", {"message": f"Tell us about the {WORD}."})
    me.post(f"/me/invitations/{invitation['id']}/accept")
    messages = f"/conversations/{invitation['conversation_id']}/messages"
    me.post(messages, {"text": f"The {WORD} took two years."})
    client.api.post(messages, {"text": f"That is a long {WORD}."})
    offer = client.api.post(f"/invitations/{invitation['id']}/offers", _terms())
    scene.settle(product)

    export = me.post("/me/exports")
    path = f"/me/exports/{export['id']}"
    link = main_job.wait_for(lambda: me.get(path)["link"], "the copy", 60)
    downloaded = CONNECTIONS.request("GET", link)
    assert downloaded.status == 200
    with ZipFile(BytesIO(downloaded.data)) as copy:
        everything = b"".join(copy.read(name) for name in copy.namelist())
        told = copy.read("everything.json").decode()
    assert [canary for canary in CANARIES if canary not in everything] == []
    for written in ("Tell us about", "took two years", "That is a long", "We want your"):
        assert f"{written}" in told, written
    assert len(_traces(product)) > 15

    assert me.post("/me/erasure")["state"] == "RUNNING"

    def state(wanted: str) -> bool | None:
        return me.get("/me/erasure")["state"] == wanted or None

    main_job.wait_for(lambda: state("SETTLING"), "the first way through all places", 90)
    assert "FunctionError" not in scene.call(product, "CompactIndex", b'{"id": "now"}')
    [first] = scene.messages(product, "erasure-requested")[-1:]
    scene.send(product, "Erasures", json.dumps(first.envelope))
    main_job.wait_for(lambda: state("DONE"), "the end of the erasure", 90)
    scene.settle(product)

    assert _traces(product) == set()
    report = me.get("/me/erasure")["erased"]
    assert report["account"] == report["invitations"] == report["offers"] == report["run-inputs"] == 1
    assert client.api.get(f"/offers/{offer['id']}")["state"] == "CLOSED"
    assert client.api.get(entry)["state"] == "WITHDRAWN"
    said = {each["text"] for each in client.api.get(messages)["items"] if each["author"] != "system"}
    assert said == {"[erased]"}
    # The frozen run stays as it is; what it knew of the person is gone.
    assert client.api.get(f"/jobs/{found.job['id']}/shortlist")["inputs"] == "inputs-erased"
    replayed = _replayed(operator, found.run)
    assert (replayed["outcome"], replayed["erased"], replayed["differs"]) == ("inputs-erased", 1, [])


def _replayed(operator: Api, run: dict[str, Any]) -> dict[str, Any]:
    """What making a frozen run again showed."""
    asked = operator.post(f"/operator/runs/{run['id']}/replay")
    path = f"/operator/runs/{run['id']}/replays/{asked['id']}"
    return dict(main_job.wait_for(lambda: operator.get(path)["comparison"], "the replay", 60))
