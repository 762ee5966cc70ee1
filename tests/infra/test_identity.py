"""Who signs in."""

from __future__ import annotations

from tests.infra.template import Template, refers_to


def test_people_sign_in_with_their_address_and_a_strong_password(template: Template) -> None:
    _, pool = template.only("Cognito::UserPool")
    assert pool["UsernameAttributes"] == ["email"]
    assert pool["AutoVerifiedAttributes"] == ["email"]
    assert pool["UserAttributeUpdateSettings"] == {"AttributesRequireVerificationBeforeUpdate": ["email"]}
    assert pool["MfaConfiguration"] == "OPTIONAL"
    assert pool["EnabledMfas"] == ["SOFTWARE_TOKEN_MFA"]
    policy = pool["Policies"]["PasswordPolicy"]
    assert policy["MinimumLength"] >= 12
    assert all(policy[f"Require{each}"] for each in ("Lowercase", "Uppercase", "Numbers", "Symbols"))
    assert pool["DeletionProtection"] == "ACTIVE"


def test_the_client_takes_no_plain_password_from_the_internet(template: Template) -> None:
    _, client = template.only("Cognito::UserPoolClient")
    assert set(client["ExplicitAuthFlows"]) == {
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
    }
    assert client["PreventUserExistenceErrors"] == "ENABLED"
    assert client["EnableTokenRevocation"] is True
    assert client["AccessTokenValidity"] == 60
    assert client.get("AllowedOAuthFlowsUserPoolClient") is not True


def test_there_is_one_group_a_role(template: Template) -> None:
    groups = template.resources("Cognito::UserPoolGroup").values()
    assert {group["GroupName"] for group in groups} == {"candidate", "client", "operator"}


def test_a_confirmed_user_is_welcomed(template: Template) -> None:
    name, pool = template.only("Cognito::UserPool")
    function = pool["LambdaConfig"]["PostConfirmation"]["Fn::GetAtt"][0]
    assert template.function_names()[function] == "welcome_user"
    [permission] = [
        each
        for each in template.resources("Lambda::Permission").values()
        if each["Principal"] == "cognito-idp.amazonaws.com"
    ]
    assert refers_to(permission["SourceArn"], name)
