"""Spans, roles and links at more than half of the words: for texts on whose exact boundaries people disagree.

Two components match when they share more than half of the words of the longer; there is no one-to-one
assignment (components of one annotation seldom overlap, so two of them cannot both match the same one).
Links match when both their ends do, whatever their label. All counts are micro over documents.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from argmine.graph import ArgumentGraph, Role
from argmine.metrics.counts import Counts
from argmine.metrics.pairing import WordRange, overlap, refuse_other_text, word_ranges

HALF = 0.5


@dataclass(frozen=True, slots=True)
class OverlapCounts:
    """Counts of components whatever their type, of conclusions, of premises, and of links."""

    spans: Counts = field(default_factory=Counts)
    conclusions: Counts = field(default_factory=Counts)
    premises: Counts = field(default_factory=Counts)
    links: Counts = field(default_factory=Counts)

    def __add__(self, other: "OverlapCounts") -> "OverlapCounts":
        return OverlapCounts(
            self.spans + other.spans,
            self.conclusions + other.conclusions,
            self.premises + other.premises,
            self.links + other.links,
        )

    def figures(self) -> dict[str, object]:
        """What a JSON record keeps."""
        return {
            "spans_50": self.spans.figures(),
            "conclusions_50": self.conclusions.figures(),
            "premises_50": self.premises.figures(),
            "links_50": self.links.figures(),
        }

    def __str__(self) -> str:
        return "\n".join(
            [
                f"spans 50 %        {self.spans}",
                f"conclusions 50 %  {self.conclusions}",
                f"premises 50 %     {self.premises}",
                f"links 50 %        {self.links}",
            ]
        )


def count_graph(gold: ArgumentGraph, predicted: ArgumentGraph) -> OverlapCounts:
    """Counts of one document.

    Raises:
        EvaluationError: the graphs are of different texts.
    """
    refuse_other_text(gold, predicted)
    return OverlapCounts(
        Counts.of_matches(word_ranges(gold), word_ranges(predicted), matches),
        Counts.of_matches(_of_role(gold, Role.CONCLUSION), _of_role(predicted, Role.CONCLUSION), matches),
        Counts.of_matches(_of_role(gold, Role.PREMISE), _of_role(predicted, Role.PREMISE), matches),
        Counts.of_matches(_links(gold), _links(predicted), _same_link),
    )


def count_graphs(pairs: Iterable[tuple[ArgumentGraph, ArgumentGraph]]) -> OverlapCounts:
    """Counts of a corpus, from pairs of gold and predicted."""
    return sum((count_graph(gold, predicted) for gold, predicted in pairs), OverlapCounts())


def matches(x: WordRange, y: WordRange) -> bool:
    """Whether two ranges share more than half of the words of the longer."""
    return overlap(x, y) > HALF


def _of_role(graph: ArgumentGraph, role: Role) -> list[WordRange]:
    ranges = zip(graph.components, word_ranges(graph), strict=True)
    return [words for component, words in ranges if component.role is role]


def _links(graph: ArgumentGraph) -> list[tuple[WordRange, WordRange]]:
    words = dict(zip((c.id for c in graph.components), word_ranges(graph), strict=True))
    return sorted({(words[r.source], words[r.target]) for r in graph.relations})


def _same_link(x: tuple[WordRange, WordRange], y: tuple[WordRange, WordRange]) -> bool:
    return matches(x[0], y[0]) and matches(x[1], y[1])
