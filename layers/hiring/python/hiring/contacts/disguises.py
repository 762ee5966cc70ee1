"""Views of a text without its disguises: odd letters made plain, letters closed up, numbers in digits.

Each view keeps the way back: every character of it knows the part of the original that it stands for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache


@dataclass(frozen=True)
class View:
    """A reading of a text; `text[i]` stands for `original[starts[i]:ends[i]]`."""

    text: str
    starts: list[int]
    ends: list[int]

    @cached_property
    def lower(self) -> str:
        """The same in lower case, character by character."""
        return self.text.lower()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the original; not for an empty part."""
        return self.starts[start], self.ends[end - 1]

    def spelled(self, position: int) -> bool:
        """Whether the character stands for a word of the original, or for a digit on a key."""
        return self.ends[position] - self.starts[position] > 1


def plain(text: str) -> View:
    """`text` in plain letters and digits, without accents and without what cannot be seen.

    Compatibility forms are resolved (NFKD), letters that look like Latin ones become these, every digit becomes 0 to 9.
    """
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for position, character in enumerate(text):
        if character.isascii():
            letters.append(character)
            starts.append(position)
            ends.append(position + 1)
            continue
        plainly = _plain(character)
        if not plainly and ends:
            ends[-1] = position + 1
        letters += plainly
        starts += [position] * len(plainly)
        ends += [position + 1] * len(plainly)
    return View("".join(letters), starts, ends)


def closed_up(view: View) -> View | None:
    """The view with s p a c e d letters closed up, or None where there are none."""
    gaps = {
        position
        for run in _SPACED.finditer(view.text)
        for position in range(run.start(), run.end())
        if view.text[position] == " "
    }
    return _without(view, gaps) if gaps else None


def in_digits(view: View) -> View | None:
    """The view with numbers in words ("zero seven", "null sieben") as digits, or None where there are none."""
    parts: list[tuple[int, int, str]] = []
    for match in _NUMBER_WORDS.finditer(view.lower):
        repeat, begin = 1, None
        for word in _ONE_WORD.finditer(match.group()):
            if word.group() in _REPEATS:
                repeat, begin = _REPEATS[word.group()], word.start()
                continue
            start = match.start() + (word.start() if begin is None else begin)
            parts.append((start, match.start() + word.end(), _DIGITS[word.group()] * repeat))
            repeat, begin = 1, None
    parts += [
        (*match.span(), match.group().translate(_AS_DIGIT))
        for match in _LETTERS_AS_DIGITS.finditer(view.text)
        if any(map(str.isdigit, match.group()))
    ]
    return _replaced(view, sorted(parts)) if parts else None


def _without(view: View, gaps: set[int]) -> View:
    kept = [position for position in range(len(view.text)) if position not in gaps]
    return View(
        "".join(view.text[position] for position in kept),
        [view.starts[position] for position in kept],
        [view.ends[position] for position in kept],
    )


def _replaced(view: View, parts: Iterable[tuple[int, int, str]]) -> View:
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    for start, end, new in parts:
        if start < last:
            continue
        letters += [view.text[last:start], new]
        starts += view.starts[last:start]
        ends += view.ends[last:start]
        if len(new) == end - start:
            starts += view.starts[start:end]
            ends += view.ends[start:end]
        else:
            starts += [view.starts[start]] * len(new)
            ends += [view.ends[end - 1]] * len(new)
        last = end
    return View("".join([*letters, view.text[last:]]), [*starts, *view.starts[last:]], [*ends, *view.ends[last:]])


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character in _LOOK_ALIKES:
        return _LOOK_ALIKES[character]
    if unicodedata.category(character) in {"Cf", "Mn", "Me"} or character in _BLANK:
        return ""
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    parts = unicodedata.normalize("NFKD", character)
    if parts == character:
        return " " if character.isspace() and character not in "\n\r\x85\u2028\u2029" else character
    return "".join(letter if letter.isascii() else _plain_part(letter) for letter in parts)


def _plain_part(letter: str) -> str:
    if unicodedata.category(letter) in {"Cf", "Mn", "Me"}:
        return ""
    return _LOOK_ALIKES.get(letter, letter)


_BLANK = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters by their class that show nothing."""

_LOOK_ALIKES = {
    **dict(zip("аАвВеЕёкКмМнНоОрРсСтТуУхХіІїјЈѕЅԁһӏԛԝьгп", "aAbBeEekKmMhHoOpPcCtTyYxXiIijJsSdhlqwbrn", strict=True)),
    **dict(zip("αΑβΒγεΕζΖηΗιΙκΚμΜνΝοΟρΡτΤυΥχΧ", "aAbByeEzZnHiIkKuMvNoOpPtTuYxX", strict=True)),
    **dict(zip("ıłŁøØđĐħŧɑɡɩᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ", "ilLoOdDhtagiabcdeghijklmnoprtuvwyz", strict=True)),
    **dict.fromkeys("·•∙●․。｡⋅", "."),
    **dict.fromkeys("‐‑‒–—―−﹣", "-"),
    **dict.fromkeys("∕⁄", "/"),
    **dict.fromkeys("‘’ʼ`´", "'"),
    "ß": "ss",
    "ẞ": "SS",
    "æ": "ae",
    "œ": "oe",
    "⠀": " ",
    "🔟": "10",
}

# Three or more single characters with a space or two between.
_SPACED = re.compile(r"(?<!\S)(?:\S {1,2}){2,}+\S(?!\S)|(?<!\S)(?:\S {1,2}){3,}(?=\S)")

_IN_WORDS = {
    "0": "zero oh null cero nul",
    "1": "one eins un uno unu um een jeden",
    "2": "two zwei zwo deux dos due dois doi twee dwa",
    "3": "three drei trois tres tre trei drie trzy",
    "4": "four vier quatre cuatro quattro quatro patru cztery",
    "5": "five funf fuenf cinq cinco cinque cinci vijf piec",
    "6": "six sechs seis sei sase zes szesc",
    "7": "seven sieben sept siete sette sete sapte zeven siedem",
    "8": "eight acht huit ocho otto oito opt osiem",
    "9": "nine neun neuf nueve nove noua negen dziewiec",
    "+": "plus",
    "00": "hundred hundert",
}
_DIGITS = {word: digit for digit, words in _IN_WORDS.items() for word in words.split()}
_REPEATS = {"double": 2, "doppel": 2, "triple": 3}
_WORDS = "|".join(sorted([*_DIGITS, "double ", "doppel", "triple "], key=len, reverse=True))
# Possessive, because some words are the beginning of others and could be parted in many ways.
_NUMBER_WORDS = re.compile(rf"(?<![^\W\d_])(?:{_WORDS})++(?![^\W\d_])")
_ONE_WORD = re.compile("|".join(sorted([*_DIGITS, *_REPEATS], key=len, reverse=True)))
_LETTERS_AS_DIGITS = re.compile(r"(?<![^\W\d_])[\dOoIl]{3,}+(?![^\W\d_])")
_AS_DIGIT = str.maketrans("OoIl", "0011")
