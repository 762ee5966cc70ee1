"""How well advertisements are read, field by field, over the corpus of the unit tests.

    python -m tests.benchmarks.advertisements

`tuned` texts were looked at while the reader was made, `held_out` ones were only counted. All are by its makers, so
that texts from elsewhere will be read less well.
"""

from __future__ import annotations

import time

from hiring.jobs.advertisement import read
from hiring.jobs.advertisement.skills import MOST
from hiring.skills.stated import stated_skills
from tests.unit.advertisement_skills import judged, linked
from tests.unit.advertisements import advertisements, counted


def main() -> None:
    """Print a table for each half."""
    for part in ("tuned", "held_out"):
        texts = advertisements(part)
        started = time.perf_counter()
        drafts = [(each, read(each.text)) for each in texts]
        taken = (time.perf_counter() - started) * 1000 / len(texts)
        print(f"{part}: {len(texts)} advertisements, {taken:.1f} ms each")  # noqa: T201
        for name, count in counted(drafts).items():
            figures = f"precision {count.precision:.2f}  recall {count.recall:.2f}  of {count.expected}"
            print(f"  {name:<14} {figures}")  # noqa: T201
        right, asked = linked(judged(part), lambda text: {link.skill.label for link in stated_skills(text, MOST)})
        print(f"  {'skills':<14} precision {right:.2f}  recall {asked.recall:.2f}  of {asked.expected}")  # noqa: T201


if __name__ == "__main__":
    main()
