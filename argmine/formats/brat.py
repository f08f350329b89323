"""Brat standoff: a text file and, beside it, an `.ann` file of spans, relations, attributes and notes.

Read into a neutral form, for labels mean what a corpus says they mean; graphs are written with their own
labels. Offsets are code points into the text as it is: no newline is translated. Events, normalisations and
equivalences are refused. Format: https://brat.nlplab.org/standoff.html
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from argmine.errors import FormatError
from argmine.formats.output import replacing
from argmine.formats.text import read_text
from argmine.graph import ArgumentGraph, Component, Relation

_LINE_BREAK = re.compile(r"[\r\n]")
_TEXT_BOUND = re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)")
_RELATION = re.compile(r"(\S+) (?:\S+?):(\S+) (?:\S+?):(\S+)\s*")
_ATTRIBUTE = re.compile(r"(\S+) (\S+)(?: (\S+))?\s*")
_NOTE = re.compile(r"(\S+) (\S+)\s*")


class Discontinuous(StrEnum):
    """What to do with a span of several parts."""

    REFUSE = "refuse"
    """Raise a `FormatError`."""

    COVER = "cover"
    """Take all from the start of the first part to the end of the last."""


@dataclass(frozen=True, slots=True)
class BratSpan:
    """A T line: half-open code points of the text, and the text that the file says stands there."""

    id: str
    label: str
    start: int
    end: int
    quote: str
    line: int


@dataclass(frozen=True, slots=True)
class BratRelation:
    """An R line; the arguments in the order they are written, by convention source and target."""

    id: str
    label: str
    source: str
    target: str
    line: int


@dataclass(frozen=True, slots=True)
class BratAttribute:
    """An A or M line; `value` is None for a flag."""

    id: str
    label: str
    target: str
    value: str | None
    line: int


@dataclass(frozen=True, slots=True)
class BratNote:
    """A # line: an annotator's remark on `target`."""

    id: str
    label: str
    target: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class BratDocument:
    """What an `.ann` file holds, in the order of its lines, and the text it is about."""

    path: Path
    text: str
    spans: tuple[BratSpan, ...]
    relations: tuple[BratRelation, ...]
    attributes: tuple[BratAttribute, ...]
    notes: tuple[BratNote, ...]


_Item = BratSpan | BratRelation | BratAttribute | BratNote


def read_brat(
    path: Path, *, discontinuous: Discontinuous = Discontinuous.REFUSE, check_quotes: bool = True
) -> BratDocument:
    """The annotations of an `.ann` file, with the text of the `.txt` file beside it.

    Args:
        path: the `.ann` file.
        discontinuous: what to do with spans of several parts.
        check_quotes: whether each span's quote must stand at its offsets; a corpus known to be damaged may
            say no and search for the quotes itself.

    Raises:
        FormatError: a file is missing or not UTF-8, or a line breaks the format; it names file and line.
    """
    text = read_text(path.with_suffix(".txt"))
    document = parse_brat(read_text(path), text, path=path, discontinuous=discontinuous)
    if check_quotes:
        _check_quotes(document, discontinuous)
    return document


def parse_brat(
    annotations: str, text: str, *, path: Path, discontinuous: Discontinuous = Discontinuous.REFUSE
) -> BratDocument:
    """The annotations of `text`; quotes are not compared with it, `path` is for messages only.

    Raises:
        FormatError: a line breaks the format, an id comes twice, or an annotation is about an unknown one.
    """
    items = list(_items(annotations, path, discontinuous))
    _check_ids(items, path)
    document = BratDocument(
        path=path,
        text=text,
        spans=tuple(i for i in items if isinstance(i, BratSpan)),
        relations=tuple(i for i in items if isinstance(i, BratRelation)),
        attributes=tuple(i for i in items if isinstance(i, BratAttribute)),
        notes=tuple(i for i in items if isinstance(i, BratNote)),
    )
    _check_references(document)
    return document


def write_brat(graph: ArgumentGraph, path: Path, *, own_labels: bool = True) -> None:
    """Writes a graph as `path` (the `.ann` file) and the `.txt` beside it.

    Ids that brat would refuse are replaced. Probabilities and `meta` are not written; a component across lines is
    quoted with its line breaks as spaces, as `read_brat` wants it (brat itself would split it).

    Args:
        graph: what is written.
        path: the `.ann` file.
        own_labels: whether labels are the corpus's own where there are any, else the types; or always the types.

    Raises:
        ArgmineError: a file cannot be written.
    """
    names = {c.id: name for c, name in zip(graph.components, _span_ids(graph.components), strict=True)}
    lines = [_span_line(names[c.id], c, own_labels=own_labels) for c in graph.components]
    for number, relation in enumerate(graph.relations, 1):
        ends = f"Arg1:{names[relation.source]} Arg2:{names[relation.target]}"
        lines.append(f"R{number}\t{_label(relation, own_labels=own_labels)} {ends}")
    with replacing(path.with_suffix(".txt")) as stream:
        stream.write(graph.text.encode())
    with replacing(path) as stream:
        stream.write("".join(f"{line}\n" for line in lines).encode())


def _items(annotations: str, path: Path, discontinuous: Discontinuous) -> Iterator[_Item]:
    for number, raw in enumerate(annotations.split("\n"), 1):
        line = raw.removesuffix("\r")
        if line.strip():
            yield _item(line, number, path, discontinuous)


def _item(line: str, number: int, path: Path, discontinuous: Discontinuous) -> _Item:
    fields = line.split("\t", 2)
    name, body, rest = (*fields, "", "")[:3]
    if line[0] == "T":
        try:
            label, start, end = _span(fields, discontinuous)
        except ValueError as error:
            raise FormatError(f"{name}: {error}", path=path, line=number) from error
        return BratSpan(name, label, start, end, rest.removesuffix("\t"), number)
    if line[0] == "R" and (found := _RELATION.fullmatch(body)):
        return BratRelation(name, found[1], found[2], found[3], number)
    if line[0] in "AM" and (found := _ATTRIBUTE.fullmatch(body)):
        return BratAttribute(name, found[1], found[2], found[3], number)
    if line[0] == "#" and (found := _NOTE.fullmatch(body)):
        return BratNote(name, found[1], found[2], rest, number)
    raise FormatError(f"no span, relation, attribute or note: {line[:60]!r}", path=path, line=number)


def _span(fields: list[str], discontinuous: Discontinuous) -> tuple[str, int, int]:
    """Label, start and end of a T line; a plain ValueError says what is wrong with it."""
    found = _TEXT_BOUND.fullmatch(fields[1]) if len(fields) == 3 else None
    if not found:
        raise ValueError("label, start, end and quoted text were expected")
    parts = [(int(start), int(end)) for start, end in (part.split(" ") for part in found[2].split(";"))]
    if len(parts) > 1 and discontinuous is Discontinuous.REFUSE:
        raise ValueError(f"{len(parts)} parts, only one is allowed")
    start, end = parts[0][0], parts[-1][1]
    if end <= start:
        raise ValueError(f"it must end after its start, found {start}..{end}")
    return found[1], start, end


def _check_ids(items: Iterable[_Item], path: Path) -> None:
    seen: dict[str, int] = {}
    for item in items:
        if item.id in seen:
            raise FormatError(f"{item.id} was defined in line {seen[item.id]}", path=path, line=item.line)
        seen[item.id] = item.line


def _check_references(document: BratDocument) -> None:
    spans = {s.id for s in document.spans}
    known = spans | {r.id for r in document.relations}
    ends: list[tuple[_Item, str, set[str]]] = [
        (r, name, spans) for r in document.relations for name in (r.source, r.target)
    ]
    marks: list[tuple[_Item, str, set[str]]] = [(a, a.target, known) for a in document.attributes]
    for item, name, allowed in (*ends, *marks):
        if name not in allowed:
            message = f"{item.id} names {name}, which is not defined here"
            raise FormatError(message, path=document.path, line=item.line)


def _check_quotes(document: BratDocument, discontinuous: Discontinuous) -> None:
    for span in document.spans:
        if span.end > len(document.text):
            message = f"{span.id} ends at {span.end}, text has {len(document.text)} characters"
            raise FormatError(message, path=document.path, line=span.line)
        found = document.text[span.start : span.end]
        covered = discontinuous is Discontinuous.COVER and len(found) > len(span.quote)
        if not covered and _flat(found) != span.quote:
            message = f"{span.id} quotes {span.quote[:40]!r}, the text at its place is {found[:40]!r}"
            raise FormatError(message, path=document.path, line=span.line)


def _label(item: Component | Relation, *, own_labels: bool) -> str:
    return (own_labels and item.label) or item.type.value


def _span_line(name: str, component: Component, *, own_labels: bool) -> str:
    label = _label(component, own_labels=own_labels)
    return f"{name}\t{label} {component.start} {component.end}\t{_flat(component.text)}"


def _flat(text: str) -> str:
    return _LINE_BREAK.sub(" ", text)


def _span_ids(components: tuple[Component, ...]) -> list[str]:
    if all(re.fullmatch(r"T\d+", c.id) for c in components):
        return [c.id for c in components]
    return [f"T{number}" for number in range(1, len(components) + 1)]
