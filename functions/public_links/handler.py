"""What anybody may open: the pages behind links in mails, the reference of this API, and what its errors mean."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs

from aws_lambda_powertools.event_handler import Response
from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup, escape

from hiring.invitations import actions as invitations
from hiring.invitations import store as invitation_store
from hiring.invitations.model import Invitation, InvitationAnswer, InvitationState
from hiring.invitations.wording import pay_in_words, place_in_words
from hiring.notifications import subscriptions
from hiring.notifications.model import Kind
from hiring.notifications.subscriptions import Subscription
from hiring.reviews import actions as reviews
from hiring.shared.clock import utc_now
from hiring.shared.errors import FieldError, IllegalMove, InvalidRequest, NotFound
from hiring.shared.files import artefacts
from hiring.shared.links import Purpose, signing_key, verify
from hiring.shared.problems import CONTENT_TYPE as PROBLEM
from hiring.shared.problems import explanations
from hiring.shared.table import table
from hiring.shared.values import Document
from hiring.shared.web import JSON, resolver, serve
from hiring.support import actions as support
from hiring.support import store as support_store
from hiring.support.model import RequestKind, RequestState, SupportRequest
from hiring.support.wording import ASKED

HTML = "text/html; charset=utf-8"
_FOLDER = Path(__file__).parent
_LONGEST_FORM = 1_000
_LINKS = ("/r/", "/v/", "/u/", "/o/")

app = resolver(open_to_strangers=True)


class Health(Document):
    """That this deployment answers."""

    status: Literal["ok"]


@app.get("/health", tags=["Public"])
def health() -> Health:
    """Does this deployment answer?"""
    return Health(status="ok")


@app.get("/r/<token>", tags=["Public"])
def show_invitation(token: str) -> Response[str]:
    """Read an invitation by the link of its mail. Nothing changes by reading it."""
    return _invitation_page(200, _invitation(token))


@app.post("/r/<token>", tags=["Public"])
def answer_invitation(token: str) -> Response[str]:
    """Accept or decline an invitation by the form of its page. The first answer wins."""
    invitation_id = _invitation(token).id
    try:
        invitations.answer(table(), invitation_id, _stated_answer(), now=utc_now())
    except IllegalMove as illegal:
        if not _wants_page(app.current_event.raw_event):
            raise
        return _invitation_page(illegal.status, _invitation(token), refused=True)
    # Relative to this very page, so that it holds behind every host and stage.
    return Response(303, HTML, body="", headers={"Location": token})


@app.get("/v/<token>", tags=["Public"])
def show_resume(token: str) -> Response[str]:
    """Read a candidate's resume by the link that a client member asked for."""
    from hiring.resumes.client_view import STYLE_HASH

    page = reviews.resume_page(table(), artefacts(), token, now=utc_now())
    return Response(200, HTML, body=page, headers=_strict_headers(f"style-src '{STYLE_HASH}'; form-action 'none'"))


@app.get("/u/<token>", tags=["Public"])
def show_subscription(token: str) -> Response[str]:
    """See whether I get a kind of mail, by the link of such a mail. Nothing changes by reading it."""
    return _subscription_page(_subscription(token))


@app.post("/u/<token>", tags=["Public"])
def unsubscribe(token: str) -> Response[str]:
    """Switch a kind of mail off, by the form of its page or by one click in a mail program (RFC 8058).

    The same form with `mails=on` switches it on again.
    """
    subscription = _subscription(token)
    # Whatever else a mail program sends, in whatever encoding, it sends because somebody wants no more mails.
    on = parse_qs((app.current_event.body or "")[:_LONGEST_FORM]).get("mails") == ["on"]
    subscriptions.switch(table(), subscription, on=on, now=utc_now())
    # No redirect: mail programs do not follow one.
    return _subscription_page(subscription)


@app.get("/o/<token>", tags=["Public"])
def show_request(token: str) -> Response[str]:
    """See what support was asked for in my name, such as opting out. Nothing changes by reading it."""
    return _request_page(_support_request(token))


@app.post("/o/<token>", tags=["Public"])
def confirm_request(token: str) -> Response[str]:
    """Confirm by the form of the page that I asked for it. Opting out counts at once."""
    return _request_page(support.confirm(table(), _support_request(token).id, now=utc_now()))


@app.get("/openapi.json", tags=["Public"])
def openapi() -> Response[str]:
    """This API as an OpenAPI document."""
    return Response(200, JSON, body=_openapi_document())


@app.get("/docs", tags=["Public"])
def reference() -> Response[str]:
    """This API as a page to read."""
    return Response(200, HTML, body=_reference(), headers=_page_headers())


@app.get("/problems/<code>", tags=["Public"])
def explain_problem(code: str) -> Response[str]:
    """What an error code means and asks for."""
    found = _explanations()
    if code not in found:
        raise NotFound
    status, title, explanation = found[code]
    return _page(200, "explanation.html", code=code, http_status=status, title=title, explanation=explanation)


@cache
def _explanations() -> Mapping[str, tuple[int, str, str]]:
    """What every error of this API means, also of those that cannot happen behind a link."""
    import hiring.messaging.model
    import hiring.offers.model  # noqa: F401  # an error is known once its module is

    return explanations()


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request of anybody; errors are pages for people and problem details for programs."""
    method = event["httpMethod"]
    answer = serve(app, {**event, "httpMethod": "GET"} if method == "HEAD" else event, context)
    headers = answer["multiValueHeaders"]
    if "Allow" in headers:
        headers["Allow"] = [", ".join(sorted({*headers["Allow"][0].split(", "), "HEAD", "OPTIONS"}))]
        if method == "OPTIONS":
            return {**answer, "statusCode": 204, "body": ""}
    if headers.get("Content-Type") == [PROBLEM] and _wants_page(event):
        answer["body"] = _render("problem.html", problem=json.loads(answer["body"]))
        headers.update({name: [value] for name, value in _page_headers().items()}, **{"Content-Type": [HTML]})
    if method == "HEAD":
        answer["body"] = ""
    return answer


def _invitation(token: str) -> Invitation:
    invitation_id = verify(token, Purpose.RESPOND, now=utc_now(), key=signing_key())
    return invitation_store.invitation(table(), invitation_id).at(utc_now())


def _subscription(token: str) -> Subscription:
    return subscriptions.of_link(token, key=signing_key(), now=utc_now())


def _subscription_page(subscription: Subscription) -> Response[str]:
    on = subscriptions.takes(table(), subscription)
    return _page(200, "subscription.html", on=on, messages=subscription.kind is Kind.MESSAGES)


def _support_request(token: str) -> SupportRequest:
    request_id = verify(token, Purpose.CONFIRM_REQUEST, now=utc_now(), key=signing_key())
    return support_store.request(table(), request_id)


def _request_page(request: SupportRequest) -> Response[str]:
    if request.kind is RequestKind.OPT_OUT and request.state in {RequestState.VERIFYING, RequestState.DONE}:
        return _page(200, "leaving.html", left=request.state is RequestState.DONE)
    return _page(
        200,
        "request.html",
        asked=ASKED[request.kind],
        waits=request.state is RequestState.VERIFYING,
        confirmed=request.state in {RequestState.VERIFIED, RequestState.DONE},
        done=request.state is RequestState.DONE and request.led_to is None,
        begins=request.begins or request.led_to is not None,
    )


def _stated_answer() -> InvitationAnswer:
    try:
        body = app.current_event.decoded_body or ""
        return InvitationAnswer(parse_qs(body[:_LONGEST_FORM])["answer"][-1])
    except (ValueError, LookupError):
        fault = FieldError("/answer", "enum", "Say answer=accept or answer=decline.")
        raise InvalidRequest("Choose Accept or Decline.", errors=[fault]) from None


def _invitation_page(status: int, invitation: Invitation, *, refused: bool = False) -> Response[str]:
    return _page(
        status,
        "invitation.html",
        invitation=invitation,
        position=invitation.position,
        pay=pay_in_words(invitation.position.pay),
        place=place_in_words(invitation.position.work_mode, *invitation.position.places),
        open=invitation.state is InvitationState.SENT,
        outcome=_told(invitation),
        refused=refused,
    )


def _told(invitation: Invitation) -> str | None:
    """What became of the invitation, None while it waits for an answer."""
    day = f"{invitation.answered_at or invitation.expires_at:%-d %B %Y}"
    return {
        InvitationState.SENT: None,
        InvitationState.ACCEPTED: f"You accepted this invitation on {day}. Go on in the conversation in your account.",
        InvitationState.DECLINED: f"You declined this invitation on {day}. There is nothing else to do.",
        InvitationState.EXPIRED: f"This invitation expired on {day}. It cannot be answered any more.",
        InvitationState.WITHDRAWN: "The client withdrew this invitation. There is nothing else to do.",
        InvitationState.HIRED: f"You accepted this invitation on {day}, and an offer after it. All the best!",
        InvitationState.CLOSED: "This invitation is closed. There is nothing else to do. Thank you for your time.",
    }[invitation.state]


def _wants_page(event: Mapping[str, Any]) -> bool:
    """Whether a person reads the answer: a browser, or whoever opens a link and does not ask for JSON."""
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    accepted = str(headers.get("accept") or "")
    return "text/html" in accepted or (
        event["path"].startswith(("/r/", "/v/", "/u/", "/o/")) and "json" not in accepted
    )


def _page(status: int, template: str, **values: object) -> Response[str]:
    return Response(status, HTML, body=_render(template, **values), headers=_page_headers())


def _page_headers() -> dict[str, str | list[str]]:
    """A page loads nothing, runs nothing, is shown in no frame, and tells nobody its address, which holds a token."""
    style_hash = b64encode(sha256(_style().encode()).digest()).decode()
    return _strict_headers(f"style-src 'sha256-{style_hash}'; form-action 'self'")


def _strict_headers(allowed: str) -> dict[str, str | list[str]]:
    policy = f"default-src 'none'; {allowed}; base-uri 'none'; frame-ancestors 'none'"
    return {"Content-Security-Policy": policy, "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


def _render(template: str, **values: object) -> str:
    return _pages().get_template(template).render(style=Markup(_style()), **values)  # noqa: S704  # our own file


@cache
def _pages() -> Environment:
    pages = Environment(
        loader=FileSystemLoader(_FOLDER / "pages"),
        autoescape=select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["marked"] = _marked
    return pages


def _marked(text: str) -> Markup:
    """Documentation with what stands between backticks as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text or ""))))  # noqa: S704  # escaped before


@cache
def _style() -> str:
    return (_FOLDER / "pages" / "style.css").read_text()


@cache
def _openapi_document() -> str:
    return (_FOLDER / "openapi.json").read_text()


@cache
def _reference() -> str:
    api = json.loads(_openapi_document())
    groups: dict[str, list[dict[str, Any]]] = {tag["name"]: [] for tag in api["tags"]}
    for path, calls in api["paths"].items():
        for method, call in calls.items():
            groups[call["tags"][0]].append({**call, "method": method.upper(), "path": path})
    return _render("reference.html", api=api, groups=groups)
