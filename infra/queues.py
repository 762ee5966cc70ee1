"""A queue for one kind of work, with a queue behind it for what failed again and again."""

from __future__ import annotations

from aws_cdk import Aws, Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.waivers import waive

KEEPER_TIMEOUT = Duration.seconds(20)
"""Of the function that takes what lies on dead-letter queues."""


class DeadLetterQueue(sqs.Queue):
    """Keeps for two weeks what could not be done, unless it is taken from there into the list of failed work."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(
            scope,
            construct_id,
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=Duration.days(14),
            visibility_timeout=Duration.seconds(6 * int(KEEPER_TIMEOUT.to_seconds())),
        )
        waive(self, "SQS3", "It is a dead-letter queue itself")

    def feed(self, function: lambda_.Function) -> None:
        """Give what lies here to `function`; what it cannot take stays."""
        _feed(self, function, batch_size=10, at_once=2)


class WorkQueue(sqs.Queue):
    """Hands messages to one function; after `attempts` failures a message goes to the dead-letter queue `<id>Dead`."""

    def __init__(self, scope: Construct, construct_id: str, *, consumer_timeout: Duration, attempts: int) -> None:
        self.dead_letters = DeadLetterQueue(scope, f"{construct_id}Dead")
        super().__init__(
            scope,
            construct_id,
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=Duration.days(14),
            # Six times the function's timeout, so that throttled batches are not handed out twice.
            visibility_timeout=Duration.seconds(6 * int(consumer_timeout.to_seconds())),
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.dead_letters, max_receive_count=attempts),
        )

    def feed(self, function: lambda_.Function, *, batch_size: int, at_once: int) -> None:
        """Give messages to `function`, at most `batch_size` a call and `at_once` calls at the same time."""
        _feed(self, function, batch_size=batch_size, at_once=at_once)


def _feed(queue: sqs.Queue, function: lambda_.Function, *, batch_size: int, at_once: int) -> None:
    function.add_event_source(
        sources.SqsEventSource(queue, batch_size=batch_size, max_concurrency=at_once, report_batch_item_failures=True)
    )


def announce_objects(bucket: s3.Bucket, queue: WorkQueue, *, prefix: str = "") -> None:
    """Have the bucket tell the queue of every new object below `prefix`.

    It is said in the bucket itself, where CDK would add a function.
    """
    queue.add_to_resource_policy(
        iam.PolicyStatement(
            principals=[iam.ServicePrincipal("s3.amazonaws.com")],
            actions=["sqs:SendMessage"],
            resources=[queue.queue_arn],
            # The bucket's ARN would close a circle: the bucket is made after this policy.
            conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
        )
    )
    resource = bucket.node.default_child
    assert isinstance(resource, s3.CfnBucket)  # noqa: S101  (what CDK makes of a bucket)
    resource.notification_configuration = s3.CfnBucket.NotificationConfigurationProperty(
        queue_configurations=[
            s3.CfnBucket.QueueConfigurationProperty(
                event="s3:ObjectCreated:*", queue=queue.queue_arn, filter=_below(prefix) if prefix else None
            )
        ]
    )
    bucket.node.add_dependency(queue.node.find_child("Policy"))


def _below(prefix: str) -> s3.CfnBucket.NotificationFilterProperty:
    rule = s3.CfnBucket.FilterRuleProperty(name="prefix", value=prefix)
    return s3.CfnBucket.NotificationFilterProperty(s3_key=s3.CfnBucket.S3KeyFilterProperty(rules=[rule]))
