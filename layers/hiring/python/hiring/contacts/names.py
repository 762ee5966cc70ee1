"""Where a person's name stands in a text: whole, reordered, with initials, in capitals, or only its family name."""

from __future__ import annotations

import re
import unicodedata

_PARTICLES = frozenset(
    {
        "de",
        "da",
        "do",
        "dos",
        "del",
        "della",
        "der",
        "den",
        "van",
        "von",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ben",
        "ibn",
        "y",
        "e",
        "zu",
        "di",
        "du",
        "st",
    }
)
_SUFFIXES = frozenset(
    {"jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "cpa", "rn", "esq", "pmp", "dr", "mr", "mrs", "ms", "prof"}
)
_ORGANISATION = re.compile(
    r"^\W{0,2}(?:university|college|school|institute|academy|universit|hochschule|hospital|foundation|airport|"
    r"high|inc|llc|ltd|gmbh|"
    r"corp|company|& |and sons|street|avenue|road)",
    re.IGNORECASE,
)


_ADDRESS = r"\b(?:Dr|Mr|Mrs|Ms|Mx|Miss|Prof|Sir|Herr|Frau|Mme|Mlle|Monsieur|Madame|Sig|Sra?|Dhr|Mevr)\.?[ ]+"
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Letters of scripts that write no blanks around a name: kana, Chinese characters, hangul."""
_APOSTROPHES, _HYPHENS = "'\u2019\u02bc\u2018", "-\u2010\u2011\u2013"
_LEAST_JOINED = 7
"""Letters: a shorter name written as one word ("jodoe") may be an ordinary word."""


def name_spans(text: str, name: str) -> list[tuple[int, int]]:
    """The spans of `name` in `text`: the whole name anywhere, and each longer part of it where it stands as a name.

    A name that is given in two scripts is looked for in each. A part is left alone where it belongs to a school or a
    company ("Stanford University" stays for a Jane Stanford).
    """
    words = [word for word in re.findall(r"[^\W\d_][\w'\u2019\-.]*", name) if word.lower().strip(".") not in _SUFFIXES]
    spans: list[tuple[int, int]] = []
    for latin in (True, False):
        spans += _spans_of(text, [word for word in words if _is_latin(word) == latin])
    return sorted(set(spans))


def _is_latin(word: str) -> bool:
    return "LATIN" in unicodedata.name(word[0], "")


def _spans_of(text: str, words: list[str]) -> list[tuple[int, int]]:
    if not words:
        return []
    if any(_UNSPACED.match(word) for word in words):
        letters = "".join(words)
        pattern = r"\s*".join(map(re.escape, letters)) if len(letters) > 1 else rf"(?<!\w){re.escape(letters)}(?!\w)"
        return [match.span() for match in re.finditer(pattern, text)]
    patterns = [_flexible(words)]
    if len(words) > 1:
        initial = rf"\b(?:{_letters(words[0])}|{re.escape(words[0][0])}\.)"
        patterns += [
            _flexible([words[-1], *words[:-1]], "[ ,]+"),
            rf"{initial}(?:[ .]+[^\W\d_][\w'\u2019-]*\.?)?[ .]+{_letters(words[-1])}\b",
        ]
        ends = [words[0], words[-1]]
        for joined in (words, ends, ends[::-1]):
            if sum(map(len, joined)) >= _LEAST_JOINED:
                patterns.append(_flexible(joined, "[._-]?"))
    spans = [match.span() for each in patterns for match in re.finditer(each, text, re.IGNORECASE)]
    for part in dict.fromkeys(part for word in words for part in (word, *re.split(r"[-\u2010\u2011]", word))):
        spans += _part_spans(text, part)
    return spans


def _part_spans(text: str, word: str) -> list[tuple[int, int]]:
    """Where one word of the name stands, as it is, in capitals or with a capital; a short one after "Dr" alone."""
    if word.lower() in _PARTICLES or len(word.strip(".")) < 2:
        return []
    before = r"(?<!\w)" if len(word.strip(".")) > 2 else _ADDRESS
    return [
        match.span("word")
        for form in {word, word.upper(), word.capitalize()}
        for match in re.finditer(rf"{before}(?P<word>{_letters(form)})(?!\w)", text)
        if not _ORGANISATION.match(text[match.end() : match.end() + 30])
    ]


def _letters(word: str) -> str:
    """A pattern for `word` with and without its accents, and with any form of its apostrophes and hyphens."""
    pattern = ""
    for letter in word:
        plain = unicodedata.normalize("NFKD", letter)[0]
        alike = next((each for each in (_APOSTROPHES, _HYPHENS) if letter in each), "")
        if alike:
            pattern += f"[{re.escape(alike)}]"
        else:
            pattern += f"[{re.escape(letter)}{re.escape(plain)}]" if plain != letter else re.escape(letter)
    return pattern


def _flexible(words: list[str], between: str = r"[\s,.]+") -> str:
    return r"(?<!\w)" + between.join(_letters(word.strip(".")) for word in words) + r"(?!\w)"
