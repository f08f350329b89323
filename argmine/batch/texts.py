"""`score`: texts in memory or from an iterator, to a table in memory."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyarrow as pa

from argmine.batch.engine import LocalEngine
from argmine.batch.pieces import Piece
from argmine.batch.reading import Fields, row_piece
from argmine.batch.run import parts_of
from argmine.batch.scorer import Scorer, ScorerSettings, rater_of
from argmine.document import Document
from argmine.miner import ArgumentMiner

Given = str | Document | Mapping[str, object]


def score(
    documents: Iterable[Given],
    *,
    model: str | Path | ArgumentMiner = "default",
    graphs: bool = False,
    text_column: str = "text",
    id_column: str = "id",
) -> pa.Table:
    """A row a document, in order: its measures, and what mined it; one that fails has a row with the reason.

    Args:
        documents: texts, `Document`s, or rows such as those of a `datasets` dataset, streamed ones too.
        model: a packaged model's name, a model's folder, or a miner.
        graphs: whether a column holds each graph as JSON.
        text_column: of rows, the text.
        id_column: of rows, the id; a row without one, and a text, is called document-1, document-2, …

    Returns:
        A `pyarrow.Table` (`.to_pandas()`, `.to_pylist()`) whose schema says what each column means.

    Raises:
        TypeError: `documents` is one text instead of many.
        ModelError: there is no such model, or it is broken.
    """
    if isinstance(documents, str | Document | Mapping):
        raise TypeError(f"documents is one {type(documents).__name__}, not many of them")
    if isinstance(model, ArgumentMiner):
        scorer = Scorer(model, rater=rater_of(model), graphs=graphs)
    else:
        scorer = ScorerSettings(model=str(model), graphs=graphs).load()
    pieces = _pieces(documents, text_column, id_column)
    return pa.concat_tables([scorer.table([]), *LocalEngine(scorer).tables(parts_of(pieces))])


def _pieces(documents: Iterable[object], text_column: str, id_column: str) -> Iterator[Piece]:
    for number, document in enumerate(documents, 1):
        name = f"document-{number}"
        if isinstance(document, Document):
            yield Piece(document.id, document.text)
        elif isinstance(document, Mapping):
            yield row_piece(name, document, Fields(text_column, id_column))
        elif isinstance(document, str):
            yield Piece(name, document)
        else:
            yield Piece(name, reason=f"{name} is {type(document).__name__}, allowed are str, Document and rows")
