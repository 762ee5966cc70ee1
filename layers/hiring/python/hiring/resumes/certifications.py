"""Certificates and licences."""

from __future__ import annotations

import re

from hiring.resumes.dates import periods
from hiring.resumes.entries import is_body, is_noise, line_pieces
from hiring.resumes.model import Fact, SectionKind
from hiring.resumes.sections import Part

_ISSUER = re.compile(
    r"^(?:issued|issuer|by|from|credential|valid|expires?|certificate (?:id|no)|id|license|see|verify|link|"
    r"url|https?)\b",
    re.IGNORECASE,
)


def certifications_of(parts: list[Part]) -> tuple[Fact, ...]:
    """One fact a certificate: the leading words of each entry, without issuer and date."""
    found: list[Fact] = []
    for part in parts:
        if part.kind is not SectionKind.CERTIFICATIONS:
            continue
        bold = sum(line.line.bold or line.runs()[0].bold for line in part.lines if line.text)
        for line in part.lines:
            if bold and bold < len(part.lines) and not line.runs()[0].bold and not line.line.bullet:
                continue
            if is_body(line, False, [], line.line.size) and not line.line.bullet:
                continue
            pieces = [piece for piece in line_pieces(line, periods(line.text)) if not is_noise(piece.text)]
            if pieces and 2 < len(pieces[0].text) <= 140 and not _ISSUER.match(pieces[0].text):
                found.append(pieces[0].fact(0.85))
    return tuple(found)
