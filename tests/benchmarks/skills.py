"""Skills in text, through the code that the product uses: only types are converted here."""

from __future__ import annotations

from hiring.skills import tagging


def skill_spans(text: str) -> list[tuple[int, int]]:
    """Where `text` mentions skills: offsets in code points."""
    return [(span.start, span.end) for span in tagging.skill_spans(text)]
