"""Anybody's predictions, read from what they were written as: argmine JSON lines, brat, or ACL-2017 CoNLL files.

A folder holds brat files (`.ann` beside `.txt`, whose name is the document's id) or files of JSON. A file is told by
its ending (`.jsonl`, `.json`, `.ann`, `.dat`, `.abs`) or else by its first line. CoNLL files hold no ids: their
documents, or runs of paragraphs, are taken for those of gold in its order, and their tokens must be those of its texts.
"""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from argmine.errors import EvaluationError
from argmine.evaluation.matching import Prediction
from argmine.evaluation.predicted_brat import read_brat_prediction
from argmine.evaluation.predicted_conll import read_conll_predictions
from argmine.formats.graph_json import read_graphs
from argmine.formats.text import read_text
from argmine.graph import ArgumentGraph


class Written(StrEnum):
    """What a file of predictions is written as."""

    JSON = "argmine JSON"
    BRAT = "brat"
    DAT = "CoNLL, .dat"
    ABS = "CoNLL, .abs"


_BY_ENDING = {
    ".jsonl": Written.JSON,
    ".json": Written.JSON,
    ".ann": Written.BRAT,
    ".dat": Written.DAT,
    ".abs": Written.ABS,
}
_BY_COLUMNS = {5: Written.DAT, 3: Written.ABS}
_ENDINGS = ", ".join(_BY_ENDING)

Read: TypeAlias = Callable[[Path], Iterator[Prediction]]


def read_predictions(path: Path, corpus: str, gold: Sequence[ArgumentGraph]) -> Iterator[Prediction]:
    """The predictions of a file or folder.

    Args:
        path: of either.
        corpus: whose labels brat files may have.
        gold: the documents that are scored, whose texts and ids CoNLL files lack.

    Raises:
        FormatError: a file is missing or breaks its format; it says where.
        EvaluationError: it is nothing that is known, or tokens are not those of gold.
    """
    if path.is_dir():
        for file in _files(path):
            yield from _of_file(file, corpus, gold)
    else:
        yield from _of_file(path, corpus, gold)


def written_as(path: Path) -> Written:
    """What a file is written as.

    Raises:
        FormatError: it cannot be read.
        EvaluationError: neither its ending nor its first line is known.
    """
    if path.suffix in _BY_ENDING:
        return _BY_ENDING[path.suffix]
    first = next((line for line in read_text(path).split("\n") if line.strip()), "")
    if first.lstrip().startswith("{"):
        return Written.JSON
    if len(fields := first.split("\t")) in _BY_COLUMNS and fields[0] == "1":
        return _BY_COLUMNS[len(fields)]
    raise EvaluationError(f"neither the ending ({_ENDINGS}) nor the first line tells what it is", path=path)


def _files(folder: Path) -> list[Path]:
    """The `.ann` files of a folder, or its JSON files where there are none."""
    for endings in ((".ann",), (".jsonl", ".json")):
        if found := sorted(path for path in folder.iterdir() if path.suffix in endings):
            return found
    raise EvaluationError("the folder holds neither .ann nor .jsonl nor .json files", path=folder)


def _of_file(path: Path, corpus: str, gold: Sequence[ArgumentGraph]) -> Iterator[Prediction]:
    match written_as(path):
        case Written.JSON:
            return (Prediction(graph, path) for graph in read_graphs(path))
        case Written.BRAT:
            return iter([Prediction(read_brat_prediction(path, corpus), path)])
        case Written.DAT:
            return read_conll_predictions(path, gold, relative=True)
        case Written.ABS:
            return read_conll_predictions(path, gold, relative=False)
