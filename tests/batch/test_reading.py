"""The pieces of files, each made up and spelt out."""

import gzip
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from argmine.batch.addresses import list_sources
from argmine.batch.pieces import Piece
from argmine.batch.reading import Fields, count_pieces, read_sources, refuse_missing_column
from argmine.errors import BatchError

PAGE = """<html><head><title>Trams</title></head><body><nav><a href="/">Home</a></nav><article><h1>Keep the trams</h1>
<p>The trams are quiet, and a city that sleeps badly works badly, as every night nurse will tell you.</p>
<p>Besides, they are paid for, and the buses that would replace them are not.</p></article></body></html>"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def pieces(name: str, data: bytes, *, fields: Fields | None = None, skip: int = 0) -> list[Piece]:
    Path(name).write_bytes(data)
    return list(read_sources(list_sources([name]).sources, fields or Fields(), skip=skip))


def test_text_is_read_as_it_is() -> None:
    assert pieces("a.txt", "  Été.\r\n".encode()) == [Piece("a.txt", "  Été.\r\n")]
    assert pieces("a.md.gz", gzip.compress(b"# Trams")) == [Piece("a.md.gz", "# Trams")]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"ab\x80", "cannot be read: not UTF-8: byte 0x80 at 2"),
        ("a.txt.gz", b"no zip", "cannot be read: Not a gzipped file (b'no')"),
        ("a.txt.gz", gzip.compress(b"cut off" * 9, mtime=0)[:-9], "cannot be read: Compressed file ended"),
        ("a.html", b"<html><body></body></html>", "cannot be read: no article was found in the page"),
    ],
)
def test_file_that_cannot_be_read_is_a_piece_with_the_reason(name: str, data: bytes, reason: str) -> None:
    (piece,) = pieces(name, data)
    assert (piece.id, piece.text) == (name, None)
    assert str(piece.reason).startswith(reason)


def test_file_that_vanished_is_a_piece_with_the_reason() -> None:
    Path("a.txt").write_text("x")
    sources = list_sources(["a.txt"]).sources
    Path("a.txt").unlink()
    assert list(read_sources(sources, Fields())) == [Piece("a.txt", reason="cannot be read: No such file or directory")]


def test_page_gives_its_article() -> None:
    (piece,) = pieces("a.html", PAGE.encode())
    assert piece.text is not None
    assert piece.text.splitlines()[0] == "Keep the trams"
    assert "paid for" in piece.text
    assert "Home" not in piece.text


def test_lines_of_json_are_pieces_and_a_bad_one_keeps_its_place() -> None:
    lines = (
        b'\xef\xbb\xbf{"id": "x", "text": "One."}\n\n{"text": "Two.", "id": 7}\nno\n[1]\n{"id": "", "text": "Three."}'
    )
    assert pieces("a.jsonl", lines) == [
        Piece("x", "One."),
        Piece("7", "Two."),
        Piece("a.jsonl:3", reason="no JSON: Expecting value: line 1 column 1 (char 0)"),
        Piece("a.jsonl:4", reason="no JSON object, but list"),
        Piece("a.jsonl:5", "Three."),
    ]


def test_row_without_a_string_says_what_it_has() -> None:
    found = pieces("a.jsonl", b'{"text": null}\n{"text": 4}\n{"body": "x"}')
    assert [p.reason for p in found] == [f"text is {what}, allowed is a string" for what in ("null", "int", "missing")]


def test_line_that_is_no_utf8_is_a_piece_with_the_reason() -> None:
    one, two = pieces("a.jsonl", b'{"text": "\x80"}\n{"text": "Two."}')
    assert "can't decode byte 0x80" in str(one.reason)
    assert two.text == "Two."


def test_cells_of_csv_may_hold_lines_and_a_bad_row_keeps_its_place() -> None:
    rows = '\ufeffkey,body,more\n1,"Keep it.\nIt is ""quiet"".",x\n2,too few\n\n3,Sell it.,y\n4,"open'.encode()
    assert pieces("a.csv", rows, fields=Fields("body", "key")) == [
        Piece("1", 'Keep it.\nIt is "quiet".'),
        Piece("a.csv:2", reason="2 cells, the header has 3"),
        Piece("3", "Sell it."),
        Piece("a.csv:4", reason="no CSV: unexpected end of data"),
    ]


def test_cell_of_csv_may_be_long() -> None:
    assert pieces("a.csv", b"text\n" + b"x" * 200_000) == [Piece("a.csv:1", "x" * 200_000)]


@pytest.mark.parametrize("zipped", [False, True])
def test_rows_of_parquet_are_pieces(zipped: bool) -> None:
    table = pa.table({"more": range(200), "text": [f"Text {n}." for n in range(199)] + [None]})
    pq.write_table(table, "raw", row_group_size=70)
    data = Path("raw").read_bytes()
    found = pieces(*(("a.parquet.gz", gzip.compress(data)) if zipped else ("a.parquet", data)))
    name = "a.parquet.gz" if zipped else "a.parquet"
    assert found[:199] == [Piece(f"{name}:{n}", f"Text {n - 1}.") for n in range(1, 200)]
    assert found[199:] == [Piece(f"{name}:200", reason="text is null, allowed is a string")]


def test_parquet_that_is_none_is_a_piece_with_the_reason() -> None:
    (piece,) = pieces("a.parquet", b"no parquet at all")
    assert (piece.id, str(piece.reason)[:32]) == ("a.parquet:1", "cannot be read from here on: Par")


def test_zip_that_breaks_off_says_from_where_on() -> None:
    zipped = gzip.compress("".join(f'{{"text": "{n * 977 % 1009}"}}\n' for n in range(5000)).encode())
    found = pieces("a.jsonl.gz", zipped[: len(zipped) // 2])
    *read, last = found
    assert len(read) > 100
    assert all(piece.text is not None for piece in read)
    assert last.id == f"a.jsonl.gz:{len(found)}"
    assert str(last.reason).startswith("cannot be read from here on: Compressed file ended")


def test_skipping_leaves_out_the_first_pieces_and_opens_no_text_for_it() -> None:
    Path("a.txt").write_text("One.")
    Path("b.jsonl").write_text('{"text": "Two."}\n{"text": "Three."}\n')
    sources = list_sources(["a.txt", "b.jsonl", "a.txt"]).sources
    Path("a.txt").unlink()
    found = list(read_sources(sources, Fields(), skip=2))
    assert [piece.text for piece in found] == ["Three.", None]
    assert count_pieces(sources, Fields()) == 4


def test_rows_elsewhere_are_read_but_not_counted() -> None:
    fsspec.filesystem("memory").pipe("/rows/a.jsonl.gz", gzip.compress(b'{"text": "One."}\n'))
    sources = list_sources(["memory://rows"]).sources
    assert list(read_sources(sources, Fields())) == [Piece("memory:///rows/a.jsonl.gz:1", "One.")]
    assert count_pieces(sources, Fields()) is None


@pytest.mark.parametrize(
    ("name", "data"), [("a.csv", b"id,body\n1,x\n"), ("a.jsonl", b'{"id": 1, "body": "x"}\n'), ("a.parquet", None)]
)
def test_missing_column_of_texts_is_refused_with_those_that_are_there(name: str, data: bytes | None) -> None:
    if data is None:
        pq.write_table(pa.table({"id": [1], "body": ["x"]}), name)
    else:
        Path(name).write_bytes(data)
    (source,) = list_sources([name]).sources
    refuse_missing_column(source, Fields("body"))
    with pytest.raises(BatchError, match=f"{name}: there is no column 'text', but 'id', 'body'; see --text-column"):
        refuse_missing_column(source, Fields())
