"""Fresh changes become a new generation of the index."""

from __future__ import annotations

from typing import Any

from hiring.matching.compaction import compact
from hiring.shared.clock import utc_now
from hiring.shared.files import FileChanged, artefacts
from hiring.shared.ids import new_id
from hiring.shared.observability import correlated, logger
from hiring.shared.table import table


def handler(event: dict[str, Any], context: Any) -> None:  # noqa: ARG001  # Lambda's signature
    """Merge what changed. Where another compaction was faster, the next round merges the rest."""
    now = utc_now()
    with correlated(new_id("cmp", now)):
        try:
            manifest = compact(table(), artefacts(), now=now)
        except FileChanged:
            logger().info("another compaction was faster")
            return
        if manifest is not None:
            logger().info("generation built", generation=manifest.generation, candidates=manifest.candidates)
