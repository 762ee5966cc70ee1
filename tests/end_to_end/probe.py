"""A stack of one function that tells what it finds around it, to test the local stack apart from the product."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

SUBJECT = "Grüße, and so many words that a line of a mail cannot hold all of them together"
BUCKET = "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"

HANDLER = (
    f'SUBJECT = "{SUBJECT}"'
    + """
import importlib.util, os, sys, time
import boto3

def handler(event, context):
    if "Records" in event:
        for record in event["Records"]:
            if record["body"] == "wait":
                time.sleep(60)
            if record["body"] == "pause":
                time.sleep(0.5)
            boto3.client("dynamodb").put_item(
                TableName=os.environ["TABLE_NAME"], Item={"pk": {"S": record["body"]}}
            )
        return {"batchItemFailures": []}
    if event["path"] == "/mail":
        boto3.client("sesv2").send_email(
            FromEmailAddress="matching@jobs.example.com",
            Destination={"ToAddresses": ["reader@example.com"]},
            Content={"Simple": {
                "Subject": {"Data": SUBJECT},
                "Body": {"Text": {"Data": "A line – with a dash"}, "Html": {"Data": "<p>A line</p>"}},
                "Headers": [{"Name": "List-Unsubscribe", "Value": "<https://example.com/u/1>"}],
            }},
        )
    import shared_by_all
    found = {name: importlib.util.find_spec(name) is not None for name in ("boto3", "pydantic", "ministack", "infra")}
    import json
    return {"statusCode": 200, "body": json.dumps({
        "found": found, "environment": dict(os.environ), "layer": os.path.realpath(shared_by_all.__file__)})}
"""
)

CONTENT = hashlib.sha256(HANDLER.encode()).hexdigest()[:16]


def write_assembly(folder: Path) -> Path:
    """Write the probe's stack into `folder` in the form of `cdk synth`."""
    (folder / "function").mkdir(parents=True)
    (folder / "function" / "handler.py").write_text(HANDLER)
    (folder / "layer" / "python" / "shared_by_all").mkdir(parents=True)
    (folder / "layer" / "python" / "shared_by_all" / "__init__.py").write_text("")
    (folder / "Probe.template.json").write_text(json.dumps(_template()))
    files = {
        name: {
            "source": {"path": path},
            "destinations": {"one": {"bucketName": BUCKET, "objectKey": f"{name}-{CONTENT}.zip"}},
        }
        for name, path in {"function": "function", "layer": "layer", "template": "Probe.template.json"}.items()
    }
    (folder / "Probe.assets.json").write_text(json.dumps({"files": files}))
    stack = {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Probe.template.json"}}
    (folder / "manifest.json").write_text(json.dumps({"artifacts": {"Probe": stack}}))
    return folder


def _template() -> dict[str, Any]:
    def resource(kind: str, **properties: Any) -> dict[str, Any]:
        return {"Type": f"AWS::{kind}", "Properties": properties}

    def asset(name: str) -> dict[str, Any]:
        return {"S3Bucket": {"Fn::Sub": BUCKET}, "S3Key": f"{name}-{CONTENT}.zip"}

    def arn(name: str) -> dict[str, Any]:
        return {"Fn::GetAtt": [name, "Arn"]}

    invocation = "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}/invocations"
    resources = {
        "Table": resource(
            "DynamoDB::Table",
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
            TimeToLiveSpecification={"AttributeName": "expires_at", "Enabled": True},
        ),
        "Role": resource("IAM::Role", AssumeRolePolicyDocument={"Version": "2012-10-17", "Statement": []}),
        "Layer": resource("Lambda::LayerVersion", Content=asset("layer")),
        "Function": resource(
            "Lambda::Function",
            Code=asset("function"),
            Handler="handler.handler",
            Runtime="python3.13",
            Role=arn("Role"),
            Layers=[{"Ref": "Layer"}],
            Environment={"Variables": {"TABLE_NAME": {"Ref": "Table"}}},
            Timeout=60,
        ),
        "Queue": resource("SQS::Queue", VisibilityTimeout=5),
        "Mapping": resource(
            "Lambda::EventSourceMapping",
            EventSourceArn=arn("Queue"),
            FunctionName={"Ref": "Function"},
            BatchSize=1,
            ScalingConfig={"MaximumConcurrency": 10},
        ),
        "Api": resource("ApiGateway::RestApi", Name="probe"),
        "Everything": resource(
            "ApiGateway::Resource",
            RestApiId={"Ref": "Api"},
            ParentId={"Fn::GetAtt": ["Api", "RootResourceId"]},
            PathPart="{proxy+}",
        ),
        "Method": resource(
            "ApiGateway::Method",
            RestApiId={"Ref": "Api"},
            ResourceId={"Ref": "Everything"},
            HttpMethod="ANY",
            AuthorizationType="NONE",
            Integration={"Type": "AWS_PROXY", "IntegrationHttpMethod": "POST", "Uri": {"Fn::Sub": invocation}},
        ),
        "Deployment": resource("ApiGateway::Deployment", RestApiId={"Ref": "Api"}) | {"DependsOn": ["Method"]},
        "Stage": resource(
            "ApiGateway::Stage", RestApiId={"Ref": "Api"}, DeploymentId={"Ref": "Deployment"}, StageName="v1"
        ),
    }
    return {
        "Parameters": {
            name: {"Type": "String"} for name in ("PublicBaseUrl", "SenderAddress", "MarketplaceProfilesUrl")
        },
        "Resources": resources,
        "Outputs": {"TableName": {"Value": {"Ref": "Table"}}, "QueueUrl": {"Value": {"Ref": "Queue"}}},
    }


if __name__ == "__main__":
    import sys
    import time

    from infra.local import stack

    with stack.running(Path(sys.argv[1]), Path(sys.argv[2])) as running:
        sys.stdout.write(f"{running.endpoint} {running.base_url} {running.outputs['QueueUrl']}\n")
        sys.stdout.flush()
        time.sleep(600)
