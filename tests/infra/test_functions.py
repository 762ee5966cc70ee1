"""The functions themselves: code, size, settings and where they run."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from infra.bundling import ROOT
from tests.infra.template import Template, listed, refers_to, variables

COMMON = {"POWERTOOLS_SERVICE_NAME", "POWERTOOLS_LOG_LEVEL"}
RELAY = {
    *("TABLE_NAME", "MATCH_JOBS_QUEUE_URL", "EMAILS_QUEUE_URL", "BROADCASTS_QUEUE_URL", "EXPORTS_QUEUE_URL"),
    *("ERASURES_QUEUE_URL", "RELAY_DEAD_LETTER_QUEUE_URL"),
}
PRIVACY = {"TABLE_NAME", "RESUMES_BUCKET", "ARTEFACTS_BUCKET"}
SETTINGS = {
    "candidate_api": {
        *("TABLE_NAME", "RESUMES_BUCKET", "ARTEFACTS_BUCKET", "SIGNING_SECRET_ARN"),
        *("UPLOAD_MINUTES", "RESUME_MAX_BYTES"),
    },
    "client_api": {
        *("TABLE_NAME", "SIGNING_SECRET_ARN", "ARTEFACTS_BUCKET"),
        *("INVITATION_DAYS", "MARKETPLACE_PROFILES_URL"),
    },
    "invitation_api": {
        *("TABLE_NAME", "SIGNING_SECRET_ARN", "ARTEFACTS_BUCKET", "RESUMES_BUCKET"),
        "CONTACT_RELEASE",
    },
    "conversation_api": {"TABLE_NAME", "SIGNING_SECRET_ARN", "MEETING_HOSTS", "CONTACT_RELEASE"},
    "operator_api": {
        *("TABLE_NAME", "SIGNING_SECRET_ARN", "ARTEFACTS_BUCKET", "RESUMES_BUCKET"),
        *("USER_POOL_ID", "WORK_QUEUES"),
    },
    "public_links": {"TABLE_NAME", "SIGNING_SECRET_ARN", "ARTEFACTS_BUCKET"},
    "read_resume": {
        *("TABLE_NAME", "RESUMES_BUCKET", "ARTEFACTS_BUCKET", "RESUME_MAX_BYTES"),
        "AWS_ACCOUNT_ID_ENDPOINT_MODE",
    },
    "build_shortlist": {"TABLE_NAME", "ARTEFACTS_BUCKET", "MATCH_ATTEMPTS"},
    "compact_index": {"TABLE_NAME", "ARTEFACTS_BUCKET"},
    "rerun_jobs": {"TABLE_NAME", "ARTEFACTS_BUCKET", "RERUNS_AT_ONCE"},
    "relay_outbox": RELAY,
    "close_overdue": RELAY | {"ARTEFACTS_BUCKET", "SIGNING_SECRET_ARN"},
    "make_export": PRIVACY,
    "erase_candidate": PRIVACY | {"SIGNING_SECRET_ARN"},
    "send_email": {
        *("TABLE_NAME", "SIGNING_SECRET_ARN", "SENDER_ADDRESS", "SUPPORT_ADDRESS"),
        *("SES_CONFIGURATION_SET", "PUBLIC_BASE_URL"),
    },
    "track_delivery": {"TABLE_NAME"},
    "receive_email": {
        *("TABLE_NAME", "ARTEFACTS_BUCKET", "SIGNING_SECRET_ARN"),
        *("SENDER_ADDRESS", "SUPPORT_ADDRESS"),
    },
    "keep_failed_work": {"TABLE_NAME", "WORK_QUEUES"},
    "welcome_user": set(),
}
WITH_MODELS = {"read_resume", "build_shortlist", "compact_index", "client_api"}
LARGEST_UNZIPPED = 250 * 1024 * 1024


def asset(template: Template, key: str) -> Path:
    """The folder that is uploaded under an asset's key."""
    files = json.loads((template.folder / "Hiring.assets.json").read_text())["files"].values()
    [path] = {
        str(file["source"]["path"])
        for file in files
        if key in {destination["objectKey"] for destination in file["destinations"].values()}
    }
    return template.folder / path


def layer_folders(template: Template, function: str) -> dict[str, Path]:
    """A function's layers by the description of each."""
    layers = template.resources("Lambda::LayerVersion")
    used = [layers[reference["Ref"]] for reference in template.functions()[function]["Layers"]]
    return {layer["Description"]: asset(template, layer["Content"]["S3Key"]) for layer in used}


def size(folder: Path) -> int:
    """Bytes of all files below `folder`."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_there_is_one_function_for_each_folder(template: Template) -> None:
    folders = {path.name for path in (ROOT / "functions").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert set(template.functions()) == set(SETTINGS) == folders


@pytest.mark.parametrize("function", SETTINGS)
def test_a_function_is_its_folder_and_nothing_else(template: Template, function: str) -> None:
    code = asset(template, template.functions()[function]["Code"]["S3Key"])
    source = ROOT / "functions" / function
    assert template.functions()[function]["Handler"] == "handler.handler"
    assert (code / "handler.py").read_bytes() == (source / "handler.py").read_bytes()
    assert {path.relative_to(code) for path in code.rglob("*")} == {
        path.relative_to(source) for path in source.rglob("*") if "__pycache__" not in path.parts
    }


def test_functions_run_python_3_13_on_arm_and_trace_and_log_as_json(template: Template) -> None:
    groups = template.resources("Logs::LogGroup")
    assert all(group["RetentionInDays"] == 90 for group in groups.values())
    for function in template.functions().values():
        assert function["Runtime"] == "python3.13"
        assert function["Architectures"] == ["arm64"]
        assert function["TracingConfig"] == {"Mode": "Active"}
        assert function["LoggingConfig"]["LogFormat"] == "JSON"
        assert function["LoggingConfig"]["LogGroup"]["Ref"] in groups


@pytest.mark.parametrize("function", SETTINGS)
def test_a_function_knows_only_the_settings_that_it_uses(template: Template, function: str) -> None:
    computes = {"OPENBLAS_CORETYPE", "OPENBLAS_NUM_THREADS"} if function in WITH_MODELS else set()
    assert set(variables(template.functions()[function])) == SETTINGS[function] | COMMON | computes


@pytest.mark.parametrize("function", SETTINGS)
def test_what_a_handler_asks_for_is_set(function: str) -> None:
    handler = (ROOT / "functions" / function / "handler.py").read_text()
    asked = {name.upper() for name in re.findall(r"settings\(\)\.(\w+)", handler)}
    assert asked <= SETTINGS[function]
    assert ("artefacts()" in handler) == ("ARTEFACTS_BUCKET" in SETTINGS[function])
    assert ("resumes()" in handler) == ("RESUMES_BUCKET" in SETTINGS[function])
    assert ("load_embedding" in handler or "with_skills" in handler) == (function in WITH_MODELS)


def test_links_begin_with_the_parameter_or_else_with_the_apis_own_address(template: Template) -> None:
    condition, given, otherwise = variables(template.functions()["send_email"])["PUBLIC_BASE_URL"]["Fn::If"]
    assert given == {"Ref": "PublicBaseUrl"}
    assert template.content["Conditions"][condition] == {"Fn::Not": [{"Fn::Equals": [{"Ref": "PublicBaseUrl"}, ""]}]}
    assert refers_to(otherwise, template.only("ApiGateway::RestApi")[0])
    assert otherwise["Fn::Join"][1][-1] == "/v1"


@pytest.mark.parametrize("function", SETTINGS)
def test_layers_are_what_the_function_needs_and_fit(template: Template, function: str) -> None:
    folders = layer_folders(template, function)
    expected = {"Our own package", "Third-party packages"}
    if function in WITH_MODELS:
        expected |= {"Embedding weights and the skill taxonomy"}
    assert set(folders) == expected
    code = asset(template, template.functions()[function]["Code"]["S3Key"])
    assert sum(size(folder) for folder in [*folders.values(), code]) < LARGEST_UNZIPPED


@pytest.mark.parametrize("function", sorted(WITH_MODELS))
def test_R10_every_processor_of_lambda_multiplies_with_the_code_of_the_oldest(
    template: Template, function: str
) -> None:
    assert variables(template.functions()[function])["OPENBLAS_CORETYPE"] == "NEOVERSEN1"


def test_resumes_are_read_by_one_whole_processor(template: Template) -> None:
    assert template.functions()["read_resume"]["MemorySize"] == 1769


def test_only_the_reader_of_resumes_lives_in_the_network_without_a_way_out(template: Template) -> None:
    placed = {name: each["VpcConfig"] for name, each in template.functions().items() if "VpcConfig" in each}
    assert set(placed) == {"read_resume"}
    subnets = template.resources("EC2::Subnet")
    assert {each["Ref"] for each in placed["read_resume"]["SubnetIds"]} == set(subnets)
    assert len(subnets) == 2
    assert not any(subnet["MapPublicIpOnLaunch"] for subnet in subnets.values())
    for way_out in ("InternetGateway", "NatGateway", "Route", "TransitGatewayAttachment", "VPCPeeringConnection"):
        assert not template.resources(f"EC2::{way_out}")


def test_the_network_lets_only_our_buckets_and_our_table_through(template: Template) -> None:
    endpoints = template.resources("EC2::VPCEndpoint")
    assert len(endpoints) == 2
    table, _ = template.only("DynamoDB::Table")
    ours = [table, *(template.named("S3::Bucket", bucket)[0] for bucket in ("Resumes", "Artefacts"))]
    for endpoint in endpoints.values():
        assert endpoint["VpcEndpointType"] == "Gateway"
        assert len(endpoint["RouteTableIds"]) == 2
        [statement] = endpoint["PolicyDocument"]["Statement"]
        assert all(any(refers_to(arn, name) for name in ours) for arn in listed(statement["Resource"]))
    _, group = template.only("EC2::SecurityGroup")
    assert [(rule["FromPort"], rule["ToPort"]) for rule in group["SecurityGroupEgress"]] == [(443, 443)]
    assert "SecurityGroupIngress" not in group


def test_refused_traffic_of_the_network_is_logged(template: Template) -> None:
    _, log = template.only("EC2::FlowLog")
    assert log["TrafficType"] == "REJECT"


def test_the_network_looks_up_no_foreign_names(template: Template) -> None:
    _, group = template.only("Route53Resolver::FirewallRuleGroup")
    lists = template.resources("Route53Resolver::FirewallDomainList")
    rules = sorted(group["FirewallRules"], key=lambda rule: int(rule["Priority"]))
    # A bucket's name leads on to others; without this every look-up of a bucket is refused.
    assert rules[0]["FirewallDomainRedirectionAction"] == "TRUST_REDIRECTION_DOMAIN"
    domains = [lists[rule["FirewallDomainListId"]["Fn::GetAtt"][0]]["Domains"] for rule in rules]
    assert [rule["Action"] for rule in rules] == ["ALLOW", "BLOCK"]
    assert [domain["Fn::Join"][1][0] for domain in domains[0]] == ["s3.", "*.s3.", "dynamodb."]
    assert domains[1] == ["*"]
    _, association = template.only("Route53Resolver::FirewallRuleGroupAssociation")
    assert refers_to(association["VpcId"], template.only("EC2::VPC")[0])
