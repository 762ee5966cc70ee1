"""The form of a web page, filled in and sent as a browser would without scripts."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import urllib3

from infra.local.api import CONNECTIONS


@dataclass
class Form:
    """A page's form: where it goes, its hidden fields, and its buttons as (name, value) pairs."""

    action: str
    method: str
    hidden: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def press(self, value: str) -> urllib3.BaseHTTPResponse:
        """Press the button of this `value`; `RuntimeError` when there is none."""
        chosen = [each for each in self.buttons if each[1] == value]
        if not chosen:
            raise RuntimeError(f"the form has no button {value!r}, only {[each[1] for each in self.buttons]}")
        return CONNECTIONS.request(
            self.method.upper(), self.action, fields={**self.hidden, **dict(chosen[:1])}, encode_multipart=False
        )


def open_page(url: str) -> str:
    """Get a page; `RuntimeError` where it does not open."""
    response = CONNECTIONS.request("GET", url)
    if response.status != 200:
        raise RuntimeError(f"the page does not open: {response.status}")
    return response.data.decode()


def form_of(page: str, url: str) -> Form:
    """The one form of the page that `url` led to; `RuntimeError` when there is none."""
    parser = _Forms(url)
    parser.feed(page)
    if not parser.forms:
        raise RuntimeError("the page has no form")
    return parser.forms[0]


class _Forms(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._url = url

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self._url, attributes.get("action", ""))
            self.forms.append(Form(action=action or self._url, method=attributes.get("method", "get")))
        elif self.forms and tag == "input" and attributes.get("type") == "hidden":
            self.forms[-1].hidden[attributes["name"]] = attributes.get("value", "")
        elif self.forms and (tag == "button" or (tag == "input" and attributes.get("type") == "submit")):
            self.forms[-1].buttons.append((attributes.get("name", ""), attributes.get("value", "")))
