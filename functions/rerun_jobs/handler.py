"""Every three hours: open jobs that new resumes can improve are run again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hiring.matching.rerunning import rerun_jobs
from hiring.shared.files import artefacts
from hiring.shared.observability import correlated, logger
from hiring.shared.settings import settings
from hiring.shared.table import table

_SPARE_MILLISECONDS = 10_000


def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Request what is due as of the event's time; the next round goes on. Returns how many runs were requested."""

    def in_time() -> bool:
        return bool(context.get_remaining_time_in_millis() > _SPARE_MILLISECONDS)

    with correlated(str(event["id"])):
        requested = rerun_jobs(
            table(),
            artefacts(),
            limit=settings().reruns_at_once,
            now=datetime.fromisoformat(event["time"]),
            in_time=in_time,
        )
        logger().info("jobs run again", requested=len(requested))
    return {"requested": len(requested)}
