"""The one table. A use case loads, decides, and commits its changes with the messages they cause in one transaction."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cache
from itertools import batched
from typing import TYPE_CHECKING, Any, Self

from hiring.shared.errors import Conflict
from hiring.shared.keys import Key
from hiring.shared.outbox import Message, outbox_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from pydantic import BaseModel

_RESERVED = ("pk", "sk", "item_version", "expires_at_epoch", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk", "gsi3pk", "gsi3sk")
_ATTEMPTS = 4


@dataclass(frozen=True)
class Item:
    """A stored item: its key, its attributes, and its version (1 when created, one more with each change)."""

    key: Key
    data: Mapping[str, Any]
    version: int

    def read[Model: BaseModel](self, model: type[Model]) -> Model:
        """The item as `model`; attributes that the model does not know are a defect and raise."""
        return model.model_validate({name: value for name, value in self.data.items() if not isinstance(value, bytes)})


@dataclass(frozen=True)
class Put:
    """Write an item if it still has the version that was read; version 0 means that there was none."""

    key: Key
    data: Mapping[str, Any]
    read_version: int = 0
    indexes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """For each of gsi1 to gsi3: its partition and sort key. An index that is left out does not hold the item."""
    expires_at: datetime | None = None
    """When DynamoDB may remove it (within days after)."""
    overwrite: bool = False
    """Write whatever is there; for markers that only say that something happened."""

    @classmethod
    def of(
        cls,
        key: Key,
        model: BaseModel,
        *,
        read_version: int = 0,
        indexes: Mapping[str, tuple[str, str]] | None = None,
        expires_at: datetime | None = None,
        binary: Mapping[str, bytes] | None = None,
    ) -> Self:
        """A write of a model, with binary attributes beside it where there are any."""
        data = json.loads(model.model_dump_json(), parse_float=Decimal)
        return cls(key, {**data, **(binary or {})}, read_version, indexes or {}, expires_at)


@dataclass(frozen=True)
class Remove:
    """Delete an item if it still has the version that was read."""

    key: Key
    read_version: int


@dataclass(frozen=True)
class Require:
    """Change nothing, but fail if the item has another version by now; version 0 means that there must be none."""

    key: Key
    read_version: int


type Change = Put | Remove | Require


@dataclass(frozen=True)
class Page:
    """Some items of a query, and where the next page begins (None at the end)."""

    items: tuple[Item, ...]
    next_key: Mapping[str, str] | None


@dataclass(frozen=True)
class Stored[Value]:
    """A value with the version it was read at; 0 means that nothing is stored and the value is the default."""

    value: Value
    version: int


class CommitRefused(Conflict):
    """A change was not what was expected any more; `keys` names the items."""

    def __init__(self, keys: Sequence[Key]) -> None:
        self.keys = tuple(keys)
        super().__init__("Somebody changed this at the same time. Read it again and repeat your request.")


class Table:
    """Items of one DynamoDB table. Reads are consistent; errors of AWS pass through as botocore raises them."""

    def __init__(self, name: str, client: DynamoDBClient) -> None:
        self._name = name
        self._client = client

    def get(self, key: Key) -> Item | None:
        """The item, or None."""
        answer = self._client.get_item(TableName=self._name, Key=_key(key), ConsistentRead=True)
        return stored_item(answer["Item"]) if "Item" in answer else None

    def get_many(self, keys: Iterable[Key]) -> dict[Key, Item]:
        """Those of `keys` that exist, read consistently, in batches of 100."""
        found: dict[Key, Item] = {}
        for batch in batched(dict.fromkeys(keys), 100, strict=False):
            request: Any = {self._name: {"Keys": [_key(key) for key in batch], "ConsistentRead": True}}
            attempt = 0
            while request:
                answer = self._client.batch_get_item(RequestItems=request)
                for raw in answer["Responses"].get(self._name, []):
                    item = stored_item(raw)
                    found[item.key] = item
                request = answer.get("UnprocessedKeys")
                if request:
                    attempt += 1
                    time.sleep(min(2.0, 0.05 * 2**attempt) * random.random())  # noqa: S311  # spreads retries, no secret
        return found

    def page(
        self,
        pk: str,
        *,
        prefix: str = "",
        limit: int = 100,
        start: Mapping[str, str] | None = None,
        newest_first: bool = False,
    ) -> Page:
        """Up to `limit` items of a partition whose sort key begins with `prefix`, in the order of their sort keys."""
        condition = "pk = :pk" + (" AND begins_with(sk, :prefix)" if prefix else "")
        values: Any = {":pk": {"S": pk}} | ({":prefix": {"S": prefix}} if prefix else {})
        more: Any = {"ExclusiveStartKey": {k: {"S": v} for k, v in start.items()}} if start else {}
        answer = self._client.query(
            TableName=self._name,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            ConsistentRead=True,
            Limit=limit,
            ScanIndexForward=not newest_first,
            **more,
        )
        return Page(tuple(stored_item(raw) for raw in answer["Items"]), _position(answer.get("LastEvaluatedKey")))

    def query(self, pk: str, *, prefix: str = "") -> Iterator[Item]:
        """All items of a partition whose sort key begins with `prefix`."""
        start: Mapping[str, str] | None = None
        while True:
            page = self.page(pk, prefix=prefix, limit=1000, start=start)
            yield from page.items
            start = page.next_key
            if start is None:
                return

    def index_page(
        self,
        index: str,
        partition: str,
        *,
        up_to: str | None = None,
        limit: int = 100,
        start: Mapping[str, str] | None = None,
        newest_first: bool = False,
    ) -> Page:
        """Items that an index names (sort key at most `up_to` where given), each read again consistently.

        The index lags: an item may be missing or no longer be what the index says; whoever decides looks at the item.
        """
        condition = f"{index}pk = :pk" + (f" AND {index}sk <= :up_to" if up_to is not None else "")
        values: Any = {":pk": {"S": partition}} | ({":up_to": {"S": up_to}} if up_to is not None else {})
        more: Any = {"ExclusiveStartKey": {k: {"S": v} for k, v in start.items()}} if start else {}
        answer = self._client.query(
            TableName=self._name,
            IndexName=index,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            Limit=limit,
            ScanIndexForward=not newest_first,
            **more,
        )
        keys = [Key(raw["pk"]["S"], raw["sk"]["S"]) for raw in answer["Items"]]
        found = self.get_many(keys)
        return Page(tuple(found[key] for key in keys if key in found), _position(answer.get("LastEvaluatedKey")))

    def commit(self, changes: Sequence[Change], messages: Sequence[Message] = (), *, now: datetime) -> None:
        """All of `changes` and `messages`, or nothing: at most 100 together.

        Raises `CommitRefused` where an item is not as it was read, `Conflict` where DynamoDB keeps refusing because
        of transactions at the same time.
        """
        everything = [*changes, *(_message_change(message, now) for message in messages)]
        request: Any = [_transact(change, self._name) for change in everything]
        for attempt in range(_ATTEMPTS):
            try:
                self._client.transact_write_items(TransactItems=request)
            except self._client.exceptions.TransactionCanceledException as cancelled:
                reasons = [reason.get("Code", "None") for reason in cancelled.response.get("CancellationReasons", [])]
                refused = [
                    change.key
                    for change, why in zip(everything, reasons, strict=False)
                    if why == "ConditionalCheckFailed"
                ]
                if refused:
                    raise CommitRefused(refused) from None
                if not set(reasons) <= {"None", "TransactionConflict", "ThrottlingError"}:
                    raise
                time.sleep(0.05 * 2**attempt * (1 + random.random()))  # noqa: S311  # spreads retries, no secret
            else:
                return
        raise Conflict("Too much is changing here at the same time. Repeat your request in a moment.")

    def delete(self, key: Key) -> None:
        """Delete an item, whatever it is by now. Deleting what is gone is fine."""
        self._client.delete_item(TableName=self._name, Key=_key(key))

    def delete_if(self, key: Key, attribute: str, value: str) -> bool:
        """Delete an item if its text attribute still has this value; says whether it did."""
        try:
            self._client.delete_item(
                TableName=self._name,
                Key=_key(key),
                ConditionExpression="#attribute = :value",
                ExpressionAttributeNames={"#attribute": attribute},
                ExpressionAttributeValues={":value": {"S": value}},
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def set_if(self, key: Key, attribute: str, value: bytes, *, was: bytes) -> bool:
        """Set a binary attribute of an item if it still has the value it had; says whether it did.

        The item keeps its version: this is for what is derived from the rest of it.
        """
        try:
            self._client.update_item(
                TableName=self._name,
                Key=_key(key),
                UpdateExpression="SET #attribute = :value",
                ConditionExpression="#attribute = :was",
                ExpressionAttributeNames={"#attribute": attribute},
                ExpressionAttributeValues={":value": {"B": value}, ":was": {"B": was}},
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def count(self, key: Key, *, expires_at: datetime) -> int:
        """Add one to a counter that DynamoDB may remove after `expires_at`, and return it."""
        answer = self._client.update_item(
            TableName=self._name,
            Key=_key(key),
            UpdateExpression="ADD #count :one SET expires_at_epoch = :expiry",
            ExpressionAttributeNames={"#count": "count"},
            ExpressionAttributeValues={":one": {"N": "1"}, ":expiry": {"N": str(int(expires_at.timestamp()))}},
            ReturnValues="UPDATED_NEW",
        )
        return int(answer["Attributes"]["count"]["N"])


@cache
def table() -> Table:
    """The table of this deployment."""
    from hiring.shared.clients import dynamodb
    from hiring.shared.settings import settings

    return Table(settings().table_name, dynamodb())


def retried[Result](action: Callable[[], Result]) -> Result:
    """`action`, again from its first read (at most four times) where somebody else changed what it had read."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return action()
        except CommitRefused:
            continue
    return action()


def _message_change(message: Message, now: datetime) -> Put:
    key, data, index = outbox_item(message, now)
    return Put(key, data, indexes={"gsi3": index})


def _key(key: Key) -> Any:
    return {"pk": {"S": key.pk}, "sk": {"S": key.sk}}


def _position(last: Mapping[str, Any] | None) -> Mapping[str, str] | None:
    return {name: value["S"] for name, value in last.items()} if last else None


def _transact(change: Change, table_name: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    condition = "attribute_not_exists(pk)"
    if change_version := getattr(change, "read_version", 0):
        condition, values = "item_version = :read", {":read": {"N": str(change_version)}}
    body: dict[str, Any] = {"TableName": table_name, "ConditionExpression": condition}
    if values:
        body["ExpressionAttributeValues"] = values
    match change:
        case Put(overwrite=True):
            return {"Put": {"TableName": table_name, "Item": _attributes(change)}}
        case Put():
            return {"Put": {**body, "Item": _attributes(change)}}
        case Remove():
            return {"Delete": {**body, "Key": _key(change.key)}}
        case Require():
            return {"ConditionCheck": {**body, "Key": _key(change.key)}}


def _attributes(put: Put) -> dict[str, Any]:
    from boto3.dynamodb.types import TypeSerializer

    plain: dict[str, Any] = {**put.data, "pk": put.key.pk, "sk": put.key.sk, "item_version": put.read_version + 1}
    for index, (partition, sort) in put.indexes.items():
        plain[f"{index}pk"], plain[f"{index}sk"] = partition, sort
    if put.expires_at is not None:
        plain["expires_at_epoch"] = int(put.expires_at.timestamp())
    serialize = TypeSerializer().serialize
    return {name: serialize(value) for name, value in plain.items()}


def stored_item(raw: Mapping[str, Any]) -> Item:
    """An item out of DynamoDB's own notation, as reads and streams give it."""
    from boto3.dynamodb.types import Binary, TypeDeserializer

    deserialize = TypeDeserializer().deserialize
    plain = {name: deserialize(value) for name, value in raw.items()}
    data = {
        name: value.value if isinstance(value, Binary) else value  # type: ignore[attr-defined]  # missing in the stubs
        for name, value in plain.items()
        if name not in _RESERVED
    }
    return Item(Key(plain["pk"], plain["sk"]), data, int(plain.get("item_version", 0)))
