"""The HTTPS API: which paths belong to which function, and who may call them."""

from __future__ import annotations

import json

from aws_cdk import Aws, RemovalPolicy, Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.functions import LOG_RETENTION
from infra.gateway_responses import answer_with_problems
from infra.waivers import waive

STAGE = "v1"
# With a scope the authorizer asks for an access token; without one it would ask for an ID token.
SCOPES = ["aws.cognito.signin.user.admin"]

ACCESS_LOG = {
    "request_id": "$context.requestId",
    "extended_request_id": "$context.extendedRequestId",
    "method": "$context.httpMethod",
    "resource": "$context.resourcePath",  # never the path: paths hold tokens
    "status": "$context.status",
    "error": "$context.error.responseType",
    "authorizer_error": "$context.authorizer.error",
    "integration_error": "$context.integration.error",
    "integration_milliseconds": "$context.integration.latency",
    "milliseconds": "$context.responseLatency",
    "bytes": "$context.responseLength",
}


class Api(Construct):
    """A regional REST API in front of one function a role."""

    def __init__(self, scope: Construct, construct_id: str, *, user_pool: cognito.IUserPool) -> None:
        super().__init__(scope, construct_id)
        access_log = logs.LogGroup(self, "AccessLog", retention=LOG_RETENTION, removal_policy=RemovalPolicy.DESTROY)
        self.rest_api = apigateway.RestApi(
            self,
            "RestApi",
            rest_api_name=Stack.of(self).stack_name,
            description="Matching candidates to full-time jobs",
            endpoint_types=[apigateway.EndpointType.REGIONAL],
            cloud_watch_role=True,
            cloud_watch_role_removal_policy=RemovalPolicy.RETAIN,
            deploy_options=apigateway.StageOptions(
                stage_name=STAGE,
                access_log_destination=apigateway.LogGroupLogDestination(access_log),
                access_log_format=apigateway.AccessLogFormat.custom(json.dumps(ACCESS_LOG)),
                # Execution logs and the gateway's own traces hold paths, and so tokens.
                logging_level=apigateway.MethodLoggingLevel.OFF,
                tracing_enabled=False,
                metrics_enabled=False,  # those a method cost by the metric; those of the whole API are free
                throttling_rate_limit=100,
                throttling_burst_limit=200,
            ),
        )
        self.rest_api.node.try_remove_child("Endpoint")
        answer_with_problems(self.rest_api)
        waive(self.rest_api, "APIG2", "The functions validate requests and say in their answer which fields are wrong")
        waive(self.rest_api.deployment_stage, "APIG6", "Execution logs hold paths, and so the tokens of links")
        waive(
            self.rest_api,
            "IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]",
            "The account's one role with which API Gateway writes its access logs",
        )
        self._authorizer = apigateway.CognitoUserPoolsAuthorizer(self, "Authorizer", cognito_user_pools=[user_pool])

    @property
    def url(self) -> str:
        """What every path begins with: without a slash at its end, and known before the stage exists."""
        return f"https://{self.rest_api.rest_api_id}.execute-api.{Aws.REGION}.{Aws.URL_SUFFIX}/{STAGE}"

    def route(self, function: lambda_.Function, *paths: str) -> None:
        """Give every method on `paths` to `function`, for callers who have signed in."""
        for path in paths:
            self._resource(path).add_method(
                "ANY",
                _integration(function),
                authorizer=self._authorizer,
                authorization_type=apigateway.AuthorizationType.COGNITO,
                authorization_scopes=SCOPES,
            )

    def route_public(self, function: lambda_.Function, *paths: str) -> None:
        """Give every method on `paths` to `function`, for anybody."""
        for path in paths:
            method = self._resource(path).add_method(
                "ANY", _integration(function), authorization_type=apigateway.AuthorizationType.NONE
            )
            for rule in ("APIG4", "COG4"):
                waive(method, rule, "A signed link is the permission here, or the page is for everybody")

    def _resource(self, path: str) -> apigateway.Resource:
        return self.rest_api.root.resource_for_path(path)


def _integration(function: lambda_.Function) -> apigateway.LambdaIntegration:
    return apigateway.LambdaIntegration(function, allow_test_invoke=False)
