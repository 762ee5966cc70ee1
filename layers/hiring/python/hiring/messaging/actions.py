"""What the two sides of an invitation write to each other, and how they hear of it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from hiring.candidacies import store as candidacies
from hiring.candidacies.model import Candidacy, Stage
from hiring.conversations import actions as conversations
from hiring.conversations import store as conversation_store
from hiring.conversations.model import Conversation, Intent, Message
from hiring.invitations import actions as invitations
from hiring.invitations import store as invitation_store
from hiring.invitations.model import Invitation, InvitationAnswer
from hiring.messaging.model import ConversationClosed, Posted, answer_of, require_place_for
from hiring.shared import keys
from hiring.shared.ids import new_id
from hiring.shared.table import Require, Table, retried

if TYPE_CHECKING:
    from hiring.shared.web import Record


@dataclass(frozen=True)
class Policy:
    """What a deployment lets messages hold: links to `meeting_hosts`, and all contacts `release_from` a stage on."""

    meeting_hosts: AbstractSet[str]
    release_from: Stage


def post(
    table: Table,
    conversation_id: str,
    text: str,
    intent: Intent | None,
    *,
    by: str,
    policy: Policy,
    now: datetime,
    record: Record[Posted],
) -> Posted:
    """Write to the other side as the login `by`; with `accept` or `decline` that answers the invitation too (R17).

    Raises `NotFound` for all who take no part, `ContactPolicy` where `text` holds what it must not (R21, R24): nothing
    is written then. Raises `NotAllowed` for an answer by the client, `ConversationClosed`, `NotAcceptedYet` and
    `NothingProposed` where the invitation's state has no place for it, and `TooLate` and `IllegalMove` as
    `invitations.answer` does.
    """
    from hiring.contacts.policy import require_no_contacts

    def act() -> Posted:
        conversation = conversation_store.conversation_item(table, conversation_id).read(Conversation)
        author = conversations.part_of(table, conversation, by)
        _require_reader(table, conversation)
        candidacy = candidacies.candidacy_item(table, conversation.job_id, conversation.candidate_id).read(Candidacy)
        released = candidacy.contacts_released(release_from=policy.release_from)
        require_no_contacts(text, "/text", policy.meeting_hosts, released=released)
        message = Message(
            id=new_id("msg", now), conversation_id=conversation_id, author=author, text=text, sent_at=now, intent=intent
        )
        answer = answer_of(intent, author)
        if answer is not None:
            return _answer(table, conversation.invitation_id, answer, message, now=now, record=record)
        return _write(table, conversation.invitation_id, message, now=now, record=record)

    return retried(act)


def _require_reader(table: Table, conversation: Conversation) -> None:
    """Raise `ConversationClosed` where the candidate was erased: nobody would read it, and nothing is kept of them."""
    if table.get(keys.erasure(conversation.candidate_id)) is not None:
        raise ConversationClosed(
            "The candidate is not available any more, so nothing more can be written here.", "CLOSED"
        )


def remind(table: Table, conversation_id: str, *, now: datetime) -> None:
    """Send the mails about new messages that are due; where none is due, nothing happens. Raises `NotFound`."""

    def act() -> None:
        item = conversation_store.conversation_item(table, conversation_id)
        reminded, readers = item.read(Conversation).remind(now=now)
        if readers:
            invitation = invitation_store.invitation(table, reminded.invitation_id)
            mails = [invitations.tell_of_messages(invitation, reader) for reader in readers]
            put = conversation_store.put_conversation(reminded, read_version=item.version)
            table.commit([put], mails, now=now)

    retried(act)


def _answer(
    table: Table,
    invitation_id: str,
    answer: InvitationAnswer,
    message: Message,
    *,
    now: datetime,
    record: Record[Posted],
) -> Posted:
    answered = invitations.answer(
        table,
        invitation_id,
        answer,
        now=now,
        words=message,
        record=lambda invitation: record(Posted(message, invitation.state)),
    )
    return Posted(message, answered.state)


def _write(table: Table, invitation_id: str, message: Message, *, now: datetime, record: Record[Posted]) -> Posted:
    item = invitation_store.invitation_item(table, invitation_id)
    invitation = item.read(Invitation)
    require_place_for(message.intent, invitation.at(now).state)
    posted = Posted(message, invitation.state)
    changes, mails = invitations.write(table, invitation, message)
    table.commit([*changes, Require(item.key, item.version), record(posted)], mails, now=now)
    return posted
