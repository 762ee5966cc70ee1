"""Skills in text, through the code that the product uses: only types are converted here."""

from __future__ import annotations

from hiring.skills import linking, tagging


def skill_spans(text: str) -> list[tuple[int, int]]:
    """Where `text` mentions skills: offsets in code points."""
    return [(span.start, span.end) for span in tagging.skill_spans(text)]


def skill_labels(text: str, k: int) -> list[str]:
    """The `k` skills of ESCO that `text` speaks of, best first."""
    return linking.labels(text, k)
