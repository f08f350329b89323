"""Opinion pieces written for argmine, with their argument marked in the text; in the repository, `opinions/*.txt`.

A piece is plain text with marks, which are no part of it:

    [[m1 M|The town should keep its pool]], for [[c1 C +|it keeps pensioners healthy]].
    [[p1 P +c1|Falls dropped by a tenth after the morning sessions began]].

A mark has an id of the piece, a type (`M` major claim, `C` claim, `P` premise), for a premise the sign and the id of
what it supports (`+`) or attacks (`-`), for a claim its stance on the thesis, which becomes a relation to the last
major claim; a piece without one has claims without a sign. The rules of annotation are those of `seeds/README.md`.
Writers and annotators are language models of one family.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from argmine.corpora.corpus import Corpus
from argmine.corpora.damage import naming_its_file
from argmine.document import Document
from argmine.errors import CorpusError
from argmine.formats.text import read_text
from argmine.graph import ArgumentGraph, ComponentType

NAME = "opinions"
LICENCE = "Apache-2.0, as argmine's code"

TYPES = {"M": ComponentType.MAJOR_CLAIM, "C": ComponentType.CLAIM, "P": ComponentType.PREMISE}
SIGNS = {"+": "support", "-": "attack"}
REPOSITORY = Path(__file__).parents[2] / "opinions"
"""Where the pieces lie in a checkout; a folder of corpora need not have them."""
_MARK = re.compile(r"\[\[(?P<id>[^\s|]+) (?P<role>[^|]*)\|(?P<words>[^\[\]|]*)\]\]")
_ROLE = re.compile(r"(?P<type>[MCP])(?: (?P<sign>[+-])(?P<target>\S*))?")


@dataclass(frozen=True, slots=True)
class Unit:
    """A component as it is written down: `sign` is empty where it bears on nothing, `target` where that is the thesis.

    Offsets are of the text without marks.
    """

    id: str
    type: ComponentType
    sign: str
    target: str
    start: int
    end: int


def read(folder: Path) -> Corpus:
    """The corpus from its folder, or from the repository where there is no such folder.

    Raises:
        FormatError: a file is not UTF-8.
        CorpusError: there are no pieces, or one is marked wrongly; it says where.
    """
    paths = sorted((folder if folder.is_dir() else REPOSITORY).glob("*.txt"))
    if not paths:
        raise CorpusError("no .txt files", path=folder)
    return Corpus(NAME, tuple(_piece(path) for path in paths), LICENCE)


@naming_its_file
def _piece(path: Path) -> ArgumentGraph:
    return read_marked(path.stem, read_text(path))


def read_marked(name: str, marked: str) -> ArgumentGraph:
    """The graph of a marked text.

    Raises:
        CorpusError: a mark is no such mark, or names nothing that is there.

    >>> graph = read_marked("pool", "[[m1 M|Keep the pool]], for [[c1 C +|it keeps us healthy]].")
    >>> graph.text
    'Keep the pool, for it keeps us healthy.'
    >>> [(c.text, c.type.value) for c in graph.components]
    [('Keep the pool', 'major_claim'), ('it keeps us healthy', 'claim')]
    >>> [(r.source, r.target, r.type.value) for r in graph.relations]
    [('c1', 'm1', 'support')]
    """
    text, units, end = "", list[Unit](), 0
    for mark in _MARK.finditer(marked):
        text += marked[end : mark.start()]
        units.append(_unit(mark, len(text)))
        text += mark["words"]
        end = mark.end()
    text += marked[end:]
    for stray in ("[[", "]]"):
        if stray in text:
            place = text[max(0, text.index(stray) - 20) :][:60]
            raise CorpusError(f"{stray} outside of a mark, at {place!r}")
    return graph_of(Document(id=name, text=text), units)


def graph_of(document: Document, units: Iterable[Unit]) -> ArgumentGraph:
    """The graph of units in text order; a claim's sign is a relation to the last major claim.

    Raises:
        CorpusError: a target is not there, or claims have a sign where there is no thesis, or none where there is one.
    """
    units = list(units)
    theses = [unit.id for unit in units if unit.type is ComponentType.MAJOR_CLAIM]
    relations = [relation for unit in units for relation in _relations(unit, theses, {u.id for u in units})]
    return ArgumentGraph.build(document, [(u.id, u.type.value, u.start, u.end) for u in units], relations)


def _unit(mark: re.Match[str], start: int) -> Unit:
    role = _ROLE.fullmatch(mark["role"])
    if role is None:
        raise CorpusError(f"{mark['id']}: {mark['role']!r} is no role: M, C, C +, C -, P +id or P -id")
    end = start + len(mark["words"])
    return Unit(mark["id"], TYPES[role["type"]], role["sign"] or "", role["target"] or "", start, end)


def _relations(unit: Unit, theses: list[str], known: set[str]) -> list[tuple[str, str, str]]:
    if unit.type is ComponentType.MAJOR_CLAIM:
        if unit.sign:
            raise CorpusError(f"{unit.id}: a major claim bears on nothing")
        return []
    if unit.type is ComponentType.CLAIM and (unit.target or bool(unit.sign) != bool(theses)):
        raise CorpusError(f"{unit.id}: a claim has a sign and no target where there is a thesis, else neither")
    if unit.type is ComponentType.PREMISE and unit.target not in known:
        raise CorpusError(f"{unit.id}: it bears on {unit.target!r}, which is not there")
    return [(unit.id, unit.target or theses[-1], SIGNS[unit.sign])] if unit.sign else []
