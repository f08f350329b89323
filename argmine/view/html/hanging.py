"""Where each component hangs in the drawn tree. Any graph can be drawn: what makes it no forest is set aside, and told.

In a forest this is what `graph.trees` says: one root for all statements of the thesis, children in text order. Where a
component has several targets it hangs on its first relation's; a circle is opened at its first component in the text.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from argmine.graph import ArgumentGraph, Component, Relation


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the drawn tree.

    Attributes:
        component: what stands there; of several statements of the thesis the last.
        statements: all that it stands for: the statements of the thesis, or the component alone.
        parent: the component it hangs on, as the id of a node; None for a root.
        relation: the relation by which it hangs; None for a root.
    """

    component: str
    statements: tuple[str, ...]
    parent: str | None
    relation: str | None


@dataclass(frozen=True, slots=True)
class Hanging:
    """How a graph is drawn.

    Attributes:
        nodes: parents first, in the order of reading.
        aside: ids of relations that no tree can hold, in the graph's order.
    """

    nodes: tuple[Node, ...]
    aside: tuple[str, ...]


def hanging_of(graph: ArgumentGraph) -> Hanging:
    """Where each component of the graph hangs.

    >>> from argmine.document import Document
    >>> parts = [("c1", "claim", 0, 2), ("c2", "claim", 3, 5), ("c3", "premise", 6, 8)]
    >>> links = [("c3", "c1", "support"), ("c3", "c2", "attack")]
    >>> hanging = hanging_of(ArgumentGraph.build(Document(id="d", text="So it is"), parts, links))
    >>> [(node.component, node.parent) for node in hanging.nodes], hanging.aside
    ([('c1', None), ('c3', 'c1'), ('c2', None)], ('r2',))
    """
    hung = _opened(graph, _first_relations(graph))
    kept = {relation.id for relation in hung.values()}
    return Hanging(tuple(_nodes(graph, hung)), tuple(r.id for r in graph.relations if r.id not in kept))


def _first_relations(graph: ArgumentGraph) -> dict[str, Relation]:
    first: dict[str, Relation] = {}
    for relation in graph.relations:
        first.setdefault(relation.source, relation)
    return first


def _opened(graph: ArgumentGraph, first: Mapping[str, Relation]) -> dict[str, Relation]:
    """Without the relation by which a circle's first component in the text would hang."""
    hung = dict(first)
    settled: set[str] = set()
    for component in graph.components:
        here, way = component.id, set[str]()
        while here in hung and here not in settled and here not in way:
            way.add(here)
            here = hung[here].target
        if here in way:
            del hung[_first_of_circle(graph, hung, here)]
        settled |= way
    return hung


def _first_of_circle(graph: ArgumentGraph, hung: Mapping[str, Relation], start: str) -> str:
    circle, here = {start}, hung[start].target
    while here != start:
        circle.add(here)
        here = hung[here].target
    return next(c.id for c in graph.components if c.id in circle)


def _nodes(graph: ArgumentGraph, hung: Mapping[str, Relation]) -> Iterator[Node]:
    thesis = tuple(c for c in graph.major_claims if not graph.outgoing(c))
    place = {c.id: thesis[-1].id for c in thesis}
    below: dict[str, list[Component]] = defaultdict(list)
    for component in graph.components:
        if component.id in hung:
            target = hung[component.id].target
            below[place.get(target, target)].append(component)
    roots = [*thesis[-1:], *(c for c in graph.components if c.id not in hung and c.id not in place)]
    stack = roots[::-1]
    while stack:
        top = stack.pop()
        stated = tuple(c.id for c in thesis) if top.id in place else (top.id,)
        relation = hung.get(top.id)
        if relation is None:
            yield Node(top.id, stated, parent=None, relation=None)
        else:
            yield Node(top.id, stated, place.get(relation.target, relation.target), relation.id)
        stack.extend(below[top.id][::-1])
