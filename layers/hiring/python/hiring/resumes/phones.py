"""Phone numbers with the region that they belong to."""

from __future__ import annotations

import re

from hiring.resumes.model import Fact, Phone


def phone_of(fact: Fact) -> Phone:
    """A phone number with its region, where it is written with its country's code; without that nobody can know."""
    return Phone(**dict(fact), region=_region(fact.value))


def _region(number: str) -> str | None:
    international = re.sub(r"^\W*00(?=[1-9])", "+", number)
    if not international.lstrip(" (").startswith("+"):
        return None
    import phonenumbers  # here, for it takes longer to load than most resumes take to read

    try:
        parsed = phonenumbers.parse(international, None)
    except phonenumbers.NumberParseException:
        return None
    region = phonenumbers.region_code_for_number(parsed) or phonenumbers.region_code_for_country_code(
        parsed.country_code or 0
    )
    return region if region and region.isalpha() and region != "ZZ" else None
