"""Every item of the one table, and how it is found. `#n` is a shard of a hash; `A` is the head of an aggregate.

    item                    pk              sk                  gsi1                 gsi2            gsi3
    candidate               CAND#c          A                   PEOPLE#0-31 / c                      DUE#0-7 / leaving
    preferences, blocks     CAND#c          PREF, BLOCKS
    notification settings   CAND#c          NOTIFY
    upload                  CAND#c          UPL#u                                                    DUE#0-7 / expiry
    resume head             CAND#c          RES
    resume version          CAND#c          RES#0001                                 RESUMES#0-7 / accepted
    match, veto             CAND#c          ENT#e, VETO#j
    access log              CAND#c          LOG#hour-digest
    mail sent               CAND#c | USER#s SENT#message
    export                  CAND#c          EXP#x                                                    DUE#0-7 / expiry
    erasure                 CAND#c          ERASE               ERASURES / id                        DUE#0-7 / again at
    erasure ledger (salted) ERASED#0-7      digest
    login to candidate      SUB#sub         A
    account e-mail          MAIL#hmac       A
    suppression             MAIL#hmac       SUPP                SUPPRESSED#0-7 / time
    organisation            ORG#o           A                   ORGS / name#o
    member                  USER#sub        ORG#o               ORG#o#MEM / sub
    member's mails          MEMBER#sub      NOTIFY
    job                     JOB#j           A                   ORG#o#JOB / j        OPEN#0-7 / j    DUE#0-7 / close-at
    job version             JOB#j           V#0001
    run                     JOB#j           RUN#r               RUN#r / head
    replay of a run         RUN#r           REPLAY#p
    entry                   JOB#j           ENT#e               RUN#r / rank
    marketplace snapshot    JOB#j           SNAP#e
    pass (survives runs)    JOB#j           PASS#c
    client told of a run    JOB#j           TOLD
    what if                 JOB#j           WHATIF#r
    candidacy               CDY#j#c         A                   CAND#c#CDY / j
    invitation              INV#i           A                   CAND#c#INV / i       JOB#j#INV / i   DUE#0-7 / expiry
    conversation            CNV#v           A                   CAND#c#CNV / last#v  ORG#o#CNV / last#v  DUE#0-7 / due
    message                 CNV#v           MSG#m
    offer                   OFF#f           A                   CAND#c#OFF / f       JOB#j#OFF / f   DUE#0-7 / expiry
    offer's version         OFF#f           V#0001
    outbox                  the aggregate's OUT#id                                                   OUT#0-7 / created
    SES message (TTL)       SES#id          A
    idempotency (TTL)       IDEM#sub        hash
    rate counter (TTL)      RATE#who#window A
    index delta             DELTA#0-7       c
    run waiting for index   WAITING         r
    support request         REQ#q           A                   CAND#c#REQ / q       REQ#state / q   DUE#0-7 / until
    flag                    FLAG#name       A
    broadcast               BRO#b           A                   BROADCASTS / b                       DUE#0-7 / start
    latest of its kind      BRO#announced   LATEST
    broadcast's ledger      BRO#b#0-63      c
    failed work (TTL)       FAIL#f          A                   FAIL#queue / since   FAIL#state / since
    what failed (TTL)       FAIL#message    ERROR
    operators' acts         AUD#day#0-3     event

The indexes are KEYS_ONLY and lag: they find keys, a consistent read decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from hiring.shared.ids import shard

HEAD = "A"
AUDIT_SHARDS = 4
DELTA_SHARDS = 8
DUE_SHARDS = 8
ERASED_SHARDS = 8
LEDGER_SHARDS = 64
OUTBOX_SHARDS = 8
PEOPLE_SHARDS = 32
RESUME_SHARDS = 8
SUPPRESSED_SHARDS = 8
WAITING = "WAITING"
"""The partition of the runs that wait for the index: some of a few minutes, once in a long while."""


@dataclass(frozen=True, order=True)
class Key:
    """The primary key of an item."""

    pk: str
    sk: str = HEAD


def candidate(candidate_id: str) -> Key:
    """A candidate."""
    return Key(f"CAND#{candidate_id}")


def preferences(candidate_id: str) -> Key:
    """What a candidate wants."""
    return Key(f"CAND#{candidate_id}", "PREF")


def employer_blocks(candidate_id: str) -> Key:
    """Employers that must never see the candidate."""
    return Key(f"CAND#{candidate_id}", "BLOCKS")


def notification_settings(candidate_id: str) -> Key:
    """Which mails the candidate takes."""
    return Key(f"CAND#{candidate_id}", "NOTIFY")


def upload(candidate_id: str, upload_id: str) -> Key:
    """One attempt to hand in a resume."""
    return Key(f"CAND#{candidate_id}", f"UPL#{upload_id}")


def resume(candidate_id: str) -> Key:
    """Which resume is in force; its existence keeps a second one out (R5)."""
    return Key(f"CAND#{candidate_id}", "RES")


def resume_version(candidate_id: str, version: int) -> Key:
    """One accepted resume: where its reading lies, and its features."""
    return Key(f"CAND#{candidate_id}", f"RES#{version:04d}")


def match(candidate_id: str, entry_id: str) -> Key:
    """The candidate's side of a shortlist entry."""
    return Key(f"CAND#{candidate_id}", f"ENT#{entry_id}")


def veto(candidate_id: str, job_id: str) -> Key:
    """That the candidate does not want to be listed for a job."""
    return Key(f"CAND#{candidate_id}", f"VETO#{job_id}")


def opening(candidate_id: str, line: str) -> Key:
    """That a client looked at the candidate."""
    return Key(f"CAND#{candidate_id}", f"LOG#{line}")


def sent_mail(owner_pk: str, message_id: str) -> Key:
    """That a mail went out."""
    return Key(owner_pk, f"SENT#{message_id}")


def ses_message(ses_message_id: str) -> Key:
    """Which mail SES knows by an id of its own."""
    return Key(f"SES#{ses_message_id}")


def export(candidate_id: str, export_id: str) -> Key:
    """A copy of all that is held about a candidate."""
    return Key(f"CAND#{candidate_id}", f"EXP#{export_id}")


def erasure(candidate_id: str) -> Key:
    """That a candidate is being erased, or was; it stays, and says how much there was."""
    return Key(f"CAND#{candidate_id}", "ERASE")


def erased(digest: str) -> Key:
    """A line of the ledger of erasures; it names nobody."""
    return Key(f"ERASED#{shard(digest, ERASED_SHARDS)}", digest)


def login(sub: str) -> Key:
    """Which candidate a Cognito user is."""
    return Key(f"SUB#{sub}")


def account_address(digest: str) -> Key:
    """Which candidate a verified mail address is."""
    return Key(f"MAIL#{digest}")


def suppression(digest: str) -> Key:
    """That an address takes no mails any more."""
    return Key(f"MAIL#{digest}", "SUPP")


def organisation(organisation_id: str) -> Key:
    """A client organisation."""
    return Key(f"ORG#{organisation_id}")


def member(sub: str, organisation_id: str) -> Key:
    """A user's membership in an organisation."""
    return Key(f"USER#{sub}", f"ORG#{organisation_id}")


def member_mails(sub: str) -> Key:
    """Which mails a member of an organisation takes. It lies apart from memberships, which only operators write."""
    return Key(f"MEMBER#{sub}", "NOTIFY")


def job(job_id: str) -> Key:
    """A job."""
    return Key(f"JOB#{job_id}")


def job_version(job_id: str, version: int) -> Key:
    """A job's terms as they were in one version."""
    return Key(f"JOB#{job_id}", f"V#{version:04d}")


def run(job_id: str, run_id: str) -> Key:
    """One matching run of a job."""
    return Key(f"JOB#{job_id}", f"RUN#{run_id}")


def replay(run_id: str, replay_id: str) -> Key:
    """That a frozen run is to be made again, and how that ended."""
    return Key(f"RUN#{run_id}", f"REPLAY#{replay_id}")


def entry(job_id: str, entry_id: str) -> Key:
    """One line of a shortlist."""
    return Key(f"JOB#{job_id}", f"ENT#{entry_id}")


def marketplace_snapshot(job_id: str, entry_id: str) -> Key:
    """The marketplace profile of an entry as it was first looked at."""
    return Key(f"JOB#{job_id}", f"SNAP#{entry_id}")


def what_if(job_id: str, run_id: str) -> Key:
    """How many more would have passed a run with each condition relaxed."""
    return Key(f"JOB#{job_id}", f"WHATIF#{run_id}")


def told(job_id: str) -> Key:
    """When the client was last told of a shortlist of a job."""
    return Key(f"JOB#{job_id}", "TOLD")


def passed(job_id: str, candidate_id: str) -> Key:
    """That the client passed over a candidate for a job."""
    return Key(f"JOB#{job_id}", f"PASS#{candidate_id}")


def candidacy(job_id: str, candidate_id: str) -> Key:
    """A candidate's one way through a job."""
    return Key(f"CDY#{job_id}#{candidate_id}")


def invitation(invitation_id: str) -> Key:
    """An invitation."""
    return Key(f"INV#{invitation_id}")


def conversation(conversation_id: str) -> Key:
    """A conversation."""
    return Key(f"CNV#{conversation_id}")


def message(conversation_id: str, message_id: str) -> Key:
    """A message in a conversation."""
    return Key(f"CNV#{conversation_id}", f"MSG#{message_id}")


def offer(offer_id: str) -> Key:
    """An offer of employment."""
    return Key(f"OFF#{offer_id}")


def offer_version(offer_id: str, version: int) -> Key:
    """An offer's terms as they were in one version."""
    return Key(f"OFF#{offer_id}", f"V#{version:04d}")


def outbox(aggregate_pk: str, message_id: str) -> Key:
    """A message that waits for the relay beside the aggregate that caused it."""
    return Key(aggregate_pk, f"OUT#{message_id}")


def idempotency(caller: str, idempotency_key: str) -> Key:
    """What a request with this key did."""
    return Key(f"IDEM#{caller}", sha256(idempotency_key.encode()).hexdigest())


def rate(who: str, window: str) -> Key:
    """How often somebody called within a window of time."""
    return Key(f"RATE#{who}#{window}")


def delta(candidate_id: str) -> Key:
    """That a candidate changed since the index was built."""
    return Key(f"DELTA#{shard(candidate_id, DELTA_SHARDS)}", candidate_id)


def waiting_run(run_id: str) -> Key:
    """That a run waits for the index to be built anew."""
    return Key(WAITING, run_id)


def support_request(request_id: str) -> Key:
    """What somebody asked support for."""
    return Key(f"REQ#{request_id}")


def failure(failure_id: str) -> Key:
    """Work that failed for good."""
    return Key(f"FAIL#{failure_id}")


def failure_trace(message_id: str) -> Key:
    """By what a message on a queue failed the last time; its id is the queue's own."""
    return Key(f"FAIL#{message_id}", "ERROR")


def flag(name: str) -> Key:
    """A switch of the deployment."""
    return Key(f"FLAG#{name}")


def broadcast(broadcast_id: str) -> Key:
    """A broadcast to all participants."""
    return Key(f"BRO#{broadcast_id}")


def broadcast_turn(announcement: str) -> Key:
    """Which broadcast of an announcement is the latest."""
    return Key(f"BRO#{announcement}", "LATEST")


def ledger_partition(broadcast_id: str, number: int) -> str:
    """One of the partitions of a broadcast's ledger."""
    return f"BRO#{broadcast_id}#{number}"


def broadcast_row(broadcast_id: str, candidate_id: str) -> Key:
    """That a broadcast told a candidate."""
    return Key(ledger_partition(broadcast_id, shard(candidate_id, LEDGER_SHARDS)), candidate_id)


def people(number: int) -> str:
    """One of the gsi1 partitions that hold all candidates."""
    return f"PEOPLE#{number}"


def resumes(number: int) -> str:
    """One of the gsi2 partitions that hold all accepted resumes by their time."""
    return f"RESUMES#{number}"


def audit_partition(day: date, number: int) -> str:
    """One of the partitions that hold a day's acts of operators."""
    return f"AUD#{day.isoformat()}#{number}"


def audit_event(day: date, event_id: str) -> Key:
    """One act of an operator."""
    return Key(audit_partition(day, shard(event_id, AUDIT_SHARDS)), event_id)


def due(identifier: str) -> str:
    """The gsi3 partition where `identifier` waits for its time."""
    return f"DUE#{shard(identifier, DUE_SHARDS)}"
