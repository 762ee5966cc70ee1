"""How often the contact policy misses a contact, and how often it takes something else for one.

    python -m tests.benchmarks.contact_policy [FOLDER]

Printed: both error rates on the corpora in tests/unit/contact_corpus, for the part that the rules were tuned on and
for the part held apart; false alarms in the prose of the sample resumes; the time for 20,000 characters. With a FOLDER,
false alarms in the resumes in it, with the contacts that their reading masks left out.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from hiring.contacts.policy import find_contacts

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests/unit/contact_corpus"


@dataclass(frozen=True)
class Disguise:
    """A text with one or more contacts, `marked` by where they stand, all of them of `kind`."""

    text: str
    kind: str
    marked: tuple[tuple[int, int], ...]

    @property
    def held_apart(self) -> bool:
        """Whether the rules were made without a look at it."""
        return held_apart(self.text)

    def leaks(self) -> bool:
        """Whether more than a quarter of the letters and digits of a contact are not in what is found."""
        found = {position for span in find_contacts(self.text) for position in range(span.start, span.end)}
        for start, end in self.marked:
            letters = [position for position in range(start, end) if self.text[position].isalnum()]
            if sum(position not in found for position in letters) > len(letters) / 4:
                return True
        return False


def held_apart(text: str) -> bool:
    """Three of ten texts, by their hash."""
    return int(sha256(text.encode()).hexdigest(), 16) % 10 < 3


def disguises() -> list[Disguise]:
    """The texts with contacts, which stand between ⟦ and ⟧ in the file."""
    return [_disguise(kind, text) for kind, text in json.loads((CORPUS / "disguises.json").read_text())]


def look_alikes() -> list[str]:
    """The texts without contacts."""
    texts: list[str] = json.loads((CORPUS / "look_alikes.json").read_text())
    return texts


def sample_prose() -> Iterator[str]:
    """The profiles and the work of the people in the sample resumes."""
    for path in sorted((ROOT / "events/people").glob("*.json")):
        for section in json.loads(path.read_text())["resume"]["sections"]:
            yield from section.get("text", ())
            for entry in section.get("entries", ()):
                yield from entry.get("bullets", ())


def _disguise(kind: str, text: str) -> Disguise:
    plain, marked = "", []
    for part in text.split("⟦"):
        inside, end, rest = part.partition("⟧")
        if end:
            marked.append((len(plain), len(plain) + len(inside)))
        plain += inside + rest
    return Disguise(plain, kind, tuple(marked))


def _print_rates() -> None:
    for name, apart in (("tuned", False), ("held apart", True)):
        hidden = [each for each in disguises() if each.held_apart is apart]
        honest = [text for text in look_alikes() if held_apart(text) is apart]
        leaks = sum(each.leaks() for each in hidden)
        alarms = sum(bool(find_contacts(text)) for text in honest)
        print(f"{name}: leak {leaks}/{len(hidden)} ({leaks / len(hidden):.1%})")  # noqa: T201
        print(f"{name}: false alarm {alarms}/{len(honest)} ({alarms / len(honest):.1%})")  # noqa: T201


def _print_alarms(name: str, texts: Iterator[str]) -> None:
    words = alarms = 0
    for text in texts:
        words += len(text.split())
        alarms += len(find_contacts(text))
    print(f"{name}: {alarms} alarms in {words} words, {1000 * alarms / max(1, words):.2f} per 1,000")  # noqa: T201


def _resumes(folder: Path) -> Iterator[str]:
    from hiring.resumes.model import Reading
    from hiring.resumes.reader import read

    for path in sorted(folder.iterdir()):
        reading = read(path.read_bytes())
        if isinstance(reading, Reading):
            yield reading.evidence.text


def _print_time() -> None:
    prose = " ".join(sample_prose())
    text = (prose * (1 + 20_000 // len(prose)))[:20_000]
    times = []
    for _ in range(5):
        start = time.process_time()
        find_contacts(text)
        times.append(time.process_time() - start)
    print(f"20,000 characters of prose: {1000 * min(times):.0f} ms")  # noqa: T201


if __name__ == "__main__":
    _print_rates()
    _print_alarms("sample resumes", sample_prose())
    for folder in sys.argv[1:]:
        _print_alarms("resumes of the folder", _resumes(Path(folder)))
    _print_time()
