"""The reader of advertisements: a text becomes the draft of a structured job, each field with the span that says so."""

from hiring.jobs.advertisement.reading import read

__all__ = ["read"]
