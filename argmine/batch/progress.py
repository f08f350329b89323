"""How a run looks in a terminal: a bar with pieces and words a second, time left and failures so far."""

import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn, TimeElapsedColumn
from rich.progress import TimeRemainingColumn as TimeLeftColumn
from rich.text import Text

from argmine.batch.columns import FAILED
from argmine.batch.scorer import Row


@dataclass(slots=True)
class Rates:
    """Pieces, words and failures since the bar began."""

    failed: int = 0
    pieces: int = 0
    words: int = 0
    start: float = field(default_factory=time.monotonic)

    def add(self, row: Row) -> None:
        """Counts a row."""
        words = row.get("words")
        self.pieces += 1
        self.failed += row["status"] == FAILED
        self.words += words if isinstance(words, int) else 0

    def text(self, seconds: float) -> str:
        """In words, after so many seconds.

        >>> Rates(failed=2, pieces=100, words=30_000).text(10.0)
        '10.0 pieces/s, 3,000 words/s, 2 failed'
        """
        seconds = max(seconds, 1e-9)
        return f"{self.pieces / seconds:,.1f} pieces/s, {self.words / seconds:,.0f} words/s, {self.failed:,} failed"


class _PiecesColumn(ProgressColumn):
    """How many of how many."""

    def render(self, task: Task) -> Text:
        total = "" if task.total is None else f"/{int(task.total):,}"
        return Text(f"{int(task.completed):,}{total} pieces")


class Bar:
    """The bar on a console; a context manager, which takes it away again."""

    def __init__(self, console: Console) -> None:
        shown = (_PiecesColumn(), TextColumn("{task.fields[rates]}"), TimeElapsedColumn(), TimeLeftColumn())
        self._progress = Progress(SpinnerColumn(), BarColumn(), *shown, console=console, transient=True)
        self._task = self._progress.add_task("score", total=None, rates="")
        self._rates = Rates()

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def begin(self, done: int, failed: int, total: int | None) -> None:
        """So many were done and had failed before; the clock starts."""
        self._rates = Rates(failed=failed)
        self._progress.reset(self._task, completed=done, total=total)

    def add(self, row: Row) -> None:
        """A row was made."""
        self._rates.add(row)
        seconds = time.monotonic() - self._rates.start
        self._progress.update(self._task, advance=1, rates=self._rates.text(seconds))
