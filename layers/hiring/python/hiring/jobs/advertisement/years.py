"""Years of experience in words and figures: "5+ years", "mindestens drei Jahre", "3 à 5 ans", "dos años"."""

from __future__ import annotations

import re

_WORDS = (
    "one two three four five six seven eight nine ten "
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
    "ein zwei drei vier funf sechs sieben acht neun zehn",
    "un deux trois quatre cinq six sept huit neuf dix",
    "un dos tres cuatro cinco seis siete ocho nueve diez",
)
NUMBERS = {word: number for row in _WORDS for number, word in enumerate(row.split(), start=1)} | {
    "a": 1,
    "an": 1,
    "eine": 1,
    "einen": 1,
    "une": 1,
    "una": 1,
}
"""Small numbers by their folded names."""
_NUMBER = rf"(?:\d{{1,2}}(?:[.,]5|½)?|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_YEARS = re.compile(
    rf"\b(?P<number>{_NUMBER})(?:\s*\(\w{{1,6}}\))?(?:\s*(?:-|–|—|/|to|bis|a|ou|or|oder)\s*{_NUMBER})?\s*\+?\s*"
    r"(?:(?:or more|plus|oder mehr|ou plus|o mas|full|volle)\s+)?(?:(?:years?\b|yrs?\b|jahren?|jahrige|ans\b|"
    r"annees?|anos?\b)(?!\s*(?:old|of (?:age|school\w*|stud\w+|education)))|(?P<months>months?\b|mths?\b|monaten?\b|"
    r"mois\b|meses\b))"
    r"(?!\W{1,2}(?:[\w-]+\W+){0,3}(?:history|contract|warranty|guarantee|probation)\b)"
)
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:aged?|over the age of|alter von|alt|mindestalter|edad|older than|last|past|within|held for|valid for|every|"
    r"next)"
    r"[ :]*$"
)
"""Before years of age, of a licence, or back from today."""


def years_in(plain: str, start: int, end: int) -> tuple[float, int, int] | None:
    """The first number of years in `plain[start:end]` with the span that says so; the lower end of a range."""
    named = (
        each
        for each in _YEARS.finditer(plain, start, end)
        if not _OF_SOMETHING_ELSE.search(plain, max(start, each.start() - 30), each.start())
    )
    match = next(named, None)
    if match is None:
        return None
    number = match["number"].replace(",", ".").replace("½", ".5")
    years = float(NUMBERS[number]) if number in NUMBERS else float(number)
    if match["months"]:
        years = round(years / 12, 2)
    return (years, match.start(), match.end()) if years <= 30 else None
