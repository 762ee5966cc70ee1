"""`make run`: the main job on this machine, from an empty stack to answered invitations.

Ends with 0 when everything came out as it should, and with 1 and a reason when something did not.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.local import main_job, page, report, samples, stack
from infra.local.accounts import Accounts
from infra.local.api import RefusedError
from infra.local.main_job import Client
from infra.local.screen import Screen
from infra.local.stack import Stack
from infra.synthesize import synthesize

FINDS_NOBODY = "lead-marine-geophysicist"
MESSAGE = "We read your resume with pleasure and would like to talk with you about this job."
ANSWERS = {"accept": "ACCEPTED", "decline": "DECLINED"}


class UnexpectedError(Exception):
    """Something came out otherwise than the product promises."""


@dataclass(frozen=True)
class Invited:
    """An invitation that was sent and answered: its job, itself, and the state that the answer has to lead to."""

    job: dict[str, Any]
    invitation: dict[str, Any]
    expected: str


def main() -> None:
    """Run the main job with the sample data, or with one's own resumes and job."""
    parser = argparse.ArgumentParser(description="The main job on this machine.")
    parser.add_argument("--resumes", type=Path, help="a folder of resume files instead of the sample people")
    parser.add_argument("--job", type=Path, help="a job as JSON instead of the sample jobs")
    parser.add_argument("--state", type=Path, default=stack.STATE / "run", help="where the stack keeps everything")
    arguments = parser.parse_args()
    try:
        people = samples.owners_of(arguments.resumes) if arguments.resumes else samples.people()
        jobs = {arguments.job.stem: json.loads(arguments.job.read_text())} if arguments.job else samples.jobs()
        _run(Screen(), arguments.state, people, jobs, own=bool(arguments.resumes or arguments.job))
    except KeyboardInterrupt:
        sys.exit("\nstopped")
    except (
        UnexpectedError,
        RefusedError,
        main_job.TookTooLongError,
        OSError,
        LookupError,
        RuntimeError,
        ValueError,
    ) as error:
        sys.exit(f"\nThe run did not succeed: {error}\nWhat the stack did: {arguments.state / 'stack.log'}")


def _run(
    screen: Screen, state: Path, people: Sequence[samples.Person], jobs: dict[str, dict[str, Any]], *, own: bool
) -> None:
    began = time.monotonic()
    with ExitStack() as until_done:
        screen.heading("The stack")
        with screen.waiting("synthesizing the stack") as now:
            running = until_done.enter_context(stack.running(synthesize("host"), state, now.say))
        screen.line(f"listens at {running.base_url} after {time.monotonic() - began:.0f} s")
        accounts = Accounts(running)
        with ThreadPoolExecutor(1) as meanwhile:
            client = meanwhile.submit(_take_in_client, accounts)
            _take_in_people(screen, running, accounts, people)
        submitted = _submit(screen, client.result(), jobs)
        shortlists = _show_shortlists(screen, client.result(), jobs, submitted, own=own)
        invited = _invite_the_best(screen, running, client.result(), submitted, shortlists)
        _show_ends(screen, running, client.result(), submitted, invited)
    screen.line(f"\nAll as it should be, after {time.monotonic() - began:.0f} s.")


def _take_in_client(accounts: Accounts) -> Client:
    return main_job.client(accounts, main_job.operator(accounts), "Example Works")


def _take_in_people(screen: Screen, running: Stack, accounts: Accounts, people: Sequence[samples.Person]) -> None:
    screen.heading("The candidates")
    with screen.counting("consented, stated what they want, and handed in a resume", len(people)) as step:
        candidates = main_job.take_in(accounts, people, step)
    with screen.counting("resumes dealt with", len(candidates)) as step:
        uploads = [(each, _stepping(main_job.upload_state(each), step)) for each in candidates]
    states = Counter(upload["state"] for _, upload in uploads)
    screen.line(", ".join(f"{number} {state}" for state, number in sorted(states.items())))
    for candidate, upload in uploads:
        person, accepted = candidate.person, upload["state"] == "ACCEPTED"
        if person.readable is not None and accepted != person.readable:
            raise UnexpectedError(f"{person.resume.name} should {'' if person.readable else 'not '}have been accepted")
        if not accepted:
            mail = running.mailbox.wait(to=person.email)
            screen.line(f"  {person.resume.name}: {upload['problem']['detail']} (mailed: {mail['Subject']})")


def _stepping[Value](value: Value, step: main_job.Step) -> Value:
    step()
    return value


def _submit(screen: Screen, client: Client, jobs: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    screen.heading("The jobs")
    submitted = {name: main_job.submit(client, terms) for name, terms in jobs.items()}
    with screen.counting("jobs matched", len(submitted)) as step:
        for job in submitted.values():
            run = _stepping(main_job.finished_run(client, job), step)
            if run["state"] != "FROZEN":
                raise UnexpectedError(f"the run of {job['id']} ended as {run['state']}")
    return submitted


def _show_shortlists(
    screen: Screen,
    client: Client,
    jobs: dict[str, dict[str, Any]],
    submitted: dict[str, dict[str, Any]],
    *,
    own: bool,
) -> dict[str, list[dict[str, Any]]]:
    shortlists = {}
    for name, job in submitted.items():
        shortlist = client.api.get(f"/jobs/{job['id']}/shortlist")
        screen.heading(f"Shortlist for {jobs[name]['title']}")
        for line in report.funnel(shortlist["funnel"]):
            screen.line(line)
        for entry in shortlist["items"]:
            for line in report.entry(entry):
                screen.line(line)
        shortlists[name] = shortlist["items"]
    if not own:
        empty = [name for name, entries in shortlists.items() if not entries]
        if empty != [FINDS_NOBODY]:
            raise UnexpectedError(f"only {FINDS_NOBODY} should have found nobody, but these did: {', '.join(empty)}")
    return shortlists


def _invite_the_best(
    screen: Screen,
    running: Stack,
    client: Client,
    submitted: dict[str, dict[str, Any]],
    shortlists: dict[str, list[dict[str, Any]]],
) -> list[Invited]:
    invited: list[Invited] = []
    for name, entries in shortlists.items():
        if entries:
            answer = list(ANSWERS)[len(invited) % 2]
            screen.heading(f"Invitation of {entries[0]['candidate_reference']} for {name}")
            invited.append(_invite(screen, running, client, submitted[name], entries[0], answer=answer))
    return invited


def _invite(
    screen: Screen, running: Stack, client: Client, job: dict[str, Any], entry: dict[str, Any], *, answer: str
) -> Invited:
    known = len(running.mailbox.mails())
    invitation = main_job.invite(client, job, entry, MESSAGE)
    mail = main_job.next_invitation(running.mailbox, known)
    for line in report.mail(mail):
        screen.line(f"  │ {line}".rstrip())
    link = main_job.response_link(mail)
    if link is None:
        raise UnexpectedError("the mail has no link to respond with")
    before = main_job.invitation_state(client, job, invitation)
    form = page.form_of(page.open_page(link), link)
    after = main_job.invitation_state(client, job, invitation)
    screen.line(f"opened the link: {before} before, {after} after")
    if before != after:
        raise UnexpectedError("opening a link must change nothing")
    response = form.press(answer)
    if response.status >= 400:
        raise UnexpectedError(f"the answer was refused: {response.status}")
    state = main_job.invitation_state(client, job, invitation)
    screen.line(f"pressed “{answer}” on the page: {state}")
    return Invited(job, invitation, ANSWERS[answer])


def _show_ends(
    screen: Screen,
    running: Stack,
    client: Client,
    submitted: dict[str, dict[str, Any]],
    invited: Sequence[Invited],
) -> None:
    screen.heading("Where everything ended")
    for each in invited:
        state = main_job.invitation_state(client, each.job, each.invitation)
        screen.line(f"invitation {each.invitation['id']}: {state}")
        if state != each.expected:
            raise UnexpectedError(f"the invitation should be {each.expected}")
    expected = len(submitted) + len(invited)

    def notices() -> list[str] | None:
        subjects = [str(mail["Subject"]) for mail in running.mailbox.mails(to=client.email)]
        return subjects if len(subjects) >= expected else None

    told = main_job.wait_for(notices, f"the client's {expected} notices", seconds=60)
    screen.line(f"notices to the client: {len(told)}")
    for subject in told:
        screen.line(f"  {subject}")
    if len(told) != expected:
        raise UnexpectedError(f"the client should have been told {expected} times: of each run and each answer once")
    screen.line("what lies in the buckets:")
    for bucket, prefix, number in main_job.artefacts(running):
        screen.line(f"  s3://{bucket}/{prefix}/  {number} objects")
    screen.line(
        f"all of it stays in {running.folder / 's3' / stack.ACCOUNT}, and the mails in {running.folder / 'mails'}"
    )


if __name__ == "__main__":
    main()
