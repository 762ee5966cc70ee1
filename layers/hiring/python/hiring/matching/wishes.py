"""What a candidate states, as numbers that can be compared for everybody at once."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntFlag
from zlib import crc32

from hiring.candidates.employers import employer_name
from hiring.candidates.model import Preferences
from hiring.matching.features import UNKNOWN, CandidateFeatures
from hiring.shared.values import LanguageLevel, LanguageSkill, PayPeriod, Place, WorkMode
from hiring.skills.words import plain

type Fact = tuple[int, int]
"""A key and a value from 0 to 255."""

_WORK_MODES = tuple(WorkMode)
_PERIODS = tuple(PayPeriod)
_LEVELS = tuple(LanguageLevel)
PAY_UNITS = 26**3 * len(_PERIODS)
"""How many numbers `pay_unit` may give."""


class Stated(IntFlag):
    """What a candidate has stated at all; the rest never excludes (R7)."""

    WORK_MODE = 1
    PLACE = 2
    TIME_ZONE = 4
    PAY = 8
    AUTHORISATION = 16
    LANGUAGE = 32
    START = 64

    @classmethod
    def of(cls, preferences: Preferences) -> int:
        """The bits of `preferences`."""
        bits = {
            cls.WORK_MODE: bool(preferences.work_modes),
            cls.PLACE: bool(preferences.places),
            cls.TIME_ZONE: preferences.time_zone is not None,
            cls.PAY: preferences.minimum_pay is not None,
            cls.AUTHORISATION: preferences.authorised_in is not None,
            cls.LANGUAGE: bool(preferences.languages),
            cls.START: preferences.earliest_start is not None,
        }
        return sum(bit for bit, stated in bits.items() if stated)


def fact(kind: str, name: str | int) -> int:
    """The key of a fact, such as a skill or a place."""
    return crc32(f"{kind}:{name}".encode())


def work_mode_bits(modes: Iterable[WorkMode]) -> int:
    """One bit for each way of working."""
    return sum(1 << _WORK_MODES.index(mode) for mode in modes)


def pay_unit(currency: str, period: PayPeriod) -> int:
    """Currency and period as one number."""
    number = 0
    for letter in currency:
        number = number * 26 + ord(letter) - ord("A")
    return number * len(_PERIODS) + _PERIODS.index(period)


def level_number(level: LanguageLevel | None) -> int:
    """0 where no level is named, then 1 for A1 up to 7 for native."""
    return 0 if level is None else _LEVELS.index(level) + 1


def employer_key(name: str) -> int:
    """The key of an employer's name, whatever its case, punctuation and legal form."""
    return fact("employer", employer_name(name))


def place_keys(place: Place) -> list[int]:
    """A city is found by its name and by "somewhere in the country"; a whole country also as such."""
    somewhere = fact("somewhere-in", place.country)
    if place.city is None:
        return [fact("country", place.country), somewhere]
    return [fact("city", f"{place.country}/{plain(place.city)}"), somewhere]


def facts_of(candidate: CandidateFeatures) -> list[Fact]:
    """Places, countries to work in, languages with levels, blocked employers."""
    facts: dict[int, int] = {}
    for place in candidate.preferences.places:
        facts.update(dict.fromkeys(place_keys(place), 0))
    for country in candidate.preferences.authorised_in or ():
        facts[fact("authorised", country)] = 0
    for spoken in languages_of(candidate.preferences, candidate.resume.languages):
        facts[fact("language", spoken.language)] = level_number(spoken.level)
    for name in candidate.blocks.names:
        facts[employer_key(name)] = 0
    return sorted(facts.items())


def skills_of(candidate: CandidateFeatures) -> list[Fact]:
    """The skills of which the resume tells how long they were used, with quarter years."""
    dated = {
        fact("skill", skill.term): min(round(skill.years * 4), UNKNOWN - 1)
        for skill in candidate.resume.skills
        if skill.years is not None
    }
    return sorted(dated.items())


def languages_of(preferences: Preferences, read: Iterable[LanguageSkill]) -> list[LanguageSkill]:
    """Languages that the candidate states, then those that only the resume shows."""
    known = {skill.language: skill for skill in read}
    known |= {skill.language: skill for skill in preferences.languages}
    return [known[code] for code in sorted(known)]
