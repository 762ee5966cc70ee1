"""The titles that a resume bears, latest first: what somebody is, said in a few words."""

from __future__ import annotations

import re

from hiring.resumes.model import Evidence
from hiring.resumes.titles import title_score
from hiring.skills.words import Line, plain

TITLES = 8
"""Titles further down say what somebody was long ago."""
LONGEST = 6
"""Words that a title found in running text has at most."""
SHORT_TEXT = 80
"""Characters of a text that is nothing but a title."""
_WORD = re.compile(r"[^\W_][\w+#&'./-]*")
_BESIDE = re.compile(r" | ?[/&] ?| - ")
"""What may stand between the words of one title."""
_NAMES_OF_PARTS = """
january february march april may june july august september october november december jan feb mar apr jun jul aug
sep sept oct nov dec present current currently to from company name city state summary experience experienced profile
highlights skills accomplishments education professional work objective executive overview qualifications career
history employment services location a an the as for at in on of and with responsibilities
"""
_NO_PART_OF_TITLES = frozenset(_NAMES_OF_PARTS.split())
_AMBIGUOUS_NAMES = "it hr pm qa master model student staff expert crew member loader server charge police"
_AMBIGUOUS = frozenset(_AMBIGUOUS_NAMES.split())
"""Words that only name a trade together with others."""
_NAMES_A_TRADE = 2.0


def titles_of(evidence: Evidence, told: list[Line]) -> list[str]:
    """The headline and the titles of the positions; where the resume was not read into parts, those in its text.

    `told` are the lines that say something new, so that no title counts for being repeated in running text.
    """
    headline = [evidence.headline.value] if evidence.headline is not None else []
    held = [position.title.value for position in evidence.employment if position.title is not None]
    if headline or held or evidence.sections:
        return (headline + held)[:TITLES]
    if len(evidence.text) <= SHORT_TEXT:
        return [evidence.text]
    found = [title for line in told for title in _in_text(evidence.text, line)]
    return found[:TITLES]


def _in_text(text: str, line: Line) -> list[str]:
    """Phrases of capitalised words that end in the name of a trade, in order."""
    words = [(found[0], found.start(), found.end()) for found in _WORD.finditer(text, line.start, line.end)]
    found = []
    first = 0
    for last, (word, _, end) in enumerate(words):
        if not _names_a_trade(word):
            continue
        following = words[last + 1] if last + 1 < len(words) else None
        if following and text[end : following[1]] == " " and _names_a_trade(following[0]):
            continue
        start = last
        while start > first and last - start < LONGEST - 1 and _belongs(text, words[start - 1], words[start]):
            start -= 1
        found.append(text[words[start][1] : end])
        first = last + 1
    return found


def _names_a_trade(word: str) -> bool:
    name = plain(word).rstrip(".,")
    return word[0].isupper() and name not in _AMBIGUOUS and title_score(name) >= _NAMES_A_TRADE


def _belongs(text: str, word: tuple[str, int, int], following: tuple[str, int, int]) -> bool:
    return (
        word[0][0].isupper()
        and word[0][-1] != "."
        and plain(word[0]) not in _NO_PART_OF_TITLES
        and _BESIDE.fullmatch(text[word[2] : following[1]]) is not None
    )
