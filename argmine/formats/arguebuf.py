"""Arguebuf, the JSON of its protocol buffers: atoms with the place that they quote, schemes, edges, a major claim.

Of several major claims the last is named as such; which others there are, and what else arguebuf has no place for,
stands in a note under `userdata`, so nothing is lost. Format: Lenz et al. (2023); https://github.com/recap-utr/arguebuf
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, JsonValue

from argmine.errors import FormatError
from argmine.formats.files import only, read_json, reading, stem, write_json
from argmine.formats.node_graphs import graph_of
from argmine.formats.nodes import Kind, Network, Node, network_of, own_names
from argmine.formats.note import KEY, note_of, read_note
from argmine.graph import ArgumentGraph, ComponentType, RelationType

SCHEMA_VERSION = 1
RESOURCE = "text"
PREFIXES = {RelationType.SUPPORT: "SUPPORT_", RelationType.ATTACK: "ATTACK_"}
DEFAULT = "DEFAULT"


class _Reference(BaseModel):
    resource: str = ""
    offset: int = 0
    text: str = ""


class _Atom(BaseModel):
    text: str = ""
    reference: _Reference | None = None


class _Node(BaseModel):
    atom: _Atom | None = None
    scheme: dict[str, Any] | None = None


class _Edge(BaseModel):
    source: str
    target: str


class _Resource(BaseModel):
    text: str = ""


class _Content(BaseModel):
    """What is read of a file."""

    nodes: dict[str, _Node]
    edges: dict[str, _Edge] = Field(default_factory=dict)
    resources: dict[str, _Resource] = Field(default_factory=dict)
    majorClaim: str | None = None  # noqa: N815 (the format's own name)
    userdata: dict[str, Any] = Field(default_factory=dict)


def read_graphs(path: Path) -> list[ArgumentGraph]:
    """The graph of a file, named by it where nothing else names it.

    Its text is the one resource where there is one, else the atoms, a line each.

    Raises:
        FormatError: the file is missing or broken; it says where.
    """
    with reading(path, "arguebuf"):
        content = _Content.model_validate(read_json(path))
        note = read_note(content.userdata.get(KEY))
        text = next(iter(content.resources.values())).text if len(content.resources) == 1 else None
        found = graph_of(_network(content), name=stem(path), text=text, note=note)
    return [found]


def write_graphs(graphs: Sequence[ArgumentGraph], path: Path) -> None:
    """Writes one graph.

    Raises:
        FormatError: there is not one graph.
        ArgmineError: the file cannot be written.
    """
    graph = only(graphs, path)
    names = own_names(graph)
    found = network_of(graph, names)
    content: dict[str, JsonValue] = {
        "nodes": {node.id: _written(node) for node in found.nodes},
        "edges": {f"e{n}": {"source": a, "target": b} for n, (a, b) in enumerate(found.edges, 1)},
        "resources": {RESOURCE: {"text": graph.text}},
        "schemaVersion": SCHEMA_VERSION,
        # In a string, for a protobuf Struct knows no integers.
        "userdata": {KEY: note_of(graph, names.nodes, names.schemes).model_dump_json()},
    }
    if graph.major_claims:
        content["majorClaim"] = names.nodes[graph.major_claims[-1].id]
    write_json(content, path)


def _network(content: _Content) -> Network:
    for name, edge in content.edges.items():
        for end in (edge.source, edge.target):
            if end not in content.nodes:
                raise FormatError(f"edge {name}: there is no node {end}")
    if content.majorClaim and content.majorClaim not in content.nodes:
        raise FormatError(f"the major claim: there is no node {content.majorClaim}")
    nodes = tuple(_node(name, found, thesis=name == content.majorClaim) for name, found in content.nodes.items())
    return Network(nodes, tuple((edge.source, edge.target) for edge in content.edges.values()))


def _node(name: str, found: _Node, *, thesis: bool) -> Node:
    if found.atom is not None:
        if not found.atom.text:
            raise FormatError(f"atom {name} has no words")
        start = found.atom.reference.offset if found.atom.reference and found.atom.reference.resource else None
        kind = ComponentType.MAJOR_CLAIM if thesis else None
        return Node(name, Kind.STATEMENT, text=found.atom.text, start=start, type=kind)
    if found.scheme is None:
        raise FormatError(f"node {name} is neither an atom nor a scheme")
    for relation, prefix in PREFIXES.items():
        if relation.value in found.scheme:
            scheme = str(found.scheme[relation.value]).removeprefix(prefix)
            label = None if scheme == DEFAULT else scheme.replace("_", " ").capitalize()
            return Node(name, Kind.SCHEME, relation=relation, label=label)
    return Node(name, Kind.OTHER, label=next(iter(found.scheme), None))


def _written(node: Node) -> JsonValue:
    if node.relation is None:
        reference: JsonValue = {"resource": RESOURCE, "offset": node.start, "text": node.text}
        return {"atom": {"text": node.text, "reference": reference}}
    return {"scheme": {node.relation.value: f"{PREFIXES[node.relation]}{DEFAULT}"}}
