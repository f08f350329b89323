"""The command `argmine mine`: the argument graphs of texts, to read or to write."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer
from pydantic import ValidationError

import argmine
from argmine.cli.options import Fast, Model, Scheme, complain
from argmine.document import Document, one_line
from argmine.errors import ArgmineError, FormatError
from argmine.formats.output import replacing
from argmine.formats.text import decode_text, read_text
from argmine.graph import ArgumentGraph
from argmine.view.terminal import GraphView, graph_text

if TYPE_CHECKING:
    from argmine.miner import ArgumentMiner

STANDARD_INPUT = "-"
EXAMPLES = """\b
Examples:
  argmine mine piece.txt
  argmine mine pieces/*.txt --format jsonl --output graphs.jsonl
  argmine mine piece.txt --format html --output map.html
  argmine mine pieces/*.txt --format jsonl --output graphs.jsonl --fast
  cat piece.txt | argmine mine - --format json"""


class OutputFormat(StrEnum):
    """How graphs are written."""

    TREE = "tree"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"


ONE_GRAPH = (OutputFormat.JSON, OutputFormat.HTML)


Files = Annotated[list[str], typer.Argument(metavar="FILE", help="Texts in UTF-8; - is the standard input.")]
Format = Annotated[
    OutputFormat,
    typer.Option(
        "--format",
        "-f",
        help="tree: to read. html: a page to explore. json: one graph. jsonl: a graph a line, for any number of files.",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write to this file, which is replaced when all is done, not to the screen."),
]
MinProbability = Annotated[
    float | None,
    typer.Option(
        "--min-probability",
        min=0.0,
        max=1.0,
        help="Leave out what is less probable; what hung on it becomes a root, marked detached.",
    ),
]
MaxError = Annotated[
    float | None,
    typer.Option(
        "--max-error", min=0.0, max=1.0, help="Leave out so much that at most this share of the rest is wrong."
    ),
]
Probabilities = Annotated[
    bool, typer.Option("--probabilities", help="Show probabilities in trees; JSON always has them.")
]


def mine(
    files: Files,
    output_format: Format = OutputFormat.TREE,
    output: Output = None,
    model: Model = "default",
    scheme: Scheme = None,
    probabilities: Probabilities = False,
    min_probability: MinProbability = None,
    max_error: MaxError = None,
    fast: Fast = False,
) -> None:
    """Show or write the argument graphs of texts.

    A file that cannot be read is reported and the others are mined: the exit code is then 1. The id of a graph is its
    file's path as given.
    """
    if files.count(STANDARD_INPUT) > 1:
        raise typer.BadParameter("the standard input (-) can be read only once.")
    if output_format in ONE_GRAPH and len(files) > 1:
        raise typer.BadParameter(
            f"{output_format} writes one graph, and there are {len(files)} files: use --format jsonl."
        )
    if output is None and sys.stdout is None:
        raise ArgmineError("is closed", path="standard output")
    bad: list[str] = []
    try:
        precision = "fast" if fast else "fp32"
        miner = argmine.load(
            model, scheme=scheme, precision=precision, min_probability=min_probability, max_error=max_error
        )
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from error
    graphs = _graphs(miner, files, bad)
    if output_format is OutputFormat.HTML:
        _write((graph.to_html() for graph in graphs), output)
    elif output_format is not OutputFormat.TREE:
        indent = 2 if output_format is OutputFormat.JSON else None
        _write((f"{graph.model_dump_json(indent=indent)}\n" for graph in graphs), output)
    elif output is None:
        _show_trees(graphs, headed=len(files) > 1, probabilities=probabilities)
    else:
        _write(_plain_trees(graphs, headed=len(files) > 1, probabilities=probabilities), output)
    if bad:
        raise typer.Exit(1)


def _graphs(miner: "ArgumentMiner", files: Iterable[str], bad: list[str]) -> Iterator[ArgumentGraph]:
    """The graph of each file, in order; one that fails is reported, and its name added to `bad`."""
    for result, name in miner.mine_many(_documents(files, bad), as_tuples=True, on_error="yield"):
        if isinstance(result, ArgumentGraph):
            yield result
        else:
            bad.append(name)
            complain(f"{name}: {_reason(result)}")


def _documents(files: Iterable[str], bad: list[str]) -> Iterator[tuple[Document, str]]:
    for name in files:
        try:
            document = _read(name)
        except ArgmineError as error:
            bad.append(name)
            complain(str(error))
        else:
            yield document, name


def _read(name: str) -> Document:
    if name != STANDARD_INPUT:
        # A path may hold bytes that are no UTF-8, an id may not.
        return Document(id=name.encode("utf-8", "backslashreplace").decode() or ".", text=read_text(Path(name)))
    if sys.stdin is None:
        raise FormatError("is closed", path="standard input")
    return Document(id="standard-input", text=decode_text(sys.stdin.buffer.read(), path="standard input"))


def _show_trees(graphs: Iterable[ArgumentGraph], *, headed: bool, probabilities: bool) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for number, graph in enumerate(graphs):
        if headed:
            console.print(Text(_heading(graph.id, number), "bold"))
        console.print(GraphView(graph, probabilities))
    sys.stdout.flush()


def _plain_trees(graphs: Iterable[ArgumentGraph], *, headed: bool, probabilities: bool) -> Iterator[str]:
    for number, graph in enumerate(graphs):
        heading = f"{_heading(graph.id, number)}\n" if headed else ""
        yield heading + graph_text(graph, probabilities=probabilities)


def _heading(name: str, number: int) -> str:
    return ("\n" if number else "") + f"== {one_line(name)} =="


def _write(parts: Iterable[str], output: Path | None) -> None:
    """Writes in UTF-8, whatever the terminal's encoding. A file is left as it was where there is nothing to write."""
    with _standard_output() if output is None else replacing(output) as stream:
        wrote = 0
        for part in parts:
            wrote += stream.write(part.encode("utf-8"))
            if output is None:
                stream.flush()
        if not wrote:
            raise typer.Exit(1)


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    yield sys.stdout.buffer


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(fault["msg"].removeprefix("Value error, ") for fault in error.errors())
    return str(error)
