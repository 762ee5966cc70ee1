"""What a copy holds: one JSON document, and the files themselves.

Of a match it says what the candidate may read: the own words, the verdicts, the skills. Title, client, pay and place
of a job are in it from an invitation on and never before (R29).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from hiring.candidates.model import Candidate
from hiring.conversations.api import ConversationView, MessageView
from hiring.conversations.model import Conversation, Message
from hiring.intake.model import quarantine_place
from hiring.invitations.api import CandidateInvitationView
from hiring.invitations.model import Invitation
from hiring.matching.api import MatchView
from hiring.matching.model import Entry
from hiring.offers.api import CandidateOfferView
from hiring.offers.model import Offer, OfferVersion
from hiring.privacy import holdings
from hiring.privacy.holdings import CANDIDACIES, CONVERSATIONS, INVITATIONS, OFFERS, REQUESTS
from hiring.reviews import actions as reviews
from hiring.shared import keys
from hiring.shared.files import Files
from hiring.shared.table import Item, Table

_TOLD_OTHERWISE = frozenset({"account", "matches", "access-log", "exports"})


def archive(table: Table, resumes: Files, artefacts: Files, candidate: Candidate, *, now: datetime) -> bytes:
    """The copy as a zip file: `everything.json`, and below `files/` every file that is kept."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as written:
        written.writestr("everything.json", json.dumps(document(table, candidate, now=now), indent=1, default=_plain))
        for name, content in _files(table, resumes, artefacts, candidate.id):
            written.writestr(f"files/{name}", content)
    return file.getvalue()


def document(table: Table, candidate: Candidate, *, now: datetime) -> dict[str, Any]:
    """Everything that the table holds about a candidate."""
    kept: dict[str, Any] = {
        "copied_at": now.isoformat(),
        "account": candidate.model_dump(mode="json"),
        "matches": [_match(table, candidate.id, *found) for found in holdings.matches(table, candidate.id)],
        "access_log": list(_access_log(table, candidate.id)),
        "candidacies": [head.data for head in holdings.heads(table, candidate.id, CANDIDACIES)],
        "invitations": [
            CandidateInvitationView.of(head.read(Invitation)).model_dump(mode="json")
            for head in holdings.heads(table, candidate.id, INVITATIONS)
        ],
        "conversations": [_conversation(table, head) for head in holdings.heads(table, candidate.id, CONVERSATIONS)],
        "offers": [_offer(table, head) for head in holdings.heads(table, candidate.id, OFFERS)],
        "support_requests": [
            [item.data for item in table.query(head.key.pk) if not item.key.sk.startswith("OUT#")]
            for head in holdings.heads(table, candidate.id, REQUESTS)
        ],
        "waits_for_the_index": table.get(keys.delta(candidate.id)) is not None,
    }
    for kind, item in holdings.own(table, candidate.id):
        if kind not in _TOLD_OTHERWISE:
            kept.setdefault(kind.replace("-", "_"), []).append({"item": item.key.sk, **item.data})
    return kept


def _match(table: Table, candidate_id: str, item: Item, match: Any) -> dict[str, Any]:
    snapshot, passed = holdings.beside_match(candidate_id, match)
    veto = keys.veto(candidate_id, match.job_id)
    found = table.get_many([keys.entry(match.job_id, match.entry_id), snapshot, passed, veto])
    entry = found.get(keys.entry(match.job_id, match.entry_id))
    return {
        **MatchView.of(match, vetoed=veto in found).model_dump(mode="json"),
        "headline": entry.read(Entry).headline if entry else None,
        "marketplace_profile_as_shown": found[snapshot].data if snapshot in found else None,
        "passed_over_at": found[passed].data["passed_at"] if passed in found else None,
        "version": item.version,
    }


def _access_log(table: Table, candidate_id: str) -> Iterator[dict[str, Any]]:
    following: list[Mapping[str, str] | None] = [None]

    def keep(position: Mapping[str, str] | None) -> None:
        following.append(position)

    while True:
        page = reviews.access_log(table, candidate_id, limit=100, start=following[-1], mark=keep)
        yield from (line.model_dump(mode="json") for line in page.items)
        if following[-1] is None:
            return


def _conversation(table: Table, head: Item) -> dict[str, Any]:
    view = ConversationView.for_candidate(head.read(Conversation)).model_dump(mode="json")
    messages = (item.read(Message) for item in table.query(head.key.pk, prefix="MSG#"))
    return {**view, "messages": [MessageView.of(message).model_dump(mode="json") for message in messages]}


def _offer(table: Table, head: Item) -> dict[str, Any]:
    versions = (item.read(OfferVersion) for item in table.query(head.key.pk, prefix="V#"))
    return {
        **CandidateOfferView.of(head.read(Offer)).model_dump(mode="json"),
        "versions": [version.model_dump(mode="json", include={"version", "terms", "made_at"}) for version in versions],
    }


def _files(table: Table, resumes: Files, artefacts: Files, candidate_id: str) -> Iterator[tuple[str, bytes]]:
    """Every version of every file with its name in the copy; not of earlier copies."""
    unread = quarantine_place(candidate_id)
    for place in holdings.resume_places(candidate_id):
        yield from _below(resumes, place, "handed-in")
    yield from _below(artefacts, f"candidates/{candidate_id}/", "made-of-it")
    yield from _below(artefacts, unread, "never-read")
    for _, match in holdings.matches(table, candidate_id):
        key = holdings.input_of(match)
        yield from _below(artefacts, key, "matches", folder=key.removesuffix(f"{match.entry_id}.json"))


def _below(bucket: Files, place: str, name: str, *, folder: str | None = None) -> Iterator[tuple[str, bytes]]:
    """Every version of the files whose keys begin with `place`, named after what follows in the key on `folder`."""
    for number, version in enumerate(each for each in bucket.versions(place) if not each.marker):
        stored = bucket.get(version.key, version_id=version.version_id)
        if stored is not None:
            yield f"{name}/{number}-{version.key.removeprefix(folder or place).replace('/', '-')}", stored.data


def _plain(value: object) -> object:
    """What JSON has no word for: numbers of the table, and packed bytes in base64."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, bytes | bytearray):
        return base64.b64encode(value).decode()
    raise TypeError(f"{type(value).__name__} has no place in a copy")
