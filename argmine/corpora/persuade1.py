"""PERSUADE 1.0 (Crossley et al. 2022), the training part of Kaggle's Feedback Prize: 14,049 US school essays.

One table, `train.csv`, with a row an element, beside the texts. A component's id is `c` and its place among the rows
of its essay, from 1. Elements labelled `Lead` are no components and stand in `meta["units"]`, in the same form as
the rest; `meta["words"]` gives for every element, by id, the first and last of the essay's words, parted by white
space, that the Kaggle scorer compares. No relations, no splits.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from pydantic import JsonValue

from argmine.corpora.corpus import Corpus, Repair, RepairRule
from argmine.corpora.damage import naming_its_file
from argmine.corpora.edges import at_word_edges, without_outer_space
from argmine.corpora.units import LabelledSpan, checked_span, components_of, moved, other_units
from argmine.document import Document
from argmine.errors import CorpusError
from argmine.formats.text import read_text
from argmine.graph import ArgumentGraph

NAME = "persuade1"
LICENCE = "CC BY-NC-SA 4.0"

_COLUMNS = {
    "id": pa.string(),
    "discourse_start": pa.float64(),
    "discourse_end": pa.float64(),
    "discourse_text": pa.string(),
    "discourse_type": pa.string(),
    "predictionstring": pa.string(),
}


@dataclass(frozen=True, slots=True)
class _Row:
    """An element as the table has it; `words` are the indices of its first and last word."""

    id: str
    label: str
    start: int
    end: int
    quote: str
    words: tuple[int, int]


def read(folder: Path) -> Corpus:
    """The corpus from its folder.

    Raises:
        FormatError: a file is missing or damaged.
        CorpusError: an element does not stand where the table says, or its label is unknown.
    """
    repairs: list[Repair] = []
    rows = _rows(folder / "train.csv")
    for path in (folder / "train").glob("*.txt"):
        if path.stem not in rows:
            raise CorpusError("the table has no element of this essay", path=path)
    graphs = [_essay(folder / "train" / f"{name}.txt", rows[name], repairs) for name in sorted(rows)]
    return Corpus(NAME, tuple(graphs), LICENCE, repairs=tuple(repairs))


@naming_its_file
def _rows(path: Path) -> dict[str, list[_Row]]:
    """The elements of each essay, in the order of the table."""
    found: dict[str, list[_Row]] = defaultdict(list)
    for number, (essay, start, end, quote, label, words) in enumerate(zip(*_table(path), strict=True), 1):
        name, row = f"c{len(found[essay]) + 1}", f"row {number}"
        found[essay].append(_Row(name, label, _whole(start, row), _whole(end, row), quote, _ends(words, row)))
    return found


def _table(path: Path) -> list[list[Any]]:
    """The columns of `_COLUMNS`, in that order."""
    from pyarrow import csv

    try:
        options = csv.ConvertOptions(column_types=_COLUMNS, include_columns=list(_COLUMNS))
        parse = csv.ParseOptions(newlines_in_values=True)
        table = csv.read_csv(path, parse_options=parse, convert_options=options)
    except (OSError, KeyError, pa.ArrowException) as error:
        raise CorpusError(f"no table of elements: {error}", path=path) from error
    return [table.column(name).to_pylist() for name in _COLUMNS]


def _whole(number: float | None, row: str) -> int:
    """An offset, which the table writes as a decimal fraction."""
    if number is None or not number.is_integer():
        raise CorpusError(f"{row}: an offset is to be a whole number, found {number}")
    return int(number)


def _ends(words: str, row: str) -> tuple[int, int]:
    """First and last index of a list of word indices, which must be without gaps."""
    indices = [int(word) if word.isdecimal() else -1 for word in words.split()]
    if not indices or indices[0] < 0 or indices != list(range(indices[0], indices[-1] + 1)):
        raise CorpusError(f"{row}: words are to be numbers without gaps, found {words[:40]!r}")
    return indices[0], indices[-1]


@naming_its_file
def _essay(path: Path, rows: list[_Row], repairs: list[Repair]) -> ArgumentGraph:
    document = Document(id=path.stem, text=read_text(path))
    units = list(_units(document, rows, repairs))
    components, others = components_of(NAME, document, units), other_units(NAME, units)
    words: dict[str, JsonValue] = {row.id: list[JsonValue](row.words) for row in rows}
    return ArgumentGraph.build(document, components, meta={"units": others, "words": words})


def _units(document: Document, rows: list[_Row], repairs: list[Repair]) -> Iterator[LabelledSpan]:
    for row in rows:
        given = checked_span(document.text, row.id, row.start, row.end)
        if document.cut(given) != row.quote:
            raise CorpusError(f"{row.id} does not stand at {row.start}..{row.end}")
        inner = without_outer_space(document.text, row.start, row.end)
        if inner is None:
            raise CorpusError(f"{row.id} holds white space alone")
        repairs.extend(moved(RepairRule.OUTER_SPACE, document.id, row.id, given, inner))
        span = at_word_edges(document.text, inner)
        repairs.extend(moved(RepairRule.EDGE_MOVED, document.id, row.id, inner, span))
        yield LabelledSpan(row.id, row.label, span)
