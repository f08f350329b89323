"""Argument graphs as argmine writes them: a JSON file of one graph, or JSON lines of any number."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from argmine.errors import FormatError, faults
from argmine.formats.files import only, write_text
from argmine.formats.text import read_text
from argmine.graph import ArgumentGraph


def read_graphs(path: Path) -> Iterator[ArgumentGraph]:
    """The graphs of a file, in its order; lines of white space are passed over.

    Raises:
        FormatError: the file is missing or not UTF-8, or holds something that is no argument graph; it says where.
    """
    text = read_text(path)
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if lines and not _is_json(lines[0][1]):
        lines = [(1, text)]  # one graph over several lines, as with an indent
    for number, line in lines:
        yield _graph(line, path, number)


def read_graph(path: Path) -> ArgumentGraph:
    """The graph of a file that holds one.

    Raises:
        FormatError: the file is missing, not UTF-8 or not made of one argument graph.
    """
    graphs = list(read_graphs(path))
    if len(graphs) != 1:
        raise FormatError(f"must hold one argument graph, found {len(graphs)}", path=path)
    return graphs[0]


def read_only_graph(path: Path) -> list[ArgumentGraph]:
    """As `read_graph`, in a list."""
    return [read_graph(path)]


def write_graphs(graphs: Sequence[ArgumentGraph], path: Path) -> None:
    """Writes one graph, indented.

    Raises:
        FormatError: there is not one graph.
        ArgmineError: the file cannot be written.
    """
    write_text(only(graphs, path).model_dump_json(indent=2) + "\n", path)


def write_lines(graphs: Sequence[ArgumentGraph], path: Path) -> None:
    """Writes a graph a line.

    Raises:
        ArgmineError: the file cannot be written.
    """
    write_text("".join(f"{graph.model_dump_json()}\n" for graph in graphs), path)


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def _graph(text: str, path: Path, line: int) -> ArgumentGraph:
    try:
        return ArgumentGraph.model_validate_json(text)
    except ValidationError as error:
        raise FormatError(f"no argument graph: {faults(error)}", path=path, line=line) from error
