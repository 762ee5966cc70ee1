"""What a requirement asks for, read from the client's words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hiring.skills.aliases import canonical, known_names, other_form
from hiring.skills.words import FUNCTION_WORDS, words

_YEARS = re.compile(
    r"(?:at least|min(?:imum)?(?: of)?|over|more than)?\s*"
    r"(\d{1,2})(?:\s*[-–]\s*\d{1,2})?\s*\+?\s*(?:or more\s+)?(?:years?|yrs?)\b",
    re.IGNORECASE,
)
_FRAME_WORDS = """
ability able advanced advantage background basic capable capability comfortable commercial comparable deep demonstrable
demonstrated depth desirable equivalent essential excellent exceptional experience experienced expert expertise
extensive familiar familiarity fluency fluent good great hands holder ideally including independent independently
industry keen knowledge level minimum must need needed nice outstanding plus practical preferably preferred previous
prior professional proficiency proficient proven record related relevant required similar skill skilled skills solid
sound strong thorough tools track understanding use used using well willingness work worked working year years yrs
"""
_FRAME = frozenset(_FRAME_WORDS.split())
_SAYS_NOTHING = FUNCTION_WORDS | _FRAME
_SETTING = re.compile(
    r"\bin (?:production|practice|(?:an? |the )?(?:[\w-]+ ){0,3}(?:environments?|settings?))\b", re.IGNORECASE
)
_EITHER = re.compile(r"\s+or\s+|\s*/\s*|\s*\|\s*", re.IGNORECASE)
_BOTH = re.compile(r"\s*[,;&]\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)


_CONTRAST = re.compile(
    r"[\s,]*\b(?:(?P<more>beyond|other than|different from|besides|apart from"
    r"|more than(?! (?:\d|an? |one|two|three|four|five|six|eight|ten|twen|fif|hun)))"
    r"|rather than|instead of|as opposed to|without|(?:and )?not (?:just|only|merely))"
    r"\s+(?P<left>[^,;:()]*)",
    re.IGNORECASE,
)
"""What a requirement is set against: "Excel beyond pivot tables", "people, not just projects"."""
_ALSO = re.compile(r"\bbut\b", re.IGNORECASE)
_ALTERNATIVES = re.compile(
    r"\bor\b|\bsuch as\b|\blike\b|\be\.?g\b|\bpreferabl[ey]\b|\bideally\b|\bsimilar\b|\bcomparable\b"
    r"|\bequivalent\b|\bany of\b|/",
    re.IGNORECASE,
)
_PLACES = frozenset({"in", "from", "across", "near", "throughout"})
"""After one of these, a capitalised word is a place or a language and no technology."""


@dataclass(frozen=True)
class Asked:
    """What one requirement asks for.

    `choices` holds the alternatives of which one suffices; an alternative is a tuple of phrases that are all asked
    for, and a phrase is a tuple of words without case, accents and function words. `years` is what the text itself
    names; a text that asks for nothing but years has no choices. `names` are the technologies and other names among
    the words: the heart of a phrase such as "PostgreSQL under load". With `any_name` one of them suffices, because the
    text gives them as alternatives or examples ("preferably", "such as", "or the like"). `other_names` are those of
    the choices that say another one in other words: SEO for search engine optimization.
    """

    choices: tuple[tuple[tuple[str, ...], ...], ...]
    years: float | None
    names: tuple[tuple[str, ...], ...] = ()
    any_name: bool = False
    other_names: tuple[tuple[tuple[str, ...], ...], ...] = ()

    @property
    def phrases(self) -> tuple[tuple[str, ...], ...]:
        """Every phrase once, in order."""
        return tuple(dict.fromkeys(phrase for choice in self.choices for phrase in choice))


def read_requirement(text: str) -> Asked:
    """What `text` asks for: years, alternatives and phrases.

    A list is split into its members only where each member is a name or a short term ("Python or Java", "SQL, Excel");
    "design and testing of gear boxes" stays one phrase, because its parts mean something else alone.
    """
    found = _YEARS.search(text)
    years = float(found[1]) if found else None
    rest = _SETTING.sub(" ", _YEARS.sub(" ", text))
    rest = re.sub(r"\([^)]*\)", _inside_brackets, rest)
    choices = [tuple(both) for both in (_members(either, _BOTH) for either in _members_text(rest, _EITHER)) if both]
    if not choices and years is None:
        whole = tuple(word.text for word in words(text))
        choices = [(whole,)] if whole else []
    written = [tuple(other_form(phrase) for phrase in choice) for choice in choices]
    return Asked(
        choices=tuple(dict.fromkeys(choices + written)),
        years=years,
        names=_names(rest),
        any_name=_ALTERNATIVES.search(text) is not None,
        other_names=tuple(dict.fromkeys(choice for choice in written if choice not in choices)),
    )


def without_contrast(text: str) -> tuple[str, bool]:
    """`text` without what it sets its subject against, and whether it leaves open what it asks for instead.

    Pivot tables do not show "Excel beyond pivot tables", and that somebody knows Excel shows a part of it at most. What
    is asked for besides ("not only X but Y") stays. A text that would say nothing any more is left as it is.
    """
    opened = False
    rest, at = "", 0
    for found in _CONTRAST.finditer(text):
        if _ALSO.search(text, found.start()):
            continue
        opened = opened or found["more"] is not None
        rest, at = rest + text[at : found.start()], found.end()
    rest += text[at:]
    return (rest if says_something(rest) else text), opened


def says_something(text: str) -> bool:
    """Whether `text` holds any word that says what it is about."""
    return any(word.text not in _SAYS_NOTHING for word in words(text))


def subject_of(text: str) -> tuple[str, ...]:
    """The words of a requirement that say what it is about, in order, as the client writes them."""
    rest = _SETTING.sub(" ", _YEARS.sub(" ", text))
    kept = [word.text for word in words(rest) if word.text not in _SAYS_NOTHING]
    return tuple(kept or [word.text for word in words(text)])


def _names(text: str) -> tuple[tuple[str, ...], ...]:
    """Known names in `text`, and words that are written as names: with a capital within a sentence, or a sign.

    A capitalised word belongs to the name right before it: a project is no "MS Project". Where every word has a
    capital, it tells nothing: "Benefits Administration".
    """
    found = list(words(text))
    titled = all(text[word.start].isupper() for word in found if word.text not in FUNCTION_WORDS)
    known = list(known_names([word.text for word in found]))
    alone = {number for name in known for number in range(name.start, name.end)}
    written: list[tuple[str, ...]] = []
    before = -2
    for number, word in enumerate(found):
        letters = text[word.start : word.end]
        named = any(c.isupper() or c in "+#" for c in (letters if number and not titled else letters[1:]))
        place = number > 0 and found[number - 1].text in _PLACES and letters[1:].islower()
        if place or word.text in _SAYS_NOTHING:
            continue
        follows = before == word.start - 1 and number not in alone and number - 1 not in alone
        if follows and letters[0].isupper() and letters[1:].islower():
            written[-1] += (word.text,)
        elif named:
            written.append(tuple(canonical([word.text])))
        else:
            continue
        before = word.end
    return tuple(dict.fromkeys([*(name.canonical for name in known), *written]))


def _inside_brackets(found: re.Match[str]) -> str:
    """Examples in brackets ("cloud (AWS, Azure)") do not narrow what is asked for."""
    inside = found[0][1:-1]
    return (
        " " if re.match(r"\s*(?:e\.?g|i\.?e|for example|such as|or similar|like)\b", inside, re.IGNORECASE) else inside
    )


def _subject(text: str) -> tuple[str, ...]:
    """The words of `text` that name something: without function words and without "strong experience with"."""
    kept = [word.text for word in words(text) if word.text not in FUNCTION_WORDS]
    subject = [word for word in kept if word not in _FRAME]
    return tuple(canonical(subject))


def _members_text(text: str, separator: re.Pattern[str]) -> list[str]:
    parts = [part for part in separator.split(text) if part.strip()]
    subjects = [_subject(part) for part in parts]
    if len(parts) > 1 and all(_is_name(part, subject) for part, subject in zip(parts, subjects, strict=True)):
        return parts
    return [text]


def _members(text: str, separator: re.Pattern[str]) -> list[tuple[str, ...]]:
    return [subject for subject in map(_subject, _members_text(text, separator)) if subject]


def _is_name(text: str, subject: tuple[str, ...]) -> bool:
    """Whether a member of a list stands for itself: a known technology, or one or two words written as a name."""
    if any(True for _ in known_names([word.text for word in words(text)])):
        return True
    written = [word for word in text.split() if word.casefold().strip(",.;:()") not in _SAYS_NOTHING]
    return 0 < len(subject) <= 2 and all(any(c.isupper() or c.isdigit() or c in "+#" for c in word) for word in written)
