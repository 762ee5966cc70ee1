"""A shortlist, a run's funnel and a mail as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

from infra.local.mailbox import body

MARKS = {"met": "✓", "partly": "~", "not-shown": "·"}


def funnel(told: dict[str, Any]) -> Iterator[str]:
    """How many were considered, what left the others out, and what left nobody where nobody is left."""
    yield f"{told['considered']} considered, {told['listed']} listed"
    for reason, number in sorted(told["left_out"].items(), key=lambda each: (-each[1], each[0])):
        if number:
            yield f"left out by {reason}: {number}"
    if told["emptied_by"]:
        yield "nobody is left because of: " + "; ".join(told["emptied_by"])


def entry(told: dict[str, Any]) -> Iterator[str]:
    """One entry of a shortlist, each requirement with the line of the resume that shows it."""
    headline = f" · {told['headline']}" if told.get("headline") else ""
    yield f"{told['rank']:>3}. {told['score']:>5}  {told['band']:<8} {told['candidate_reference']}{headline}"
    for verdict in told["verdicts"]:
        kind = "" if verdict["kind"] == "must-have" else " (nice to have)"
        yield f"       {MARKS[verdict['verdict']]} {verdict['requirement']}{kind}: {_shown(verdict)}"
    unstated = [each["code"] for each in told["preferences"] if each["verdict"] == "not-stated"]
    if unstated:
        yield f"       ? not stated: {', '.join(unstated)}"


def _shown(verdict: dict[str, Any]) -> str:
    if verdict["quote"] is None:
        return "not shown"
    quote = " ".join(verdict["quote"].split())
    years = "" if verdict["years"] is None else f", {verdict['years']:g} years"
    return f"{verdict['verdict']}{years}: “{quote}”"


def mail(told: EmailMessage) -> Iterator[str]:
    """A mail as its reader gets it."""
    for header in ("From", "To", "Subject"):
        yield f"{header}: {told[header]}"
    yield ""
    yield from body(told).rstrip().splitlines()
