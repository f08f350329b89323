"""Parts on their way to workers and back, so that what lost workers had can be given out anew. Needs no Ray."""

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any, Protocol

import pyarrow as pa

from argmine.batch.pieces import Piece
from argmine.batch.ray_worker import packed_pieces, unpacked
from argmine.errors import BatchError


class PartLostError(Exception):
    """A part was lost on its way to a worker, as when the process that hands them out dies."""


class Taker(Protocol):
    """What takes rows, such as a `Feed`."""

    def add(self, **row: object) -> None:
        """A row more."""

    def end(self) -> None:
        """There are no more rows."""


class Waiting:
    """Parts on their way: those given out and not yet back, oldest first, then the rest."""

    def __init__(self, parts: Iterable[Sequence[Piece]]) -> None:
        self._rest = zip(count(), parts)
        self._out: deque[tuple[int, Sequence[Piece]]] = deque()
        self._next = 0
        self._ended = False

    @property
    def out(self) -> int:
        """How many are given out."""
        return self._next

    def again(self) -> None:
        """All that is out is to be given out anew."""
        self._next = 0
        self._ended = False

    def give(self, feed: Taker) -> None:
        """The next part goes out, or word that there is none."""
        if self._next == len(self._out) and (part := next(self._rest, None)):
            self._out.append(part)
        if self._next < len(self._out):
            number, pieces = self._out[self._next]
            self._next += 1
            feed.add(number=number, pieces=packed_pieces(pieces))
        elif not self._ended:
            self._ended = True
            feed.end()

    def take(self, row: dict[str, Any]) -> pa.Table:
        """What came back for the oldest part that is out.

        Raises:
            BatchError: its worker refused to work.
            PartLostError: it is of another part.
        """
        if row["refusal"]:
            raise BatchError(row["refusal"])
        number, pieces = self._out[0]
        table = unpacked(row["scores"])
        if row["number"] != number or table.num_rows != len(pieces):
            raise PartLostError(f"part {number} came back as {row['number']}")
        self._out.popleft()
        self._next -= 1
        return table
