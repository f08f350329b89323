"""AIF, the Argument Interchange Format, in the JSON of AIFdb: I-nodes, and between them RA- and CA-nodes.

It has neither a text that statements are quoted from nor types of statements. A scheme's name, where it is not the
default one, is the label of its relations. Nodes of dialogue (L, TA, YA) and other schemes (MA, PA) stand in `meta`.
Format: Chesnevar et al. (2006); https://www.aifdb.org
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, JsonValue, ValidationError

from argmine.errors import FormatError, faults
from argmine.formats.files import only, read_json, reading, stem, write_json
from argmine.formats.node_graphs import graph_of
from argmine.formats.nodes import Kind, Network, Node, network_of, numbers
from argmine.graph import ArgumentGraph, RelationType

STATEMENT = "I"
SCHEMES = {"RA": RelationType.SUPPORT, "CA": RelationType.ATTACK}
OF_TYPE = {kind: name for name, kind in SCHEMES.items()}
DEFAULT_NAMES = {RelationType.SUPPORT: "Default Inference", RelationType.ATTACK: "Default Conflict"}
# What software calls a scheme of which it knows no more than that it supports or attacks.
SAYS_NOTHING = {"", "Default", "RA", "CA", "Inference", "Conflict", *DEFAULT_NAMES.values()}

NodeId = Annotated[str, BeforeValidator(lambda name: str(name) if isinstance(name, int) else name)]


class AifNode(BaseModel):
    """What is read of a node; files hold more."""

    nodeID: NodeId  # noqa: N815 (the format's own name)
    text: str | None = None
    type: str


class AifEdge(BaseModel):
    """What is read of an edge."""

    fromID: NodeId  # noqa: N815
    toID: NodeId  # noqa: N815


class AifContent(BaseModel):
    """What is read of a file."""

    nodes: tuple[AifNode, ...]
    edges: tuple[AifEdge, ...]


def read_graphs(path: Path) -> list[ArgumentGraph]:
    """The graph of a file, named by it, its text the statements, a line each.

    Raises:
        FormatError: the file is missing or broken; it says where.
    """
    with reading(path, "AIF"):
        return [graph_of(network(aif_content(read_json(path))), name=stem(path))]


def write_graphs(graphs: Sequence[ArgumentGraph], path: Path) -> None:
    """Writes one graph; its nodes are numbered, components first.

    Raises:
        FormatError: there is not one graph.
        ArgmineError: the file cannot be written.
    """
    write_json(written(network_of(only(graphs, path), numbers(graphs[0]))), path)


def aif_content(content: Any) -> AifContent:
    """The nodes and edges of JSON.

    Raises:
        FormatError: it has none of that form.
    """
    try:
        return AifContent.model_validate(content)
    except ValidationError as error:
        raise FormatError(f"no AIF: {faults(error)}") from error


def network(content: AifContent) -> Network:
    """Nodes and edges by what they are.

    Raises:
        FormatError: two nodes have one id, a statement is empty, or an edge leads to no node.
    """
    nodes: dict[str, Node] = {}
    for found in content.nodes:
        if found.nodeID in nodes:
            raise FormatError(f"two nodes have the id {found.nodeID}")
        nodes[found.nodeID] = _node(found)
    for edge in content.edges:
        for end in (edge.fromID, edge.toID):
            if end not in nodes:
                raise FormatError(f"the edge from {edge.fromID} to {edge.toID}: there is no node {end}")
    return Network(tuple(nodes.values()), tuple((edge.fromID, edge.toID) for edge in content.edges))


def written(found: Network) -> dict[str, JsonValue]:
    """Nodes and edges as AIFdb has them."""
    nodes: list[JsonValue] = [
        {"nodeID": n.id, "text": n.text, "type": STATEMENT}
        if n.relation is None
        else {"nodeID": n.id, "text": n.label or DEFAULT_NAMES[n.relation], "type": OF_TYPE[n.relation]}
        for n in found.nodes
    ]
    edges: list[JsonValue] = [
        {"edgeID": str(n), "fromID": source, "toID": target, "formEdgeID": None}
        for n, (source, target) in enumerate(found.edges, 1)
    ]
    return {"nodes": nodes, "edges": edges, "locutions": []}


def _node(found: AifNode) -> Node:
    text = found.text or ""
    if found.type == STATEMENT:
        if not text:
            raise FormatError(f"node {found.nodeID} is a statement without words")
        return Node(found.nodeID, Kind.STATEMENT, text=text)
    if found.type in SCHEMES:
        label = None if text in SAYS_NOTHING else text
        return Node(found.nodeID, Kind.SCHEME, relation=SCHEMES[found.type], label=label)
    return Node(found.nodeID, Kind.OTHER, text=text, label=found.type)
