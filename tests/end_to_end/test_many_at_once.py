"""What operators do to many people at once: a bulk drop of resumes, and a broadcast whose process is killed again and
again. On a stack of its own, since a thousand people would be in everybody's way.
"""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from itertools import batched
from typing import Any

import pytest

from hiring.candidates import store as candidates
from hiring.candidates.model import Candidate, CandidateState
from hiring.shared import keys
from hiring.shared.addresses import address_digest
from hiring.shared.table import Change, Put, Table
from infra.local import main_job, stack
from infra.local.accounts import Accounts
from infra.local.api import Api
from infra.local.stack import Stack, session
from infra.synthesize import synthesize
from tests.builders import make_candidate
from tests.end_to_end import scene

PEOPLE = 1_000
DEATHS = 10
LONGEST_DROP = 900


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with stack.running(synthesize("host"), tmp_path_factory.mktemp("crowded") / "state") as running:
        yield running


@pytest.fixture(scope="module")
def operator_there(crowded: Stack) -> Api:
    return main_job.operator(Accounts(crowded))


def take_in(product: Stack, people: list[Candidate], *more: Change) -> None:
    """Have people take part as if they had enrolled, a hundred a commit."""
    table = Table(product.outputs["TableName"], scene.dynamodb(product))
    for some in batched([*(candidates.put_candidate(each) for each in people), *more], 100, strict=False):
        table.commit(some, now=datetime.now(UTC))


def test_R5_a_broadcast_to_a_thousand_killed_at_ten_points_tells_each_once(crowded: Stack, operator_there: Api) -> None:
    states = {0: CandidateState.OPTED_OUT, 1: CandidateState.PAUSED}
    people = [
        make_candidate(email=f"person{n}@example.com", state=states.get(n % 10, CandidateState.ACTIVE))
        for n in range(PEOPLE)
    ]
    suppressed, erased = people[2::10], people[3::50]
    marks = [Put(keys.suppression(address_digest(each.email, signing_key(crowded))), {}) for each in suppressed]
    take_in(crowded, people, *marks, *(Put(keys.erasure(each.id), {}) for each in erased))
    out = {each.id for each in [*suppressed, *erased]}
    participants = {each.id for each in people if each.state is not CandidateState.OPTED_OUT} - out

    operator_there.put("/operator/flags/resume_reupload", {"on": True}, version='"0"')
    begun = operator_there.post("/operator/broadcasts", {"announcement": "resume-reupload"})
    path = f"/operator/broadcasts/{begun['id']}"
    chance = random.Random(11)  # noqa: S311  # where to kill, not a secret
    killed = 0
    with ThreadPoolExecutor() as sweeps:
        while killed < DEATHS:
            before = operator_there.get(path)
            assert before["state"] == "RUNNING", f"it was done after {killed} deaths"
            sweeps.submit(scene.call, crowded, "CloseOverdue", b"{}")
            main_job.wait_for(lambda: operator_there.get(path)["reach"] != before["reach"] or None, "progress", 60)  # noqa: B023
            time.sleep(chance.random() / 10)
            killed += scene.kill_processes_of(crowded, "CloseOverdue") > 0

    def finished() -> bool | None:
        scene.call(crowded, "CloseOverdue", b"{}")
        return operator_there.get(path)["state"] == "FINISHED" or None

    main_job.wait_for(finished, "the broadcast", 120)
    rows = Counter(ledger(operator_there, path))
    queued = Counter(
        each.envelope["body"]["recipient"]
        for each in scene.messages(crowded, "broadcast-mail", broadcast_id=begun["id"])
    )
    assert set(rows) == set(queued) == participants
    assert set(rows.values()) == set(queued.values()) == {1}
    told = operator_there.get(path)["reach"]
    assert told["told"] == len(participants)
    mail = crowded.mailbox.wait(to=next(each.email for each in people if each.id in participants), seconds=120)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/u/" in mail["List-Unsubscribe"]


def ledger(operator: Api, path: str) -> Iterator[str]:
    cursor = ""
    while True:
        page = operator.get(f"{path}/ledger?limit=100{cursor}")
        yield from (each["candidate_id"] for each in page["items"])
        if page["next_cursor"] is None:
            return
        cursor = f"&cursor={page['next_cursor']}"


def signing_key(product: Stack) -> bytes:
    secrets = session().client("secretsmanager", endpoint_url=product.endpoint)
    [secret] = secrets.list_secrets()["SecretList"]
    return str(secrets.get_secret_value(SecretId=secret["ARN"])["SecretString"]).encode()


def test_R3_three_hundred_files_dropped_at_once_all_come_to_a_named_end(crowded: Stack, operator_there: Api) -> None:
    flag = "/operator/flags/resume_reupload"
    turned = operator_there.call("GET", flag)
    operator_there.put(flag, {"on": False}, version=turned.headers["ETag"])
    owners = [make_candidate(email=f"owner{n}@example.com") for n in range(25)]
    mistaken = [make_candidate(email=f"mistaken{n}@example.com") for n in range(15)]
    gone = [make_candidate(email=f"gone{n}@example.com", state=CandidateState.OPTED_OUT) for n in range(60)]
    take_in(crowded, [*owners, *mistaken, *gone])
    drops = {
        **{f"drops/{each.id}/Résumé {n} (final).txt": resume(n) for n, each in enumerate(owners)},
        **{f"drops/{each.id}/again {n}.txt": resume(n + 1000) for n, each in enumerate(owners)},
        **{f"drops/{each.id}/picture {n}.png": b"\x89PNG\r\n\x1a\n" + bytes(50) for n, each in enumerate(mistaken)},
        **{f"drops/{each.id}/resume.txt": resume(n) for n, each in enumerate(gone)},
        **{f"drops/cand_nobody{n}/resume.txt": resume(n) for n in range(135)},
        **{f"{folder}/{n}.txt": resume(n) for n in range(20) for folder in ("drops", "incoming/x")},
    }
    assert len(drops) == 300
    order = random.Random(3).sample(sorted(drops), len(drops))  # noqa: S311  # an order, not a secret
    for number, key in enumerate(order):
        if number % 60 == 0:
            scene.send(crowded, "ResumeDrops", json.dumps({"Service": "Amazon S3", "Event": "s3:TestEvent"}))
        scene.s3(crowded).put_object(Bucket=crowded.outputs["ResumesBucket"], Key=key, Body=drops[key])

    def all_taken() -> bool | None:
        return None if scene.waiting_on(crowded, "ResumeDrops") else True

    main_job.wait_for(all_taken, "the reading of a bulk drop", LONGEST_DROP)
    assert uploads(crowded, owners) == Counter({"ACCEPTED": 25})
    assert uploads(crowded, mistaken) == Counter({"NEEDS_NEW_FILE": 15})
    assert uploads(crowded, gone) == Counter()
    put_aside = objects(crowded, "ArtefactsBucket", "quarantine/")
    kept = objects(crowded, "ResumesBucket", "")
    assert len(kept) == 40
    assert {key.split("/")[1] for key in kept} == {each.id for each in [*owners, *mistaken]}
    moved = {sha256(key.encode()).hexdigest() for key in set(drops) - set(kept)}
    assert len(put_aside) == 260
    assert {part for key in put_aside for part in key.split("/")} >= moved
    assert operator_there.get("/operator/failed-work?queue=ResumeDrops")["items"] == []
    assert Counter(resume_versions(crowded, owners)) == Counter({"RES#0001": 25})


def resume(number: int) -> bytes:
    return f"""Robin Engineer

Skills
Python, SQL, Terraform

Experience
Backend Engineer, 2019 - 2024
Built services in Python for {number + 2} teams
""".encode()


def uploads(product: Stack, people: list[Candidate]) -> Counter[str]:
    """How many uploads ended in which state."""
    return Counter(item["state"]["S"] for each in people for item in items(product, each, "UPL#"))


def resume_versions(product: Stack, people: list[Candidate]) -> list[str]:
    return [item["sk"]["S"] for each in people for item in items(product, each, "RES#")]


def items(product: Stack, person: Candidate, prefix: str) -> list[Any]:
    return scene.dynamodb(product).query(
        TableName=product.outputs["TableName"],
        KeyConditionExpression="pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues={":pk": {"S": f"CAND#{person.id}"}, ":prefix": {"S": prefix}},
        ConsistentRead=True,
    )["Items"]


def objects(product: Stack, bucket: str, prefix: str) -> list[str]:
    """Every version of every object below a prefix."""
    pages = scene.s3(product).get_paginator("list_object_versions")
    return [
        version["Key"]
        for page in pages.paginate(Bucket=product.outputs[bucket], Prefix=prefix)
        for version in page.get("Versions", ())
    ]
