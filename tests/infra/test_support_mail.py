"""Where a receipt rule set is named, SES may put mails into the bucket, and nobody else's rules may."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import App, CfnParameter, Stack
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk.assertions import Template as Synthesized

from infra.support_mail import Receipt
from tests.infra.template import Template


@pytest.fixture(scope="module")
def receipt() -> Any:
    stack = Stack(App(), "Test")
    key = kms.Key(stack, "Key")
    bucket = s3.Bucket(stack, "Bucket", encryption=s3.BucketEncryption.KMS, encryption_key=key)
    address = CfnParameter(stack, "SupportAddress", default="")
    Receipt(stack, "Receipt", bucket=bucket, key=key, address=address.value_as_string, rule_set="inbound")
    return Synthesized.from_stack(stack).to_json()


def _only(template: Any, kind: str) -> Any:
    [found] = [each["Properties"] for each in template["Resources"].values() if each["Type"] == f"AWS::{kind}"]
    return found


def test_R27_the_rule_puts_mails_to_the_support_address_into_the_bucket_and_activates_no_rule_set(receipt: Any) -> None:
    rule = _only(receipt, "SES::ReceiptRule")
    assert rule["RuleSetName"] == "inbound"
    assert rule["Rule"]["Recipients"] == [{"Ref": "SupportAddress"}]
    [action] = rule["Rule"]["Actions"]
    assert action["S3Action"]["ObjectKeyPrefix"] == "mail/"
    assert "AWS::SES::ReceiptRuleSet" not in {each["Type"] for each in receipt["Resources"].values()}
    [asserted] = [rule for name, rule in receipt["Rules"].items() if name.startswith("Receipt")]
    assert asserted["Assertions"][0]["Assert"] == {"Fn::Not": [{"Fn::Equals": [{"Ref": "SupportAddress"}, ""]}]}


@pytest.mark.parametrize(
    ("kind", "policy", "actions"),
    [
        ("S3::BucketPolicy", "PolicyDocument", "s3:PutObject"),
        ("KMS::Key", "KeyPolicy", ["kms:Decrypt", "kms:GenerateDataKey"]),
    ],
)
def test_ses_may_write_mails_for_our_rules_only(receipt: Any, kind: str, policy: str, actions: str | list[str]) -> None:
    [allowed] = [
        each
        for each in _only(receipt, kind)[policy]["Statement"]
        if each["Principal"] == {"Service": "ses.amazonaws.com"}
    ]
    assert allowed["Action"] == actions
    assert allowed["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    source = allowed["Condition"]["ArnLike"]["aws:SourceArn"]["Fn::Join"][1]
    assert source[-1] == ":receipt-rule-set/inbound:receipt-rule/*"


def test_without_a_rule_set_no_mail_is_received(template: Template) -> None:
    assert not template.resources("SES::ReceiptRule")
