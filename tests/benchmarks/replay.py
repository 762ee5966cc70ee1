"""Frozen runs on this machine and on others: the same bytes.

    python -m tests.benchmarks.replay [--export FOLDER]

Runs of every form of job over the resumes of the project are frozen here, made anew and replayed in other processes
(`elsewhere.py`, which prints what came of it): two with other hash seeds, and one in which numpy and its matrix product
use nothing of the processor but what every one has. With `--export` they are written into FOLDER instead, for another
machine. The exit status is 1 where anything differs.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from events.make_samples import HERE
from hiring.candidates.model import Preferences
from hiring.jobs.model import JobTerms, Requirement, RequirementKind
from hiring.matching.features import CandidateFeatures, ResumeFeatures
from hiring.matching.frozen import RunInput
from tests.benchmarks import elsewhere, invited
from tests.benchmarks.attacks import ATTACKS, attacked
from tests.benchmarks.elsewhere import Asked, Everybody, evidence_of, features_of
from tests.benchmarks.judging import SALT, file_of, jobs, people
from tests.benchmarks.swaps import PEOPLE, as_somebody
from tests.builders import make_job_terms
from tests.unit.advertisements import advertisements

TIMES = 7
"""How often each run is replayed in each process."""
PLAIN_CORES = {"x86_64": "Prescott", "aarch64": "ARMV8"}
"""By machine the name that OpenBLAS has for a processor with nothing but what every one has."""
Files = Mapping[str, bytes]


def sample_files() -> dict[str, bytes]:
    """Resumes by name: the sample people, each as others too, attacks on the sample jobs, and `invited/`."""
    found = {}
    for number, person in enumerate(people()):
        found[person.slug] = file_of(person)
        for other in range(3):
            somebody = PEOPLE[(number + other) % len(PEOPLE)]
            found[f"{person.slug}-as-{other}"] = file_of(as_somebody(person, somebody))
        job = list(jobs())[number % len(jobs())]
        attack = list(ATTACKS)[number % len(ATTACKS)]
        if data := attacked(person, attack, job, jobs()[job]):
            found[f"{person.slug}-attacks"] = data
    return found | invited_files() | {"without-breaks": _without_breaks()}


def invited_files() -> dict[str, bytes]:
    """The resumes of `invited/`."""
    return {f"invited-{number:02}": data for number, data in enumerate(invited.files())}


def _without_breaks() -> bytes:
    """All resumes of `invited/` in one sentence, a passage of thousands of words, and a word of so many letters."""
    told = b"\n".join(data.partition(b"\n\n")[2] for data in invited.files()).decode()
    sentence, word = " ".join(re.findall(r"[\w,]+", told)), "prototype" * 2000
    return f"Robin Alder\n\nExperience\nClerk, Talwerk, 2015 - 2020\n{sentence}\n\n{word}".encode()


def sample_jobs() -> dict[str, Asked]:
    """Jobs in every form that a query can have, by name.

    Advertisements in four languages, with what their drafts hold; titles with requirements; the same as tags and as
    bare titles.
    """
    asked = {name: Asked(terms=terms) for name, terms in jobs().items()}
    for advertisement in (*advertisements("tuned"), *advertisements("held_out")):
        asked[advertisement.name] = Asked(terms=_advertised(advertisement.text, advertisement.expected))
    for number, terms in enumerate(invited.jobs()):
        tags = ", ".join(requirement.text.replace(",", " ") for requirement in terms.requirements)
        asked[f"requirements-{number:02}"] = Asked(terms=terms)
        asked[f"tags-{number:02}"] = Asked(terms=terms, text=tags)
        asked[f"title-{number:02}"] = Asked(terms=terms, text=terms.title)
    return asked


def _advertised(text: str, expected: Mapping[str, frozenset[str]]) -> JobTerms:
    kinds = {"must": RequirementKind.MUST_HAVE, "nice": RequirementKind.NICE_TO_HAVE}
    wanted = [
        Requirement(text=each, kind=kind) for name, kind in kinds.items() for each in sorted(expected.get(name, ()))
    ]
    (title,) = expected["title"]
    return make_job_terms(title=title, description=text, **({"requirements": tuple(wanted)} if wanted else {}))


def export(folder: Path, files: Files, asked: Mapping[str, Asked]) -> None:
    """Freeze a run of each of `asked` over the people whose resumes are `files`, and write all of it into `folder`."""
    for part in ("files", "inputs", "runs"):
        (folder / part).mkdir(parents=True)
    inputs = {name: _input(name, data) for name, data in files.items()}
    for name, data in files.items():
        (folder / "files" / name).write_bytes(data)
        (folder / "inputs" / f"{name}.json").write_bytes(inputs[name].to_bytes())
    everybody = Everybody(inputs)
    for name, each in asked.items():
        made = everybody.run(name, each)
        run = folder / "runs" / name
        run.mkdir()
        (run / "asked.json").write_text(each.model_dump_json(), encoding="utf-8")
        (run / "run.json").write_bytes(made.document)
        (run / "extras.json").write_bytes(made.extras)


def _input(name: str, data: bytes) -> RunInput:
    evidence = evidence_of(data)
    candidate = CandidateFeatures(
        candidate_id=name,
        version=1,
        resume_version=1,
        resume=ResumeFeatures.unpack(features_of(evidence)),
        preferences=_stated(name),
    )
    return RunInput.of(candidate, evidence, entry_id=name, salt=SALT)


def _stated(name: str) -> Preferences:
    """What a sample person states; others state nothing."""
    path = HERE / "people" / f"{name}.json"
    stated = json.loads(path.read_bytes())["preferences"] if path.exists() else None
    return Preferences.model_validate_json(json.dumps(stated or {}))


def run_elsewhere(folder: Path, times: int = 1, **environment: str) -> subprocess.CompletedProcess[str]:
    """`elsewhere.py` over an export in another process, with what it prints."""
    program = [sys.executable, elsewhere.__file__, str(folder), str(times)]
    return subprocess.run(program, capture_output=True, text=True, check=False, env=os.environ | environment)  # noqa: S603


def plain_processor() -> dict[str, str]:
    """The environment in which numpy and its matrix product do without everything special of this processor."""
    return {
        "NPY_DISABLE_CPU_FEATURES": " ".join(elsewhere.processor_features()),
        "OPENBLAS_CORETYPE": PLAIN_CORES.get(platform.machine(), ""),
    }


def main() -> int:
    """Export, or export and check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--export", type=Path, metavar="FOLDER")
    folder = parser.parse_args().export
    if folder is not None:
        export(folder, sample_files(), sample_jobs())
        return 0
    with tempfile.TemporaryDirectory() as name:
        export(Path(name), sample_files(), sample_jobs())
        environments = ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "271828"}, plain_processor())
        failed = 0
        for environment in environments:
            done = run_elsewhere(Path(name), TIMES, **environment)
            print(done.stdout, done.stderr, sep="", end="", flush=True)  # noqa: T201
            failed += done.returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
