"""What is kept: one table, two buckets, and the key that signs links."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.functions import HiringFunction
from infra.waivers import waive

INDEXES = ("gsi1", "gsi2", "gsi3")
READS = ("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query")
WRITES = ("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem")
RECORD = "AUD#*"
OPERATORS_ONLY = ["USER#*", "FLAG#*", RECORD]
"""Memberships, flags, and the record of what operators did: only their own function writes them."""


class Storage(Construct):
    """The table, the buckets and the signing secret. All of it outlives the stack."""

    def __init__(self, scope: Construct, construct_id: str, *, deletion_protection: bool) -> None:
        super().__init__(scope, construct_id)
        self.table = _table(self, deletion_protection=deletion_protection)
        self.key = kms.Key(
            self,
            "Key",
            description="Encrypts resumes and what is made from them",
            enable_key_rotation=True,
            removal_policy=RemovalPolicy.RETAIN,
        )
        access_logs = _access_log_bucket(self)
        self.resumes = _private_bucket(self, "Resumes", self.key, access_logs)
        self.artefacts = _private_bucket(self, "Artefacts", self.key, access_logs)
        self.signing_secret = secretsmanager.Secret(
            self,
            "SigningSecret",
            description="Signs links and cursors, and keys the digests of e-mail addresses",
            generate_secret_string=secretsmanager.SecretStringGenerator(password_length=64, exclude_punctuation=True),
            removal_policy=RemovalPolicy.RETAIN,
        )
        waive(
            self.signing_secret,
            "SMG4",
            "Rotating it would break every link that was mailed and every digest of an e-mail address",
        )

    def let_use_table(self, function: HiringFunction, *, never_writing: Sequence[str] = ()) -> None:
        """Let `function` read and commit items, except those whose partition key is like one of `never_writing`.

        Nobody changes or removes what stands in the record of operators' acts.
        """
        self._let(function, *READS, *WRITES)
        function.allow("dynamodb:Query", on=self._index_arns())
        changing = ["dynamodb:UpdateItem", "dynamodb:DeleteItem"]
        if never_writing:
            self._deny(function, "dynamodb:PutItem", *changing, keys=never_writing)
        else:
            self._deny(function, *changing, keys=[RECORD])

    def let_use_items(self, function: HiringFunction, *, of: Sequence[str]) -> None:
        """Let `function` read and commit items whose partition key is like one of the patterns `of`, and no others."""
        self._let(function, *READS, *WRITES, keys=of)

    def let_see_items(self, function: HiringFunction, *, of: Sequence[str]) -> None:
        """Let `function` look at items whose partition key is like one of the patterns `of`, and change none."""
        self._let(function, "dynamodb:GetItem", "dynamodb:ConditionCheckItem", keys=of)

    def let_find_items(self, function: HiringFunction, *, of: Sequence[str]) -> None:
        """Let `function` query the indexes for partitions whose key is like one of the patterns `of`."""
        conditions = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": list(of)}}
        function.allow("dynamodb:Query", on=self._index_arns(), conditions=conditions)

    def let_read_items(self, function: HiringFunction, *, of: Sequence[str]) -> None:
        """Let `function` read items whose partition key is like one of the patterns `of`, and change none."""
        self._let(function, *READS, keys=of)

    def let_put_items(self, function: HiringFunction, *, of: Sequence[str]) -> None:
        """Let `function` write items whose partition key is like one of the patterns `of`, and remove none."""
        self._let(function, "dynamodb:PutItem", keys=of)

    def let_read(self, function: HiringFunction, bucket: s3.Bucket, *prefixes: str) -> None:
        """Let `function` read objects, in any version, below `prefixes`, and learn which do not exist."""
        self._allow_objects(function, bucket, prefixes, "s3:GetObject", "s3:GetObjectVersion")
        self.let_list(function, bucket)
        function.allow("kms:Decrypt", on=[self.key.key_arn])

    def let_list(self, function: HiringFunction, bucket: s3.Bucket) -> None:
        """Let `function` know which objects there are: to who may not list, S3 says 403 of one that does not exist."""
        function.allow("s3:ListBucket", "s3:ListBucketVersions", on=[bucket.bucket_arn])

    def let_write(self, function: HiringFunction, bucket: s3.Bucket, *prefixes: str) -> None:
        """Let `function` put objects below `prefixes`."""
        self._allow_objects(function, bucket, prefixes, "s3:PutObject")
        function.allow("kms:GenerateDataKey", "kms:Decrypt", on=[self.key.key_arn])

    def let_delete_versions(self, function: HiringFunction, bucket: s3.Bucket, *prefixes: str) -> None:
        """Let `function` delete single versions of objects below `prefixes`, for good."""
        self._allow_objects(function, bucket, prefixes, "s3:DeleteObjectVersion")

    def let_sign(self, function: HiringFunction) -> None:
        """Let `function` read the signing secret."""
        function.allow("secretsmanager:GetSecretValue", on=[self.signing_secret.secret_arn])

    def _allow_objects(
        self, function: HiringFunction, bucket: s3.Bucket, prefixes: Sequence[str], *actions: str
    ) -> None:
        function.allow(*actions, on=[bucket.arn_for_objects(f"{prefix}*") for prefix in prefixes])
        assert function.role  # noqa: S101  (HiringFunction makes it)
        name = Stack.of(self).resolve(bucket.bucket_arn)["Fn::GetAtt"][0]
        for prefix in prefixes:
            waive(function.role, f"IAM5[Resource::<{name}.Arn>/{prefix}*]", "Objects below this prefix are its work")

    def _deny(self, function: HiringFunction, *actions: str, keys: Sequence[str]) -> None:
        function.add_to_role_policy(
            iam.PolicyStatement(
                effect=iam.Effect.DENY,
                actions=list(actions),
                resources=[self.table.table_arn],
                conditions={"ForAnyValue:StringLike": {"dynamodb:LeadingKeys": list(keys)}},
            )
        )

    def _let(self, function: HiringFunction, *actions: str, keys: Sequence[str] = ()) -> None:
        conditions = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": list(keys)}} if keys else None
        function.allow(*actions, on=[self.table.table_arn], conditions=conditions)

    def _index_arns(self) -> list[str]:
        return [f"{self.table.table_arn}/index/{index}" for index in INDEXES]


def _table(scope: Construct, *, deletion_protection: bool) -> dynamodb.Table:
    def text(name: str) -> dynamodb.Attribute:
        return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)

    table = dynamodb.Table(
        scope,
        "Table",
        partition_key=text("pk"),
        sort_key=text("sk"),
        billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
        encryption=dynamodb.TableEncryption.AWS_MANAGED,
        point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
            point_in_time_recovery_enabled=True
        ),
        stream=dynamodb.StreamViewType.NEW_IMAGE,
        time_to_live_attribute="expires_at_epoch",
        deletion_protection=deletion_protection,
        removal_policy=RemovalPolicy.RETAIN,
    )
    for index in INDEXES:
        table.add_global_secondary_index(
            index_name=index,
            partition_key=text(f"{index}pk"),
            sort_key=text(f"{index}sk"),
            projection_type=dynamodb.ProjectionType.KEYS_ONLY,
        )
    return table


def _private_bucket(scope: Construct, construct_id: str, key: kms.Key, access_logs: s3.Bucket) -> s3.Bucket:
    return s3.Bucket(
        scope,
        construct_id,
        versioned=True,
        encryption=s3.BucketEncryption.KMS,
        encryption_key=key,
        bucket_key_enabled=True,
        block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
        object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
        enforce_ssl=True,
        minimum_tls_version=1.2,
        server_access_logs_bucket=access_logs,
        server_access_logs_prefix=f"{construct_id.lower()}/",
        lifecycle_rules=[
            s3.LifecycleRule(
                noncurrent_version_expiration=Duration.days(30),
                abort_incomplete_multipart_upload_after=Duration.days(1),
            ),
            s3.LifecycleRule(expired_object_delete_marker=True),
        ],
        removal_policy=RemovalPolicy.RETAIN,
    )


def _access_log_bucket(scope: Construct) -> s3.Bucket:
    bucket = s3.Bucket(
        scope,
        "AccessLogs",
        encryption=s3.BucketEncryption.S3_MANAGED,
        block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
        object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
        enforce_ssl=True,
        lifecycle_rules=[s3.LifecycleRule(expiration=Duration.days(90))],
        removal_policy=RemovalPolicy.RETAIN,
    )
    waive(bucket, "S1", "It holds the access logs of the other buckets")
    return bucket
