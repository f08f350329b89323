"""Gold and predicted graph of one document with the partners of their components, and graphs built anew from parts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import JsonValue

from argmine.graph import ArgumentGraph, Component, Relation, RelationType
from argmine.metrics.alignment import align
from argmine.metrics.labels import sign

STANCES = "stances"


class Link(NamedTuple):
    """A relation without its id; `label` is the corpus's own."""

    source: str
    target: str
    type: RelationType
    label: str | None


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two graphs and the partners of their components, by id."""

    gold: ArgumentGraph
    predicted: ArgumentGraph
    gold_of: Mapping[str, Component]
    predicted_of: Mapping[str, Component]

    @classmethod
    def of(cls, gold: ArgumentGraph, predicted: ArgumentGraph) -> "Aligned":
        """By `argmine.metrics.alignment`.

        Raises:
            EvaluationError: the graphs are of different texts, or a component holds no word.
        """
        pairs = align(gold, predicted)
        return cls(gold, predicted, {p.id: g for g, p in pairs}, {g.id: p for g, p in pairs})

    @property
    def links(self) -> list[Link]:
        """The predicted relations."""
        return links_of(self.predicted.relations)

    @property
    def signs(self) -> dict[str, RelationType]:
        """How each predicted component bears on its target."""
        return {c.id: sign(self.predicted, c) for c in self.predicted.components}

    @property
    def paired(self) -> list[tuple[Component, Component]]:
        """Pairs of gold and predicted, in the order of the predicted."""
        return [(self.gold_of[c.id], c) for c in self.predicted.components if c.id in self.gold_of]

    def wanted(self, source: Component) -> list[Link]:
        """Gold's relations from the partner of a predicted component, as far as their targets have partners.

        Their sign is that of the predicted relation to the same target, else of the component's first relation, else
        gold's.
        """
        own = self.predicted.outgoing(source)
        known = {r.target: r for r in own}
        targets = [(r, self.predicted_of.get(r.target)) for r in self.gold.outgoing(self.gold_of[source.id])]
        likes = [(known.get(target.id) or (own[0] if own else r), target) for r, target in targets if target]
        return [Link(source.id, target.id, like.type, like.label) for like, target in likes]


def links_of(relations: Iterable[Relation]) -> list[Link]:
    """Relations without their ids."""
    return [Link(r.source, r.target, r.type, r.label) for r in relations]


def built(
    pair: Aligned, components: Iterable[Component], links: Iterable[Link], signs: Mapping[str, RelationType]
) -> ArgumentGraph:
    """A graph of these parts, relations numbered anew; signs are told where no relation tells them."""
    components = list(components)
    once: dict[tuple[str, str, RelationType], Link] = {}
    for link in links:
        once.setdefault((link.source, link.target, link.type), link)
    relations = [
        Relation(id=f"r{number}", source=source, target=target, type=kind, label=label)
        for number, (source, target, kind, label) in enumerate(once.values(), 1)
    ]
    silent = {c.id for c in components} - {r.source for r in relations}
    stances: dict[str, JsonValue] = {c: "Against" for c in sorted(silent) if signs[c] is RelationType.ATTACK}
    meta = {key: value for key, value in pair.predicted.meta.items() if key != STANCES}
    if stances:
        meta[STANCES] = stances
    return ArgumentGraph.build(pair.predicted.document, components, relations, meta=meta)
