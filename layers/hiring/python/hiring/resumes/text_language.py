"""Which language a text is written in."""

from __future__ import annotations

import re
from collections import Counter

_FEWEST_WORDS = 6
_WORDS_OF = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the and of with for from to in by on our their which was were",
        "de": "der die das und mit für von bei im den zum zur eine einer sowie auf",
        "fr": "le la les des et avec pour dans du une au aux sur chez par",
        "es": "el los las y con para del una por en como desde más sobre",
        "it": "il gli della di e con per nel una dei alla che degli delle",
        "nl": "het een van voor met bij en op aan naar als binnen door",
        "pt": "os das dos e com para uma em na no pela ao por são",
        "ro": "și si cu pentru din la în de o pe care prin ale unei",
    }.items()
}


def language_of(text: str) -> str | None:
    """The language (ISO 639-1) of `text` by its commonest words; None where they do not tell."""
    counts = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    found = {language: sum(counts[word] for word in words) for language, words in _WORDS_OF.items()}
    best, second = sorted(found, key=lambda language: found[language], reverse=True)[:2]
    return best if found[best] >= _FEWEST_WORDS and found[best] >= 1.5 * found[second] else None
