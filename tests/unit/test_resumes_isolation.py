"""A reader that cannot run at all is our fault, and no candidate is asked for another file because of it."""

from __future__ import annotations

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
