"""How much of a requirement a passage says, in whatever words: each word asked for is held against its closest word.

A soft alignment after Zhang et al., "BERTScore" (ICLR 2020), with static word vectors: the recall of the requirement's
words, each weighed by the length of its vector, which grows with what a word tells (Oyama et al., "Norm of Word
Embedding Encodes Information Gain", EMNLP 2023). Beside it stands the likeness of the whole passage: the cosine between
the sums of the words' vectors. All numbers are integers, so every machine finds the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hiring.skills.embedding import DIMENSIONS, SCALE, StaticEmbedding
from hiring.skills.mentions import ReadText, denied_before
from hiring.skills.words import FUNCTION_WORDS, Line, stem

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
    """A passage, where in it the most telling word stands, and how much it says: only for comparing."""

    passage: Line
    start: int
    end: int
    says: int


class Said(NamedTuple):
    """What every passage says of some words, one number a passage.

    `shares`: how much of them (thousandths); `alike`: the cosine between all that the passage says and all that is
    asked for (thousandths); `held`: how many of the words it holds.
    """

    shares: NDArray[np.int64]
    alike: NDArray[np.int64]
    held: NDArray[np.int64]


class WantedWords:
    """The words that all requirements of a job ask for, and how close other words are to them.

    What was worked out for the words of one resume is kept for the next one, which uses mostly the same.
    """

    def __init__(self, subjects: Iterable[Sequence[str]], embedding: StaticEmbedding) -> None:
        words = list(dict.fromkeys(word for subject in subjects for word in subject))
        self.rows = {word: row for row, word in enumerate(words)}
        vectors, self.weights = embedding.words(words)
        self._embedding = embedding
        self._vectors = vectors.astype(np.float32)
        self._stems: dict[str, list[int]] = {}
        for row, word in enumerate(words):
            self._stems.setdefault(stem(word), []).append(row)
        self._told = np.zeros((0, DIMENSIONS), dtype=np.float32)
        self._columns: dict[str, int] = {}
        self._closeness = np.zeros((len(words), 0), dtype=np.int16)

    def learn(self, told: Iterable[str]) -> None:
        """Work out what is close to the words of many resumes at once, which takes one product of matrices."""
        new = [word for word in dict.fromkeys(told) if word not in self._columns]
        if new:
            first = len(self._columns)
            self._columns.update((word, first + number) for number, word in enumerate(new))
            vectors, lengths = self._embedding.words(new)
            self._closeness = np.concatenate([self._closeness, self._measured(new, vectors)], axis=1)
            self._told = np.concatenate([self._told, _weighed(vectors, lengths)])

    def direction(self, asked: Sequence[str]) -> NDArray[np.float64]:
        """The sum of the vectors of wanted words, each weighed by what it tells."""
        rows = [self.rows[word] for word in asked]
        return _weighed(self._vectors[rows], self.weights[rows]).sum(axis=0, dtype=np.float64)

    def told(self, words: Sequence[str]) -> NDArray[np.float32]:
        """The vector of each word (first axis), weighed by what it tells. Every word must have been learned.

        The numbers are integers of which single precision holds the sums over a line, and double precision the squares
        of those and their sums, exactly.
        """
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
        told = [[word for word in line if word.text not in FUNCTION_WORDS] for line in read.words]
        lines = [(line, words) for line, words in zip(read.lines, told, strict=True) if words]
        pairs = [
            number
            for number, ((one, _), (other, _)) in enumerate(itertools.pairwise(lines))
            if _wraps(read.text, one, other)
        ]
        self._words = [word for _, words in lines for word in words]
        ends = np.cumsum([len(words) for _, words in lines], dtype=np.intp)
        starts = np.concatenate([np.zeros(1, dtype=np.intp), ends[:-1]]) if lines else ends
        self._lines = [line for line, _ in lines]
        self._lines += [Line(self._lines[number].start, self._lines[number + 1].end) for number in pairs]
        after = [number + 1 for number in pairs]
        self._starts, self._ends = np.concatenate([starts, starts[pairs]]), np.concatenate([ends, ends[after]])
        texts = [word.text for word in self._words]
        self._closeness = wanted.closeness(texts)
        if lines:
            best = np.maximum.reduceat(self._closeness, starts, axis=1).astype(np.int64)
            self._best = np.concatenate([best, np.maximum(best[:, pairs], best[:, after])], axis=1)
            sums = np.add.reduceat(wanted.told(texts), starts, axis=0).astype(np.float64)
            self._sums = np.concatenate([sums, sums[pairs] + sums[after]])
            self._sizes = np.sqrt((self._sums * self._sums).sum(axis=1))

    def said(self, asked: Sequence[str]) -> Said:
        """How much every passage says of the words `asked`."""
        rows, weights = self._asked(asked)
        if not len(rows) or not self._lines:
            nothing = np.zeros(len(self._lines), dtype=np.int64)
            return Said(nothing, nothing, nothing)
        best = self._best[rows]
        shares = (best * weights[:, None]).sum(axis=0) // max(1, int(weights.sum()))
        return Said(shares, self._alike(asked), (best >= HELD).sum(axis=0))

    def aligned(self, asked: Sequence[str], among: NDArray[np.bool_]) -> list[Aligned]:
        """Those of the passages `among` all that do not deny the words `asked`, those that say most of them first."""
        rows, weights = self._asked(asked)
        found = []
        for index in np.flatnonzero(among).tolist():
            passage, start, end = self._lines[index], int(self._starts[index]), int(self._ends[index])
            near = self._closeness[rows, start:end].astype(np.int64) * weights[:, None]
            word = self._words[start + int(near.max(axis=0).argmax())]
            if not denied_before(self._read.text[passage.start : word.start]):
                found.append(Aligned(passage, word.start, word.end, int(near.max(axis=1).sum())))
        return sorted(found, key=lambda aligned: (-aligned.says, aligned.passage.end - aligned.passage.start))

    def _asked(self, asked: Sequence[str]) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """The rows and the weights of the words asked for."""
        rows = np.array([self._wanted.rows[word] for word in dict.fromkeys(asked)], dtype=np.intp)
        return rows, self._wanted.weights[rows]

    def _alike(self, asked: Sequence[str]) -> NDArray[np.int64]:
        """The cosine of each passage with the words `asked`, in thousandths."""
        direction = self._wanted.direction(asked)
        sizes = self._sizes * np.sqrt((direction * direction).sum())
        cosines: NDArray[np.int64] = ((self._sums @ direction) * 1000 / np.maximum(sizes, 1.0)).astype(np.int64)
        return cosines


def _weighed(vectors: NDArray[np.generic], lengths: NDArray[np.int64]) -> NDArray[np.float32]:
    """Unit vectors in integers, each weighed by the square of what its word tells."""
    weighed: NDArray[np.float32] = vectors.astype(np.float32) * (lengths * lengths // FINE).astype(np.float32)[:, None]
    return weighed


def _wraps(text: str, one: Line, other: Line) -> bool:
    """Whether a sentence goes on from one line into the next."""
    between = text[one.end : other.start]
    return between.isspace() and between.count("\n") == 1 and text[one.end - 1] not in ENDS_A_LINE
