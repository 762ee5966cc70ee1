"""What lies on dead-letter queues is read here, and what may speak of a person is left out.

Our own messages hold ids only. A notice of S3 also says from which address a file came, and a file in `drops/` has the
name that somebody gave it: of those the folder and the version of the object are kept, which lead to it as long as it
is there. Of what SES tells of a mail, its id and our own tag are kept. A failed round of a schedule quotes the error's
text, which is left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote_plus, unquote_plus

from pydantic import ValidationError

from hiring.failed_work.model import DeadLetter, Remedy
from hiring.shared.outbox import Envelope

OURS = frozenset({"MatchJobs", "Emails", "Broadcasts", "Exports", "Erasures", "Relay"})
"""Queues on which nobody but ourselves puts messages; so whatever lies there holds ids only, understood or not."""

PARKED, RESUME_CAME = "parked", "resume-came"
"""Kinds of letters that are not sent again as they are."""

_UPLOADS, _DROPS, _MAILS = "uploads/", "drops/", "mail/"


def read_dead_letter(queue: str, body: str) -> DeadLetter:
    """What a message on the dead-letter queue of `queue` says; nothing that may stand in it raises."""
    try:
        content = json.loads(body)
        for read in _READERS:
            letter = read(content, body)
            if letter is not None:
                return letter
    except (ValueError, LookupError, TypeError, AttributeError):
        pass
    if queue in OURS:
        return DeadLetter(kind="not-understood", about={}, remedy=Remedy.SEND_AGAIN, message=body)
    return DeadLetter(kind="not-understood", about={}, remedy=Remedy.NOTHING_KEPT)


def _envelope(content: Any, body: str) -> DeadLetter | None:
    try:
        envelope = Envelope.model_validate(content)
    except ValidationError:
        return None
    return DeadLetter(kind=envelope.kind.value, about=envelope.body, remedy=Remedy.SEND_AGAIN, message=body)


def _parked(content: Any, body: str) -> DeadLetter | None:
    """A message that the relay did not understand, with its place in the outbox."""
    if not {"pk", "sk", "envelope"} <= content.keys():
        return None
    return DeadLetter(kind=PARKED, about={"item": str(content["pk"])}, remedy=Remedy.SEND_AGAIN, message=body)


def _notice(content: Any, _: str) -> DeadLetter | None:
    """A notice of S3 that an object came."""
    if "Records" not in content:
        return None
    [record] = content["Records"]  # S3 tells of one object at a time
    stored = record["s3"]["object"]
    key, version = unquote_plus(stored["key"]), str(stored.get("versionId", "null"))
    kept = {"versionId": version, "size": int(stored.get("size", 0))}
    if key.startswith(_MAILS):
        return _told_of("mail-came", {"object": key, "object_version": version}, key, kept)
    place, _, rest = key.partition("/")
    candidate_id, _, name = rest.partition("/")
    about = {"candidate_id": candidate_id, "object_version": version}
    if key.startswith(_UPLOADS) and name:
        return _told_of(RESUME_CAME, {**about, "upload_id": name}, key, kept)
    if key.startswith(_DROPS) and name:
        return _told_of(RESUME_CAME, about, f"{place}/{candidate_id}/", kept)
    return None


def _told_of(kind: str, about: Mapping[str, str], key: str, kept: Mapping[str, object]) -> DeadLetter:
    message = json.dumps({"Records": [{"s3": {"object": {"key": quote_plus(key, safe="/"), **kept}}}]})
    return DeadLetter(kind=kind, about=about, remedy=Remedy.SEND_AGAIN, message=message)


def _feedback(content: Any, body: str) -> DeadLetter | None:
    """What SES told of a mail, as the rule made it; or as it came, where it never reached the queue."""
    if {"type", "message_id", "sent_at"} <= content.keys():
        about = {"type": str(content["type"]), "ses_message_id": str(content["message_id"])}
        return DeadLetter(kind="mail-feedback", about=about, remedy=Remedy.SEND_AGAIN, message=body)
    if content.get("source") != "aws.ses":
        return None
    detail = content["detail"]
    mail = detail["mail"]
    kept = {
        "type": detail["eventType"],
        "message_id": mail["messageId"],
        "sent_at": mail["timestamp"],
        "address": (mail["tags"].get("address") or [""])[0],
        "bounce": detail.get("bounce", {}).get("bounceType", ""),
        "complaint": detail.get("complaint", {}).get("complaintFeedbackType", ""),
    }
    return _feedback(kept, json.dumps(kept))


def _lost_invocation(content: Any, _: str) -> DeadLetter | None:
    """What Lambda says of a call that failed: of a schedule, or of the relay with a part of the table's stream."""
    if "requestContext" not in content:
        return None
    context, told = content["requestContext"], content.get("responsePayload") or {}
    stream = content.get("DDBStreamBatchInfo")
    return DeadLetter(
        kind="stream-batch" if stream else "round",
        about={"function": str(context["functionArn"]).split(":")[6]},
        remedy=Remedy.NEXT_ROUND,
        error=str(told["errorType"]) if told.get("errorType") else str(context["condition"]),
        tries=int(context["approximateInvokeCount"]),
    )


def _lost_schedule(content: Any, _: str) -> DeadLetter | None:
    """A round of a schedule that never reached its function."""
    if content.get("source") != "aws.events":
        return None
    rule = str(content["resources"][0]).rpartition("/")[2]
    return DeadLetter(kind="round", about={"rule": rule}, remedy=Remedy.NEXT_ROUND)


_READERS: tuple[Callable[[Any, str], DeadLetter | None], ...] = (
    _envelope,
    _parked,
    _notice,
    _feedback,
    _lost_invocation,
    _lost_schedule,
)
