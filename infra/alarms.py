"""What somebody must be told of."""

from __future__ import annotations

from aws_cdk import Aws, Duration
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

MINUTE = Duration.minutes(1)
FIVE_MINUTES = Duration.minutes(5)
HALF_AN_HOUR = Duration.minutes(30)


class Alarms(Construct):
    """One topic; whoever is on call subscribes to it."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self.topic = sns.Topic(self, "Topic", display_name="Hiring alarms", enforce_ssl=True)
        # The topic's own policy replaces the one by which alarms of the account may publish.
        self.topic.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                actions=["sns:Publish"],
                resources=[self.topic.topic_arn],
                conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
            )
        )

    def watch_dead_letters(self, queue: sqs.Queue) -> None:
        """Tell of every message that could not be handled: it is taken off to the list of failed work at once."""
        self._alarm(
            f"{queue.node.id}Messages",
            queue.metric_number_of_messages_received(period=MINUTE, statistic="Sum"),
            f"Messages came to {queue.node.id}: look at GET /operator/failed-work, mend the cause, redrive",
        )

    def watch_backlog(self, queue: sqs.Queue) -> None:
        """Tell when work waits for half an hour."""
        self._alarm(
            f"{queue.node.id}Waits",
            queue.metric_approximate_age_of_oldest_message(period=FIVE_MINUTES, statistic="Maximum"),
            f"Work in {queue.node.id} is not done: look whether its function fails or is throttled",
            threshold=HALF_AN_HOUR.to_seconds(),
        )

    def watch_function(self, function: lambda_.Function) -> None:
        """Tell of every call that failed or was refused for want of concurrency."""
        name = function.node.id
        self._alarm(f"{name}Errors", function.metric_errors(period=FIVE_MINUTES), f"{name} failed")
        self._alarm(f"{name}Throttles", function.metric_throttles(period=FIVE_MINUTES), f"{name} was throttled")

    def watch_stream(self, reader: lambda_.Function) -> None:
        """Tell when the reader of the table's stream is five minutes behind."""
        self._alarm(
            f"{reader.node.id}Behind",
            reader.metric("IteratorAge", period=MINUTE, statistic="Maximum"),
            "The outbox is not relayed: messages older than a day would leave the stream",
            threshold=FIVE_MINUTES.to_milliseconds(),
        )

    def watch_api(self, api: apigateway.RestApi) -> None:
        """Tell of answers that were our fault."""
        self._alarm("ApiServerErrors", api.metric_server_error(period=FIVE_MINUTES), "The API answered with 5xx")

    def _alarm(self, construct_id: str, metric: cloudwatch.Metric, description: str, *, threshold: float = 1) -> None:
        alarm = metric.create_alarm(
            self,
            construct_id,
            alarm_description=description,
            threshold=threshold,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            evaluation_periods=1,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        alarm.add_alarm_action(actions.SnsAction(self.topic))
