"""Where a person may work, as far as the resume says so: "EU citizen", "no sponsorship required"."""

from __future__ import annotations

import re

from hiring.resumes.document import TextLine
from hiring.resumes.model import Fact, SectionKind
from hiring.resumes.sections import Part

_WHERE = (
    r"(?:\s(?:permanently\s|full[- ]time\s)?(?:in|within|for|anywhere in)\s(?:the\s|any\s)?[^\W\d][^.;|•·,()\t]{1,50})?"
)
_STATEMENT = re.compile(
    r"(?<!\w)(?:"
    rf"(?:legally\s|fully\s)?(?:authori[sz]ed|eligible|entitled|permitted|allowed)\sto\s(?:live\sand\s)?work{_WHERE}"
    rf"|(?:full\s|unrestricted\s)?(?:right|permission)\sto\s(?:live\sand\s)?work{_WHERE}"
    r"|(?:no|without|(?:does|do|will)\snot\s(?:require|need)|(?:doesn|don|won)['’]t\s(?:require|need)|not\srequiring)\s"
    r"(?:any\s)?(?:visa\s|work\s|employer\s)*sponsorship(?:\s(?:is\s)?(?:required|needed|necessary))?"
    r"|(?:require[sd]?|needs?|requiring|needing|seeking)\s(?:an?\s)?(?:h-?1b\s)?(?:visa\s|work\s|employer\s)*sponsorship"
    r"|(?:visa\s)?sponsorship\s(?:is\s)?(?:not\s)?(?:required|needed)"
    rf"|(?:valid\s|unrestricted\s|unlimited\s|permanent\s)?work\s(?:permit|authori[sz]ation|visa)(?:\sholder)?{_WHERE}"
    r"|(?:e\.?u\.?|eea|european(?:\sunion)?|swiss|u\.?s\.?|american|u\.?k\.?|british|irish|canadian|australian)\s"
    r"(?:citizen(?:ship)?|national|passport(?:\sholder)?|permanent\sresident|work\spermit)"
    r"|dual\scitizen(?:ship)?|permanent\sresiden(?:t|ce|cy)(?:\spermit)?|green\scard(?:\sholder)?|(?:eu\s)?blue\scard"
    r"|indefinite\sleave\sto\sremain|(?:pre-)?settled\sstatus|(?:h-?1b|l-?1|o-?1|tn|opt|tier\s2|skilled\sworker)\svisa"
    r"|(?:unbefristete\s|gültige\s)?(?:arbeitserlaubnis|arbeitsbewilligung|niederlassungserlaubnis|aufenthaltstitel)"
    r"|eu-bürger(?:in)?|autorisation\sde\stravail|permis\sde\stravail|citoyen(?:ne)?\seuropéen(?:ne)?"
    r"|permiso\sde\strabajo|ciudadan[oa]\s(?:de\sla\sue|europe[oa])|permis\sde\smuncă|cetățean\sue"
    r")(?!\w)",
    re.IGNORECASE,
)
_ELSEWHERE = (SectionKind.EMPLOYMENT, SectionKind.PROJECTS, SectionKind.EDUCATION)
"""There the words speak of what was done for others."""


def authorisation_of(parts: list[Part]) -> tuple[Fact, ...]:
    """What the resume states about the right to work and the need of sponsorship, in its own words."""
    return tuple(
        _fact(line, match)
        for part in parts
        if part.kind not in _ELSEWHERE
        for line in part.lines
        for match in _STATEMENT.finditer(line.text)
    )


def _fact(line: TextLine, match: re.Match[str]) -> Fact:
    words = match.group().rstrip()
    start = line.start + match.start()
    return Fact(value=" ".join(words.split()), start=start, end=start + len(words), confidence=0.9)
