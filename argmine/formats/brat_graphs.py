"""Argument graphs as brat standoff, to be annotated and read back.

Labels name the types of components and relations (`MajorClaim`, `supports`, …); attributes and notes of annotators
stand in `meta`. Corpora whose labels mean something else have readers of their own.
"""

from collections.abc import Sequence
from pathlib import Path

from pydantic import JsonValue, ValidationError

from argmine.document import Document
from argmine.errors import FormatError, faults
from argmine.formats.brat import BratDocument, BratRelation, BratSpan, Discontinuous, read_brat, write_brat
from argmine.formats.files import only
from argmine.formats.names import component_type, own_label, relation_type
from argmine.graph import ArgumentGraph, Component, Relation


def read_graphs(path: Path) -> list[ArgumentGraph]:
    """The graph of an `.ann` file and the `.txt` beside it, named by the file; a span of several parts is covered.

    Raises:
        FormatError: a file is missing or broken, a label names no type, or the parts break a rule of the graph; it
            names the line where there is one.
    """
    brat = read_brat(path, discontinuous=Discontinuous.COVER)
    document = Document(id=path.stem, text=brat.text)
    components = [_component(span, brat) for span in brat.spans]
    relations = [_relation(relation, brat) for relation in brat.relations]
    try:
        return [ArgumentGraph.build(document, components, relations, meta=_meta(brat))]
    except ValidationError as error:
        raise FormatError(f"breaks a rule of argument graphs: {faults(error)}", path=path) from error


def write_graphs(graphs: Sequence[ArgumentGraph], path: Path) -> None:
    """Writes one graph as `path` and the `.txt` beside it; labels are the types.

    Raises:
        FormatError: there is not one graph.
        ArgmineError: a file cannot be written.
    """
    write_brat(only(graphs, path), path, own_labels=False)


def _component(span: BratSpan, brat: BratDocument) -> Component:
    try:
        kind = component_type(span.label)
    except FormatError as error:
        raise FormatError(f"{span.id}: {error.message}", path=brat.path, line=span.line) from error
    text = brat.text[span.start : span.end]
    return Component(
        id=span.id, type=kind, label=own_label(span.label, kind), start=span.start, end=span.end, text=text
    )


def _relation(relation: BratRelation, brat: BratDocument) -> Relation:
    try:
        kind = relation_type(relation.label)
    except FormatError as error:
        raise FormatError(f"{relation.id}: {error.message}", path=brat.path, line=relation.line) from error
    label = own_label(relation.label, kind)
    return Relation(id=relation.id, source=relation.source, target=relation.target, type=kind, label=label)


def _meta(brat: BratDocument) -> dict[str, JsonValue]:
    attributes: list[JsonValue] = [
        {"id": a.id, "label": a.label, "target": a.target, "value": a.value} for a in brat.attributes
    ]
    notes: list[JsonValue] = [{"id": n.id, "label": n.label, "target": n.target, "text": n.text} for n in brat.notes]
    return {key: found for key, found in (("attributes", attributes), ("notes", notes)) if found}
