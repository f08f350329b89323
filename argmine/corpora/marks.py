"""Marks that stand apart from the texts that they are about: a file a document, named by the id of its text."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from argmine.corpora.damage import naming_its_file
from argmine.corpora.opinions import TYPES, Unit
from argmine.errors import CorpusError
from argmine.graph import ArgumentGraph

CODE = r"(?P<type>[MCP])(?P<sign>[+-]?)(?P<target>\d*)"
"""A type, a sign and the number of a target, as in `M`, `C+`, `P-7`."""


def read_marks(
    marks: Path, originals: Iterable[ArgumentGraph], tree: Callable[[Path, ArgumentGraph], ArgumentGraph]
) -> tuple[ArgumentGraph, ...]:
    """What `tree` makes of each file of marks and the original of its name; files in order of their names.

    Raises:
        CorpusError: there are no files, a file has no original, or `tree` finds one damaged; it says where.
    """
    paths = sorted(marks.glob("*.txt"))
    if not paths:
        raise CorpusError("no .txt files", path=marks)
    known = {graph.id: graph for graph in originals}

    @naming_its_file
    def made(path: Path) -> ArgumentGraph:
        if path.stem not in known:
            raise CorpusError("there is no text of this name")
        return tree(path, known[path.stem])

    return tuple(made(path) for path in paths)


def unit_of(number: str, code: re.Match[str], start: int, end: int) -> Unit:
    """The component of that number that a code (`CODE`) tells of; its id is the number behind a `c`."""
    target = f"c{code['target']}" if code["target"] else ""
    return Unit(f"c{number}", TYPES[code["type"]], code["sign"], target, start, end)
