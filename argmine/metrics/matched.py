"""How far two graphs of one text agree where their components match: kappa of types and of links.

Components match when they share more than half of the words of the longer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations

from argmine.graph import ArgumentGraph, Component
from argmine.metrics.agreement import cohen_kappa
from argmine.metrics.counts import Confusion
from argmine.metrics.overlap import matches
from argmine.metrics.pairing import refuse_other_text, word_ranges


@dataclass(frozen=True, slots=True)
class MatchedCounts:
    """Types of matched components, and links between them over all ordered pairs, of two annotations."""

    types: Confusion
    links: Confusion

    @classmethod
    def empty(cls) -> "MatchedCounts":
        """Counts of no document."""
        return cls(Confusion({}), Confusion({}))

    def __add__(self, other: "MatchedCounts") -> "MatchedCounts":
        return MatchedCounts(self.types + other.types, self.links + other.links)

    @property
    def kappa_types(self) -> float | None:
        """Cohen's kappa of types; None where undefined."""
        return cohen_kappa(self.types)

    @property
    def kappa_links(self) -> float | None:
        """Cohen's kappa of being linked or not; None where undefined."""
        return cohen_kappa(self.links)

    def figures(self) -> dict[str, object]:
        """What a JSON record keeps."""
        types = {"kappa": self.kappa_types, "components": self.types.gold}
        links = {
            "kappa": self.kappa_links,
            "pairs": self.links.gold,
            "linked": self.links.of_class("linked").gold,
        }
        return {"types": types, "links": links}

    def __str__(self) -> str:
        types, links = (_kappa(kappa) for kappa in (self.kappa_types, self.kappa_links))
        return f"κ types {types}  ({self.types.gold} components)\nκ links {links}  ({self.links.gold} pairs)"


def count_graph(first: ArgumentGraph, second: ArgumentGraph) -> MatchedCounts:
    """Counts of one document.

    Raises:
        EvaluationError: the graphs are of different texts.
    """
    refuse_other_text(first, second)
    pairs = matched_components(first, second)
    apart = list(permutations(pairs, 2))
    return MatchedCounts(
        Confusion.of_labels([a.type.value for a, _ in pairs], [b.type.value for _, b in pairs]),
        Confusion.of_labels(
            _link_labels(first, [(x[0], y[0]) for x, y in apart]),
            _link_labels(second, [(x[1], y[1]) for x, y in apart]),
        ),
    )


def count_graphs(pairs: Iterable[tuple[ArgumentGraph, ArgumentGraph]]) -> MatchedCounts:
    """Counts of a corpus, from pairs of annotations."""
    return sum((count_graph(first, second) for first, second in pairs), MatchedCounts.empty())


def matched_components(first: ArgumentGraph, second: ArgumentGraph) -> list[tuple[Component, Component]]:
    """Pairs of components that match; where components of a graph overlap, one may stand in several pairs."""
    words = list(zip(second.components, word_ranges(second), strict=True))
    return [
        (component, other)
        for component, own in zip(first.components, word_ranges(first), strict=True)
        for other, theirs in words
        if matches(own, theirs)
    ]


def _link_labels(graph: ArgumentGraph, pairs: list[tuple[Component, Component]]) -> list[str]:
    linked = {(r.source, r.target) for r in graph.relations}
    return ["linked" if (a.id, b.id) in linked else "apart" for a, b in pairs]


def _kappa(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.4f}"
