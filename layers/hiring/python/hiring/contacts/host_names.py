"""The one grammar of a host in running text, with the ways in which its dots are hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hiring.contacts.domains import ENDINGS

OPEN, CLOSE = r"(?:[\[({<*|_~#\"'-]{1,3}|\.{2,3})", r"(?:[\])}>*|_~#\"'-]{1,3}|\.{2,3})"
_DOT_WORDS = "dot|d0t|punkt|punto|ponto|point|punct|period|kropka|piste"
BRACKETED_DOT = rf"\s{{0,2}}{OPEN}\s?(?:{_DOT_WORDS}|d\so\st|[.,])\s?{CLOSE}\s{{0,2}}"
WORD_DOT = rf"\s{{1,2}}(?:{_DOT_WORDS})\s{{1,2}}"
_PLAIN_DOT = r"\.{1,2}|\s\.\s?|[.,]\s?(?=(?:com|net|org|io|eu)\b)"
DOT = rf"(?:{_PLAIN_DOT}|{BRACKETED_DOT}|{WORD_DOT})"

# A hyphen belongs to a label, unless it stands around a dot in words.
_LABEL = rf"[^\W_](?:(?:-{{1,2}}(?!(?:{_DOT_WORDS})-))?[^\W_]){{0,62}}"
_NAME = re.compile(rf"{_LABEL}(?:{DOT}{_LABEL}){{0,5}}")
_PARTS = re.compile(rf"(?P<label>{_LABEL})(?P<dot>{DOT})?")
_LITERAL_DOT = re.compile(r"\.{1,2}|\s\.\s?")
_LABEL_BEFORE = re.compile(rf"(?<![^\W_])(?<![^\W_]-){_LABEL}\Z")


@dataclass(frozen=True, slots=True)
class HostName:
    """A name with its dots made plain; `hidden` where one of them was written in another way."""

    name: str
    start: int
    end: int
    hidden: bool


def host_at(lower: str, position: int) -> HostName | None:
    """The longest name that begins here and has an ending in use, or a single label."""
    match = _NAME.match(lower, position)
    if match is None:
        return None
    labels: list[str] = []
    hidden = False
    best: HostName | None = None
    for part in _PARTS.finditer(lower, position, match.end()):
        labels.append(part["label"])
        if len(labels) == 1 or (part["label"] in ENDINGS and not labels[-2].isdigit()):
            best = HostName(".".join(labels), position, part.end("label"), hidden)
        if part["dot"] is None:
            break
        hidden = hidden or _LITERAL_DOT.fullmatch(part["dot"]) is None
    return best


def label_before(lower: str, position: int) -> int | None:
    """Where the label that ends here begins."""
    match = _LABEL_BEFORE.search(lower[max(0, position - 64) : position])
    return None if match is None else max(0, position - 64) + match.start()
