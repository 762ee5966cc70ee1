"""What the tests from outside do again and again: submit a job, invite somebody, wait until all is quiet."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.types import TypeDeserializer

from infra.local import main_job, samples
from infra.local.main_job import Client
from infra.local.stack import Stack, session

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient

WORK_QUEUES = ("ResumeDrops", "MatchJobs", "Emails", "MailFeedback", "SupportMails")
SOUGHT = "senior-backend-engineer"


@dataclass(frozen=True)
class Matched:
    """A job whose first run is frozen, with that run and its shortlist."""

    job: dict[str, Any]
    run: dict[str, Any]
    shortlist: dict[str, Any]

    @property
    def order(self) -> list[tuple[int, float, str]]:
        """Who is on the shortlist in which place: rank, score and headline."""
        return [(each["rank"], each["score"], each["headline"]) for each in self.shortlist["items"]]


@dataclass(frozen=True)
class Invited:
    """An invitation with its mail and the link in it."""

    matched: Matched
    invitation: dict[str, Any]
    mail: EmailMessage
    link: str


@dataclass(frozen=True)
class Sent:
    """A message that a commit sent: the stream's record of it, and the envelope that lay on a queue."""

    record: dict[str, Any]
    envelope: dict[str, Any]


def matched(client: Client, name: str = SOUGHT, **changes: Any) -> Matched:
    """Submit a sample job, with `changes` to its terms, and wait for its run."""
    job = main_job.submit(client, {**samples.jobs()[name], **changes})
    run = main_job.finished_run(client, job)
    assert run["state"] == "FROZEN", run
    return Matched(job, run, client.api.get(f"/jobs/{job['id']}/shortlist"))


def invited(product: Stack, client: Client) -> Invited:
    """Submit a job, invite the best, and wait for the mail."""
    found = matched(client)
    settle(product)
    known = len(product.mailbox.mails())
    invitation = main_job.invite(client, found.job, found.shortlist["items"][0], "We would like to talk with you.")
    mail = main_job.next_invitation(product.mailbox, known)
    link = main_job.response_link(mail)
    assert link is not None
    return Invited(found, invitation, mail, link)


def state_of(client: Client, scene: Invited) -> str:
    """Where the invitation stands."""
    return main_job.invitation_state(client, scene.matched.job, scene.invitation)


def done(client: Client, job: dict[str, Any]) -> dict[str, Any] | None:
    """The job's first run if it has ended."""
    run: dict[str, Any] = client.api.get(f"/jobs/{job['id']}/runs/{job['run']['id']}")
    return None if run["state"] == "REQUESTED" else run


def settle(product: Stack, seconds: float = 60) -> None:
    """Wait until no message is on its way: neither in the outbox nor on a queue, nor being worked on."""

    def quiet() -> bool | None:
        # The outbox once more at the end: what a message causes is in there before the message is gone.
        waiting = _in_outbox(product) or sum(waiting_on(product, each) for each in WORK_QUEUES) or _in_outbox(product)
        return None if waiting else True

    main_job.wait_for(quiet, "the work", seconds)


def waiting_on(product: Stack, queue: str, *, in_flight: bool = True) -> int:
    """How many messages a queue holds, with those that are being worked on unless told otherwise."""
    told = sqs(product).get_queue_attributes(QueueUrl=product.outputs[f"{queue}QueueUrl"], AttributeNames=["All"])
    visible = int(told["Attributes"]["ApproximateNumberOfMessages"])
    return visible + int(told["Attributes"]["ApproximateNumberOfMessagesNotVisible"]) * in_flight


def send(product: Stack, queue: str, body: str) -> None:
    """Put a message on a queue."""
    sqs(product).send_message(QueueUrl=product.outputs[f"{queue}QueueUrl"], MessageBody=body)


def try_again_after(product: Stack, queue: str, seconds: int) -> int:
    """Let a queue's failed messages come again after so many seconds; gives how many it was before."""
    url = product.outputs[f"{queue}QueueUrl"]
    before = sqs(product).get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    sqs(product).set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": str(seconds)})
    return int(before["VisibilityTimeout"])


def messages(product: Stack, kind: str, **ids: str) -> list[Sent]:
    """All messages of a kind whose body holds `ids`, in the order of their commits."""
    streams = session().client("dynamodbstreams", endpoint_url=product.endpoint)
    [stream] = streams.list_streams(TableName=product.outputs["TableName"])["Streams"]
    found: list[Sent] = []
    for shard in streams.describe_stream(StreamArn=stream["StreamArn"])["StreamDescription"]["Shards"]:
        iterator = streams.get_shard_iterator(
            StreamArn=stream["StreamArn"], ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]
        while (page := streams.get_records(ShardIterator=iterator))["Records"]:
            found += filter(None, (_sent(each) for each in page["Records"]))
            iterator = page["NextShardIterator"]
    return [each for each in found if each.envelope["kind"] == kind and ids.items() <= each.envelope["body"].items()]


def call(product: Stack, function: str, event: bytes) -> dict[str, Any]:
    """Call the function whose logical id ends in `function`, as a trigger would."""
    lambda_ = session().client("lambda", endpoint_url=product.endpoint)
    names = [
        each["FunctionName"]
        for page in lambda_.get_paginator("list_functions").paginate()
        for each in page["Functions"]
    ]
    [name] = [each for each in names if function in each]
    return dict(lambda_.invoke(FunctionName=name, Payload=event))


def kill_processes_of(product: Stack, function: str) -> int:
    """Kill every process that runs `function` right now; gives how many there were."""
    scripts = str(product.folder.absolute() / "tmp" / "ministack-lambda-")
    killed = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_text()
        except OSError:
            continue
        if scripts in command and function in command:
            os.kill(int(process.name), signal.SIGKILL)
            killed += 1
    return killed


def sqs(product: Stack) -> SQSClient:
    """The product's queues."""
    client: SQSClient = session().client("sqs", endpoint_url=product.endpoint)
    return client


def dynamodb(product: Stack) -> DynamoDBClient:
    """The product's table."""
    client: DynamoDBClient = session().client("dynamodb", endpoint_url=product.endpoint)
    return client


def s3(product: Stack) -> S3Client:
    """The product's buckets."""
    client: S3Client = session().client("s3", endpoint_url=product.endpoint)
    return client


def _in_outbox(product: Stack) -> int:
    pages = (
        dynamodb(product)
        .get_paginator("scan")
        .paginate(
            TableName=product.outputs["TableName"],
            FilterExpression="begins_with(sk, :outbox)",
            ExpressionAttributeValues={":outbox": {"S": "OUT#"}},
            Select="COUNT",
            ConsistentRead=True,
        )
    )
    return sum(page["Count"] for page in pages)


def _sent(record: Any) -> Sent | None:
    image = record["dynamodb"].get("NewImage", {})
    if record["eventName"] != "INSERT" or "envelope" not in image:
        return None
    change = {name: value for name, value in record["dynamodb"].items() if name in {"Keys", "NewImage"}}
    as_delivered = {"eventID": record["eventID"], "eventName": record["eventName"], "dynamodb": change}
    return Sent(as_delivered, TypeDeserializer().deserialize(image["envelope"]))
