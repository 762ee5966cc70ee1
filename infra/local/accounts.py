"""Users of the local user pool, one role each."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from infra.local.api import Api
from infra.local.stack import Stack, session

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

type Group = Literal["candidate", "client", "operator"]


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in; `sub` is the user's id in the pool."""

    email: str
    password: str
    sub: str


class Accounts:
    """The user pool of a running stack."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._cognito: CognitoIdentityProviderClient = session().client("cognito-idp", endpoint_url=stack.endpoint)

    def sign_up(self, email: str) -> Account:
        """Have somebody sign up and confirm the address; the product then makes a candidate of them."""
        pool, password = self._stack.outputs["UserPoolId"], _password()
        signed_up = self._cognito.sign_up(
            ClientId=self._stack.outputs["UserPoolClientId"],
            Username=email,
            Password=password,
            UserAttributes=[{"Name": "email", "Value": email}],
        )
        self._cognito.admin_update_user_attributes(
            UserPoolId=pool, Username=email, UserAttributes=[{"Name": "email_verified", "Value": "true"}]
        )
        self._cognito.admin_confirm_sign_up(UserPoolId=pool, Username=email)
        return Account(email=email, password=password, sub=signed_up["UserSub"])

    def create(self, email: str, group: Group | None = None) -> Account:
        """Create a user with a verified address, in `group` where one is given."""
        pool, password = self._stack.outputs["UserPoolId"], _password()
        user = self._cognito.admin_create_user(
            UserPoolId=pool,
            Username=email,
            UserAttributes=[{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}],
            MessageAction="SUPPRESS",
        )["User"]
        self._cognito.admin_set_user_password(UserPoolId=pool, Username=email, Password=password, Permanent=True)
        [sub] = [each["Value"] for each in user["Attributes"] if each["Name"] == "sub"]
        account = Account(email=email, password=password, sub=sub)
        if group is not None:
            self.add_to_group(account, group)
        return account

    def add_to_group(self, account: Account, group: Group) -> None:
        """Give somebody a role; tokens from now on say so."""
        self._cognito.admin_add_user_to_group(
            UserPoolId=self._stack.outputs["UserPoolId"], Username=account.email, GroupName=group
        )

    def token(self, account: Account) -> str:
        """An access token, which holds the groups that the user is in now."""
        answer = self._cognito.admin_initiate_auth(
            UserPoolId=self._stack.outputs["UserPoolId"],
            ClientId=self._stack.outputs["UserPoolClientId"],
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": account.email, "PASSWORD": account.password},
        )
        return answer["AuthenticationResult"]["AccessToken"]

    def sign_in(self, account: Account) -> Api:
        """The API as `account` uses it."""
        return Api(self._stack.base_url, self.token(account))


def _password() -> str:
    return f"Aa1!{secrets.token_urlsafe(16)}"
