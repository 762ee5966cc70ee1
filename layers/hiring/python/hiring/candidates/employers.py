"""Employers by their names: the same one however it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hiring.skills.words import plain

_LEGAL_FORM = re.compile(
    r"\b(?:inc|incorporated|llc|ltd|limited|plc|corp|corporation|co|company|gmbh|ag|se|sa|sas|sarl|srl|spa|bv|nv"
    r"|ab|as|oy|kg|ug)\b\.?"
)


def employer_name(name: str) -> str:
    """A name that is the same for an employer, whatever the case, punctuation and legal form it is written with."""
    return " ".join(re.findall(r"\w+", _LEGAL_FORM.sub(" ", plain(name)))) or plain(name)


def without_place(name: str) -> str:
    """A name as it stands on a resume without what stands beside it: `Almbahn, Vienna (part-time)` is `Almbahn`.

    An employer is blocked by its name, and no client is called after a place as well.
    """
    from hiring.resumes.places import is_place

    bare = re.sub(r"\s*\([^()]*\)", "", name).strip()
    while (split := bare.rpartition(","))[1] and is_place(split[2]):
        bare = split[0].strip()
    return bare or name


def among(name: str, others: Iterable[str]) -> bool:
    """Whether an employer is one of `others`."""
    return employer_name(name) in {employer_name(other) for other in others}
