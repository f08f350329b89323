"""`argmine.exchange` over files that are held by name, not on the disk.

The formats read and write files, so these pass through a folder of this one request, in memory where the system has
such a place; it is gone before the answer is sent.
"""

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from argmine.errors import ArgmineError, FormatError
from argmine.exchange import Format, format_named, read_graphs, write_graphs
from argmine.graph import ArgumentGraph
from argmine.web.contract import Conversion, Converted, FilesToConvert, Lost
from argmine.web.problems import Code, RefusedError

IN_MEMORY = Path("/dev/shm")  # noqa: S108 (a new folder in it, that only this user may open)


def convert(asked: Conversion) -> Converted:
    """Graphs, or files of graphs, in another format.

    Raises:
        RefusedError: a file is broken or its format cannot be told, or the format cannot hold the graphs.
    """
    form = format_named(asked.to)
    with _folder() as folder:
        try:
            graphs = _read(asked, folder) if isinstance(asked, FilesToConvert) else asked.graphs
            files = _write(graphs, form, folder)
        except ArgmineError as error:
            raise RefusedError(Code.UNREADABLE, error.message, place=_place(error, folder)) from error
    return Converted(files=files, lost=_lost(graphs, form))


def _folder() -> TemporaryDirectory[str]:
    place = IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None
    return TemporaryDirectory(prefix="argmine-", dir=place)


def _read(asked: FilesToConvert, folder: str) -> list[ArgumentGraph]:
    source = Path(folder) / "in"
    source.mkdir()
    for name, content in asked.files.items():
        (source / name).write_bytes(content.encode())
    form = None if asked.from_ is None else format_named(asked.from_)
    if len(asked.files) == 1:
        return read_graphs(source / next(iter(asked.files)), form)
    if form is None:
        raise FormatError("there are several files: name their format in `from`")
    return read_graphs(source, form)


def _write(graphs: Sequence[ArgumentGraph], form: Format, folder: str) -> dict[str, str]:
    target = Path(folder) / "out"
    target.mkdir()
    write_graphs(graphs, target / f"graphs{form.endings[0]}" if form.many else target, form)
    return {file.name: file.read_bytes().decode() for file in sorted(target.iterdir())}


def _lost(graphs: Sequence[ArgumentGraph], form: Format) -> tuple[Lost, ...]:
    counts = Counter(loss for graph in graphs for loss in form.lost(graph))
    return tuple(Lost(what=loss.value, graphs=number) for loss, number in counts.items())


def _place(error: ArgmineError, folder: str) -> str | None:
    """The file's name without the folder, and its line."""
    if error.path is None or error.path in (f"{folder}/in", f"{folder}/out"):
        return "files" if error.path is None else None
    name = Path(error.path).name
    return name if error.line is None else f"{name}:{error.line}"
