"""What becomes of damaged files: each must end as a reading or as a named problem, and the parent must live.

    python -m tests.benchmarks.fuzz [--files 2000] [--seed 1]

The files are made of the sample resumes in `events/resumes`. They go through the production reader in a child with the
production limit of memory, which reads on until it ends or has read `RENEWED_AFTER` files.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import struct
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Self

from hiring.resumes import child
from hiring.resumes.envelope import Envelope
from hiring.resumes.isolation import problem_after
from hiring.resumes.model import Problem, Reading
from tests.benchmarks.mutations import mutated

SAMPLES = Path(__file__).resolve().parents[2] / "events" / "resumes"
SECONDS = 8.0
"""For one file, by the clock."""
RENEWED_AFTER = 250
_LENGTH = struct.Struct(">I")


class Child:
    """A confined process that reads one file after the other."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.fuzz", "--child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).resolve().parents[2],
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def end_of(self, data: bytes) -> str:
        """How `data` ends: "read", a problem, or how the child was lost; raises for an answer that is none."""
        assert self._process.stdin
        self._process.stdin.write(_LENGTH.pack(len(data)) + data)
        self._process.stdin.flush()
        deadline = time.monotonic() + SECONDS
        answer = self._take(4, deadline)
        if len(answer) == 4:
            answer = self._take(_LENGTH.unpack(answer)[0], deadline)
            result = Envelope.model_validate_json(answer).result
            return "read" if isinstance(result, Reading) else result.problem.value
        in_time = time.monotonic() < deadline
        if not in_time:
            self._process.kill()
        problem = problem_after(self._process.wait(), b"", in_time=in_time)
        return f"{problem.value} (child {'lost' if in_time else 'stopped'})"

    @property
    def lives(self) -> bool:
        """Whether it can read a further file."""
        return self._process.poll() is None

    def _take(self, count: int, deadline: float) -> bytes:
        assert self._process.stdout
        taken = b""
        number = self._process.stdout.fileno()
        while len(taken) < count and select.select([number], [], [], max(0.0, deadline - time.monotonic()))[0]:
            piece = os.read(number, count - len(taken))
            if not piece:
                break
            taken += piece
        return taken


def serve() -> None:
    """The child's side: reads files from standard input until it ends."""
    child.confine()
    while head := sys.stdin.buffer.read(4):
        answer = child.answer(sys.stdin.buffer.read(_LENGTH.unpack(head)[0]))
        sys.stdout.buffer.write(_LENGTH.pack(len(answer)) + answer)
        sys.stdout.buffer.flush()


def ends(files: int, seed: int) -> Counter[tuple[str, str]]:
    """How many files of each damage ended in each way."""
    samples = [path.read_bytes() for path in sorted(SAMPLES.iterdir())]
    counted: Counter[tuple[str, str]] = Counter()
    number = 0
    while number < files:
        with Child() as reader:
            for _ in range(min(RENEWED_AFTER, files - number)):
                dice = random.Random(f"{seed} {number}")  # noqa: S311
                damage, data = mutated(dice.choice(samples), dice.choice(samples), dice)
                counted[damage, reader.end_of(data)] += 1
                number += 1
                if not reader.lives:
                    break
    return counted


def main() -> None:
    """Print a table: damages down, ends across."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child:
        serve()
        return
    counted = ends(chosen.files, chosen.seed)
    named = ["read", *(each.value for each in Problem)]
    columns = sorted({end for _, end in counted}, key=lambda end: (named.index(end.split(" ")[0]), end))
    print(f"{'damage':16}" + "".join(f"{column:>{len(column) + 2}}" for column in columns))  # noqa: T201
    totals = Counter[str]()
    for (_, end), count in counted.items():
        totals[end] += count
    rows = {damage: {end: counted[damage, end] for end in columns} for damage in sorted({each for each, _ in counted})}
    for damage, row in (*rows.items(), ("all", totals)):
        print(f"{damage:16}" + "".join(f"{row[each]:>{len(each) + 2}}" for each in columns))  # noqa: T201


if __name__ == "__main__":
    main()
