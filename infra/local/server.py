"""Start the emulator for as long as a `with` block lasts."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import urllib3

ROOT = Path(__file__).parents[2]
SECONDS_TO_START = 30
SECONDS_TO_STOP = 5


@contextmanager
def running(interpreter: Path, folder: Path) -> Iterator[int]:
    """Serve from a fresh `folder` on a free port of the loopback interface; gives that port.

    The folder then holds `mails/`, `s3/<account>/<bucket>/<key>` and `stack.log`, and keeps them afterwards.
    Whatever ends the block, or this process, ends the server and every process of a function.
    Raises `RuntimeError` when another server has the folder, or when this one does not start.
    """
    with _owned(folder):
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "tmp").mkdir(parents=True)
        yield from _served(interpreter, folder)


def _served(interpreter: Path, folder: Path) -> Iterator[int]:
    port = _free_port()
    with (folder / "stack.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "infra.local.launcher", str(interpreter.absolute()), str(folder.absolute())],
            cwd=ROOT,
            env=_environment(folder.absolute(), port),
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches this process, which then ends that one
        )
    try:
        _wait_until_ready(process, port, folder)
        yield port
    finally:
        _stop(process)
        shutil.rmtree(folder / "tmp", ignore_errors=True)


@contextmanager
def _owned(folder: Path) -> Iterator[None]:
    """Keep others from using `folder` at the same time; the system lets go of it with this process at the latest."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RuntimeError(f"another local stack is using {folder}") from None
        yield


def _environment(folder: Path, port: int) -> dict[str, str]:
    """Nothing of the caller's environment: functions inherit this one, and Lambda would not have it either."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TMPDIR": str(folder / "tmp"),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "localhost",
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(folder / "s3"),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the local stack ended at once; {folder / 'stack.log'} says why")
        with suppress(urllib3.exceptions.HTTPError):
            if urllib3.request("GET", f"http://127.0.0.1:{port}/_ministack/ready", retries=False).status == 200:
                return
        time.sleep(0.05)
    raise RuntimeError(f"the local stack did not start within {SECONDS_TO_START} seconds; see {folder / 'stack.log'}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(SECONDS_TO_STOP)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
