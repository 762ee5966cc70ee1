"""Messages that were committed with a change leave the table for the queues."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from constructs import Construct

from infra.functions import HiringFunction
from infra.layers import Layers
from infra.queues import DeadLetterQueue, WorkQueue
from infra.storage import Storage


class Relay(Construct):
    """Table stream → `relay_outbox` → queues. The relay is the stream's only reader."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        layers: Layers,
        storage: Storage,
        match_jobs: WorkQueue,
        emails: WorkQueue,
        broadcasts: WorkQueue,
        exports: WorkQueue,
        erasures: WorkQueue,
    ) -> None:
        super().__init__(scope, construct_id)
        self.dead_letters = DeadLetterQueue(self, "RelayDead")
        self._queues = (match_jobs, emails, broadcasts, exports, erasures, self.dead_letters)
        self.environment = {
            "TABLE_NAME": storage.table.table_name,
            "MATCH_JOBS_QUEUE_URL": match_jobs.queue_url,
            "EMAILS_QUEUE_URL": emails.queue_url,
            "BROADCASTS_QUEUE_URL": broadcasts.queue_url,
            "EXPORTS_QUEUE_URL": exports.queue_url,
            "ERASURES_QUEUE_URL": erasures.queue_url,
            "RELAY_DEAD_LETTER_QUEUE_URL": self.dead_letters.queue_url,
        }
        self.relay_outbox = HiringFunction(
            self,
            "relay_outbox",
            layers=layers,
            description="Sends committed messages to their queues",
            memory_size=512,
            timeout=Duration.seconds(30),
            environment=self.environment,
        )
        self.relay_outbox.add_event_source(
            sources.DynamoEventSource(
                storage.table,
                starting_position=lambda_.StartingPosition.TRIM_HORIZON,
                batch_size=25,
                filters=[
                    lambda_.FilterCriteria.filter(
                        {
                            "eventName": lambda_.FilterRule.is_equal("INSERT"),
                            "dynamodb": {"Keys": {"sk": {"S": lambda_.FilterRule.begins_with("OUT#")}}},
                        }
                    )
                ],
                report_batch_item_failures=True,
                bisect_batch_on_error=True,
                retry_attempts=5,
                on_failure=sources.SqsDlq(self.dead_letters),
            )
        )
        storage.let_use_table(self.relay_outbox)
        self.let_send(self.relay_outbox)

    def let_send(self, function: HiringFunction) -> None:
        """Let `function` put messages on the queues."""
        function.allow("sqs:SendMessage", on=[queue.queue_arn for queue in self._queues])
