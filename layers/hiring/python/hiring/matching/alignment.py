"""How much of a requirement a passage says, in whatever words, and whether both are about the same work.

Each word asked for is held against its closest word: a soft alignment after Zhang et al., "BERTScore" (ICLR 2020), with
static word vectors: the recall of the requirement's words, each weighed by the length of its vector, which grows with
what a word tells (Oyama et al., "Norm of Word Embedding Encodes Information Gain", EMNLP 2023). Beside it stands the
likeness of the whole passage: the cosine between the sums of the words' vectors, each moved towards its fields of work.
All numbers are integers, so every machine finds the same.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hiring.skills.embedding import SCALE, StaticEmbedding
from hiring.skills.fields import Fields, units
from hiring.skills.mentions import ReadText, denied_before, listed
from hiring.skills.synonyms import is_common, is_general, root, synonyms
from hiring.skills.words import FUNCTION_WORDS, Line, Word, stem, words

UNRELATED = 350
"""Cosine in thousandths up to which two words have nothing to do with each other."""
SAME = 800
"""Cosine in thousandths from which they mean the same."""
ALMOST = 900
"""What another word of the same meaning counts at most, in thousandths; the same word counts 1,000."""
COSINE = SCALE * SCALE // 1000
"""What a dot product of two unit vectors in integers is divided by to be a cosine in thousandths."""
RISE = np.float32(1000 / ((SAME - UNRELATED) * COSINE))
APART = 300
"""Cosine in thousandths with everything that is asked for below which a passage, if it holds no word of it, is left
out: its fields of work would cost more than anything else, and hardly ever bring it near.
"""
COMMON = 2
"""What the weight of a word that stands in requirements of all trades is divided by, beside others."""
SAID = 700
"""Thousandths of what is asked for from which a passage is not left out, though it says them in other words."""
HEADING = 3
"""Blanks in a line below which it is a heading, or stands alone as one."""
HELD = 400
"""Closeness in thousandths from which a passage holds a word."""
ENDS_A_LINE = ".!?;:"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

type Asked = tuple[str, ...]
"""The words of a requirement, or of a part of it, that say what it is about."""


@dataclass(frozen=True)
class Aligned:
    """Passage `number`, where in it the most telling word stands, and how much it says: only for comparing."""

    number: int
    passage: Line
    start: int
    end: int
    says: int


class Holding(NamedTuple):
    """How a passage holds the words that are asked for, each by a word of its own.

    `spread` is how many words stand from the first to the last that say something of it, `lacks` are those asked for
    that it does not hold, and `listed` says whether those that it holds are members of a list.
    """

    spread: int
    lacks: frozenset[str]
    listed: bool


class Said(NamedTuple):
    """What passages say of what is asked, one number a passage (the last axis).

    `shares`: how much of the words (thousandths); `close`: the cosine between all the words of the passage and all that
    is asked for (thousandths); `alike`: the same with their fields of work; `held`: how many of the words it holds, and
    `telling`: how many without those that stand in requirements of all trades, where there are others.
    """

    shares: NDArray[np.int64]
    close: NDArray[np.int64]
    alike: NDArray[np.int64]
    held: NDArray[np.int64]
    telling: NDArray[np.int64]


class WantedWords:
    """What the requirements of a job ask for, and how close other words are to the words of it."""

    def __init__(self, asked: Iterable[Asked], embedding: StaticEmbedding, fields: Fields) -> None:
        self._numbers = {each: number for number, each in enumerate(dict.fromkeys(asked))}
        words = list(dict.fromkeys(word for each in self._numbers for word in each))
        rows = {word: row for row, word in enumerate(words)}
        self._rows = [np.array([rows[word] for word in dict.fromkeys(each)], dtype=np.intp) for each in self._numbers]
        self._vectors, self._lengths = embedding.words(words)
        self._weights = np.zeros((len(self._numbers), len(words)))
        common = np.array([is_common(word) for word in words], dtype=bool)
        general = np.array([is_general(word) for word in words], dtype=bool)
        self._telling = np.zeros(self._weights.shape, dtype=np.float32)
        for weights, telling, chosen in zip(self._weights, self._telling, self._rows, strict=True):
            weights[chosen] = self._lengths[chosen]
            if not common[chosen].all():
                weights[chosen[common[chosen]]] //= COMMON
            telling[chosen] = general[chosen].all() | ~general[chosen]
        self._embedding, self._fields = embedding, fields
        self._stems: dict[str, list[int]] = {}
        self._synonyms: dict[str, list[int]] = {}
        for row, word in enumerate(words):
            self._stems.setdefault(stem(word), []).append(row)
            for other in {root(each) for each in (word, *synonyms(word))}:
                self._synonyms.setdefault(other, []).append(row)
        self._units = units((self._weights @ self._vectors).astype(np.float32))
        self._meanings = fields.meanings(self._units)

    def number(self, asked: Asked) -> int:
        """The place of what is asked for among all that was given."""
        return self._numbers[asked]

    def rows(self, asked: Asked) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """The places of the words asked for, and how much each of them tells."""
        number = self._numbers[asked]
        rows = self._rows[number]
        return rows, self._weights[number, rows].astype(np.int64)[:, np.newaxis]

    def measured(self, told: Sequence[str]) -> tuple[NDArray[np.int16], NDArray[np.float32]]:
        """How close each word of `told` (second axis) is to each wanted one (first axis), in thousandths; its vector,
        weighed by what it tells.

        Dot products are of integers below 2^24, which single precision holds exactly.
        """
        vectors, lengths = self._embedding.words(told)
        told_vectors = vectors.astype(np.float32)
        products = self._vectors.astype(np.float32) @ told_vectors.T
        close = np.clip((products - UNRELATED * COSINE) * RISE, 0, ALMOST).astype(np.int16)
        for column, word in enumerate(told):
            if alike := self._synonyms.get(root(word)):
                close[alike, column] = ALMOST
            if same := self._stems.get(stem(word)):
                close[same, column] = 1000
        return close, told_vectors * lengths.astype(np.float32)[:, np.newaxis]

    def said(self, best: NDArray[np.int16], sums: NDArray[np.float64]) -> Said:
        """What passages say of everything that is asked for (first axis).

        `best` is how close the closest word of each passage (second axis) is to each wanted word; `sums` is the sum of
        the weighed vectors of each passage (first axis).
        """
        told = np.maximum(self._weights.sum(axis=1, keepdims=True), 1.0)
        shares = (self._weights @ best.astype(np.float64)) / told
        near = (best >= HELD).astype(np.float32)
        held, telling = (self._weights > 0).astype(np.float32) @ near, self._telling @ near
        vectors = units(sums)
        close = (self._units @ vectors.T).astype(np.int64) // COSINE
        related = close.max(axis=0, initial=0) >= APART
        related |= (best == 1000).any(axis=0) | (shares >= SAID).any(axis=0)
        alike = np.zeros(shares.shape, dtype=np.int64)
        alike[:, related] = (self._meanings @ self._fields.meanings(vectors[related]).T).astype(np.int64) // COSINE
        return Said(shares.astype(np.int64), close, alike, held.astype(np.int64), telling.astype(np.int64))


@dataclass(frozen=True, eq=False)
class Passages:
    """The lines of a resume, and pairs of lines that the page wraps in mid-sentence, against what is wanted.

    Passage n is `lines[n]`, with the words `starts[n]` to `ends[n]` of `words`, which leads to the columns of
    `closeness`: how close each is to the wanted words. `everything` is what the passages say of all that is wanted.
    """

    text: str
    lines: Sequence[Line]
    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    words: NDArray[np.intp]
    closeness: NDArray[np.int16]
    wanted: WantedWords
    everything: Said

    @property
    def sizes(self) -> NDArray[np.intp]:
        """How many words each passage has, without function words."""
        return self.ends - self.starts

    def said(self, asked: Asked) -> Said:
        """How much every passage says of what is asked for."""
        number = self.wanted.number(asked)
        return Said(*(part[number] for part in self.everything))

    def alike(self, asked: Asked, line: Line) -> int:
        """How alike a line is to what is asked for; 0 for one without words."""
        alike = self.everything.alike[self.wanted.number(asked)]
        return int(alike[self.lines.index(line)]) if line in self.lines else 0

    def aligned(self, asked: Asked, among: Sequence[int]) -> list[Aligned]:
        """Those of the passages `among` all that do not deny what is asked for, those that say most of it first."""
        if not among:
            return []
        rows, weights = self.wanted.rows(asked)
        said = self.said(asked)
        found = []
        for index in among:
            passage, words_of = self.lines[index], self.words[self.starts[index] : self.ends[index]]
            near = (self.closeness[rows[:, np.newaxis], words_of] * weights).max(axis=0)
            word = _telling_word(self.text, passage, int(near.argmax()))
            told = self.text[passage.start : word.start if near.any() else passage.end]
            if not denied_before(told):
                says = int(said.shares[index] + said.alike[index])
                found.append(Aligned(index, passage, word.start, word.end, says))
        return sorted(found, key=lambda aligned: (-aligned.says, aligned.passage.end - aligned.passage.start))

    def holding(self, asked: Asked, found: Aligned) -> Holding:
        """How a passage that `aligned` gave holds what is asked for."""
        rows, _ = self.wanted.rows(asked)
        own = self.words[self.starts[found.number] : self.ends[found.number]]
        closeness = self.closeness[rows[:, np.newaxis], own]
        held = _held(closeness)
        lacks = frozenset(word for number, word in enumerate(dict.fromkeys(asked)) if number not in held)
        first, last = (_telling_word(self.text, found.passage, at(held.values(), default=0)) for at in (min, max))
        return Holding(_spread(closeness), lacks, listed(self.text, found.passage, first.end, last.start))


def _held(closeness: NDArray[np.int16]) -> dict[int, int]:
    """Which of the wanted words (first axis) a passage holds, each by which word: two may not be said by one."""
    near = [(-int(closeness[wanted, at]), wanted, at) for wanted, at in np.argwhere(closeness >= HELD).tolist()]
    held: dict[int, int] = {}
    for _, wanted, at in sorted(near):
        if wanted not in held and at not in held.values():
            held[wanted] = at
    return held


def _spread(closeness: NDArray[np.int16]) -> int:
    """The fewest words in a row that hold, for each wanted word that is held at all (first axis), a word near it."""
    best = closeness.max(axis=1, keepdims=True)
    places = sorted((at, wanted) for wanted, at in np.argwhere((closeness == best) & (best >= HELD)).tolist())
    kinds = len({wanted for _, wanted in places})
    last: dict[int, int] = {}
    fewest: int = closeness.shape[1]
    for at, wanted in places:
        last[wanted] = at
        if len(last) == kinds:
            fewest = min(fewest, at - min(last.values()) + 1)
    return fewest


def passages_of(texts: Sequence[ReadText], wanted: WantedWords) -> list[Passages]:
    """The passages of each of `texts`; what is worked out for a word or a passage is worked out for all at once."""
    layout = _Layout.of(texts)
    columns: dict[str, int] = {}
    told = np.array([columns.setdefault(word, len(columns)) for word in layout.words], dtype=np.intp)
    closeness, vectors = wanted.measured(list(columns))
    said = wanted.said(layout.best(closeness.T, told).T, layout.summed(vectors, told))
    first, last = layout.first, layout.last
    ends = np.cumsum(layout.sizes)
    starts = ends - layout.sizes
    return [
        Passages(
            text=read.text,
            lines=layout.passages[own],
            starts=starts[first[own]],
            ends=ends[last[own]],
            words=told,
            closeness=closeness,
            wanted=wanted,
            everything=Said(*(part[:, own] for part in said)),
        )
        for read, own in zip(texts, layout.texts, strict=True)
    ]


@dataclass(frozen=True, eq=False)
class _Layout:
    """The words of texts without function words, their lines that say something, and their passages.

    Line n has `sizes[n]` of the words, in order. The passages `texts[i]` are those of text i: its lines, then pairs of
    them; passage n goes from line `first[n]` to line `last[n]`.
    """

    words: list[str]
    sizes: NDArray[np.intp]
    passages: list[Line]
    first: NDArray[np.intp]
    last: NDArray[np.intp]
    texts: list[slice]

    @classmethod
    def of(cls, texts: Sequence[ReadText]) -> _Layout:
        words: list[str] = []
        sizes: list[int] = []
        passages: list[Line] = []
        ends: list[tuple[int, int]] = []
        own: list[slice] = []
        for read in texts:
            lines, before = [], len(sizes)
            for line, found in zip(read.lines, read.words, strict=True):
                if told := [word for word in found if word not in FUNCTION_WORDS]:
                    lines.append(line)
                    sizes.append(len(told))
                    words += told
            pairs = enumerate(itertools.pairwise(lines))
            wrapped = [number for number, (one, other) in pairs if _wraps(read.text, one, other)]
            own.append(slice(len(passages), len(passages) + len(lines) + len(wrapped)))
            passages += lines
            passages += [Line(lines[number].start, lines[number + 1].end) for number in wrapped]
            ends += [(number, number) for number in range(before, len(sizes))]
            ends += [(before + number, before + number + 1) for number in wrapped]
        first, last = np.array(ends, dtype=np.intp).reshape(-1, 2).T
        return cls(words, np.array(sizes, dtype=np.intp), passages, first, last, own)

    def best(self, closeness: NDArray[np.int16], told: NDArray[np.intp]) -> NDArray[np.int16]:
        """The highest closeness (second axis) among the words of each passage, which `told` leads to rows of it."""
        lines = self._over_lines(np.maximum, closeness, told, np.int16)
        passages: NDArray[np.int16] = np.maximum(lines[self.first], lines[self.last])
        return passages

    def summed(self, vectors: NDArray[np.float32], told: NDArray[np.intp]) -> NDArray[np.float64]:
        """The sum of the vectors of each passage; exact, however many words it has."""
        lines = self._over_lines(np.add, vectors, told, np.float64)
        passages = lines[self.first]
        pairs = np.flatnonzero(self.first < self.last)
        passages[pairs] += lines[self.last[pairs]]
        return passages

    def _over_lines[T: np.generic](
        self, add: np.ufunc, values: NDArray[np.generic], told: NDArray[np.intp], kind: type[T]
    ) -> NDArray[T]:
        """What `add` makes of the rows of `values` that the words of each line lead to.

        The first words of all lines, then their second ones, and so on: longer vectors, fewer and faster steps.
        """
        order = np.argsort(-self.sizes, kind="stable")
        longer = self.sizes[order]
        starts = (np.cumsum(self.sizes) - self.sizes)[order]
        made = values[told[starts]].astype(kind)
        for place in range(1, longer.max(initial=0)):
            held = int(np.searchsorted(-longer, -place))
            add(made[:held], values[told[starts[:held] + place]], out=made[:held])
        lines: NDArray[T] = np.empty_like(made)
        lines[order] = made
        return lines


def _telling_word(text: str, passage: Line, number: int) -> Word:
    """The word of a passage that `_Layout` has at this place of it, with where it stands."""
    found = (word for word in words(text, passage.start, passage.end) if word.text not in FUNCTION_WORDS)
    return next(itertools.islice(found, number, None))


def _wraps(text: str, one: Line, other: Line) -> bool:
    """Whether a sentence goes on from one line into the next; a heading does not, and a year begins something new."""
    between = text[one.end : other.start]
    if not text[other.start].islower() and (
        text.count(" ", one.start, one.end) < HEADING or _YEAR.search(text, other.start, other.end)
    ):
        return False
    return between.isspace() and between.count("\n") == 1 and text[one.end - 1] not in ENDS_A_LINE
