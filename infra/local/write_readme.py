"""Puts what `make run` and `make test` print into the README, between the marks that name them.

python -m infra.local.write_readme
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"
LONGEST_LINE = 160
LAST_LINES = {"make test": 12}
"""Of these commands only the end is shown."""


def main() -> None:
    """Run each command that the README marks and show what it printed; a command that fails leaves the README alone."""
    text = README.read_text()
    # As if typed: a make within a make announces its folders.
    own = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    for command in re.findall(r"<!-- output of: (.+?) -->", text):
        print(f"running {command}", flush=True)
        ran = subprocess.run(  # noqa: S603
            command.split(), cwd=README.parent, env=own, capture_output=True, text=True, check=False
        )
        if ran.returncode != 0:
            sys.exit(f"{command} failed:\n{ran.stdout[-2000:]}{ran.stderr[-2000:]}")
        text = _shown(text, command, ran.stdout)
    README.write_text(text)


def _shown(text: str, command: str, output: str) -> str:
    lines = [_shortened(line) for line in output.strip().splitlines()]
    lines = lines[-LAST_LINES.get(command, len(lines)) :]
    mark = f"<!-- output of: {command} -->"
    start = text.index(mark) + len(mark)
    end = text.index("<!-- end -->", start)
    return text[:start] + "\n```\n" + "\n".join(lines) + "\n```\n" + text[end:]


def _shortened(line: str) -> str:
    line = line.rstrip().replace(str(README.parent), "…")
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1] + "…"


if __name__ == "__main__":
    main()
