"""What the probabilities of a mined graph are of: which of its components and relations are right.

A component is right when a gold one of its type shares more than half of the longer one's characters with it. A
relation is right when both its ends are and gold joins the components that they match by the same label. Calibration is
fitted to this, and how reliable probabilities are is measured by it; exact boundaries are left to the other protocols.
"""

from argmine.graph import ArgumentGraph, Component
from argmine.metrics.pairing import refuse_other_text

HALF = 0.5
Item = tuple[float, bool]
"""A probability, 0 where there is none, and whether what has it is right."""


def judge(gold: ArgumentGraph, predicted: ArgumentGraph) -> tuple[list[Item], list[Item]]:
    """The components and the relations of `predicted`, in its order.

    Raises:
        EvaluationError: the graphs are of different texts.
    """
    refuse_other_text(gold, predicted)
    match = {c.id: _match(c, gold) for c in predicted.components}
    links = {(r.source, r.target, r.type) for r in gold.relations}
    components = [(c.probability or 0.0, match[c.id] is not None) for c in predicted.components]
    relations = [
        (r.probability or 0.0, (match[r.source], match[r.target], r.type) in links) for r in predicted.relations
    ]
    return components, relations


def _match(component: Component, gold: ArgumentGraph) -> str | None:
    """The first gold component that makes `component` right."""
    for other in gold.components:
        longer = max(component.span.length, other.span.length)
        if other.type is component.type and component.span.overlap(other.span) > HALF * longer:
            return other.id
    return None
