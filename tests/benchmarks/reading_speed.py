"""How long reading a resume takes, and how much memory: the production reader over all files of a folder.

    python -m tests.benchmarks.reading_speed [FOLDER]

The folder is `events/resumes` unless another one is given. Printed: files, how many were read, the median and the 95th
percentile of the milliseconds a file takes in a process that already runs, and the most memory that process had.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from pathlib import Path

from hiring.resumes.model import Reading
from hiring.resumes.reader import read

SAMPLES = Path(__file__).resolve().parents[2] / "events" / "resumes"


def measure(folder: Path) -> tuple[list[float], int]:
    """Milliseconds of each file of `folder`, after one that warms up, and how many of them could be read."""
    files = [path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()]
    read(files[0])
    taken, count = [], 0
    for data in files:
        started = time.perf_counter()
        count += isinstance(read(data), Reading)
        taken.append((time.perf_counter() - started) * 1000)
    return taken, count


def main() -> None:
    """Print one line."""
    taken, count = measure(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    middle, late = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    print(f"files {len(taken)}  read {count}  median {middle:.0f} ms  p95 {late:.0f} ms  memory {peak:.0f} MB")  # noqa: T201


if __name__ == "__main__":
    main()
