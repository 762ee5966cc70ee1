"""Builds the layers into `build/layers/`, without docker, and only when their inputs have changed.

`python -m infra.bundling` builds the one with the models, and prints the folder from which Python imports them.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ROOT / "layers"
BUILD = ROOT / "build" / "layers"
PYTHON = "3.13"

LEFT_OUT = (
    "python/bin",
    "python/**/tests",
    "python/**/*.dist-info/RECORD",
    "python/**/*.dist-info/INSTALLER",
    "python/**/*.dist-info/REQUESTED",
    "python/phonenumbers/geodata",  # which place, carrier and time zone a number belongs to: 20 MB nobody asks for
    "python/phonenumbers/carrierdata",
    "python/phonenumbers/tzdata",
)


class Platform(StrEnum):
    """What the binaries of a layer run on."""

    AARCH64 = "aarch64"
    HOST = "host"


def hiring() -> Path:
    """The layer with our own package."""
    source = LAYERS / "hiring" / "python"

    def build(target: Path) -> None:
        shutil.copytree(source, target / "python", ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))

    return _built("hiring", source_files(source), build)


def dependencies(platform: Platform) -> Path:
    """The layer with the pinned third-party packages, as wheels for `platform`."""
    requirements = LAYERS / "dependencies" / "requirements.txt"
    binaries = ["--python-platform", "aarch64-manylinux_2_28"] if platform is Platform.AARCH64 else []

    def build(target: Path) -> None:
        _run(
            *(sys.executable, "-m", "uv", "pip", "install", "--quiet", "--target", str(target / "python")),
            *("--python-version", PYTHON, *binaries, "--only-binary", ":all:"),
            *("--require-hashes", "--no-deps", "--requirements", str(requirements)),
        )

    return _built(f"dependencies-{platform}", [requirements], build)


def models() -> Path:
    """The layer with embedding weights and the skill taxonomy."""
    source = LAYERS / "models"

    def build(target: Path) -> None:
        _run(sys.executable, str(source / "build.py"), "--target", str(target))

    # Keys, letters and vectors of the names are computed by our own code.
    code = source_files(LAYERS / "hiring" / "python" / "hiring" / "skills")
    return _built("models", [*source_files(source), *code], build)


def source_files(folder: Path) -> list[Path]:
    """Every file under `folder` that somebody wrote, in a fixed order."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def digest(files: Iterable[Path], *facts: str) -> str:
    """A hash over the names and contents of `files` and over `facts`."""
    hasher = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        hasher.update(f"{file.relative_to(ROOT)}\0{len(content)}\0".encode() + content)
    hasher.update("\0".join(facts).encode())
    return hasher.hexdigest()


def _built(name: str, inputs: Iterable[Path], build: Callable[[Path], None]) -> Path:
    """The folder of a layer, built unless the one that these inputs give is there already."""
    key = digest([*inputs, Path(__file__)], name, sys.version, version("uv"))
    target = BUILD / f"{name}-{key[:16]}"
    if target.exists():
        return target
    print(f"building layer {name} …", file=sys.stderr, flush=True)  # noqa: T201  (progress)
    BUILD.mkdir(parents=True, exist_ok=True)
    workspace = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=BUILD))
    workspace.chmod(0o755)
    try:
        build(workspace)
        _tidy(workspace)
        _compile(workspace)
        try:
            workspace.rename(target)
        except OSError:  # another build of the same inputs was faster
            if not target.exists():
                raise
    finally:
        shutil.rmtree(workspace, ignore_errors=True)
    return target


def _tidy(layer: Path) -> None:
    for pattern in LEFT_OUT:
        for path in list(layer.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def _compile(layer: Path) -> None:
    """Add bytecode that Python trusts without looking at the source: it halves the time of a cold import."""
    if (layer / "python").exists():
        _run(
            *(sys.executable, "-m", "compileall", "-q", "-j", "0", "--invalidation-mode", "unchecked-hash"),
            *("-s", str(layer), "-p", "/opt", str(layer / "python")),
        )


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    print(models() / "python")  # noqa: T201  (the answer)
