"""A match job becomes a frozen shortlist, on an index that is compacted from time to time."""

from __future__ import annotations

from aws_cdk import Duration, Size
from constructs import Construct

from infra.functions import HiringFunction
from infra.layers import Layers
from infra.queues import WorkQueue
from infra.storage import OPERATORS_ONLY, Storage

TIMEOUT = Duration.seconds(120)
ATTEMPTS = 3


class Matching(Construct):
    """Queue of match jobs → `build_shortlist`; `compact_index` keeps the index fast, `rerun_jobs` shortlists fresh."""

    def __init__(
        self, scope: Construct, construct_id: str, *, layers: Layers, storage: Storage, reruns_at_once: str
    ) -> None:
        super().__init__(scope, construct_id)
        environment = {
            "TABLE_NAME": storage.table.table_name,
            "ARTEFACTS_BUCKET": storage.artefacts.bucket_name,
        }
        self.jobs = WorkQueue(self, "MatchJobs", consumer_timeout=TIMEOUT, attempts=ATTEMPTS)
        self.build_shortlist = HiringFunction(
            self,
            "build_shortlist",
            layers=layers,
            models=True,
            description="Ranks the candidates for one job",
            memory_size=3008,  # some 1,500,000 real resumes in the index, and the bandwidth to read them
            timeout=TIMEOUT,
            environment={**environment, "MATCH_ATTEMPTS": str(ATTEMPTS)},
        )
        self.jobs.feed(self.build_shortlist, batch_size=1, at_once=5)
        storage.let_use_table(self.build_shortlist, never_writing=OPERATORS_ONLY)
        storage.let_read(self.build_shortlist, storage.artefacts, "candidates/*/evidence/", "index/", "runs/")
        storage.let_write(self.build_shortlist, storage.artefacts, "runs/")
        storage.let_delete_versions(self.build_shortlist, storage.artefacts, "runs/*/inputs/")

        self.compact_index = HiringFunction(
            self,
            "compact_index",
            layers=layers,
            models=True,  # resumes that older code read are read anew
            description="Merges fresh changes into a new generation of the index",
            memory_size=3008,  # some segments of the index at a time: 2.0 GB at a million people
            disk=Size.gibibytes(4),  # the whole new generation, before it is uploaded
            timeout=Duration.minutes(15),
            environment=environment,
        )
        storage.let_use_table(self.compact_index, never_writing=OPERATORS_ONLY)
        storage.let_read(self.compact_index, storage.artefacts, "candidates/*/evidence/", "index/")
        storage.let_write(self.compact_index, storage.artefacts, "index/")
        storage.let_delete_versions(self.compact_index, storage.artefacts, "index/")

        self.rerun_jobs = HiringFunction(
            self,
            "rerun_jobs",
            layers=layers,
            description="Requests runs of open jobs that new resumes can improve",
            memory_size=1024,
            timeout=Duration.minutes(5),
            environment={**environment, "RERUNS_AT_ONCE": reruns_at_once},
        )
        storage.let_find_items(self.rerun_jobs, of=["OPEN#*", "RESUMES#*"])
        storage.let_read_items(self.rerun_jobs, of=["CAND#*", "JOB#*", "ORG#*"])
        storage.let_put_items(self.rerun_jobs, of=["JOB#*"])
        storage.let_read(self.rerun_jobs, storage.artefacts, "runs/*/run.json")
