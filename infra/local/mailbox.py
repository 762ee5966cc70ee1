"""The mails that the local stack sent, whole, as their recipients would get them."""

from __future__ import annotations

import time
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path


class Mailbox:
    """Every mail in the order of sending, read from the folder in which the local stack keeps them as `.eml` files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def mails(self, *, to: str | None = None) -> list[EmailMessage]:
        """All mails, or those to one address."""
        parse = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes
        mails = [parse(each.read_bytes()) for each in sorted(self.folder.glob("*.eml"))]
        return [each for each in mails if to is None or to in str(each["To"])]

    def wait(self, *, to: str, subject: str = "", seconds: float = 60) -> EmailMessage:
        """The newest mail to `to` whose subject holds `subject`, waited for; `TimeoutError` when none came."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if mails := [each for each in self.mails(to=to) if subject.lower() in str(each["Subject"]).lower()]:
                return mails[-1]
            time.sleep(0.2)
        raise TimeoutError(f"no mail to {to} about {subject!r} within {seconds:g} seconds")


def body(mail: EmailMessage, kind: str = "plain") -> str:
    """A mail's text of the media type `text/<kind>`; `LookupError` when it has none."""
    part = mail.get_body((kind,))
    if part is None:
        raise LookupError(f"the mail has no text/{kind}")
    text: str = part.get_content()
    return text
