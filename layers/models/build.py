"""Lay out the model data that matching reads, as the content of a Lambda layer.

    python layers/models/build.py --target build/models

makes `build/models/python/hiring_models/`: the token vectors and the tokenizer of WordLlama, taken from its pinned
wheel, beside their licence. Nothing of that package's code is kept.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

WORDLLAMA = "wordllama==0.4.0.post1"
HERE = Path(__file__).resolve().parent

FILES = {
    "wordllama/weights/l2_supercat_256.safetensors": "wordllama/weights.safetensors",
    "wordllama/tokenizers/l2_supercat_tokenizer_config.json": "wordllama/tokenizer.json",
    f"{WORDLLAMA.replace('==', '-')}.dist-info/licenses/LICENSE": "wordllama/LICENSE",
}


def build(target: Path) -> Path:
    """Write the layer's content under `target` and return the package's folder; an up-to-date one stays as it is."""
    package = target / "python" / "hiring_models"
    stamp = package / "SOURCES"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == f"{WORDLLAMA}\n":
        return package
    shutil.rmtree(package, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(  # noqa: S603 - a fixed command
            [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps", "--target", folder, WORDLLAMA],
            check=True,
        )
        for source, destination in FILES.items():
            place = package / destination
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(folder) / source, place)
    shutil.copyfile(HERE / "NOTICES", package / "LICENSES")
    (package / "__init__.py").write_text('"""Model data; read through `importlib.resources`."""\n', encoding="utf-8")
    stamp.write_text(f"{WORDLLAMA}\n", encoding="utf-8")
    return package


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", type=Path, required=True)
    build(parser.parse_args().target)
