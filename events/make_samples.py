"""Make the sample resumes in `resumes/` from the made-up people in `people/`.

Run it as `python -m events.make_samples [folder]`; the same people give the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from events.writers.open_document import write_odt
from events.writers.pdf import write_pdf
from events.writers.plain_text import write_txt
from events.writers.resume import Person, read_person
from events.writers.web_page import write_html
from events.writers.word import write_docx

HERE = Path(__file__).parent

WRITERS: dict[str, Callable[[Person], bytes]] = {
    "pdf": write_pdf,
    "docx": write_docx,
    "odt": write_odt,
    "html": write_html,
    "txt": write_txt,
}


def make(folder: Path) -> list[Path]:
    """Write every person's resume into `folder` and return the files, in the order of their names."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for path in sorted((HERE / "people").glob("*.json")):
        person = read_person(path)
        content = WRITERS[person.format](person)
        if person.truncated:
            content = content[: len(content) // 3]
        target = folder / f"{person.slug}.{person.format}"
        target.write_bytes(content)
        made.append(target)
    return made


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "resumes")
