"""What a client and a candidate write to each other: `/conversations`."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.event_handler import Response

from hiring.candidacies.model import Stage
from hiring.conversations import actions as conversations
from hiring.conversations.api import ConversationList, ConversationView, MessageList, MessageView
from hiring.messaging import actions as messaging
from hiring.messaging.api import NewMessage, PostedMessageView
from hiring.shared.clock import utc_now
from hiring.shared.errors import FieldError, InvalidRequest
from hiring.shared.settings import settings
from hiring.shared.table import table
from hiring.shared.web import Answer, Cursor, PageCursor, PageSize, Role, caller, once, resolver, serve

app = resolver()


@app.get("/conversations", tags=["Conversations"])
def list_conversations(
    organisation_id: str | None = None, limit: PageSize = 20, cursor: PageCursor = None
) -> ConversationList:
    """My conversations as a candidate, or with `organisation_id` those of an organisation that I belong to."""
    who = caller(app)
    pages = Cursor(app, f"conversations {organisation_id}", utc_now())
    start = pages.position(cursor)
    if organisation_id is not None:
        found, position = conversations.of_organisation(table(), organisation_id, who.sub, limit=limit, start=start)
        items = tuple(ConversationView.for_client(each) for each in found)
    elif Role.CANDIDATE in who.groups:
        found, position = conversations.of_candidate(table(), who.sub, limit=limit, start=start)
        items = tuple(ConversationView.for_candidate(each) for each in found)
    else:
        missing = FieldError("?organisation_id", "missing", "Name one of your organisations.")
        raise InvalidRequest("Say whose conversations you want.", errors=[missing])
    return ConversationList(items=items, next_cursor=pages.next(position))


@app.get("/conversations/<conversation_id>/messages", tags=["Conversations"])
def list_messages(conversation_id: str, limit: PageSize = 20, cursor: PageCursor = None) -> MessageList:
    """What was written in a conversation that I take part in, oldest first."""
    pages = Cursor(app, f"messages {conversation_id}", utc_now())
    found, position = conversations.messages(
        table(), conversation_id, caller(app).sub, limit=limit, start=pages.position(cursor)
    )
    return MessageList(items=tuple(MessageView.of(each) for each in found), next_cursor=pages.next(position))


@app.post(
    "/conversations/<conversation_id>/messages",
    tags=["Conversations"],
    responses={201: {"description": "The message, as the other side reads it"}},
)
def post_message(conversation_id: str, request: NewMessage) -> Response[PostedMessageView]:
    """Write to the other side. With `accept` or `decline` a candidate answers the invitation as by the mail's link."""
    now = utc_now()
    policy = messaging.Policy(settings().meeting_hosts, Stage(settings().contact_release))
    return once(
        app,
        table(),
        now,
        lambda record: messaging.post(
            table(),
            conversation_id,
            request.text,
            request.intent,
            by=caller(app).sub,
            policy=policy,
            now=now,
            record=record,
        ),
        lambda posted: Answer(201, PostedMessageView.posted(posted), {"Location": "messages"}),
    )


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request of a candidate or a client."""
    return serve(app, event, context, roles=frozenset({Role.CANDIDATE, Role.CLIENT}))
