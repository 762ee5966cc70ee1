"""Reads a file that nobody trusts: in a child that can be killed, without environment, memory or time to waste.

The child runs as the same user, so the parent keeps its own memory and environment, where credentials are, to itself.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time

from pydantic import ValidationError

from hiring.resumes.envelope import Envelope
from hiring.resumes.model import Problem, Reading, Unreadable
from hiring.resumes.reader import unreadable

_MAX_ANSWER = 16 * 1024 * 1024
_CHUNK = 64 * 1024
_NOT_STARTED = 127
_PR_SET_DUMPABLE = 4
"""`man 2 prctl`: a process that is not dumpable shows nothing of itself in /proc to others of its user, and cannot be
traced by them. What it starts is dumpable again once it executes another program."""
_KILLED = tuple(
    -number
    for number in (
        signal.SIGKILL,
        signal.SIGXCPU,
        signal.SIGABRT,
        signal.SIGSEGV,
        signal.SIGTRAP,
        signal.SIGILL,
        signal.SIGBUS,
    )
)


class ReaderNotStarted(RuntimeError):
    """The child could not run at all: a defect of the deployment, and nothing that the file did."""


def read_isolated(data: bytes, *, seconds: float = 8.0) -> Reading | Unreadable:
    """The reading of `data`, or `unsafe` where it took more than `seconds` or the memory, `unreadable` after a
    crash (R4). Raises `ReaderNotStarted`.

    On Linux this process is closed to others of its user from then on.
    """
    _close_to_others()
    command = [sys.executable, "-B", "-m", "hiring.resumes.child", str(max(1, int(seconds)))]
    environment = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONUTF8": "1"}
    if libraries := os.environ.get("LD_LIBRARY_PATH"):
        environment["LD_LIBRARY_PATH"] = libraries  # where Lambda keeps Python's own library
    with subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        cwd="/",
        close_fds=True,
        start_new_session=True,
    ) as child:
        answer, said, in_time = _converse(child, data, time.monotonic() + seconds)
        if not in_time:
            child.kill()
        code = child.wait()
    if code == _NOT_STARTED:
        raise ReaderNotStarted(f"{sys.executable} does not start with an empty environment")
    if code == 0 and in_time:
        with contextlib.suppress(ValidationError):
            return Envelope.model_validate_json(answer).result
    return unreadable(problem_after(code, said, in_time=in_time))


def _close_to_others() -> None:
    """Have no child look into this process. Raises `ReaderNotStarted` where that is refused."""
    if sys.platform == "linux" and ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
        raise ReaderNotStarted("this process cannot be closed to the child that would read the file")


def problem_after(code: int, said: bytes, *, in_time: bool) -> Problem:
    """What is wrong with a file whose reader ended with `code` and these last words instead of an answer."""
    if not in_time or code in _KILLED or (code != 0 and b"MemoryError" in said):
        return Problem.UNSAFE
    return Problem.UNREADABLE


def _converse(child: subprocess.Popen[bytes], data: bytes, deadline: float) -> tuple[bytes, bytes, bool]:
    """Sends the file and collects the answer and the end of what the child complains of; False when it took too
    long.
    """
    assert child.stdin is not None  # noqa: S101
    assert child.stdout is not None  # noqa: S101
    assert child.stderr is not None  # noqa: S101
    answer, said, sent = bytearray(), bytearray(), 0
    view = memoryview(data)
    for pipe in (child.stdin, child.stdout, child.stderr):
        os.set_blocking(pipe.fileno(), False)
    with selectors.DefaultSelector() as pipes:
        pipes.register(child.stdin, selectors.EVENT_WRITE)
        pipes.register(child.stdout, selectors.EVENT_READ)
        pipes.register(child.stderr, selectors.EVENT_READ)
        while pipes.get_map():
            left = deadline - time.monotonic()
            if left <= 0 or len(answer) > _MAX_ANSWER:
                return bytes(answer), bytes(said), False
            for key, _ in pipes.select(left):
                if key.fileobj is child.stdin:
                    try:
                        sent += os.write(key.fd, view[sent : sent + _CHUNK])
                    except BrokenPipeError:
                        sent = len(data)
                    if sent >= len(data):
                        pipes.unregister(child.stdin)
                        with contextlib.suppress(BrokenPipeError):
                            child.stdin.close()
                    continue
                chunk = os.read(key.fd, _CHUNK)
                if not chunk:
                    pipes.unregister(key.fileobj)
                elif key.fileobj is child.stdout:
                    answer += chunk
                else:
                    said = (said + chunk)[-4096:]
    return bytes(answer), bytes(said), True
