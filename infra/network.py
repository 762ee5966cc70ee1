"""The network in which resumes are read: a way to the buckets and the table, and none to anywhere else."""

from __future__ import annotations

from aws_cdk import Aws, RemovalPolicy
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_route53resolver as resolver
from constructs import Construct

from infra.functions import LOG_RETENTION, Network
from infra.storage import Storage

ENVIRONMENT = {"AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled"}
"""Gateway endpoints answer for a service's regional name."""


class ReadingNetwork(Construct):
    """Isolated subnets without a gateway to the internet; its two endpoints let only our buckets and our table through.

    A file that took over its reader could send nothing to anybody. Gateway endpoints cost nothing.
    """

    def __init__(self, scope: Construct, construct_id: str, *, storage: Storage, guards: bool) -> None:
        super().__init__(scope, construct_id)
        vpc = ec2.Vpc(
            self,
            "Vpc",
            ip_addresses=ec2.IpAddresses.cidr("10.0.0.0/24"),
            max_azs=2,
            nat_gateways=0,
            create_internet_gateway=False,
            restrict_default_security_group=False,
            subnet_configuration=[
                ec2.SubnetConfiguration(name="Reading", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED, cidr_mask=26)
            ],
        )
        if guards:
            self._log_refused_traffic(vpc)
            self._answer_only_names_of_endpoints(vpc)
        objects = vpc.add_gateway_endpoint("Objects", service=ec2.GatewayVpcEndpointAwsService.S3)
        buckets = [storage.resumes.bucket_arn, storage.artefacts.bucket_arn]
        _allow_through(objects, "s3:*", [*buckets, *(f"{bucket}/*" for bucket in buckets)])
        items = vpc.add_gateway_endpoint("Items", service=ec2.GatewayVpcEndpointAwsService.DYNAMODB)
        _allow_through(items, "dynamodb:*", [storage.table.table_arn])
        security_group = ec2.SecurityGroup(
            self,
            "Reader",
            vpc=vpc,
            description="HTTPS to where the route table leads: the two endpoints",
            allow_all_outbound=False,
        )
        security_group.add_egress_rule(ec2.Peer.any_ipv4(), ec2.Port.tcp(443), "Addresses of S3 and DynamoDB change")
        self.network = Network(vpc, security_group)

    def _log_refused_traffic(self, vpc: ec2.Vpc) -> None:
        log = logs.LogGroup(self, "RefusedTrafficLog", retention=LOG_RETENTION, removal_policy=RemovalPolicy.DESTROY)
        vpc.add_flow_log(
            "RefusedTraffic",
            traffic_type=ec2.FlowLogTrafficType.REJECT,
            destination=ec2.FlowLogDestination.to_cloud_watch_logs(log),
        )

    def _answer_only_names_of_endpoints(self, vpc: ec2.Vpc) -> None:
        """Refuse to look up any other name: a look-up would carry data out through the resolver."""
        known = resolver.CfnFirewallDomainList(
            self,
            "KnownNames",
            domains=[
                f"s3.{Aws.REGION}.{Aws.URL_SUFFIX}",
                f"*.s3.{Aws.REGION}.{Aws.URL_SUFFIX}",
                f"dynamodb.{Aws.REGION}.{Aws.URL_SUFFIX}",
            ],
        )
        others = resolver.CfnFirewallDomainList(self, "OtherNames", domains=["*"])
        rules = resolver.CfnFirewallRuleGroup(
            self,
            "Names",
            firewall_rules=[
                resolver.CfnFirewallRuleGroup.FirewallRuleProperty(
                    priority=1,
                    action="ALLOW",
                    firewall_domain_list_id=known.attr_id,
                    # S3's names of buckets lead on to other names, which are trusted with the first one.
                    firewall_domain_redirection_action="TRUST_REDIRECTION_DOMAIN",
                ),
                resolver.CfnFirewallRuleGroup.FirewallRuleProperty(
                    priority=2, action="BLOCK", block_response="NXDOMAIN", firewall_domain_list_id=others.attr_id
                ),
            ],
        )
        resolver.CfnFirewallRuleGroupAssociation(
            self, "NamesOfVpc", vpc_id=vpc.vpc_id, firewall_rule_group_id=rules.attr_id, priority=101
        )


def _allow_through(endpoint: ec2.GatewayVpcEndpoint, actions: str, arns: list[str]) -> None:
    endpoint.add_to_policy(iam.PolicyStatement(principals=[iam.AnyPrincipal()], actions=[actions], resources=arns))
