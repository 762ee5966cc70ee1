"""Positions held: title, employer, place and dates of every entry of the employment sections."""

from __future__ import annotations

import re

from hiring.resumes.document import Piece
from hiring.resumes.entries import Head, heads_of, is_noise, split_place, split_strong, trimmed
from hiring.resumes.model import Employment, SectionKind, Span
from hiring.resumes.places import is_place
from hiring.resumes.sections import Part
from hiring.resumes.titles import title_score

_AT = re.compile(r"\s+(?:at|@|bei|chez|en|la|bij|presso|na)\s+(?=[A-Z0-9])|\s*@\s*")


def employment_of(parts: list[Part]) -> tuple[Employment, ...]:
    """All positions in the order in which the resume lists them."""
    found: list[Employment] = []
    for part in parts:
        if part.kind is SectionKind.EMPLOYMENT:
            found += _entries(heads_of(part.lines, singles=False) or heads_of(part.lines, singles=True))
    return tuple(found)


def _entries(heads: list[Head]) -> list[Employment]:
    pairs = [_pair(head) for head in heads]
    vote = sum(title_score(first.text) - title_score(second.text) for first, second in pairs if first and second)
    lonely = sum(1 for _, second in pairs if second is None)
    entries: list[Employment] = []
    company: Piece | None = None
    title: Piece | None
    employer: Piece | None
    for head, (first, second) in zip(heads, pairs, strict=True):
        if first is not None and second is not None:
            own = title_score(first.text) - title_score(second.text)
            title_first = (own > 0) if abs(own) >= 2.2 or vote == 0 else vote > 0
            if own == 0 and vote == 0:
                title_first = True
            title, employer = (first, second) if title_first else (second, first)
            company = employer
        elif first is not None:
            named = title_score(first.text) > 0 or lonely < len(pairs) / 2
            title, employer = (first, company) if named else (None, first)
        else:
            title, employer = None, None
        period = head.period
        entries.append(
            Employment(
                title=title.fact(0.9) if title else None,
                company=employer.fact(0.9) if employer else None,
                place=head.places[0] if head.places else None,
                start=period.start if period else None,
                end=None if period is None or period.current else period.end,
                current=bool(period and period.current),
                text=Span(start=head.start, end=head.end),
            )
        )
    return entries


def _pair(head: Head) -> tuple[Piece | None, Piece | None]:
    """The two pieces that name title and employer, in the order of the page."""
    pieces = head.pieces
    if len(pieces) == 1:
        pieces = _divided(pieces[0], head)
    if not pieces:
        return None, None
    if len(pieces) == 1:
        return pieces[0], None
    if len(pieces) > 2:
        scores = [title_score(piece.text) for piece in pieces[:3]]
        best = max(range(len(scores)), key=lambda index: scores[index])
        if best == 2 and max(scores[0], scores[1]) <= 0 < scores[2]:
            return pieces[0], pieces[2]
    return pieces[0], pieces[1]


def _divided(piece: Piece, head: Head) -> list[Piece]:
    """Title and employer that share one line and one look."""
    match = _AT.search(piece.text)
    if match and match.start() > 2:
        return [
            trimmed(piece.part(0, match.start())),
            _placeless(trimmed(piece.part(match.end(), len(piece.text))), head),
        ]
    parts = [part for part in split_strong(piece) if not is_noise(part.text)]
    kept = []
    for part in parts:
        if is_place(part.text) and len(parts) > 1:
            head.places.append(part.fact())
        else:
            kept.append(_placeless(trimmed(part), head))
    if len(kept) >= 2:
        return kept
    best: tuple[float, list[Piece]] | None = None
    whole = kept[0] if kept else piece
    for comma in re.finditer(r",\s", whole.text):
        if whole.text[: comma.start()].count("(") > whole.text[: comma.start()].count(")"):
            continue
        left, right = whole.part(0, comma.start()), whole.part(comma.end(), len(whole.text))
        if not left.text or not right.text:
            continue
        distance = abs(title_score(left.text) - title_score(right.text))
        if distance >= 1 and (best is None or distance > best[0]):
            best = (distance, [left, right])
    return best[1] if best else [whole]


def _placeless(piece: Piece, head: Head) -> Piece:
    rest, place = split_place(piece)
    if place:
        head.places.append(place.fact())
    return rest
