"""What happens because time passes."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from constructs import Construct

from infra.functions import HiringFunction
from infra.layers import Layers
from infra.matching import Matching
from infra.queues import DeadLetterQueue
from infra.relay import Relay
from infra.storage import Storage


class Schedules(Construct):
    """`close_overdue` every minute, `compact_index` every quarter of an hour, `rerun_jobs` every three hours."""

    def __init__(
        self, scope: Construct, construct_id: str, *, layers: Layers, storage: Storage, relay: Relay, matching: Matching
    ) -> None:
        super().__init__(scope, construct_id)
        self.dead_letters = DeadLetterQueue(self, "SchedulesDead")
        self.close_overdue = HiringFunction(
            self,
            "close_overdue",
            layers=layers,
            description="Ends what is due and relays again what was left",
            memory_size=512,
            timeout=Duration.seconds(50),
            environment={
                **relay.environment,
                "ARTEFACTS_BUCKET": storage.artefacts.bucket_name,
                "SIGNING_SECRET_ARN": storage.signing_secret.secret_arn,
            },
        )
        storage.let_delete_versions(self.close_overdue, storage.artefacts, "exports/")
        storage.let_use_table(self.close_overdue)
        storage.let_sign(self.close_overdue)  # a broadcast looks up whose address takes no mails
        relay.let_send(self.close_overdue)
        self._repeat("EveryMinute", self.close_overdue, every=Duration.minutes(1))
        self._repeat("EveryQuarterHour", matching.compact_index, every=Duration.minutes(15))
        self._repeat("EveryThreeHours", matching.rerun_jobs, every=Duration.hours(3))

    def _repeat(self, construct_id: str, function: lambda_.Function, *, every: Duration) -> None:
        # The next round does what this one missed, so one that fails is not tried long.
        function.configure_async_invoke(
            retry_attempts=0, max_event_age=every, on_failure=destinations.SqsDestination(self.dead_letters)
        )
        events.Rule(
            self,
            construct_id,
            schedule=events.Schedule.rate(every),
            targets=[
                targets.LambdaFunction(
                    function, dead_letter_queue=self.dead_letters, retry_attempts=2, max_event_age=every
                )
            ],
        )
