"""Lambda's Python runtime, as far as a package can notice: an interpreter that has boto3 and nothing else of ours."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path


def interpreter(folder: Path) -> Path:
    """The interpreter of a virtual environment in `folder` that has Lambda's packages; built when it is missing."""
    packages = [f"{name}=={version(name)}" for name in ("boto3", "botocore")]
    python, built = folder / "bin" / "python", folder / "built"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two stacks that start at the same time build it once
        if built.exists() and built.read_text().split() == packages:
            return python
        _run("venv", "--quiet", "--clear", "--python", sys.executable, str(folder))
        _run("pip", "install", "--quiet", "--compile-bytecode", "--python", str(python), *packages)
        built.write_text("\n".join(packages))
    return python


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "uv", *arguments], check=True)  # noqa: S603
