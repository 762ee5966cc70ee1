"""A fake AWS in the process for every integration test: table, buckets, queues, secret, user pool and SES."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from joserfc.jwk import RSAKey
from moto import mock_aws

from hiring.shared.files import Files
from hiring.shared.files import artefacts as artefacts_bucket
from hiring.shared.files import resumes as resumes_bucket
from hiring.shared.table import Table
from hiring.shared.table import table as deployed_table
from tests.builders import NOW, SENDER, aws_client

REGION = "eu-west-1"
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_SESSION_TOKEN": "testing",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_REGION": REGION,
    "TABLE_NAME": "hiring",
    "RESUMES_BUCKET": "resumes",
    "ARTEFACTS_BUCKET": "artefacts",
    "SENDER_ADDRESS": SENDER,
    "SES_CONFIGURATION_SET": "mails",
    "PUBLIC_BASE_URL": "https://jobs.example.com/v1",
    "MEETING_HOSTS": "meet.example.com, zoom.us",
    "CONTACT_RELEASE": "offer-accepted",
    "POWERTOOLS_SERVICE_NAME": "test",
    "POWERTOOLS_LOG_LEVEL": "INFO",
}
STAYS = ("hiring.shared.clients", "hiring.skills", "hiring.matching", "hiring.resumes", "hiring.contacts", "zoneinfo")
LEFT_TO_DEFAULTS = ("INVITATION_DAYS", "UPLOAD_MINUTES", "RESUME_MAX_BYTES", "AWS_ENDPOINT_URL", "AWS_PROFILE")


@pytest.fixture(scope="session", autouse=True)
def one_key_for_all_user_pools() -> Iterator[None]:
    """Keep the key that moto reads again, and checks for a tenth of a second, for each pool that it creates."""
    read, keys = RSAKey.import_key, dict[str, RSAKey]()

    def import_key(content: Any) -> RSAKey:
        name = json.dumps(content)
        if name not in keys:
            keys[name] = read(content)
        return keys[name]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RSAKey, "import_key", import_key)
        yield


@pytest.fixture(autouse=True)
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The whole deployment, empty, and nothing remembered from the test before."""
    for name in LEFT_TO_DEFAULTS:
        monkeypatch.delenv(name, raising=False)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        _create_table()
        _create_buckets()
        for variable, queue in (
            ("MATCH_JOBS_QUEUE_URL", "match-jobs"),
            ("EMAILS_QUEUE_URL", "emails"),
            ("BROADCASTS_QUEUE_URL", "broadcasts"),
            ("EXPORTS_QUEUE_URL", "exports"),
            ("ERASURES_QUEUE_URL", "erasures"),
            ("RELAY_DEAD_LETTER_QUEUE_URL", "relay-dead"),
        ):
            monkeypatch.setenv(variable, _create_queue(queue))
        monkeypatch.setenv("WORK_QUEUES", json.dumps(_create_work_queues()))
        secret = aws_client("secretsmanager").create_secret(Name="links", SecretString="a key for tests")
        monkeypatch.setenv("SIGNING_SECRET_ARN", secret["ARN"])
        monkeypatch.setenv("USER_POOL_ID", _create_user_pool())
        aws_client("sesv2").create_email_identity(EmailIdentity=SENDER)
        _forget_caches()
        yield
        _forget_caches()


@pytest.fixture
def table() -> Table:
    """The one table, as the functions reach it."""
    return deployed_table()


@pytest.fixture
def resumes() -> Files:
    """The bucket where resumes are dropped (versioned)."""
    return resumes_bucket()


@pytest.fixture
def artefacts() -> Files:
    """The bucket of what is made of them (versioned)."""
    return artefacts_bucket()


def _create_work_queues() -> dict[str, dict[str, str]]:
    """Three queues with their dead letters, and those of what has no queue."""
    work: dict[str, dict[str, str]] = {
        "Relay": {"dead_letters": os.environ["RELAY_DEAD_LETTER_QUEUE_URL"]},
        "Schedules": {"dead_letters": _create_queue("SchedulesDead")},
    }
    for queue in ("Emails", "MatchJobs", "ResumeDrops"):
        work[queue] = {"queue": _create_queue(queue), "dead_letters": _create_queue(f"{queue}Dead")}
    return work


def _create_queue(name: str) -> str:
    return str(aws_client("sqs").create_queue(QueueName=name)["QueueUrl"])


def _create_table() -> None:
    indexes = ("gsi1", "gsi2", "gsi3")
    names = ["pk", "sk", *(f"{index}{part}" for index in indexes for part in ("pk", "sk"))]
    aws_client("dynamodb").create_table(
        TableName=ENVIRONMENT["TABLE_NAME"],
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in names],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        GlobalSecondaryIndexes=[
            {
                "IndexName": index,
                "KeySchema": [
                    {"AttributeName": f"{index}pk", "KeyType": "HASH"},
                    {"AttributeName": f"{index}sk", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
            for index in indexes
        ],
    )


def _create_buckets() -> None:
    for bucket in (ENVIRONMENT["RESUMES_BUCKET"], ENVIRONMENT["ARTEFACTS_BUCKET"]):
        s3 = aws_client("s3")
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})


def _create_user_pool() -> str:
    cognito = aws_client("cognito-idp")
    pool: str = cognito.create_user_pool(PoolName=f"people-{NOW:%Y}")["UserPool"]["Id"]
    for group in ("candidate", "client", "operator"):
        cognito.create_group(UserPoolId=pool, GroupName=group)
    return pool


def _forget_caches() -> None:
    """Clear what our modules remember of a deployment: settings, the table, the signing key.

    Clients and models stay: they are the same for every test, and making them takes longer than most.
    """
    for name, module in list(sys.modules.items()):
        if name.startswith(("hiring.", "functions.")):
            for value in list(vars(module).values()):
                clear = getattr(value, "cache_clear", None)
                if callable(clear) and not str(value.__module__).startswith(STAYS):
                    clear()
