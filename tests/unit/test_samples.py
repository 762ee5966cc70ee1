"""The sample people, their resumes and the sample jobs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pypdfium2 import PdfDocument, PdfiumError

from events.make_samples import HERE
from events.writers.resume import Person, read_person
from hiring.candidates.model import EmployerBlocks, Preferences
from hiring.jobs.model import JobTerms

PEOPLE = sorted((HERE / "people").glob("*.json"))
JOBS = sorted((HERE / "jobs").glob("*.json"))

EMAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")
WEB_ADDRESS = re.compile(r"\b(?:[\w-]+\.)+(?:com|org|net|io|dev|me|co|eu)\b")
RESERVED_DOMAIN = re.compile(r"(?:.*[.@])?example\.(?:com|org|net)")
TELEPHONE_IN_PROSE = re.compile(r"\+\d[\d ()-]{7,}|\(?\b0\d{2,4}\)?[ -]\d{3}")
# Numbers that the authorities of these countries keep free for films and examples, with or without country code.
RESERVED_TELEPHONE = re.compile(
    r"""(?:44|0)(?:2079460\d{3}|1134960\d{3}|1614960\d{3}|1632960\d{3}|7700900\d{3})  # United Kingdom
    | 1?\d{3}55501\d{2}                                                              # North America
    | (?:33|0)63998\d{4}                                                             # France
    | (?:49|0)(?:8999998\d{3}|3023125\d{3}|6990009\d{3})                             # Germany
    | (?:353|0)2091\d{5}                                                             # Ireland
    | (?:46|0)701740(?:60[5-9]|6[1-9]\d)                                             # Sweden
    """,
    re.VERBOSE,
)


def content(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def strings(value: Any) -> list[str]:
    """Every string inside a JSON value."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in strings(part)]
    return []


def without_spaces(text: str) -> str:
    # A hyphen at the end of a line comes out of a PDF as U+0002.
    return re.sub(r"\s", "", text.replace("\x02", "-")).casefold()


@pytest.fixture(scope="module")
def people() -> list[Person]:
    return [read_person(path) for path in PEOPLE]


def test_there_are_enough_people_in_enough_formats_and_looks(people: list[Person]) -> None:
    readable = [person for person in people if not person.truncated]
    formats = Counter(person.format for person in readable)
    assert len(readable) >= 28
    assert formats["pdf"] >= 12
    assert formats["docx"] >= 5
    assert min(formats["odt"], formats["html"], formats["txt"]) >= 2
    assert len({person.look for person in readable if person.format == "pdf"}) >= 5
    assert {"letterhead", "table"} <= {person.look for person in readable if person.format == "docx"}


def test_the_committed_resumes_are_what_the_script_makes(tmp_path: Path) -> None:
    # In a process of its own: odfpy keeps namespaces that another test used, and writes them into the next file.
    subprocess.run([sys.executable, "-m", "events.make_samples", str(tmp_path)], check=True, cwd=HERE.parent)  # noqa: S603
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in (HERE / "resumes").iterdir()}
    assert sorted(made) == sorted(committed)
    assert [name for name in made if made[name] != committed[name]] == []
    assert max(len(file) for file in committed.values()) < 200_000


def test_exactly_one_file_cannot_be_opened(people: list[Person]) -> None:
    broken = [person for person in people if person.truncated]
    assert [person.format for person in broken] == ["pdf"]
    with pytest.raises(PdfiumError):
        PdfDocument(HERE / "resumes" / f"{broken[0].slug}.pdf")


def test_every_pdf_shows_all_that_its_person_says(people: list[Person]) -> None:
    missing = []
    for person in people:
        if person.format != "pdf" or person.truncated:
            continue
        with PdfDocument(HERE / "resumes" / f"{person.slug}.pdf") as document:
            shown = without_spaces("".join(page.get_textpage().get_text_range() for page in document))
        said = strings(content(HERE / "people" / f"{person.slug}.json")["resume"])
        missing += [(person.slug, text) for text in said if without_spaces(text) not in shown]
    assert missing == []


@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: path.stem)
def test_a_person_states_preferences_as_the_api_takes_them(path: Path) -> None:
    person = content(path)
    Preferences.model_validate_json(json.dumps(person["preferences"]))
    EmployerBlocks.model_validate_json(json.dumps(person.get("employer_blocks", {})))


@pytest.mark.parametrize("path", JOBS, ids=lambda path: path.stem)
def test_a_job_is_stated_as_the_api_takes_it(path: Path) -> None:
    terms = JobTerms.model_validate_json(path.read_text("utf-8"))
    assert terms.start_date.year == 2027


def test_there_are_four_jobs() -> None:
    assert len(JOBS) == 4


def test_every_account_has_its_own_reserved_address() -> None:
    accounts = [content(path)["email"] for path in PEOPLE]
    assert len(set(accounts)) == len(accounts)
    assert [account for account in accounts if not account.endswith("@example.com")] == []


@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: path.stem)
def test_nobody_real_can_be_reached(path: Path) -> None:
    person = content(path)
    said = strings(person)
    addresses = [found for text in said for found in EMAIL.findall(text) + WEB_ADDRESS.findall(text)]
    assert addresses
    assert [address for address in addresses if not RESERVED_DOMAIN.fullmatch(address)] == []
    telephones = [contact for contact in person["resume"]["contacts"] if re.fullmatch(r"[\d +()/.-]{7,}", contact)]
    assert [number for number in telephones if not RESERVED_TELEPHONE.fullmatch(re.sub(r"\D", "", number))] == []
    prose = strings(person["resume"]["sections"])
    assert [found for text in prose for found in TELEPHONE_IN_PROSE.findall(text)] == []


def test_the_samples_owe_nothing_to_the_code_that_reads_them() -> None:
    sources = [HERE / "make_samples.py", *(HERE / "writers").glob("*.py")]
    assert len(sources) > 5
    assert [
        source.name for source in sources if re.search(r"^\s*(from|import) hiring\b", source.read_text(), re.MULTILINE)
    ] == []
