"""The product's own stack on the local emulator: deployed with CloudFormation from the same template as on AWS."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from infra.local import marketplace, runtime, server
from infra.local.assembly import Assembly
from infra.local.mailbox import Mailbox

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

ACCOUNT = "000000000000"
REGION = "us-east-1"
STATE = server.ROOT / ".local"
SENDER = "matching@jobs.example.com"
SUPPORT = "support@jobs.example.com"
MINUTES_TO_CREATE = 5

type Report = Callable[[str], None]
"""Told what the deployment is doing, in a few words, as it goes on."""


@dataclass(frozen=True)
class Stack:
    """A stack that runs: where it listens and what its template's outputs say."""

    endpoint: str
    base_url: str
    outputs: dict[str, str]
    folder: Path

    @property
    def mailbox(self) -> Mailbox:
        """Every mail that left the stack."""
        return Mailbox(self.folder / "mails")


@contextmanager
def running(assembly: Path, folder: Path, report: Report = lambda _: None) -> Iterator[Stack]:
    """Deploy the app synthesized in `assembly` afresh, with its state in `folder`, for as long as the block lasts."""
    report("building the functions' interpreter")
    interpreter = runtime.interpreter(STATE / "runtime")
    report("starting the local stack")
    with server.running(interpreter, folder) as port:
        yield _deploy(Assembly.read(assembly), port, folder, report)


def _deploy(assembly: Assembly, port: int, folder: Path, report: Report) -> Stack:
    endpoint = f"http://127.0.0.1:{port}"
    # Known beforehand, the API's id makes the links in mails openable; the emulator takes it from a tag (below).
    api = secrets.token_hex(5)
    base_url = f"http://localhost:{port}/_aws/execute-api/{api}/v1"
    marketplace.open_stand_in(session(), endpoint, folder)
    report("uploading the functions and layers")
    template_url = _upload(assembly, endpoint)
    cloudformation = session().client("cloudformation", endpoint_url=endpoint)
    cloudformation.create_stack(
        StackName=assembly.stack,
        TemplateURL=template_url,
        Parameters=[
            {"ParameterKey": "PublicBaseUrl", "ParameterValue": base_url},
            {"ParameterKey": "SenderAddress", "ParameterValue": SENDER},
            {"ParameterKey": "SupportAddress", "ParameterValue": SUPPORT},
            {"ParameterKey": "MarketplaceProfilesUrl", "ParameterValue": marketplace.profiles_file(folder).as_uri()},
        ],
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
        Tags=[{"Key": "ms-custom-id", "Value": api}],
    )
    outputs = _wait_until_created(cloudformation, assembly.stack, report)
    mail = session().client("sesv2", endpoint_url=endpoint)
    mail.create_email_identity(EmailIdentity=SENDER)
    return Stack(endpoint=endpoint, base_url=base_url, outputs=outputs, folder=folder)


def _upload(assembly: Assembly, endpoint: str) -> str:
    """Upload what the template refers to, as `cdk bootstrap` and `cdk deploy` would; gives the template's URL."""
    ssm = session().client("ssm", endpoint_url=endpoint)
    ssm.put_parameter(Name="/cdk-bootstrap/hnb659fds/version", Value="30", Type="String")
    s3 = session().client("s3", endpoint_url=endpoint, config=Config(s3={"addressing_style": "path"}))
    assets = list(assembly.assets(ACCOUNT, REGION))
    for bucket in {asset.bucket for asset in assets}:
        s3.create_bucket(Bucket=bucket)
    with ThreadPoolExecutor(2) as uploads:
        list(
            uploads.map(lambda each: s3.upload_file(str(each.archive(STATE / "assets")), each.bucket, each.key), assets)
        )
    [template] = [each for each in assets if each.path == assembly.template]
    return f"{endpoint}/{template.bucket}/{template.key}"


def _wait_until_created(cloudformation: CloudFormationClient, name: str, report: Report) -> dict[str, str]:
    until = time.monotonic() + MINUTES_TO_CREATE * 60
    while time.monotonic() < until:
        [stack] = cloudformation.describe_stacks(StackName=name)["Stacks"]
        resources = cloudformation.describe_stack_resources(StackName=name)["StackResources"]
        done = sum(each["ResourceStatus"] == "CREATE_COMPLETE" for each in resources)
        report(f"creating the stack: {done} resources")
        if stack["StackStatus"] == "CREATE_COMPLETE":
            return {each["OutputKey"]: each["OutputValue"] for each in stack["Outputs"]}
        if stack["StackStatus"] != "CREATE_IN_PROGRESS":
            raise RuntimeError(f"the stack ended as {stack['StackStatus']}: {_first_failure(cloudformation, name)}")
        time.sleep(0.25)
    raise RuntimeError(f"the stack was not created within {MINUTES_TO_CREATE} minutes")


def _first_failure(cloudformation: CloudFormationClient, name: str) -> str:
    events = cloudformation.describe_stack_events(StackName=name)["StackEvents"]
    failed = [each for each in events if each["ResourceStatus"].endswith("FAILED")]
    if not failed:
        return "no resource failed"
    first = failed[-1]  # events come newest first
    reason = first.get("ResourceStatusReason", "no reason given")
    return f"{first['LogicalResourceId']} ({first['ResourceType']}): {reason}"


def session() -> boto3.Session:
    """An AWS session for the local account."""
    return boto3.Session(aws_access_key_id=ACCOUNT, aws_secret_access_key="local", region_name=REGION)  # noqa: S106
