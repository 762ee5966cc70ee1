"""What each role may do: exactly what its function's work takes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from infra.bundling import ROOT
from tests.infra.template import Statement, Template, listed, refers_to

SELF = {"logs:CreateLogStream", "logs:PutLogEvents", "xray:PutTraceSegments", "xray:PutTelemetryRecords"}
ITEMS = {"GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"}
CONSUME = {"ReceiveMessage", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl", "ChangeMessageVisibility"}
SEND = {"SendMessage"}
REPORT = {"SendMessage", "GetQueueAttributes", "GetQueueUrl"}  # what a failed invocation is reported with
STREAM = {"DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"}

READ = {"GetObject", "GetObjectVersion", "ListBucket", "ListBucketVersions"}
SERVICES: dict[str, dict[str, set[str]]] = {
    "candidate_api": {
        "dynamodb": ITEMS,
        "secretsmanager": {"GetSecretValue"},
        "s3": {"PutObject", "GetObject", "GetObjectVersion", "ListBucket", "ListBucketVersions"},
        "kms": {"Decrypt", "GenerateDataKey"},
    },
    "client_api": {"dynamodb": ITEMS, "secretsmanager": {"GetSecretValue"}, "s3": READ, "kms": {"Decrypt"}},
    "invitation_api": {"dynamodb": ITEMS, "secretsmanager": {"GetSecretValue"}, "s3": READ, "kms": {"Decrypt"}},
    "conversation_api": {"dynamodb": ITEMS, "secretsmanager": {"GetSecretValue"}},
    "operator_api": {
        "dynamodb": ITEMS,
        "secretsmanager": {"GetSecretValue"},
        "cognito-idp": {"AdminAddUserToGroup"},
        "s3": READ,
        "kms": {"Decrypt"},
        "sqs": {"SendMessage", "GetQueueAttributes"},
    },
    "public_links": {"dynamodb": ITEMS, "secretsmanager": {"GetSecretValue"}, "s3": READ, "kms": {"Decrypt"}},
    "read_resume": {
        "dynamodb": ITEMS,
        "s3": {
            *("GetObject", "GetObjectVersion", "ListBucket", "ListBucketVersions"),
            *("PutObject", "DeleteObjectVersion"),
        },
        "kms": {"Decrypt", "GenerateDataKey"},
        "sqs": CONSUME,
        "ec2": {
            *("CreateNetworkInterface", "DeleteNetworkInterface", "DescribeNetworkInterfaces"),
            *("DescribeSubnets", "AssignPrivateIpAddresses", "UnassignPrivateIpAddresses"),
        },
    },
    "build_shortlist": {
        "dynamodb": ITEMS,
        "s3": READ | {"PutObject", "DeleteObjectVersion"},
        "kms": {"Decrypt", "GenerateDataKey"},
        "sqs": CONSUME,
    },
    "compact_index": {
        "dynamodb": ITEMS,
        "s3": {
            *("GetObject", "GetObjectVersion", "ListBucket", "ListBucketVersions"),
            *("PutObject", "DeleteObjectVersion"),
        },
        "kms": {"Decrypt", "GenerateDataKey"},
        "sqs": REPORT,
    },
    "rerun_jobs": {
        "dynamodb": {"GetItem", "BatchGetItem", "Query", "PutItem"},
        "s3": READ,
        "kms": {"Decrypt"},
        "sqs": REPORT,
    },
    "relay_outbox": {"dynamodb": ITEMS | STREAM, "sqs": REPORT},
    "send_email": {
        "dynamodb": ITEMS,
        "secretsmanager": {"GetSecretValue"},
        "ses": {"SendEmail", "SendRawEmail"},
        "sqs": CONSUME,
    },
    "close_overdue": {
        "dynamodb": ITEMS,
        "secretsmanager": {"GetSecretValue"},
        "sqs": REPORT,
        "s3": {"DeleteObjectVersion"},
    },
    "make_export": {
        "dynamodb": ITEMS,
        "s3": READ | {"PutObject", "DeleteObjectVersion"},
        "kms": {"Decrypt", "GenerateDataKey"},
        "sqs": CONSUME,
    },
    "erase_candidate": {
        "dynamodb": ITEMS,
        "secretsmanager": {"GetSecretValue"},
        "s3": READ | {"PutObject", "DeleteObjectVersion"},
        "kms": {"Decrypt", "GenerateDataKey"},
        "sqs": CONSUME,
    },
    "track_delivery": {"dynamodb": ITEMS, "sqs": CONSUME},
    "receive_email": {
        "dynamodb": ITEMS,
        "secretsmanager": {"GetSecretValue"},
        "s3": READ | {"PutObject", "DeleteObjectVersion"},
        "kms": {"Decrypt", "GenerateDataKey"},
        "sqs": CONSUME,
    },
    "keep_failed_work": {"dynamodb": ITEMS, "sqs": CONSUME},
    "welcome_user": {"cognito-idp": {"AdminAddUserToGroup"}},
}

PREFIXES = {
    "candidate_api": {
        ("Resumes", "PutObject"): {"uploads/*"},
        ("Artefacts", "GetObject"): {"candidates/*", "exports/*"},
    },
    "close_overdue": {("Artefacts", "DeleteObjectVersion"): {"exports/*"}},
    "make_export": {
        ("Resumes", "GetObject"): {"uploads/*", "drops/*"},
        ("Artefacts", "GetObject"): {"candidates/*", "quarantine/*", "runs/*/inputs/*", "support/*"},
        ("Artefacts", "PutObject"): {"exports/*"},
        ("Artefacts", "DeleteObjectVersion"): {"exports/*"},
    },
    "erase_candidate": {
        ("Resumes", "DeleteObjectVersion"): {"uploads/*", "drops/*"},
        ("Artefacts", "GetObject"): {"erased/*"},
        ("Artefacts", "PutObject"): {"erased/*"},
        ("Artefacts", "DeleteObjectVersion"): {
            *("candidates/*", "exports/*", "quarantine/*", "runs/*/inputs/*", "support/*")
        },
    },
    "client_api": {("Artefacts", "GetObject"): {"candidates/*/evidence/*"}},
    "invitation_api": {
        ("Artefacts", "GetObject"): {"candidates/*/reading/*"},
        ("Resumes", "GetObject"): {"uploads/*", "drops/*"},
    },
    "operator_api": {("Artefacts", "GetObject"): {"support/*"}},
    "public_links": {("Artefacts", "GetObject"): {"candidates/*/client-view/*"}},
    "read_resume": {
        ("Resumes", "GetObject"): {"*"},
        ("Resumes", "DeleteObjectVersion"): {"*"},
        ("Artefacts", "PutObject"): {"candidates/*", "quarantine/*"},
    },
    "build_shortlist": {
        ("Artefacts", "GetObject"): {"candidates/*/evidence/*", "index/*", "runs/*"},
        ("Artefacts", "PutObject"): {"runs/*"},
        ("Artefacts", "DeleteObjectVersion"): {"runs/*/inputs/*"},
    },
    "rerun_jobs": {("Artefacts", "GetObject"): {"runs/*/run.json*"}},
    "receive_email": {
        ("Artefacts", "GetObject"): {"mail/*"},
        ("Artefacts", "PutObject"): {"support/*"},
        ("Artefacts", "DeleteObjectVersion"): {"mail/*"},
    },
    "compact_index": {
        ("Artefacts", "GetObject"): {"candidates/*/evidence/*", "index/*"},
        ("Artefacts", "PutObject"): {"index/*"},
        ("Artefacts", "DeleteObjectVersion"): {"index/*"},
    },
}


def test_every_function_has_a_role_of_its_own(template: Template) -> None:
    roles = [template.role_of(function) for function in template.functions()]
    assert len(set(roles)) == len(roles) == len(SERVICES)


@pytest.mark.parametrize("function", SERVICES)
def test_a_function_may_do_what_its_work_takes_and_nothing_else(template: Template, function: str) -> None:
    allowed = {action for each in template.allowed(function) for action in listed(each["Action"])}
    expected = {f"{service}:{action}" for service, actions in SERVICES[function].items() for action in actions}
    assert allowed == expected | SELF


def test_no_role_is_allowed_an_action_by_wildcard(template: Template) -> None:
    for role in template.resources("IAM::Role"):
        for statement in template.statements(role):
            if statement["Effect"] == "Allow":
                assert not [action for action in listed(statement["Action"]) if "*" in action]
                assert "NotAction" not in statement
                assert "NotResource" not in statement


def test_only_what_knows_no_resource_beforehand_names_none(template: Template) -> None:
    for role in template.resources("IAM::Role"):
        for statement in template.statements(role):
            if statement["Effect"] == "Allow" and "*" in listed(statement["Resource"]):
                named = {each for each in listed(statement["Action"]) if not each.startswith(("xray:Put", "ec2:"))}
                assert named <= {"dynamodb:ListStreams"}


def test_functions_have_no_managed_policies(template: Template) -> None:
    for function in template.functions():
        assert "ManagedPolicyArns" not in template.resources("IAM::Role")[template.role_of(function)]


@pytest.mark.parametrize("function", SERVICES)
def test_objects_are_reached_below_named_prefixes_only(template: Template, function: str) -> None:
    assert objects(template, function) == PREFIXES.get(function, {})


def objects(template: Template, function: str) -> dict[tuple[str, str], set[str]]:
    """By bucket and action the patterns of the keys that a function reaches."""
    reached: dict[tuple[str, str], set[str]] = {}
    for statement in template.allowed(function):
        for action in listed(statement["Action"]):
            if action in {"s3:GetObject", "s3:PutObject", "s3:DeleteObjectVersion"}:
                for resource in listed(statement["Resource"]):
                    bucket, prefix = place(template, resource)
                    reached.setdefault((bucket, action.removeprefix("s3:")), set()).add(prefix)
    return reached


def test_R22_original_files_and_whole_readings_are_out_of_reach_until_somebody_is_invited(template: Template) -> None:
    """By rights, not by code alone: of all that a client can call, one function reaches them, and it lists nobody."""
    reached = {
        (function, bucket): prefixes
        for function in ("client_api", "conversation_api", "public_links")
        for (bucket, _), prefixes in objects(template, function).items()
    }
    assert reached == {
        ("client_api", "Artefacts"): {"candidates/*/evidence/*"},
        ("public_links", "Artefacts"): {"candidates/*/client-view/*"},
    }


def place(template: Template, resource: dict[str, Any]) -> tuple[str, str]:
    """The bucket and the pattern of keys of an ARN."""
    arn, prefix = resource["Fn::Join"][1]
    for bucket in ("Resumes", "Artefacts"):
        if refers_to(arn, template.named("S3::Bucket", bucket)[0]):
            return bucket, prefix.removeprefix("/")
    raise AssertionError(resource)


def test_R26_every_role_is_denied_the_marketplace(template: Template) -> None:
    arns = json.loads((ROOT / "cdk.json").read_text())["context"]["marketplace_resource_arns"]
    assert arns
    roles = template.resources("IAM::Role")
    assert len(roles) > len(template.functions())  # those that CDK makes by itself are denied it too
    for role in roles:
        denials = [each for each in template.statements(role) if each["Effect"] == "Deny" and each["Action"] == "*"]
        assert [(each["Resource"], each.get("Condition")) for each in denials] == [(arns, None)]


def test_R26_nothing_in_the_stack_is_named_like_the_marketplaces_resources(template: Template) -> None:
    for resource in template.all_resources.values():
        names = [value for key, value in resource.get("Properties", {}).items() if key.endswith("Name")]
        assert not [name for name in names if str(name).startswith("marketplace-")]


def test_the_reader_of_resumes_reaches_items_of_candidates_only(template: Template) -> None:
    statements = items(template, "read_resume")
    [seen] = [
        each
        for each in template.allowed("read_resume")
        if {*listed(each["Action"])} == {"dynamodb:GetItem", "dynamodb:ConditionCheckItem"}
    ]
    assert seen["Condition"] == {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["FLAG#resume_reupload"]}}
    for statement in statements:
        assert statement["Condition"] == {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["CAND#*", "DELTA#*"]}}
        assert "/index/" not in json.dumps(statement["Resource"])
    assert statements


def test_R11_who_runs_jobs_again_writes_jobs_only_and_finds_open_ones_and_resumes_only(template: Template) -> None:
    reached: dict[str, set[str]] = {}
    for statement in template.allowed("rerun_jobs"):
        for action in listed(statement["Action"]):
            if action.startswith("dynamodb:"):
                where = "index " if "/index/" in json.dumps(statement["Resource"]) else ""
                keys = statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
                reached.setdefault(where + action.removeprefix("dynamodb:"), set()).update(keys)
    read = {"CAND#*", "JOB#*", "ORG#*"}
    assert reached == {
        "index Query": {"OPEN#*", "RESUMES#*"},
        **dict.fromkeys(("GetItem", "BatchGetItem", "Query"), read),
        "PutItem": {"JOB#*"},
    }


@pytest.mark.parametrize("function", ["read_resume", "track_delivery", "receive_email"])
def test_who_reads_what_strangers_send_tells_of_failures_and_reads_none(template: Template, function: str) -> None:
    [telling] = [each for each in template.allowed(function) if listed(each["Action"]) == ["dynamodb:PutItem"]]
    assert telling["Condition"] == {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["FAIL#*"]}}


@pytest.mark.parametrize(
    ("function", "reached"),
    [
        ("track_delivery", ["CAND#*", "MAIL#*", "MEMBER#*", "SES#*", "USER#*"]),
        ("receive_email", ["CAND#*", "MAIL#*", "MEMBER#*", "RATE#*", "REQ#*", "USER#*"]),
        ("keep_failed_work", ["FAIL#*"]),
    ],
)
def test_what_strangers_can_cause_reaches_items_about_mails_only(
    template: Template, function: str, reached: list[str]
) -> None:
    statements = items(template, function)
    assert statements
    for statement in statements:
        assert statement["Condition"] == {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": reached}}


def items(template: Template, function: str) -> list[Statement]:
    """What a function may do with the items that it reads and writes."""
    both = {"dynamodb:GetItem", "dynamodb:PutItem"}
    return [each for each in template.allowed(function) if both <= {*listed(each["Action"])}]


@pytest.mark.parametrize(
    "function",
    [
        "candidate_api",
        "client_api",
        "invitation_api",
        "conversation_api",
        "public_links",
        "build_shortlist",
        "compact_index",
        "make_export",
        "erase_candidate",
    ],
)
def test_who_serves_others_makes_nobody_a_member_turns_no_flag_and_touches_no_record(
    template: Template, function: str
) -> None:
    [denied] = [
        each
        for each in template.statements(template.role_of(function))
        if each["Effect"] == "Deny" and each["Action"] != "*"
    ]
    assert set(denied["Action"]) == {"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"}
    assert denied["Condition"] == {"ForAnyValue:StringLike": {"dynamodb:LeadingKeys": ["USER#*", "FLAG#*", "AUD#*"]}}
    assert refers_to(denied["Resource"], template.only("DynamoDB::Table")[0])


@pytest.mark.parametrize("function", ["operator_api", "relay_outbox", "send_email", "close_overdue"])
def test_who_may_add_to_the_record_of_operators_changes_nothing_in_it(template: Template, function: str) -> None:
    [denied] = [
        each
        for each in template.statements(template.role_of(function))
        if each["Effect"] == "Deny" and each["Action"] != "*"
    ]
    assert set(denied["Action"]) == {"dynamodb:UpdateItem", "dynamodb:DeleteItem"}
    assert denied["Condition"] == {"ForAnyValue:StringLike": {"dynamodb:LeadingKeys": ["AUD#*"]}}
    assert refers_to(denied["Resource"], template.only("DynamoDB::Table")[0])


def test_mails_leave_from_one_address_only(template: Template) -> None:
    [statement] = [each for each in template.allowed("send_email") if "ses:SendEmail" in listed(each["Action"])]
    assert statement["Condition"] == {"StringEquals": {"ses:FromAddress": {"Ref": "SenderAddress"}}}
    identity, properties = template.only("SES::EmailIdentity")
    assert properties["EmailIdentity"] == {"Ref": "SenderAddress"}
    configuration, _ = template.only("SES::ConfigurationSet")
    assert all(refers_to(statement["Resource"], name) for name in (identity, configuration))


def test_the_secret_is_readable_only_where_links_cursors_or_addresses_are_keyed(template: Template) -> None:
    readers = {function for function in template.functions() if template.actions(function, "secretsmanager")}
    assert readers == {
        *("candidate_api", "client_api", "invitation_api", "conversation_api", "operator_api", "public_links"),
        *("send_email", "receive_email", "close_overdue", "erase_candidate"),
    }


def queues(template: Template, function: str, action: str) -> set[str]:
    """The queues, by the names of their outputs, on which a function may do something."""
    outputs = template.content["Outputs"]
    [statement] = [each for each in template.allowed(function) if action in listed(each["Action"])]
    return {
        name.removesuffix("QueueUrl")
        for name, each in outputs.items()
        if name.endswith("QueueUrl")
        and any(refers_to(resource, each["Value"]["Ref"]) for resource in listed(statement["Resource"]))
    }


def test_operators_send_failed_work_back_and_take_nothing_off_a_queue(template: Template) -> None:
    sent = queues(template, "operator_api", "sqs:SendMessage")
    assert sent
    assert not [name for name in sent if name.endswith("Dead")]
    assert queues(template, "operator_api", "sqs:GetQueueAttributes") == {
        *sent,
        *(f"{name}Dead" for name in sent),
        *("RelayDead", "SchedulesDead"),
    }
