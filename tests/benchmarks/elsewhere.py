"""What one machine froze, made again on another: nothing is needed but Python and the product's layers.

    PYTHONPATH=HIRING:DEPENDENCIES:MODELS python elsewhere.py FOLDER [TIMES]

`FOLDER` is what `python -m tests.benchmarks.replay --export FOLDER` wrote: `files/` with resumes, `inputs/` with what
runs know of everybody, `runs/` with what was asked, what was frozen, and how many more would pass with what relaxed.
Each file is read again, everybody's features are computed again, each run is made anew from what was asked (query,
ranking, statistics, verdicts, what-ifs), and each run is replayed, so many times as `TIMES` says (1). Printed: the
interpreter, the machine and numpy with what it uses of the processor; then for each of the four how many were made,
how many differ by a byte, and their names. The exit status is 1 where any does, or where there is nothing to hold
anything against.
"""

from __future__ import annotations

import base64
import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np

from hiring.jobs.model import JobTerms
from hiring.matching.columns import CandidateColumns
from hiring.matching.deal_breakers import Conditions
from hiring.matching.features import CandidateFeatures, read_features
from hiring.matching.frozen import (
    Basis,
    CannotReplay,
    RunInput,
    canonical_json,
    explain_candidates,
    freeze,
    placing,
    read_run,
    replay,
)
from hiring.matching.generation import Generation
from hiring.matching.guards import screened
from hiring.matching.passes import Pool, pool_of
from hiring.matching.query import job_query, text_query
from hiring.matching.rates import Rates
from hiring.matching.segment import Segment
from hiring.matching.shortlist import funnel_of, rank_everybody
from hiring.matching.what_if import extras
from hiring.resumes.model import Evidence, Reading
from hiring.resumes.reader import read
from hiring.shared.values import Document
from hiring.skills.embedding import load_embedding
from hiring.skills.tagging import load_tagger

AS_OF = date(2026, 11, 1)
EMPLOYER = "Example Works"
LISTED = 8


class Asked(Document):
    """What a run is of: a job, or of the job nothing but a `text`, which is tags or a title."""

    terms: JobTerms
    text: str | None = None


class Made(NamedTuple):
    """What came of a run: the frozen document, and the counts of its what-ifs as canonical JSON."""

    document: bytes
    extras: bytes


class Everybody:
    """The people of an export, most of them in an index and the others as changes since, by the names of their entries.

    An entry of a run is named like its candidate.
    """

    def __init__(self, inputs: Mapping[str, RunInput]) -> None:
        self.inputs = dict(sorted(inputs.items()))

    @classmethod
    def of(cls, folder: Path) -> Everybody:
        """The people whose inputs are in `folder`."""
        return cls({path.stem: RunInput.model_validate_json(path.read_bytes()) for path in _files(folder)})

    def run(self, name: str, asked: Asked) -> Made:
        """The run `name`, ranked, explained and frozen as the product does it."""
        embedding, tagger = load_embedding(), load_tagger()
        conditions = Conditions(asked.terms, EMPLOYER, Rates.shipped())
        query = (
            job_query(asked.terms, embedding, tagger)
            if asked.text is None
            else text_query(asked.text, embedding, tagger)
        )
        first = rank_everybody(self._pool, query, conditions, self._people, depth=LISTED)
        basis = Basis(
            run_id=name,
            job_id=name,
            job_version=1,
            terms=asked.terms,
            employer=EMPLOYER,
            as_of=AS_OF,
            rates=conditions.rates,
            query=query,
            statistics=first.statistics,
            model=embedding.digest,
        )
        chosen = {place.candidate_id: self.inputs[place.candidate_id] for place in first.best}
        explained = explain_candidates(basis, list(chosen.values()), embedding)
        listed = sorted(explained, key=lambda entry: placing(entry, entry.entry_id))
        counted = extras(self._pool.parts, query, conditions)
        return Made(
            freeze(basis, funnel_of(first, (), len(listed)), listed, chosen),
            canonical_json([extra.model_dump(mode="json") for extra in counted]),
        )

    @cached_property
    def _candidates(self) -> dict[str, CandidateFeatures]:
        return {name: entry.candidate() for name, entry in self.inputs.items()}

    @cached_property
    def _pool(self) -> Pool:
        everybody = list(self._candidates.values())
        indexed = len(everybody) * 3 // 4
        generation = Generation("exported", (Segment.of(CandidateColumns.of(everybody[:indexed])),))
        return pool_of(generation, CandidateColumns.of(everybody[indexed:]), ())

    def _people(self, ids: Sequence[str]) -> dict[str, CandidateFeatures]:
        return {name: self._candidates[name] for name in ids}


def evidence_of(data: bytes) -> Evidence:
    """What the product keeps of a resume; raises `ValueError` where it cannot be read."""
    reading = screened(read(data))
    if not isinstance(reading, Reading):
        raise ValueError(f"a resume cannot be read: {reading.detail}")
    return reading.evidence


def features_of(evidence: Evidence) -> bytes:
    """What the product ranks a resume by."""
    return read_features(evidence, load_embedding(), as_of=AS_OF).pack()


class Check:
    """An export held against what this machine makes of the same; its parts yield names, and
    whether what was made is the same.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._everybody = Everybody.of(folder / "inputs")

    def files(self) -> Iterator[tuple[str, bool]]:
        """The evidence of each file."""
        for path in _files(self._folder / "files"):
            known = self._everybody.inputs[path.stem].evidence
            yield path.stem, evidence_of(path.read_bytes()).model_dump_json() == known.model_dump_json()

    def features(self) -> Iterator[tuple[str, bool]]:
        """The features of everybody."""
        for name, known in self._everybody.inputs.items():
            yield name, features_of(known.evidence) == base64.b64decode(known.features)

    def runs(self) -> Iterator[tuple[str, bool]]:
        """Each run from what was asked."""
        for path in self._runs():
            made = self._everybody.run(path.name, Asked.model_validate_json((path / "asked.json").read_bytes()))
            yield path.name, made == ((path / "run.json").read_bytes(), (path / "extras.json").read_bytes())

    def replays(self, times: int = 1) -> Iterator[tuple[str, bool]]:
        """Each run from its frozen document and the inputs of whom it lists."""
        for path in self._runs():
            document = (path / "run.json").read_bytes()
            inputs = {
                name: (self._folder / "inputs" / f"{name}.json").read_bytes() for name in read_run(document).entry_ids
            }
            for _ in range(times):
                yield path.name, _replays(document, inputs)

    def _runs(self) -> list[Path]:
        return _files(self._folder / "runs")


def _replays(document: bytes, inputs: Mapping[str, bytes]) -> bool:
    try:
        return replay(document, inputs, load_embedding()) == document
    except CannotReplay:
        return False


def _files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def processor_features() -> tuple[str, ...]:
    """What numpy found here and uses beyond what every such processor has."""
    told = np.show_config(mode="dicts")["SIMD Extensions"]
    return tuple(told.get("found", ()))


def machine() -> str:
    """The interpreter, the machine, and numpy with what it uses of the processor."""
    python = f"Python {platform.python_version()} on {platform.machine()}"
    seed = os.environ.get("PYTHONHASHSEED", "random")
    used = ", ".join(processor_features()) or "nothing beyond the least"
    return f"{python}, hash seed {seed}, numpy {np.__version__} ({used})"


def check(folder: Path, times: int = 1) -> int:
    """Print how many of each part were made and which differ; how many parts failed."""
    held = Check(folder)
    parts: dict[str, Callable[[], Iterator[tuple[str, bool]]]] = {
        "files read": held.files,
        "features": held.features,
        "runs made anew": held.runs,
        "replays": lambda: held.replays(times),
    }
    print(machine(), flush=True)  # noqa: T201
    failed = 0
    for part, results in parts.items():
        made = list(results())
        different = [name for name, same in made if not same]
        failed += bool(different) or not made
        print(f"  {part}: {len(made)}, {len(different)} differ", *dict.fromkeys(different), flush=True)  # noqa: T201
    return failed


if __name__ == "__main__":
    sys.exit(1 if check(Path(sys.argv[1]), *map(int, sys.argv[2:])) else 0)
