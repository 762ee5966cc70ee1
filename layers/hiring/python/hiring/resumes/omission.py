"""What goes with a masked name or means of contact: its label, the brackets and separators around it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hiring.contacts.finding import mask
from hiring.resumes.model import MASK, Fact

_SEPARATORS = "|•·●◦▪■⋄♦∙‖*,;:/\t–—-"
_SEPARATOR = rf"[{re.escape(_SEPARATORS)}]"
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160), 0xFFFE, 0xFFFF), " ")
_LABELS = (
    r"e-?mail(?:[ -]?(?:address|adresse))?|mail|courriel|correo(?: electrónico)?|"
    r"(?:mobile|cell|home|work)[ -]?phone|phone(?: number)?|telephone|telefon(?:nummer)?|téléphone|teléfono|telefono|"
    r"telefone|telefoon|tel|ph|mobile?|mobil|cell|handy|celular|móvil|fax|whats\s?app|skype|telegram|signal|"
    r"(?:personal )?web\s?(?:site|page)?|home\s?page|url|link|blog|portfolio|profile|online|social|"
    r"linked\s?in|git\s?hub|git\s?lab|xing|twitter|facebook|instagram|medium|behance|dribbble|stack\s?overflow|x|"
    r"(?:full )?name|nom|nombre|nome|nume|naam|contact|kontakt|[etpmw](?=\s?[:.])"
)
_LABEL = re.compile(
    rf"(?:^|(?<={_SEPARATOR})|(?<={MASK}))[^\S\n]*(?:{_LABELS})[^\S\n]?[:.]?[^\S\n]*\n?[^\S\n]*"
    rf"(?={MASK}++(?: ++{MASK}++)*+[^\S\n]*+(?:$|{_SEPARATOR}|(?:{_LABELS})\b))",
    re.IGNORECASE | re.MULTILINE,
)
_BRACKETS = re.compile(rf"\( *{MASK}[{MASK} ]*+\)|\[ *{MASK}[{MASK} ]*+\]|< *{MASK}[{MASK} ]*+>")
_AROUND = f" {re.escape(_SEPARATORS)}"
_RUN = re.compile(rf"(?<![{_AROUND}{MASK}])[{_AROUND}]*+{MASK}[{_AROUND}{MASK}]*+")
_BEFORE_STOP = re.compile(rf"(?<![{MASK} ]) ?{MASK}[{MASK} ]*+(?=[.!?])")


def cover(text: str, spans: Iterable[tuple[int, int]] = ()) -> str:
    """`text` of the same length in which `█` also covers `spans` and all that says nothing without what is covered.

    That is a label which only announces it ("Phone:"), brackets around it, and separators beside it, but for one
    between two stretches that stay. Control characters become blanks; line ends stay.
    """
    covered = mask(text.translate(_CONTROLS), spans)
    covered = _BRACKETS.sub(_all, _LABEL.sub(_all, covered))
    return "\n".join(_RUN.sub(_separators, line) for line in covered.split("\n"))


def uncovered(text: str) -> str:
    """What is left of a stretch of covered text, as one line; cells of a table are set apart."""
    cells = [" ".join(cell.split()) for cell in text.split("\t")]
    line = " · ".join(cell for cell in cells if cell.strip(f"{MASK} "))
    if MASK not in line:
        return line
    return " ".join(_BEFORE_STOP.sub("", line).replace(MASK, " ").split()) if says(line) else ""


def shown(text: str, fact: Fact | None) -> str:
    """The words of a fact in covered text."""
    return uncovered(text[fact.start : fact.end]) if fact else ""


def says(text: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return any(map(str.isalnum, text))


def stands_alone(text: str, fact: Fact) -> bool:
    """Whether a fact is all that its line says, or set apart from its other words."""
    before = text[: fact.start].rpartition("\n")[2].rstrip(" ")
    after = text[fact.end :].partition("\n")[0].lstrip(" ")
    return all(edge in ("", MASK) or edge in _SEPARATORS for edge in (before[-1:], after[:1]))


def _all(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", MASK, match.group())


def _separators(match: re.Match[str]) -> str:
    """The run covered, but for the separators before it where others follow it and text is on both sides."""
    run, line = match.group(), match.string
    lead, tail = run[: run.index(MASK)], run[run.rindex(MASK) + 1 :]
    between = line[: match.start()].strip() and line[match.end() :].strip() and lead.strip(" ") and tail.strip(" ")
    kept = len(lead) if between else 0
    return run[:kept] + MASK * (len(run) - kept)
