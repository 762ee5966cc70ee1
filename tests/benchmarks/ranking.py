"""Raw texts through the ranking that the product uses: only types are converted here.

    python -m tests.benchmarks.ranking [folder of the evaluation kit]

Where the kit is there (beside the project, if no other folder is named), prints how well each of its tasks is ranked,
with intervals, and the differences to other rankers.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hiring.matching.columns import CandidateColumns
from hiring.matching.features import CandidateFeatures, read_features
from hiring.matching.query import text_query
from hiring.matching.scoring import measured
from hiring.resumes.model import Evidence
from hiring.skills.embedding import load_embedding
from hiring.skills.tagging import load_tagger

AS_OF = date(2026, 11, 1)
KIT = Path(__file__).resolve().parents[3] / "shared" / "eval"


def rank(queries: list[str], documents: list[str]) -> NDArray[np.float64]:
    """The score of each document (second axis) for each query (first axis); higher is better."""
    embedding, columns = load_embedding(), columns_of(documents)
    asked = (text_query(text, embedding, load_tagger()) for text in queries)
    return np.stack([measured(columns, query, "benchmark")[1].astype(np.float64) for query in asked])


def columns_of(documents: list[str]) -> CandidateColumns:
    """The documents as a pool of candidates, in their order."""
    return CandidateColumns.of(
        CandidateFeatures(
            candidate_id=f"cand_{number:08}",
            version=1,
            resume_version=1,
            resume=read_features(Evidence(text=document), load_embedding(), as_of=AS_OF),
        )
        for number, document in enumerate(documents)
    )


def main() -> int:
    """Print the table of every ranking task; the exit status is that of the kit."""
    folder = (Path(sys.argv[1]) if len(sys.argv) > 1 else KIT) / "matching"
    tasks = sorted(path.parent.name for path in folder.glob("*/meta.json"))
    if not tasks:
        return 0
    adapters = Path(__file__).with_name("adapters.py")
    return subprocess.run(  # noqa: S603
        [sys.executable, str(folder / "evaluate.py"), *tasks, "--adapters", str(adapters)], check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
