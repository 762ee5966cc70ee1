"""A file that lands in the resumes bucket becomes a reading, asks for a new file, or is quarantined."""

from __future__ import annotations

from aws_cdk import Duration
from constructs import Construct

from infra.functions import HiringFunction
from infra.layers import Layers
from infra.network import ENVIRONMENT, ReadingNetwork
from infra.queues import WorkQueue, announce_objects
from infra.storage import Storage

RESUME_MAX_BYTES = 10 * 1024 * 1024
TIMEOUT = Duration.seconds(90)


class Intake(Construct):
    """S3 → queue → `read_resume`, which reaches its items and its prefixes and nothing else."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        layers: Layers,
        storage: Storage,
        network: ReadingNetwork,
    ) -> None:
        super().__init__(scope, construct_id)
        self.drops = WorkQueue(self, "ResumeDrops", consumer_timeout=TIMEOUT, attempts=3)
        announce_objects(storage.resumes, self.drops)
        self.read_resume = HiringFunction(
            self,
            "read_resume",
            layers=layers,
            models=True,
            description="Reads a dropped resume",
            memory_size=1769,  # one whole processor
            timeout=TIMEOUT,
            environment={
                "TABLE_NAME": storage.table.table_name,
                "RESUMES_BUCKET": storage.resumes.bucket_name,
                "ARTEFACTS_BUCKET": storage.artefacts.bucket_name,
                "RESUME_MAX_BYTES": str(RESUME_MAX_BYTES),
                **ENVIRONMENT,
            },
            network=network.network,
        )
        # One file a call: one that brings its reader down takes no other with it.
        self.drops.feed(self.read_resume, batch_size=1, at_once=10)
        storage.let_use_items(self.read_resume, of=["CAND#*", "DELTA#*"])
        # Whether a second resume is taken is asked at the moment it arrives, and again in the commit that takes it.
        storage.let_see_items(self.read_resume, of=["FLAG#resume_reupload"])
        # Whatever lands anywhere in the bucket is quarantined: copied, and that version deleted.
        storage.let_read(self.read_resume, storage.resumes, "")
        storage.let_delete_versions(self.read_resume, storage.resumes, "")
        storage.let_write(self.read_resume, storage.artefacts, "candidates/", "quarantine/")
