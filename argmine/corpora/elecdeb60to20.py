"""Debates of US presidential candidates, 1960 to 2020 (Haddadan et al. 2019; Goffredo et al. 2023): brat standoff.

The components of 45 debates; a document's id is its file's name. A component of several parts covers all from the
first to the last, and the graph's `meta["parts"]` has its parts by its id; components may overlap. Relations are not
read: their files number the components anew, by sections of the debates whose text is not given. There are no
official splits.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import JsonValue

from argmine.corpora.brat_graph import brat_components
from argmine.corpora.corpus import Corpus, Repair, RepairRule
from argmine.corpora.damage import naming_its_file
from argmine.document import Document
from argmine.errors import CorpusError
from argmine.formats.brat import Discontinuous, parse_brat
from argmine.formats.text import read_text
from argmine.graph import ArgumentGraph, Component

NAME = "elecdeb60to20"
LICENCE = "none stated: research use"

_SPAN = re.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:; ?\d+ \d+)+)\t(.*)")
_NAME = re.compile(r"(\d+)_\d{4}")


def read(folder: Path) -> Corpus:
    """The corpus from its folder.

    Raises:
        FormatError: a file is missing or damaged.
        CorpusError: a label is unknown, a quote does not stand at its offsets, or no debate is there.
    """
    place = folder / "data" / "annotations" / "components"
    paths: list[tuple[int, Path]] = []
    for path in place.glob("*.ann"):
        found = _NAME.fullmatch(path.stem)
        if not found:
            raise CorpusError("a debate's name must be a number and a year", path=path)
        paths.append((int(found[1]), path))
    if not paths:
        raise CorpusError("no .ann files", path=place)
    repairs: list[Repair] = []
    graphs = tuple(_debate(path, repairs) for _, path in sorted(paths))
    return Corpus(NAME, graphs, LICENCE, repairs=tuple(repairs))


@dataclass(slots=True)
class _Lines:
    """An `.ann` file's lines as brat writes them, and the parts of the components that have several, by id."""

    lines: list[str] = field(default_factory=list)
    parts: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


@naming_its_file
def _debate(path: Path, repairs: list[Repair]) -> ArgumentGraph:
    """One debate; what had to be repaired is added to `repairs`."""
    document = Document(id=path.stem, text=read_text(path.with_suffix(".txt")))
    read = _lines(read_text(path), document, repairs)
    brat = parse_brat("\n".join(read.lines), document.text, path=path, discontinuous=Discontinuous.COVER)
    for span in brat.spans:
        parts = read.parts.get(span.id, [(span.start, span.end)])
        if span.quote not in (_quoted(document.text, parts), _quoted(document.text, parts[1:] + parts[:1])):
            message = f"{span.id}: {span.quote[:40]!r} does not stand at {span.start}..{span.end}"
            raise CorpusError(message, path=path, line=span.line)
    components = [_stripped(c, repairs, document) for c in brat_components(NAME, document, brat)]
    parts_by_id: dict[str, JsonValue] = {name: [list(part) for part in parts] for name, parts in read.parts.items()}
    return ArgumentGraph.build(document, components, (), meta={"parts": parts_by_id} if parts_by_id else {})


def _lines(annotations: str, document: Document, repairs: list[Repair]) -> _Lines:
    read = _Lines()
    for line in annotations.split("\n"):
        found = _SPAN.fullmatch(line.removesuffix("\r"))
        if not found:
            read.lines.append(line)
            continue
        stated = [(int(start), int(end)) for start, end in (part.split() for part in found[3].split(";"))]
        parts = sorted(stated)
        if parts != stated:
            repairs.append(Repair(RepairRule.PARTS_OUT_OF_ORDER, document.id, f"{found[1]}: {found[3]}"))
        read.parts[found[1]] = parts
        read.lines.append(f"{found[1]}\t{found[2]} {';'.join(f'{start} {end}' for start, end in parts)}\t{found[4]}")
    return read


def _quoted(text: str, parts: list[tuple[int, int]]) -> str:
    """The parts as brat quotes them, a space between."""
    return " ".join(text[start:end] for start, end in parts)


def _stripped(component: Component, repairs: list[Repair], document: Document) -> Component:
    text = component.text.strip()
    if text == component.text:
        return component
    start = component.start + len(component.text) - len(component.text.lstrip())
    place = {"start": start, "end": start + len(text), "text": text}
    detail = f"{component.id}: {component.start}..{component.end} is {start}..{start + len(text)}"
    repairs.append(Repair(RepairRule.OUTER_SPACE, document.id, detail))
    return Component.model_validate({**component.model_dump(exclude={"role"}), **place})
