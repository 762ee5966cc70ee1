"""When a message may be written, by what it is meant to do and how the invitation stands."""

from __future__ import annotations

from dataclasses import dataclass

from hiring.conversations.model import Author, Intent, Message
from hiring.invitations.model import ACCEPTED, TALKING, InvitationAnswer, InvitationState
from hiring.shared.errors import IllegalMove, NotAllowed

_ANSWERS = {Intent.ACCEPT: InvitationAnswer.ACCEPT, Intent.DECLINE: InvitationAnswer.DECLINE}


@dataclass(frozen=True)
class Posted:
    """A message that was posted, and how the invitation stands after it."""

    message: Message
    invitation_state: InvitationState


class ConversationClosed(IllegalMove):
    """The invitation has ended, and its conversation can be read and not written to any more."""

    code = "conversation-closed"
    title = "This conversation is closed"


class NotAcceptedYet(IllegalMove):
    """Times for an interview are agreed on once the candidate has accepted the invitation."""

    code = "not-accepted-yet"
    title = "The invitation is not accepted yet"


def answer_of(intent: Intent | None, author: Author) -> InvitationAnswer | None:
    """The answer to the invitation that a message gives; raises `NotAllowed` where not the candidate gives it."""
    answer = _ANSWERS.get(intent) if intent else None
    if answer is not None and author is not Author.CANDIDATE:
        raise NotAllowed("Only the candidate answers an invitation. Write without this intent.")
    return answer


def require_place_for(intent: Intent | None, state: InvitationState) -> None:
    """Raise `ConversationClosed` or `NotAcceptedYet` where a message that answers nothing cannot be written."""
    if state not in TALKING:
        raise ConversationClosed("The invitation has ended, so nothing more can be written here.", state)
    if intent is not None and state not in ACCEPTED:
        raise NotAcceptedYet("Times are agreed on after the invitation was accepted. Write without an intent.", state)
