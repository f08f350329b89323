"""What of a run is done: parts on disk and a journal that vouches for them, a line a part.

A part's file appears whole before its line is written, and the line is on disk before the next part begins. So after
a kill at any moment the journal's whole lines are true; a part without a line is made again, with the same bytes.
"""

import io
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import NonNegativeInt, ValidationError

from argmine.base import Frozen
from argmine.batch.columns import FAILED
from argmine.batch.durable import digest_file, digest_of, flush, flush_folder, refusals, write_whole


class Counts(Frozen):
    """Pieces, those of them that failed, and words of those that did not."""

    pieces: NonNegativeInt = 0
    failed: NonNegativeInt = 0
    words: NonNegativeInt = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            pieces=self.pieces + other.pieces, failed=self.failed + other.failed, words=self.words + other.words
        )

    @classmethod
    def of(cls, table: pa.Table) -> Self:
        """Of a table of scores."""
        failed = sum(status == FAILED for status in table["status"].to_pylist())
        return cls(pieces=table.num_rows, failed=failed, words=sum(filter(None, table["words"].to_pylist())))


class Entry(Frozen):
    """A line of the journal: a part that is on disk, or, where `table` says so, the final table."""

    sha256: str
    counts: Counts
    table: bool = False


class Journal:
    """The parts of a run in a folder, and the journal beside them.

    Args:
        folder: the run's; one process at a time may use it.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "journal.jsonl"
        self.parts = folder / "parts"
        self.entries: list[Entry] = _whole_lines(self.path)

    @property
    def table(self) -> Entry | None:
        """The final table's entry, None while there is none."""
        return self.entries[-1] if self.entries and self.entries[-1].table else None

    @property
    def counts(self) -> Counts:
        """Of all parts."""
        return sum((entry.counts for entry in self.entries if not entry.table), Counts())

    def clear(self) -> None:
        """Forgets and removes all."""
        with refusals(self.path):
            self.path.unlink(missing_ok=True)
            flush_folder(self.path.parent)
            shutil.rmtree(self.parts, ignore_errors=True)
        self.entries = []

    def recover(self) -> int:
        """Makes ready for more parts: keeps those up to the first that is damaged or lost, and says how many it drops.

        Raises:
            BatchError: the folder cannot be written to.
        """
        with refusals(self.parts):
            self.parts.mkdir(exist_ok=True)
            flush_folder(self.parts.parent)
        found = len(self.entries)
        good = [digest_file(self._part(n)) == entry.sha256 for n, entry in enumerate(self.entries)]
        self.entries = self.entries[: good.index(False) if False in good else found]
        write_whole(self.path, b"".join(map(_line, self.entries)))
        return found - len(self.entries)

    def add(self, table: pa.Table) -> Counts:
        """Puts a part on disk, then its line.

        Raises:
            BatchError: one cannot be written; the journal then holds what it held.
        """
        data = io.BytesIO()
        pq.write_table(table, data, compression="zstd")
        path = self._part(len(self.entries))
        write_whole(path, data.getvalue())
        counts = Counts.of(table)
        self._append(Entry(sha256=_digest(data.getvalue()), counts=counts))
        return counts

    def finish(self, sha256: str) -> None:
        """Notes that the final table is in its place, then removes the parts."""
        self._append(Entry(sha256=sha256, counts=self.counts, table=True))
        self.remove_parts()

    def remove_parts(self) -> None:
        """Removes the parts, which the final table holds."""
        shutil.rmtree(self.parts, ignore_errors=True)

    def tables(self) -> Iterator[pa.Table]:
        """The table of each part, in order."""
        for number in range(len(self.entries)):
            yield pq.read_table(self._part(number))

    def _part(self, number: int) -> Path:
        return self.parts / f"{number:06}.parquet"

    def _append(self, entry: Entry) -> None:
        """A line that cannot be written whole is no line: it is cut off again when the journal is next read."""
        with refusals(self.path), self.path.open("ab") as stream:
            stream.write(_line(entry))
            flush(stream)
        self.entries.append(entry)


def _line(entry: Entry) -> bytes:
    return entry.model_dump_json().encode() + b"\n"


def _digest(data: bytes) -> str:
    return digest_of(io.BytesIO(data))


def _whole_lines(path: Path) -> list[Entry]:
    """The entries up to the first line that is none: a kill or a loss of power may leave one."""
    entries: list[Entry] = []
    lines: Sequence[bytes] = path.read_bytes().splitlines(keepends=True) if path.exists() else ()
    for line in lines:
        try:
            if not line.endswith(b"\n"):
                break
            entries.append(Entry.model_validate_json(line))
        except ValidationError:
            break
    return entries
