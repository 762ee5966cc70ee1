"""How a reading travels from the child to its parent."""

from __future__ import annotations

from hiring.resumes.model import Reading, Unreadable
from hiring.shared.values import Document


class Envelope(Document):
    """A reading, or why there is none; the fields of each tell them apart."""

    result: Reading | Unreadable
