"""Text as matching sees it: words with their places, lines, and which words carry no subject."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"\.NET\b|[^\W\d_](?:\+{1,2}|#)(?!\w)|[^\W_]+", re.IGNORECASE)
_LINE = re.compile(r"[\s•●▪■◦▸►∙·*](?:(?<=[.!?;]\s)\s*|(?<=\n)\n*|(?<=\S)\s*|\s*[•●▪■◦▸►∙·*]\s*|(?<=\s)[-–—]\s)")
"""White space after the end of a sentence, line breaks, bullets, and dashes between blanks; begins with a set of
characters, which is found fast.
"""

_FUNCTION_WORDS = """
a about above after again all also am an and any are as at be because been before being between both but by
can could did do does doing done during each etc for from further had has have having he her here hers him his
how i if in into is it its just me more most my no nor not of off on once only or other our out over own per
same she should so some such than that the their them then there these they this those through to too under
until up upon us very via was we were what when where which while who whom why will with within without would
you your
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""English words that say how a sentence hangs together and not what it is about."""


class Word(NamedTuple):
    """A word without case and accents, and where it stands: `text[start:end]`, in code points."""

    text: str
    start: int
    end: int


class Line(NamedTuple):
    """A sentence, a bullet or a line: `text[start:end]`, without blanks at either end."""

    start: int
    end: int


def plain(text: str) -> str:
    """`text` without case and accents; the length may differ."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """The words of `text[start:end]` in order; C++, C# and .NET are words."""
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        yield Word(plain(match[0]), *match.span())


def word_texts(text: str, place: Line) -> list[str]:
    """The words of `place` in `text`, as `words` gives them, without where they stand: in a third of the time."""
    line = text[place.start : place.end]
    return _WORD.findall(line.lower()) if line.isascii() else [plain(word) for word in _WORD.findall(line)]


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The sentences, bullets and lines of `text[start:end]` in order; blank ones are left out."""
    end = len(text) if end is None else end
    for match in _LINE.finditer(text, start, end):
        at, after = match.span()
        if start < at and not text[start:at].isspace():
            yield trimmed(text, start, at)
        start = after
    if start < end and not text[start:end].isspace():
        yield trimmed(text, start, end)


def english_share(text: str) -> float:
    """The share of English function words among the words of `text`, 0 to 1; English prose has a third to a half."""
    found = [word.text for word in words(text)]
    return sum(word in FUNCTION_WORDS for word in found) / len(found) if found else 0.0


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without up to two English endings, at least four letters long: `managing` and `management` meet."""
    for _ in range(2):
        shorter = re.sub(r"(?:ations?|ments?|ings?|ions?|ers?|ors?|ies|ied|ed|es|s|e|y)$", "", word)
        if len(shorter) < 4:
            break
        word = shorter
    return word


def trimmed(text: str, start: int, end: int) -> Line:
    """`text[start:end]` without blanks at either end."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Line(start, end)
