"""The product's main job, done from outside: people enrol and hand in resumes, a client submits jobs and invites."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from infra.local.accounts import Accounts
from infra.local.api import CONNECTIONS, Api
from infra.local.mailbox import Mailbox, body
from infra.local.samples import Person
from infra.local.stack import Stack, session

NOTICE_VERSION = "2026-11"
CLIENT_ADDRESS = "hiring@client.example.com"
OPERATOR_ADDRESS = "operator@example.com"
AT_ONCE = 4
"""How many candidates act at the same time: more would start more processes of a function than this machine can run."""

type Step = Callable[[], None]


@dataclass(frozen=True)
class Client:
    """A member of an organisation that hires."""

    api: Api
    organisation_id: str
    email: str


@dataclass(frozen=True)
class Candidate:
    """Somebody who enrolled and handed in a resume, and the upload's id."""

    person: Person
    api: Api
    upload_id: str


class TookTooLongError(Exception):
    """Something asynchronous did not come to its end."""


def operator(accounts: Accounts) -> Api:
    """The API as an operator uses it."""
    return accounts.sign_in(accounts.create(OPERATOR_ADDRESS, "operator"))


def client(accounts: Accounts, operator: Api, name: str, email: str = CLIENT_ADDRESS) -> Client:
    """Have the operator take in the organisation `name` with one member."""
    organisation = operator.post("/operator/organisations", {"name": name})
    member = accounts.create(email)
    operator.put(
        f"/operator/organisations/{organisation['id']}/members/{member.sub}", {"email": email, "role": "owner"}
    )
    return Client(accounts.sign_in(member), organisation["id"], email)


def take_in(accounts: Accounts, people: Sequence[Person], step: Step) -> list[Candidate]:
    """Have `people` sign up, consent, state their preferences and hand in their resumes; `step` is called for each."""

    def one(person: Person) -> Candidate:
        candidate = enrol(accounts, person)
        step()
        return candidate

    # The first goes ahead, so that the others find the function's process started.
    first, *others = people
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [one(first), *pool.map(one, others)]


def enrol(accounts: Accounts, person: Person) -> Candidate:
    """Have one person sign up, consent, state preferences and hand in a resume."""
    api = accounts.sign_in(accounts.sign_up(person.email))
    api.put("/me/enrolment", {"open_to_full_time": True, "notice_version": NOTICE_VERSION})
    if person.preferences is not None:
        api.put("/me/preferences", person.preferences, version='"0"')
    upload = api.post("/me/resume-uploads", {"content_type": person.media_type})
    response = hand_in(upload["form"], person.resume.read_bytes())
    if response.status >= 300:
        raise RuntimeError(f"{person.resume.name} could not be uploaded: {response.status} {response.data.decode()}")
    return Candidate(person, api, upload["id"])


def hand_in(form: dict[str, Any], content: bytes) -> Any:
    """Send a file with a presigned form; gives the object store's response."""
    fields = {**form["fields"], "file": ("resume", content)}
    return CONNECTIONS.request("POST", form["url"], fields=fields)


def upload_state(candidate: Candidate, seconds: float = 120) -> dict[str, Any]:
    """The candidate's upload when it has been read, waited for."""

    def read() -> dict[str, Any] | None:
        upload: dict[str, Any] = candidate.api.get(f"/me/resume-uploads/{candidate.upload_id}")
        return None if upload["state"] in {"PENDING", "READING"} else upload

    return wait_for(read, f"the reading of {candidate.person.resume.name}", seconds)


def submit(client: Client, terms: dict[str, Any]) -> dict[str, Any]:
    """Submit a job, which starts its first run; gives the job."""
    job: dict[str, Any] = client.api.post("/jobs", {"organisation_id": client.organisation_id, **terms})
    return job


def finished_run(client: Client, job: dict[str, Any], seconds: float = 120) -> dict[str, Any]:
    """The job's first run when it is frozen or has failed, waited for."""

    def read() -> dict[str, Any] | None:
        run: dict[str, Any] = client.api.get(f"/jobs/{job['id']}/runs/{job['run']['id']}")
        return None if run["state"] == "REQUESTED" else run

    return wait_for(read, "the run of a job", seconds)


def invite(client: Client, job: dict[str, Any], entry: dict[str, Any], message: str) -> dict[str, Any]:
    """Invite the candidate of a shortlist's entry; gives the invitation."""
    path = f"/jobs/{job['id']}/entries/{entry['id']}/invitations"
    invitation: dict[str, Any] = client.api.post(path, {"message": message})
    return invitation


def invitation_state(client: Client, job: dict[str, Any], invitation: dict[str, Any]) -> str:
    """Where an invitation stands, as the client sees it."""
    listed = client.api.get(f"/jobs/{job['id']}/invitations")["items"]
    [state] = [each["state"] for each in listed if each["id"] == invitation["id"]]
    return str(state)


def response_link(mail: EmailMessage) -> str | None:
    """The link of a mail's `Respond to invitation`; None for any other mail."""
    found = re.search(r"https?://\S+/r/[^\s\"<>]+", body(mail))
    return found.group() if found else None


def next_invitation(mailbox: Mailbox, known: int, seconds: float = 60) -> EmailMessage:
    """The first invitation's mail after the first `known` mails of the mailbox, waited for."""

    def read() -> EmailMessage | None:
        return next((each for each in mailbox.mails()[known:] if response_link(each)), None)

    return wait_for(read, "the mail of an invitation", seconds)


def wait_for[Found](read: Callable[[], Found | None], what: str, seconds: float) -> Found:
    """What `read` gives as soon as it gives something; `TookTooLongError` after some seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if (found := read()) is not None:
            return found
        time.sleep(0.25)
    raise TookTooLongError(f"{what} did not come to an end within {seconds:g} seconds")


def artefacts(stack: Stack) -> list[tuple[str, str, int]]:
    """What lies in the product's buckets: (bucket, first part of the key, number of objects)."""
    s3 = session().client("s3", endpoint_url=stack.endpoint)
    found: dict[tuple[str, str], int] = {}
    for output in ("ResumesBucket", "ArtefactsBucket"):
        bucket = stack.outputs[output]
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
            for item in page.get("Contents", ()):
                place = (bucket, item["Key"].partition("/")[0])
                found[place] = found.get(place, 0) + 1
    return [(bucket, prefix, number) for (bucket, prefix), number in sorted(found.items())]
