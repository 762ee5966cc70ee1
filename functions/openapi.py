"""Writes `functions/public_links/openapi.json`: OpenAPI 3.1 of all handlers, from the models that they validate with.

What a handler demands beside its body (`Idempotency-Key`, `If-Match`) is found in what it calls, so that it cannot
drift from the code. The handlers are imported by name, and only when the document is made.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from types import FunctionType
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayRestResolver

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "functions" / "public_links" / "openapi.json"
AUTHENTICATED = ("candidate_api", "client_api", "invitation_api", "conversation_api", "operator_api")
PUBLIC = "public_links"

TITLE = "Matching candidates to full-time jobs"
DESCRIPTION = """
Candidates enrol, hand in a resume and answer invitations; clients submit full-time jobs, read shortlists and invite;
both talk in conversations.

Send JSON and a Cognito access token. Errors are problem details (RFC 9457) with a stable code. A POST that acts takes
an `Idempotency-Key`: repeated with the same key it gives the same answer and acts once. Documents carry an `ETag`;
changing one takes it back as `If-Match`. Listings are pages: follow `next_cursor`. Times are RFC 3339 in UTC, money is
in minor units. Unknown fields are refused.
"""
TAGS = {
    "Candidate": "For people who are open to full-time jobs (group `candidate`).",
    "Client": "For members of organisations that hire (group `client`).",
    "Conversations": "For both.",
    "Operator": "For those who run this (group `operator`).",
    "Public": "For everybody, or for whoever holds a signed link.",
}
PROBLEMS = {
    "400": "Not understood",
    "401": "Sign in first",
    "403": "The role does not allow this",
    "404": "No such thing, or somebody else's",
    "409": "The current state does not allow this, or somebody changed it at the same time",
    "410": "The link has expired",
    "412": "It was changed since it was read",
    "415": "Send JSON",
    "422": "The request breaks a rule; `errors` names each field",
    "428": "`If-Match` is needed",
    "429": "Too many requests; see `Retry-After`",
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "New for each thing to do, the same for each repeat of it (24 hours)",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": 'The ETag that was read; a document that was never set has the ETag `"0"`',
    "schema": {"type": "string", "pattern": r'^("[^"]{1,100}"|[0-9]{1,100})$'},
}
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "An ETag; 304 where the document still has it",
    "schema": {"type": "string"},
}
ETAG = {"ETag": {"description": "The document's version", "schema": {"type": "string"}}}
LOCATION = {"Location": {"description": "Where it can be read", "schema": {"type": "string"}}}


def _form(name: str, *choices: str, required: bool) -> dict[str, Any]:
    """The body of a page's form with one field."""
    field = {"type": "string", "enum": list(choices)}
    schema = {"type": "object", "properties": {name: field}} | ({"required": [name]} if required else {})
    return {"required": required, "content": {"application/x-www-form-urlencoded": {"schema": schema}}}


FORMS = {
    "answer_invitation": _form("answer", "accept", "decline", required=True),
    "unsubscribe": _form("mails", "off", "on", required=False),
    "confirm_request": _form("confirm", "yes", required=False),
}
"""What the handlers take that answer a form."""
PAGE_PROBLEM = "PageProblem"
PAGE = {"text/html": {"schema": {"type": "string"}}}
SEE_OTHER = {"description": "Answered; the page says what it led to", "headers": LOCATION}

SIGNED = r"^[A-Za-z0-9_-]+[.][A-Za-z0-9_-]{43}$"
"""What a cursor looks like: something encoded, and the seal on it."""

type Json = dict[str, Any]


def document() -> Json:
    """The whole API."""
    paths: dict[str, Json] = {}
    schemas: Json = {}
    for name in (*AUTHENTICATED, PUBLIC):
        app = import_module(f"functions.{name}.handler").app
        described = json.loads(app.get_openapi_json_schema(title="", version=""))
        found = described["components"]["schemas"]
        if clashes := sorted(each for each in found if schemas.get(each, found[each]) != found[each]):
            raise ValueError(f"two models share a name: {', '.join(clashes)}")
        schemas |= found
        for path, method, function in _routes(app):
            call = _call(described["paths"][path][method], function, method, public=name == PUBLIC)
            paths.setdefault(path, {})[method] = call
    from hiring.shared.problems import Problem

    own = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= {**own.pop("$defs"), "Problem": own}
    schemas = {name: _tidy(schema) for name, schema in sorted(schemas.items()) if "ValidationError" not in name}
    return {
        "openapi": "3.1.0",
        "info": {"title": TITLE, "version": "1", "description": _flowing(DESCRIPTION)},
        "servers": [{"url": "/v1"}],
        "tags": [{"name": name, "description": description} for name, description in TAGS.items()],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": {
                f"{kind}{status}": _problem(description, page=kind == PAGE_PROBLEM)
                for kind in ("Problem", PAGE_PROBLEM)
                for status, description in {**PROBLEMS, "": "Another error"}.items()
            },
            "securitySchemes": {
                "accessToken": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "A Cognito access token with the scope `aws.cognito.signin.user.admin`",
                }
            },
        },
    }


def text() -> str:
    """The document as it is written."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def _routes(app: APIGatewayRestResolver) -> Iterator[tuple[str, str, FunctionType]]:
    for route in app._static_routes + app._dynamic_routes:
        yield route.openapi_path, route.method.lower(), route.func  # type: ignore[misc]  # always a function of ours


def _call(described: Json, function: FunctionType, method: str, *, public: bool) -> Json:
    """One call: what the framework knows of it, with our names, headers and errors."""
    calls = frozenset(_names_used(function))
    acts = "once" in calls
    parameters = [_parameter(_tidy(each)) for each in described.get("parameters", [])]
    body = _tidy(described.get("requestBody"))
    responses = {
        status: _success(status, response)
        for status, response in described["responses"].items()
        if status.startswith("2")
    }
    problems = _problems(method, calls, acts=acts, public=public, parameters=parameters, body=body)
    parameters += [IDEMPOTENCY_KEY] * acts + [IF_MATCH] * ("read_version" in calls)
    if "document" in calls:
        responses["200"]["headers"] = ETAG
        if method == "get":
            parameters.append(IF_NONE_MATCH)
            responses["304"] = {"description": "The document still has this ETag", "headers": ETAG}
    shows_page = bool(calls & {"_page", "_strict_headers"})
    if shows_page:
        responses = {"200": {"description": "A page", "content": PAGE}}
    body = FORMS.get(function.__name__, body)
    if function.__name__ == "answer_invitation":
        responses = {"303": SEE_OTHER}
    return {
        "tags": described["tags"],
        "operationId": f"{described['tags'][0].lower()}_{function.__name__}",
        "summary": _documentation(function).partition(". ")[0].rstrip("."),
        "description": _documentation(function),
        "security": [] if public else [{"accessToken": []}],
        **({"parameters": parameters} if parameters else {}),
        **({"requestBody": body} if body else {}),
        "responses": {
            **dict(sorted(responses.items())),
            **{status: _refers_to_problem(status, page=shows_page) for status in problems},
            "default": _refers_to_problem("", page=shows_page),
        },
    }


def _problems(
    method: str, calls: frozenset[str], *, acts: bool, public: bool, parameters: Sequence[Json], body: Json | None
) -> list[str]:
    """The errors that a call can end in, by what it takes and does."""
    places = {each["in"] for each in parameters}
    found = {
        ("401", "403", "404"): not public,
        ("400", "422"): "query" in places,
        ("404",): "path" in places,
        ("400", "415", "422"): body is not None,
        ("409", "422", "429"): method != "get",
        ("400",): acts,
        ("400", "412", "428"): "read_version" in calls,
        ("410",): "token" in {each["name"] for each in parameters},
    }
    return sorted({status for statuses, applies in found.items() if applies for status in statuses})


def _success(status: str, response: Json) -> Json:
    """An answer that is none of an error; one without a body has no content."""
    made: Json = {"description": response["description"]}
    if made["description"] == "Successful Response":
        made["description"] = "Done"
    if status in {"201", "202"}:
        made["headers"] = LOCATION
    if status != "204":
        made["content"] = _tidy(response["content"])
    return made


def _parameter(described: Json) -> Json:
    """A parameter as the framework knows it; of a cursor also what it looks like."""
    if described["name"] != "cursor":
        return described
    described["schema"] = {"type": "string", "pattern": SIGNED}
    return described


def _refers_to_problem(status: str, *, page: bool) -> Json:
    return {"$ref": f"#/components/responses/{PAGE_PROBLEM if page else 'Problem'}{status}"}


def _problem(description: str, *, page: bool) -> Json:
    """An error: problem details, and a page for whoever opened a link in a browser."""
    schema = {"$ref": "#/components/schemas/Problem"}
    content = {"application/problem+json": {"schema": schema}}
    return {"description": description, "content": {**content, **PAGE} if page else content}


def _documentation(function: FunctionType) -> str:
    return _flowing(function.__doc__ or "")


def _flowing(text: str) -> str:
    """Paragraphs without the line breaks of the source."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in cleandoc(text).strip().split("\n\n"))


def _names_used(function: FunctionType, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """The names that a handler calls, itself and through helpers of its own module."""
    for name in function.__code__.co_names:
        yield name
        helper = function.__globals__.get(name)
        if isinstance(helper, FunctionType) and helper.__module__ == function.__module__ and name not in seen:
            yield from _names_used(helper, seen | {name})


def _tidy(schema: Any, *, names: bool = False) -> Any:
    """A schema without the titles that only repeat names, and with whole numbers written as such."""
    if isinstance(schema, list):
        return [_tidy(each) for each in schema]
    if isinstance(schema, float) and schema.is_integer():
        return int(schema)
    if not isinstance(schema, dict):
        return schema
    return {
        key: _tidy(value, names=key in {"properties", "schemas"})
        for key, value in schema.items()
        if names or key != "title"
    }


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    TARGET.write_text(text())
    print(f"{TARGET.relative_to(ROOT)} written")  # noqa: T201  # what a command says
