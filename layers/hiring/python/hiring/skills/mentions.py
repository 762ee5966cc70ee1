"""Where a text speaks of a phrase: exact places, and whether it says that the skill is missing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from hiring.skills.aliases import known_names
from hiring.skills.words import FUNCTION_WORDS, Line, Word, lines, stem, word_texts, words

_DENIAL = re.compile(
    r"\b(?:no|not|never|without|lack(?:s|ed|ing)?|nor|neither|unfamiliar|untrained|little|limited|zero)\b|n't\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[,;|\t]")
LIST = 4
"""Commas from which a line is a list: what stands on two sides of one belongs to two members."""
APART = 2
"""How many more words than twice those of a phrase may stand from its first to its last one, function words aside."""
_REACH = 40
"""Characters within which a denial holds for what follows it."""
_WISH = re.compile(
    r"\b(?:(?:would|i'd) (?:like|love) to"
    r"|(?:want|wish|hope|hoping|plan|keen|eager|willing|aspiring) to"
    r"|willingness to|interest(?:ed)? in|curious about"
    r"|(?:currently|now|still) learning|learning(?=\s*:|\s+to\b))\b",
    re.IGNORECASE,
)
"""What somebody means to do or learn is nothing that was done."""
_DENIED_AFTER = re.compile(
    r"\s*[:(–—-]?\s*(?:(?:is|are|was|were)\s+)?"
    r"(?:none|n/a|lacking|missing|planned|to be learn(?:ed|t)|not (?:yet|used|known)"
    r"|never (?:used|tried|learn(?:ed|t))|no (?:\w+ )?(?:experience|knowledge|practice))\b",
    re.IGNORECASE,
)
"""What takes back the words that it follows: "Java: none", "SQL (no experience)", "Rust not yet"."""
_NOT_ONLY = re.compile(r"\bnot\s+(?:only|just|limited)\b", re.IGNORECASE)


def listed(text: str, line: Line, start: int, end: int) -> bool:
    """Whether a comma stands in `text[start:end]`, in a line that is a list."""
    return _BREAK.search(text, start, end) is not None and len(_BREAK.findall(text, line.start, line.end)) >= LIST


def holds_denial(text: str) -> bool:
    """Whether `text` says of anything that it is missing."""
    return _DENIAL.search(_NOT_ONLY.sub("", text)) is not None


def denied_before(before: str) -> bool:
    """Whether what stands before a word denies it ("no experience with") or only wishes for it ("keen to learn")."""
    if _WISH.search(before):
        return True
    clause = re.split(r"[.;:]|\bbut\b", _NOT_ONLY.sub("", before))[-1]
    return holds_denial(clause[-_REACH:])


def denied(text: str, line: Line, start: int, end: int) -> bool:
    """Whether what stands at `text[start:end]`, in `line`, is said to be missing or no more than wished for."""
    return denied_before(text[line.start : start]) or _DENIED_AFTER.match(text, end, _row_end(text, end)) is not None


def _row_end(text: str, at: int) -> int:
    """A dash ends a line as `lines` cuts them, but what takes a word back may follow it."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


@dataclass(frozen=True)
class Mention:
    """Words of one line that speak of a phrase.

    `line` is where they stand, `start` and `end` the first and last of them; `share` is how much of the phrase the
    line holds (1 is all of it), `adjacent` whether the words stand together, `scattered` whether so far apart that they
    may speak of different things, `denied` whether the line says that it is missing.
    """

    line: Line
    start: int
    end: int
    share: float
    adjacent: bool
    scattered: bool
    denied: bool


class ReadText:
    """A text cut into lines and words once, so that many phrases can be looked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[Line] = list(lines(text))
        self.words: list[list[str]] = [word_texts(text, line) for line in self.lines]
        self._where: dict[str, list[int]] = {}
        for index, found in enumerate(self.words):
            for form in _stems(found):
                self._where.setdefault(form, []).append(index)

    def mentions(self, phrase: tuple[str, ...], *, at_least: float = 1.0) -> list[Mention]:
        """The lines that hold at least the share `at_least` of the words of `phrase`, in order."""
        wanted = list(dict.fromkeys(map(stem, phrase)))
        held = [self._where[word] for word in wanted if word in self._where]
        need = at_least * len(wanted)
        if not held or len(held) < need:
            return []
        counts: dict[int, int] = {}
        for index in chain.from_iterable(held):
            counts[index] = counts.get(index, 0) + 1
        return [self._mention(index, wanted) for index in sorted(counts) if counts[index] >= need]

    def _mention(self, index: int, wanted: list[str]) -> Mention:
        line = self.lines[index]
        tokens = _tokens(list(words(self.text, line.start, line.end)))
        window = _closest(tokens, set(wanted))
        start, end = window[0].start, max(token.end for token in window)
        held = {token.stem for token in window} & set(wanted)
        between = window[-1].position - window[0].position + 1
        return Mention(
            line=line,
            start=start,
            end=end,
            share=len(held) / len(wanted),
            adjacent=between <= len(wanted),
            scattered=between > 2 * len(wanted) + APART or (len(wanted) == 2 and listed(self.text, line, start, end)),
            denied=denied(self.text, line, start, end),
        )


class _Token(NamedTuple):
    stem: str
    start: int
    end: int
    position: int


def _stems(found: list[str]) -> set[str]:
    """The stems of a line, as `_tokens` gives them."""
    stems = set(map(stem, found))
    for name in known_names(found):
        stems.update(map(stem, name.canonical))
    return stems


def _tokens(found: list[Word]) -> list[_Token]:
    """The words of a line as stems; a known name also stands under the words of the name it is stored under."""
    positions: list[int] = []
    count = 0
    for word in found:
        positions.append(count)
        count += word.text not in FUNCTION_WORDS
    tokens = [
        _Token(stem(word.text), word.start, word.end, position) for word, position in zip(found, positions, strict=True)
    ]
    for name in known_names([word.text for word in found]):
        written = {word.text for word in found[name.start : name.end]}
        start, end = found[name.start].start, found[name.end - 1].end
        tokens.extend(
            _Token(stem(word), start, end, positions[name.start]) for word in name.canonical if word not in written
        )
    return sorted(tokens, key=lambda token: (token.start, token.end))


def _closest(tokens: list[_Token], wanted: set[str]) -> list[_Token]:
    """The shortest run of tokens that holds as many of `wanted` as the line does; the first of equals."""
    hits = [token for token in tokens if token.stem in wanted]
    kinds = len({token.stem for token in hits})
    best = hits
    for first in range(len(hits)):
        seen: set[str] = set()
        for last in range(first, len(hits)):
            seen.add(hits[last].stem)
            if len(seen) == kinds:
                if hits[last].end - hits[first].start < best[-1].end - best[0].start:
                    best = hits[first : last + 1]
                break
    return best
