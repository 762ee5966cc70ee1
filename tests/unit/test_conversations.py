from __future__ import annotations

from datetime import timedelta

import pytest

from hiring.conversations.api import ConversationView
from hiring.conversations.model import Author, Conversation, Intent, Message, NothingProposed
from hiring.conversations.store import open_with, put_conversation
from tests.builders import NOW


def _conversation() -> Conversation:
    return Conversation(
        id="cnv_1",
        invitation_id="inv_1",
        organisation_id="org_1",
        organisation_name="Gipfelwerk GmbH",
        candidate_id="cand_1",
        candidate_reference="Candidate 3",
        job_id="job_1",
        job_title="Senior Backend Engineer",
        opened_at=NOW,
        last_message_at=NOW,
    )


def test_each_side_sees_the_other_and_not_itself() -> None:
    conversation = _conversation()

    assert ConversationView.for_candidate(conversation).with_whom == "Gipfelwerk GmbH"
    assert ConversationView.for_client(conversation).with_whom == "Candidate 3"


def test_R14_a_clients_view_names_no_candidate() -> None:
    assert "cand_1" not in ConversationView.for_client(_conversation()).model_dump_json()


def test_R16_opening_writes_the_conversation_with_its_first_message() -> None:
    conversation, message = open_with(_conversation(), Author.CLIENT, "Shall we talk?")

    assert (conversation.key.pk, conversation.key.sk, conversation.read_version) == ("CNV#cnv_1", "A", 0)
    assert message.key.pk == "CNV#cnv_1"
    assert (message.data["author"], message.data["text"]) == ("client", "Shall we talk?")


def test_the_conversation_last_written_to_comes_first() -> None:
    earlier, _ = open_with(_conversation(), Author.CLIENT, "One")
    later, _ = open_with(
        _conversation().model_copy(update={"id": "cnv_0", "last_message_at": NOW + timedelta(milliseconds=1)}),
        Author.CLIENT,
        "Two",
    )

    assert earlier.indexes["gsi1"] < later.indexes["gsi1"]
    assert earlier.indexes["gsi2"] < later.indexes["gsi2"]


def _words(author: Author, minutes: float = 0, intent: Intent | None = None) -> Message:
    sent_at = NOW + timedelta(minutes=minutes)
    return Message(id="msg_1", conversation_id="cnv_1", author=author, text="…", sent_at=sent_at, intent=intent)


def _write(conversation: Conversation, author: Author, minutes: float) -> tuple[Conversation, Author | None]:
    words = _words(author, minutes)
    return conversation.with_message(words).announced(words)


def test_whoever_is_written_to_hears_of_it_at_once() -> None:
    conversation, reader = _write(_conversation(), Author.CANDIDATE, 0)

    assert reader is Author.CLIENT
    assert conversation.notice_due_at is None


def test_many_messages_in_minutes_make_one_mail_at_once_and_one_at_the_end() -> None:
    conversation, _ = _write(_conversation(), Author.CANDIDATE, 0)
    mails = []
    for minute in (1, 2, 14):
        conversation, reader = _write(conversation, Author.CANDIDATE, minute)
        mails.append(reader)

    assert mails == [None, None, None]
    assert conversation.notice_due_at == NOW + timedelta(minutes=15)
    assert conversation.remind(now=NOW + timedelta(minutes=15, seconds=-1)) == (conversation, ())
    reminded, readers = conversation.remind(now=NOW + timedelta(minutes=16))
    assert (readers, reminded.notice_due_at) == ((Author.CLIENT,), None)
    assert _write(reminded, Author.CANDIDATE, 30)[1] is None
    assert _write(reminded, Author.CANDIDATE, 31)[1] is Author.CLIENT


def test_whoever_writes_back_has_read_and_gets_no_reminder() -> None:
    conversation, _ = _write(_conversation(), Author.CANDIDATE, 0)
    conversation, _ = _write(conversation, Author.CANDIDATE, 1)

    conversation, reader = _write(conversation, Author.CLIENT, 2)

    assert reader is Author.CANDIDATE
    assert conversation.notice_due_at is None


def test_only_while_a_notice_is_due_a_conversation_waits_for_its_time() -> None:
    quiet, _ = _write(_conversation(), Author.CANDIDATE, 0)
    waiting, _ = _write(quiet, Author.CANDIDATE, 1)

    assert "gsi3" not in put_conversation(quiet, read_version=1).indexes
    assert put_conversation(waiting, read_version=1).indexes["gsi3"][1] == "2026-11-23T09:15:00+00:00"


def test_R20_a_time_is_confirmed_by_the_side_that_did_not_propose_it() -> None:
    proposed = _conversation().with_message(_words(Author.CLIENT, intent=Intent.PROPOSE_TIMES))
    confirms = {side: _words(side, 1, Intent.CONFIRM_TIME) for side in (Author.CLIENT, Author.CANDIDATE)}

    for side, conversation in ((Author.CANDIDATE, _conversation()), (Author.CLIENT, proposed)):
        with pytest.raises(NothingProposed):
            conversation.with_message(confirms[side])
    confirmed = proposed.with_message(confirms[Author.CANDIDATE])
    assert confirmed.times_proposed_by is None
    with pytest.raises(NothingProposed):
        confirmed.with_message(confirms[Author.CANDIDATE])


def test_R18_plain_words_do_not_touch_what_was_proposed() -> None:
    proposed = _conversation().with_message(_words(Author.CLIENT, intent=Intent.PROPOSE_TIMES))

    assert proposed.with_message(_words(Author.CANDIDATE, 1)).times_proposed_by is Author.CLIENT
