"""The columns of a table of scores, from which its arrow schema and its data dictionary are made."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import pyarrow as pa

from argmine.measures import data_dictionary

KINDS: Mapping[str, pa.DataType] = {
    "string": pa.string(),
    "boolean": pa.bool_(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "numbers": pa.list_(pa.float64()),
}
OK, FAILED = "ok", "failed"
METADATA = b"argmine"
"""The key of the table's metadata under which JSON says what made it and what its columns mean."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `nullable` where it may be null, `kind` a key of `KINDS`."""

    name: str
    kind: str
    description: str
    nullable: bool = False
    unit: str = ""
    source: str = ""


def columns(*, graphs: bool = False) -> tuple[Column, ...]:
    """All columns, in order; with `graphs` the graph too."""
    measures = (
        Column(m.name, m.kind, m.description, nullable=True, unit=m.unit, source=m.source) for m in data_dictionary()
    )
    return (*_PIECE, *measures, *_LEARNED, *_MODEL, *((_GRAPH,) if graphs else ()))


def schema(made_by: Mapping[str, object], *, graphs: bool = False) -> pa.Schema:
    """The arrow schema: each field says its unit, meaning and source, the whole what made it.

    Args:
        made_by: JSON values; what is equal between runs whose tables are to be equal.
        graphs: whether there is a column of graphs.
    """
    found = columns(graphs=graphs)
    told = {**made_by, "columns": [asdict(column) for column in found]}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return pa.schema([_field(column) for column in found], {METADATA: text.encode()})


def _field(column: Column) -> pa.Field:
    told = {"description": column.description, "unit": column.unit, "source": column.source}
    return pa.field(column.name, KINDS[column.kind], column.nullable, told)


_PIECE = (
    Column("id", "string", "The piece's id: of its row, or the path of its file, with the row's place."),
    Column("status", "string", f"`{OK}`, or `{FAILED}` where the piece could not be read or mined."),
    Column(
        "reason",
        "string",
        f"Why it failed, and so all measures are null; null where the status is `{OK}`.",
        nullable=True,
    ),
)
_LEARNED = (
    Column(
        "convincingness",
        "numbers",
        "How much each root's argument convinces, a number a tree in the order of `graph.trees`; null for an argument "
        "beyond the lengths it was fitted to. It follows length, and is no measure of a piece or of its quality. Null "
        "where the model has none beside it.",
        nullable=True,
        unit="log odds",
        source="fitted to UKPConvArg1 (Habernal & Gurevych 2016, ACL)",
    ),
    Column(
        "convincingness_beyond_length",
        "numbers",
        "The same, without the share that follows from the arguments' length alone.",
        nullable=True,
        unit="log odds",
        source="fitted to UKPConvArg1 (Habernal & Gurevych 2016, ACL)",
    ),
)
_MODEL = (
    Column("model", "string", "The model's name."),
    Column("revision", "string", "Digest of the model's weights and configuration."),
    Column("backend", "string", "What the network ran in, such as `onnx`."),
    Column("precision", "string", "Of the network's numbers, such as `fp32`."),
)
_GRAPH = Column(
    "graph", "string", "The argument graph as JSON, of the published schema; null where it failed.", nullable=True
)
