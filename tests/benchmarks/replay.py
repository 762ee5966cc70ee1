"""Replays of a frozen run: the same bytes in other processes with other hash seeds, and with another numpy.

    python -m tests.benchmarks.replay [FOLDER]

A run over the sample resumes is frozen here and replayed a thousand times in two other processes whose hash seeds
differ, and ten times more with the packages in FOLDER before the installed ones, where one is given. Printed: the
versions, the number of replays, and how many differ. The exit status is 1 where any does.
"""

from __future__ import annotations

import base64
import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np

from hiring.matching.frozen import explain_candidates, freeze, replay
from hiring.matching.model import Funnel
from hiring.skills.embedding import load_embedding
from tests.benchmarks.judging import Court, evidence_of, file_of, people

REPLAYS = 500
"""In each of two processes."""
ROOT = Path(__file__).resolve().parents[2]


@cache
def frozen_run(entries: int = 3) -> tuple[bytes, dict[str, bytes]]:
    """A run of the first sample job with its best entries, and their inputs."""
    resumes = {person.slug: evidence_of(file_of(person)) for person in people()}
    court = Court(resumes)
    basis = next(iter(court.bases.values()))
    inputs = {name: court.input_of(name, evidence) for name, evidence in resumes.items()}
    listed = explain_candidates(basis, list(inputs.values()), load_embedding())[:entries]
    chosen = {entry.entry_id: inputs[entry.entry_id] for entry in listed}
    funnel = Funnel(considered=len(resumes), left_out={}, listed=len(chosen))
    return freeze(basis, funnel, listed, chosen), {name: entry.to_bytes() for name, entry in chosen.items()}


def differing(document: bytes, inputs: Mapping[str, bytes], times: int) -> int:
    """How many of so many replays in this process give other bytes."""
    return sum(replay(document, inputs, load_embedding()) != document for _ in range(times))


def elsewhere(document: bytes, inputs: Mapping[str, bytes], times: int, **environment: str) -> dict[str, str]:
    """Replays in another process; what it says of itself and of the replays."""
    encoded = {name: base64.b64encode(content).decode() for name, content in inputs.items()}
    run = json.dumps({"run": base64.b64encode(document).decode(), "inputs": encoded}).encode()
    program = [sys.executable, "-m", "tests.benchmarks.replay", "--replay", str(times)]
    done = subprocess.run(  # noqa: S603
        program, input=run, capture_output=True, check=True, cwd=ROOT, env=os.environ | environment
    )
    answer: dict[str, str] = json.loads(done.stdout)
    return answer


def _replay_here(times: int) -> None:
    """Replay what stands on the standard input and print what came of it."""
    given = json.loads(sys.stdin.buffer.read())
    inputs = {name: base64.b64decode(content) for name, content in given["inputs"].items()}
    different = differing(base64.b64decode(given["run"]), inputs, times)
    versions = {"numpy": np.__version__, "python": platform.python_version()}
    sys.stdout.write(json.dumps({"different": str(different), **versions}))


def main() -> int:
    """Print a line for each process."""
    document, inputs = frozen_run()
    processes = [(REPLAYS, {"PYTHONHASHSEED": seed}) for seed in ("1", "271828")]
    if len(sys.argv) > 1:
        processes.append((10, {"PYTHONHASHSEED": "3", "PYTHONPATH": sys.argv[1]}))
    failed = 0
    for times, environment in processes:
        answer = elsewhere(document, inputs, times, **environment)
        failed += int(answer["different"])
        told = f"Python {answer['python']}, numpy {answer['numpy']}, hash seed {environment['PYTHONHASHSEED']}"
        print(f"{told}: {times} replays, {answer['different']} differ")  # noqa: T201
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--replay"]:
        _replay_here(int(sys.argv[2]))
    else:
        sys.exit(main())
