"""How long ranking everybody takes, against reading the same vectors as plain float32 with numpy.

    python tests/benchmarks/scan.py [ROWS ...]

Rows are synthetic: 256 random bytes of vector, 60 terms of 50,000 (some far more frequent), preferences. One thread.
Printed for each number of rows: milliseconds of the first pass (deal-breakers, score, floor, best hundred; the fastest
of five), of one plain float32 matrix-vector product over as many rows, and their ratio.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from hiring.jobs.model import JobTerms
from hiring.matching.columns import CandidateColumns, Postings
from hiring.matching.deal_breakers import Conditions
from hiring.matching.features import UNKNOWN
from hiring.matching.query import Choice, JobQuery, QueryForm, RequirementGroup
from hiring.matching.rates import Rates
from hiring.matching.shortlist import first_pass, pool_of
from hiring.skills.embedding import DIMENSIONS

TERMS_EACH = 60
VOCABULARY = 50_000
QUERY_TERMS = 120
GROUPS = 8
JOB = {
    "employment_type": "full-time",
    "title": "Engineer",
    "description": "Build things.",
    "requirements": [{"text": f"skill {number}", "kind": "must-have"} for number in range(GROUPS)],
    "minimum_years": 3,
    "seniority": "mid",
    "work_mode": "remote",
    "places": [],
    "time_zone_overlap": None,
    "pay": {
        "minimum": {"amount_minor": 50_000_00, "currency": "EUR"},
        "maximum": {"amount_minor": 70_000_00, "currency": "EUR"},
    },
    "languages": [],
    "authorisation": None,
    "start_date": "2027-04-01",
    "openings": 1,
}


def synthetic_columns(rows: int) -> CandidateColumns:
    """Candidates of no meaning, in the sizes that real ones have."""
    chance = np.random.default_rng(rows)
    owners = np.repeat(np.arange(rows, dtype=np.uint32), TERMS_EACH)
    terms = (VOCABULARY * chance.random(len(owners)) ** 3).astype(np.uint32)
    pairs = np.unique(owners.astype(np.uint64) << np.uint64(32) | terms)
    owners, terms = (pairs >> np.uint64(32)).astype(np.uint32), (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    counts = chance.integers(1, 6, len(owners), dtype=np.uint8)
    nothing = np.zeros(0, dtype=np.uint32)
    return CandidateColumns(
        ids=np.char.zfill(np.arange(rows).astype("S10"), 10),
        versions=np.ones(rows, dtype=np.int64),
        resume_versions=np.ones(rows, dtype=np.uint32),
        lengths=chance.integers(150, 900, rows, dtype=np.uint16),
        years=chance.integers(0, 80, rows, dtype=np.uint8),
        seniority=np.full(rows, UNKNOWN, dtype=np.uint8),
        stated=chance.integers(0, 128, rows, dtype=np.uint8),
        work_modes=chance.integers(1, 8, rows, dtype=np.uint8),
        pay=chance.integers(20_000_00, 120_000_00, rows),
        pay_unit=np.full(rows, 12_345, dtype=np.uint32),
        zones=np.array([b"Europe/Vienna"]),
        zone=np.zeros(rows, dtype=np.uint16),
        start=np.zeros(rows, dtype=np.int32),
        facts=Postings.of(nothing, nothing, np.zeros(0, dtype=np.uint8)),
        terms=Postings.of(terms, owners, counts),
        vectors=chance.integers(-60, 61, (rows, DIMENSIONS), dtype=np.int8),
        title_vectors=chance.integers(-60, 61, (rows, DIMENSIONS), dtype=np.int8),
    )


def synthetic_query() -> JobQuery:
    """A job of as many terms and requirements as a usual one."""
    chance = np.random.default_rng(1)
    terms = np.unique((VOCABULARY * chance.random(QUERY_TERMS)).astype(np.uint32)).tolist()
    groups = tuple(
        RequirementGroup(
            text=requirement.text,
            kind=requirement.kind,
            choices=(Choice(tuple(terms[number * 3 : number * 3 + 3])),),
            skills=(),
            names=(),
            minimum_years=None,
        )
        for number, requirement in enumerate(JobTerms.model_validate(JOB).requirements)
    )
    vector = chance.integers(-60, 61, DIMENSIONS, dtype=np.int8)
    return JobQuery(QueryForm.ENGLISH, tuple((number, 1) for number in terms), groups, vector, vector, 3.0)


def milliseconds(action: Callable[[], object]) -> float:
    """The fastest of five."""
    taken = []
    for _ in range(5):
        started = time.perf_counter()
        action()
        taken.append(time.perf_counter() - started)
    return min(taken) * 1000


def measure(rows: int) -> tuple[float, float, float]:
    """Milliseconds of a first pass and of the plain product over `rows` rows, and bytes a row in memory."""
    columns, query = synthetic_columns(rows), synthetic_query()
    conditions = Conditions(JobTerms.model_validate(JOB), "Somebody", Rates.shipped())
    pool = pool_of((columns, "generation"), CandidateColumns.of(()), ())
    ours = milliseconds(lambda: first_pass(pool, query, conditions, depth=100))
    arrays = (*vars(columns).values(), *vars(columns.terms).values())
    size = sum(array.nbytes for array in arrays if isinstance(array, np.ndarray))
    plain = np.random.default_rng(2).random((rows, DIMENSIONS), dtype=np.float32)
    other = plain[0].copy()
    return ours, milliseconds(lambda: plain @ other), size / rows


def main() -> None:
    """Print a line for each number of rows."""
    print(f"{'rows':>10} {'first pass ms':>14} {'float32 ms':>11} {'ratio':>6} {'bytes a row':>12}")  # noqa: T201
    for rows in [int(argument) for argument in sys.argv[1:]] or [100_000, 1_000_000]:
        ours, plain, size = measure(rows)
        print(f"{rows:>10,} {ours:>14.1f} {plain:>11.1f} {ours / plain:>6.2f} {size:>12.0f}")  # noqa: T201


if __name__ == "__main__":
    main()
