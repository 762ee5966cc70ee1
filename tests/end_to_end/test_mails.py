"""Mails from outside: one click switches a kind off, a bounce ends all, and a mail to support leads to leaving."""

from __future__ import annotations

import json
import re
import secrets
from email.message import EmailMessage
from typing import Any

import pytest

from infra.local import main_job
from infra.local.accounts import Accounts
from infra.local.api import CONNECTIONS, Api
from infra.local.main_job import Candidate, Client
from infra.local.stack import SENDER, SUPPORT, Stack
from tests.end_to_end import scene
from tests.end_to_end.scene import Invited

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def given(product: Stack, client: Client, candidates: list[Candidate]) -> Invited:
    assert candidates
    return scene.invited(product, client)


def _told_of_a_message(product: Stack, given: Invited) -> list[EmailMessage]:
    """The mails that the sending function makes of a message in the conversation."""
    scene.settle(product)
    known = len(product.mailbox.mails())
    [asked] = scene.messages(product, "mail", template="invitation", invitation_id=given.invitation["id"])
    body = {**asked.envelope["body"], "template": "message-to-candidate"}
    envelope = {**asked.envelope, "id": f"out_{secrets.token_hex(13)}", "body": body}
    scene.send(product, "Emails", json.dumps(envelope))
    scene.settle(product)
    return product.mailbox.mails()[known:]


def _address(mail: EmailMessage) -> str:
    return re.search(r"[^\s<>]+@[^\s<>]+", str(mail["To"]))[0]  # type: ignore[index]  # every mail has a recipient


def test_R30_one_click_on_the_header_of_a_mail_switches_off_its_kind(product: Stack, given: Invited) -> None:
    (mail,) = _told_of_a_message(product, given)
    assert str(mail["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    link, by_mail = re.findall(r"<([^>]+)>", re.sub(r"\s", "", str(mail["List-Unsubscribe"])))
    assert by_mail.startswith(f"mailto:{SUPPORT}?subject=unsubscribe%20")
    assert given.mail["List-Unsubscribe"] is None

    assert CONNECTIONS.request("GET", link).status == 200
    answer = CONNECTIONS.request("POST", link, body="List-Unsubscribe=One-Click", headers=FORM, redirect=False)
    assert answer.status == 200

    assert _told_of_a_message(product, given) == []
    assert CONNECTIONS.request("POST", link, body="mails=on", headers=FORM).status == 200


def test_R30_after_a_bounce_the_address_gets_no_mail_and_its_owner_sees_so(
    product: Stack, accounts: Accounts, operator: Api
) -> None:
    email = "bounced@example.com"
    api = accounts.sign_in(accounts.sign_up(email))
    api.put("/me/enrolment", {"open_to_full_time": True, "notice_version": "2026-11"})
    request = operator.post("/operator/support-requests", {"kind": "question", "email": email})
    verify = f"/operator/support-requests/{request['id']}/verify"
    operator.post(verify)
    product.mailbox.wait(to=email)
    [tags] = [each["EmailTags"] for each in _sent_to(product, email)]
    [tag] = [each["Value"] for each in tags if each["Name"] == "address"]
    told = {"type": "Bounce", "message_id": "of-long-ago", "sent_at": "2026-11-20T09:00:00Z", "bounce": "Permanent"}
    scene.send(product, "MailFeedback", json.dumps({**told, "address": tag, "complaint": ""}))
    main_job.wait_for(lambda: api.get("/me")["mails_arrive"] is False or None, "the bounce", 60)

    operator.post(verify)
    scene.settle(product)

    assert len(product.mailbox.mails(to=email)) == 1


def _sent_to(product: Stack, email: str) -> list[dict[str, Any]]:
    """What SES was asked to send to an address."""
    asked = (json.loads(each.read_text()) for each in sorted(product.mailbox.folder.glob("*.json")))
    return [each for each in asked if each["Destination"]["ToAddresses"] == [email]]


def test_R27_a_mail_to_support_leads_to_a_link_at_the_accounts_address_that_opts_out(
    product: Stack, accounts: Accounts, operator: Api
) -> None:
    email = "leaves@example.com"
    api: Api = accounts.sign_in(accounts.sign_up(email))
    api.put("/me/enrolment", {"open_to_full_time": True, "notice_version": "2026-11"})
    bucket = product.outputs["ArtefactsBucket"]
    raw = f"From: <{email}>\r\nTo: {SUPPORT}\r\nSubject: Please take me off\r\n\r\nThank you.\r\n"
    scene.s3(product).put_object(Bucket=bucket, Key="mail/of-a-candidate", Body=raw.encode())

    mail = product.mailbox.wait(to=email, subject="leave")
    assert _address(mail) == email
    assert SENDER in str(mail["From"])
    link = _link(mail)
    assert CONNECTIONS.request("GET", link).status == 200
    assert api.get("/me")["enrolled"] is True
    assert CONNECTIONS.request("POST", link, body="confirm=yes", headers=FORM).status == 200
    assert api.get("/me")["state"] == "OPTED_OUT"
    scene.settle(product)
    assert not scene.s3(product).list_object_versions(Bucket=bucket, Prefix="mail/").get("Versions")

    # Another wish waits for an operator, and for the same proof; then it is carried out by itself.
    scene.s3(product).put_object(
        Bucket=bucket, Key="mail/another", Body=raw.replace("take me off", "erase me").encode()
    )

    def listed() -> dict[str, Any] | None:
        found = operator.get("/operator/support-requests?state=OPEN&limit=100")["items"]
        return next((each for each in found if each["kind"] == "erase"), None)

    request = main_job.wait_for(listed, "the request", 60)
    path = f"/operator/support-requests/{request['id']}"
    assert b"Please erase me" in CONNECTIONS.request("GET", operator.get(f"{path}/mail")["link"]).data
    operator.post(f"{path}/verify")
    confirming = _link(product.mailbox.wait(to=email, subject="confirm"))
    assert CONNECTIONS.request("POST", confirming, body="confirm=yes", headers=FORM).status == 200
    assert "FunctionError" not in scene.call(product, "CloseOverdue", b'{"id": "now"}')
    done = operator.get(path)
    assert (done["state"], done["led_to"]) == ("DONE", api.get("/me/erasure")["id"])


def _link(mail: EmailMessage) -> str:
    """The link in a mail that confirms."""
    body = mail.get_body(("plain",))
    assert body
    link = re.search(r"https?://\S+/o/\S+", body.get_content())
    assert link
    return link[0]
