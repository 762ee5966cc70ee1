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


_WORD = re.compile(r"^[^\W\d_][\w.'’\-]*(?:[ \-][\w.'’\-]+){0,4}$")
_REMOTE = re.compile(
    r"^(?:fully |100% )?(?:remote|hybrid|on-?site|telecommute|home office)(?:\s*[(,/-].*)?$", re.IGNORECASE
)


def is_place(text: str) -> bool:
    """Whether `text` as a whole names a place: "Leeds", "Austin, TX", "Seoul, South Korea", "Remote"."""
    text = text.strip().strip("()").strip(" ,")
    if not 2 < len(text) <= 60 or any(letter.isdigit() for letter in re.sub(r"\b\d{4,6}(?:-\d{4})?\b", "", text)):
        return False
    if _REMOTE.match(text):
        return True
    parts = [re.sub(r"\b\d{4,6}(?:-\d{4})?\b", "", part).strip() for part in re.split(r",|\s[-–/]\s", text)]
    parts = [part for part in parts if part]
    if not parts or len(parts) > 4 or not all(_WORD.match(part) for part in parts):
        return False
    if len(parts) == 1:
        name = fold(parts[0])
        first, _, last = parts[0].rpartition(" ")
        return (
            name in CITIES
            or (name in COUNTRIES and len(name) > 2)
            or (name in REGIONS and len(name) > 2)
            or (bool(first) and last in _STATE_CODES and last.isupper() and fold(first) in CITIES)
        )
    if title_score(parts[0]) != 0:
        return False
    last = parts[-1].strip(".")
    tail = fold(last)
    if last in _STATE_CODES or last.replace(".", "") in _STATE_CODES:
        return True
    if tail in COUNTRIES or tail in REGIONS:
        return len(tail) > 2
    return fold(parts[0]) in CITIES and len(parts) == 2 and len(parts[1]) < 25
