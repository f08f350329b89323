"""`Scorer`: pieces to rows, the same on one machine and on many.

A worker loads one and maps tables to tables; nothing else of a run is needed there:

    settings = ScorerSettings(model="default", threads=1)       # small, pickles, travels to the worker
    scorer = settings.load()                                    # once a worker
    scorer.identity                                             # workers whose identities differ must not be mixed
    scorer.table(list(table_pieces(batch)))                     # `PIECES` in, `scorer.schema` out, row for row

An engine (`argmine.batch.engine`) gives parts of a collection to scorers and their tables back in order.
"""

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Literal, Protocol

import pyarrow as pa
from pydantic import NonNegativeInt, PositiveInt, ValidationError

from argmine.base import Frozen
from argmine.batch.columns import FAILED, OK, schema
from argmine.batch.pieces import Piece
from argmine.convincing import FILE, Convincingness, Rating
from argmine.document import Document, one_line
from argmine.errors import faults
from argmine.graph import ArgumentGraph, ModelInfo
from argmine.measures import measure
from argmine.miner import ArgumentMiner

Row = dict[str, object]
LIBRARIES = ("argmine", "numpy", "pyarrow", "tokenizers")
_BACKENDS = {"onnx": ("onnxruntime",), "onednn": ("onnxruntime", "torch"), "torch": ("torch",)}


class Miner(Protocol):
    """What a scorer needs of an `ArgumentMiner`."""

    @property
    def info(self) -> ModelInfo:
        """What stands in the graphs it makes."""
        ...

    def mine_many(
        self, documents: Sequence[Document], *, on_error: Literal["yield"]
    ) -> Iterator[ArgumentGraph | Exception]:
        """A graph or an error for each document, in order."""
        ...


class Rater(Protocol):
    """What a scorer needs of `Convincingness`."""

    @property
    def revision(self) -> str:
        """Digest of what it was fitted to be."""
        ...

    def ratings(self, graph: ArgumentGraph) -> tuple[Rating | None, ...]:
        """The rating of each tree's root."""
        ...


class Identity(Frozen):
    """What must be equal for two scorers to give equal bytes: the models, how they run, and the versions."""

    model: ModelInfo
    convincingness: str | None
    versions: dict[str, str]


class ScorerSettings(Frozen):
    """How a worker loads its scorer: a packaged model's name or a model's folder, by which of its schemes, and so on.

    `precision` is as in `argmine.load`: "fast" is what is fastest on the worker's machine. So are `processes`, which
    decode beside an accelerator there.

    A worker that stands elsewhere needs the folder's whole path.
    """

    model: str = "default"
    scheme: str | None = None
    threads: PositiveInt | None = None
    precision: str = "fp32"
    graphs: bool = False
    processes: NonNegativeInt = 0

    def load(self) -> "Scorer":
        """The scorer, with its model in memory.

        Raises:
            ModelError: there is no such model, or it is broken.
        """
        miner = ArgumentMiner.load(
            self.model,
            threads=self.threads,
            scheme=self.scheme,
            precision=self.precision,
            processes=self.processes,
        )
        return Scorer(miner, rater=rater_of(miner), graphs=self.graphs)


class Scorer:
    """Turns pieces into rows: one a piece, in order, of one schema. A piece that fails gets a row with the reason.

    Args:
        miner: what mines them.
        rater: what rates the arguments of graphs; where None, the columns of that are null.
        graphs: whether a row holds its graph, as JSON.
    """

    def __init__(self, miner: Miner, *, rater: Rater | None = None, graphs: bool = False) -> None:
        self.miner = miner
        self.rater = rater
        self.graphs = graphs
        self.identity = Identity(
            model=miner.info,
            convincingness=None if rater is None else rater.revision,
            versions=_versions(miner.info.backend),
        )
        self.schema: pa.Schema = schema(self.identity.model_dump(mode="json"), graphs=graphs)
        info = self.identity.model
        self._model: Row = {
            "model": info.name,
            "revision": info.revision,
            "backend": info.backend,
            "precision": info.precision,
        }

    def rows(self, pieces: Sequence[Piece]) -> Iterator[Row]:
        """The row of each piece, as they are mined; keys are the schema's columns, and absent ones null."""
        readable = [_document(piece) for piece in pieces]
        mined = self.miner.mine_many([d for d in readable if isinstance(d, Document)], on_error="yield")
        for piece, document in zip(pieces, readable, strict=True):
            yield self._row(piece, next(mined) if isinstance(document, Document) else document)

    def table(self, pieces: Sequence[Piece]) -> pa.Table:
        """Their rows as a table of `schema`."""
        return self.table_of(list(self.rows(pieces)))

    def table_of(self, rows: Sequence[Row]) -> pa.Table:
        """Rows that `rows` gave, as a table of `schema`."""
        return pa.Table.from_pylist(list(rows), self.schema)

    def _row(self, piece: Piece, found: ArgumentGraph | Exception | str) -> Row:
        place: Row = {"id": printable(piece.id), **self._model}
        if not isinstance(found, ArgumentGraph):
            return {**place, "status": FAILED, "reason": reason_of(found)}
        graph = {"graph": found.model_dump_json()} if self.graphs else {}
        return {**place, "status": OK, **measure(found).model_dump(mode="json"), **self._rated(found), **graph}

    def _rated(self, graph: ArgumentGraph) -> Row:
        if self.rater is None:
            return {}
        found = self.rater.ratings(graph)
        return {
            "convincingness": [rating and rating.score for rating in found],
            "convincingness_beyond_length": [rating and rating.beyond_length for rating in found],
        }


def rater_of(miner: ArgumentMiner) -> Convincingness | None:
    """What lies beside the weights of the miner's model, None where nothing does.

    Raises:
        ModelError: it is damaged, or was fitted to another model.
    """
    if miner.folder is None or not (miner.folder / FILE).is_file():
        return None
    return Convincingness.of(miner)


def portable(piece: Piece) -> Piece:
    """The piece of Unicode alone, as arrow holds it, for which a scorer makes the same row."""
    found = _document(piece)
    if isinstance(found, Document):
        return Piece(found.id, found.text)
    return Piece(printable(piece.id), reason=reason_of(found))


def reason_of(error: Exception | str) -> str:
    """Why something failed, in one line of characters that UTF-8 can hold."""
    text = faults(error) if isinstance(error, ValidationError) else str(error)
    return printable(one_line(text)) or type(error).__name__


def printable(text: str) -> str:
    r"""`text` as UTF-8 can hold it: half a surrogate pair, as in a file's name of other bytes, becomes `\udc80`."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _document(piece: Piece) -> Document | Exception | str:
    if piece.text is None:
        return piece.reason or ""
    try:
        return Document(id=printable(piece.id), text=piece.text)
    except ValidationError as error:
        return error


def _versions(backend: str) -> dict[str, str]:
    names = (*LIBRARIES, *_BACKENDS.get(backend, ()))
    return {name: version(name) for name in names}
