"""That nothing counts which must not (R8), and that no trick lifts anybody (R13), by the product's own path.

    python -m tests.benchmarks.guards

Swaps: every sample resume as six other people, against the same resume as a seventh. Printed: how many were swapped,
and in how many a score, a verdict, who is listed or the order of any job's ranking changed. Attacks: for each sample
job people of the trade and outside it try each trick. Printed: how many tried, how many gained a place, and what the
usual attack changes. The exit status is 1 where anything changed or anybody gained.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from events.writers.resume import Person
from hiring.resumes.model import Evidence
from tests.benchmarks.attacks import ATTACKS, attacked
from tests.benchmarks.elsewhere import evidence_of
from tests.benchmarks.judging import Change, Court, Judged, file_of, jobs, people
from tests.benchmarks.swaps import PEOPLE, Somebody, as_somebody

EVERY = 4
"""Every so manieth person attacks a job, another one at each job."""


@dataclass(frozen=True)
class Found:
    """How many resumes were compared, and those that a guard failed on."""

    compared: int
    failed: tuple[str, ...]


def swapped(
    everybody: Iterable[Person], others: Iterable[Somebody] = PEOPLE[1:], change: Change | None = None
) -> Found:
    """Which resumes are judged otherwise, or placed otherwise among the others, when somebody else has them."""
    chosen = list(everybody)
    base = {person.slug: evidence_of(file_of(as_somebody(person, PEOPLE[0]))) for person in chosen}
    court = Court(base, change=change)
    before, failed, compared = court.judge(base), [], 0
    for other in others:
        evidence = {person.slug: evidence_of(file_of(as_somebody(person, other))) for person in chosen}
        after = court.judge(evidence)
        compared += len(evidence)
        failed += [
            f"{slug} as {other.name}"
            for slug in evidence
            if any(before[job, slug] != after[job, slug] for job in jobs())
        ]
        failed += [f"order for {job} as {other.name}" for job in jobs() if _order(before, job) != _order(after, job)]
    return Found(compared, tuple(failed))


def _order(judged: Mapping[tuple[str, str], Judged], job: str) -> list[str]:
    slugs = [slug for each, slug in judged if each == job]
    return sorted(slugs, key=lambda slug: (not judged[job, slug].listed, -judged[job, slug].score, slug))


def attacks(everybody: Iterable[Person], names: Iterable[str] = ATTACKS) -> Found:
    """Which attacks lift a resume above its honest version."""
    chosen = list(everybody)
    honest = {person.slug: evidence_of(file_of(person)) for person in chosen}
    court = Court(honest)
    before, failed, compared = court.judge(honest), [], 0
    for number, (job, terms) in enumerate(jobs().items()):
        tried: dict[str, Evidence] = {}
        for place, person in enumerate(chosen):
            for name in names if place % EVERY == number % EVERY else ():
                data = attacked(person, name, job, terms)
                if data is not None:
                    tried[f"{person.slug}: {name}"] = evidence_of(data)
        after = court.judge(tried)
        compared += len(tried)
        for attempt in tried:
            honestly, dishonestly = before[job, attempt.partition(":")[0]], after[job, attempt]
            if dishonestly.above(honestly):
                was = honestly.score if honestly.listed else "not listed"
                failed.append(f"{attempt}, for {job}: {was} to {dishonestly.score}")
    return Found(compared, tuple(failed))


def main() -> int:
    """Print both."""
    swaps, tricks = swapped(people()), attacks(people())
    print(f"swapped resumes {swaps.compared}  changed {len(swaps.failed)}")  # noqa: T201
    print(f"attack resumes  {tricks.compared}  gained {len(tricks.failed)}")  # noqa: T201
    for failure in (*swaps.failed, *tricks.failed):
        print(f"  {failure}")  # noqa: T201
    return 1 if swaps.failed or tricks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
