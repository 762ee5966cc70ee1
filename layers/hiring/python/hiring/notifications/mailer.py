"""The port that mails leave by."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

from hiring.notifications.model import Mail

if TYPE_CHECKING:
    from mypy_boto3_sesv2.client import SESV2Client
    from mypy_boto3_sesv2.type_defs import ContentTypeDef


class Mailer(Protocol):
    """Sends a mail and returns the id under which the carrier took it."""

    def send(self, mail: Mail) -> str:
        """Send one mail; raises where the carrier did not take it."""
        ...


ADDRESS_TAG = "address"
"""What the tag is called that holds the digest of a mail's address."""

_PAUSES = (0.5, 1.0, 2.0)
"""Seconds between tries of a mail that SES refused for going too fast: then it certainly did not go out."""


class SesMailer:
    """Amazon SES, version 2. Errors of AWS pass through as botocore raises them."""

    def __init__(self, client: SESV2Client, *, sender: str, configuration_set: str) -> None:
        self._client = client
        self._sender = sender
        self._configuration_set = configuration_set

    def send(self, mail: Mail) -> str:
        """Send one mail and return SES's message id. Refused for going too fast, it is tried again in a while."""
        for wait in _PAUSES:
            try:
                return self._send(mail)
            except self._client.exceptions.TooManyRequestsException:
                time.sleep(wait)
        return self._send(mail)

    def _send(self, mail: Mail) -> str:
        headers = {"X-Correlation-Id": mail.correlation_id, "Auto-Submitted": "auto-generated", **mail.headers}
        answer = self._client.send_email(
            FromEmailAddress=self._sender,
            Destination={"ToAddresses": [mail.to.address]},
            Content={
                "Simple": {
                    "Subject": _utf8(mail.subject),
                    "Body": {"Text": _utf8(mail.text), "Html": _utf8(mail.html)},
                    "Headers": [{"Name": name, "Value": value} for name, value in headers.items()],
                }
            },
            ConfigurationSetName=self._configuration_set,
            EmailTags=[{"Name": ADDRESS_TAG, "Value": mail.to.digest}],
        )
        return answer["MessageId"]


def _utf8(text: str) -> ContentTypeDef:
    return {"Data": text, "Charset": "UTF-8"}
