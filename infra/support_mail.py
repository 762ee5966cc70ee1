"""Mails to the support address come in: SES → artefacts bucket → queue → `receive_email`."""

from __future__ import annotations

from aws_cdk import Aws, CfnRule, CfnRuleAssertion, Duration, Fn, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_ses as ses
from constructs import Construct

from infra.functions import HiringFunction
from infra.layers import Layers
from infra.queues import WorkQueue, announce_objects
from infra.storage import Storage

PREFIX = "mail/"
KEPT = "support/"
TIMEOUT = Duration.seconds(30)


class SupportMail(Construct):
    """Queue of mails that came → `receive_email`. With a receipt rule set, SES puts them into the bucket."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        layers: Layers,
        storage: Storage,
        sender: str,
        address: str,
        receipt_rule_set: str | None,
    ) -> None:
        super().__init__(scope, construct_id)
        self.mails = WorkQueue(self, "SupportMails", consumer_timeout=TIMEOUT, attempts=3)
        announce_objects(storage.artefacts, self.mails, prefix=PREFIX)
        # Each is deleted when it was read; of one that was not, nothing stays either.
        storage.artefacts.add_lifecycle_rule(
            prefix=PREFIX, expiration=Duration.days(1), noncurrent_version_expiration=Duration.days(1)
        )
        # What an operator is to read is copied there, below the folder of whose account it is.
        storage.artefacts.add_lifecycle_rule(
            prefix=KEPT, expiration=Duration.days(30), noncurrent_version_expiration=Duration.days(1)
        )
        self.receive_email = HiringFunction(
            self,
            "receive_email",
            layers=layers,
            description="Reads who wrote to the support address",
            memory_size=512,
            timeout=TIMEOUT,
            environment={
                "TABLE_NAME": storage.table.table_name,
                "ARTEFACTS_BUCKET": storage.artefacts.bucket_name,
                "SIGNING_SECRET_ARN": storage.signing_secret.secret_arn,
                "SENDER_ADDRESS": sender,
                "SUPPORT_ADDRESS": address,
            },
        )
        self.mails.feed(self.receive_email, batch_size=5, at_once=2)
        storage.let_use_items(self.receive_email, of=["CAND#*", "MAIL#*", "MEMBER#*", "RATE#*", "REQ#*", "USER#*"])
        storage.let_read(self.receive_email, storage.artefacts, PREFIX)
        storage.let_delete_versions(self.receive_email, storage.artefacts, PREFIX)
        storage.let_write(self.receive_email, storage.artefacts, KEPT)
        storage.let_sign(self.receive_email)
        if receipt_rule_set:
            Receipt(
                self, "Receipt", bucket=storage.artefacts, key=storage.key, address=address, rule_set=receipt_rule_set
            )


class Receipt(Construct):
    """A rule in a receipt rule set that exists: an account has one active set, so it is not made or activated here."""

    def __init__(
        self, scope: Construct, construct_id: str, *, bucket: s3.Bucket, key: kms.Key, address: str, rule_set: str
    ) -> None:
        super().__init__(scope, construct_id)
        CfnRule(
            self,
            "AddressIsGiven",
            assertions=[
                CfnRuleAssertion(
                    assert_=Fn.condition_not(Fn.condition_equals(address, "")),
                    assert_description="A receipt rule set needs the parameter SupportAddress",
                )
            ],
        )
        rules = Stack.of(self).format_arn(
            service="ses", resource="receipt-rule-set", resource_name=f"{rule_set}:receipt-rule/*"
        )
        from_our_rules = {"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}, "ArnLike": {"aws:SourceArn": rules}}
        ses_itself = iam.ServicePrincipal("ses.amazonaws.com")
        may_put = bucket.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[ses_itself],
                actions=["s3:PutObject"],
                resources=[bucket.arn_for_objects(f"{PREFIX}*")],
                conditions=from_our_rules,
            )
        )
        key.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[ses_itself],
                actions=["kms:Decrypt", "kms:GenerateDataKey"],
                resources=["*"],
                conditions=from_our_rules,
            )
        )
        rule = ses.CfnReceiptRule(
            self,
            "Rule",
            rule_set_name=rule_set,
            rule=ses.CfnReceiptRule.RuleProperty(
                enabled=True,
                recipients=[address],
                scan_enabled=True,
                tls_policy="Require",
                actions=[
                    ses.CfnReceiptRule.ActionProperty(
                        s3_action=ses.CfnReceiptRule.S3ActionProperty(
                            bucket_name=bucket.bucket_name, object_key_prefix=PREFIX
                        )
                    )
                ],
            ),
        )
        if may_put.policy_dependable:
            rule.node.add_dependency(may_put.policy_dependable)
