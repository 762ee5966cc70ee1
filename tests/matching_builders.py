"""Candidates to match: made from a resume's text, with positions where a test dates them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hiring.candidates.model import EmployerBlocks, Preferences
from hiring.matching.columns import CandidateColumns
from hiring.matching.features import CandidateFeatures, read_features
from hiring.resumes.model import Employment, Evidence, Fact, Span
from hiring.skills.embedding import load_embedding
from tests.builders import NOW

RESUME = """Backend Engineer

Backend Engineer, Almbahn, 2018-03 - 2024-05
• Built booking services in Python on PostgreSQL
• Managed a team of four engineers
Junior Developer, Talwerk, 2015 - 2017
• Wrote Java services; no experience with Kafka

Skills: Python, Docker, PostgreSQL
"""


def make_evidence(
    text: str = RESUME, positions: Sequence[tuple[str, str | None, str | None]] | None = None
) -> Evidence:
    """Evidence with positions, each from where its heading begins to the next one or a blank line.

    A position is its heading with start and end; an end of None means that it is still held.
    """
    dated = positions if positions is not None else _positions_of(text)
    starts = [text.index(heading) for heading, _, _ in dated]
    employment = []
    for number, (heading, start, end) in enumerate(dated):
        at = starts[number]
        to = starts[number + 1] if number + 1 < len(starts) else _end_of_block(text, at)
        title = heading.partition(",")[0]
        employment.append(
            Employment(
                title=Fact(value=title, start=at, end=at + len(title)),
                start=start,
                end=end,
                current=end is None,
                text=Span(start=at, end=to),
            )
        )
    return Evidence(text=text, employment=tuple(employment))


def make_features(
    text: str = RESUME, *, candidate_id: str = "cand_1", version: int = 1, blocks: Sequence[str] = (), **wishes: Any
) -> CandidateFeatures:
    """A candidate with this resume and these preferences."""
    return CandidateFeatures(
        candidate_id=candidate_id,
        version=version,
        resume_version=1,
        resume=read_features(make_evidence(text), load_embedding(), as_of=NOW.date()),
        preferences=Preferences.model_validate(wishes),
        blocks=EmployerBlocks(names=tuple(blocks)),
    )


def make_columns(*texts: str) -> CandidateColumns:
    """Candidates cand_000, cand_001 and so on with these resumes."""
    return CandidateColumns.of(
        make_features(text, candidate_id=f"cand_{number:03}") for number, text in enumerate(texts)
    )


def _positions_of(text: str) -> list[tuple[str, str | None, str | None]]:
    if not text.startswith(RESUME):
        return []
    return [("Backend Engineer, Almbahn", "2018-03", "2024-05"), ("Junior Developer, Talwerk", "2015", "2017")]


def _end_of_block(text: str, start: int) -> int:
    end = text.find("\n\n", start)
    return len(text) if end < 0 else end
