"""How many gold targets a miner could choose at all: those that are among the candidates of their source.

Counted are the relations of premises, for a claim is tied to the last major claim by rule, over the gold components.
The strongest conclusions of a document, which are candidates as well, depend on a model and are left out, so that the
figure is a floor for every model.
"""

from collections.abc import Iterable

from argmine.encoding import candidate_targets
from argmine.graph import ArgumentGraph, Role


def recall(graphs: Iterable[ArgumentGraph]) -> dict[str, object]:
    """How many targets there are, and the share that is reached: 1 where there is none."""
    reached = [found for graph in graphs for found in _reached(graph)]
    return {"targets": len(reached), "recall": sum(reached) / len(reached) if reached else 1.0}


def _reached(graph: ArgumentGraph) -> list[bool]:
    place = {c.id: n for n, c in enumerate(graph.components)}
    candidates = candidate_targets(len(place))
    premises = (r for r in graph.relations if graph.component(r.source).role is Role.PREMISE)
    return [place[r.target] in candidates[place[r.source]] for r in premises]
