"""Skills in text, through the code that the product uses: the time it takes, and how well it does.

    python -m tests.benchmarks.skills [folder of the evaluation kit]

Prints what a token, a look-up and a phrase take; and where the kit is there (beside the project, if no other folder is
named), precision and recall of spans, and how many of the five skills named are right.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from hiring.skills import linking, tagging
from hiring.skills.tagger_features import sentences
from hiring.skills.taxonomy import load_taxonomy

KIT = Path(__file__).resolve().parents[3] / "shared" / "eval"
TEXT = """
Led five engineers who design and operate a payments platform in Java and PostgreSQL.
You have strong communication skills, know contract law and keep calm under pressure.
Plans the shifts of a ward of twenty nurses and keeps the records of patients.
"""
REPEATS = 100


def skill_spans(text: str) -> list[tuple[int, int]]:
    """Where `text` mentions skills: offsets in code points."""
    return [(span.start, span.end) for span in tagging.skill_spans(text)]


def skill_labels(text: str, k: int) -> list[str]:
    """The `k` skills of ESCO that `text` speaks of, best first."""
    return linking.labels(text, k)


def _microseconds(work: Callable[[], object], units: int) -> float:
    """For one of the `units` that `work` does, once everything is loaded."""
    work()
    started = time.perf_counter()
    for _ in range(REPEATS):
        work()
    return (time.perf_counter() - started) / REPEATS / units * 1e6


def main() -> int:
    """Print the figures; the exit status is that of the kit."""
    tokens = sum(len(sentence) for sentence in sentences(TEXT))
    names, phrases = load_taxonomy().labels[::1000], ("plans shifts", "keeps patient records", "designs a platform")
    linker = linking.load_linker()
    tagging_time = _microseconds(lambda: tagging.skill_spans(TEXT), tokens)
    finding_time = _microseconds(lambda: [load_taxonomy().find(name) for name in names], len(names))
    linking_time = _microseconds(lambda: [linker.phrase_links(phrase, 5) for phrase in phrases], len(phrases))
    print(  # noqa: T201
        f"tagging {tagging_time:.0f} µs a token  finding a name {finding_time:.0f} µs  "
        f"linking a phrase {linking_time / 1000:.1f} ms",
        flush=True,
    )
    kit = (Path(sys.argv[1]) if len(sys.argv) > 1 else KIT) / "matching" / "evaluate.py"
    if not kit.is_file():
        return 0
    adapters = Path(__file__).with_name("adapters.py")
    return subprocess.run(  # noqa: S603
        [sys.executable, str(kit), "t6", "--adapters", str(adapters)], check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
