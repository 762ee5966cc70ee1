from __future__ import annotations

import pytest

from hiring.conversations.model import Author, Intent
from hiring.invitations.model import InvitationAnswer, InvitationState
from hiring.messaging.model import ConversationClosed, NotAcceptedYet, answer_of, require_place_for
from hiring.shared.errors import NotAllowed

ENDED = ("DECLINED", "EXPIRED", "WITHDRAWN", "CLOSED")
TIMES = (Intent.PROPOSE_TIMES, Intent.CONFIRM_TIME)


@pytest.mark.parametrize("author", [Author.CANDIDATE, Author.CLIENT])
@pytest.mark.parametrize("intent", [None, *TIMES])
def test_R18_only_two_intents_answer_anything(author: Author, intent: Intent | None) -> None:
    assert answer_of(intent, author) is None


@pytest.mark.parametrize(
    ("intent", "answer"), [(Intent.ACCEPT, InvitationAnswer.ACCEPT), (Intent.DECLINE, InvitationAnswer.DECLINE)]
)
def test_R17_the_candidate_answers_and_nobody_else(intent: Intent, answer: InvitationAnswer) -> None:
    assert answer_of(intent, Author.CANDIDATE) is answer
    with pytest.raises(NotAllowed):
        answer_of(intent, Author.CLIENT)


@pytest.mark.parametrize("state", [InvitationState(each) for each in ENDED])
@pytest.mark.parametrize("intent", [None, *TIMES])
def test_R20_a_conversation_ends_with_its_invitation(state: InvitationState, intent: Intent | None) -> None:
    with pytest.raises(ConversationClosed) as refused:
        require_place_for(intent, state)
    assert refused.value.current_state == state


@pytest.mark.parametrize("state", [state for state in InvitationState if state not in ENDED])
def test_plain_words_are_welcome_until_the_end(state: InvitationState) -> None:
    require_place_for(None, state)


@pytest.mark.parametrize("intent", TIMES)
def test_R20_times_are_agreed_on_after_a_yes(intent: Intent) -> None:
    require_place_for(intent, InvitationState.ACCEPTED)
    with pytest.raises(NotAcceptedYet):
        require_place_for(intent, InvitationState.SENT)
