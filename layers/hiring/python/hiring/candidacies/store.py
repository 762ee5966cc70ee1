"""Candidacies in the table."""

from __future__ import annotations

from hiring.candidacies.model import Candidacy
from hiring.shared import keys
from hiring.shared.errors import NotFound
from hiring.shared.table import Item, Put, Table


def put_candidacy(candidacy: Candidacy, *, read_version: int) -> Put:
    """Write a candidacy."""
    return Put.of(
        keys.candidacy(candidacy.job_id, candidacy.candidate_id),
        candidacy,
        read_version=read_version,
        indexes={"gsi1": (f"CAND#{candidacy.candidate_id}#CDY", candidacy.job_id)},
    )


def find_candidacy(table: Table, job_id: str, candidate_id: str) -> Item | None:
    """A candidacy with its version in the table, or None before the first invitation."""
    return table.get(keys.candidacy(job_id, candidate_id))


def candidacy_item(table: Table, job_id: str, candidate_id: str) -> Item:
    """The candidacy of somebody who was invited, with its version in the table; raises `NotFound`."""
    item = find_candidacy(table, job_id, candidate_id)
    if item is None:
        raise NotFound
    return item
