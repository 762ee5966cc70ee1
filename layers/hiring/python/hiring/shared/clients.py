"""One AWS client of each kind for a function's life, made when first used."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from botocore.config import Config
    from mypy_boto3_cognito_idp.client import CognitoIdentityProviderClient
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_secretsmanager.client import SecretsManagerClient
    from mypy_boto3_sesv2.client import SESV2Client
    from mypy_boto3_sqs.client import SQSClient


def _config(**options: object) -> Config:
    from botocore.config import Config

    defaults = {"connect_timeout": 3, "read_timeout": 10, "retries": {"mode": "standard", "max_attempts": 4}}
    return Config(**{**defaults, **options})  # type: ignore[arg-type]  # boto3-stubs types each option apart


@cache
def dynamodb() -> DynamoDBClient:
    """DynamoDB, low level: the resource layer costs more at a cold start than all of our code."""
    import boto3

    return boto3.client("dynamodb", config=_config(max_pool_connections=16))


@cache
def s3() -> S3Client:
    """S3 at the regional endpoint, signing with version 4: boto3 may else presign with version 2, which KMS refuses."""
    import boto3

    return boto3.client(
        "s3",
        config=_config(signature_version="s3v4", s3={"us_east_1_regional_endpoint": "regional"}, read_timeout=60),
    )


@cache
def sqs() -> SQSClient:
    """SQS."""
    import boto3

    return boto3.client("sqs", config=_config())


@cache
def ses() -> SESV2Client:
    """SES, version 2. No retries: whether a mail went out is unknown after a lost answer, and the queue tries again."""
    import boto3

    return boto3.client("sesv2", config=_config(retries={"mode": "standard", "max_attempts": 1}))


@cache
def cognito() -> CognitoIdentityProviderClient:
    """The user pool."""
    import boto3

    return boto3.client("cognito-idp", config=_config())


@cache
def secrets_manager() -> SecretsManagerClient:
    """Secrets Manager."""
    import boto3

    return boto3.client("secretsmanager", config=_config())
