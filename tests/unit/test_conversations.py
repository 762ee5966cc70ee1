from __future__ import annotations

from datetime import timedelta

from hiring.conversations.api import ConversationView
from hiring.conversations.model import Author, Conversation
from hiring.conversations.store import open_with
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
