"""An index of another layout, or of resumes as older code read them, is built anew from the table, however many they
are: some segments an invocation.

What is done lies beside the index until all is; who changes meanwhile has a change waiting, which the compaction that
ends the rebuilding merges like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import batched, chain, islice

from hiring.matching.features import VERSION
from hiring.matching.index_store import LAYOUT, open_segments, put_segments
from hiring.matching.pool import taking_part
from hiring.matching.renewing import Renewal
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
    features_version: int = 3
    parts: tuple[str, ...] = ()
    after: str = ""
    waiting: tuple[str, ...] = ()
    """Who takes part, but could not be read anew."""


def rebuilt(
    table: Table, artefacts: Files, renewal: Renewal, *, now: datetime, in_time: Callable[[], bool]
) -> tuple[Iterator[Segment], tuple[str, ...]] | None:
    """Segments of everybody who takes part, from what is stored with their resumes, read one after the other, and the
    ids of those who wait; None where there are more people than one invocation reads: the next one goes on.

    Features that older code packed are read anew first. Raises `FileChanged` where another invocation does the same.
    """
    progress, etag = _progress(artefacts)
    rest = batched(sorted(i for i in everybody(table) if i > progress.after), ROWS, strict=False)
    for ids in islice(rest, SEGMENTS_AT_ONCE):
        if not renewal.everybody(ids, in_time=in_time):
            return None
        part = f"{PLACE}{new_id('part', now)}"
        columns, waiting = taking_part(table, ids, renewal)
        put_segments(artefacts, [Segment.of(columns)] if len(columns) else [], part)
        done = {"parts": (*progress.parts, part), "after": ids[-1], "waiting": (*progress.waiting, *waiting)}
        progress = progress.model_copy(update=done)
        data = progress.model_dump_json().encode()
        artefacts.swap(PROGRESS, data, content_type="application/json", etag=etag)
        etag = _progress(artefacts)[1]
    if next(rest, None) is not None:
        return None
    segments = chain.from_iterable(open_segments(artefacts, part)[0] for part in progress.parts)
    return segments, progress.waiting


def forget_rebuilding(artefacts: Files) -> None:
    """Remove what a rebuilding left, for good: it holds people's features."""
    for _ in artefacts.erase(PLACE):
        pass


def _progress(artefacts: Files) -> tuple[Progress, str | None]:
    stored = artefacts.get(PROGRESS)
    progress = None if stored is None else Progress.model_validate_json(stored.data)
    if progress is None or (progress.layout, progress.features_version) != (LAYOUT, VERSION):
        progress = Progress(layout=LAYOUT, features_version=VERSION)
    return progress, None if stored is None else stored.etag
