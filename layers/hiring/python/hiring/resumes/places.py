"""Places: "Leeds", "Austin, TX", "Seoul, South Korea", "Remote"."""

from __future__ import annotations

import re

from hiring.resumes.headings import fold
from hiring.resumes.place_names import CITIES, COUNTRIES, REGIONS
from hiring.resumes.titles import title_score
from hiring.resumes.word_lists import words

_STATE_CODES = words(
    """
    AB AE AK AL AR AT AU AZ BC BD BE BR CA CH CL CN CO CT CZ DC DE DK EG ES FI FL FR GA GB GR HI HK HU IA ID
    IE IL IN IT JP KE KR KS KY LA MA MB MD ME MI MN MO MS MT MX MY NC ND NE NG NH NI NJ NL NM NO NS NSW NV NY
    NZ OH OK ON OR PA PH PK PL PT QC QLD RI RO SC SD SE SG SK TH TN TR TX UA UAE UK US USA UT VA VIC VN VT WA
    WI WV WY ZA
    """
)


_SEVERAL = re.compile(r"\s[-–—/·•|&]\s|\s(?:and|or)\s")
_POSTCODE = re.compile(r"\b\d{4,6}(?:-\d{4})?\b")
_WORD = re.compile(r"^[^\W\d_][\w.'’\-]*(?:[ \-][\w.'’\-]+){0,4}$")
_REMOTE = re.compile(
    r"^(?:fully |100% )?(?:remote|hybrid|on-?site|telecommute|home office)(?:\s*[(,/-].*)?$", re.IGNORECASE
)


def is_place(text: str) -> bool:
    """Whether `text` as a whole names a place: "Leeds", "Austin, TX", "Seoul, South Korea", "Remote"."""
    text = text.strip().strip("()").strip(" ,")
    several = _SEVERAL.split(text)
    if len(several) > 1:
        return len(several) < 4 and all(map(is_place, several))
    if _REMOTE.match(text):
        return True
    unnumbered = _POSTCODE.sub("", text)
    if not 2 < len(text) <= 60 or any(map(str.isdigit, unnumbered)):
        return False
    parts = [part.strip() for part in unnumbered.split(",") if part.strip()]
    if not 0 < len(parts) <= 4 or not all(_WORD.match(part) for part in parts):
        return False
    return _is_known(parts[0]) if len(parts) == 1 else _is_address(parts)


def _is_known(part: str) -> bool:
    """Whether one word or name is a place that the lists hold, perhaps with the code of its state."""
    name = fold(part)
    first, _, last = part.rpartition(" ")
    return (
        name in CITIES
        or (len(name) > 2 and (name in COUNTRIES or name in REGIONS))
        or (bool(first) and last in _STATE_CODES and last.isupper() and fold(first) in CITIES)
    )


def _is_address(parts: list[str]) -> bool:
    """Whether names that commas part end in a state, a region or a country, or begin with a known city."""
    if title_score(parts[0]) != 0:
        return False
    last = parts[-1].strip(".")
    tail = fold(last)
    if last in _STATE_CODES or last.replace(".", "") in _STATE_CODES:
        return True
    if tail in COUNTRIES or tail in REGIONS:
        return len(tail) > 2
    return fold(parts[0]) in CITIES and len(parts) == 2 and len(parts[1]) < 25
