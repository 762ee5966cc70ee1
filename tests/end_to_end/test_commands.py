"""The two commands that a newcomer types: `make run` with one's own files, and `make up`."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

from infra.local import samples
from infra.local.api import CONNECTIONS
from infra.local.server import ROOT


def test_a_run_with_ones_own_files_shows_a_shortlist_and_what_could_not_be_read(tmp_path: Path) -> None:
    resumes = tmp_path / "resumes"
    resumes.mkdir()
    for person in samples.people()[:3]:
        shutil.copy(person.resume, resumes)
    (resumes / "broken.pdf").write_bytes(b"%PDF-1.4 of no use")
    job = ROOT / "events" / "jobs" / "senior-backend-engineer.json"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "infra.local.run", "--resumes", resumes, "--job", job, "--state", tmp_path / "state"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 NEEDS_NEW_FILE" in done.stdout
    assert "broken.pdf: " in done.stdout
    assert "3 considered" in done.stdout
    assert "ACCEPTED" in done.stdout


def test_a_run_without_files_says_so_and_fails(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "infra.local.run", "--resumes", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "holds no resume" in done.stderr


def test_up_keeps_the_stack_running_until_it_is_interrupted(tmp_path: Path) -> None:
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "infra.local.up", "--state", tmp_path],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        told: dict[str, str] = {}
        while "ORGANISATION" not in told:
            line = process.stdout.readline()
            assert line, "it ended early"
            if line.startswith("export "):
                name, _, value = line.removeprefix("export ").strip().partition("=")
                told[name] = value
        for name, path in {
            "CANDIDATE": "/me",
            "CLIENT": "/organisations",
            "OPERATOR": "/operator/organisations",
        }.items():
            answer = CONNECTIONS.request("GET", told["BASE"] + path, headers={"Authorization": f"Bearer {told[name]}"})
            assert answer.status == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(15) == 0
    finally:
        process.kill()
        process.communicate()
