"""The sample people before the sample jobs, by the product's own path: bytes, reading, features, score, verdicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from events.make_samples import HERE, WRITERS
from events.writers.resume import Person, read_person
from hiring.jobs.model import JobTerms
from hiring.matching.columns import CandidateColumns
from hiring.matching.features import CandidateFeatures, read_features
from hiring.matching.frozen import Basis, Explained, RunInput, explain_candidates
from hiring.matching.model import Band
from hiring.matching.query import job_query
from hiring.matching.rates import Rates
from hiring.matching.scoring import pool_statistics
from hiring.matching.shortlist import above_floor
from hiring.resumes.model import Evidence
from hiring.skills.embedding import load_embedding
from hiring.skills.tagging import load_tagger
from tests.benchmarks.elsewhere import AS_OF, EMPLOYER

SALT = "0" * 64
type Change = Callable[[CandidateFeatures, Evidence], CandidateFeatures]
"""What a test does to the features, to see whether the guards notice."""


@dataclass(frozen=True)
class Judged:
    """What a job makes of a resume; `place` is what a shortlist is sorted by, lower first."""

    listed: bool
    score: int
    band: Band
    verdicts: tuple[str, ...]

    def above(self, other: Judged) -> bool:
        """Whether it stands higher on a shortlist; who is not listed stands nowhere."""
        return self.listed and (not other.listed or self.score > other.score)


@cache
def people() -> tuple[Person, ...]:
    """The sample people whose files are whole."""
    found = [read_person(path) for path in sorted((HERE / "people").glob("*.json"))]
    return tuple(person for person in found if not person.truncated)


@cache
def jobs() -> Mapping[str, JobTerms]:
    """The sample jobs by the names of their files."""
    return {path.stem: JobTerms.model_validate_json(path.read_bytes()) for path in sorted((HERE / "jobs").glob("*"))}


def file_of(person: Person) -> bytes:
    """The resume as the file that the person would upload."""
    return WRITERS[person.format](person)


class Court:
    """Judges resumes for every job by the statistics of one pool, so that the same resume is always judged the same."""

    def __init__(self, pool: Mapping[str, Evidence], *, change: Change | None = None) -> None:
        self._change = change
        columns = CandidateColumns.of(self._features(name, evidence) for name, evidence in pool.items())
        self.bases = {name: _basis(name, terms, columns) for name, terms in jobs().items()}

    def judge(self, resumes: Mapping[str, Evidence]) -> dict[tuple[str, str], Judged]:
        """What each job makes of each resume, by job and name."""
        inputs = [self.input_of(name, evidence) for name, evidence in resumes.items()]
        return {
            (job, explained.entry_id): _judged(explained)
            for job, basis in self.bases.items()
            for explained in explain_candidates(basis, inputs, load_embedding())
        }

    def input_of(self, name: str, evidence: Evidence) -> RunInput:
        """All that a run knows of somebody with this resume and without wishes."""
        return RunInput.of(self._features(name, evidence), evidence, entry_id=name, salt=SALT)

    def _features(self, name: str, evidence: Evidence) -> CandidateFeatures:
        resume = read_features(evidence, load_embedding(), as_of=AS_OF)
        features = CandidateFeatures(candidate_id=name, version=1, resume_version=1, resume=resume)
        return self._change(features, evidence) if self._change else features


def _basis(name: str, terms: JobTerms, columns: CandidateColumns) -> Basis:
    query = job_query(terms, load_embedding(), load_tagger())
    return Basis(
        run_id=name,
        job_id=name,
        job_version=1,
        terms=terms,
        employer=EMPLOYER,
        as_of=AS_OF,
        rates=Rates.shipped(),
        query=query,
        statistics=pool_statistics(columns, query, "samples"),
        model=load_embedding().digest,
    )


def _judged(explained: Explained) -> Judged:
    return Judged(
        listed=above_floor(explained.verdicts),
        score=explained.score,
        band=explained.band,
        verdicts=tuple(verdict.verdict.value for verdict in explained.verdicts),
    )
