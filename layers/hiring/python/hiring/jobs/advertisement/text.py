"""The text of an advertisement: folded without losing its offsets, and cut into lines and sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from hiring.jobs.advertisement.model import Confidence, Found

_MARKS = "°•●▪■◦▸►▶∙‣⁃✓✔☑✅➤➔➜⇒→»❖◆◇○"
_BULLET = re.compile(
    rf"[^\S\n]*(?:[{_MARKS}]\ufe0f?[^\S\n]*|(?:[·*+>–—-]|\(?\d{{1,2}}[.)]|\(?[a-h]\)|o(?=[^\S\n]))[^\S\n]+)"
)
_WITHIN = re.compile(rf"\n|(?<=\s)[{_MARKS}](?=\s)")
_ORNAMENT = re.compile(r"(?:[^\w\s()\[\]\"'“”‘’«»„€£$₹%&@+./,:;!?¿¡#<>-]+[^\S\n]+)+")
"""Emojis and other signs before the words of a line."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])|;\s+")
_ABBREVIATION = re.compile(
    r"(?:(?<!\d)\d{1,2}\.|\b(?:Dipl|Ing|Mr|Ms|Prof|Sr|Jr|Co|approx|e\.g|i\.e|z\.B|bzw|ca|etc|inkl|incl|min|mind|St|Dr|"
    r"No|Nr|p\.a|u\.a|d\.h|P\.S|vs)\.)$"
)
_MARKUP = f" \t#*_>–—-·{_MARKS}\ufe0f"
_DOTTED = re.compile(r"(?<![^\W_]{2})[^\W\d_]\.[^\W\d_]\.$")


_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class Line(NamedTuple):
    """A line of content `text[start:end]`, without bullet, markup and blanks."""

    start: int
    end: int
    bullet: bool


def composed(text: str) -> str:
    """The text as all offsets count it: NFC, with line feeds alone."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def folded(text: str) -> str:
    """`text` in small letters without accents, each character in its place."""
    if text.isascii():
        return text.lower()
    return "".join(map(_fold_one, text))


def lines(text: str) -> Iterator[Line]:
    """The lines of content in order; a bullet within a line begins a line, and a wrapped item is one line."""
    start = 0
    last: Line | None = None
    for end in [*(match.start() for match in _WITHIN.finditer(text)), len(text)]:
        bullet = _BULLET.match(text, start, end)
        inner = bullet.end() if bullet else start
        if bullet is None and (ornament := _ORNAMENT.match(text, start, end)):
            inner = ornament.end()
        kept = stripped(text, inner, end)
        if kept[0] < kept[1]:
            if last and bullet is None and last.bullet and _goes_on(text, last.end, kept[0]):
                last = Line(last.start, kept[1], last.bullet)
            else:
                if last:
                    yield last
                last = Line(*kept, bullet is not None)
        start = end + (text[end : end + 1] == "\n")
    if last:
        yield last


def _goes_on(text: str, end: int, start: int) -> bool:
    """Whether the line that starts at `start` goes on with the item that ended at `end`."""
    return start - end < 40 and text.count("\n", end, start) == 1 and text[start].islower()


def one_line(text: str) -> str:
    """Words of an advertisement as one line without signs that steer, as the terms of a job hold it."""
    return " ".join(_STEERING.sub(" ", text).split())


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences and clauses of `text[start:end]`, without blanks."""
    begin = start
    for match in _SENTENCE.finditer(text, start, end):
        if not _ABBREVIATION.search(text, max(begin, match.start() - 8), match.start()):
            yield stripped(text, begin, match.start())
            begin = match.end()
    yield stripped(text, begin, end)


def stripped(text: str, start: int, end: int, away: str = _MARKUP) -> tuple[int, int]:
    """`start` and `end` without blanks and markup at either end."""
    while start < end and (text[start].isspace() or text[start] in away):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in away):
        if text[end - 1] == "." and _DOTTED.search(text, max(start, end - 6), end):
            break
        end -= 1
    return start, end


def found[Value](
    text: str, start: int, end: int, value: Value, confidence: Confidence = Confidence.READ
) -> Found[Value]:
    """A value that `text[start:end]` says."""
    return Found(value=value, start=start, end=end, quote=text[start:end], confidence=confidence)


def _fold_one(character: str) -> str:
    if unicodedata.category(character) == "No":  # a half is no one
        return character
    small = unicodedata.normalize("NFKD", character)[:1].lower()
    return small if len(small) == 1 else character
