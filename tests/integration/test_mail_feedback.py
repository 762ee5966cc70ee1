from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from functions.track_delivery.handler import handler
from hiring.candidates import store as candidates
from hiring.candidates.model import NotificationSettings
from hiring.notifications.actions import Sender, send
from hiring.notifications.feedback import Feedback, NotYetRecorded, Tracked, track
from hiring.notifications.model import Delivery, Mail, MailRecord, SesMessage, Skip
from hiring.organisations import store as organisations
from hiring.shared import keys
from hiring.shared.addresses import address_digest
from hiring.shared.clock import utc_now
from hiring.shared.links import signing_key
from hiring.shared.table import Item, Put, Remove, Table
from hiring.suppressions import store as suppressions
from hiring.suppressions.model import SuppressionReason
from tests.builders import (
    NOW,
    Shortlist,
    invite,
    make_context,
    make_envelope,
    make_sqs_event,
    store_shortlist,
)

TRIGGER = Path(__file__).parents[2] / "events" / "triggers" / "track_delivery.bounced.json"
KEY = b"a key for tests"
SES_ID = "ses-1"
LATER = NOW + timedelta(minutes=5)

PERMANENT = {"type": "Bounce", "bounce": "Permanent"}
TRANSIENT = {"type": "Bounce", "bounce": "Transient"}
COMPLAINT = {"type": "Complaint", "complaint": "abuse"}
NOT_SPAM = {"type": "Complaint", "complaint": "not-spam"}
DELIVERED = {"type": "Delivery"}
DELAYED = {"type": "DeliveryDelay"}


class Carrier:
    """Takes every mail under one id."""

    def send(self, mail: Mail) -> str:
        assert mail.to.address
        return SES_ID


def _feedback(what: Mapping[str, str], to: str, *, ses_id: str = SES_ID) -> Feedback:
    told = {"message_id": ses_id, "sent_at": NOW.isoformat(), "address": address_digest(to, KEY)}
    return Feedback.model_validate({**told, "bounce": "", "complaint": "", **what})


def _track(table: Table, what: Mapping[str, str], to: str, *, ses_id: str = SES_ID, now: datetime = LATER) -> Tracked:
    return track(table, _feedback(what, to, ses_id=ses_id), now=now)


def _sent(table: Table) -> tuple[Shortlist, Item]:
    """A mail to the candidate that SES took."""
    shortlist = store_shortlist(table)
    envelope = make_envelope("resume-accepted", shortlist.candidate.id)
    send(Sender(table, Carrier(), "https://jobs.example.com/v1", KEY), envelope, NOW)
    return shortlist, _item(table, keys.sent_mail(f"CAND#{shortlist.candidate.id}", envelope.id))


def _item(table: Table, key: keys.Key) -> Item:
    item = table.get(key)
    assert item
    return item


def _reason(table: Table, address: str) -> SuppressionReason | None:
    found = suppressions.suppression(table, address_digest(address, KEY))
    return found.value.reason if found else None


def test_R30_sending_remembers_which_mail_ses_will_tell_of(table: Table) -> None:
    shortlist, record = _sent(table)

    known = _item(table, keys.ses_message(SES_ID)).read(SesMessage)

    assert keys.sent_mail(known.owner, known.message_id) == record.key
    assert known.recipient == shortlist.candidate.id


@pytest.mark.parametrize(
    ("what", "delivery", "outcome", "reason"),
    [
        (DELIVERED, Delivery.DELIVERED, Tracked.RECORDED, None),
        (DELAYED, Delivery.DELAYED, Tracked.RECORDED, None),
        (TRANSIENT, Delivery.RETURNED, Tracked.RECORDED, None),
        ({"type": "Reject"}, Delivery.REJECTED, Tracked.RECORDED, None),
        (PERMANENT, Delivery.BOUNCED, Tracked.SUPPRESSED, SuppressionReason.BOUNCE),
        (COMPLAINT, Delivery.COMPLAINED, Tracked.SUPPRESSED, SuppressionReason.COMPLAINT),
        (NOT_SPAM, None, Tracked.NOTHING_TO_DO, None),
        ({"type": "Send"}, None, Tracked.NOTHING_TO_DO, None),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else None,
)
def test_R30_what_ses_tells_is_recorded_and_ends_mails_where_the_address_is_dead_or_complains(
    table: Table, what: dict[str, str], delivery: Delivery | None, outcome: Tracked, reason: SuppressionReason | None
) -> None:
    shortlist, record = _sent(table)
    address = shortlist.candidate.email

    assert _track(table, what, address) is outcome
    assert _item(table, record.key).read(MailRecord).delivery is delivery
    assert _reason(table, address) is reason
    assert _track(table, what, address) is (Tracked.KNOWN_BEFORE if delivery else outcome)


def test_R30_in_whatever_order_feedback_comes_the_end_is_the_same(table: Table) -> None:
    shortlist, record = _sent(table)
    before = _item(table, record.key)
    for order in permutations([DELIVERED, DELAYED, PERMANENT, COMPLAINT]):
        for what in (*order, *order):
            _track(table, what, shortlist.candidate.email)
        told = _item(table, record.key)
        assert told.read(MailRecord).delivery is Delivery.COMPLAINED
        stored = suppressions.suppression(table, address_digest(shortlist.candidate.email, KEY))
        assert stored
        assert stored.value.reason is SuppressionReason.COMPLAINT
        again = Put(before.key, before.data, read_version=told.version)
        table.commit([again, suppressions.lift(stored)], now=NOW)


def test_R30_after_a_bounce_no_mail_goes_to_that_address(table: Table) -> None:
    shortlist, _ = _sent(table)
    _track(table, PERMANENT, shortlist.candidate.email)

    envelope = make_envelope("resume-accepted", shortlist.candidate.id)

    assert send(Sender(table, Carrier(), "https://x.example.com", KEY), envelope, LATER) is Skip.SUPPRESSED


def test_R30_a_suppression_that_was_lifted_does_not_come_back_when_its_event_is_repeated(table: Table) -> None:
    shortlist, _ = _sent(table)
    _track(table, PERMANENT, shortlist.candidate.email)
    stored = suppressions.suppression(table, address_digest(shortlist.candidate.email, KEY))
    assert stored
    table.commit([suppressions.lift(stored)], now=NOW)

    assert _track(table, PERMANENT, shortlist.candidate.email) is Tracked.KNOWN_BEFORE
    assert _reason(table, shortlist.candidate.email) is None


def test_R30_who_complains_is_taken_off_the_mails_that_can_be_switched_off(table: Table) -> None:
    shortlist, _ = _sent(table)

    _track(table, COMPLAINT, shortlist.candidate.email)

    settings = candidates.notification_settings(table, shortlist.candidate.id).value
    assert settings == NotificationSettings(messages=False, announcements=False)


def test_R30_a_member_who_complains_is_taken_off_them_too(table: Table) -> None:
    shortlist = store_shortlist(table)
    invitation = invite(table, shortlist)
    envelope = make_envelope(
        "message-to-client",
        f"USER#{shortlist.member.sub}",
        organisation_id=shortlist.organisation.id,
        invitation_id=invitation.id,
    )
    send(Sender(table, Carrier(), "https://x.example.com", KEY), envelope, NOW)

    assert _track(table, COMPLAINT, shortlist.member.email) is Tracked.SUPPRESSED
    assert not organisations.mails(table, shortlist.member.sub).value.messages


def test_R30_a_mail_that_nobody_remembers_ends_mails_to_its_address_all_the_same(table: Table) -> None:
    assert _track(table, PERMANENT, "somebody@example.com") is Tracked.SUPPRESSED
    assert _track(table, DELIVERED, "somebody@example.com", ses_id="ses-2") is Tracked.UNKNOWN_MAIL
    assert _reason(table, "somebody@example.com") is SuppressionReason.BOUNCE


def test_R30_feedback_that_is_faster_than_the_record_of_the_mail_comes_again(table: Table) -> None:
    with pytest.raises(NotYetRecorded):
        _track(table, DELIVERED, "somebody@example.com", now=NOW + timedelta(seconds=59))

    shortlist, _ = _sent(table)
    soon = NOW + timedelta(seconds=59)
    assert _track(table, DELIVERED, shortlist.candidate.email, now=soon) is Tracked.RECORDED


def test_R28_feedback_writes_nothing_about_somebody_who_was_erased(table: Table) -> None:
    shortlist, record = _sent(table)
    owner = f"CAND#{shortlist.candidate.id}"
    for item in list(table.query(owner)):
        table.commit([Remove(item.key, item.version)], now=NOW)

    assert _track(table, COMPLAINT, shortlist.candidate.email) is Tracked.SUPPRESSED
    assert list(table.query(owner)) == []
    assert table.get(record.key) is None


def test_the_handler_takes_real_events_and_gives_back_only_what_it_cannot_read(table: Table) -> None:
    real = json.loads(TRIGGER.read_text())["Records"][0]["body"]
    early = {**json.loads(real), "sent_at": utc_now().isoformat(), "message_id": "ses-of-this-moment"}

    answer = handler(make_sqs_event("not json", real, json.dumps(early)), make_context())

    failed = [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]
    assert failed == ["message-0", "message-2"]
    assert suppressions.suppression(table, address_digest("nobody@mail.example.com", signing_key()))
