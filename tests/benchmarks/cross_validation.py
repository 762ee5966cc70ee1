"""Whether other weights would rank better, chosen without the query they are judged on.

    python -m tests.benchmarks.cross_validation [folder of the evaluation kit]

For each ranking task and each change of one constant (a part's weight left out, halved or doubled; other saturations
and length normalisations): the figure as shipped, the best change in hindsight, and what choosing the change on all
other queries gives on the one that was left out. Where the last is not above the first, there is nothing to tune.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hiring.matching import scoring
from hiring.matching.columns import CandidateColumns
from hiring.matching.query import JobQuery, QueryForm, text_query
from hiring.matching.scoring import measured
from hiring.matching.statistics import Component
from hiring.skills.embedding import load_embedding
from hiring.skills.tagging import load_tagger
from tests.benchmarks.ranking import KIT, columns_of

FACTORS = (0.001, 0.5, 2.0)
"""The first leaves a part out, but where it is the only one that a job has."""
_KINDRED = scoring.KINDRED_WEIGHTS

type Weights = Mapping[QueryForm, Mapping[Component, float]]


def changes() -> Iterator[tuple[str, dict[str, object]]]:
    """Names of changes, and the constants of the scoring that they set; the first changes nothing."""
    yield "as shipped", {}
    for part in dict.fromkeys(part for parts in scoring.WEIGHTS.values() for part in parts):
        for factor in FACTORS:
            yield f"{part.value} × {factor:g}", {"WEIGHTS": _scaled(scoring.WEIGHTS, part, factor)}
    for factor in FACTORS:
        kindred = {form: {part: w * factor for part, w in parts.items()} for form, parts in _KINDRED.items()}
        yield f"kindred × {factor:g}", {"KINDRED_WEIGHTS": kindred}
    for saturation in (2.0, 4.0, 16.0):
        yield f"k1 {saturation:g}", {"SATURATION": saturation}
    for saturation in (8.0, 16.0, 64.0):
        yield f"k1 of prose {saturation:g}", {"PROSE_SATURATION": saturation}
    for normalisation in (0.5, 1.0):
        yield f"b {normalisation:g}", {"COVERAGE_NORMALISATION": normalisation}


def _scaled(weights: Weights, part: Component, factor: float) -> Weights:
    """`weights` with one part's multiplied; a part that is left out where it is the only one stays."""
    return {
        form: {each: w * factor if each is part and len(parts) > 1 else w for each, w in parts.items()}
        for form, parts in weights.items()
    }


@contextmanager
def _set(constants: Mapping[str, object]) -> Iterator[None]:
    before = {name: getattr(scoring, name) for name in constants}
    try:
        for name, value in constants.items():
            setattr(scoring, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(scoring, name, value)


def left_out(values: NDArray[np.float64]) -> float:
    """The mean over queries (second axis) of the change (first axis) that is best on all other queries."""
    known = ~np.isnan(values).any(axis=0)
    values = values[:, known]
    others = values.sum(axis=1, keepdims=True) - values
    return float(values[others.argmax(axis=0), np.arange(values.shape[1])].mean())


def _kit(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("kit", folder / "evaluate.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "evaluate.py")
    kit = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(kit)
    return kit


def _values(
    kit: ModuleType, task: dict[str, Any], columns: CandidateColumns, queries: list[JobQuery]
) -> NDArray[np.float64]:
    """The figure of every change (first axis) for every query (second axis)."""
    rows = []
    for _, constants in changes():
        with _set(constants):
            scores = np.stack([measured(columns, query, "benchmark")[1].astype(np.float64) for query in queries])
        rows.append(list(kit.per_query(task, scores).values()))
    return np.array(rows)


def main() -> int:
    """Print the table; nothing where the kit is not there."""
    folder = (Path(sys.argv[1]) if len(sys.argv) > 1 else KIT) / "matching"
    tasks = sorted(path.parent for path in folder.glob("*/meta.json"))
    if not tasks:
        return 0
    kit, embedding, tagger = _kit(folder), load_embedding(), load_tagger()
    names = [name for name, _ in changes()]
    print(f"{'':24}{'shipped':>9}{'left out':>10}  best in hindsight, of {len(names)}")  # noqa: T201
    for path in tasks:
        task = kit.load_task(path)
        columns = columns_of([document["text"] for document in task["corpus"]])
        queries = [text_query(query["text"], embedding, tagger) for query in task["queries"]]
        values = _values(kit, task, columns, queries)
        means = np.nanmean(values, axis=1)
        best = int(means.argmax())
        print(  # noqa: T201
            f"{path.name:24}{means[0]:9.3f}{left_out(values):10.3f}  {means[best]:.3f} {names[best]}", flush=True
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
