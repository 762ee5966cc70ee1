"""`make bench`: every benchmark in turn, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys

BENCHMARKS = {
    "scan": "ranking everybody, against reading the same vectors as plain float32",
    "compacting": "packing an index of a million anew, against the memory of the function",
    "ranking": "who is ranked first, against other rankers",
    "cross_validation": "whether other weights would rank better, chosen without the query they are judged on",
    "reading_speed": "reading the sample resumes",
    "skills": "finding skills in text, and what they are called in ESCO",
    "advertisements": "reading advertisements into drafts of jobs, field by field",
    "contact_policy": "what the contact policy misses, and what it flags without cause",
    "explaining": "whether reasons are right, what the bands mean, and what explaining costs",
    "replay": "frozen runs made anew and replayed in other processes",
    "guards": "swapped resumes and attack resumes before the sample jobs",
    "fuzz": "reading 2,000 damaged files",
}


def main() -> int:
    """Run them all; the number of those that failed is the exit status."""
    failed = 0
    for name, subject in BENCHMARKS.items():
        print(f"\n{name}: {subject}\n", flush=True)  # noqa: T201
        failed += subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}"], check=False).returncode != 0  # noqa: S603
    return failed


if __name__ == "__main__":
    sys.exit(main())
