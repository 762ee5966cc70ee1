"""Compacting an index of many people: time, and memory against what the function has.

    python -m tests.benchmarks.compacting [--kit FOLDER] [ROWS ...]

The index holds copies of one segment of people as `scan` makes them. Two thousand changes, as many as a round merges
usually, are spread over all of it, so that every segment is packed anew; then the new file is written. A process of its
own does what the function does once the changes are read: printed are its seconds, the most memory that it took, and
how large the file is.
"""

from __future__ import annotations

import argparse
import pickle
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hiring.matching.columns import CandidateColumns
from hiring.matching.compaction import renewed
from hiring.matching.index_file import read_index, write_index
from hiring.matching.segment import ROWS, Segment
from tests.benchmarks.ranking import KIT
from tests.benchmarks.scan import candidates, copied, read_resumes

CHANGES = 2000
MEMORY_MB = 3008
"""What the function has."""


def prepare(kit: Path, rows: int, folder: Path) -> int:
    """Write an index of about so many people and the changes to it; how many people it holds."""
    resumes = read_resumes(kit)
    made = candidates(resumes, 0, ROWS)
    segment = Segment.of(CandidateColumns.of(made))
    copies = max(1, round(rows / ROWS))
    with (folder / "before").open("wb") as file:
        write_index(file, (copied(segment, copy) for copy in range(copies)))
    step = copies * ROWS // CHANGES
    changed = [
        replace(made[number % ROWS], candidate_id=_copy_of(made[number % ROWS].candidate_id, number // ROWS), version=2)
        for number in range(0, copies * ROWS, step)
    ]
    (folder / "changes").write_bytes(pickle.dumps(CandidateColumns.of(changed)))
    return copies * ROWS


def _copy_of(candidate_id: str, copy: int) -> str:
    return f"cand_{copy:04}{candidate_id[9:]}"


def compact(folder: Path) -> None:
    """Merge the changes, and print seconds and megabytes."""
    changed: CandidateColumns = pickle.loads((folder / "changes").read_bytes())  # noqa: S301  # our own
    started = time.process_time()
    with (folder / "before").open("rb") as before, (folder / "after").open("wb") as after:
        write_index(after, renewed(read_index(before), changed, ()))
    seconds = time.process_time() - started
    print(f"{seconds:.0f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")  # noqa: T201


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kit", type=Path, default=KIT)
    parser.add_argument("--compact", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("rows", type=int, nargs="*", default=[1_000_000])
    asked = parser.parse_args()
    if asked.compact:
        compact(asked.compact)
        return
    for rows in asked.rows:
        with TemporaryDirectory() as name:
            folder = Path(name)
            people = prepare(asked.kit, rows, folder)
            child = [sys.executable, "-m", "tests.benchmarks.compacting", "--compact", name]
            told = subprocess.run(child, check=True, capture_output=True, text=True).stdout.split()  # noqa: S603
            size = (folder / "after").stat().st_size / people
        print(  # noqa: T201
            f"{people:,} people, {CHANGES:,} changes: {told[0]} seconds of one processor, {told[1]} MB of {MEMORY_MB}; "
            f"the index takes {size:.0f} bytes a person"
        )


if __name__ == "__main__":
    main()
