"""How much of a requirement a passage says, in whatever words: each word asked for is held against its closest word.

A soft alignment after Zhang et al., "BERTScore" (ICLR 2020), with static word vectors: the recall of the requirement's
words, each weighed by the length of its vector, which grows with what a word tells (Oyama et al., "Norm of Word
Embedding Encodes Information Gain", EMNLP 2023). All numbers are integers, so every machine finds the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from hiring.skills.embedding import SCALE, StaticEmbedding, similarities
from hiring.skills.mentions import ReadText, denied_before
from hiring.skills.words import FUNCTION_WORDS, Line, Word, stem, words

UNRELATED = 350
"""Cosine in thousandths up to which two words have nothing to do with each other."""
SAME = 800
"""Cosine in thousandths from which they mean the same."""
ALMOST = 900
"""What another word of the same meaning counts at most, in thousandths; the same word counts 1,000."""
ENDS_A_LINE = ".!?;:"


@dataclass(frozen=True)
class Aligned:
    """A passage, where in it the most telling word stands, and the share of the requirement it says (thousandths)."""

    passage: Line
    start: int
    end: int
    share: int


class Passages:
    """The lines of a resume, and pairs of lines that the page wraps in mid-sentence, as words with vectors."""

    def __init__(self, read: ReadText, embedding: StaticEmbedding) -> None:
        self._read = read
        self._embedding = embedding
        self._passages = [(line, _telling(read.text, line)) for line in _passages(read)]
        vocabulary = sorted({word.text for _, found in self._passages for word in found})
        self._index = {word: number for number, word in enumerate(vocabulary)}
        self._vectors = embedding.vectors(vocabulary)
        self._stems = [stem(word) for word in vocabulary]

    def aligned(self, asked: Sequence[str], *, at_least: int) -> list[Aligned]:
        """The passages that say at least `at_least` thousandths of the words `asked` and deny none, best first."""
        wanted = list(dict.fromkeys(asked))
        if not wanted or not self._index:
            return []
        weights = self._embedding.lengths(wanted)
        closeness = np.array([self._closeness(word) for word in wanted])
        found = []
        for passage, telling in self._passages:
            if not telling:
                continue
            held = closeness[:, [self._index[word.text] for word in telling]]
            share = int((held.max(axis=1) * weights).sum() // max(1, int(weights.sum())))
            if share < at_least:
                continue
            word = telling[int((held * weights[:, None]).max(axis=0).argmax())]
            if not denied_before(self._read.text[passage.start : word.start]):
                found.append(Aligned(passage, word.start, word.end, share))
        return sorted(found, key=lambda aligned: (-aligned.share, aligned.passage.end - aligned.passage.start))

    def _closeness(self, word: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """How close every word of the resume is to `word`, in thousandths."""
        cosines = similarities(self._vectors, self._embedding.vector(word)).astype(np.int64) * 1000 // (SCALE * SCALE)
        close = np.clip((cosines - UNRELATED) * 1000 // (SAME - UNRELATED), 0, ALMOST)
        root = stem(word)
        return np.where([other == root for other in self._stems], 1000, close)


def _telling(text: str, line: Line) -> list[Word]:
    return [word for word in words(text, line.start, line.end) if word.text not in FUNCTION_WORDS]


def _passages(read: ReadText) -> Iterator[Line]:
    yield from read.lines
    for first, second in zip(read.lines, read.lines[1:], strict=False):
        wrapped = read.text[first.end : second.start].isspace() and read.text[first.end - 1] not in ENDS_A_LINE
        if wrapped:
            yield Line(first.start, second.end)
