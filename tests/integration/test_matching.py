"""Runs from a submitted job to a frozen shortlist, on the fake AWS."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from functions.build_shortlist import handler as build_handler
from functions.compact_index import handler as compact_handler
from hiring.candidates import actions as candidate_actions
from hiring.candidates import store as candidate_store
from hiring.candidates.model import Candidate, CandidateMove, EmployerBlocks, Preferences
from hiring.intake import store as intake_store
from hiring.intake.model import ResumeVersion, evidence_place
from hiring.jobs import store as jobs
from hiring.jobs.api import JobChange
from hiring.jobs.model import ClosingReason, Job, RequirementKind
from hiring.matching import actions, index_store, pool, rebuilding, store
from hiring.matching.building import build_shortlist, give_up
from hiring.matching.compaction import compact
from hiring.matching.features import VERSION, ResumeFeatures, read_features
from hiring.matching.frozen import replay
from hiring.matching.model import EntryState, Reason, Run, RunState
from hiring.matching.places import document_key, input_key, inputs_place
from hiring.organisations import store as organisations
from hiring.resumes.model import Employment, Evidence, Fact, SkillMention, Span
from hiring.shared import keys
from hiring.shared.errors import IllegalMove, NotFound
from hiring.shared.files import Files, StoredFile
from hiring.shared.outbox import MessageKind
from hiring.shared.table import Put, Remove, Table
from hiring.shared.values import WorkMode
from hiring.skills.embedding import load_embedding
from tests.builders import (
    NOW,
    make_candidate,
    make_context,
    make_job_terms,
    make_member,
    make_organisation,
    make_sqs_event,
    remember_nothing,
)

BACKEND = """Backend Engineer

Backend Engineer, Almbahn, 2018-03 - 2024-05
Built booking services in Python on PostgreSQL under load
Ran infrastructure as code with Terraform on AWS

Skills: Python, PostgreSQL, Terraform
"""
NURSE = """Registered Nurse

Registered Nurse, Clinic, 2016-01 - 2023-12
Cared for patients on a surgical ward and led the night shift
"""


def evidence_of(text: str, title: str, start: str, end: str) -> Evidence:
    """Evidence with one position, from its heading to the blank line after it."""
    at = text.index("\n\n") + 2
    to = text.find("\n\n", at)
    position = Employment(
        title=Fact(value=title, start=at, end=at + len(title)),
        start=start,
        end=end,
        text=Span(start=at, end=len(text) if to < 0 else to),
    )
    skills = tuple(
        SkillMention(value=name, start=text.rindex(name), end=text.rindex(name) + len(name))
        for name in ("Python", "PostgreSQL", "Terraform")
        if name in text
    )
    return Evidence(
        text=text, headline=Fact(value=title, start=0, end=len(title)), employment=(position,), skills=skills
    )


def enter(
    table: Table,
    artefacts: Files,
    text: str = BACKEND,
    *,
    title: str = "Backend Engineer",
    start: str = "2018-03",
    at: datetime = NOW,
) -> Candidate:
    """A candidate with a resume that was accepted `at` that time, as intake leaves it."""
    evidence = evidence_of(text, title, start, "2024-05")
    candidate = make_candidate().model_copy(update={"resume_version": 1})
    data = evidence.model_dump_json().encode()
    key = f"{evidence_place(candidate.id)}{sha256(data).hexdigest()}.json"
    artefacts.put(key, data, content_type="application/json")
    features = read_features(evidence, load_embedding(), as_of=NOW.date()).pack()
    version = ResumeVersion(
        version=1,
        reading_key=key,
        evidence_key=key,
        client_view_key=key,
        named_view_key=key,
        name=None,
        accepted_at=at,
    )
    table.commit(
        [
            candidate_store.put_candidate(candidate),
            candidate_store.put_login(candidate),
            intake_store.put_resume_version(candidate.id, version, features=features),
            candidate_store.put_delta(candidate.id),
        ],
        now=NOW,
    )
    return candidate


@pytest.fixture
def member(table: Table) -> str:
    """The login of somebody who hires; the organisation is called Gipfelwerk."""
    organisation = make_organisation()
    person = make_member(organisation.id)
    table.commit([organisations.put_organisation(organisation), organisations.put_member(person)], now=NOW)
    return person.sub


def submit(table: Table, member: str, **terms: Any) -> tuple[Job, Run]:
    """A submitted job and its requested run."""
    organisation_id = organisations.memberships(table, member)[0].organisation_id
    return actions.submit_job(
        table, organisation_id, make_job_terms(**terms), by=member, now=NOW, record=remember_nothing
    )


def build(table: Table, artefacts: Files, run: Run) -> Run:
    """The run after its match job."""
    return build_shortlist(table, artefacts, run.job_id, run.id, embedding=load_embedding(), now=NOW)


def messages(table: Table, job_id: str) -> list[dict[str, Any]]:
    """The envelopes that wait beside a job."""
    return [item.data["envelope"] for item in table.query(keys.job(job_id).pk, prefix="OUT#")]


def test_a_submitted_job_requests_its_first_run_in_the_same_commit(table: Table, member: str) -> None:
    job, run = submit(table, member)
    assert jobs.job(table, job.id).latest_run_id == run.id
    assert jobs.job_version(table, job.id, 1).terms == job.terms
    assert store.run(table, job.id, run.id).state is RunState.REQUESTED
    (message,) = messages(table, job.id)
    assert message["kind"] == MessageKind.MATCH_REQUESTED
    assert message["body"] == {"job_id": job.id, "run_id": run.id}


def test_only_members_submit_and_read(table: Table, member: str) -> None:
    job, run = submit(table, member)
    with pytest.raises(NotFound):
        actions.submit_job(table, job.organisation_id, job.terms, by="a-stranger", now=NOW, record=remember_nothing)
    with pytest.raises(NotFound):
        actions.shortlist(table, job.id, by="a-stranger")
    with pytest.raises(NotFound):
        actions.run(table, job.id, run.id, by="a-stranger")


def test_R6_a_shortlist_holds_who_fits_and_nobody_else(table: Table, artefacts: Files, member: str) -> None:
    good = enter(table, artefacts)
    enter(table, artefacts, NURSE, title="Registered Nurse")
    job, run = submit(table, member)
    frozen = build(table, artefacts, run)
    assert frozen.state is RunState.FROZEN
    shown = actions.shortlist(table, job.id, by=member)
    assert [item.rank for item in shown.items] == [1]
    assert store.entry_item(table, job.id, shown.items[0].id).data["candidate_id"] == good.id
    assert shown.funnel is not None
    assert shown.funnel.left_out == {Reason.BELOW_FLOOR: 1}
    assert shown.funnel.considered == 2


def test_R6_a_shortlist_is_bounded_and_the_rest_ranked_lower(table: Table, artefacts: Files, member: str) -> None:
    for _ in range(4):
        enter(table, artefacts)
    _, run = submit(table, member, shortlist_size=3)
    frozen = build(table, artefacts, run)
    assert frozen.entries == 3
    assert frozen.funnel is not None
    assert frozen.funnel.left_out == {Reason.RANKED_LOWER: 1}


def test_R9_every_quote_stands_in_the_evidence_at_its_offsets(table: Table, artefacts: Files, member: str) -> None:
    enter(table, artefacts)
    job, run = submit(table, member)
    build(table, artefacts, run)
    (item,) = actions.shortlist(table, job.id, by=member).items
    assert [verdict.requirement for verdict in item.verdicts] == [r.text for r in job.terms.requirements]
    for verdict in item.verdicts:
        assert verdict.quote == BACKEND[verdict.start : verdict.end]
    assert item.verdicts[0].years == 6.2


def test_R1_somebody_who_paused_is_not_matched(table: Table, artefacts: Files, member: str) -> None:
    candidate = enter(table, artefacts)
    candidate_actions.move(table, candidate.login, CandidateMove.PAUSE, now=NOW)
    _, run = submit(table, member)
    frozen = build(table, artefacts, run)
    assert frozen.entries == 0
    assert frozen.funnel is not None
    assert frozen.funnel.considered == 0


def test_R1_who_opts_out_after_compaction_is_not_in_the_next_run(table: Table, artefacts: Files, member: str) -> None:
    enter(table, artefacts)
    leaver = enter(table, artefacts)
    compact(table, artefacts, now=NOW)
    candidate_actions.move(table, leaver.login, CandidateMove.OPT_OUT, now=NOW)
    _, run = submit(table, member)
    assert build(table, artefacts, run).entries == 1


def test_R7_stated_preferences_exclude_with_their_reason(table: Table, artefacts: Files, member: str) -> None:
    candidate = enter(table, artefacts)
    wishes = Preferences(work_modes=(WorkMode.REMOTE,))
    candidate_actions.set_preferences(table, candidate.login, wishes, read_version=0, now=NOW)
    _, run = submit(table, member)
    frozen = build(table, artefacts, run)
    assert frozen.funnel is not None
    assert frozen.funnel.left_out == {Reason.WORK_MODE: 1}
    assert frozen.funnel.emptied_by == ("work-mode",)


def test_R7_a_blocked_employer_never_sees_the_candidate(table: Table, artefacts: Files, member: str) -> None:
    candidate = enter(table, artefacts)
    name = organisations.organisation(table, organisations.memberships(table, member)[0].organisation_id).name
    candidate_actions.set_employer_blocks(
        table, candidate.login, EmployerBlocks(names=(name.upper(),)), read_version=0, now=NOW
    )
    _, run = submit(table, member)
    frozen = build(table, artefacts, run)
    assert frozen.funnel is not None
    assert frozen.funnel.left_out == {Reason.EMPLOYER_BLOCKED: 1}


def test_R7_a_veto_keeps_the_candidate_off_that_job(table: Table, artefacts: Files, member: str) -> None:
    candidate = enter(table, artefacts)
    job, run = submit(table, member)
    table.commit([Put(keys.veto(candidate.id, job.id), {})], now=NOW)
    frozen = build(table, artefacts, run)
    assert frozen.funnel is not None
    assert frozen.funnel.left_out == {Reason.VETOED: 1}


def test_R7_a_run_that_finds_nobody_names_the_requirement(table: Table, artefacts: Files, member: str) -> None:
    enter(table, artefacts)
    _, run = submit(
        table, member, requirements=({"text": "Seismic interpretation", "kind": RequirementKind.MUST_HAVE},)
    )
    frozen = build(table, artefacts, run)
    assert frozen.state is RunState.FROZEN
    assert frozen.funnel is not None
    assert frozen.funnel.emptied_by == ("Seismic interpretation",)


def test_R10_the_frozen_document_replays_to_the_same_bytes(table: Table, artefacts: Files, member: str) -> None:
    for start in ("2018-03", "2021-03", "2023-03"):
        enter(table, artefacts, start=start)
    job, run = submit(table, member)
    frozen = build(table, artefacts, run)
    document = artefacts.get(document_key(job.id, run.id))
    assert document is not None
    assert sha256(document.data).hexdigest() == frozen.sha256
    inputs = {}
    for entry_id in frozen.entry_ids:
        stored = artefacts.get(input_key(job.id, run.id, entry_id))
        assert stored is not None
        inputs[entry_id] = stored.data
    assert replay(document.data, inputs, load_embedding()) == document.data


def test_R10_the_frozen_document_names_nobody(table: Table, artefacts: Files, member: str) -> None:
    candidate = enter(table, artefacts)
    job, run = submit(table, member)
    build(table, artefacts, run)
    document = artefacts.get(document_key(job.id, run.id))
    assert document is not None
    assert candidate.id not in document.data.decode()
    assert "booking services" not in document.data.decode()


def test_R10_building_again_changes_nothing(table: Table, artefacts: Files, member: str) -> None:
    enter(table, artefacts)
    job, run = submit(table, member)
    first = build(table, artefacts, run)
    waiting = messages(table, job.id)
    enter(table, artefacts)
    assert build(table, artefacts, run) == first
    assert messages(table, job.id) == waiting


def test_R10_what_an_attempt_wrote_down_before_it_died_is_what_counts(
    table: Table, artefacts: Files, member: str
) -> None:
    enter(table, artefacts)
    job, run = submit(table, member)
    requested = table.get(keys.run(job.id, run.id))
    assert requested is not None
    first = build(table, artefacts, run)
    rewind = [Put(keys.run(job.id, run.id), requested.data, overwrite=True)]
    entries = [table.get(keys.entry(job.id, entry_id)) for entry_id in first.entry_ids]
    for entry in entries:
        assert entry is not None
        table.delete(keys.match(entry.data["candidate_id"], entry.data["id"]))
        table.delete(entry.key)
    table.commit(rewind, now=NOW)
    enter(table, artefacts)
    again = build(table, artefacts, run)
    assert again.sha256 == first.sha256
    assert again.entry_ids == first.entry_ids
    assert store.what_if(table, job.id, run.id).extras


def test_R11_the_client_is_told_once_that_the_shortlist_is_ready(table: Table, artefacts: Files, member: str) -> None:
    enter(table, artefacts)
    job, run = submit(table, member)
    build(table, artefacts, run)
    mails = [message["body"] for message in messages(table, job.id) if message["kind"] == MessageKind.MAIL]
    assert mails == [
        {
            "template": "shortlist-ready",
            "recipient": f"USER#{member}",
            "organisation_id": job.organisation_id,
            "job_id": job.id,
            "run_id": run.id,
        }
    ]


def test_R11_a_rerun_is_a_new_run_and_the_old_one_stays(table: Table, artefacts: Files, member: str) -> None:
    enter(table, artefacts)
    job, run = submit(table, member)
    old = build(table, artefacts, run)
    enter(table, artefacts)
    later = actions.request_run(table, job.id, by=member, now=NOW + timedelta(hours=1), record=remember_nothing)
    new = build(table, artefacts, later)
    assert (old.entries, new.entries) == (1, 2)
    assert store.run(table, job.id, old.id) == old
    listed = actions.runs(table, job.id, by=member, limit=10, start=None, mark=lambda _: None)
    assert [item.id for item in listed.items] == [new.id, old.id]
    assert actions.shortlist(table, job.id, by=member).run_id == new.id
    assert actions.shortlist(table, job.id, by=member, run_id=old.id).run_id == old.id


def test_R11_the_client_is_told_of_reruns_at_most_once_a_day(table: Table, artefacts: Files, member: str) -> None:
    job, run = submit(table, member)
    build(table, artefacts, run)
    for hours in (1, 23, 25, 26):
        at = NOW + timedelta(hours=hours)
        again = actions.request_run(table, job.id, by=member, now=at, record=remember_nothing)
        build_shortlist(table, artefacts, job.id, again.id, embedding=load_embedding(), now=at)
        if hours == 25:
            third_day = again
    change = JobChange.model_validate({"title": "Platform Engineer"})
    version = jobs.job_item(table, job.id).version
    at = NOW + timedelta(hours=27)
    changed = actions.change_job(table, job.id, change, read_version=version, by=member, now=at).value
    build_shortlist(table, artefacts, job.id, changed.latest_run_id or "", embedding=load_embedding(), now=at)

    told = [message["body"] for message in messages(table, job.id) if message["kind"] == MessageKind.MAIL]
    mails = [body["run_id"] for body in told]
    assert mails == [run.id, third_day.id, changed.latest_run_id]


def test_a_run_counts_who_would_pass_with_one_condition_relaxed(table: Table, artefacts: Files, member: str) -> None:
    for start in ("2027-01-01", "2027-04-20", "2027-06-20", "2029-01-01"):
        candidate = enter(table, artefacts)
        wishes = Preferences.model_validate({"earliest_start": start})
        table.commit([candidate_store.put_preferences(candidate.id, wishes, read_version=0)], now=NOW)
    job, run = submit(table, member)

    build(table, artefacts, run)

    counted = {extra.code: extra.count for extra in store.what_if(table, job.id, run.id).extras}
    assert (counted["start-30-days-later"], counted["start-90-days-later"], counted["start-date"]) == (1, 2, 3)
    assert (counted["pay"], counted["must-have-0"]) == (0, 0)


def test_a_closed_job_is_not_matched(table: Table, artefacts: Files, member: str) -> None:
    enter(table, artefacts)
    job, run = submit(table, member)
    item = jobs.job_item(table, job.id)
    table.commit([jobs.put_job(job.close(ClosingReason.CLIENT, now=NOW), read_version=item.version)], now=NOW)
    ended = build(table, artefacts, run)
    assert (ended.state, ended.failure) == (RunState.FAILED, "job-not-open")
    with pytest.raises(IllegalMove):
        actions.request_run(table, job.id, by=member, now=NOW, record=remember_nothing)


def test_R29_a_candidate_reads_its_own_words_and_nothing_of_the_job(
    table: Table, artefacts: Files, member: str
) -> None:
    candidate = enter(table, artefacts)
    asked = {"text": "Python, the heart of our Almanac platform", "kind": RequirementKind.MUST_HAVE}
    job, run = submit(table, member, requirements=(asked,))
    build(table, artefacts, run)
    shown = actions.matches(table, candidate.id, limit=10, start=None, mark=lambda _: None)
    (match,) = shown.items
    told = shown.model_dump_json()
    assert match.verdicts[0].quote == "Built booking services in Python on PostgreSQL under load"
    assert job.terms.title not in told
    assert job.id not in told
    assert "Almanac" not in told


def test_R27_an_entry_of_somebody_who_left_is_a_placeholder(table: Table, artefacts: Files, member: str) -> None:
    candidate = enter(table, artefacts)
    job, run = submit(table, member)
    build(table, artefacts, run)
    (item,) = actions.shortlist(table, job.id, by=member).items
    assert item.verdicts
    candidate_actions.move(table, candidate.login, CandidateMove.OPT_OUT, now=NOW)
    (listed,) = actions.shortlist(table, job.id, by=member).items
    assert (listed.state, listed.headline, listed.verdicts, listed.preferences) == (EntryState.WITHDRAWN, None, (), ())


def test_R27_who_leaves_while_a_run_is_under_way_is_a_bare_place_in_it_and_its_input_goes(
    table: Table, artefacts: Files, member: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    candidate = enter(table, artefacts)
    _, run = submit(table, member)
    swap = artefacts.swap

    def left_meanwhile(key: str, *arguments: Any, **named: Any) -> None:
        swap(key, *arguments, **named)
        candidate_actions.move(table, candidate.login, CandidateMove.OPT_OUT, now=NOW)

    monkeypatch.setattr(artefacts, "swap", left_meanwhile)
    frozen = build(table, artefacts, run)
    (entry,) = store.entries_of(table, frozen)
    assert (entry.state, entry.headline, entry.verdicts, entry.score) == (EntryState.WITHDRAWN, None, (), 0)
    assert list(table.query(keys.candidate(candidate.id).pk, prefix="ENT#")) == []
    assert list(artefacts.versions(inputs_place(run.job_id, run.id))) == []


def test_R28_no_generation_stays_from_before_somebody_was_erased(table: Table, artefacts: Files) -> None:
    erased, other = enter(table, artefacts), enter(table, artefacts, NURSE, title="Registered Nurse")
    compact(table, artefacts, now=NOW)
    table.commit([candidate_store.put_delta(other.id)], now=NOW)
    compact(table, artefacts, now=NOW)
    artefacts.put("index/gen_of_a_compaction_that_died", b"rows", content_type="application/octet-stream")
    head = table.get(keys.candidate(erased.id))
    assert head is not None
    table.commit([Remove(head.key, head.version), candidate_store.put_delta(erased.id, erased=True)], now=NOW)
    fresh = compact(table, artefacts, now=NOW)
    assert fresh is not None
    assert (fresh.candidates, fresh.retired) == (1, ())
    left = {version.key for version in artefacts.versions("index/")}
    assert left == {index_store.MANIFEST, index_store.generation_key(fresh.generation)}
    assert list(table.query(keys.delta(erased.id).pk)) == []


def test_a_run_that_was_tried_in_vain_ends_as_failed_once(table: Table, artefacts: Files, member: str) -> None:
    enter(table, artefacts)
    job, run = submit(table, member)
    artefacts.put(input_key(job.id, run.id, "ent_1"), b"{}", content_type="application/json")
    give_up(table, artefacts, job.id, run.id, now=NOW)
    assert list(artefacts.versions(inputs_place(job.id, run.id))) == []
    failed = store.run(table, job.id, run.id)
    assert (failed.state, failed.failure) == (RunState.FAILED, "internal")
    give_up(table, artefacts, job.id, run.id, now=NOW)
    give_up(table, artefacts, job.id, "run_unknown", now=NOW)
    assert build(table, artefacts, run) == failed
    _, again = submit(table, member)
    frozen = build(table, artefacts, again)
    give_up(table, artefacts, again.job_id, again.id, now=NOW)
    assert store.run(table, again.job_id, again.id) == frozen


def test_an_attempt_that_another_one_overtook_adopts_its_document(
    table: Table, artefacts: Files, member: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(table, artefacts)
    job, run = submit(table, member)
    key = document_key(job.id, run.id)

    def die(*_: object, **__: object) -> None:
        raise RuntimeError("the other attempt ends between its document and its commit")

    with monkeypatch.context() as other:
        other.setattr(table, "commit", die)
        with pytest.raises(RuntimeError):
            build(table, artefacts, run)
    written = artefacts.get(key)
    assert written is not None
    read = artefacts.get
    unseen = iter([None])

    def get(name: str, **more: Any) -> StoredFile | None:
        return next(unseen, read(name, **more)) if name == key else read(name, **more)

    monkeypatch.setattr(artefacts, "get", get)
    frozen = build(table, artefacts, run)
    assert frozen.sha256 == sha256(written.data).hexdigest()
    assert read(key) == written


def test_compaction_makes_a_generation_that_ranks_the_same(table: Table, artefacts: Files, member: str) -> None:
    for start in ("2018-03", "2021-03", "2023-03"):
        enter(table, artefacts, start=start)
    _, before = submit(table, member)
    folded = build(table, artefacts, before)
    manifest = compact(table, artefacts, now=NOW)
    assert manifest is not None
    assert manifest.candidates == 3
    assert list(store.deltas(table)) == []
    _, after = submit(table, member)
    indexed = build(table, artefacts, after)
    assert [e.score for e in store.entries_of(table, folded)] == [e.score for e in store.entries_of(table, indexed)]


def test_compaction_merges_into_what_is_there_and_skips_when_nothing_changed(table: Table, artefacts: Files) -> None:
    enter(table, artefacts)
    first = compact(table, artefacts, now=NOW)
    assert compact(table, artefacts, now=NOW) is None
    enter(table, artefacts)
    second = compact(table, artefacts, now=NOW + timedelta(minutes=15))
    assert first is not None
    assert second is not None
    assert (first.candidates, second.candidates) == (1, 2)
    assert [old.generation for old in second.retired] == [first.generation]


def test_an_index_of_another_layout_is_built_anew_from_the_table(
    table: Table, artefacts: Files, member: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(table, artefacts)
    leaver = enter(table, artefacts)
    first = compact(table, artefacts, now=NOW)
    assert first is not None
    old = first.model_copy(update={"layout": index_store.LAYOUT - 1})
    artefacts.put(index_store.generation_key(first.generation), b"CANDIDX1", content_type="application/octet-stream")
    artefacts.put(index_store.MANIFEST, old.model_dump_json().encode(), content_type="application/json")
    candidate_actions.move(table, leaver.login, CandidateMove.OPT_OUT, now=NOW)
    _, meanwhile = submit(table, member)
    assert build(table, artefacts, meanwhile).entries == 1
    monkeypatch.setattr(pool, "FEW", 1)
    with pytest.raises(pool.IndexOutdated):
        build(table, artefacts, submit(table, member)[1])
    second = compact(table, artefacts, now=NOW + timedelta(minutes=15))
    assert second is not None
    assert (second.layout, second.candidates) == (index_store.LAYOUT, 1)
    assert [retired.generation for retired in second.retired] == [first.generation]
    assert compact(table, artefacts, now=NOW + timedelta(minutes=30)) is None
    _, run = submit(table, member)
    assert build(table, artefacts, run).entries == 1


def test_an_index_of_another_layout_is_built_anew_over_several_rounds_where_people_are_many(
    table: Table, artefacts: Files, member: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "ROWS", 2)
    monkeypatch.setattr(rebuilding, "SEGMENTS_AT_ONCE", 1)
    everybody = [enter(table, artefacts) for _ in range(5)]
    first = compact(table, artefacts, now=NOW)
    assert first is not None
    old = first.model_copy(update={"layout": index_store.LAYOUT - 1})
    artefacts.put(index_store.MANIFEST, old.model_dump_json().encode(), content_type="application/json")
    assert compact(table, artefacts, now=NOW) is None
    leaver = min(everybody, key=lambda candidate: candidate.id)
    candidate_actions.move(table, leaver.login, CandidateMove.OPT_OUT, now=NOW)
    enter(table, artefacts)
    assert compact(table, artefacts, now=NOW) is None
    assert index_store.read_manifest(artefacts)[0] == old
    assert len(list(store.deltas(table))) == 2
    fresh = compact(table, artefacts, now=NOW)
    assert fresh is not None
    assert (fresh.layout, fresh.candidates) == (index_store.LAYOUT, 5)
    assert list(artefacts.versions(rebuilding.PLACE)) == []
    assert list(store.deltas(table)) == []
    _, run = submit(table, member)
    assert build(table, artefacts, run).entries == 5


def read_by_older_code(table: Table, candidate: Candidate) -> None:
    """As if code of another version had read the resume: nothing of its features can be understood."""
    resume = keys.resume_version(candidate.id, 1)
    item = table.get(resume)
    assert item is not None
    features = item.data["features"]
    assert table.set_if(resume, "features", bytes([VERSION - 1]) + b"other", was=features)


def features_read_now(table: Table, candidate: Candidate) -> ResumeFeatures:
    """What is stored with a resume."""
    item = table.get(keys.resume_version(candidate.id, 1))
    assert item is not None
    return ResumeFeatures.unpack(item.data["features"])


def test_a_resume_that_older_code_read_is_read_anew_by_the_run_that_meets_it(
    table: Table, artefacts: Files, member: str
) -> None:
    people = [enter(table, artefacts, start=start) for start in ("2018-03", "2023-03")]
    as_read = [features_read_now(table, person) for person in people]
    first = build(table, artefacts, submit(table, member)[1])
    for person in people:
        read_by_older_code(table, person)
    second = build(table, artefacts, submit(table, member)[1])
    assert [e.score for e in store.entries_of(table, second)] == [e.score for e in store.entries_of(table, first)]
    assert [features_read_now(table, person) for person in people] == as_read


def test_whose_resume_older_code_read_stays_in_the_index_and_is_ranked(
    table: Table, artefacts: Files, member: str
) -> None:
    people = [enter(table, artefacts, start=start) for start in ("2018-03", "2023-03")]
    compact(table, artefacts, now=NOW)
    for person in people:
        read_by_older_code(table, person)
    assert build(table, artefacts, submit(table, member)[1]).entries == 2


def test_resumes_that_older_code_read_are_read_anew_over_several_rounds(
    table: Table, artefacts: Files, member: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hiring.matching.renewing._AT_ONCE", 2)
    people = [enter(table, artefacts) for _ in range(5)]
    first = compact(table, artefacts, now=NOW)
    assert first is not None
    for person in people:
        read_by_older_code(table, person)
    old = first.model_copy(update={"features_version": VERSION - 1})
    artefacts.put(index_store.MANIFEST, old.model_dump_json().encode(), content_type="application/json")
    for renewed in (2, 4):
        assert compact(table, artefacts, now=NOW, in_time=iter((True, False)).__next__) is None
        found = [table.get(keys.resume_version(person.id, 1)) for person in people]
        assert sum(item is not None and item.data["features"][0] == VERSION for item in found) == renewed
    assert build(table, artefacts, submit(table, member)[1]).entries == 5
    fresh = compact(table, artefacts, now=NOW)
    assert fresh is not None
    assert (fresh.features_version, fresh.candidates, fresh.waiting) == (VERSION, 5, ())
    assert compact(table, artefacts, now=NOW) is None


def test_who_cannot_be_read_anew_is_named_and_everybody_else_is_ranked(
    table: Table, artefacts: Files, member: str
) -> None:
    enter(table, artefacts)
    lost, changed = enter(table, artefacts), enter(table, artefacts)
    first = compact(table, artefacts, now=NOW)
    assert first is not None
    wishes = Preferences(work_modes=(WorkMode.REMOTE,))
    candidate_actions.set_preferences(table, changed.login, wishes, read_version=0, now=NOW)
    for person in (lost, changed):
        read_by_older_code(table, person)
        for version in list(artefacts.versions(evidence_place(person.id))):
            artefacts.delete_version(version.key, version.version_id)
    old = first.model_copy(update={"features_version": VERSION - 1})
    artefacts.put(index_store.MANIFEST, old.model_dump_json().encode(), content_type="application/json")
    fresh = compact(table, artefacts, now=NOW)
    assert fresh is not None
    assert (fresh.candidates, fresh.waiting) == (1, tuple(sorted((lost.id, changed.id))))
    assert [delta.candidate_id for delta in store.deltas(table)] == [changed.id]
    assert compact(table, artefacts, now=NOW) is None
    assert build(table, artefacts, submit(table, member)[1]).entries == 1


def test_R10_a_run_that_meets_an_index_of_another_layout_waits_for_it_and_ends_in_a_result(
    table: Table, artefacts: Files, member: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(table, artefacts)
    first = compact(table, artefacts, now=NOW)
    assert first is not None
    old = first.model_copy(update={"layout": index_store.LAYOUT - 1})
    artefacts.put(index_store.MANIFEST, old.model_dump_json().encode(), content_type="application/json")
    monkeypatch.setattr(pool, "FEW", 0)
    job, run = submit(table, member)
    (envelope,) = messages(table, job.id)
    event = make_sqs_event(envelope)
    event["Records"][0]["attributes"]["ApproximateReceiveCount"] = "3"
    answer = build_handler.handler(event, make_context())
    assert answer == {"batchItemFailures": []}
    assert store.run(table, job.id, run.id).state is RunState.REQUESTED
    compact_handler.handler({}, make_context())
    again = [each for each in messages(table, job.id) if each["id"] != envelope["id"]]
    assert [each["body"] for each in again] == [envelope["body"]]
    build_handler.handler(make_sqs_event(*again), make_context())
    assert store.run(table, job.id, run.id).state is RunState.FROZEN
    compact_handler.handler({}, make_context())
    asked = [each for each in messages(table, job.id) if each["kind"] == MessageKind.MATCH_REQUESTED]
    assert len(asked) == 2


def test_a_change_that_comes_while_the_index_is_built_waits_for_the_next_round(table: Table, artefacts: Files) -> None:
    candidate = enter(table, artefacts)
    (read,) = store.deltas(table)
    wishes = Preferences(work_modes=(WorkMode.REMOTE,))
    candidate_actions.set_preferences(table, candidate.login, wishes, read_version=0, now=NOW)
    store.delete_delta(table, read)
    (waiting,) = store.deltas(table)
    assert waiting.change != read.change
    store.delete_delta(table, waiting)
    assert list(store.deltas(table)) == []


def test_a_retired_generation_goes_after_thirty_days(table: Table, artefacts: Files) -> None:
    enter(table, artefacts)
    first = compact(table, artefacts, now=NOW)
    enter(table, artefacts)
    compact(table, artefacts, now=NOW)
    enter(table, artefacts)
    third = compact(table, artefacts, now=NOW + timedelta(days=30))
    assert first is not None
    assert third is not None
    assert artefacts.get(index_store.generation_key(first.generation)) is None
    assert first.generation not in {old.generation for old in third.retired}


def test_the_functions_build_and_compact(table: Table, artefacts: Files, member: str) -> None:
    enter(table, artefacts)
    compact_handler.handler({}, make_context())
    manifest, _ = index_store.read_manifest(artefacts)
    assert manifest is not None
    assert manifest.candidates == 1
    job, run = submit(table, member)
    (envelope,) = messages(table, job.id)
    answer = build_handler.handler(make_sqs_event(envelope), make_context())
    assert answer == {"batchItemFailures": []}
    assert store.run(table, job.id, run.id).state is RunState.FROZEN


def test_a_poison_match_job_fails_alone(table: Table, member: str) -> None:
    job, run = submit(table, member)
    (envelope,) = messages(table, job.id)
    answer = build_handler.handler(make_sqs_event({"kind": "nonsense"}, envelope), make_context())
    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}
    assert json.dumps(answer)
    assert store.run(table, job.id, run.id).state is RunState.FROZEN


def test_the_day_of_a_run_decides_how_long_a_position_lasts(table: Table, artefacts: Files, member: str) -> None:
    enter(table, artefacts)
    _, run = submit(table, member, start_date=date(2030, 1, 1))
    assert build(table, artefacts, run).entries == 1
