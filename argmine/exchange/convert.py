"""Graphs from files of one format into files of another."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from argmine.document import one_line
from argmine.errors import ArgmineError, FormatError
from argmine.exchange.table import Format, format_of
from argmine.formats.losses import Loss
from argmine.graph import ArgumentGraph


def convert(source: Path, target: Path, *, read_as: Format | None = None, write_as: Format | None = None) -> list[str]:
    """Writes what one file or folder holds to another.

    Args:
        source: a file or folder.
        target: a file, or a folder that exists, which gets a file a graph.
        read_as: the source's format, None to tell it by the file.
        write_as: the target's format, None to tell it by the file's ending.

    Returns:
        A line for each thing that graphs lose in the target, with the number of graphs that do.

    Raises:
        FormatError: as `read_graphs` and `write_graphs`.
        ArgmineError: a file cannot be written, or an extra is not installed.
    """
    graphs = read_graphs(source, read_as)
    form = write_as or format_of(target, written=True)
    write_graphs(graphs, target, form)
    lost = [loss for graph in graphs for loss in form.lost(graph)]
    return [f"{form.name} keeps no {loss.value} (graphs: {lost.count(loss)})" for loss in Loss if loss in lost]


def read_graphs(path: Path, form: Format | None = None) -> list[ArgumentGraph]:
    """The graphs of a file, or of all files of the format in a folder, by name.

    Args:
        path: a file or folder.
        form: its format; None tells it by the file, which a folder does not.

    Raises:
        FormatError: the format cannot be told, cannot be read, or is broken by a file; it says where.
    """
    if path.is_dir():
        return _read_folder(path, form)
    form = form or format_of(path)
    if form.read is None:
        raise FormatError(f"{form.name} is only written, not read", path=path)
    return list(_function(form, form.read)(path))


def write_graphs(graphs: Sequence[ArgumentGraph], path: Path, form: Format | None = None) -> None:
    """Writes graphs to a file, or a file each to a folder that exists, named by their ids.

    Args:
        graphs: what is written.
        path: a file or folder.
        form: its format; None tells it by the file's ending.

    Raises:
        FormatError: the format cannot be told, is not written, holds one graph where there are others, or cannot
            hold a graph.
        ArgmineError: a file cannot be written.
    """
    form = form or format_of(path, written=True)
    if form.write is None:
        raise FormatError(f"{form.name} is only read, not written", path=path)
    write = _function(form, form.write)
    if not path.is_dir():
        write(graphs, path)
        return
    for name, graph in zip(_file_names(graphs, path), graphs, strict=True):
        write([graph], path / f"{name}{form.endings[0]}")


def _read_folder(path: Path, form: Format | None) -> list[ArgumentGraph]:
    if form is None:
        raise FormatError("is a folder: name the format of its files", path=path)
    files = sorted(file for file in path.iterdir() if file.is_file() and file.name.endswith(form.endings))
    if not files:
        raise FormatError(f"holds no file that ends with {' or '.join(form.endings)}", path=path)
    return [graph for file in files for graph in read_graphs(file, form)]


def _function(form: Format, place: str) -> Any:
    module, name = place.split(":")
    try:
        return getattr(import_module(module), name)
    except ModuleNotFoundError as error:
        if form.extra is None:
            raise
        raise ArgmineError(f"{form.name} needs {error.name}: pip install 'argmine[{form.extra}]'") from error


def _file_names(graphs: Sequence[ArgumentGraph], path: Path) -> list[str]:
    """A file's name for each graph: its id, without what no file's name holds."""
    names = [one_line(graph.id).replace("/", "_").strip(". ") or "_" for graph in graphs]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise FormatError(f"two graphs would be written as {name}", path=path)
    return names
