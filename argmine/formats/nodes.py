"""Arguments as nodes and edges: statements, and between them schemes that support or attack, as AIF has them.

AIF, xAIF, SADFace and arguebuf are of this form. A scheme may have several premises, several conclusions, and be itself
what another scheme bears on; a graph has relations between two components, so on reading

- each premise of a scheme has a relation to each of its conclusions, all with the scheme's label;
- what bears on a scheme bears on each of its premises: an undercut attacks the source of the relation that it attacks;
- schemes that neither support nor attack, nodes of other kinds and their edges stand in `meta`.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from argmine.graph import ArgumentGraph, ComponentType, RelationType

UNDERCUT = "undercut"


class Kind(StrEnum):
    """What a node is."""

    STATEMENT = "statement"
    SCHEME = "scheme"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Node:
    """A node.

    Attributes:
        id: unlike that of any other node.
        kind: what it is.
        text: a statement's words; a name or nothing for the others.
        start: the code point where a statement stands, where the format tells.
        type: a statement's type, where the format tells.
        relation: whether a scheme supports or attacks; None for a scheme that does neither.
        label: a scheme's own name, None where that says no more than `relation`.
    """

    id: str
    kind: Kind
    text: str = ""
    start: int | None = None
    type: ComponentType | None = None
    relation: RelationType | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges in the order of their file; `edges` are ids of nodes, from and to."""

    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two statements, by their nodes' ids; `scheme` is the node that it comes from."""

    scheme: str
    source: str
    target: str
    type: RelationType
    label: str | None


@dataclass(frozen=True, slots=True)
class NodeNames:
    """What a graph's components and relations are called as nodes, by their ids."""

    nodes: dict[str, str]
    schemes: dict[str, str]


def own_names(graph: ArgumentGraph) -> NodeNames:
    """Their own ids; a relation that is called like a component gets a longer one."""
    taken = {c.id for c in graph.components}
    schemes: dict[str, str] = {}
    for relation in graph.relations:
        name = relation.id
        while name in taken:
            name += "-relation"
        taken.add(name)
        schemes[relation.id] = name
    return NodeNames({c.id: c.id for c in graph.components}, schemes)


def numbers(graph: ArgumentGraph) -> NodeNames:
    """Numbers from 1, components first."""
    names = {c.id: str(n) for n, c in enumerate(graph.components, 1)}
    return NodeNames(names, {r.id: str(len(names) + n) for n, r in enumerate(graph.relations, 1)})


def unique_names(graph: ArgumentGraph) -> NodeNames:
    """UUIDs that follow from the ids, so that equal graphs give equal files."""
    nodes = {c.id: str(uuid.uuid5(uuid.NAMESPACE_URL, f"{graph.id}\0component\0{c.id}")) for c in graph.components}
    schemes = {r.id: str(uuid.uuid5(uuid.NAMESPACE_URL, f"{graph.id}\0relation\0{r.id}")) for r in graph.relations}
    return NodeNames(nodes, schemes)


def network_of(graph: ArgumentGraph, names: NodeNames) -> Network:
    """A graph's components as statements, and each relation as a scheme with an edge to it and one from it."""
    statements = [
        Node(names.nodes[c.id], Kind.STATEMENT, text=c.text, start=c.start, type=c.type) for c in graph.components
    ]
    schemes = [Node(names.schemes[r.id], Kind.SCHEME, relation=r.type, label=r.label) for r in graph.relations]
    edges = [
        edge
        for r in graph.relations
        for edge in ((names.nodes[r.source], names.schemes[r.id]), (names.schemes[r.id], names.nodes[r.target]))
    ]
    return Network((*statements, *schemes), tuple(edges))


def links(network: Network) -> Iterator[Link]:
    """The relations between statements, in the order of their schemes; a pair may come several times."""
    nodes = {node.id: node for node in network.nodes}
    for node in network.nodes:
        if node.kind is Kind.SCHEME and node.relation is not None:
            for target, indirect in _conclusions(node.id, network, nodes):
                for source in _premises(node.id, network, nodes):
                    label = node.label or (UNDERCUT if indirect and node.relation is RelationType.ATTACK else None)
                    yield Link(node.id, source, target, node.relation, label)


def unused(network: Network) -> tuple[list[Node], list[tuple[str, str]]]:
    """Nodes and edges that `links` passes over: other nodes, schemes that relate nothing, edges of neither."""
    used = {link.scheme for link in links(network)} | {n.id for n in network.nodes if n.kind is Kind.STATEMENT}
    left = [node for node in network.nodes if node.id not in used]
    kinds = {node.id: node.kind for node in network.nodes}
    schemes = {name for name in used if kinds[name] is Kind.SCHEME}
    return left, [e for e in network.edges if not (used.issuperset(e) and schemes.intersection(e))]


def _premises(scheme: str, network: Network, nodes: dict[str, Node]) -> list[str]:
    return [a for a, b in network.edges if b == scheme and nodes[a].kind is Kind.STATEMENT]


def _conclusions(scheme: str, network: Network, nodes: dict[str, Node]) -> Iterable[tuple[str, bool]]:
    """The statements that a scheme bears on, and whether it does so through another scheme."""
    ends: Sequence[str] = [b for a, b in network.edges if a == scheme]
    for end in ends:
        if nodes[end].kind is Kind.STATEMENT:
            yield end, False
        elif nodes[end].kind is Kind.SCHEME and nodes[end].relation is not None and end != scheme:
            yield from ((premise, True) for premise in _premises(end, network, nodes))
