"""What the scores of a corpus are made of: types taken for each other, items by type, and each document by itself.

Components are paired by `argmine.metrics.alignment`, relations by the pairs of their ends; what has no partner is
missed or invented.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from argmine.evaluation.evaluated import Evaluation
from argmine.graph import ArgumentGraph, ComponentType, RelationType
from argmine.metrics.alignment import align
from argmine.metrics.counts import Confusion, Counts
from argmine.metrics.exact_spans import CharSpan, stripped

NOTHING = "nothing"
"""What stands for gold of something invented, and for the prediction of something missed."""

Pairs = Iterable[tuple[ArgumentGraph, ArgumentGraph]]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """What was taken for what, and how much of each type has its exact edges.

    Attributes:
        components: types of components, over pairs and what has no partner (`NOTHING`).
        relations: the same of relations.
        exact_components: counts by type where a component must have gold's edges, white space stripped.
        exact_relations: counts by type where both ends of a relation must.
    """

    components: Confusion = field(default_factory=lambda: Confusion({}))
    relations: Confusion = field(default_factory=lambda: Confusion({}))
    exact_components: tuple[Counts, ...] = (Counts(),) * len(ComponentType)
    exact_relations: tuple[Counts, ...] = (Counts(),) * len(RelationType)

    def __add__(self, other: "Breakdown") -> "Breakdown":
        return Breakdown(
            self.components + other.components,
            self.relations + other.relations,
            tuple(a + b for a, b in zip(self.exact_components, other.exact_components, strict=True)),
            tuple(a + b for a, b in zip(self.exact_relations, other.exact_relations, strict=True)),
        )


def break_down(pairs: Pairs) -> Breakdown:
    """Of a corpus, from pairs of gold and predicted.

    Raises:
        EvaluationError: two graphs are of different texts, or a component holds no word.
    """
    return sum((_document(gold, predicted) for gold, predicted in pairs), Breakdown())


def document_scores(evaluation: Evaluation) -> list[dict[str, float]]:
    """`[document]`, the protocol's scores of each document alone, without those that it has nothing to score for."""
    protocol, counts = evaluation.protocol, evaluation.counts
    scores, gold = protocol.scores(counts), protocol.gold_items(counts)
    items = {name: gold[name] + found for name, found in protocol.predicted_items(counts).items()}
    return [{name: float(scores[name][place]) for name in scores if items[name][place]} for place in range(len(counts))]


def worst_documents(evaluation: Evaluation, most: int = 10) -> list[int]:
    """The places of the documents whose scores have the lowest means, the worst first; ties in the order of the corpus.

    Documents with nothing to score are left out.
    """
    means = [(float(np.mean(list(s.values()))), place) for place, s in enumerate(document_scores(evaluation)) if s]
    return [place for _, place in sorted(means)[:most]]


def _document(gold: ArgumentGraph, predicted: ArgumentGraph) -> Breakdown:
    partner = {p.id: g.id for g, p in align(gold, predicted)}
    return Breakdown(
        Confusion(Counter(_types(gold, predicted, partner))),
        Confusion(Counter(_signs(gold, predicted, partner))),
        tuple(Counts.of_sets(_spans(gold, kind), _spans(predicted, kind)) for kind in ComponentType),
        tuple(Counts.of_sets(_ends(gold, kind), _ends(predicted, kind)) for kind in RelationType),
    )


def _types(gold: ArgumentGraph, predicted: ArgumentGraph, partner: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Gold and predicted type of each component."""
    for component in predicted.components:
        name = partner.get(component.id)
        yield NOTHING if name is None else gold.component(name).type.value, component.type.value
    found = set(partner.values())
    yield from ((c.type.value, NOTHING) for c in gold.components if c.id not in found)


def _signs(gold: ArgumentGraph, predicted: ArgumentGraph, partner: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Gold and predicted type of each relation; of two between the same ends, equal types go together."""
    given = [(partner.get(r.source), partner.get(r.target), r.type.value) for r in predicted.relations]
    right = {(r.source, r.target, r.type.value) for r in gold.relations} & set(given)
    left: dict[tuple[str | None, str | None], list[str]] = {}
    for r in gold.relations:
        if (r.source, r.target, r.type.value) not in right:
            left.setdefault((r.source, r.target), []).append(r.type.value)
    for source, target, kind in given:
        others = left.get((source, target), [])
        yield kind if (source, target, kind) in right else others.pop() if others else NOTHING, kind
    yield from ((kind, NOTHING) for kinds in left.values() for kind in kinds)


def _spans(graph: ArgumentGraph, kind: ComponentType) -> Iterator[CharSpan]:
    return (stripped(c) for c in graph.components if c.type is kind)


def _ends(graph: ArgumentGraph, kind: RelationType) -> Iterator[tuple[CharSpan, CharSpan]]:
    span = {c.id: stripped(c) for c in graph.components}
    return ((span[r.source], span[r.target]) for r in graph.relations if r.type is kind)
