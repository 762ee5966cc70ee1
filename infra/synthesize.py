"""Synthesizes the stack without the CDK command line, and only when something it is made of has changed."""

from __future__ import annotations

import argparse
import json
import os
import platform as machine
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from infra.bundling import ROOT, Platform, digest, source_files

SOURCES = ("infra", "functions", "layers")
PACKAGES = ("aws-cdk-lib", "cdk-nag", "constructs", "uv")
STAMP = "sources.sha256"

# The local stack knows no association of a web ACL, no flow log and no DNS firewall, and is thrown away at will.
HOST_CONTEXT = {"waf": False, "network_guards": False, "deletion_protection": False, "nag": False}


def synthesize(platform: str = Platform.AARCH64, out: Path | None = None) -> Path:
    """The cloud assembly for `platform` (`aarch64` or `host`), made anew only if the sources changed.

    Returns its folder: `Hiring.template.json`, `Hiring.assets.json` and the assets as folders.
    Progress and errors go to standard error. Raises `RuntimeError` if the app does not synthesize.
    """
    chosen = Platform(platform)
    folder = (out or ROOT / "cdk.out" / chosen).absolute()
    stamp = sources_digest(chosen)
    if (folder / STAMP).exists() and (folder / STAMP).read_text() == stamp:
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    workspace = Path(tempfile.mkdtemp(prefix=f".{chosen}-", dir=folder.parent))
    try:
        _run_app(chosen, workspace)
        (workspace / STAMP).write_text(stamp)
        shutil.rmtree(folder, ignore_errors=True)
        try:
            workspace.rename(folder)
        except OSError:  # somebody else synthesized the same sources meanwhile
            if (folder / STAMP).read_text() != stamp:
                raise
    finally:
        shutil.rmtree(workspace, ignore_errors=True)
    return folder


def sources_digest(platform: Platform) -> str:
    """A hash over everything that the cloud assembly for `platform` is made of."""
    local = ROOT / "infra" / "local"
    files = [ROOT / "cdk.json"]
    for source in SOURCES:
        files.extend(file for file in source_files(ROOT / source) if local not in file.parents)
    return digest(files, platform, machine.machine(), sys.version, *(version(package) for package in PACKAGES))


def _run_app(platform: Platform, folder: Path) -> None:
    _say(f"synthesizing the stack for {platform} …")
    started = time.monotonic()
    context = json.loads((ROOT / "cdk.json").read_text())["context"] | {"platform": platform}
    if platform is Platform.HOST:
        context |= HOST_CONTEXT
    done = subprocess.run(
        [sys.executable, "-m", "infra.app"],
        cwd=ROOT,
        env=os.environ
        | {
            "CDK_OUTDIR": str(folder),
            "CDK_CONTEXT_JSON": json.dumps(context),
            "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "20",
        },
        stdout=sys.stderr,
        check=False,
    )
    if done.returncode:
        raise RuntimeError("the stack does not synthesize: see above")
    _say(f"synthesized in {time.monotonic() - started:.0f} s")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201  (progress)


def main() -> None:
    """Print where the cloud assembly lies."""
    parser = argparse.ArgumentParser(description="Synthesize the stack if its sources changed.")
    parser.add_argument("--platform", type=Platform, choices=list(Platform), default=Platform.AARCH64)
    parser.add_argument("--out", type=Path, help="the cloud assembly's folder (default: cdk.out/PLATFORM)")
    arguments = parser.parse_args()
    print(synthesize(arguments.platform, arguments.out))  # noqa: T201  (the answer)


if __name__ == "__main__":
    main()
