"""Skills that a resume lists under a heading of their own."""

from __future__ import annotations

import re
from dataclasses import replace

from hiring.resumes.document import Piece, TextLine
from hiring.resumes.headings import fold
from hiring.resumes.model import Employment, SectionKind, SkillMention
from hiring.resumes.sections import Part
from hiring.resumes.word_lists import words

_SEPARATORS = re.compile(r"[,;|•·●◦▪■⋄♦∙]|\s[/–—]\s|\s{3,}|\t")
_LEVEL = re.compile(
    r"\s*(?:[(\[–—:-]\s*)?(?:expert|advanced|intermediate|beginner|proficient|basic|master|fluent|novice|"
    r"experienced|familiar|"
    r"\d{1,3}\s?%|\d(?:\.\d)?\s?/\s?(?:5|10)|\d+\+?\s?(?:years?|yrs?))[)\]]?\s*$",
    re.IGNORECASE,
)
_INLINE = re.compile(r"[,;|•·]")
_LABEL = re.compile(r"^[^,:;|]{2,40}:\s+")
_LEVELS = words(
    """
    advanced basic beginner core experienced expert familiar fluent intermediate master novice proficient
    skills
    """
)


def skills_of(parts: list[Part], known: tuple[tuple[int, int], ...]) -> tuple[SkillMention, ...]:
    """The listed skills, and those of them that are named again in a position."""
    listed: dict[str, SkillMention] = {}
    for part in parts:
        if part.kind is SectionKind.SKILLS:
            for piece in _listed(part.lines):
                if not any(start < piece.end and piece.start < end for start, end in known):
                    listed.setdefault(
                        " ".join(piece.text.casefold().split()), SkillMention(**piece.fact(0.9).model_dump())
                    )
    return tuple(listed.values())


def used_in(
    text: str, skills: tuple[SkillMention, ...], employment: tuple[Employment, ...]
) -> tuple[SkillMention, ...]:
    """Where the listed skills were used: the first mention of each in each position."""
    found: list[SkillMention] = []
    for index, position in enumerate(employment):
        stretch = text[position.text.start : position.text.end]
        lowered = stretch.lower()
        for skill in skills:
            if skill.value.lower() not in lowered:
                continue
            match = re.search(rf"(?<![\w+#]){re.escape(skill.value)}(?![\w+#])", stretch, re.IGNORECASE)
            if match:
                start = position.text.start + match.start()
                found.append(
                    SkillMention(
                        value=skill.value, start=start, end=start + len(match.group()), confidence=0.9, employment=index
                    )
                )
    return tuple(found)


def _listed(lines: tuple[TextLine, ...]) -> list[Piece]:
    found: list[Piece] = []
    pending: Piece | None = None
    single = _one_a_line(lines)
    for index, line in enumerate(lines):
        cells = _cells(line)
        if (
            pending is not None
            and len(cells) == 1
            and _goes_on(pending, lines[index - 1], line, cells[0])
            and (not single or _is_open(pending.text))
        ):
            between = "\n" * (cells[0].start - pending.end)
            pending = replace(pending, text=pending.text + between + cells[0].text)
            continue
        if pending is not None:
            found += _items(pending)
            pending = None
        pieces = [piece for piece in cells if not _is_label(piece, index, lines)]
        for piece in pieces[:-1]:
            found += _items(piece)
        pending = pieces[-1] if pieces else None
    return found + (_items(pending) if pending else [])


def _one_a_line(lines: tuple[TextLine, ...]) -> bool:
    """Whether nearly all lines are an item of their own, so that a separator in one does not make them one list."""
    placed = [line for line in lines if line.line.left > 0 and len(line.line.cells) == 1]
    listed = sum(line.line.bullet or bool(_INLINE.search(line.text)) for line in placed)
    return len(placed) >= 4 and listed * 4 < len(placed)


def _is_open(text: str) -> bool:
    return text.endswith((",", ";", "•", "·", "|")) or text.count("(") > text.count(")")


def _goes_on(piece: Piece, above: TextLine, line: TextLine, cell: Piece) -> bool:
    """Whether a list with separators goes on in the next line, perhaps in the middle of an item."""
    return (
        cell.start == line.start
        and cell.bold == piece.bold
        and abs(cell.size - piece.size) < 0.6
        and not line.line.bullet
        and not line.line.gap
        and piece.end == above.end
        and bool(_INLINE.search(piece.text) or (above.line.bullet and _INLINE.search(cell.text)))
        and (line.line.left == 0 or abs(line.line.left - above.line.left) < 3 or above.line.bullet)
        and not _LABEL.match(line.text)
        and (line.line.left > 0 or _is_open(piece.text) or line.text[:1].islower())
    )


def _cells(line: TextLine) -> list[Piece]:
    """The cells, without the bold label that leads each of them."""
    kept: list[Piece] = []
    runs = line.runs()
    for cell in line.pieces():
        inside = [run for run in runs if cell.start <= run.start < cell.end]
        if (
            len(inside) > 1
            and inside[0].bold
            and not inside[1].bold
            and (inside[0].text.rstrip().endswith(":") or inside[1].text.lstrip().startswith(":"))
        ):
            offset = inside[1].start - cell.start
            kept.append(cell.part(offset + (len(inside[1].text) - len(inside[1].text.lstrip(": "))), len(cell.text)))
            continue
        label = _LABEL.match(cell.text)
        kept.append(cell.part(label.end(), len(cell.text)) if label else cell)
    return [piece for piece in kept if piece.text]


def _is_label(piece: Piece, index: int, lines: tuple[TextLine, ...]) -> bool:
    """Whether a piece names a group of skills: it stands out from the plain ones below it, perhaps over some lines."""
    if piece.text.endswith(":"):
        return True
    if "," in piece.text or index + 1 >= len(lines):
        return fold(piece.text) in _LEVELS
    below = next((line.line for line in lines[index + 1 : index + 4] if not _alike(piece, line)), lines[index + 1].line)
    if piece.bold:
        return not below.bold or below.size < piece.size - 0.4
    larger = 0 < below.size < piece.size - 0.6 and sum(_alike(piece, line) for line in lines) * 2 < len(lines)
    return larger or fold(piece.text) in _LEVELS


def _alike(piece: Piece, line: TextLine) -> bool:
    return line.line.bold == piece.bold and abs(line.line.size - piece.size) <= 0.4


def _items(piece: Piece) -> list[Piece]:
    found: list[Piece] = []
    begin = depth = 0
    text = piece.text
    cuts = {match.start(): match.end() for match in _SEPARATORS.finditer(text)}
    position = 0
    while position <= len(text):
        letter = text[position : position + 1]
        depth += (letter == "(") - (letter == ")")
        if position == len(text) or (position in cuts and depth <= 0):
            item = piece.part(begin, position)
            level = _LEVEL.search(item.text)
            if level and level.start() > 1:
                item = item.part(0, level.start())
            item = item.part(0, len(item.text.rstrip(" .:")))
            if (
                0 < len(item.text) <= 60
                and any(map(str.isalpha, item.text))
                and fold(item.text) not in _LEVELS
                and len(item.text.split()) <= 7
            ):
                found.append(item)
            begin = cuts.get(position, position + 1)
            position = max(begin, position + 1)
            continue
        position += 1
    return found
