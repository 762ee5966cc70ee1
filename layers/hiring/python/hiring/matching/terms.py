"""Text as counted terms: words and pairs of neighbours, as numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from zlib import crc32

from hiring.skills.aliases import canonical
from hiring.skills.words import FUNCTION_WORDS, Line, lines, words

type Term = int
"""23 bits of the CRC-32 of a word, or of two neighbouring words with a blank between; those have `PAIR` set too."""

PAIR = 1 << 23


def term(phrase: str) -> Term:
    """The number of a word or of two neighbours."""
    number = crc32(phrase.encode()) & (PAIR - 1)
    return number | PAIR if " " in phrase else number


def terms_of(sequence: Sequence[str]) -> list[Term]:
    """The terms of words without function words: each word, then each pair of different neighbours."""
    pairs = (f"{left} {right}" for left, right in pairwise(sequence) if left != right)
    return [term(phrase) for phrase in (*sequence, *pairs)]


def subject_words(text: str, line: Line) -> list[str]:
    """The words of a line without function words, known names as they are stored."""
    return canonical([word.text for word in words(text, *line) if word.text not in FUNCTION_WORDS])


def telling_lines(text: str) -> Iterator[tuple[Line, list[str]]]:
    """The lines that say something new, with their words: at least one word that no line before them holds.

    A line made of words that were all there before adds nothing, however often it is repeated or reshuffled. So
    repeating keywords changes neither the terms nor the vector of a resume (R13); honest prose loses next to nothing.
    """
    seen: set[str] = set()
    for line in lines(text):
        found = subject_words(text, line)
        if not seen.issuperset(found):
            seen.update(found)
            yield line, found


def count_terms(sequences: Iterable[Sequence[str]]) -> tuple[Counter[Term], int]:
    """How often each term stands in the sequences, and how many words they have."""
    counts: Counter[Term] = Counter()
    length = 0
    for sequence in sequences:
        counts.update(terms_of(sequence))
        length += len(sequence)
    return counts, length
