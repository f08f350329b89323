"""How far the probabilities of components and relations can be trusted.

A predicted component is right when gold has its exact characters with its type, a predicted relation when gold has
both its ends' exact characters and its sign. Kept are the number of items, the mean probability, the share that is
right, the Brier score, the expected calibration error over ten bins of equal width, and these bins.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from argmine.graph import ArgumentGraph, Relation
from argmine.metrics.exact_spans import stripped

BINS = 10
Item = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Reliability:
    """Predicted items with their probability and whether they are right."""

    items: tuple[Item, ...]

    def figures(self) -> dict[str, object]:
        """What a JSON record keeps; 0 throughout where nothing was predicted."""
        count = max(1, len(self.items))
        return {
            "items": len(self.items),
            "mean_probability": sum(p for p, _ in self.items) / count,
            "right": sum(right for _, right in self.items) / count,
            "brier": sum((p - right) ** 2 for p, right in self.items) / count,
            "ece": sum(abs(sum(p - right for p, right in b)) for b in self.bins()) / count,
            "bins": {f"{n / BINS:.1f}": _bin(b) for n, b in enumerate(self.bins()) if b},
        }

    def bins(self) -> list[list[Item]]:
        """`[bin]`, the items of each; a probability of 1 lies in the last."""
        bins: list[list[Item]] = [[] for _ in range(BINS)]
        for p, right in self.items:
            bins[min(int(p * BINS), BINS - 1)].append((p, right))
        return bins


def of_components(pairs: Iterable[tuple[ArgumentGraph, ArgumentGraph]]) -> Reliability:
    """Of all predicted components, from pairs of gold and predicted."""
    items: list[Item] = []
    for gold, predicted in pairs:
        wanted = {(*stripped(c), c.type) for c in gold.components}
        items += [(c.probability or 0.0, (*stripped(c), c.type) in wanted) for c in predicted.components]
    return Reliability(tuple(items))


def of_relations(pairs: Iterable[tuple[ArgumentGraph, ArgumentGraph]]) -> Reliability:
    """Of all predicted relations, claims' ties to the thesis among them, from pairs of gold and predicted."""
    items: list[Item] = []
    for gold, predicted in pairs:
        wanted = {_ends(gold, r) for r in gold.relations}
        items += [(r.probability or 0.0, _ends(predicted, r) in wanted) for r in predicted.relations]
    return Reliability(tuple(items))


def _ends(graph: ArgumentGraph, relation: Relation) -> tuple[object, ...]:
    source, target = graph.component(relation.source), graph.component(relation.target)
    return *stripped(source), *stripped(target), relation.type


def _bin(items: Sequence[Item]) -> dict[str, float]:
    return {
        "items": len(items),
        "probability": sum(p for p, _ in items) / len(items),
        "right": sum(right for _, right in items) / len(items),
    }
