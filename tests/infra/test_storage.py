"""What is kept, and how it is guarded."""

from __future__ import annotations

import pytest

from tests.infra.template import Template, listed, refers_to


def test_the_table_has_its_keys_and_three_indexes_of_keys(template: Template) -> None:
    _, table = template.only("DynamoDB::Table")
    assert keys(table["KeySchema"]) == ("pk", "sk")
    assert {index["IndexName"]: keys(index["KeySchema"]) for index in table["GlobalSecondaryIndexes"]} == {
        "gsi1": ("gsi1pk", "gsi1sk"),
        "gsi2": ("gsi2pk", "gsi2sk"),
        "gsi3": ("gsi3pk", "gsi3sk"),
    }
    assert {index["Projection"]["ProjectionType"] for index in table["GlobalSecondaryIndexes"]} == {"KEYS_ONLY"}
    assert {each["AttributeType"] for each in table["AttributeDefinitions"]} == {"S"}


def keys(schema: list[dict[str, str]]) -> tuple[str, str]:
    """Partition and sort key."""
    types = {each["KeyType"]: each["AttributeName"] for each in schema}
    return types["HASH"], types["RANGE"]


def test_the_table_streams_expires_recovers_and_outlives_the_stack(template: Template) -> None:
    name, table = template.only("DynamoDB::Table")
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["StreamSpecification"] == {"StreamViewType": "NEW_IMAGE"}
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at_epoch", "Enabled": True}
    assert table["SSESpecification"] == {"SSEEnabled": True}
    assert table["DeletionProtectionEnabled"] is True
    assert template.all_resources[name]["DeletionPolicy"] == "Retain"


@pytest.mark.parametrize("bucket", ["Resumes", "Artefacts"])
def test_both_buckets_are_private_versioned_and_encrypted_with_our_key(template: Template, bucket: str) -> None:
    key, _ = template.only("KMS::Key")
    name, properties = template.named("S3::Bucket", bucket)
    assert properties["VersioningConfiguration"] == {"Status": "Enabled"}
    [rule] = properties["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "aws:kms"
    assert refers_to(rule["ServerSideEncryptionByDefault"]["KMSMasterKeyID"], key)
    assert any("NoncurrentVersionExpiration" in each for each in properties["LifecycleConfiguration"]["Rules"])
    assert refers_to(properties["LoggingConfiguration"], template.named("S3::Bucket", "AccessLogs")[0])
    assert template.all_resources[name]["DeletionPolicy"] == "Retain"


def test_no_bucket_is_public_or_speaks_without_tls(template: Template) -> None:
    policies = template.resources("S3::BucketPolicy").values()
    for name, bucket in template.resources("S3::Bucket").items():
        assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
        assert bucket["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]
        [policy] = [each["PolicyDocument"]["Statement"] for each in policies if refers_to(each["Bucket"], name)]
        assert any(
            statement["Effect"] == "Deny"
            and statement.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}}
            and len(statement["Resource"]) == 2
            for statement in policy
        )
        for statement in policy:
            if statement["Effect"] == "Allow":
                assert set(statement["Principal"]) == {"Service"}


def test_the_key_rotates(template: Template) -> None:
    _, key = template.only("KMS::Key")
    assert key["EnableKeyRotation"] is True


def test_the_signing_secret_is_long_and_outlives_the_stack(template: Template) -> None:
    name, secret = template.only("SecretsManager::Secret")
    assert secret["GenerateSecretString"]["PasswordLength"] == 64
    assert template.all_resources[name]["DeletionPolicy"] == "Retain"


def test_every_new_resume_is_announced_to_the_queue_and_by_nobody_else(template: Template) -> None:
    queue, _ = template.named("SQS::Queue", "ResumeDrops1")
    bucket_name, bucket = template.named("S3::Bucket", "Resumes")
    [announcement] = bucket["NotificationConfiguration"]["QueueConfigurations"]
    assert announcement == {"Event": "s3:ObjectCreated:*", "Queue": {"Fn::GetAtt": [queue, "Arn"]}}
    policy_name, policy = template.named("SQS::QueuePolicy", "ResumeDropsPolicy")
    [allowed] = [each for each in policy["PolicyDocument"]["Statement"] if each["Effect"] == "Allow"]
    assert allowed["Principal"] == {"Service": "s3.amazonaws.com"}
    assert allowed["Action"] == "sqs:SendMessage"
    assert allowed["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}
    # S3 tries the queue while the bucket is made.
    assert policy_name in listed(template.all_resources[bucket_name]["DependsOn"])


def test_nothing_of_cdk_s_own_runs_in_the_account(template: Template) -> None:
    kinds = {resource["Type"] for resource in template.all_resources.values()}
    assert not {kind for kind in kinds if kind.startswith("Custom::")}
    assert "AWS::CloudFormation::CustomResource" not in kinds
