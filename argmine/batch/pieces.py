"""A piece of a collection, readable or not, and how pieces travel as arrow tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa

PIECES = pa.schema(
    [pa.field("id", pa.string(), nullable=False), pa.field("text", pa.string()), pa.field("reason", pa.string())]
)
"""The columns of pieces on their way to a worker."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One text of a collection, or the reason why it could not be read: one of the two is None."""

    id: str
    text: str | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        if (self.text is None) == (self.reason is None):
            raise ValueError(f"piece {self.id!r} needs a text or a reason, and not both")


def pieces_table(pieces: Iterable[Piece]) -> pa.Table:
    """The pieces as a table of the schema `PIECES`; a text must be Unicode, without half surrogate pairs."""
    return pa.Table.from_pylist([{"id": p.id, "text": p.text, "reason": p.reason} for p in pieces], PIECES)


def table_pieces(table: pa.Table | pa.RecordBatch) -> Iterator[Piece]:
    """The pieces of such a table, in its order; other columns are not looked at."""
    for row in table.select(PIECES.names).to_pylist():
        yield Piece(**row)
