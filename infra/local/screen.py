"""What a run shows: headings, lines, and bars while something takes its time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.status import Status


class Screen:
    """Output for people: bars in a terminal, one plain line a step anywhere else."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, soft_wrap=True)

    def heading(self, text: str) -> None:
        """Begin a part."""
        self._console.print(f"\n{text}\n{'─' * len(text)}", style="bold", markup=False)

    def line(self, text: str = "") -> None:
        """Say one thing."""
        self._console.print(text, markup=False)

    @contextmanager
    def counting(self, text: str, total: int) -> Iterator[Callable[[], None]]:
        """A bar that its user moves on by calling what this gives, `total` times."""
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, TimeElapsedColumn(), console=self._console, transient=True) as progress:
            task = progress.add_task(text, total=total)
            yield lambda: progress.advance(task)
        self.line(f"{text}: {total}")

    @contextmanager
    def waiting(self, text: str) -> Iterator[Waiting]:
        """A spinner beside what is going on, which its user may say anew."""
        if self._console.is_terminal:
            with self._console.status(text) as status:
                yield Waiting(status, self)
        else:
            yield Waiting(None, self)


class Waiting:
    """What is going on right now."""

    def __init__(self, status: Status | None, screen: Screen) -> None:
        self._status = status
        self._screen = screen
        self._said = ""

    def say(self, text: str) -> None:
        """Show `text` in place of what was shown; where nothing can be taken back, only its part before a colon."""
        if self._status is not None:
            self._status.update(text)
        elif (subject := text.partition(":")[0]) != self._said:
            self._said = subject
            self._screen.line(subject)
