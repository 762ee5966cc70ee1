"""Where the files of a run lie."""

from __future__ import annotations


def document_key(job_id: str, run_id: str) -> str:
    """Where a frozen run lies."""
    return f"runs/{job_id}/{run_id}/run.json"


def inputs_place(job_id: str, run_id: str) -> str:
    """The folder of the inputs of a run's candidates."""
    return f"runs/{job_id}/{run_id}/inputs/"


def input_key(job_id: str, run_id: str, entry_id: str) -> str:
    """Where the input of a listed candidate lies."""
    return f"{inputs_place(job_id, run_id)}{entry_id}.json"
