"""What the skill tagger sees of a word: itself, how it is written, its neighbours, and the taxonomy's names around it.

Training and tagging both read this module, so a change here asks for new weights (`layers/models/training`).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hiring.skills.taxonomy import Taxonomy
from hiring.skills.words import plain, stem

_TOKEN = re.compile(r"<[A-Z]+>|█+|[^\W_]+(?:[+#]+(?!\w))?|\.(?=\w)|[^\w\s]|_")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_MASK = "<>"
"""What stands for a name or a contact that was hidden, whatever hid it."""
_EDGE = "_"
"""What stands beyond either end of a sentence."""
_NO_NAME = "-"
BEHIND, AHEAD = 8, 5
"""Words before and after a word whose mere presence is a feature."""


class Token(NamedTuple):
    """A word, a number or a sign: `text[start:end]`, in code points."""

    text: str
    start: int
    end: int


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The words, numbers and signs of `text[start:end]` in order."""
    return [Token(found[0], found.start(), found.end()) for found in _TOKEN.finditer(text, start, end)]


def sentences(text: str) -> Iterator[list[Token]]:
    """The sentences and lines of `text` as tokens; those without any are left out."""
    start = 0
    ends = [*((found.start(), found.end()) for found in _SENTENCE_END.finditer(text)), (len(text), len(text))]
    for end, following in ends:
        if found := tokens(text, start, end):
            yield found
        start = following


def hashed_features(sentence: Sequence[Token], taxonomy: Taxonomy) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The features of every token as 32-bit hashes, one token after another, and where each token's begin."""
    rows = list(_features(sentence, taxonomy))
    sizes = np.array([len(row) for row in rows], dtype=np.int64)
    return np.array([number for row in rows for number in row], dtype=np.uint32), np.cumsum(sizes) - sizes


def _hashed(features: list[str]) -> list[int]:
    return [zlib.crc32(feature.encode()) for feature in features]


def _features(sentence: Sequence[Token], taxonomy: Taxonomy) -> Iterator[list[int]]:
    count = len(sentence)
    written = [_MASK if _masked(token.text) else re.sub(r"\d", "0", plain(token.text)) for token in sentence]
    shapes = [_shape(token.text) for token in sentence]
    stems = [stem(word) for word in written]
    names = _names(sentence, taxonomy)
    whole = [
        "bias",
        f"size={min(count, 30) // 3}",
        f"first={written[0]}",
        f"last={written[-1]}",
        f"opening={written[0]} {written[1] if count > 1 else _EDGE}",
    ]
    if sum(token.text.isupper() for token in sentence) > count / 2:
        whole.append("capitals")
    # What several tokens share is hashed once.
    shared = _hashed(whole)
    behind, ahead = (_hashed([f"{side}={near}" for near in stems]) for side in ("behind", "ahead"))
    pad = [_EDGE] * 5
    word, shape, root, name = pad + written + pad, pad + shapes + pad, pad + stems + pad, pad + names + pad
    for place in range(count):
        at = place + len(pad)
        own = word[at]
        before, after = word[at - 1], word[at + 1]
        row = [
            f"place={min(place, 5)}",
            f"edge={(place == 0) + 2 * (place == count - 1)}",
            f"before={word[at - 2]} {before}",
            f"pair-={before} {own}",
            f"pair+={own} {after}",
            f"around={before} {after}",
            f"after={after} {word[at + 2]}",
            f"ending-={before[-3:]}",
            f"ending+={after[-3:]}",
            f"names={name[at - 1]} {name[at]} {name[at + 1]}",
            f"named shape={name[at]} {shape[at]}",
            f"named={name[at]} {own}",
            f"first stem={stems[0]} {shape[at]}",
        ]
        row.extend(f"ending={own[-size:]}" for size in (2, 3, 4))
        row.extend(f"beginning={own[:size]}" for size in (3, 4, 5))
        row.extend(f"word{step}={word[at + step]}" for step in range(-5, 6))
        for step in range(-2, 3):
            row.append(f"shape{step}={shape[at + step]}")
            row.append(f"stem{step}={root[at + step]}")
            row.append(f"name{step}={name[at + step]}")
        yield [
            *shared,
            *_hashed(row),
            *behind[max(0, place - BEHIND) : place],
            *ahead[place + 1 : place + 1 + AHEAD],
        ]


def _masked(text: str) -> bool:
    return text[0] in "<█" and len(text) > 1


def _shape(text: str) -> str:
    """How a word is written: `Aa` for Python, `AA0` for ES6."""
    shape = re.sub(r"[^\W\d_A-Z]+", "a", re.sub(r"\d+", "0", text))
    return re.sub(r"[A-Z]+", lambda found: "A" if len(found[0]) == 1 else "AA", shape)[:8]


def _names(sentence: Sequence[Token], taxonomy: Taxonomy) -> list[str]:
    """For each token whether it begins or continues a name of the taxonomy, of which kind, and how long a one."""
    places = [place for place, token in enumerate(sentence) if token.text[0].isalnum()]
    marks = [_NO_NAME] * len(sentence)
    for found in taxonomy.names_in([stem(plain(sentence[place].text)) for place in places]):
        kind, size = taxonomy.skill(found.number).kind[0], min(3, found.end - found.start)
        for number in range(found.start, found.end):
            marks[places[number]] = f"{kind}{'B' if number == found.start else 'I'}{size}"
    return marks
