"""A stand-in for the marketplace: its accounts as a table that nobody may touch, its profiles as a file.

The table has a stream, which tells every write to it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3

TABLE = "marketplace-accounts"
ACCOUNTS: tuple[dict[str, Any], ...] = (
    {"account": "freelancer-1", "connects": 80, "badges": ["Top Rated"], "job_success_score": 97},
    {"account": "freelancer-2", "connects": 10, "badges": [], "job_success_score": 88},
)


def profiles_file(folder: Path) -> Path:
    """The file of all profiles, by account."""
    return folder.resolve() / "marketplace-profiles.json"


def show_profiles(folder: Path, profiles: Mapping[str, Mapping[str, Any]]) -> None:
    """Let the marketplace show these profiles, and no others."""
    profiles_file(folder).write_text(json.dumps(profiles))


def open_stand_in(session: boto3.Session, endpoint: str, folder: Path) -> None:
    """Create the table with its accounts, and an empty file of profiles."""
    show_profiles(folder, {})
    dynamodb = session.resource("dynamodb", endpoint_url=endpoint)
    table = dynamodb.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "account", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "account", "KeyType": "HASH"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
    for account in ACCOUNTS:
        table.put_item(Item=account)


def writes_since_opened(session: boto3.Session, endpoint: str) -> list[Mapping[str, Any]]:
    """Every write to the table since its accounts were put there, oldest first."""
    description = session.client("dynamodb", endpoint_url=endpoint).describe_table(TableName=TABLE)["Table"]
    streams = session.client("dynamodbstreams", endpoint_url=endpoint)
    arn = description["LatestStreamArn"]
    written: list[Mapping[str, Any]] = []
    for shard in streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]:
        position = streams.get_shard_iterator(
            StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]
        written += streams.get_records(ShardIterator=position)["Records"]
    return written[len(ACCOUNTS) :]
