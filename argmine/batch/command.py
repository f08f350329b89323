"""What `argmine score` does around a run: the bar, Ctrl-C, the summary and the exit code."""

import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from rich.console import Console

from argmine.batch.addresses import Listing
from argmine.batch.cluster import Cluster
from argmine.batch.engine import Engine, LocalEngine
from argmine.batch.files import Collection, Summary, Watcher, score_files
from argmine.batch.journal import Counts
from argmine.batch.progress import Bar
from argmine.batch.reading import Fields, count_pieces
from argmine.batch.scorer import Row, ScorerSettings
from argmine.errors import BatchError

GO_ON = "what is done is kept: give the same command again to go on"
GO_ON_AFTER_ALL = "what is done is kept: give the command again without --no-resume to go on"
FINE, FAILURES, INTERRUPTED = 0, 3, 130
STOPPING = "argmine: stopping after this part; once more stops at once, and costs no more than the part"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to say at the end, and the exit code."""

    text: str
    code: int


def score(
    collection: Collection,
    output: Path,
    settings: ScorerSettings,
    *,
    resume: bool = True,
    quiet: bool = False,
    cluster: Cluster | None = None,
) -> Outcome:
    """Scores a collection in this process, or on a Ray cluster where one is given.

    Nothing but errors is shown when `quiet`, no bar without a terminal.

    Raises:
        BatchError: as `score_files`.
        ModelError: there is no such model, or it is broken.
        ValueError: the output's ending says no format.
    """
    console = Console(stderr=True)
    watcher = ConsoleWatcher(console, shown=console.is_terminal and not quiet, quiet=quiet)
    try:
        with _engine(settings, cluster, watcher.row) as engine:
            summary = score_files(collection, output, engine, resume=resume, watcher=watcher)
    except KeyboardInterrupt:
        return Outcome(f"{output}: interrupted; {GO_ON if resume else GO_ON_AFTER_ALL}", INTERRUPTED)
    return Outcome(told(summary, output, resume=resume), exit_code(summary))


@contextmanager
def _engine(settings: ScorerSettings, cluster: Cluster | None, on_row: Callable[[Row], None]) -> Iterator[Engine]:
    if cluster is None:
        yield LocalEngine(settings.load(), on_row)
        return
    try:
        from argmine.batch.ray import RayEngine, connected
    except ModuleNotFoundError as error:
        raise BatchError("a cluster needs Ray: pip install 'argmine[ray]'") from error
    with connected(cluster):
        yield RayEngine(settings, cluster, on_row)


def exit_code(summary: Summary) -> int:
    """0, 3 where a piece failed, 130 where the run was interrupted."""
    if not summary.finished:
        return INTERRUPTED
    return FAILURES if summary.counts.failed else FINE


def told(summary: Summary, output: Path, *, resume: bool = True) -> str:
    """The summary as a person reads it."""
    counts, new = summary.counts, summary.new
    lines = [f"{output}: {counts.pieces:,} pieces, {counts.words:,} words"]
    if counts.failed:
        lines.append(f"failed: {counts.failed:,}; the column `reason` says why")
    if summary.left_out:
        lines.append(f"left out of the folders, for the ending says no format: {summary.left_out:,}")
    if not summary.finished:
        lines.append(f"stopped before the end; {GO_ON if resume else GO_ON_AFTER_ALL}")
    elif not new.pieces and counts.pieces:
        lines.append("all of it was done before")
    return "\n".join(lines)


class ConsoleWatcher(Watcher):
    """Shows a run on a console, and ends it after the part in which Ctrl-C was pressed or it was told to terminate."""

    def __init__(self, console: Console, *, shown: bool, quiet: bool) -> None:
        self._console = console
        self._bar = Bar(console) if shown else None
        self._quiet = quiet
        self._open = ExitStack()
        self._stopping = False

    def begin(self, listing: Listing, fields: Fields, done: Counts) -> None:
        """Starts the bar; from now on Ctrl-C waits for the part."""
        if self._bar is not None:
            self._open.enter_context(self._bar)
            self._bar.begin(done.pieces, done.failed, count_pieces(listing.sources, fields))
        self._open.enter_context(_signals(self._stop))

    def row(self, row: Row) -> None:
        """A row was made."""
        if self._bar is not None:
            self._bar.add(row)

    def part(self, counts: Counts) -> bool:  # noqa: ARG002
        """Whether nobody asked to stop."""
        return not self._stopping

    def end(self) -> None:
        """Takes the bar away, and gives Ctrl-C back."""
        self._open.close()

    def _stop(self) -> None:
        if self._stopping:
            raise KeyboardInterrupt
        self._stopping = True
        if not self._quiet:
            self._console.print(STOPPING, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _signals(stop: Callable[[], None]) -> Iterator[None]:
    """Calls `stop` on Ctrl-C and on SIGTERM while the block runs."""

    def on_signal(_: int, __: FrameType | None) -> None:
        stop()

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
