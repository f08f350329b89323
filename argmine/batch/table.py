"""The final table, written from those of the parts; its bytes do not tell where a part ended."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

ROW_GROUP = 1024
"""Rows of a row group; a few megabytes with graphs."""


class TableFormat(StrEnum):
    """How a table is written."""

    PARQUET = "parquet"
    JSONL = "jsonl"
    CSV = "csv"


def format_of(path: Path) -> TableFormat:
    """By a file's ending.

    Raises:
        ValueError: it says none.
    """
    try:
        return TableFormat(path.suffix.removeprefix("."))
    except ValueError:
        raise ValueError(f"{path.name} says no format, allowed are .parquet, .jsonl and .csv") from None


def write_table(stream: BinaryIO, form: TableFormat, schema: pa.Schema, tables: Iterable[pa.Table]) -> None:
    """Writes tables of one schema as one."""
    _WRITERS[form](stream, schema, _groups(tables))


def _groups(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The same rows, `ROW_GROUP` at a time."""
    waiting: list[pa.Table] = []
    count = 0
    for table in tables:
        waiting.append(table)
        count += table.num_rows
        while count >= ROW_GROUP:
            joined = pa.concat_tables(waiting)
            yield joined.slice(0, ROW_GROUP).combine_chunks()
            waiting, count = [joined.slice(ROW_GROUP)], count - ROW_GROUP
    if count:
        yield pa.concat_tables(waiting).combine_chunks()


def _write_parquet(stream: BinaryIO, schema: pa.Schema, groups: Iterable[pa.Table]) -> None:
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        for group in groups:
            writer.write_table(group, row_group_size=ROW_GROUP)


def _write_jsonl(stream: BinaryIO, _: pa.Schema, groups: Iterable[pa.Table]) -> None:
    """An object a row; a graph is an object within it."""
    for row in (row for group in groups for row in group.to_pylist()):
        if row.get("graph"):
            row["graph"] = json.loads(row["graph"])
        stream.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")


def _write_csv(stream: BinaryIO, schema: pa.Schema, groups: Iterable[pa.Table]) -> None:
    """A header and a line a row; null is empty."""
    _put_csv(stream, [schema.names])
    for group in groups:
        _put_csv(stream, ([_cell(value) for value in row.values()] for row in group.to_pylist()))


def _put_csv(stream: BinaryIO, rows: Iterable[Iterable[object]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    stream.write(text.getvalue().encode())


def _cell(value: object) -> object:
    """As CSV holds it: truth and lists as in JSON."""
    return json.dumps(value) if isinstance(value, bool | list) else value


_WRITERS: Mapping[TableFormat, Callable[[BinaryIO, pa.Schema, Iterable[pa.Table]], None]] = {
    TableFormat.PARQUET: _write_parquet,
    TableFormat.JSONL: _write_jsonl,
    TableFormat.CSV: _write_csv,
}
