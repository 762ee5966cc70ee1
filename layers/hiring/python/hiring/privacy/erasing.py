"""Forgetting a person: small commits and removals that may stop anywhere and go on later, until nothing is left.

From the first commit on nobody can sign in as the candidate, no run lists the person, and no file of theirs is read.
Every step finds what is still there and takes it away; whatever leads to it goes last. When all was taken away once,
the erasure waits until the index is rebuilt without the row, then looks at all places again, for an index of the table
lags, and a file may arrive late. Ids and states stay where a client's records need a place for them; they lead to
nobody any more. The user of the pool belongs to the marketplace and stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import batched
from typing import TYPE_CHECKING

from hiring.candidacies.model import LIVE, Candidacy
from hiring.candidacies.store import put_candidacy
from hiring.candidates import store as candidates
from hiring.candidates.model import Candidate, CandidateMove
from hiring.conversations import store as conversations
from hiring.conversations.model import Author, Conversation, Message
from hiring.invitations import store as invitation_store
from hiring.invitations.model import Invitation
from hiring.leaving import actions as leaving
from hiring.matching import store as matching
from hiring.matching.model import Entry
from hiring.offers import store as offer_store
from hiring.offers.model import Offer, OfferVersion
from hiring.organisations import store as organisations
from hiring.privacy import holdings, store
from hiring.privacy.holdings import CANDIDACIES, CONVERSATIONS, INVITATIONS, OFFERS, REQUESTS
from hiring.privacy.model import LEDGER, Erasure, ErasureState, Receipt, candidate_digest, login_digest
from hiring.shared import keys, outbox
from hiring.shared.addresses import address_digest
from hiring.shared.errors import NotFound
from hiring.shared.files import Files
from hiring.shared.ids import new_id
from hiring.shared.outbox import MessageKind
from hiring.shared.table import Change, Item, Put, Remove, Table, retried
from hiring.shared.values import ERASED
from hiring.support.model import ENDED, SupportRequest
from hiring.support.store import put_request

if TYPE_CHECKING:
    from hiring.shared.web import Record

type InTime = Callable[[], bool]
"""Whether there is time left for one more step."""


def request(table: Table, login: str, *, key: bytes, now: datetime, record: Record[Receipt]) -> Receipt:
    """Have oneself forgotten; said again it is the same. Raises `NotFound` where nothing is held and nothing was."""

    def act() -> Receipt:
        try:
            candidate = candidates.candidate_of_login(table, login)
        except NotFound:
            receipt = store.receipt(table, login_digest(login, key))
            if receipt is None:
                raise
            table.commit([record(receipt)], now=now)
            return receipt
        erasure, changes, messages = begin(table, candidate.value, key=key, now=now)
        receipt = Receipt.of(erasure)
        table.commit([*changes, record(receipt)], messages, now=now)
        return receipt

    return retried(act)


def begin(
    table: Table, candidate: Candidate, *, key: bytes, now: datetime
) -> tuple[Erasure, list[Change], list[outbox.Message]]:
    """An erasure with what begins it: the changes make the person unreachable, the message has the rest done.

    Nothing is to be changed where the candidate is being erased already.
    """
    before = table.get(keys.erasure(candidate.id))
    running = before.read(Erasure) if before else None
    if running is not None and running.state is not ErasureState.DONE:
        return running, [], []
    digest = login_digest(candidate.login, key)
    erasure = _new(candidate.id, digest, now)
    changes = _beginning(table, erasure, key, read_version=before.version if before else 0)
    return erasure, [*changes, store.put_receipt(digest, Receipt.of(erasure))], [_go_on(erasure)]


def read(table: Table, login: str, *, key: bytes) -> Receipt:
    """What there is to read of one's own latest erasure. Raises `NotFound`."""
    receipt = store.receipt(table, login_digest(login, key))
    if receipt is None:
        raise NotFound("You never asked to be erased. POST /me/erasure does.")
    return receipt


def again(table: Table, candidate_id: str, *, now: datetime) -> None:
    """Have an erasure gone on with that came to no end so far."""

    def act() -> None:
        item = store.erasure_item(table, candidate_id)
        erasure = item.read(Erasure)
        if erasure.state is not ErasureState.DONE:
            put = store.put_erasure(erasure.later(now=now), read_version=item.version)
            table.commit([put], [_go_on(erasure)], now=now)

    retried(act)


def go_on(
    table: Table, resumes: Files, artefacts: Files, candidate_id: str, *, key: bytes, now: datetime, in_time: InTime
) -> Erasure:
    """Erase a candidate as far as there is time, from wherever an earlier attempt stopped. Raises `NotFound`."""
    item = store.erasure_item(table, candidate_id)
    erasure = item.read(Erasure)
    if erasure.state is ErasureState.DONE:
        return erasure
    line = LEDGER + candidate_digest(candidate_id, key)
    if artefacts.size(line) is None:
        artefacts.put(line, b"", content_type="text/plain")
    if erasure.held is None:
        erasure = erasure.counted(holdings.count(table, resumes, artefacts, candidate_id))
        table.commit([store.put_erasure(erasure, read_version=item.version)], now=now)
    for _ in _Erasing(table, resumes, artefacts, erasure, key=key, now=now).steps():
        if not in_time():
            again(table, candidate_id, now=now)
            return erasure
    return _settle(table, candidate_id, now) if erasure.state is ErasureState.RUNNING else _finish(table, item, now)


def reapply(
    table: Table, resumes: Files, artefacts: Files, *, key: bytes, now: datetime, in_time: InTime
) -> tuple[str, ...]:
    """Begin again to erase everybody in the ledger whom a restore brought back; gives the candidates' ids.

    The ledger is in the table and, as a restored table may lack the newest lines, in a bucket; each gets the other's.
    Raises `TimeoutError` where there was not enough time to look at everybody: called again it goes on.
    """
    in_bucket = {version.key.removeprefix(LEDGER) for version in artefacts.versions(LEDGER) if not version.marker}
    for digest in in_bucket - store.lines(table):
        table.commit([store.put_line(digest)], now=now)
    ledger = in_bucket | store.lines(table)
    begun: list[str] = []
    for candidate_id in _everybody(table, resumes, artefacts):
        if not in_time():
            raise TimeoutError("not everybody was looked at; call again")
        if candidate_digest(candidate_id, key) in ledger and _begin_again(table, candidate_id, key, now):
            begun.append(candidate_id)
    return tuple(begun)


def _everybody(table: Table, resumes: Files, artefacts: Files) -> Iterator[str]:
    """Who has an account, and who has a file without one."""
    seen: set[str] = set()
    for number in range(keys.PEOPLE_SHARDS):
        start = None
        while True:
            page = table.index_page("gsi1", f"PEOPLE#{number}", start=start)
            for item in page.items:
                seen.add(item.key.pk.removeprefix("CAND#"))
                yield item.key.pk.removeprefix("CAND#")
            start = page.next_key
            if start is None:
                break
    for bucket, places in ((resumes, ("uploads/", "drops/")), (artefacts, ("candidates/", "exports/"))):
        for place in places:
            for folder in bucket.folders(place):
                if folder not in seen:
                    seen.add(folder)
                    yield folder


def _begin_again(table: Table, candidate_id: str, key: bytes, now: datetime) -> bool:
    """Whether an erasure was begun: one that runs already needs no other."""
    before = table.get(keys.erasure(candidate_id))
    erasure = before.read(Erasure) if before else None
    if erasure is not None and erasure.state is not ErasureState.DONE:
        return False
    fresh = _new(candidate_id, None, now)
    version = before.version if before else 0
    table.commit([*_beginning(table, fresh, key, read_version=version)], [_go_on(fresh)], now=now)
    return True


def _new(candidate_id: str, receipt: str | None, now: datetime) -> Erasure:
    identifier = new_id("ers", now)
    return Erasure(
        id=identifier, candidate_id=candidate_id, receipt=receipt, requested_at=now, look_again_at=now
    ).later(now=now)


def _beginning(table: Table, erasure: Erasure, key: bytes, *, read_version: int = 0) -> Iterator[Change]:
    """What makes the person unreachable at once: no login, no consent, and no row that counts."""
    yield store.put_erasure(erasure, read_version=read_version)
    yield store.put_line(candidate_digest(erasure.candidate_id, key))
    yield candidates.put_delta(erasure.candidate_id, erased=True)
    head = table.get(keys.candidate(erasure.candidate_id))
    if head is None:
        return
    candidate = head.read(Candidate)
    yield candidates.put_candidate(
        candidate.move(CandidateMove.OPT_OUT, now=erasure.requested_at), read_version=head.version
    )
    login = table.get(keys.login(candidate.login))
    if login is not None and login.data["candidate_id"] == candidate.id:
        yield Remove(login.key, login.version)


def _go_on(erasure: Erasure) -> outbox.Message:
    about = keys.candidate(erasure.candidate_id).pk
    return outbox.Message(MessageKind.ERASURE_REQUESTED, about, {"candidate_id": erasure.candidate_id})


def _settle(table: Table, candidate_id: str, now: datetime) -> Erasure:
    """Take the person itself away; what is left is to look again at all places when the index is rebuilt."""

    def act() -> Erasure:
        item = store.erasure_item(table, candidate_id)
        settling = item.read(Erasure).settle(now=now)
        head = table.get(keys.candidate(candidate_id))
        changes: list[Change] = [*_told(settling, item)]
        if head is not None:
            changes.append(Remove(head.key, head.version))
        table.commit(changes, now=now)
        return settling

    return retried(act)


def _finish(table: Table, item: Item, now: datetime) -> Erasure:
    """The end, unless the index still waits to be rebuilt."""
    erasure = item.read(Erasure)
    if table.get(keys.delta(erasure.candidate_id)) is not None:
        return erasure
    done = erasure.finish(now=now)
    table.commit([*_told(done, item)], now=now)
    return done


def _told(erasure: Erasure, item: Item) -> Iterator[Change]:
    """Write an erasure, and what the person reads of it."""
    yield store.put_erasure(erasure, read_version=item.version)
    if erasure.receipt is not None:
        yield store.put_receipt(erasure.receipt, Receipt.of(erasure))


class _Erasing:
    """One way through all places."""

    def __init__(
        self, table: Table, resumes: Files, artefacts: Files, erasure: Erasure, *, key: bytes, now: datetime
    ) -> None:
        self._table = table
        self._resumes = resumes
        self._artefacts = artefacts
        self._erasure = erasure
        self._id = erasure.candidate_id
        self._key = key
        self._now = now

    def steps(self) -> Iterator[None]:
        """Erase; stops after each commit or removal, and may be left there."""
        yield from self._shortlists()
        yield from self._candidacies()
        yield from self._offers()
        yield from self._invitations()
        yield from self._conversations()
        yield from self._requests()
        yield from self._account()
        yield from self._files()
        yield from self._own_items()
        # Last, as the ends of invitations and the texts of conversations are found through them.
        yield from self._unlink(
            CANDIDACIES, lambda head: put_candidacy(head.read(Candidacy), read_version=head.version)
        )

    def _shortlists(self) -> Iterator[None]:
        for item, match in holdings.matches(self._table, self._id):
            candidacy = self._table.get(keys.candidacy(match.job_id, self._id))
            if candidacy is not None:
                yield from self._end(candidacy.read(Candidacy))
            entry = self._table.get(keys.entry(match.job_id, match.entry_id))
            if entry is not None and (bare := entry.read(Entry).placeholder()) != entry.read(Entry):
                yield from self._commit(matching.put_entry(bare, read_version=entry.version))
            for beside in self._table.get_many(holdings.beside_match(self._id, match)):
                self._table.delete(beside)
                yield
            for _ in self._artefacts.erase(holdings.input_of(match)):
                yield
            self._table.delete(item.key)
            yield

    def _candidacies(self) -> Iterator[None]:
        for head in holdings.heads(self._table, self._id, CANDIDACIES):
            yield from self._end(head.read(Candidacy))

    def _end(self, candidacy: Candidacy) -> Iterator[None]:
        """What is live ends politely."""
        if candidacy.state in LIVE:
            leaving.end(self._table, candidacy, now=self._now)
            yield

    def _offers(self) -> Iterator[None]:
        for head in holdings.heads(self._table, self._id, OFFERS):
            offer = head.read(Offer)
            yield from self._forget_answers(offer.organisation_id, offer.id)
            for item in tuple(self._table.query(head.key.pk, prefix="V#")):
                version = item.read(OfferVersion)
                bare = version.model_copy(update={"terms": version.terms.without_words()})
                if bare != version:
                    yield from self._commit(Put.of(item.key, bare, read_version=item.version))
        yield from self._unlink(OFFERS, _bare_offer)

    def _invitations(self) -> Iterator[None]:
        for head in holdings.heads(self._table, self._id, INVITATIONS):
            invitation = head.read(Invitation)
            yield from self._forget_answers(invitation.organisation_id, invitation.id)
        yield from self._unlink(INVITATIONS, _bare_invitation)

    def _conversations(self) -> Iterator[None]:
        for head in holdings.heads(self._table, self._id, CONVERSATIONS):
            conversation = head.read(Conversation)
            messages = [(item, item.read(Message)) for item in self._table.query(head.key.pk, prefix="MSG#")]
            ids = (message.id for _, message in messages)
            yield from self._forget_answers(conversation.organisation_id, conversation.id, *ids)
            spoken = (
                Put.of(item.key, message.model_copy(update={"text": ERASED}), read_version=item.version)
                for item, message in messages
                if message.author is not Author.SYSTEM and message.text != ERASED
            )
            for some in batched(tuple(spoken), 25, strict=False):
                yield from self._commit(*some)
        yield from self._unlink(CONVERSATIONS, _silent_conversation)

    def _unlink(self, what: str, bare: Callable[[Item], Put]) -> Iterator[None]:
        """Write each of the candidate's heads without what is about the person, and without the way to it."""
        for head in tuple(holdings.heads(self._table, self._id, what)):
            put = bare(head)
            yield from self._commit(
                replace(put, indexes={name: at for name, at in put.indexes.items() if name == "gsi2"})
            )

    def _requests(self) -> Iterator[None]:
        """What ended stays with its kind and its end, and leads to nobody; the rest goes."""
        for head in tuple(holdings.heads(self._table, self._id, REQUESTS)):
            for item in tuple(self._table.query(head.key.pk)):
                if item.key != head.key:
                    self._table.delete(item.key)
                    yield
            if head.data.get("state") not in ENDED:
                self._table.delete(head.key)
                yield
        yield from self._unlink(
            REQUESTS, lambda head: put_request(head.read(SupportRequest), read_version=head.version)
        )

    def _forget_answers(self, organisation_id: str, *identifiers: str) -> Iterator[None]:
        """Remove what a client's requests about the person were answered, kept for a day so that a repeat acts once."""
        start = None
        while True:
            page = organisations.members_page(self._table, organisation_id, limit=100, start=start)
            for member in page.items:
                for item in tuple(self._table.query(f"IDEM#{member.data['sub']}")):
                    if any(identifier in str(item.data.get("body")) for identifier in identifiers):
                        self._table.delete(item.key)
                        yield
            start = page.next_key
            if start is None:
                return

    def _account(self) -> Iterator[None]:
        """What is kept under the login and the address."""
        head = self._table.get(keys.candidate(self._id))
        if head is None:
            return
        candidate = head.read(Candidate)
        for item in tuple(self._table.query(f"IDEM#{candidate.login}")):
            if self._erasure.id not in str(item.data.get("body")):  # what was answered to the wish itself may stay
                self._table.delete(item.key)
                yield
        digest = address_digest(candidate.email, self._key)
        if self._table.delete_if(keys.account_address(digest), "candidate_id", self._id):
            yield

    def _files(self) -> Iterator[None]:
        for bucket, version in holdings.objects(self._resumes, self._artefacts, self._id):
            bucket.delete_version(version.key, version.version_id)
            yield

    def _own_items(self) -> Iterator[None]:
        """All but the account, which is the way to the rest."""
        for _, item in tuple(holdings.own(self._table, self._id)):
            if item.key.sk != keys.HEAD:
                self._table.delete(item.key)
                yield

    def _commit(self, *changes: Change) -> Iterator[None]:
        self._table.commit(changes, now=self._now)
        yield


def _bare_offer(head: Item) -> Put:
    offer = head.read(Offer)
    return offer_store.put_offer(
        offer.model_copy(update={"terms": offer.terms.without_words()}), read_version=head.version
    )


def _bare_invitation(head: Item) -> Put:
    bare = head.read(Invitation).model_copy(update={"message": ERASED})
    return invitation_store.put_invitation(bare, read_version=head.version)


def _silent_conversation(head: Item) -> Put:
    silent = head.read(Conversation).model_copy(update={"notices": {}})
    return conversations.put_conversation(silent, read_version=head.version)
