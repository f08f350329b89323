"""SADFace, the Simple Argument Description Format: atoms, schemes and edges in JSON, and metadata by namespace.

The text is a resource; what atoms and schemes have no place for stands in the metadata under `argmine`, so nothing is
lost. Ids of nodes and edges are UUIDs, as the format wants them. Format: https://github.com/Open-Argumentation/SADFace
"""

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, JsonValue

from argmine.errors import FormatError
from argmine.formats.files import only, read_json, reading, stem, write_json
from argmine.formats.names import find_relation_type
from argmine.formats.node_graphs import graph_of
from argmine.formats.nodes import Kind, Network, Node, NodeNames, network_of, unique_names
from argmine.formats.note import KEY, note_of, read_note
from argmine.graph import ArgumentGraph, RelationType

VERSION = "0.2"
# The format wants dates; a graph has none, and equal graphs are to give equal files.
NO_DATE = "1970-01-01T00:00:00"
SCHEME_NAMES = {RelationType.SUPPORT: "support", RelationType.ATTACK: "conflict"}
_UNNAMED = {"support", "attack", "conflict", "inference"}


class _Edge(BaseModel):
    source_id: str
    target_id: str


class _Node(BaseModel):
    id: str
    type: str
    text: str = ""
    name: str = ""


class _Resource(BaseModel):
    content: str = ""


class _Content(BaseModel):
    """What is read of a file."""

    nodes: tuple[_Node, ...]
    edges: tuple[_Edge, ...]
    resources: tuple[_Resource, ...] = ()
    metadata: dict[str, Any] = Field(default_factory=dict)


def read_graphs(path: Path) -> list[ArgumentGraph]:
    """The graph of a file, named by it where nothing else names it.

    Its text is the one resource where there is one, else the atoms, a line each.

    Raises:
        FormatError: the file is missing or broken; it says where.
    """
    with reading(path, "SADFace"):
        content = _Content.model_validate(read_json(path))
        note = read_note(content.metadata.get(KEY))
        text = content.resources[0].content if len(content.resources) == 1 and (note or _quotes(content)) else None
        found = graph_of(_network(content), name=stem(path), text=text, note=note)
    return [found]


def write_graphs(graphs: Sequence[ArgumentGraph], path: Path) -> None:
    """Writes one graph.

    Raises:
        FormatError: there is not one graph.
        ArgmineError: the file cannot be written.
    """
    graph = only(graphs, path)
    names = unique_names(graph)
    note = note_of(graph, names.nodes, names.schemes)
    content = {
        "metadata": {"core": _core(graph), KEY: note.model_dump(mode="json")},
        "resources": [_resource(graph)],
        **_written(graph, names),
    }
    write_json(content, path)


def _quotes(content: _Content) -> bool:
    """Whether the one resource has a text that all atoms stand in."""
    text = content.resources[0].content
    return bool(text) and all(node.text in text for node in content.nodes if node.type == "atom")


def _network(content: _Content) -> Network:
    nodes: dict[str, Node] = {}
    for found in content.nodes:
        if found.id in nodes:
            raise FormatError(f"two nodes have the id {found.id}")
        nodes[found.id] = _node(found)
    for edge in content.edges:
        for end in (edge.source_id, edge.target_id):
            if end not in nodes:
                raise FormatError(f"the edge from {edge.source_id} to {edge.target_id}: there is no node {end}")
    return Network(tuple(nodes.values()), tuple((edge.source_id, edge.target_id) for edge in content.edges))


def _node(found: _Node) -> Node:
    if found.type == "atom":
        if not found.text:
            raise FormatError(f"atom {found.id} has no words")
        return Node(found.id, Kind.STATEMENT, text=found.text)
    if found.type != "scheme":
        raise FormatError(f"node {found.id} is of type {found.type!r}, allowed are atom and scheme")
    relation = find_relation_type(found.name)
    # Schemes of Walton and others support what they lead to; those that say neither are no relation.
    if relation is None and found.name.lower() not in ("rephrase", "preference", ""):
        relation = RelationType.SUPPORT
    kind = Kind.OTHER if relation is None else Kind.SCHEME
    label = None if found.name.lower() in _UNNAMED else found.name
    return Node(found.id, kind, text=found.text, relation=relation, label=label)


def _core(graph: ArgumentGraph) -> dict[str, JsonValue]:
    name = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{graph.id}\0document"))
    told = {"title": graph.id, "description": "", "notes": "", "analyst_name": "argmine", "analyst_email": ""}
    return {"id": name, "version": VERSION, "created": NO_DATE, "edited": NO_DATE, **told}


def _resource(graph: ArgumentGraph) -> dict[str, JsonValue]:
    name = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{graph.id}\0resource"))
    return {"id": name, "content": graph.text, "type": "text", "metadata": {}}


def _written(graph: ArgumentGraph, names: NodeNames) -> dict[str, JsonValue]:
    found = network_of(graph, names)
    nodes: list[JsonValue] = [_node_written(node) for node in found.nodes]
    edges: list[JsonValue] = [
        {"id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{a}\0{b}")), "source_id": a, "target_id": b} for a, b in found.edges
    ]
    return {"nodes": nodes, "edges": edges}


def _node_written(node: Node) -> JsonValue:
    if node.relation is None:
        return {"id": node.id, "type": "atom", "text": node.text, "sources": [], "metadata": {}}
    return {"id": node.id, "type": "scheme", "name": SCHEME_NAMES[node.relation], "metadata": {}}
