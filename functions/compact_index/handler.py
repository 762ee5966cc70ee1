"""Fresh changes become a new generation of the index."""

from __future__ import annotations

from typing import Any

from hiring.matching.compaction import compact
from hiring.matching.index_store import is_readable
from hiring.matching.waiting import request_waiting
from hiring.shared.clock import utc_now
from hiring.shared.files import FileChanged, artefacts
from hiring.shared.ids import new_id
from hiring.shared.observability import correlated, logger
from hiring.shared.table import table
from hiring.skills.embedding import load_embedding

_SPARE_MILLISECONDS = 300_000
"""What packing and writing take once all is read."""


def handler(event: dict[str, Any], context: Any) -> None:  # noqa: ARG001  # Lambda's signature
    """Merge what changed, and request the runs that waited for it. Where another compaction was faster, the next round
    merges the rest.
    """
    now = utc_now()

    def in_time() -> bool:
        return bool(context.get_remaining_time_in_millis() > _SPARE_MILLISECONDS)

    with correlated(new_id("cmp", now)):
        try:
            manifest = compact(table(), artefacts(), now=now, embedding=load_embedding, in_time=in_time)
        except FileChanged:
            logger().info("another compaction was faster")
            return
        if manifest is not None:
            logger().info(
                "generation built",
                generation=manifest.generation,
                candidates=manifest.candidates,
                waiting=len(manifest.waiting),
            )
        requested = request_waiting(table(), now=now) if is_readable(artefacts()) else ()
        if requested:
            logger().info("runs that waited are requested", requested=len(requested))
