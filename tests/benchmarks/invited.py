"""Jobs and short resumes of many occupations, with whom a recruiter of the field would invite (`invited/`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hiring.jobs.model import JobTerms, Requirement, RequirementKind
from hiring.matching.explanation import Criteria, band, explain
from hiring.matching.model import Band
from hiring.matching.shortlist import above_floor
from hiring.skills.embedding import load_embedding
from tests.benchmarks.elsewhere import AS_OF, evidence_of
from tests.builders import make_job_terms

FOLDER = Path(__file__).parent / "invited"
_HEAD = "Robin Alder\nrobin.alder@example.org\n\n"
_KINDS = {"! ": RequirementKind.MUST_HAVE, "+ ": RequirementKind.NICE_TO_HAVE}


class Pair(NamedTuple):
    """A resume before a job: whether a recruiter would invite, whether the product lists it and in which band."""

    job: str
    headline: str
    invited: bool
    listed: bool
    band: Band


def pairs() -> Iterator[Pair]:
    """Every resume of the files before its job, in their order."""
    for head, resumes in _parts():
        criteria = Criteria(_terms(head), load_embedding())
        for resume in resumes:
            decision, _, text = resume.partition("\n")
            ((verdicts),) = explain(criteria, [evidence_of(_file(resume))], as_of=AS_OF)
            yield Pair(
                job=head.partition("\n")[0],
                headline=text.partition("\n")[0],
                invited={"invite": True, "decline": False}[decision],
                listed=above_floor(verdicts),
                band=band(verdicts),
            )


def jobs() -> list[JobTerms]:
    """The jobs, in their order."""
    return [_terms(head) for head, _ in _parts()]


def files() -> list[bytes]:
    """The resumes as files, in their order."""
    return [_file(resume) for _, resumes in _parts() for resume in resumes]


def _parts() -> Iterator[tuple[str, list[str]]]:
    """Each job with the resumes before it, as they are written."""
    for path in sorted(FOLDER.glob("*.txt")):
        for part in path.read_text(encoding="utf-8").split("\n= ")[1:]:
            head, *resumes = part.split("\n> ")
            yield head, resumes


def _file(resume: str) -> bytes:
    return (_HEAD + resume.partition("\n")[2]).encode()


def _terms(head: str) -> JobTerms:
    title, *rows = head.strip().splitlines()
    asked = [Requirement(text=row[2:], kind=_KINDS[row[:2]]) for row in rows]
    return make_job_terms(title=title, requirements=tuple(asked))
