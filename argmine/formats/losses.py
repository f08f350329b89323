"""What a format may lose of a graph, each loss with the graph as it is without the thing lost.

So a format's word can be tested: what is read from it equals what was written, once both are without what it loses.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from argmine.graph import ArgumentGraph, Component, ComponentType, Relation


class Loss(StrEnum):
    """Things that a graph may lose on its way through a format."""

    DOCUMENT_ID = "document id"
    TEXT = "text outside components"
    IDS = "ids of components and relations"
    TYPES = "component types"
    LABELS = "labels"
    PROBABILITIES = "probabilities"
    ALTERNATIVES = "alternatives"
    ORDER = "order of relations"
    ANALYSIS = "read, warnings, model"
    META = "meta"


UNNAMED = "document"


def without(graph: ArgumentGraph, losses: Iterable[Loss]) -> ArgumentGraph:
    """The graph without what is lost: emptied, or named and ordered as any other."""
    for loss in sorted(losses, key=list(Loss).index):
        graph = _WITHOUT[loss](graph)
    return graph


def statements_text(texts: Iterable[str]) -> tuple[str, list[tuple[int, int]]]:
    r"""Texts as one, a line each, and the half-open offsets of each.

    >>> statements_text(["Keep it", "It works"])
    ('Keep it\nIt works', [(0, 7), (8, 16)])
    """
    parts = list(texts)
    spans: list[tuple[int, int]] = []
    start = 0
    for part in parts:
        spans.append((start, start + len(part)))
        start += len(part) + 1
    return "\n".join(parts), spans


def types_by_place(ids: Iterable[str], links: Iterable[tuple[str, str]]) -> dict[str, ComponentType]:
    """Types where none are told: what bears on nothing is a claim, all else a premise.

    Args:
        ids: of the components.
        links: source and target of each relation.
    """
    sources = {source for source, _ in links}
    return {name: ComponentType.PREMISE if name in sources else ComponentType.CLAIM for name in ids}


def renamed(graph: ArgumentGraph) -> ArgumentGraph:
    """The graph with components c1, c2, … and relations r1, r2, … in their order."""
    names = {c.id: f"c{n}" for n, c in enumerate(graph.components, 1)}
    relations = [
        r.model_copy(
            update={
                "id": f"r{n}",
                "source": names[r.source],
                "target": names[r.target],
                "alternatives": tuple(
                    a.model_copy(update={"target": a.target and names[a.target]}) for a in r.alternatives
                ),
            }
        )
        for n, r in enumerate(graph.relations, 1)
    ]
    components = [c.model_copy(update={"id": names[c.id]}) for c in graph.components]
    return graph.model_copy(update={"components": tuple(components), "relations": tuple(relations)})


def _without_text(graph: ArgumentGraph) -> ArgumentGraph:
    text, spans = statements_text(c.text for c in graph.components)
    components = [
        c.model_copy(update={"start": start, "end": end})
        for c, (start, end) in zip(graph.components, spans, strict=True)
    ]
    return graph.model_copy(update={"text": text, "components": tuple(components)})


def _without_types(graph: ArgumentGraph) -> ArgumentGraph:
    types = types_by_place((c.id for c in graph.components), ((r.source, r.target) for r in graph.relations))
    return _each(graph, lambda c: {"type": types[c.id]}, lambda _: {})


def _in_order(graph: ArgumentGraph) -> ArgumentGraph:
    place = {c.id: n for n, c in enumerate(graph.components)}
    ordered = sorted(graph.relations, key=lambda r: (place[r.source], place[r.target], r.type))
    return graph.model_copy(update={"relations": tuple(ordered)})


def _each(
    graph: ArgumentGraph,
    of_component: Callable[[Component], dict[str, Any]],
    of_relation: Callable[[Relation], dict[str, Any]],
) -> ArgumentGraph:
    components = tuple(c.model_copy(update=of_component(c)) for c in graph.components)
    relations = tuple(r.model_copy(update=of_relation(r)) for r in graph.relations)
    return graph.model_copy(update={"components": components, "relations": relations})


def _emptied(**fields: Any) -> Callable[[ArgumentGraph], ArgumentGraph]:
    return lambda graph: graph.model_copy(update=fields)


def _each_emptied(key: str) -> Callable[[ArgumentGraph], ArgumentGraph]:
    return lambda graph: _each(graph, lambda _: {key: None}, lambda _: {key: None})


_WITHOUT: dict[Loss, Callable[[ArgumentGraph], ArgumentGraph]] = {
    Loss.DOCUMENT_ID: _emptied(id=UNNAMED),
    Loss.TEXT: _without_text,
    Loss.IDS: renamed,
    Loss.TYPES: _without_types,
    Loss.LABELS: _each_emptied("label"),
    Loss.PROBABILITIES: _each_emptied("probability"),
    Loss.ALTERNATIVES: lambda graph: _each(graph, lambda _: {}, lambda _: {"alternatives": ()}),
    Loss.ORDER: _in_order,
    Loss.ANALYSIS: _emptied(read=None, warnings=(), model=None),
    Loss.META: _emptied(meta={}),
}
