"""The process that reads one file: its bytes on standard input, the answer as JSON on standard output."""

from __future__ import annotations

import resource
import sys

MEMORY_BYTES = 512 * 1024 * 1024
"""Address space of this process; reading an ordinary resume takes about half of it."""


def confine() -> None:
    """From now on this process has a limit of memory, writes no file and leaves no core."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def answer(data: bytes) -> bytes:
    """The reading of one file, or why there is none, as JSON."""
    from hiring.resumes.envelope import Envelope
    from hiring.resumes.reader import read

    return Envelope(result=read(data)).model_dump_json().encode()


def main(cpu_seconds: int) -> None:
    """Reads standard input within the limits; exceeding one of them ends the process."""
    confine()
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main(int(sys.argv[1]))
