"""Handing in a resume: the form, and what is done with every object that lands in the bucket (R3, R4, R5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from hiring.candidates import store as candidates
from hiring.candidates.employers import without_place
from hiring.candidates.model import Candidate, CandidateState
from hiring.flags import store as flags
from hiring.flags.model import Flag, FlagName
from hiring.intake import store
from hiring.intake.model import (
    Drop,
    Outcome,
    ResumeHead,
    ResumeVersion,
    Upload,
    UploadProblem,
    UploadState,
    client_view_place,
    evidence_place,
    quarantine_key,
    reading_place,
    upload_key,
)
from hiring.resumes.model import Evidence, Problem, Reading, Unreadable
from hiring.shared import keys
from hiring.shared.errors import IllegalMove, NotFound, ResumeReuploadNotAvailable
from hiring.shared.files import Files, UploadForm
from hiring.shared.ids import new_id
from hiring.shared.outbox import mail
from hiring.shared.table import Change, Item, Stored, Table, retried

if TYPE_CHECKING:
    from hiring.shared.web import Record

type Read = Callable[[bytes], Reading | Unreadable]
type Features = Callable[[Evidence], bytes]


def open_upload(
    table: Table,
    resumes: Files,
    login: str,
    content_type: str,
    *,
    minutes: int,
    max_bytes: int,
    now: datetime,
    record: Record[tuple[Upload, UploadForm]],
) -> tuple[Upload, UploadForm]:
    """A form for one file. Raises `ResumeReuploadNotAvailable` (R5), `IllegalMove` without consent (R1)."""
    candidate = candidates.candidate_of_login(table, login).value
    if candidate.state is CandidateState.OPTED_OUT:
        raise IllegalMove("Enrol again before you hand in a resume.", candidate.state.value)
    if store.resume_item(table, candidate.id) is not None and not flags.flag(table, FlagName.RESUME_REUPLOAD).value.on:
        raise ResumeReuploadNotAvailable(
            "Your resume was accepted, and a new version cannot be handed in at present.", UploadState.ACCEPTED.value
        )
    upload = Upload(
        id=new_id("upl", now),
        candidate_id=candidate.id,
        state=UploadState.PENDING,
        content_type=content_type,
        created_at=now,
        expires_at=now + timedelta(minutes=minutes),
    )
    form = resumes.upload_form(
        upload_key(candidate.id, upload.id), content_type=content_type, max_bytes=max_bytes, seconds=minutes * 60
    )
    table.commit([store.put_upload(upload), record((upload, form))], now=now)
    return upload, form


def upload(table: Table, login: str, upload_id: str) -> Upload:
    """A candidate's own upload; raises `NotFound`."""
    return store.upload(table, candidates.candidate_of_login(table, login).value.id, upload_id)


def resume(table: Table, artefacts: Files, login: str) -> tuple[ResumeVersion, Reading]:
    """A candidate's own resume as it was read; raises `NotFound` until one was accepted."""
    version = _own_version(table, login)
    return version, Reading.model_validate_json(_artefact(artefacts, version.reading_key))


def client_view(table: Table, artefacts: Files, login: str) -> tuple[ResumeVersion, str]:
    """The page that clients see of a candidate's own resume before an invitation (R14); raises `NotFound` as above."""
    version = _own_version(table, login)
    return version, _artefact(artefacts, version.client_view_key).decode()


def current_employers(table: Table, artefacts: Files, candidate: Candidate) -> tuple[str, ...]:
    """Where a candidate works now, by the resume in force; nothing where there is none or it does not say."""
    if candidate.resume_version == 0:
        return ()
    version = store.resume_version(table, candidate.id, candidate.resume_version)
    evidence = Evidence.model_validate_json(_artefact(artefacts, version.evidence_key))
    held = [
        without_place(position.company.value)
        for position in evidence.employment
        if position.current and position.company
    ]
    return tuple(dict.fromkeys(held))


def _own_version(table: Table, login: str) -> ResumeVersion:
    candidate = candidates.candidate_of_login(table, login).value
    if candidate.resume_version == 0:
        raise NotFound("There is no resume of yours yet. POST /me/resume-uploads first.")
    return store.resume_version(table, candidate.id, candidate.resume_version)


def _artefact(artefacts: Files, key: str) -> bytes:
    stored = artefacts.get(key)
    if stored is None:
        raise NotFound("The reading of your resume is no longer kept.")
    return stored.data


def expire_upload(table: Table, candidate_id: str, upload_id: str, *, now: datetime) -> None:
    """Close an upload whose form ran out without a file."""

    def act() -> None:
        item = store.upload_item(table, candidate_id, upload_id)
        if item is None:
            return
        pending = item.read(Upload)
        if pending.state is UploadState.PENDING:
            table.commit([store.put_upload(pending.expire(), read_version=item.version)], now=now)

    retried(act)


@dataclass(frozen=True)
class _Basis:
    """What a file is accepted on, as it was read: `reupload` is asked only where a resume is in force already."""

    candidate: Stored[Candidate]
    upload: Stored[Upload]
    head: Item | None
    reupload: Stored[Flag] | None


class Intake:
    """Reads what is dropped: `read` turns bytes into a reading, `features` its evidence into what is matched."""

    def __init__(
        self, table: Table, resumes: Files, artefacts: Files, *, read: Read, features: Features, max_bytes: int
    ) -> None:
        self._table = table
        self._resumes = resumes
        self._artefacts = artefacts
        self._read = read
        self._features = features
        self._max_bytes = max_bytes

    def take(self, drop: Drop, *, now: datetime) -> Outcome:
        """Bring one dropped object to its named end. The same object again changes nothing."""
        return retried(lambda: self._take(drop, now))

    def _take(self, drop: Drop, now: datetime) -> Outcome:
        candidate = self._consenting_owner(drop)
        if candidate is None:
            return self._discard(drop) if self._erased(drop) else self._quarantine(drop)
        upload = self._upload(drop, candidate.value, now)
        if upload is None:
            return self._quarantine(drop)
        if not upload.value.waits_for_file:
            seen = upload.value.object_version == drop.object_version
            return Outcome.SEEN_BEFORE if seen else self._quarantine(drop)
        head = store.resume_item(self._table, candidate.value.id)
        reupload = flags.flag(self._table, FlagName.RESUME_REUPLOAD) if head else None
        if reupload and not reupload.value.on:
            return self._quarantine(drop)
        result = self._reading(drop)
        if result is None:
            return Outcome.SEEN_BEFORE
        if isinstance(result, Unreadable):
            return self._refuse(drop, upload, result, now)
        return self._accept(drop, _Basis(candidate, upload, head, reupload), result, now)

    def _consenting_owner(self, drop: Drop) -> Stored[Candidate] | None:
        owner = drop.owner()
        if owner is None:
            return None
        try:
            candidate = candidates.candidate(self._table, owner[0])
        except NotFound:
            return None
        return None if candidate.value.state is CandidateState.OPTED_OUT else candidate

    def _upload(self, drop: Drop, candidate: Candidate, now: datetime) -> Stored[Upload] | None:
        """The upload that the object belongs to; an operator's drop opens one of its own, named after the object."""
        if drop.dropped_by_operator:
            identifier = "upl_" + sha256(f"{drop.key}\n{drop.object_version}".encode()).hexdigest()[:26]
        else:
            identifier = drop.key.rpartition("/")[2]
        item: Item | None = store.upload_item(self._table, candidate.id, identifier)
        if item is not None:
            return Stored(item.read(Upload), item.version)
        if not drop.dropped_by_operator:
            return None
        opened = Upload(
            id=identifier,
            candidate_id=candidate.id,
            state=UploadState.PENDING,
            content_type="application/octet-stream",
            created_at=now,
            expires_at=now,
        )
        return Stored(opened, 0)

    def _reading(self, drop: Drop) -> Reading | Unreadable | None:
        if drop.size > self._max_bytes:
            largest = self._max_bytes // (1024 * 1024)
            detail = f"The file is larger than {largest} MB. Save your resume without large pictures and send it again."
            return Unreadable(problem=Problem.TOO_LARGE, detail=detail)
        stored = self._resumes.get(drop.key, version_id=drop.object_version)
        return self._read(stored.data) if stored else None

    def _refuse(self, drop: Drop, upload: Stored[Upload], why: Unreadable, now: datetime) -> Outcome:
        refused = upload.value.refuse(drop.object_version, UploadProblem(code=why.problem, detail=why.detail))
        message = mail(f"CAND#{refused.candidate_id}", "needs-new-file", refused.candidate_id, upload_id=refused.id)
        self._table.commit([store.put_upload(refused, read_version=upload.version)], [message], now=now)
        return Outcome.NEEDS_NEW_FILE

    def _accept(self, drop: Drop, basis: _Basis, reading: Reading, now: datetime) -> Outcome:
        candidate, upload = basis.candidate, basis.upload
        person = candidate.value
        number = person.resume_version + 1
        name = reading.contacts.name.value if reading.contacts.name else None
        version = ResumeVersion(
            version=number,
            reading_key=self._keep_document(reading_place(person.id), reading),
            evidence_key=self._keep_document(evidence_place(person.id), reading.evidence),
            client_view_key=self._keep_client_view(person.id, reading.evidence, name=None),
            named_view_key=self._keep_client_view(person.id, reading.evidence, name=name),
            name=name,
            accepted_at=now,
        )
        changes: list[Change] = [
            store.put_upload(upload.value.accept(drop.object_version), read_version=upload.version),
            store.put_resume(
                person.id,
                ResumeHead(version=number, object_key=drop.key, object_version=drop.object_version),
                read_version=basis.head.version if basis.head else 0,
            ),
            store.put_resume_version(person.id, version, features=self._features(reading.evidence)),
            candidates.put_candidate(
                person.model_copy(update={"resume_version": number}), read_version=candidate.version
            ),
            candidates.put_delta(person.id),
        ]
        if basis.reupload:
            changes.append(flags.require_flag(FlagName.RESUME_REUPLOAD, basis.reupload.version))
        message = mail(f"CAND#{person.id}", "resume-accepted", person.id, upload_id=upload.value.id)
        self._table.commit(changes, [message], now=now)
        return Outcome.ACCEPTED

    def _keep_document(self, folder: str, content: Reading | Evidence) -> str:
        return self._keep(folder, content.model_dump_json().encode(), ".json", "application/json")

    def _keep_client_view(self, candidate_id: str, evidence: Evidence, *, name: str | None) -> str:
        from hiring.resumes.client_view import client_view

        page = client_view(evidence, name=name).encode()
        return self._keep(client_view_place(candidate_id), page, ".html", "text/html; charset=utf-8")

    def _keep(self, folder: str, data: bytes, ending: str, content_type: str) -> str:
        key = f"{folder}{sha256(data).hexdigest()}{ending}"
        self._artefacts.put(key, data, content_type=content_type)
        return key

    def _erased(self, drop: Drop) -> bool:
        owner = drop.owner()
        return owner is not None and self._table.get(keys.erasure(owner[0])) is not None

    def _discard(self, drop: Drop) -> Outcome:
        """A form may outlive the person's wish to be forgotten by some minutes."""
        self._resumes.delete_version(drop.key, drop.object_version)
        return Outcome.DISCARDED

    def _quarantine(self, drop: Drop) -> Outcome:
        """Keep the object where nothing reads it, and remove that version from the bucket of resumes."""
        if self._resumes.size(drop.key, version_id=drop.object_version) is None:
            return Outcome.SEEN_BEFORE
        self._resumes.move_version_to(self._artefacts, drop.key, drop.object_version, target=quarantine_key(drop))
        return Outcome.QUARANTINED
