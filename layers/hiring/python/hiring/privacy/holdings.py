"""Where everything is that is held about a candidate. The export reads these places, the erasure empties them.

Items are under the candidate's own key, or lie at a place that a match names, or are found by an index that lags:
whoever must miss nothing looks twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from hiring.intake.model import DROPS, UPLOADS, quarantine_place
from hiring.matching.model import Match
from hiring.matching.places import input_key
from hiring.privacy.model import exports_place
from hiring.shared import keys
from hiring.shared.files import Files, ObjectVersion
from hiring.shared.keys import Key
from hiring.shared.table import Item, Table
from hiring.support.model import mails_place

CANDIDACIES, INVITATIONS, CONVERSATIONS, OFFERS, REQUESTS = "CDY", "INV", "CNV", "OFF", "REQ"

_OWN = {
    "A": "account",
    "PREF": "preferences",
    "BLOCKS": "employer-blocks",
    "NOTIFY": "notification-settings",
    "UPL": "uploads",
    "RES": "resumes",
    "ENT": "matches",
    "VETO": "vetoes",
    "LOG": "access-log",
    "SENT": "mails",
    "EXP": "exports",
}
"""What the items under a candidate's own key are, by the first word of their sort key."""
_NAMES = {
    CANDIDACIES: "candidacies",
    INVITATIONS: "invitations",
    CONVERSATIONS: "conversations",
    OFFERS: "offers",
    REQUESTS: "support-requests",
}
_NOT_ABOUT_THE_PERSON = frozenset({"ERASE", "OUT"})


def own(table: Table, candidate_id: str) -> Iterator[tuple[str, Item]]:
    """The items under the candidate's own key, each with what it is; not its erasure and what waits for the relay."""
    for item in table.query(keys.candidate(candidate_id).pk):
        kind = item.key.sk.partition("#")[0]
        if kind not in _NOT_ABOUT_THE_PERSON:
            yield _OWN.get(kind, kind.lower()), item


def matches(table: Table, candidate_id: str) -> Iterator[tuple[Item, Match]]:
    """Where the candidate was listed."""
    for item in table.query(keys.candidate(candidate_id).pk, prefix="ENT#"):
        yield item, item.read(Match)


def beside_match(candidate_id: str, match: Match) -> tuple[Key, Key]:
    """What lies with a job because of a match: the marketplace profile as it was looked at, and that one passed."""
    return keys.marketplace_snapshot(match.job_id, match.entry_id), keys.passed(match.job_id, candidate_id)


def input_of(match: Match) -> str:
    """The file with what a run knew of the candidate."""
    return input_key(match.job_id, match.run_id, match.entry_id)


def heads(table: Table, candidate_id: str, what: str) -> Iterator[Item]:
    """The candidate's candidacies, invitations, conversations, offers or support requests, as the index knows them."""
    start: Mapping[str, str] | None = None
    while True:
        page = table.index_page("gsi1", f"CAND#{candidate_id}#{what}", start=start)
        yield from page.items
        start = page.next_key
        if start is None:
            return


def resume_places(candidate_id: str) -> tuple[str, ...]:
    """The folders of the candidate's files in the bucket of resumes."""
    return f"{UPLOADS}{candidate_id}/", f"{DROPS}{candidate_id}/"


def artefact_places(candidate_id: str) -> tuple[str, ...]:
    """The folders of what was made of them, of copies, of what was never read, and of mails to support."""
    own = f"candidates/{candidate_id}/"
    return own, exports_place(candidate_id), quarantine_place(candidate_id), mails_place(candidate_id)


def objects(resumes: Files, artefacts: Files, candidate_id: str) -> Iterator[tuple[Files, ObjectVersion]]:
    """Every version of every file in those folders, with its bucket."""
    for bucket, places in ((resumes, resume_places(candidate_id)), (artefacts, artefact_places(candidate_id))):
        for place in places:
            for version in bucket.versions(place):
                yield bucket, version


def count(table: Table, resumes: Files, artefacts: Files, candidate_id: str) -> dict[str, int]:
    """How much of what kind is held, without what there is none of."""
    counted: Counter[str] = Counter(kind for kind, _ in own(table, candidate_id))
    for _, match in matches(table, candidate_id):
        counted["shortlist-entries"] += 1
        counted["run-inputs"] += sum(1 for _ in artefacts.versions(input_of(match)))
    for what, kind in _NAMES.items():
        for head in heads(table, candidate_id, what):
            counted[kind] += 1
            if what == CONVERSATIONS:
                counted["messages"] += sum(1 for _ in table.query(head.key.pk, prefix="MSG#"))
    counted["files"] = sum(1 for _ in objects(resumes, artefacts, candidate_id))
    return {kind: number for kind, number in sorted(counted.items()) if number}
