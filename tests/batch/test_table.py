"""The final table in its three forms."""

import csv
import io
import json
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from argmine.batch import table as module
from argmine.batch.columns import METADATA
from argmine.batch.pieces import Piece
from argmine.batch.table import TableFormat, format_of, write_table
from tests.batch.made_up import scorer

PIECES = [Piece(str(n), f'Keep "it", {n}.\nIt is quiet.' if n % 3 else "No!") for n in range(10)]


def written(form: TableFormat, sizes: tuple[int, ...], *, graphs: bool = False) -> bytes:
    """The table of the pieces when their parts have those sizes."""
    bounds = [sum(sizes[:n]) for n in range(len(sizes) + 1)]
    tables = [scorer(graphs=graphs).table(PIECES[a:b]) for a, b in pairwise(bounds)]
    stream = io.BytesIO()
    write_table(stream, form, scorer(graphs=graphs).schema, tables)
    return stream.getvalue()


@pytest.mark.parametrize("form", TableFormat)
def test_table_does_not_tell_where_parts_ended(form: TableFormat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROW_GROUP", 4)
    assert written(form, (10,)) == written(form, (1, 5, 4)) == written(form, (3, 3, 3, 1))


def test_parquet_holds_rows_and_dictionary() -> None:
    table = pq.read_table(io.BytesIO(written(TableFormat.PARQUET, (6, 4))))
    assert table.to_pylist() == scorer().table(PIECES).to_pylist()
    assert table.schema.metadata[METADATA] == scorer().schema.metadata[METADATA]
    assert table.schema.field("words").metadata[b"unit"] == b"words"


def test_parquet_of_nothing_has_the_columns() -> None:
    stream = io.BytesIO()
    write_table(stream, TableFormat.PARQUET, scorer().schema, [])
    assert pq.read_table(stream).schema.names == scorer().schema.names


def test_parquet_has_row_groups_of_one_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROW_GROUP", 4)
    metadata = pq.read_metadata(io.BytesIO(written(TableFormat.PARQUET, (1, 6, 3))))
    assert [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)] == [4, 4, 2]


def test_lines_hold_rows_with_the_graph_as_an_object() -> None:
    rows = [json.loads(line) for line in written(TableFormat.JSONL, (10,), graphs=True).splitlines()]
    assert [row.pop("graph") and "a graph" for row in rows] == ["a graph" if n % 3 else None for n in range(10)]
    assert rows == [
        {k: v for k, v in row.items() if k != "graph"} for row in scorer(graphs=True).table(PIECES).to_pylist()
    ]


def test_cells_hold_rows_with_null_as_nothing() -> None:
    rows = list(csv.DictReader(io.StringIO(written(TableFormat.CSV, (10,)).decode())))
    assert len(rows) == 10
    failed, fine = rows[0], rows[1]
    assert (failed["status"], failed["reason"], failed["words"]) == ("failed", "it shouts", "")
    assert (fine["status"], fine["reason"], fine["words"], fine["has_major_claim"]) == ("ok", "", "6", "false")


def test_ending_says_the_format() -> None:
    assert format_of(Path("a/scores.csv")) is TableFormat.CSV
    with pytest.raises(ValueError, match=r"scores.txt says no format, allowed are .parquet, .jsonl and .csv"):
        format_of(Path("a/scores.txt"))


def test_groups_are_slices_of_the_whole() -> None:
    tables = [pa.table({"n": range(a, b)}) for a, b in ((0, 1500), (1500, 1501), (1501, 4000))]
    groups = list(module._groups(tables))
    assert [group.num_rows for group in groups] == [1024, 1024, 1024, 928]
    assert pa.concat_tables(groups)["n"].to_pylist() == list(range(4000))
