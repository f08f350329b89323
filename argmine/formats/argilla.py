"""Argilla's records, with components as spans to be corrected: suggestions where a model made them, else responses.

Argilla has no relations and no ids of spans: these stand in the record's metadata, and hold for spans that were not
changed. Of a record that persons annotated, the last submitted response is read. Offsets are code points.
Format: `rg.Dataset.records.to_json` of Argilla 2; https://docs.argilla.io/latest/reference/argilla/records/records/
"""

from collections import Counter
from collections.abc import Container, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, JsonValue, TypeAdapter

from argmine.errors import FormatError
from argmine.formats.files import read_json, reading, write_json
from argmine.formats.label_studio import NAMES
from argmine.formats.names import component_type
from argmine.formats.node_graphs import graph_of
from argmine.formats.nodes import Kind, Network, Node, own_names
from argmine.formats.note import KEY, Note, note_of, read_note
from argmine.graph import ArgumentGraph, Component

FIELD, QUESTION = "text", "components"
SUBMITTED = "submitted"
NO_ONE = "00000000-0000-0000-0000-000000000000"
"""The user of a response that no person gave: gold."""


class _Span(BaseModel):
    start: int
    end: int
    label: str


class _Suggestion(BaseModel):
    value: tuple[_Span, ...] = ()


class _Response(BaseModel):
    value: tuple[_Span, ...] = ()
    status: str | None = SUBMITTED


class _Record(BaseModel):
    """What is read of a record."""

    fields: dict[str, Any]
    id: str | int | None = None
    suggestions: dict[str, _Suggestion] = Field(default_factory=dict)
    responses: dict[str, tuple[_Response, ...]] = Field(default_factory=dict)
    metadata: dict[str, Any] = Field(default_factory=dict)


_RECORDS: TypeAdapter[list[_Record]] = TypeAdapter(list[_Record])


def read_graphs(path: Path) -> list[ArgumentGraph]:
    """The graphs of a file of records; one that nothing names is called by file and number.

    Raises:
        FormatError: the file is missing or broken; it names the record, from 0.
    """
    with reading(path, "records of Argilla"):
        records = _RECORDS.validate_python(read_json(path))
    return [_named(number, record, path) for number, record in enumerate(records)]


def write_graphs(graphs: Sequence[ArgumentGraph], path: Path) -> None:
    """Writes a record a graph.

    Raises:
        ArgmineError: the file cannot be written.
    """
    write_json([_record(graph) for graph in graphs], path)


def _named(number: int, record: _Record, path: Path) -> ArgumentGraph:
    try:
        return _graph(record, f"{path.name.partition('.')[0]}-{record.id or number + 1}")
    except FormatError as error:
        raise FormatError(f"record {number}: {error.message}", path=path) from error


def _graph(record: _Record, name: str) -> ArgumentGraph:
    text = record.fields.get(FIELD)
    if not isinstance(text, str):
        raise FormatError(f"there is no field {FIELD}")
    note = read_note(record.metadata.get(KEY))
    answered = [r.value for r in record.responses.get(QUESTION, ()) if r.status == SUBMITTED]
    suggested = [record.suggestions[QUESTION].value] if QUESTION in record.suggestions else []
    spans = (answered or suggested or [()])[-1]
    return graph_of(_network(spans, text, note), name=name, text=text, note=note)


def _network(spans: Sequence[_Span], text: str, note: Note | None) -> Network:
    """The spans as statements, under the names that the note has for their places, with the relations that it knows."""
    known = _by_place(note)
    seen: Counter[tuple[int, int]] = Counter()
    statements: list[Node] = []
    for number, span in enumerate(spans, 1):
        if not 0 <= span.start < span.end <= len(text):
            raise FormatError(f"span {number} is {span.start}..{span.end}, text has {len(text)} characters")
        place = span.start, span.end
        name = known.get((*place, seen[place]), f"span-{number}")
        seen[place] += 1
        kind = component_type(span.label)
        statements.append(Node(name, Kind.STATEMENT, text=text[span.start : span.end], start=span.start, type=kind))
    schemes, edges = _known_relations({node.id for node in statements}, note)
    return Network((*statements, *schemes), tuple(edges))


def _by_place(note: Note | None) -> dict[tuple[int, int, int], str]:
    """The name of each component by its place and its number among those at the same place."""
    seen: Counter[tuple[int, int]] = Counter()
    found: dict[tuple[int, int, int], str] = {}
    for name, c in note.components.items() if note else ():
        found[c.start, c.end, seen[c.start, c.end]] = name
        seen[c.start, c.end] += 1
    return found


def _known_relations(names: Container[str], note: Note | None) -> tuple[list[Node], list[tuple[str, str]]]:
    """The relations of the note both of whose ends are there."""
    components = note.components if note else {}
    nodes = {c.id: name for name, c in components.items() if name in names}
    relations = note.relations if note else {}
    kept = {name: r for name, r in relations.items() if r.source in nodes and r.target in nodes}
    schemes = [Node(name, Kind.SCHEME, relation=r.type) for name, r in kept.items()]
    edges = [edge for name, r in kept.items() for edge in ((nodes[r.source], name), (name, nodes[r.target]))]
    return schemes, edges


def _record(graph: ArgumentGraph) -> JsonValue:
    names = own_names(graph)
    spans: list[JsonValue] = [_span(c) for c in graph.components]
    note = note_of(graph, names.nodes, names.schemes).model_dump_json()
    record: dict[str, JsonValue] = {"id": graph.id, "fields": {FIELD: graph.text}, "metadata": {KEY: note}}
    if graph.model is None:
        answer: JsonValue = {"value": spans, "user_id": NO_ONE}
        return {**record, "suggestions": {}, "responses": {QUESTION: [answer]}}
    agent = f"{graph.model.name} {graph.model.revision}"
    sure = [c.probability for c in graph.components]
    score: JsonValue = [p for p in sure if p is not None] if sure and None not in sure else None
    suggestion: JsonValue = {"value": spans, "score": score, "agent": agent}
    return {**record, "suggestions": {QUESTION: suggestion}, "responses": {}}


def _span(component: Component) -> JsonValue:
    return {"start": component.start, "end": component.end, "label": NAMES[component.type]}
