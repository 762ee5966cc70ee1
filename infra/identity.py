"""Who signs in: one user pool, one client, one group a role."""

from __future__ import annotations

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.functions import HiringFunction
from infra.layers import Layers
from infra.waivers import waive

GROUPS = {
    "candidate": "People who look for work",
    "client": "Members of organisations that hire",
    "operator": "Those who run this",
}


class Identity(Construct):
    """The user pool; whoever confirms an address becomes a candidate by `welcome_user`."""

    def __init__(self, scope: Construct, construct_id: str, *, layers: Layers, deletion_protection: bool) -> None:
        super().__init__(scope, construct_id)
        self.user_pool = cognito.UserPool(
            self,
            "UserPool",
            self_sign_up_enabled=True,
            sign_in_aliases=cognito.SignInAliases(email=True),
            sign_in_case_sensitive=False,
            auto_verify=cognito.AutoVerifiedAttrs(email=True),
            keep_original=cognito.KeepOriginalAttrs(email=True),
            standard_attributes=cognito.StandardAttributes(
                email=cognito.StandardAttribute(required=True, mutable=True)
            ),
            mfa=cognito.Mfa.OPTIONAL,
            mfa_second_factor=cognito.MfaSecondFactor(otp=True, sms=False),
            password_policy=cognito.PasswordPolicy(
                min_length=12,
                require_digits=True,
                require_lowercase=True,
                require_uppercase=True,
                require_symbols=True,
                temp_password_validity=Duration.days(3),
            ),
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            feature_plan=cognito.FeaturePlan.ESSENTIALS,
            deletion_protection=deletion_protection,
            removal_policy=RemovalPolicy.RETAIN,
        )
        waive(self.user_pool, "COG2", "A second factor is offered; asking for one would turn candidates away")
        waive(
            self.user_pool, "COG8", "Threat protection needs the Plus plan, 2 cents a user and month; WAF limits rates"
        )
        self.client = self.user_pool.add_client(
            "Client",
            auth_flows=cognito.AuthFlow(user_srp=True, admin_user_password=True),
            disable_o_auth=True,
            generate_secret=False,
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            access_token_validity=Duration.hours(1),
            id_token_validity=Duration.hours(1),
            refresh_token_validity=Duration.days(30),
        )
        for group, description in GROUPS.items():
            cognito.CfnUserPoolGroup(
                self,
                f"{group.capitalize()}Group",
                user_pool_id=self.user_pool.user_pool_id,
                group_name=group,
                description=description,
            )
        self.welcome_user = HiringFunction(
            self,
            "welcome_user",
            layers=layers,
            description="Makes a confirmed user a candidate",
            memory_size=1024,
            timeout=Duration.seconds(5),  # Cognito waits no longer
            environment={},
        )
        self.user_pool.add_trigger(cognito.UserPoolOperation.POST_CONFIRMATION, self.welcome_user)
        # A policy of its own: the role's would close a circle through the function, which the pool calls.
        self._allow_grouping(self.welcome_user, iam.Policy(self, "WelcomeUserGroups"))

    def let_group_users(self, function: HiringFunction) -> None:
        """Let `function` put users into groups."""
        function.allow("cognito-idp:AdminAddUserToGroup", on=[self.user_pool.user_pool_arn])

    def _allow_grouping(self, function: HiringFunction, policy: iam.Policy) -> None:
        policy.add_statements(
            iam.PolicyStatement(actions=["cognito-idp:AdminAddUserToGroup"], resources=[self.user_pool.user_pool_arn])
        )
        assert function.role  # noqa: S101  (HiringFunction makes it)
        policy.attach_to_role(function.role)
