"""The pieces of files, one at a time. What cannot be read becomes a piece with the reason, in its place."""

import codecs
import csv
import gzip
import io
import json
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from argmine.batch.addresses import Format, Source
from argmine.batch.pieces import Piece
from argmine.errors import ArgmineError, BatchError
from argmine.formats.text import decode_text

ROWS = 64
"""How many rows of a Parquet file are turned into Python's objects at a time."""
LONGEST_FIELD = min(sys.maxsize, 2**31 - 1)
UNREADABLE = (OSError, EOFError, zlib.error, csv.Error, pa.ArrowException, ArgmineError)
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Fields:
    """Which columns of rows hold the text and the id; a row without an id is known by its place, `file:row`."""

    text: str = "text"
    id: str = "id"


def read_sources(sources: Iterable[Source], fields: Fields, *, skip: int = 0) -> Iterator[Piece]:
    """The pieces of all sources, in order, without the first `skip`, whose files are not opened where they are one."""
    for source in sources:
        if skip and source.format.single:
            skip -= 1
            continue
        for piece in read_pieces(source, fields):
            if skip:
                skip -= 1
            else:
                yield piece


def read_pieces(source: Source, fields: Fields) -> Iterator[Piece]:
    """The pieces of a source: always one of a text or page; of rows, as many as there are up to where it breaks off."""
    if source.format.single:
        yield _single(source)
        return
    number = 0
    try:
        with source.open() as stream:
            for number, row in enumerate(_ROWS[source.format](stream, fields), 1):
                yield row_piece(f"{source.name}:{number}", row, fields)
    except UNREADABLE as error:
        yield Piece(f"{source.name}:{number + 1}", reason=f"cannot be read from here on: {_why(error)}")


def refuse_missing_column(source: Source, fields: Fields) -> None:
    """Looks at the first row of a source of rows, for no run should find at its end that all texts were missing.

    Raises:
        BatchError: it is a row, without the column of texts.
    """
    if source.format.single:
        return
    try:
        with source.open() as stream:
            row = next(iter(_ROWS[source.format](stream, fields)), None)
    except UNREADABLE:
        return  # which `read_pieces` gives as a piece
    if isinstance(row, Mapping) and fields.text not in row:
        found = ", ".join(map(repr, row)) or "no column"
        raise BatchError(f"there is no column {fields.text!r}, but {found}; see --text-column", path=source.name)


def count_pieces(sources: Sequence[Source], fields: Fields) -> int | None:
    """How many pieces `read_sources` gives; None where rows would have to be fetched from elsewhere to know."""
    rows = [source for source in sources if not source.format.single]
    if any(source.filesystem is not None for source in rows):
        return None
    return len(sources) - len(rows) + sum(1 for _ in read_sources(rows, fields))


def _single(source: Source) -> Piece:
    try:
        with source.open() as stream:
            data = stream.read()
        text = _article(data) if source.format is Format.HTML else decode_text(data, path=source.name)
    except UNREADABLE as error:
        return Piece(source.name, reason=f"cannot be read: {_why(error)}")
    return Piece(source.name, text)


def _article(page: bytes) -> str:
    """The text of a page's article, a line a paragraph, without what stands around it, comments and tables."""
    import trafilatura

    found: str | None = trafilatura.extract(page, include_comments=False, include_tables=False)
    if not found:
        raise BatchError("no article was found in the page")
    return found


def _why(error: BaseException) -> str:
    if isinstance(error, ArgmineError):
        return error.message
    return (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__


def row_piece(place: str, row: Row | str, fields: Fields) -> Piece:
    """A row's piece; a `str` is the reason why there is no row."""
    if isinstance(row, str):
        return Piece(place, reason=row)
    name = _id(row.get(fields.id)) or place
    text = row.get(fields.text)
    if isinstance(text, str):
        return Piece(name, text)
    found = "missing" if fields.text not in row else "null" if text is None else type(text).__name__
    return Piece(name, reason=f"{fields.text} is {found}, allowed is a string")


def _id(value: object) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _jsonl_rows(stream: IO[bytes], _: Fields) -> Iterator[Row | str]:
    for number, line in enumerate(stream):
        if line.isspace():
            continue
        try:
            row = json.loads(line.removeprefix(codecs.BOM_UTF8) if number == 0 else line)
        except (ValueError, RecursionError) as error:  # no JSON, no UTF-8, or nested too deeply
            yield f"no JSON: {error}"
        else:
            yield row if isinstance(row, dict) else f"no JSON object, but {type(row).__name__}"


def _csv_rows(stream: IO[bytes], _: Fields) -> Iterator[Row | str]:
    csv.field_size_limit(LONGEST_FIELD)
    with io.TextIOWrapper(stream, "utf-8-sig", errors="surrogateescape", newline="") as text:
        rows = csv.reader(text, strict=True)
        header = next(rows, [])
        while True:
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield f"no CSV: {error}"
                continue
            if len(cells) == len(header):
                yield dict(zip(header, cells, strict=True))
            elif cells:  # an empty line is none
                yield f"{len(cells)} cells, the header has {len(header)}"


def _parquet_rows(stream: IO[bytes], fields: Fields) -> Iterator[Row | str]:
    with tempfile.TemporaryFile() as unzipped:
        seekable: Any = stream
        if isinstance(seekable, gzip.GzipFile):  # which cannot go back without starting again
            shutil.copyfileobj(seekable, unzipped)
            seekable = unzipped
        file = pq.ParquetFile(seekable)
        wanted = [name for name in file.schema_arrow.names if name in {fields.text, fields.id}]
        if fields.text not in wanted:
            yield dict.fromkeys(file.schema_arrow.names)
            return
        for batch in file.iter_batches(ROWS, columns=wanted):
            yield from batch.to_pylist()


_ROWS = {Format.JSONL: _jsonl_rows, Format.CSV: _csv_rows, Format.PARQUET: _parquet_rows}
