"""An index of another layout is built anew from the table, some segments an invocation, however many people there are.

What is done lies beside the index until all is; who changes meanwhile has a change waiting, which the compaction that
ends the rebuilding merges like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import batched, chain, islice

from hiring.matching.index_store import open_segments, put_segments
from hiring.matching.pool import taking_part
from hiring.matching.segment import ROWS, Segment
from hiring.matching.store import everybody
from hiring.shared.files import Files
from hiring.shared.ids import new_id
from hiring.shared.table import Table
from hiring.shared.values import Document

PLACE = "index/rebuilding/"
PROGRESS = f"{PLACE}progress.json"
SEGMENTS_AT_ONCE = 6
"""Segments that are read from the table in a quarter of an hour, with much to spare."""


class Progress(Document):
    """How far the rebuilding is: which parts are done, in order, and the last id that was looked at."""

    layout: int
    parts: tuple[str, ...] = ()
    after: str = ""


def rebuilt(table: Table, artefacts: Files, layout: int, *, now: datetime) -> Iterator[Segment] | None:
    """Segments of everybody who takes part, from what is stored with their resumes, read one after the other; None
    where there are more people than one invocation reads: the next one goes on.

    Raises `FileChanged` where another invocation does the same.
    """
    progress, etag = _progress(artefacts, layout)
    rest = batched(sorted(i for i in everybody(table) if i > progress.after), ROWS, strict=False)
    for ids in islice(rest, SEGMENTS_AT_ONCE):
        part = f"{PLACE}{new_id('part', now)}"
        columns = taking_part(table, ids)
        put_segments(artefacts, [Segment.of(columns)] if len(columns) else [], part)
        progress = Progress(layout=layout, parts=(*progress.parts, part), after=ids[-1])
        data = progress.model_dump_json().encode()
        artefacts.swap(PROGRESS, data, content_type="application/json", etag=etag)
        etag = _progress(artefacts, layout)[1]
    if next(rest, None) is not None:
        return None
    return chain.from_iterable(open_segments(artefacts, part)[0] for part in progress.parts)


def forget_rebuilding(artefacts: Files) -> None:
    """Remove what a rebuilding left, for good: it holds people's features."""
    for _ in artefacts.erase(PLACE):
        pass


def _progress(artefacts: Files, layout: int) -> tuple[Progress, str | None]:
    stored = artefacts.get(PROGRESS)
    progress = None if stored is None else Progress.model_validate_json(stored.data)
    if progress is None or progress.layout != layout:
        progress = Progress(layout=layout)
    return progress, None if stored is None else stored.etag
