"""What was frozen here gives the same bytes in other processes, and what was not is told from it (R10)."""

from __future__ import annotations

import runpy
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest

from tests.benchmarks import elsewhere
from tests.benchmarks.elsewhere import Check
from tests.benchmarks.replay import export, invited_files, plain_processor, run_elsewhere, sample_jobs

type Part = Callable[[Check], Iterator[tuple[str, bool]]]

ASKED = ("requirements-00", "tags-00", "infirmiere")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of runs of some forms, over people enough to learn from the best of them."""
    folder = tmp_path_factory.mktemp("export") / "runs"
    jobs = sample_jobs()
    export(folder, dict(islice(invited_files().items(), 40)), {name: jobs[name] for name in ASKED})
    return folder


def test_R10_another_hash_seed_and_a_plainer_processor_give_the_same_bytes(folder: Path) -> None:
    environment = plain_processor() | {"PYTHONHASHSEED": "271828"}
    done = run_elsewhere(folder, 2, **environment)
    assert done.stderr == ""
    assert done.stdout.splitlines()[1:] == [
        "  files read: 40, 0 differ",
        "  features: 40, 0 differ",
        "  runs made anew: 3, 0 differ",
        "  replays: 6, 0 differ",
    ]
    assert "hash seed 271828" in done.stdout.splitlines()[0]
    assert "nothing beyond the least" in done.stdout.splitlines()[0]
    assert done.returncode == 0


@dataclass(frozen=True)
class Planted:
    """A difference that is planted in an export: in one of its files, `new` for the first `old`."""

    place: str
    old: bytes
    new: bytes
    part: Part
    name: str

    def into(self, export: Path) -> None:
        """Plant it."""
        data = (export / self.place).read_bytes()
        assert self.old in data
        (export / self.place).write_bytes(data.replace(self.old, self.new, 1))


RANK = Planted("runs/tags-00/run.json", b'"rank":1', b'"rank":9', Check.replays, "tags-00")
PLANTED = (
    RANK,
    Planted("runs/tags-00/run.json", b'"ruleset":"', b'"ruleset":"f', Check.replays, "tags-00"),
    Planted("runs/infirmiere/extras.json", b'"count":', b'"count":1', Check.runs, "infirmiere"),
    Planted("inputs/invited-02.json", b'"features":"', b'"features":"AAAA', Check.features, "invited-02"),
    Planted("files/invited-01", b"Experience", b"Experience\n\nWelder", Check.files, "invited-01"),
)


@pytest.mark.parametrize("planted", PLANTED)
def test_R10_what_differs_is_named(folder: Path, tmp_path: Path, planted: Planted) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    planted.into(copy)
    assert [name for name, same in planted.part(Check(copy)) if not same] == [planted.name]


def test_R10_where_anything_differs_the_check_fails(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    RANK.into(copy)
    monkeypatch.setattr(sys, "argv", [elsewhere.__file__, str(copy)])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(elsewhere.__file__, run_name="__main__")
    assert ended.value.code == 1
    assert "  replays: 3, 1 differ tags-00" in capsys.readouterr().out.splitlines()
