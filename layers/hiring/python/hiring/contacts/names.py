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


def name_spans(text: str, name: str) -> list[tuple[int, int]]:
    """The spans of `name` in `text`: the whole name anywhere, and each longer part of it where it stands as a name.

    A part is left alone where it belongs to a school or a company ("Stanford University" stays for a Jane Stanford).
    """
    words = [word for word in re.findall(r"[^\W\d_][\w'’\-.]*", name) if word.lower().strip(".") not in _SUFFIXES]
    if not words:
        return []
    spans = [match.span() for match in re.finditer(_flexible(words), text, re.IGNORECASE)]
    if len(words) > 1:
        spans += [match.span() for match in re.finditer(_flexible([words[-1], *words[:-1]], " ,"), text, re.IGNORECASE)]
        ends = [re.escape(words[0]), rf"{re.escape(words[0][0])}\."]
        middle = rf"(?:[ .]+[^\W\d_][\w'’-]*\.?)?[ .]+{_letters(words[-1])}\b"
        spans += [match.span() for match in re.finditer(rf"\b(?:{'|'.join(ends)}){middle}", text, re.IGNORECASE)]
    for word in words:
        if len(word.strip(".")) < 3 or word.lower() in _PARTICLES:
            continue
        for form in {word, word.upper(), word.capitalize()}:
            for match in re.finditer(rf"(?<!\w){_letters(form)}(?!\w)", text):
                if not _ORGANISATION.match(text[match.end() : match.end() + 30]):
                    spans.append(match.span())
    return sorted(set(spans))


def _letters(word: str) -> str:
    """A pattern for `word` with and without its accents."""
    pattern = ""
    for letter in word:
        plain = unicodedata.normalize("NFKD", letter)[0]
        pattern += f"[{re.escape(letter)}{re.escape(plain)}]" if plain != letter else re.escape(letter)
    return pattern


def _flexible(words: list[str], between: str = r"\s,.") -> str:
    return r"(?<!\w)" + f"[{between}]+".join(_letters(word.strip(".")) for word in words) + r"(?!\w)"
