"""Renders the folder of a mail: `subject.txt`, `body.txt` and `body.html`, which escapes every value."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

FOLDER = Path(__file__).parent / "mails"


def render(template: str, values: Mapping[str, object]) -> tuple[str, str, str]:
    """Subject, text and HTML of the mail `template`; a value that a template names and nobody gave raises."""
    subject, text, html = (
        _environment().get_template(f"{template}/{part}").render(values)
        for part in ("subject.txt", "body.txt", "body.html")
    )
    return " ".join(subject.split()), text, html


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
