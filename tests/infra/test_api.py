"""The API: who may call which path, who answers it, and what API Gateway says by itself."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from typing import Any

import pytest

from hiring.shared import problems
from tests.infra.template import Properties, Template, refers_to

ROUTES = {
    "/me": "candidate_api",
    "/me/{proxy+}": "candidate_api",
    "/organisations": "client_api",
    "/jobs": "client_api",
    "/jobs/{proxy+}": "client_api",
    "/invitations/{proxy+}": "invitation_api",
    "/offers/{proxy+}": "invitation_api",
    "/conversations": "conversation_api",
    "/conversations/{proxy+}": "conversation_api",
    "/operator/{proxy+}": "operator_api",
    "/r/{proxy+}": "public_links",
    "/u/{proxy+}": "public_links",
    "/o/{proxy+}": "public_links",
    "/v/{proxy+}": "public_links",
    "/problems/{proxy+}": "public_links",
    "/health": "public_links",
    "/docs": "public_links",
    "/openapi.json": "public_links",
}


def methods(template: Template) -> Iterator[tuple[str, Properties]]:
    """Every method with its path."""
    resources = template.resources("ApiGateway::Resource")

    def path(reference: Any) -> str:
        parent = resources.get(reference.get("Ref", ""))
        return path(parent["ParentId"]) + "/" + parent["PathPart"] if parent else ""

    for method in template.resources("ApiGateway::Method").values():
        yield path(method["ResourceId"]), method


def integrated_function(template: Template, method: Properties) -> str:
    """The function that answers a method."""
    [found] = [name for logical, name in template.function_names().items() if refers_to(method["Integration"], logical)]
    return found


def test_every_path_belongs_to_one_function_with_all_methods(template: Template) -> None:
    assert {path: integrated_function(template, method) for path, method in methods(template)} == ROUTES
    assert {method["HttpMethod"] for _, method in methods(template)} == {"ANY"}
    assert {method["Integration"]["Type"] for _, method in methods(template)} == {"AWS_PROXY"}


def test_only_the_paths_of_public_links_are_public(template: Template) -> None:
    public = {path for path, method in methods(template) if method["AuthorizationType"] == "NONE"}
    assert public == {path for path, function in ROUTES.items() if function == "public_links"}


def test_every_authenticated_method_asks_for_an_access_token(template: Template) -> None:
    authorizer, properties = template.only("ApiGateway::Authorizer")
    pool, _ = template.only("Cognito::UserPool")
    assert properties["Type"] == "COGNITO_USER_POOLS"
    assert refers_to(properties["ProviderARNs"], pool)
    authenticated = [method for _, method in methods(template) if method["AuthorizationType"] != "NONE"]
    assert len(authenticated) == sum(function != "public_links" for function in ROUTES.values())
    for method in authenticated:
        assert method["AuthorizationType"] == "COGNITO_USER_POOLS"
        assert method["AuthorizationScopes"] == ["aws.cognito.signin.user.admin"]
        assert method["AuthorizerId"] == {"Ref": authorizer}


def test_each_route_has_one_permission_to_invoke_its_function(template: Template) -> None:
    api, _ = template.only("ApiGateway::RestApi")
    names = template.function_names()
    granted = []
    for permission in template.resources("Lambda::Permission").values():
        if permission["Principal"] == "apigateway.amazonaws.com":
            assert refers_to(permission["SourceArn"], api)
            pattern = permission["SourceArn"]["Fn::Join"][1][-1]
            granted.append((pattern, names[permission["FunctionName"]["Fn::GetAtt"][0]]))
    expected = [("/*" + path.replace("{proxy+}", "*"), function) for path, function in ROUTES.items()]
    assert sorted(granted) == sorted(expected)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("DEFAULT_4XX", 400),
        ("BAD_REQUEST_BODY", 400),
        ("UNAUTHORIZED", 401),
        ("EXPIRED_TOKEN", 401),
        ("ACCESS_DENIED", 403),
        ("WAF_FILTERED", 403),
        ("MISSING_AUTHENTICATION_TOKEN", 404),
        ("RESOURCE_NOT_FOUND", 404),
        ("REQUEST_TOO_LARGE", 413),
        ("UNSUPPORTED_MEDIA_TYPE", 415),
        ("THROTTLED", 429),
        ("DEFAULT_5XX", 500),
        ("INTEGRATION_FAILURE", 503),
        ("INTEGRATION_TIMEOUT", 504),
    ],
)
def test_the_gateway_answers_its_own_errors_as_problems(template: Template, kind: str, status: int) -> None:
    [response] = [
        each for each in template.resources("ApiGateway::GatewayResponse").values() if each["ResponseType"] == kind
    ]
    assert response["StatusCode"] == str(status)
    assert response["ResponseParameters"]["gatewayresponse.header.Content-Type"] == "'application/problem+json'"
    assert response["ResponseParameters"]["gatewayresponse.header.Cache-Control"] == "'no-store'"
    problem = problems.Problem.model_validate_json(response["ResponseTemplates"]["application/json"])
    assert problem.status == status
    assert problem.type == f"/problems/{problem.code}"
    assert problem.instance == f"urn:request:{problem.request_id}" == "urn:request:$context.requestId"


def test_the_gateways_problems_are_those_that_functions_report(template: Template) -> None:
    importlib.import_module("hiring.shared.errors")
    titles = {code: title for code, (_, title, _) in problems.explanations().items()}
    for response in template.resources("ApiGateway::GatewayResponse").values():
        problem = json.loads(response["ResponseTemplates"]["application/json"])
        assert titles[problem["code"]] == problem["title"]


def test_logs_and_traces_of_the_gateway_hold_no_path_and_no_address(template: Template) -> None:
    _, stage = template.only("ApiGateway::Stage")
    format_ = stage["AccessLogSetting"]["Format"]
    assert "$context.resourcePath" in format_
    assert "$context.path" not in format_
    assert "identity" not in format_
    assert "claims" not in format_
    assert not stage["TracingEnabled"]
    [settings] = stage["MethodSettings"]
    assert settings["LoggingLevel"] == "OFF"
    assert not settings["DataTraceEnabled"]


def test_the_stage_is_throttled(template: Template) -> None:
    _, stage = template.only("ApiGateway::Stage")
    [settings] = stage["MethodSettings"]
    assert (settings["HttpMethod"], settings["ResourcePath"]) == ("*", "/*")
    assert 0 < settings["ThrottlingRateLimit"] <= settings["ThrottlingBurstLimit"]
    assert stage["StageName"] == "v1"


def test_the_web_acl_stands_before_the_stage(template: Template) -> None:
    acl, properties = template.only("WAFv2::WebACL")
    stage, _ = template.only("ApiGateway::Stage")
    _, association = template.only("WAFv2::WebACLAssociation")
    assert association["WebACLArn"] == {"Fn::GetAtt": [acl, "Arn"]}
    assert refers_to(association["ResourceArn"], stage)
    statements = [rule["Statement"] for rule in properties["Rules"]]
    assert {
        each["ManagedRuleGroupStatement"]["Name"] for each in statements if "ManagedRuleGroupStatement" in each
    } == {
        "AWSManagedRulesAmazonIpReputationList",
        "AWSManagedRulesKnownBadInputsRuleSet",
        "AWSManagedRulesCommonRuleSet",
    }
    assert {each["RateBasedStatement"]["Limit"] for each in statements if "RateBasedStatement" in each} == {2000, 300}
    assert not any(rule["VisibilityConfig"]["SampledRequestsEnabled"] for rule in properties["Rules"])
