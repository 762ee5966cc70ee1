"""What failed for good leaves the dead-letter queues for a list that operators read, and try again from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aws_cdk import Stack
from constructs import Construct

from infra.functions import HiringFunction
from infra.layers import Layers
from infra.queues import KEEPER_TIMEOUT, DeadLetterQueue, WorkQueue
from infra.storage import Storage


class FailedWork(Construct):
    """Every dead-letter queue → `keep_failed_work`, which reaches the list of failed work and nothing else."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        layers: Layers,
        storage: Storage,
        queues: Sequence[WorkQueue],
        others: Mapping[str, DeadLetterQueue],
    ) -> None:
        super().__init__(scope, construct_id)
        urls = {each.node.id: {"queue": each.queue_url, "dead_letters": each.dead_letters.queue_url} for each in queues}
        urls |= {name: {"dead_letters": each.queue_url} for name, each in others.items()}
        self.dead_letters = (*(each.dead_letters for each in queues), *others.values())
        self._queues = queues
        self._stated = Stack.of(self).to_json_string(urls)
        self.keep_failed_work = HiringFunction(
            self,
            "keep_failed_work",
            layers=layers,
            description="Lists what failed for good",
            memory_size=512,
            timeout=KEEPER_TIMEOUT,
            environment={"TABLE_NAME": storage.table.table_name, "WORK_QUEUES": self._stated},
        )
        storage.let_use_items(self.keep_failed_work, of=["FAIL#*"])
        for each in self.dead_letters:
            each.feed(self.keep_failed_work)

    def let_redrive(self, function: HiringFunction) -> None:
        """Let `function` see how much waits, and send what failed back to its queue."""
        function.add_environment("WORK_QUEUES", self._stated)
        function.allow("sqs:SendMessage", on=[each.queue_arn for each in self._queues])
        function.allow(
            "sqs:GetQueueAttributes",
            on=[each.queue_arn for each in (*self._queues, *self.dead_letters)],
        )
