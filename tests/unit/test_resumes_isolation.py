"""A reader that cannot run at all is our fault, and no candidate is asked for another file because of it."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

from hiring.resumes import isolation


def test_R4_a_reader_that_does_not_start_is_a_defect_and_not_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nexit 127\n")
    broken.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(broken))
    with pytest.raises(isolation.ReaderNotStarted):
        isolation.read_isolated(b"Ada\nPython")


def test_the_child_keeps_where_libraries_lie_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "environment"
    spy = tmp_path / "python"
    spy.write_text(f"#!/bin/sh\n/usr/bin/env > {told}\nexit 127\n")
    spy.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(spy))
    monkeypatch.setenv("LD_LIBRARY_PATH", "/var/lang/lib")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a secret")
    with pytest.raises(isolation.ReaderNotStarted):
        isolation.read_isolated(b"Ada\nPython")
    names = {line.partition("=")[0] for line in told.read_text().splitlines()}
    assert names - {"PWD", "_", "SHLVL", "OLDPWD"} == {"PYTHONPATH", "PYTHONUTF8", "LD_LIBRARY_PATH"}


LOOK_AND_READ = """
import subprocess, sys
from hiring.resumes import isolation
subprocess.run([sys.argv[1], "before"])
sys.executable = sys.argv[1]
try:
    isolation.read_isolated(b"Ada")
except isolation.ReaderNotStarted:
    print(open("/proc/self/status").read())
"""


def _without_capabilities() -> None:
    """As a function runs: a root of tests would be allowed to look into everybody."""
    for capability in range(64):
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP; refused where there is none to drop


def test_R4_the_child_that_reads_a_file_cannot_look_into_its_parent(tmp_path: Path) -> None:
    """A reader that was taken over finds the credentials of the function neither in the environment nor in memory."""
    spy = tmp_path / "python"
    spy.write_text(
        "#!/bin/sh\n"
        '[ "$1" = before ] || set -- child\n'
        f"for part in environ maps mem fd/0; do head -c 1 /proc/$PPID/$part > {tmp_path}/$1-${{part%/*}} 2>&1; done\n"
        f"cat /proc/$PPID/environ > {tmp_path}/$1-environ 2>&1\n"
        "exit 127\n"
    )
    spy.chmod(0o755)
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-c", LOOK_AND_READ, str(spy)],
        env={"AWS_SECRET_ACCESS_KEY": "a secret", "PATH": "/usr/bin:/bin"},
        preexec_fn=_without_capabilities,  # this test has one thread
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "a secret" in (tmp_path / "before-environ").read_text()  # what it could do if it were let
    for part in ("environ", "maps", "mem", "fd"):
        assert "Permission denied" in (tmp_path / f"child-{part}").read_text()
    assert "Name:" in ran.stdout  # and the parent still sees itself
