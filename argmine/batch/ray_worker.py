"""What a worker on a cluster does with a part: its pieces in, the table of their scores out, as bytes in a row."""

import platform
from collections.abc import Sequence

import pyarrow as pa

from argmine.batch.pieces import Piece, pieces_table, table_pieces
from argmine.batch.plan import differences
from argmine.batch.scorer import Identity, Scorer, ScorerSettings, portable
from argmine.errors import ArgmineError

PART = pa.schema([pa.field("number", pa.int64()), pa.field("pieces", pa.large_binary())])
"""A row for a worker: a part and its place among all."""
SCORED = pa.schema(
    [pa.field("number", pa.int64()), pa.field("refusal", pa.string()), pa.field("scores", pa.large_binary())]
)
"""A row from a worker: the table of the part of that number, or why it makes none."""


class ScorePart:
    """A worker, for `map_batches`: rows of `PART` to rows of `SCORED`.

    A model that cannot be loaded is told in the rows, for an error while an actor begins reaches nobody whole.

    Args:
        settings: how it loads its scorer.
        expected: what its scorer must be.
    """

    def __init__(self, settings: ScorerSettings, expected: Identity) -> None:
        self._scorer = _scorer(settings, expected)

    def __call__(self, batch: pa.Table) -> pa.Table:
        """Row for row."""
        rows = [{"number": row["number"], **self._scored(row["pieces"])} for row in batch.to_pylist()]
        return pa.Table.from_pylist(rows, SCORED)

    def _scored(self, packed: bytes) -> dict[str, object]:
        if isinstance(self._scorer, str):
            return {"refusal": self._scorer}
        return {"scores": _packed(self._scorer.table(list(table_pieces(unpacked(packed)))))}


def identity_of(settings: ScorerSettings) -> Identity | ArgmineError:
    """The identity of a scorer here, or the error that loading it gives."""
    try:
        return settings.load().identity
    except ArgmineError as error:
        return error


def packed_pieces(pieces: Sequence[Piece]) -> bytes:
    """A part as the column `pieces` holds it."""
    return _packed(pieces_table(map(portable, pieces)))


def unpacked(data: bytes) -> pa.Table:
    """The table that such a column holds."""
    with pa.ipc.open_stream(data) as reader:
        return reader.read_all()


def _packed(table: pa.Table) -> bytes:
    stream = pa.BufferOutputStream()
    with pa.ipc.new_stream(stream, table.schema) as writer:
        writer.write_table(table)
    packed: bytes = stream.getvalue().to_pybytes()
    return packed


def _scorer(settings: ScorerSettings, expected: Identity) -> Scorer | str:
    """A scorer, or why there is none."""
    try:
        scorer = settings.load()
    except ArgmineError as error:
        return f"the worker on {platform.node()}: {error}"
    if unlike := "; ".join(differences(expected.model_dump(), scorer.identity.model_dump())):
        return f"the worker on {platform.node()} is unlike the first: {unlike}"
    return scorer
