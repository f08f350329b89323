"""What of a mined graph is sure enough to be shown: the rest is left out, and nothing is hung elsewhere.

A component below the least probability goes, and with it the relations into and out of it; a relation below goes alone.
What loses its outgoing relation becomes a root and is marked: `ArgumentGraph.detached` names it. Ids stay as they were.
"""

from argmine.graph import DETACHED, ArgumentGraph, Component, Relation


def keep_sure(graph: ArgumentGraph, components: float, relations: float | None = None) -> ArgumentGraph:
    """The graph with what is at least so probable.

    Args:
        graph: a mined one.
        components: least probability of a component; above 1, none is shown.
        relations: of a relation; as `components` where None.

    Raises:
        ValueError: a component or relation has no probability.
    """
    least = components if relations is None else relations
    sure = {c.id for c in graph.components if _probability(c) >= components}
    joined = {r.id for r in graph.relations if _probability(r) >= least}
    return keep(graph, sure, joined)


def keep(graph: ArgumentGraph, components: set[str], relations: set[str]) -> ArgumentGraph:
    """The graph with these components, and those of these relations whose ends are among them, by their ids.

    Runners-up of a relation that are no longer there are left out too.
    """
    there = tuple(c for c in graph.components if c.id in components)
    joined = tuple(
        _among(r, components)
        for r in graph.relations
        if r.id in relations and r.source in components and r.target in components
    )
    if len(there) == len(graph.components) and len(joined) == len(graph.relations):
        return graph
    loose = {*graph.detached, *(r.source for r in graph.relations)} - {r.source for r in joined}
    meta = {key: value for key, value in graph.meta.items() if key != DETACHED}
    if detached := [c.id for c in there if c.id in loose]:
        meta[DETACHED] = list(detached)
    return graph.model_copy(update={"components": there, "relations": joined, "meta": meta})


def _among(relation: Relation, components: set[str]) -> Relation:
    there = tuple(a for a in relation.alternatives if a.target is None or a.target in components)
    return relation.model_copy(update={"alternatives": there})


def _probability(part: Component | Relation) -> float:
    if part.probability is None:
        raise ValueError(f"{part.id} has no probability: only what a model mined can be chosen by it")
    return part.probability
