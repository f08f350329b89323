"""`Run`: a collection to its table, in parts; whoever drives it decides when to stop.

What a run keeps lies in a folder beside its output, `OUTPUT.run/`: plan, journal, parts, log, lock. After a kill at any
moment a run with an equal plan goes on there and ends with the same bytes.
"""

import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from argmine.batch.addresses import Source
from argmine.batch.durable import digest_file, flush_folder, new_file, refusals, write_whole
from argmine.batch.engine import Engine
from argmine.batch.journal import Counts, Journal
from argmine.batch.log import Log
from argmine.batch.pieces import Piece
from argmine.batch.plan import Plan, read_plan
from argmine.batch.reading import Fields, read_sources
from argmine.batch.table import write_table
from argmine.errors import BatchError

PART_PIECES, PART_CHARACTERS = 128, 500_000
"""A part ends with its 128th piece, or with the one that fills half a million characters: what a kill may cost."""


def run_folder(output: Path) -> Path:
    """Where a run keeps its plan, journal, parts, log and lock."""
    return output.with_name(f"{output.name}.run")


@contextmanager
def locked(output: Path) -> Iterator[Path]:
    """The run's folder, for this process alone; the lock ends with the process, however it ends.

    Raises:
        BatchError: another process has it, or it cannot be made.
    """
    folder = run_folder(output)
    with refusals(folder):
        folder.mkdir(exist_ok=True)
        flush_folder(folder.parent)
    lock = FileLock(folder / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise BatchError("another run is writing this", path=output) from error
    try:
        yield folder
    finally:
        lock.release()


def parts_of(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Pieces in parts whose bounds the pieces alone decide."""
    part: list[Piece] = []
    characters = 0
    for piece in pieces:
        part.append(piece)
        characters += len(piece.text or "")
        if len(part) >= PART_PIECES or characters >= PART_CHARACTERS:
            yield tuple(part)
            part, characters = [], 0
    if part:
        yield tuple(part)


class Run:
    """A run over sources, begun or taken up again.

    Args:
        output: the table's file.
        folder: the run's, locked.
        plan: what the table depends on.
        sources: the files that the plan names.
        resume: whether a run that began may go on; else what is there is replaced.

    Raises:
        BatchError: the output is not of such a run, or of one with another plan; the message says what changed.
    """

    def __init__(
        self, output: Path, folder: Path, plan: Plan, sources: Sequence[Source], *, resume: bool = True
    ) -> None:
        self.output = output
        self.folder = folder
        self.plan = plan
        self.sources = sources
        self.log = Log(folder / "log.jsonl")
        self.journal = Journal(folder)
        if not self._may_go_on(resume):
            self._begin()
        if self.complete:
            self.journal.remove_parts()
        else:
            lost = self.journal.recover()
            told = {**plan.model_dump(mode="json", exclude={"inputs"}), "inputs": len(plan.inputs)}
            self.log.add("start", done=self.counts.model_dump(), lost_parts=lost, plan=told)

    @property
    def complete(self) -> bool:
        """Whether the final table is in its place."""
        return self.journal.table is not None

    @property
    def counts(self) -> Counts:
        """Of what is done."""
        return self.journal.counts

    def parts(self, engine: Engine) -> Generator[Counts, None, None]:
        """Scores what is missing, and says of each part what was in it, once it is on disk."""
        if self.complete:
            return
        fields = Fields(self.plan.settings.text_column, self.plan.settings.id_column)
        pieces = read_sources(self.sources, fields, skip=self.counts.pieces)
        start = time.perf_counter()
        for table in engine.tables(parts_of(pieces)):
            counts = self.journal.add(table)
            now = time.perf_counter()
            self.log.add("part", **counts.model_dump(), seconds=round(now - start, 3))
            start = now
            yield counts

    def finish(self, engine: Engine) -> None:
        """Joins the parts to the table, when all are there; what stood in its place is replaced."""
        if self.complete:
            return
        start = time.perf_counter()
        joined = self.folder / "joined"
        with new_file(self.output, apart=joined) as stream:
            write_table(stream, self.plan.settings.table, engine.schema, self.journal.tables())
        self.journal.finish(digest_file(self.output) or "")
        self.log.add("finish", **self.counts.model_dump(), seconds=round(time.perf_counter() - start, 3))

    @property
    def _plan_file(self) -> Path:
        return self.folder / "plan.json"

    def _may_go_on(self, resume: bool) -> bool:  # noqa: FBT001 (it is the option)
        if not resume:
            return False
        before = read_plan(self._plan_file)
        if before is None:
            if self.output.exists():
                raise BatchError("is there already, and no run of argmine score; see --no-resume", path=self.output)
            return False
        if changes := list(before.changes(self.plan)):
            raise BatchError(f"was begun otherwise: {'; '.join(changes)}; see --no-resume", path=self.output)
        return self._table_is_its_own()

    def _table_is_its_own(self) -> bool:
        """Whether the table that the run finished is still there; one that was removed is made anew."""
        if self.journal.table is None:
            return True
        found = digest_file(self.output)
        if found not in {None, self.journal.table.sha256}:
            raise BatchError("was changed since the run that made it; see --no-resume", path=self.output)
        return found is not None

    def _begin(self) -> None:
        """Without a plan there is no run, so it goes first and comes last."""
        with refusals(self._plan_file):
            self._plan_file.unlink(missing_ok=True)
            flush_folder(self.folder)
        self.journal.clear()
        write_whole(self._plan_file, self.plan.model_dump_json(indent=1).encode())
