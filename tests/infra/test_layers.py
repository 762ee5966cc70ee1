"""What the layers hold: binaries for Lambda, bytecode, licences, and no clutter."""

from __future__ import annotations

import re
import struct
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import MAGIC_NUMBER
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from infra import bundling
from infra.bundling import ROOT, Platform

AARCH64 = 183
"""`e_machine` of the ELF specification."""


@pytest.fixture(scope="session")
def dependencies() -> Path:
    """The layer of third-party packages for Lambda."""
    return bundling.dependencies(Platform.AARCH64)


@pytest.fixture(scope="session")
def hiring() -> Path:
    """The layer with our own package."""
    return bundling.hiring()


@pytest.fixture(scope="session")
def models() -> Path:
    """The layer with weights and taxonomy."""
    return bundling.models()


def pinned() -> dict[str, str]:
    """Package and version of every line of the requirements."""
    lines = (ROOT / "layers" / "dependencies" / "requirements.txt").read_text().splitlines()
    return dict(line.split(" ")[0].split("==") for line in lines if "==" in line and not line.startswith(" "))


def test_the_layer_pins_what_the_project_asks_for_and_the_tests_run_with() -> None:
    versions = pinned()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for requirement in map(Requirement, project["dependencies"]):
        assert requirement.specifier.contains(versions[requirement.name])
    assert {package: version(package) for package in versions} == versions


def binaries(layer: Path) -> Iterator[Path]:
    """Every file that holds machine code for Linux."""
    for path in layer.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def test_every_binary_is_for_arm_and_python_3_13(dependencies: Path) -> None:
    found = list(binaries(dependencies))
    assert {"numpy", "lxml", "pypdfium2_raw", "tokenizers", "pydantic_core"} <= {
        path.relative_to(dependencies / "python").parts[0] for path in found
    }
    for path in found:
        header = path.read_bytes()[:20]
        assert struct.unpack_from("<H", header, 18)[0] == AARCH64, path
        if tag := re.search(r"\.(cpython-\d+|abi3)\b", path.name):
            assert tag[1] in {"cpython-313", "abi3"}, path


def test_every_pinned_package_is_there_with_its_licence(dependencies: Path) -> None:
    for package, number in pinned().items():
        [facts] = (dependencies / "python").glob(f"{package.replace('-', '_')}-{number}.dist-info")
        held = [str(path.relative_to(facts)).lower() for path in facts.rglob("*") if path.is_file()]
        texts = [name for name in held if "licen" in name or "copying" in name or "notice" in name]
        named = re.search(
            r"^(License(-Expression)?|Classifier: License ::)", (facts / "METADATA").read_text(), re.MULTILINE
        )
        assert texts or named, package  # not every wheel brings the text


def test_the_layers_hold_no_tests_and_nothing_that_lambda_brings(dependencies: Path) -> None:
    assert not list(dependencies.glob("python/**/tests"))
    assert not (dependencies / "python" / "bin").exists()
    assert not [name for name in ("boto3", "botocore", "huggingface_hub") if (dependencies / "python" / name).exists()]


@pytest.mark.parametrize("layer", ["dependencies", "hiring"])
def test_bytecode_is_there_and_trusted_unchecked(request: pytest.FixtureRequest, layer: str) -> None:
    folder: Path = request.getfixturevalue(layer)
    sources = list(folder.rglob("*.py"))
    assert sources
    compiled = 0
    for source in sources:
        bytecode = source.parent / "__pycache__" / f"{source.stem}.cpython-313.pyc"
        if bytecode.exists():
            compiled += 1
            magic, flags = bytecode.read_bytes()[:4], bytecode.read_bytes()[4:8]
            assert magic == MAGIC_NUMBER
            assert flags == b"\x01\x00\x00\x00"  # PEP 552: by hash, not checked
    assert compiled == len(sources)


def test_our_package_is_there_as_it_is_written(hiring: Path) -> None:
    package = ROOT / "layers" / "hiring" / "python"
    written = {path.relative_to(package) for path in bundling.source_files(package)}
    assert {
        path.relative_to(hiring / "python") for path in hiring.rglob("*") if path.is_file() and path.suffix != ".pyc"
    } == written


def test_the_models_come_with_their_licences(models: Path) -> None:
    package = models / "python" / "hiring_models"
    notices = (package / "LICENSES").read_text(encoding="utf-8")
    for folder in ("embedding", "esco", "skill_tagger"):
        held = {path.name for path in (package / folder).iterdir()}
        assert any(name.startswith("LICENSE") for name in held)
        assert len(held) > 1
        assert f"{folder}/" in notices
    assert "ESCO classification of the European Commission" in " ".join(notices.split())


def test_a_layer_is_built_once_for_the_same_inputs(hiring: Path) -> None:
    before = hiring.stat().st_mtime_ns
    assert bundling.hiring() == hiring
    assert hiring.stat().st_mtime_ns == before
