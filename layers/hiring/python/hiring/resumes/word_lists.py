"""Lists of words, written as text."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of `text`, which blanks part."""
    return frozenset(text.split())


def names(text: str) -> frozenset[str]:
    """The names in `text`, which commas part."""
    return frozenset(" ".join(name.split()) for name in text.split(","))
