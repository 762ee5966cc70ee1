"""Which part of an advertisement a line belongs to: by headings, by labels, and by what a list holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from hiring.jobs.advertisement.headings import Part, part_of, part_spoken_of
from hiring.jobs.advertisement.text import Line, lines, stripped


class Placed(NamedTuple):
    """A line of content and the part in which it stands; `heading` where it is a heading that may say something
    itself, `inline` where a label before it in its line says the part.
    """

    part: Part
    line: Line
    heading: bool
    inline: bool = False


_MOST_LINES = 2_000
"""What has more is no advertisement; the rest is not read."""
_LABEL = re.compile(r"([^:\n\t]{2,50})(?::[ \t]+|[ ]?\t[ \t]*)(?=\S)")
_INNER_LABEL = re.compile(r"(?<=[.!?;])\s+([^\W\d][^:.!?;\n]{2,40}):\s")
_OF_TITLE = re.compile(r"(?:the |job |open )?(?:role|position|job|post|poste|puesto|stelle)\s*")
_LONGEST_TITLE = 10
"""Words behind "Position:" that may be a title; more are what the position is about."""
_INLINE = frozenset({Part.MUST_HAVE, Part.NICE_TO_HAVE, Part.TASKS, Part.OFFER, Part.COMPANY})
_LISTS = frozenset({Part.MUST_HAVE, Part.NICE_TO_HAVE, Part.OFFER})
_NAVIGATION = re.compile(
    r"(?:easy |quick )?apply(?: now| here| on .{2,30}| for this (?:job|role))?|save(?:d)?(?: this)?(?: job)?|"
    r"share(?: this(?: job)?)?|report(?: this)? job|show (?:more|less)(?: options)?|see (?:more|less)|sign in.*|"
    r"log ?in.*|skip to .*|cookies?(?: settings| policy)?|accept (?:all|cookies).*|(?:©|copyright).*|email me .*|"
    r"(?:create|set) (?:job )?alert|(?:home|jobs|careers) ?[>/›».*].*|(?:over )?\d+ applicants?|back to .*|print|"
    r"(?:view|see|all) (?:all )?(?:our )?jobs|promoted .*|similar jobs|posted .*|reposted .*|.{2,60} logo|menu|search|"
    r"people also viewed|job details|full job description|jetzt bewerben|merken|teilen|postuler(?: maintenant)?|"
    r"partager"
)
_ASKED = re.compile(
    r"\b(?:experien\w+|degree|bachelor\w*|master\w*|diploma|licen[cs]e\w*|certifi\w+|qualifi\w+|registered|"
    r"registration|chartered|knowledge|skills?|ability|able to|familiar\w*|proficien\w+|fluen\w+|understanding|"
    r"comfortable|confident|willing\w*|native|level of|good|excellent|strong|you (?:are|have|know|can|enjoy|hold)|"
    r"passion\w*|proven|track record|must|"
    r"minimum|"
    r"at least|background|references?|vetting|trained|competent|able|years?|yrs|patien\w+|motivat\w+|reliab\w+|"
    r"ausbildung|studium|kenntnisse|erfahrung\w*|fahigkeit|bereitschaft|jahre|fuhrerschein|diplome|maitrise|"
    r"connaissance\w*|permis|capacite|titulo|titulacion|conocimientos?|experiencia|carnet|anos)\b"
)
_OFFERED = re.compile(
    r"[€£$₹]|\b(?:holidays?|vacation|pension|insurance|discount\w*|free|leave|budget|bonus|allowance|parking|flexible|"
    r"wellbeing|uniform|equity|401k|medical|dental|stipend|days off|gym|urlaub\w*|zuschuss|obst|tickets?|mutuelle|"
    r"conges|vacaciones|seguro|dias libres)\b"
)


def placed(text: str, plain: str) -> Iterator[Placed]:
    """The lines of an advertisement with the part each stands in; `plain` is the folded text."""
    part = Part.OPENING
    every = [piece for line in islice(lines(text), _MOST_LINES) for piece in _at_labels(plain, line)]
    items: list[Line] = []
    for number, line in enumerate(every):
        here = plain[line.start : line.end]
        if not line.bullet and len(here) <= 80 and _NAVIGATION.fullmatch(here):
            yield Placed(Part.PROCESS, line, heading=True)
            continue
        headed = None if line.bullet and not here.endswith(":") else part_of(here)
        if headed is None and number and _is_set_off(text, here, every, number):
            headed = part_spoken_of(here) or _part_of_list(text, plain, every, number)
        if headed is not None:
            part, items = headed, []
            yield Placed(part, line, heading=True)
            continue
        if not line.bullet and (label := _labelled(here)) is not None:
            start, end = stripped(text, line.start + label[1], line.end)
            yield Placed(label[0], Line(start, end, line.bullet), heading=False, inline=True)
            continue
        if part in _LISTS and items and _leaves(text, items, line):
            part, items = Part.OTHER, []
        items.append(line)
        yield Placed(part, line, heading=False)


def _at_labels(plain: str, line: Line) -> Iterator[Line]:
    """The line, cut before every "Requirements:" that begins a sentence within it."""
    start = line.start
    for label in _INNER_LABEL.finditer(plain, line.start, line.end):
        if part_of(label[1]) in _INLINE:
            yield Line(start, label.start(), line.bullet)
            start = label.start(1)
    yield Line(start, line.end, line.bullet)


def _labelled(line: str) -> tuple[Part, int] | None:
    """The part of "Requirements: five years of …" and where its content begins."""
    label = _LABEL.match(line)
    part = part_of(label[1]) if label else None
    if label and _OF_TITLE.fullmatch(label[1]) and len(line[label.end() :].split()) <= _LONGEST_TITLE:
        return None
    return (part, label.end()) if label and part in _INLINE and part is not None else None


def _is_set_off(text: str, here: str, every: Sequence[Line], number: int) -> bool:
    """Whether a line looks like a heading: short, without the end of a sentence, and before what it heads."""
    line = every[number]
    following = every[number + 1] if number + 1 < len(every) else None
    if line.bullet or following is None or len(here) > 70 or here[-1:] in ".,;)" or ": " in here or "\t" in here:
        return False
    if here.endswith(":"):
        return True
    if not any(character.isalpha() for character in here):
        return False
    marked = text[max(0, line.start - 2) : line.start].strip() in ("#", "##", "**") and len(here.split()) <= 6
    if marked or (following.bullet and not _apart(text, line, following)):
        return marked or _apart(text, every[number - 1], line) or every[number - 1].bullet
    if not _apart(text, every[number - 1], line) or len(here.split()) > 6 or any(c.isdigit() for c in here):
        return False
    # Set apart before plain lines, as headings and the items of a list alike may be: only what speaks of a part.
    return part_spoken_of(here) is not None and (
        not _apart(text, line, following) or text[line.start : line.end].isupper()
    )


def _part_of_list(text: str, plain: str, every: Sequence[Line], number: int) -> Part:
    """The part of the list below a heading that says nothing, by what most of its items speak of."""
    asked = offered = count = 0
    for before, line in zip(every[number:], every[number + 1 : number + 9], strict=False):
        if count and _apart(text, before, line):
            break
        count += 1
        words = plain[line.start : min(line.end, line.start + 300)]
        asked += _ASKED.search(words) is not None
        offered += _OFFERED.search(words) is not None
    if 2 * offered >= count and offered >= asked:
        return Part.OFFER
    return Part.MUST_HAVE if 2 * asked >= count else Part.OTHER


def _leaves(text: str, items: Sequence[Line], line: Line) -> bool:
    """Whether a line that is set apart from the items of a list is none of them."""
    if line.bullet or not _apart(text, items[-1], line):
        return False
    if items[0].bullet:
        return True
    return text[line.end - 1] in ".!" and not all(text[each.end - 1] in ".!" for each in items)


def _apart(text: str, before: Line, line: Line) -> bool:
    """Whether a blank line stands between two lines."""
    return text.count("\n", before.end, line.start) > 1
