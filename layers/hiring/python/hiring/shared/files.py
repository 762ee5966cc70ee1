"""Objects in a bucket."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO, cast

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef


@dataclass(frozen=True)
class StoredFile:
    """An object's bytes with the tag that names this state of it."""

    data: bytes
    etag: str
    version_id: str | None


@dataclass(frozen=True, eq=False)
class OpenFile:
    """An object that is read as it comes, for one too large to have in memory twice."""

    body: BinaryIO
    version_id: str | None


@dataclass(frozen=True)
class ObjectVersion:
    """One version of an object; `marker` says that it holds nothing but that the object was deleted."""

    key: str
    version_id: str
    marker: bool


@dataclass(frozen=True)
class UploadForm:
    """A form that lets its holder put one object: post `fields` and then the file, as multipart/form-data, to `url`."""

    url: str
    fields: Mapping[str, str]


class FileChanged(RuntimeError):
    """Somebody else wrote the object first."""


class Files:
    """A bucket. Errors of AWS pass through as botocore raises them."""

    def __init__(self, bucket: str, client: S3Client) -> None:
        self._bucket = bucket
        self._client = client

    def get(self, key: str, *, version_id: str | None = None) -> StoredFile | None:
        """An object, or None where there is none (or no such version)."""
        answer = self._answer(key, version_id)
        return answer and StoredFile(answer["Body"].read(), answer["ETag"], answer.get("VersionId"))

    def open(self, key: str, *, version_id: str | None = None) -> OpenFile | None:
        """An object to read piece by piece, or None where there is none (or no such version)."""
        answer = self._answer(key, version_id)
        return answer and OpenFile(cast(BinaryIO, answer["Body"]), answer.get("VersionId"))

    def _answer(self, key: str, version_id: str | None) -> GetObjectOutputTypeDef | None:
        which: Any = {"VersionId": version_id} if version_id else {}
        from botocore.exceptions import ClientError

        try:
            return self._client.get_object(Bucket=self._bucket, Key=key, **which)
        except ClientError as error:
            if error.response["Error"]["Code"] in {"NoSuchKey", "NoSuchVersion", "404"}:
                return None
            raise

    def size(self, key: str, *, version_id: str | None = None) -> int | None:
        """An object's size in bytes, or None where there is none."""
        which: Any = {"VersionId": version_id} if version_id else {}
        from botocore.exceptions import ClientError

        try:
            return self._client.head_object(Bucket=self._bucket, Key=key, **which)["ContentLength"]
        except ClientError as error:
            if error.response["Error"]["Code"] in {"NoSuchKey", "NoSuchVersion", "404"}:
                return None
            raise

    def put(self, key: str, data: bytes | BinaryIO, *, content_type: str) -> str | None:
        """Write an object, whatever was there; the version that it got. A file is read from where it stands."""
        answer = self._client.put_object(Bucket=self._bucket, Key=key, Body=data, ContentType=content_type)
        return answer.get("VersionId")

    def swap(self, key: str, data: bytes, *, content_type: str, etag: str | None) -> None:
        """Write an object if it is still as read (`etag`), or does not exist (None). Raises `FileChanged`."""
        from botocore.exceptions import ClientError

        condition: Any = {"IfMatch": etag} if etag else {"IfNoneMatch": "*"}
        try:
            self._client.put_object(Bucket=self._bucket, Key=key, Body=data, ContentType=content_type, **condition)
        except ClientError as error:
            if error.response["Error"]["Code"] in {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}:
                raise FileChanged(key) from None
            raise

    def delete_version(self, key: str, version_id: str) -> None:
        """Remove one version of an object for good. Removing what is gone is fine."""
        self._client.delete_object(Bucket=self._bucket, Key=key, VersionId=version_id)

    def versions(self, prefix: str) -> Iterator[ObjectVersion]:
        """Every version of every object whose key begins with `prefix`, those that say that it was deleted too."""
        for page in self._client.get_paginator("list_object_versions").paginate(Bucket=self._bucket, Prefix=prefix):
            for kept in page.get("Versions", ()):
                yield ObjectVersion(kept["Key"], kept["VersionId"], marker=False)
            for deleted in page.get("DeleteMarkers", ()):
                yield ObjectVersion(deleted["Key"], deleted["VersionId"], marker=True)

    def folders(self, prefix: str) -> Iterator[str]:
        """The names of the folders right below `prefix`, which ends with a slash; also of deleted objects' folders."""
        pages = self._client.get_paginator("list_object_versions")
        for page in pages.paginate(Bucket=self._bucket, Prefix=prefix, Delimiter="/"):
            for folder in page.get("CommonPrefixes", ()):
                yield folder["Prefix"].removeprefix(prefix).rstrip("/")

    def erase(self, prefix: str) -> Iterator[ObjectVersion]:
        """Remove every version of every object whose key begins with `prefix` for good; gives each after it is gone."""
        for version in tuple(self.versions(prefix)):
            self.delete_version(version.key, version.version_id)
            yield version

    def move_version_to(self, other: Files, key: str, version_id: str, *, target: str) -> None:
        """Copy one version of an object into another bucket, then remove that version here."""
        self.copy_version_to(other, key, version_id, target=target)
        self.delete_version(key, version_id)

    def copy_version_to(self, other: Files, key: str, version_id: str, *, target: str) -> None:
        """Copy one version of an object, perhaps within the bucket."""
        source: Any = {"Bucket": self._bucket, "Key": key, "VersionId": version_id}
        # Tags stay behind: to copy them would need permissions that nothing else here needs.
        self._client.copy_object(CopySource=source, Bucket=other._bucket, Key=target, TaggingDirective="REPLACE")

    def download_link(self, key: str, version_id: str, *, file_name: str, seconds: int) -> str:
        """An address that downloads one version of an object for `seconds`; a browser saves it and shows nothing."""
        return self._client.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": key,
                "VersionId": version_id,
                "ResponseContentDisposition": f'attachment; filename="{file_name}"',
                "ResponseContentType": "application/octet-stream",
            },
            ExpiresIn=seconds,
        )

    def upload_form(self, key: str, *, content_type: str, max_bytes: int, seconds: int) -> UploadForm:
        """A form for exactly this key and type, 1 to `max_bytes` bytes, usable for `seconds`."""
        form = self._client.generate_presigned_post(
            self._bucket,
            key,
            Fields={"Content-Type": content_type},
            Conditions=[{"Content-Type": content_type}, ["content-length-range", 1, max_bytes]],
            ExpiresIn=seconds,
        )
        return UploadForm(form["url"], form["fields"])


@cache
def resumes() -> Files:
    """Where resumes are dropped."""
    from hiring.shared.clients import s3
    from hiring.shared.settings import settings

    return Files(settings().resumes_bucket, s3())


@cache
def artefacts() -> Files:
    """Where what we make of them is kept."""
    from hiring.shared.clients import s3
    from hiring.shared.settings import settings

    return Files(settings().artefacts_bucket, s3())
