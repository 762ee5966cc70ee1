"""Ranking everybody: bytes a candidate, recall of the two passes, time and memory.

    python -m tests.benchmarks.scan [--kit FOLDER] [ROWS ...]

Resumes and jobs are those of the evaluation kit where it lies beside the project (or in the folder that is named): the
real resumes of its ranking tasks and its real PDF files, read from their bytes, and some jobs of each task; and the
sample jobs. Without it they are the samples alone, which are few and alike. Candidates are made of pairs of resumes:
most terms of one, some of another that is often its like, a vector between theirs. The first two segments are packed
one by one, larger pools hold copies of them. One thread.

Printed: bytes a candidate in each pass (a job in another language looks its pairs up in the first, and no vectors); how
many of the best 50 by everything that was read the whole ranking finds in a pool of 100,000, from the first pass to the
scores of the stored features, for each form of job: with 20,000 looked at closer, as in every run, and with as few as
20,000 are of a million. What is found is held against two rankings of everybody by everything: under statistics of its
own, of everybody in full, which is the recall that counts, and under those that the index told, which shows what the
two passes alone lose. The exit status is 1 where the first of them is below .99 as every run looks. Then for each
number of rows the processor's milliseconds for a ranking (the fastest of three), for the plain float32 product of as
many vectors of both kinds, their ratio, and the memory of this process.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from hiring.jobs.model import JobTerms
from hiring.matching import passes
from hiring.matching.columns import CandidateColumns
from hiring.matching.features import CandidateFeatures, ResumeFeatures, read_features
from hiring.matching.generation import Generation, stacked
from hiring.matching.packed import KEY_BYTES
from hiring.matching.passes import Pool, best_ids, look_closer, pool_of
from hiring.matching.query import JobQuery, QueryForm, job_query, text_query
from hiring.matching.scoring import measured, scores
from hiring.matching.segment import ROWS, Segment
from hiring.resumes.model import Reading
from hiring.resumes.reader import read
from hiring.skills.embedding import DIMENSIONS, load_embedding
from hiring.skills.tagging import load_tagger
from tests.benchmarks.ranking import KIT

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "events" / "resumes"
AS_OF = date(2026, 11, 1)
BEST = 50
LEAST_RECALL = 0.99
SCANNED = ("stated", "work_modes", "pay", "pay_unit", "zone", "start", "lengths", "years", "seniority")
SHARED_BY_ONE_IN = 200
JOBS_EACH = 10
LEAST_BYTES = 500
"""What is shorter is a title, not a resume."""


def read_resumes(kit: Path) -> list[ResumeFeatures]:
    """The features of every resume in the kit that can be read; those of the samples where it has none."""
    embedding = load_embedding()
    texts = [line["text"].encode() for task in sorted(kit.glob("matching/*/corpus.jsonl.gz")) for line in _lines(task)]
    files = [path.read_bytes() for path in sorted(kit.glob("real_pdfs/*.pdf"))]
    kept = [text for text in texts if len(text) >= LEAST_BYTES] + files
    readings = map(read, kept or [path.read_bytes() for path in sorted(SAMPLES.iterdir())])
    return [read_features(r.evidence, embedding, as_of=AS_OF) for r in readings if isinstance(r, Reading)]


def read_jobs(kit: Path) -> list[JobQuery]:
    """The queries of the sample jobs, and of some of each task of the kit."""
    embedding, tagger = load_embedding(), load_tagger()
    jobs = [
        job_query(JobTerms.model_validate_json(path.read_text()), embedding, tagger)
        for path in sorted((ROOT / "events" / "jobs").glob("*.json"))
    ]
    asked = [line["text"] for task in sorted(kit.glob("matching/*/queries.jsonl")) for line in _lines(task)[:JOBS_EACH]]
    return jobs + [text_query(text, embedding, tagger) for text in asked]


def _lines(path: Path) -> list[dict[str, str]]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.decode().splitlines()]


def candidates(resumes: Sequence[ResumeFeatures], first: int, count: int) -> list[CandidateFeatures]:
    """`count` people made of pairs of resumes, with ids from `first` on."""
    chance = np.random.default_rng(first)
    vectors = np.stack([resume.vector for resume in resumes]).astype(np.float32)
    like = np.argsort(-(vectors @ vectors.T), axis=1)[:, 1:21]
    made = []
    for number in range(first, first + count):
        one = int(chance.integers(len(resumes)))
        other = int(chance.choice(like[one]) if chance.random() < 0.7 else chance.integers(len(resumes)))
        made.append(CandidateFeatures(f"cand_{number:026}", 1, 1, _mixed(resumes[one], resumes[other], chance)))
    return made


def _mixed(one: ResumeFeatures, other: ResumeFeatures, chance: np.random.Generator) -> ResumeFeatures:
    most, some = chance.uniform(0.5, 0.9), chance.uniform(0.1, 0.5)
    held = [chance.random(len(one.terms)) < most, chance.random(len(other.terms)) < some]
    terms, at = np.unique(np.concatenate([one.terms[held[0]], other.terms[held[1]]]), return_index=True)
    return replace(
        one,
        terms=terms,
        counts=np.concatenate([one.counts[held[0]], other.counts[held[1]]])[at],
        length=round(one.length * most + other.length * some),
        vector=_between(one.vector, other.vector, most, some, chance),
        title_vector=_between(one.title_vector, other.title_vector, most, some, chance),
    )


def _between(
    one: NDArray[np.int8], other: NDArray[np.int8], most: float, some: float, chance: np.random.Generator
) -> NDArray[np.int8]:
    if not one.any():
        return one
    mixed = one * most + other * some + chance.normal(0, 3, len(one))
    return np.clip(np.rint(mixed / np.linalg.norm(mixed) * 300), -127, 127).astype(np.int8)


class People:
    """What is stored of made people and of their copies."""

    def __init__(self, made: Sequence[CandidateFeatures]) -> None:
        self._known = {person.candidate_id: person for person in made}

    def __call__(self, ids: Sequence[str]) -> dict[str, CandidateFeatures]:
        """The features of each of `ids`."""
        return {i: replace(self._known[i[:5] + "0000" + i[9:]], candidate_id=i) for i in ids}


def copied(part: Any, number: int) -> Any:
    """The same segment in memory of its own, with ids that begin with `number`."""
    values: dict[str, object] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        if is_dataclass(value):
            values[field.name] = copied(value, number)
        elif field.name == "ids":
            values[field.name] = np.strings.add(f"cand_{number:04}".encode(), np.strings.slice(value, 9, None))
        else:
            values[field.name] = value.copy()
    return replace(part, **values)


def size(part: Any) -> int:
    """Bytes of all arrays in a dataclass."""
    if isinstance(part, np.ndarray):
        return part.nbytes
    return sum(size(getattr(part, field.name)) for field in fields(part))


def milliseconds(action: Callable[[], object], times: int = 3) -> float:
    """The fastest of some."""
    taken = []
    for _ in range(times):
        started = time.process_time()
        action()
        taken.append(time.process_time() - started)
    return min(taken) * 1000


def print_bytes(segment: Segment, resumes: Sequence[ResumeFeatures]) -> None:
    """Bytes a candidate of each pass."""
    everybody, rows = segment.everybody, len(segment)
    words = segment.terms.words
    often = words.others >= rows / SHARED_BY_ONE_IN
    coded = np.diff(words.starts, append=len(words.codes)) + KEY_BYTES
    common, rarer = coded[often].sum() / rows, coded[~often].sum() / rows
    filters = sum(getattr(everybody, name).nbytes for name in SCANNED) / rows + size(everybody.facts) / rows
    vector = (everybody.vectors.nbytes + everybody.title_vectors.nbytes) / rows
    named = (everybody.ids.nbytes + everybody.versions.nbytes + everybody.resume_versions.nbytes) / rows
    parts = {
        "filters and facts": filters,
        "signs of the vectors": vector,
        f"words that 1 in {SHARED_BY_ONE_IN} has": common,
        "rarer words": rarer,
    }
    more = {
        "sizes of the vectors": (segment.sizes.nbytes + segment.title_sizes.nbytes) / rows,
        "pairs": size(segment.pairs) / rows,
        "rare words and pairs": size(segment.rare) / rows,
        "dated skills": size(everybody.skills) / rows,
        "ids and versions": named,
    }
    for name, known in (("first pass", parts), ("second pass", more)):
        told = ", ".join(f"{what} {bytes_each:.0f}" for what, bytes_each in known.items())
        print(f"{name}: {sum(known.values()):.0f} bytes a candidate ({told})")  # noqa: T201
    stored = sum(len(resume.pack()) for resume in resumes) / len(resumes)
    print(f"whole features, as stored: {stored:.0f} bytes a candidate")  # noqa: T201


def recalls(pool: Pool, plain: CandidateColumns, query: JobQuery, people: passes.People) -> tuple[float, float]:
    """How many of the best by everything are found among as many: under statistics of all, and under the same."""
    near = look_closer(pool, query, [part.live for part in pool.parts], people)
    found = best_ids(near.columns, near.values, 300)
    whole = CandidateColumns.of(people(found).values())
    best = set(best_ids([whole], [scores(whole, query, near.statistics)], BEST))
    every = (measured(plain, query, "everybody")[1], scores(plain, query, near.statistics))
    own, same = (len(best & set(best_ids([plain], [values], BEST))) / BEST for values in every)
    return own, same


def ranked_anew(generation: Generation, query: JobQuery, people: passes.People) -> passes.Closer:
    """A ranking of everybody as a run makes it, with nothing at hand but the generation."""
    pool = pool_of(generation, CandidateColumns.of(()), ())
    return look_closer(pool, query, [part.live for part in pool.parts], people)


def print_recalls(pool: Pool, plain: CandidateColumns, jobs: Sequence[JobQuery], people: passes.People) -> float:
    """The recall for each form of job, and of all; returned is that of all, as every run looks."""
    usual, means = passes.CLOSER, []
    for closer in (usual, usual * len(pool) // 1_000_000):
        passes.CLOSER = closer
        found = np.array([recalls(pool, plain, query, people) for query in jobs])
        means.append(float(found[:, 0].mean()))
        print(f"recall@{BEST} with {closer:,} of {len(pool):,} looked at closer:")  # noqa: T201
        for form in (None, *(form for form in QueryForm if any(query.form is form for query in jobs))):
            held = np.array([form in (None, query.form) for query in jobs])
            (own, same), (least, least_same) = found[held].mean(axis=0), found[held].min(axis=0)
            told = f"{own:.4f} (least {least:.2f}); under the same statistics {same:.4f} (least {least_same:.2f})"
            print(f"  {form.value if form else 'all':15} {held.sum():3} jobs  {told}", flush=True)  # noqa: T201
    passes.CLOSER = usual
    return means[0]


def float32_product(rows: int) -> None:
    """The product of vectors of both kinds for so many rows, as plain as can be."""
    matrix = np.ones((ROWS, 2 * DIMENSIONS), dtype=np.float32)
    vector = np.ones(2 * DIMENSIONS, dtype=np.float32)
    for _ in range(rows // ROWS):
        matrix @ vector


def main() -> int:
    """Print what was measured; 1 where too many of the best are not found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kit", type=Path, default=KIT)
    parser.add_argument("rows", type=int, nargs="*", default=[100_000, 1_000_000])
    asked = parser.parse_args()
    resumes, jobs = read_resumes(asked.kit), read_jobs(asked.kit)
    print(f"{len(resumes)} resumes, {len(jobs)} jobs")  # noqa: T201
    made = [candidates(resumes, 0, ROWS), candidates(resumes, ROWS, 100_000 - ROWS)]
    plain = [CandidateColumns.of(part) for part in made]
    segments = [Segment.of(part) for part in plain]
    print_bytes(segments[0], resumes)

    people = People([person for part in made for person in part])
    pool = pool_of(Generation("measured", tuple(segments)), CandidateColumns.of(()), ())
    recall = print_recalls(pool, stacked(plain), jobs, people)
    print(f"{'rows':>10} {'two passes ms':>14} {'float32 ms':>11} {'ratio':>6} {'GB':>5}")  # noqa: T201
    for rows in asked.rows:
        copies = [copied(segments[0], copy) for copy in range(max(1, round(rows / ROWS)))]
        generation = Generation("measured", tuple(copies))
        ours = milliseconds(partial(ranked_anew, generation, jobs[0], people))
        product = milliseconds(partial(float32_product, len(generation)))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(f"{len(generation):>10,} {ours:>14.0f} {product:>11.0f} {ours / product:>6.2f} {memory:>5.1f}")  # noqa: T201
    return int(recall < LEAST_RECALL)


if __name__ == "__main__":
    sys.exit(main())
