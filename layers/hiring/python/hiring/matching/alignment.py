"""How much of a requirement a passage says, in whatever words: each word asked for is held against its closest word.

A soft alignment after Zhang et al., "BERTScore" (ICLR 2020), with static word vectors: the recall of the requirement's
words, each weighed by the length of its vector, which grows with what a word tells (Oyama et al., "Norm of Word
Embedding Encodes Information Gain", EMNLP 2023). Beside it stands the likeness of the whole passage: the cosine between
the sums of the words' vectors. All numbers are integers, so every machine finds the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hiring.skills.embedding import DIMENSIONS, SCALE, StaticEmbedding
from hiring.skills.mentions import ReadText, denied_before
from hiring.skills.words import FUNCTION_WORDS, Line, Word, stem

UNRELATED = 350
"""Cosine in thousandths up to which two words have nothing to do with each other."""
SAME = 800
"""Cosine in thousandths from which they mean the same."""
ALMOST = 900
"""What another word of the same meaning counts at most, in thousandths; the same word counts 1,000."""
HELD = 400
"""Closeness in thousandths from which a passage holds a word."""
FINE = 200
"""What squares of lengths are divided by, so that sums of weighed vectors and their squares stay below 2^53."""
ENDS_A_LINE = ".!?;:"


@dataclass(frozen=True)
class Aligned:
    """A passage, where in it the most telling word stands, and the share of the requirement it says (thousandths)."""

    passage: Line
    start: int
    end: int
    share: int
    alike: int
    """The cosine between all that the passage says and all that is asked for (thousandths)."""
    held: frozenset[str]
    """The words asked for that the passage holds."""


class WantedWords:
    """The words that all requirements of a job ask for, and how close other words are to them.

    What was worked out for the words of one resume is kept for the next one, which uses mostly the same.
    """

    def __init__(self, subjects: Iterable[Sequence[str]], embedding: StaticEmbedding) -> None:
        words = list(dict.fromkeys(word for subject in subjects for word in subject))
        self.rows = {word: row for row, word in enumerate(words)}
        self.weights = embedding.lengths(words) if words else np.zeros(0, dtype=np.int64)
        self._embedding = embedding
        self._vectors = embedding.vectors(words).astype(np.float32)
        self._stems: dict[str, list[int]] = {}
        for row, word in enumerate(words):
            self._stems.setdefault(stem(word), []).append(row)
        self._told = np.zeros((0, DIMENSIONS), dtype=np.int32)
        self._columns: dict[str, int] = {}
        self._closeness = np.zeros((len(words), 0), dtype=np.int16)

    def learn(self, told: Iterable[str]) -> None:
        """Work out what is close to the words of many resumes at once, which takes one product of matrices."""
        new = [word for word in dict.fromkeys(told) if word not in self._columns]
        if new:
            first = len(self._columns)
            self._columns.update((word, first + number) for number, word in enumerate(new))
            vectors = self._embedding.vectors(new)
            self._closeness = np.concatenate([self._closeness, self._measured(new, vectors)], axis=1)
            self._told = np.concatenate([self._told, _weighed(vectors, self._embedding.lengths(new))])

    def direction(self, asked: Sequence[str]) -> NDArray[np.int64]:
        """The sum of the vectors of wanted words, each weighed by what it tells."""
        rows = [self.rows[word] for word in asked]
        return _weighed(self._vectors[rows], self.weights[rows]).sum(axis=0, dtype=np.int64)

    def told(self, words: Sequence[str]) -> NDArray[np.int32]:
        """The vector of each word (first axis), weighed by what it tells. Every word must have been learned."""
        return self._told[[self._columns[word] for word in words]]

    def closeness(self, told: Sequence[str]) -> NDArray[np.int16]:
        """How close each word of `told` (second axis) is to each wanted one (first axis), in thousandths.

        Every word must have been learned.
        """
        return self._closeness[:, [self._columns[word] for word in told]]

    def _measured(self, told: list[str], vectors: NDArray[np.int8]) -> NDArray[np.int16]:
        """The closeness of `told`, from dot products of integers below 2^24: single precision holds them exactly."""
        cosines = (self._vectors @ vectors.astype(np.float32).T).astype(np.int64) * 1000 // (SCALE * SCALE)
        close = np.clip((cosines - UNRELATED) * 1000 // (SAME - UNRELATED), 0, ALMOST).astype(np.int16)
        for column, word in enumerate(told):
            close[self._stems.get(stem(word), []), column] = 1000
        return close


class Passages:
    """The lines of a resume, and pairs of lines that the page wraps in mid-sentence, against the wanted words."""

    def __init__(self, read: ReadText, wanted: WantedWords) -> None:
        self._read = read
        self._wanted = wanted
        self._passages = [(line, told) for line, told in _passages(read) if told]
        lengths = np.array([len(told) for _, told in self._passages], dtype=np.intp)
        self._ends = np.cumsum(lengths)
        words = [word.text for _, told in self._passages for word in told]
        self._closeness = wanted.closeness(words)
        if self._passages:
            self._best = np.maximum.reduceat(self._closeness, self._ends - lengths, axis=1).astype(np.int64)
            # Sums of integers far below 2^53: double precision holds every one, and its products, exactly.
            self._sums = np.add.reduceat(wanted.told(words), self._ends - lengths, axis=0).astype(np.float64)
            self._sizes = np.sqrt((self._sums * self._sums).sum(axis=1))

    def aligned(self, asked: Sequence[str], *, at_least: int) -> list[Aligned]:
        """The passages that say at least `at_least` thousandths of the words `asked` and deny none, best first."""
        words = list(dict.fromkeys(asked))
        if not words or not self._passages:
            return []
        rows = np.array([self._wanted.rows[word] for word in words], dtype=np.intp)
        weights = self._wanted.weights[rows]
        best = self._best[rows]
        shares = (best * weights[:, None]).sum(axis=0) // max(1, int(weights.sum()))
        alike = self._alike(words)
        found = []
        for index in np.flatnonzero(shares >= at_least).tolist():
            passage, told = self._passages[index]
            end = int(self._ends[index])
            near = self._closeness[rows, end - len(told) : end].astype(np.int64)
            word = told[int((near * weights[:, None]).max(axis=0).argmax())]
            if not denied_before(self._read.text[passage.start : word.start]):
                held = frozenset(word for word, close in zip(words, best[:, index], strict=True) if close >= HELD)
                found.append(Aligned(passage, word.start, word.end, int(shares[index]), int(alike[index]), held))
        return sorted(found, key=lambda aligned: (-aligned.share, aligned.passage.end - aligned.passage.start))

    def _alike(self, asked: Sequence[str]) -> NDArray[np.int64]:
        """The cosine of each passage with the words `asked`, in thousandths."""
        direction = self._wanted.direction(asked).astype(np.float64)
        sizes = self._sizes * np.sqrt((direction * direction).sum())
        cosines: NDArray[np.int64] = ((self._sums @ direction) * 1000 / np.maximum(sizes, 1.0)).astype(np.int64)
        return cosines


def _weighed(vectors: NDArray[np.generic], lengths: NDArray[np.int64]) -> NDArray[np.int32]:
    """Unit vectors in integers, each weighed by the square of what its word tells."""
    weighed: NDArray[np.int32] = vectors.astype(np.int32) * (lengths * lengths // FINE).astype(np.int32)[:, None]
    return weighed


def _passages(read: ReadText) -> list[tuple[Line, list[Word]]]:
    told = [[word for word in words if word.text not in FUNCTION_WORDS] for words in read.words]
    found = list(zip(read.lines, told, strict=True))
    for number, (first, second) in enumerate(zip(read.lines, read.lines[1:], strict=False)):
        between = read.text[first.end : second.start]
        if between.isspace() and between.count("\n") == 1 and read.text[first.end - 1] not in ENDS_A_LINE:
            found.append((Line(first.start, second.end), told[number] + told[number + 1]))
    return found
