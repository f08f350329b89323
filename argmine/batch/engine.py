"""`Engine`: gives the parts of a collection to scorers; here is the engine of one scorer in this process."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from argmine.batch.pieces import Piece
from argmine.batch.scorer import Identity, Row, Scorer


class Engine(Protocol):
    """What scores parts, wherever it does."""

    @property
    def identity(self) -> Identity:
        """Of all its scorers; where they differ it raises an `ArgmineError`."""
        ...

    @property
    def schema(self) -> pa.Schema:
        """Of its tables: the scorers'."""
        ...

    def tables(self, parts: Iterable[Sequence[Piece]]) -> Iterator[pa.Table]:
        """The table of each part, in the parts' order. It may read ahead; closing the iterator ends its work."""
        ...


def unheard(_: Row) -> None:
    """Hears of a row and does nothing."""


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """One scorer in this process; `on_row` hears of each row as it is made."""

    scorer: Scorer
    on_row: Callable[[Row], None] = unheard

    @property
    def identity(self) -> Identity:
        """The scorer's."""
        return self.scorer.identity

    @property
    def schema(self) -> pa.Schema:
        """The scorer's."""
        return self.scorer.schema

    def tables(self, parts: Iterable[Sequence[Piece]]) -> Iterator[pa.Table]:
        """The table of each part, made when it is asked for."""
        for part in parts:
            rows: list[Row] = []
            for row in self.scorer.rows(part):
                rows.append(row)
                self.on_row(row)
            yield self.scorer.table_of(rows)
