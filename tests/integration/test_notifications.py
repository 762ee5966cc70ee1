from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from botocore.exceptions import ClientError

from functions.send_email.handler import handler
from hiring.candidates import store as candidate_store
from hiring.candidates.model import CandidateState, NotificationSettings
from hiring.failed_work.model import Failure
from hiring.failed_work.store import failures_page, put_failure
from hiring.intake import store as intake
from hiring.intake.model import Upload, UploadProblem, UploadState
from hiring.invitations import actions as invitations
from hiring.invitations.model import Invitation, InvitationAnswer
from hiring.matching import store as matching_store
from hiring.matching.model import Run
from hiring.notifications import subscriptions
from hiring.notifications.actions import BeingSent, Sender, send
from hiring.notifications.model import Kind, Mail, MailRecord, MailState, Recipient, Skip
from hiring.notifications.subscriptions import Subscription
from hiring.organisations import actions as organisations
from hiring.organisations import store as organisation_store
from hiring.organisations.model import Member, MemberRole
from hiring.resumes.model import Problem
from hiring.shared import keys
from hiring.shared.addresses import address_digest
from hiring.shared.clients import ses
from hiring.shared.clock import utc_now
from hiring.shared.errors import NotFound
from hiring.shared.links import Purpose, verify
from hiring.shared.observability import logger
from hiring.shared.outbox import Envelope
from hiring.shared.table import Remove, Stored, Table
from hiring.suppressions import store as suppressions
from hiring.suppressions.model import Suppression, SuppressionReason
from tests.builders import (
    NOW,
    SENDER,
    Shortlist,
    aws_client,
    invite,
    make_context,
    make_envelope,
    make_id,
    make_member,
    make_sqs_event,
    store_shortlist,
    waiting,
)

KEY = b"a key for tests"


class Letters:
    """A carrier that keeps what it takes, and that can be made to fail."""

    def __init__(self) -> None:
        self.taken: list[Mail] = []
        self.out_of_order = False

    def send(self, mail: Mail) -> str:
        if self.out_of_order:
            raise ClientError({"Error": {"Code": "TooManyRequestsException"}}, "SendEmail")
        self.taken.append(mail)
        return f"ses-{len(self.taken)}"


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
def sender(table: Table, letters: Letters) -> Sender:
    return Sender(table, letters, "https://jobs.example.com/v1", KEY)


def _record(table: Table, owner: str, envelope: Envelope) -> MailRecord:
    item = table.get(keys.sent_mail(owner, envelope.id))
    assert item
    return item.read(MailRecord)


def _invitation_mail(table: Table) -> tuple[Shortlist, Invitation, Envelope]:
    shortlist = store_shortlist(table)
    invitation = invite(table, shortlist)
    return shortlist, invitation, waiting(table, f"INV#{invitation.id}")[0]


def test_R16_the_invitation_goes_to_the_candidate_with_a_link_that_answers_this_invitation(
    table: Table, sender: Sender, letters: Letters
) -> None:
    shortlist, invitation, envelope = _invitation_mail(table)

    send(sender, envelope, NOW)

    (mail,) = letters.taken
    assert mail.to.address == shortlist.candidate.email
    assert mail.subject == "Gipfelwerk GmbH invites you to an interview: Senior Backend Engineer"
    link = next(line for line in mail.text.splitlines() if line.startswith("https://jobs.example.com/v1/r/"))
    token = link.rpartition("/")[2]
    late = invitation.expires_at + timedelta(days=1)
    assert verify(token, Purpose.RESPOND, now=late, key=KEY) == invitation.id
    assert link in mail.html


def test_R30_a_mail_is_sent_once_however_often_its_message_comes(
    table: Table, sender: Sender, letters: Letters
) -> None:
    shortlist, _, envelope = _invitation_mail(table)

    outcomes = [send(sender, envelope, NOW + timedelta(days=day)) for day in range(3)]

    assert len(letters.taken) == 1
    assert outcomes[1:] == [Skip.SENT_BEFORE, Skip.SENT_BEFORE]
    record = _record(table, f"CAND#{shortlist.candidate.id}", envelope)
    assert (record.state, record.ses_message_id, record.at) == (MailState.SENT, "ses-1", NOW)


def test_R30_a_mail_that_could_not_be_sent_is_sent_by_the_next_try(
    table: Table, sender: Sender, letters: Letters
) -> None:
    _, _, envelope = _invitation_mail(table)
    letters.out_of_order = True
    with pytest.raises(ClientError):
        send(sender, envelope, NOW)
    letters.out_of_order = False

    send(sender, envelope, NOW)

    assert len(letters.taken) == 1


def test_R30_a_message_that_arrives_twice_at_once_is_sent_once(table: Table, sender: Sender, letters: Letters) -> None:
    _, _, envelope = _invitation_mail(table)

    class Twin(Letters):
        def send(self, mail: Mail) -> str:
            with pytest.raises(BeingSent):
                send(sender, envelope, NOW + timedelta(seconds=30))
            return super().send(mail)

    twin = Twin()
    send(Sender(table, twin, sender.base_url, KEY), envelope, NOW)

    assert (len(twin.taken), len(letters.taken)) == (1, 0)


def test_R30_a_mail_whose_sender_died_is_sent_when_its_claim_is_over(
    table: Table, sender: Sender, letters: Letters
) -> None:
    _, _, envelope = _invitation_mail(table)

    class Dies(Letters):
        def send(self, mail: Mail) -> str:
            raise KeyboardInterrupt(mail.subject)

    with pytest.raises(KeyboardInterrupt):
        send(Sender(table, Dies(), sender.base_url, KEY), envelope, NOW)
    with pytest.raises(BeingSent):
        send(sender, envelope, NOW + timedelta(seconds=59))
    send(sender, envelope, NOW + timedelta(seconds=60))

    assert len(letters.taken) == 1


def test_R16_no_mail_asks_for_an_answer_that_is_not_open_any_more(
    table: Table, sender: Sender, letters: Letters
) -> None:
    shortlist, invitation, envelope = _invitation_mail(table)
    invitations.withdraw(table, invitation.id, by=shortlist.member.sub, now=NOW)

    assert send(sender, envelope, NOW) is Skip.NO_LONGER_OPEN

    record = _record(table, f"CAND#{shortlist.candidate.id}", envelope)
    assert (record.state, record.skipped, letters.taken) == (MailState.SKIPPED, Skip.NO_LONGER_OPEN, [])


def test_R27_who_opted_out_gets_no_mail(table: Table, sender: Sender, letters: Letters) -> None:
    shortlist, _, envelope = _invitation_mail(table)
    left = shortlist.candidate.model_copy(update={"state": CandidateState.OPTED_OUT})
    table.commit([candidate_store.put_candidate(left, read_version=1)], now=NOW)

    assert send(sender, envelope, NOW) is Skip.OPTED_OUT
    assert letters.taken == []


def test_who_is_not_there_any_more_gets_no_mail(table: Table, sender: Sender, letters: Letters) -> None:
    shortlist, _, envelope = _invitation_mail(table)
    table.commit([Remove(keys.candidate(shortlist.candidate.id), 1)], now=NOW)

    assert send(sender, envelope, NOW) is Skip.RECIPIENT_GONE
    assert letters.taken == []


@pytest.mark.parametrize(
    ("answer", "words"), [(InvitationAnswer.ACCEPT, "accepted"), (InvitationAnswer.DECLINE, "declined")]
)
def test_R17_the_client_who_invited_is_told_the_answer(
    table: Table, sender: Sender, letters: Letters, answer: InvitationAnswer, words: str
) -> None:
    shortlist, invitation, _ = _invitation_mail(table)
    invitations.answer(table, invitation.id, answer, now=NOW + timedelta(hours=1))

    send(sender, waiting(table, f"INV#{invitation.id}")[-1], NOW)

    (mail,) = letters.taken
    assert mail.to.address == shortlist.member.email
    assert mail.subject == f"Candidate 3 {words} your invitation: Senior Backend Engineer"
    assert shortlist.candidate.email not in mail.text + mail.html


def test_R17_a_yes_is_told_as_a_yes_even_if_the_client_withdrew_since(
    table: Table, sender: Sender, letters: Letters
) -> None:
    shortlist, invitation, _ = _invitation_mail(table)
    invitations.answer(table, invitation.id, InvitationAnswer.ACCEPT, now=NOW + timedelta(hours=1))
    answered = waiting(table, f"INV#{invitation.id}")[-1]
    invitations.withdraw(table, invitation.id, by=shortlist.member.sub, now=NOW + timedelta(hours=2))

    send(sender, answered, NOW)

    assert letters.taken[0].subject.startswith("Candidate 3 accepted")


def test_R20_a_removed_member_gets_no_mail(table: Table, sender: Sender, letters: Letters) -> None:
    shortlist, invitation, _ = _invitation_mail(table)
    invitations.answer(table, invitation.id, InvitationAnswer.ACCEPT, now=NOW + timedelta(hours=1))
    organisations.remove_member(table, shortlist.organisation.id, shortlist.member.sub, by="op-1", now=NOW)

    assert send(sender, waiting(table, f"INV#{invitation.id}")[-1], NOW) is Skip.NOT_A_MEMBER
    assert letters.taken == []


@pytest.mark.parametrize("template", ["invitation-withdrawn", "invitation-closed"])
def test_R20_the_candidate_is_told_how_an_invitation_ended(
    table: Table, sender: Sender, letters: Letters, template: str
) -> None:
    shortlist, invitation, _ = _invitation_mail(table)

    send(sender, make_envelope(template, shortlist.candidate.id, invitation_id=invitation.id), NOW)

    assert "Gipfelwerk GmbH" in letters.taken[0].text
    assert letters.taken[0].to.address == shortlist.candidate.email


def test_R16_the_client_is_told_that_an_invitation_expired(table: Table, sender: Sender, letters: Letters) -> None:
    _, invitation, _ = _invitation_mail(table)
    invitations.expire(table, invitation.id, now=invitation.expires_at)

    send(sender, waiting(table, f"INV#{invitation.id}")[-1], NOW)

    assert letters.taken[0].subject == "No answer from Candidate 3: Senior Backend Engineer"


def test_R4_the_mail_for_a_new_file_says_what_was_wrong(table: Table, sender: Sender, letters: Letters) -> None:
    shortlist = store_shortlist(table)
    upload = Upload(
        id=make_id("upl"),
        candidate_id=shortlist.candidate.id,
        state=UploadState.NEEDS_NEW_FILE,
        content_type="application/pdf",
        created_at=NOW,
        expires_at=NOW,
        problem=UploadProblem(code=Problem.ENCRYPTED, detail="The file is locked with a password."),
    )
    table.commit([intake.put_upload(upload)], now=NOW)

    send(sender, make_envelope("needs-new-file", shortlist.candidate.id, upload_id=upload.id), NOW)

    assert "The file is locked with a password." in letters.taken[0].text
    assert "The file is locked with a password." in letters.taken[0].html


def test_R4_an_accepted_resume_is_told(table: Table, sender: Sender, letters: Letters) -> None:
    shortlist = store_shortlist(table)

    send(sender, make_envelope("resume-accepted", shortlist.candidate.id, upload_id="upl_1"), NOW)

    assert letters.taken[0].subject == "We have read your resume"


def test_a_mail_that_nobody_knows_fails(table: Table, sender: Sender, letters: Letters) -> None:
    shortlist = store_shortlist(table)

    with pytest.raises(KeyError):
        send(sender, make_envelope("sweepstakes", shortlist.candidate.id), NOW)
    assert letters.taken == []


def _requests_to_ses() -> list[dict[str, Any]]:
    requests: list[dict[str, Any]] = []

    def keep(params: dict[str, Any], **_: object) -> None:
        requests.append(dict(params))

    ses().meta.events.register("provide-client-params.sesv2.SendEmail", keep)
    return requests


def test_R30_a_mail_leaves_as_text_and_html_to_one_recipient_with_its_correlation_id(table: Table) -> None:
    shortlist, _, envelope = _invitation_mail(table)
    current = envelope.model_copy(update={"body": {**envelope.body, "template": "resume-accepted"}})
    requests = _requests_to_ses()

    answer = handler(make_sqs_event(current.model_dump_json()), make_context())

    assert answer == {"batchItemFailures": []}
    (request,) = requests
    assert request["FromEmailAddress"] == SENDER
    assert request["Destination"] == {"ToAddresses": [shortlist.candidate.email]}
    assert request["ConfigurationSetName"] == "mails"
    simple = request["Content"]["Simple"]
    assert set(simple["Body"]) == {"Text", "Html"}
    headers = {header["Name"]: header["Value"] for header in simple["Headers"]}
    assert headers == {"X-Correlation-Id": current.correlation_id, "Auto-Submitted": "auto-generated"}
    assert aws_client("ses").get_send_quota()["SentLast24Hours"] == 1


def test_a_poisoned_message_fails_alone_and_the_others_are_sent(table: Table) -> None:
    shortlist = store_shortlist(table)
    good = make_envelope("resume-accepted", shortlist.candidate.id)
    requests = _requests_to_ses()

    answer = handler(make_sqs_event("not json", good.model_dump_json(), {"kind": "mail"}), make_context())

    failed = [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]
    assert failed == ["message-0", "message-2"]
    assert len(requests) == 1


def test_a_batch_that_fails_as_a_whole_is_named_message_by_message() -> None:
    answer = handler(make_sqs_event("not json", "neither"), make_context())

    assert len(answer["batchItemFailures"]) == 2


def test_logs_name_ids_and_no_person(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    log = StringIO()
    monkeypatch.setattr(logger().registered_handler, "stream", log)
    shortlist = store_shortlist(table)
    invitation = invite(table, shortlist, now=utc_now())
    envelope = waiting(table, f"INV#{invitation.id}")[0]

    handler(make_sqs_event(envelope.model_dump_json(), "not json"), make_context())

    logged = log.getvalue()
    assert '"template":"invitation","outcome":"sent"' in logged
    assert not [secret for secret in (shortlist.candidate.email, "Gipfelwerk", "/r/") if secret in logged]


def test_R11_the_client_is_told_that_the_shortlist_is_ready(table: Table, sender: Sender, letters: Letters) -> None:
    shortlist = store_shortlist(table)
    run = Run(
        id=make_id("run"), job_id=shortlist.job.id, job_version=1, requested_at=NOW, requested_by="a-client", entries=4
    )
    table.commit([matching_store.put_run(run)], now=NOW)
    envelope = make_envelope(
        "shortlist-ready",
        f"USER#{shortlist.member.sub}",
        organisation_id=shortlist.organisation.id,
        job_id=shortlist.job.id,
        run_id=run.id,
    )

    send(sender, envelope, NOW)

    assert letters.taken[0].to.address == shortlist.member.email
    assert "names 4 candidates" in letters.taken[0].text


def _message_mail(table: Table) -> tuple[Shortlist, Envelope]:
    """A mail that can be switched off, to the candidate."""
    shortlist = store_shortlist(table)
    invitation = invite(table, shortlist)
    return shortlist, make_envelope("message-to-candidate", shortlist.candidate.id, invitation_id=invitation.id)


def _message_to_client(shortlist: Shortlist, invitation: Invitation) -> Envelope:
    return make_envelope(
        "message-to-client",
        f"USER#{shortlist.member.sub}",
        organisation_id=shortlist.organisation.id,
        invitation_id=invitation.id,
    )


def test_R30_a_mail_that_can_be_switched_off_has_both_headers_and_one_link_that_does_it(
    table: Table, sender: Sender, letters: Letters
) -> None:
    shortlist, envelope = _message_mail(table)

    send(replace(sender, support_address="help@jobs.example.com"), envelope, NOW)

    (mail,) = letters.taken
    (token,) = set(re.findall(r"/u/([\w.-]+)", mail.text + mail.html))
    assert mail.headers["List-Unsubscribe"] == (
        f"<https://jobs.example.com/v1/u/{token}>, <mailto:help@jobs.example.com?subject=unsubscribe%20{token}>"
    )
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    subscription = subscriptions.of_link(token, key=KEY, now=NOW + timedelta(days=365))
    assert subscription == Subscription(shortlist.candidate.id, Kind.MESSAGES)
    assert shortlist.candidate.email not in mail.headers["List-Unsubscribe"]


def test_R30_a_transactional_mail_has_no_unsubscribe_headers(table: Table, sender: Sender, letters: Letters) -> None:
    _, _, envelope = _invitation_mail(table)

    send(sender, envelope, NOW)

    assert letters.taken[0].headers == {}


def test_R30_a_kind_that_was_switched_off_is_not_sent_and_transactional_mails_are(
    table: Table, sender: Sender, letters: Letters
) -> None:
    shortlist, envelope = _message_mail(table)
    candidate = shortlist.candidate.id
    settings = NotificationSettings(messages=False)
    table.commit([candidate_store.put_notification_settings(candidate, settings, read_version=0)], now=NOW)

    assert send(sender, envelope, NOW) is Skip.UNWANTED
    assert _record(table, f"CAND#{candidate}", envelope).skipped is Skip.UNWANTED
    send(sender, make_envelope("resume-accepted", candidate), NOW)
    assert [mail.subject for mail in letters.taken] == ["We have read your resume"]


def test_R30_a_member_switches_off_mails_about_messages_alone(table: Table, sender: Sender, letters: Letters) -> None:
    shortlist, invitation, _ = _invitation_mail(table)
    subscription = Subscription(f"USER#{shortlist.member.sub}", Kind.MESSAGES)

    subscriptions.switch(table, subscription, on=False, now=NOW)

    assert send(sender, _message_to_client(shortlist, invitation), NOW) is Skip.UNWANTED
    subscriptions.switch(table, subscription, on=True, now=NOW)
    send(sender, _message_to_client(shortlist, invitation), NOW)
    assert letters.taken[0].to.address == shortlist.member.email


@pytest.mark.parametrize("template", ["message-to-candidate", "invitation", "resume-accepted"])
def test_R30_an_address_that_is_suppressed_gets_no_mail_of_any_kind(
    table: Table, sender: Sender, letters: Letters, template: str
) -> None:
    shortlist, invitation, _ = _invitation_mail(table)
    digest = address_digest(shortlist.candidate.email.upper(), KEY)
    suppressed = Suppression(digest=digest, reason=SuppressionReason.BOUNCE, since=NOW)
    table.commit([suppressions.put_suppression(suppressed)], now=NOW)
    envelope = make_envelope(template, shortlist.candidate.id, invitation_id=invitation.id)

    assert send(sender, envelope, NOW) is Skip.SUPPRESSED
    assert _record(table, f"CAND#{shortlist.candidate.id}", envelope).skipped is Skip.SUPPRESSED
    assert letters.taken == []


def test_R30_what_a_removed_member_asked_for_reaches_an_owner_of_the_organisation(
    table: Table, sender: Sender, letters: Letters
) -> None:
    shortlist, invitation, _ = _invitation_mail(table)
    invitations.answer(table, invitation.id, InvitationAnswer.ACCEPT, now=NOW + timedelta(hours=1))
    envelope = waiting(table, f"INV#{invitation.id}")[-1]
    for number, role in enumerate([MemberRole.MEMBER, MemberRole.OWNER, MemberRole.OWNER]):
        colleague = Member(
            sub=f"colleague-{number}",
            organisation_id=shortlist.organisation.id,
            email=f"colleague-{number}@example.com",
            role=role,
            since=NOW + timedelta(days=number),
        )
        table.commit([organisation_store.put_member(colleague)], now=NOW)
    table.commit([Remove(keys.member(shortlist.member.sub, shortlist.organisation.id), 1)], now=NOW)

    send(sender, envelope, NOW)

    address = "colleague-1@example.com"
    assert letters.taken[0].to == Recipient("USER#colleague-1", address, address_digest(address, KEY))
    assert send(sender, envelope, NOW) is Skip.SENT_BEFORE


def _suppress(table: Table, *addresses: str) -> list[Suppression]:
    found = [
        Suppression(digest=address_digest(each, KEY), reason=SuppressionReason.BOUNCE, since=NOW) for each in addresses
    ]
    table.commit([suppressions.put_suppression(each) for each in found], now=NOW)
    return found


def test_R30_what_a_suppressed_member_asked_for_reaches_another_member(
    table: Table, sender: Sender, letters: Letters
) -> None:
    shortlist, invitation, _ = _invitation_mail(table)
    invitations.answer(table, invitation.id, InvitationAnswer.ACCEPT, now=NOW + timedelta(hours=1))
    envelope = waiting(table, f"INV#{invitation.id}")[-1]
    owner, colleague = (
        make_member(shortlist.organisation.id, email=f"{name}@example.com") for name in ("owner", "colleague")
    )
    owner = owner.model_copy(update={"role": MemberRole.OWNER})
    table.commit([organisation_store.put_member(each) for each in (owner, colleague)], now=NOW)
    _suppress(table, shortlist.member.email, owner.email)

    assert not isinstance(send(sender, envelope, NOW), Skip)

    assert [each.to.address for each in letters.taken] == [colleague.email]
    assert failures_page(table, queue=None, limit=10).items == ()


def test_R30_a_mail_that_no_member_can_get_is_shown_to_operators_and_sent_when_one_can(
    table: Table, sender: Sender, letters: Letters
) -> None:
    shortlist, invitation, _ = _invitation_mail(table)
    invitations.answer(table, invitation.id, InvitationAnswer.ACCEPT, now=NOW + timedelta(hours=1))
    envelope = waiting(table, f"INV#{invitation.id}")[-1]
    [suppressed] = _suppress(table, shortlist.member.email)

    assert send(sender, envelope, NOW) is Skip.SUPPRESSED
    [item] = failures_page(table, queue="Emails", limit=10).items
    failure = item.read(Failure)
    assert (failure.letter.kind, failure.error, failure.letter.about) == ("mail", "Undeliverable", envelope.body)
    assert failure.letter.message == envelope.model_dump_json()
    assert shortlist.member.email not in str(item.data)
    assert letters.taken == []

    # Redriven too early it is listed again.
    table.commit([put_failure(failure.redrive(), read_version=item.version)], now=NOW)
    assert send(sender, envelope, NOW) is Skip.SUPPRESSED
    [item] = failures_page(table, queue="Emails", limit=10).items
    assert (item.read(Failure).tries, item.read(Failure).since) == (2, failure.since)

    table.commit([suppressions.lift(Stored(suppressed, 1))], now=NOW)
    assert not isinstance(send(sender, envelope, NOW), Skip)
    assert [each.to.address for each in letters.taken] == [shortlist.member.email]
    assert send(sender, envelope, NOW) is Skip.SENT_BEFORE


def test_nothing_is_kept_about_somebody_who_is_gone(table: Table) -> None:
    for recipient in ("cand_of-nobody", "USER#nobody"):
        with pytest.raises(NotFound):
            subscriptions.switch(table, Subscription(recipient, Kind.MESSAGES), on=False, now=NOW)
    assert not list(table.query("CAND#cand_of-nobody"))
    assert not list(table.query("MEMBER#nobody"))
