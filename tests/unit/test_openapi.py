from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from functions import openapi


@pytest.fixture(scope="module")
def api() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(openapi.TARGET.read_text())
    return document


def _calls(api: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in api["paths"].items():
        for method, call in item.items():
            yield method, path, call


def _headers(call: dict[str, Any]) -> set[str]:
    return {each["name"] for each in call.get("parameters", []) if each["in"] == "header"}


def test_the_document_is_what_the_handlers_say_today() -> None:
    assert openapi.TARGET.read_text() == openapi.text(), "write it again: make openapi"


def test_the_document_is_valid_openapi_3_1(api: dict[str, Any]) -> None:
    assert api["openapi"].startswith("3.1.")
    assert list(OpenAPIV31SpecValidator(api).iter_errors()) == []


def test_every_call_has_a_name_of_its_own_an_audience_and_a_sentence(api: dict[str, Any]) -> None:
    names = Counter(call["operationId"] for _, _, call in _calls(api))

    assert [name for name, count in names.items() if count > 1] == []
    for _, path, call in _calls(api):
        assert call["summary"], path
        assert call["tags"][0] in openapi.TAGS


def test_every_call_but_public_ones_needs_a_token(api: dict[str, Any]) -> None:
    for _, path, call in _calls(api):
        assert call["security"] == ([] if call["tags"] == ["Public"] else [{"accessToken": []}]), path
    public = {path for _, path, call in _calls(api) if call["tags"] == ["Public"]}
    links = {f"/{purpose}/{{token}}" for purpose in ("r", "v", "u", "o")}
    assert public == {*links, "/health", "/docs", "/openapi.json", "/problems/{code}"}


def test_R19_no_call_for_candidates_or_everybody_lists_shows_or_applies_to_a_job(api: dict[str, Any]) -> None:
    paths = {path for _, path, call in _calls(api) if call["tags"][0] in {"Candidate", "Public", "Conversations"}}

    assert not [path for path in paths if "job" in path or "appl" in path]
    assert [method for method, path, _ in _calls(api) if path == "/conversations"] == ["get"]


CHANGE_NOTHING = ("/jobs/draft", "/jobs/{job_id}/what-if")
"""What is asked with a body and stores nothing."""


def test_every_post_that_acts_takes_an_idempotency_key(api: dict[str, Any]) -> None:
    for method, path, call in _calls(api):
        acts = method == "post" and call["tags"] != ["Public"] and path not in CHANGE_NOTHING
        assert ("Idempotency-Key" in _headers(call)) is acts, path


def test_documents_are_changed_with_the_version_that_was_read(api: dict[str, Any]) -> None:
    preferences = api["paths"]["/me/preferences"]

    assert "If-Match" in _headers(preferences["put"])
    assert {"412", "428"} <= set(preferences["put"]["responses"])
    assert "If-None-Match" in _headers(preferences["get"])
    assert "304" in preferences["get"]["responses"]


def test_every_error_is_a_problem(api: dict[str, Any]) -> None:
    for _, path, call in _calls(api):
        for status, response in call["responses"].items():
            if status.startswith("4"):
                kind = "PageProblem" if {"{token}", "{code}"} & set(path.split("/")) else "Problem"
                assert response == {"$ref": f"#/components/responses/{kind}{status}"}, path
    for name, response in api["components"]["responses"].items():
        pages = ["text/html"] if name.startswith("PageProblem") else []
        assert list(response["content"]) == ["application/problem+json", *pages]
    assert not [name for name in api["components"]["schemas"] if "ValidationError" in name]


def test_unknown_fields_are_refused_by_the_schemas_too(api: dict[str, Any]) -> None:
    open_to_anything = [
        name
        for name, schema in api["components"]["schemas"].items()
        if schema.get("type") == "object" and schema.get("additionalProperties") is not False
    ]

    assert open_to_anything == []
