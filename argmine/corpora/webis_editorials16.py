"""Webis-Editorials-16 (Al-Khatib et al. 2016): news editorials cut into units; 208 of the 300 are here.

JSON: paragraphs of fragments, each under one label; no fragment is marked as continuing another, so each is a unit
by itself, also where two of one label touch. The file has no text of the whole. It is made here by joining the
fragments: paragraphs parted by an empty line; within one, a space between two fragments unless there is white space
already, the second begins with closing punctuation or the first ends with an opening bracket.

Units of the labels `title` and `other` are no components and stand in `meta["units"]`; `no-unit` is the words
between units. A component's id is `c` and its fragment's number. No relations, no splits; `meta["portal"]` says which
of the three published it.
"""

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from argmine.corpora.corpus import Corpus, Repair, RepairRule
from argmine.corpora.damage import naming_its_file
from argmine.corpora.edges import without_outer_space
from argmine.corpora.units import LabelledSpan, components_of, moved, other_units
from argmine.document import Document, Span
from argmine.errors import CorpusError
from argmine.formats.text import read_text
from argmine.graph import ArgumentGraph

NAME = "webis-editorials16"
LICENCE = "none stated: research use"

_PORTALS = ("aljazeera", "foxnews", "guardian")
_NO_UNIT = "no-unit"
_CLOSING = tuple(".,:;?!%)]*\\")
_OPENING = ("(", "[")


class _Fragment(BaseModel):
    model_config = ConfigDict(extra="forbid")

    number: int
    text: str = Field(min_length=1)
    label: str


class _Editorial(BaseModel):
    model_config = ConfigDict(extra="forbid")

    paragraphs: list[list[_Fragment]]


def read(folder: Path) -> Corpus:
    """The corpus from its folder.

    Raises:
        FormatError: a file is not UTF-8.
        CorpusError: a portal is missing, a file is damaged or a label unknown.
    """
    repairs: list[Repair] = []
    graphs = [_editorial(path, portal, repairs) for portal in _PORTALS for path in _paths(folder / portal)]
    return Corpus(NAME, tuple(graphs), LICENCE, repairs=tuple(repairs))


def _paths(folder: Path) -> list[Path]:
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise CorpusError("no .json files", path=folder)
    return paths


@naming_its_file
def _editorial(path: Path, portal: str, repairs: list[Repair]) -> ArgumentGraph:
    paragraphs = _Editorial.model_validate_json(read_text(path)).paragraphs
    document, places = _joined(path.stem, paragraphs)
    units = [_unit(document, fragment, place, repairs) for fragment, place in places if fragment.label != _NO_UNIT]
    components, others = components_of(NAME, document, units), other_units(NAME, units)
    meta: dict[str, JsonValue] = {"portal": portal, "units": others}
    return ArgumentGraph.build(document, components, meta=meta)


def _joined(name: str, paragraphs: list[list[_Fragment]]) -> tuple[Document, list[tuple[_Fragment, Span]]]:
    """The text that the fragments make, and where each stands in it."""
    parts: list[str] = []
    places: list[tuple[_Fragment, Span]] = []
    length = 0
    for before, fragment in _seams(paragraphs):
        parts += [before, fragment.text]
        start = length + len(before)
        length = start + len(fragment.text)
        places.append((fragment, Span(start=start, end=length)))
    return Document(id=name, text="".join(parts)), places


def _seams(paragraphs: list[list[_Fragment]]) -> Iterator[tuple[str, _Fragment]]:
    """Each fragment with what comes between it and the one before."""
    before: str | None = None
    for paragraph in paragraphs:
        for number, fragment in enumerate(paragraph):
            if before is None:
                yield "", fragment
            else:
                yield _seam(before, fragment.text) if number else "\n\n", fragment
            before = fragment.text


def _seam(left: str, right: str) -> str:
    if left[-1].isspace() or right[0].isspace():
        return ""
    return "" if right.startswith(_CLOSING) or left.endswith(_OPENING) else " "


def _unit(document: Document, fragment: _Fragment, place: Span, repairs: list[Repair]) -> LabelledSpan:
    name = f"c{fragment.number}"
    span = without_outer_space(document.text, place.start, place.end)
    if span is None:
        raise CorpusError(f"fragment {fragment.number} is {fragment.label} and holds white space alone")
    repairs.extend(moved(RepairRule.OUTER_SPACE, document.id, name, place, span))
    return LabelledSpan(name, fragment.label, span)
