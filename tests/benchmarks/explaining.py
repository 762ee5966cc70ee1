"""Reasons: how often a claim is right, and what explaining costs.

    python -m tests.benchmarks.explaining

Printed for each half of the judged lines in `reasons/` (thresholds were chosen on one of them): how many lines, of the
claims (met or partly) the share that a recruiter agrees with and the share of the lines with something to claim that
were found; the same for what is met outright. Then the share of requirements that people of other fields are said to
show somewhere in a whole resume. Then how many in each band a recruiter would invite: of the sample people
and of the resumes in `invited/`, each judged by us before the product saw it. Last, for the sample jobs before the
sample resumes: milliseconds of explaining one candidate, of ranking 100,000, and the share of explaining in both
together when forty are explained, all in one thread as the functions have it; reading an index and fetching evidence,
which every run waits for, are not counted.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from hiring.jobs.model import Requirement, RequirementKind
from hiring.matching.building import LEAST
from hiring.matching.columns import CandidateColumns
from hiring.matching.deal_breakers import Conditions
from hiring.matching.explanation import Criteria, explain
from hiring.matching.generation import Generation
from hiring.matching.model import Band, RequirementVerdict, Verdict
from hiring.matching.passes import pool_of
from hiring.matching.rates import Rates
from hiring.matching.segment import Segment
from hiring.matching.shortlist import rank_everybody
from hiring.resumes.model import Evidence
from hiring.skills.embedding import load_embedding
from tests.benchmarks.elsewhere import AS_OF, evidence_of
from tests.benchmarks.invited import pairs
from tests.benchmarks.judging import Court, file_of, jobs, people
from tests.benchmarks.scan import SAMPLES, People, candidates, copied, read_jobs, read_resumes
from tests.builders import make_job_terms

REASONS = Path(__file__).parent / "reasons"
HALVES = {"tuned": REASONS / "tuned.txt", "held out": REASONS / "held_out.txt"}
POOL = 100_000
OTHERS = 60
SUITABLE = {
    "financial-controller": {
        "ines-carvalhal", "ioana-dumitrescu", "marit-van-der-zwaag", "padraig-o-dalaigh", "tobias-ehrenreich",
    },
    "intensive-care-nurse": {"joyce-kamau", "katharina-obermueller", "mateo-ruiz", "maribel-santos"},
    "lead-marine-geophysicist": set(),
    "senior-backend-engineer": {
        "amara-okonkwo", "diego-ferreyra", "milos-stankovic", "olena-marchuk", "tamas-kerekes", "jonas-wildgruber",
    },
}  # fmt: skip
"""Whom a recruiter would invite for each sample job by the resume alone, whatever pay and place they want."""
_VERDICTS = {"met": Verdict.MET, "partly": Verdict.PARTLY, "not": Verdict.NOT_SHOWN}


@dataclass(frozen=True)
class Line:
    """A line of a resume, a requirement, what a recruiter says of them, and what the product says."""

    requirement: str
    text: str
    truth: Verdict
    found: RequirementVerdict

    @property
    def claimed(self) -> bool:
        """Whether the product claims anything."""
        return self.found.verdict is not Verdict.NOT_SHOWN

    @property
    def right(self) -> bool:
        """Whether there is anything to claim."""
        return self.truth is not Verdict.NOT_SHOWN


@dataclass(frozen=True)
class Agreement:
    """Shares between 0 and 1."""

    claims_right: float
    claims_found: float
    met_right: float
    met_found: float


def lines(path: Path) -> Iterator[Line]:
    """The judged lines of a file with the product's verdicts."""
    criteria, requirement = None, ""
    for row in path.read_text().splitlines():
        if row.startswith("? "):
            requirement = row[2:]
            criteria = Criteria(make_job_terms(requirements=(_must_have(requirement),)), load_embedding())
        elif criteria is not None and row and not row.startswith("#"):
            truth, _, text = row.partition(" | ")
            ((found,),) = explain(criteria, [Evidence(text=text)], as_of=AS_OF)
            yield Line(requirement, text, _VERDICTS[truth], found)


def claimed_among_others(path: Path) -> float:
    """The share of the requirements of a file that a resume is said to show which tells of other fields alone.

    It has `OTHERS` judged lines of all files, chosen by a digest. A few of them do show something: the fields touch.
    """
    fields = {half: _by_field(half) for half in HALVES.values()}
    claimed = asked = 0
    for field, (requirements, _) in fields[path].items():
        others = {
            line for half in fields.values() for other, (_, told) in half.items() if other != field for line in told
        }
        for requirement in requirements:
            chosen = sorted(others, key=lambda line: sha256(f"{requirement}\n{line}".encode()).digest())[:OTHERS]
            criteria = Criteria(make_job_terms(requirements=(_must_have(requirement),)), load_embedding())
            ((found,),) = explain(criteria, [Evidence(text="\n".join(chosen))], as_of=AS_OF)
            asked += 1
            claimed += found.verdict is not Verdict.NOT_SHOWN
    return claimed / asked


def _by_field(path: Path) -> dict[str, tuple[list[str], list[str]]]:
    """The requirements and the lines of each field of a file."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    field = ""
    for row in path.read_text().splitlines():
        if row.startswith("## "):
            field = row[3:]
        elif row.startswith("? "):
            found.setdefault(field, ([], []))[0].append(row[2:])
        elif row and not row.startswith("#"):
            found.setdefault(field, ([], []))[1].append(row.partition(" | ")[2])
    return found


def _must_have(text: str) -> Requirement:
    return Requirement(text=text, kind=RequirementKind.MUST_HAVE)


def agreement(judged: list[Line]) -> Agreement:
    """How often claims are right, and how many of the right ones are made."""
    claimed, right = [each for each in judged if each.claimed], [each for each in judged if each.right]
    met = [each for each in judged if each.found.verdict is Verdict.MET]
    truly = [each for each in judged if each.truth is Verdict.MET]
    return Agreement(
        claims_right=sum(each.right for each in claimed) / max(1, len(claimed)),
        claims_found=sum(each.claimed for each in right) / max(1, len(right)),
        met_right=sum(each.truth is Verdict.MET for each in met) / max(1, len(met)),
        met_found=sum(each.found.verdict is Verdict.MET for each in truly) / max(1, len(truly)),
    )


class Invited(NamedTuple):
    """Of how many people a recruiter would invite how many."""

    people: int
    invited: int

    def and_another(self, *, invited: bool) -> Invited:
        """The same with one more."""
        return Invited(self.people + 1, self.invited + invited)


def bands() -> dict[Band | None, Invited]:
    """For each band how many have it, and how many of those a recruiter would invite; None for who is not listed.

    Counted are the sample people before the sample jobs and the resumes of `invited/` before theirs.
    """
    resumes = {person.slug: evidence_of(file_of(person)) for person in people()}
    judged = Court(resumes).judge(resumes)
    counted = [(each.listed, each.band, slug in SUITABLE[job]) for (job, slug), each in judged.items()]
    counted += [(pair.listed, pair.band, pair.invited) for pair in pairs()]
    found: dict[Band | None, Invited] = dict.fromkeys((*Band, None), Invited(0, 0))
    for listed, band, invited in counted:
        key = band if listed else None
        found[key] = found[key].and_another(invited=invited)
    return found


def cost() -> tuple[float, float]:
    """Milliseconds of explaining one sample resume, and of ranking a pool, in this process's own time."""
    resumes = [evidence_of(file_of(person)) for person in people()]
    taken, explained = 0.0, 0
    for terms in jobs().values():
        started = time.process_time()
        criteria = Criteria(terms, load_embedding())
        explain(criteria, resumes, as_of=AS_OF)
        taken += time.process_time() - started
        explained += len(resumes)
    made = candidates(read_resumes(SAMPLES), 0, POOL // 5)
    segment = Segment.of(CandidateColumns.of(made))
    generation = Generation("measured", tuple(copied(segment, number) for number in range(5)))
    terms, query = next(iter(jobs().values())), read_jobs(SAMPLES)[0]
    conditions = Conditions(terms, "Somebody", Rates.shipped())
    started = time.process_time()
    for _ in range(3):
        pool = pool_of(generation, CandidateColumns.of(()), ())
        rank_everybody(pool, query, conditions, People(made), depth=300)
    return taken / explained * 1000, (time.process_time() - started) / 3 * 1000


def main() -> int:
    """Print both; 1 where fewer than 85 claims in a hundred are right on the half that nothing was chosen on."""
    print(f"{'':10} {'lines':>5} {'claims right':>13} {'found':>6} {'met right':>10} {'found':>6}")  # noqa: T201
    for name, path in HALVES.items():
        judged = list(lines(path))
        found = agreement(judged)
        print(  # noqa: T201
            f"{name:10} {len(judged):>5} {found.claims_right:>13.2f} {found.claims_found:>6.2f}"
            f" {found.met_right:>10.2f} {found.met_found:>6.2f}"
        )
    for name, path in HALVES.items():
        share = claimed_among_others(path)
        print(f"{name}: claimed of {OTHERS} lines of other fields: {share:.0%} of the requirements")  # noqa: T201
    for band, counted in bands().items():
        print(f"{band or 'not listed'}: {counted.invited} of {counted.people} would be invited")  # noqa: T201
    explaining, scanning = cost()
    share = LEAST * explaining / (LEAST * explaining + scanning)
    print(f"explaining {explaining:.1f} ms a candidate; ranking {POOL:,} {scanning:.0f} ms; share {share:.0%}")  # noqa: T201
    return 0 if found.claims_right >= 0.85 else 1


if __name__ == "__main__":
    sys.exit(main())
