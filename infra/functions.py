"""A Lambda function of ours: its role, its log group and its settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import Duration, RemovalPolicy, Size
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.bundling import ROOT
from infra.layers import Layers
from infra.waivers import waive

LOG_RETENTION = logs.RetentionDays.THREE_MONTHS
MATRIX_PRODUCT = {"OPENBLAS_CORETYPE": "NEOVERSEN1", "OPENBLAS_NUM_THREADS": "1"}
"""Which code multiplies matrices: what every arm64 processor of Lambda can run, and not the fastest for the one that it
happens to be. Otherwise a new kind of processor would run code that no replay was held against. And in one thread: a
function has less than two processors, on which threads that wait for each other cost more than they save.
"""


@dataclass(frozen=True)
class Network:
    """Where a function's network interfaces are put."""

    vpc: ec2.IVpc
    security_group: ec2.ISecurityGroup


class HiringFunction(lambda_.Function):
    """The code of `functions/<name>` on the shared layers, allowed to write its log and trace and nothing else.

    Whoever gives it more does so by name: there is one role a function, and it holds grants only.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        layers: Layers,
        description: str,
        memory_size: int,
        timeout: Duration,
        environment: Mapping[str, str],
        models: bool = False,
        network: Network | None = None,
        disk: Size | None = None,
    ) -> None:
        construct_id = "".join(word.capitalize() for word in name.split("_"))
        log_group = logs.LogGroup(
            scope, f"{construct_id}Log", retention=LOG_RETENTION, removal_policy=RemovalPolicy.DESTROY
        )
        role = iam.Role(
            scope,
            f"{construct_id}Role",
            description=description,
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
        )
        log_group.grant_write(role)
        if network:
            _allow_network_interfaces(role)
        shared: Sequence[lambda_.ILayerVersion] = [layers.hiring, layers.dependencies]
        super().__init__(
            scope,
            construct_id,
            description=description,
            runtime=lambda_.Runtime.PYTHON_3_13,
            architecture=lambda_.Architecture.ARM_64,
            code=lambda_.Code.from_asset(str(ROOT / "functions" / name), exclude=["**/__pycache__", "**/*.pyc"]),
            handler="handler.handler",
            layers=[*shared, layers.models] if models else shared,
            memory_size=memory_size,
            ephemeral_storage_size=disk,
            timeout=timeout,
            role=role,
            log_group=log_group,
            logging_format=lambda_.LoggingFormat.JSON,
            application_log_level_v2=lambda_.ApplicationLogLevel.INFO,
            system_log_level_v2=lambda_.SystemLogLevel.WARN,
            tracing=lambda_.Tracing.ACTIVE,
            environment={
                "POWERTOOLS_SERVICE_NAME": name,
                "POWERTOOLS_LOG_LEVEL": "INFO",
                **(MATRIX_PRODUCT if models else {}),
                **environment,
            },
            vpc=network.vpc if network else None,
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED) if network else None,
            security_groups=[network.security_group] if network else None,
        )
        waive(self, "L1", "The layers are built and tested for this version")
        waive(role, "IAM5[Resource::*]", "X-Ray and network interfaces know no ARN to name beforehand")

    def allow(
        self,
        *actions: str,
        on: Sequence[str],
        conditions: Mapping[str, Mapping[str, str | Sequence[str]]] | None = None,
    ) -> None:
        """Let the function do `actions` on the resources with the ARNs `on`."""
        self.add_to_role_policy(iam.PolicyStatement(actions=list(actions), resources=list(on), conditions=conditions))


def _allow_network_interfaces(role: iam.Role) -> None:
    role.add_to_policy(
        iam.PolicyStatement(
            actions=[
                "ec2:CreateNetworkInterface",
                "ec2:DeleteNetworkInterface",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeSubnets",
                "ec2:AssignPrivateIpAddresses",
                "ec2:UnassignPrivateIpAddresses",
            ],
            resources=["*"],
        )
    )
