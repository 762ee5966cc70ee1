"""Candidates take a copy of everything, and have themselves forgotten."""

from __future__ import annotations

from aws_cdk import Duration
from constructs import Construct

from infra.functions import HiringFunction
from infra.layers import Layers
from infra.queues import WorkQueue
from infra.storage import OPERATORS_ONLY, Storage

EXPORT_TIMEOUT = Duration.minutes(2)
ERASURE_TIMEOUT = Duration.minutes(5)


class Privacy(Construct):
    """Queue of exports → `make_export`; queue of erasures → `erase_candidate`: one reads, the other only removes."""

    def __init__(self, scope: Construct, construct_id: str, *, layers: Layers, storage: Storage) -> None:
        super().__init__(scope, construct_id)
        environment = {
            "TABLE_NAME": storage.table.table_name,
            "RESUMES_BUCKET": storage.resumes.bucket_name,
            "ARTEFACTS_BUCKET": storage.artefacts.bucket_name,
        }
        self.exports = WorkQueue(self, "Exports", consumer_timeout=EXPORT_TIMEOUT, attempts=5)
        self.make_export = HiringFunction(
            self,
            "make_export",
            layers=layers,
            description="Makes a copy of all that is held about a candidate",
            memory_size=1024,  # the zip file is made in memory
            timeout=EXPORT_TIMEOUT,
            environment=environment,
        )
        self.exports.feed(self.make_export, batch_size=1, at_once=2)
        storage.let_use_table(self.make_export, never_writing=OPERATORS_ONLY)
        storage.let_read(self.make_export, storage.resumes, "uploads/", "drops/")
        storage.let_read(
            self.make_export, storage.artefacts, "candidates/", "quarantine/", "runs/*/inputs/", "support/"
        )
        storage.let_write(self.make_export, storage.artefacts, "exports/")
        storage.let_delete_versions(self.make_export, storage.artefacts, "exports/")

        self.erasures = WorkQueue(self, "Erasures", consumer_timeout=ERASURE_TIMEOUT, attempts=5)
        self.erase_candidate = HiringFunction(
            self,
            "erase_candidate",
            layers=layers,
            description="Erases a candidate from everywhere",
            memory_size=1024,
            timeout=ERASURE_TIMEOUT,
            environment={**environment, "SIGNING_SECRET_ARN": storage.signing_secret.secret_arn},
        )
        self.erasures.feed(self.erase_candidate, batch_size=1, at_once=2)
        storage.let_use_table(self.erase_candidate, never_writing=OPERATORS_ONLY)
        storage.let_sign(self.erase_candidate)
        storage.let_list(self.erase_candidate, storage.resumes)
        storage.let_delete_versions(self.erase_candidate, storage.resumes, "uploads/", "drops/")
        storage.let_read(self.erase_candidate, storage.artefacts, "erased/")
        storage.let_write(self.erase_candidate, storage.artefacts, "erased/")
        storage.let_delete_versions(
            self.erase_candidate,
            storage.artefacts,
            *("candidates/", "exports/", "quarantine/", "runs/*/inputs/", "support/"),
        )
