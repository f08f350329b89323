"""Protocol B: exact character spans and links (Morio et al., TACL 2022).

Per document, sets of exact character spans, outer white space stripped; micro precision, recall and F1 of
spans, of spans with their label, of explicit links and of links with their label. A claim's stance is part
of its label ("Claim:For", "Claim:Against"); claim to major claim is therefore no link.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from argmine.graph import ArgumentGraph, Component, ComponentType
from argmine.metrics.counts import Counts
from argmine.metrics.labels import TYPE_NAMES, links, relation_label, sign
from argmine.metrics.pairing import refuse_other_text

CharSpan = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ExactSpanCounts:
    """Counts of spans, spans with label, links between exact spans, and such links with label."""

    spans: Counts = field(default_factory=Counts)
    labelled_spans: Counts = field(default_factory=Counts)
    links: Counts = field(default_factory=Counts)
    labelled_links: Counts = field(default_factory=Counts)

    def __add__(self, other: "ExactSpanCounts") -> "ExactSpanCounts":
        return ExactSpanCounts(
            self.spans + other.spans,
            self.labelled_spans + other.labelled_spans,
            self.links + other.links,
            self.labelled_links + other.labelled_links,
        )

    def figures(self) -> dict[str, object]:
        """What a JSON record keeps."""
        return {
            "spans": self.spans.figures(),
            "labelled_spans": self.labelled_spans.figures(),
            "links": self.links.figures(),
            "labelled_links": self.labelled_links.figures(),
        }

    def __str__(self) -> str:
        return "\n".join(
            [
                f"exact spans            {self.spans}",
                f"exact spans and label  {self.labelled_spans}",
                f"links                  {self.links}",
                f"links and label        {self.labelled_links}",
            ]
        )


def count_graph(gold: ArgumentGraph, predicted: ArgumentGraph) -> ExactSpanCounts:
    """Counts of one document.

    Raises:
        EvaluationError: the graphs are of different texts.
    """
    refuse_other_text(gold, predicted)
    return ExactSpanCounts(
        Counts.of_sets(map(stripped, gold.components), map(stripped, predicted.components)),
        Counts.of_sets(_labelled(gold), _labelled(predicted)),
        Counts.of_sets(_links(gold), _links(predicted)),
        Counts.of_sets(_labelled_links(gold), _labelled_links(predicted)),
    )


def count_graphs(pairs: Iterable[tuple[ArgumentGraph, ArgumentGraph]]) -> ExactSpanCounts:
    """Counts of a corpus, from pairs of gold and predicted."""
    return sum((count_graph(gold, predicted) for gold, predicted in pairs), ExactSpanCounts())


def stripped(component: Component) -> CharSpan:
    """A component's characters without white space at its ends."""
    left = len(component.text) - len(component.text.lstrip())
    return component.start + left, component.start + max(left, len(component.text.rstrip()))


def _labelled(graph: ArgumentGraph) -> set[tuple[CharSpan, str]]:
    return {(stripped(c), _label(graph, c)) for c in graph.components}


def _label(graph: ArgumentGraph, component: Component) -> str:
    if component.type is ComponentType.CLAIM:
        return relation_label(component.type, sign(graph, component))
    return TYPE_NAMES[component.type]


def _links(graph: ArgumentGraph) -> set[tuple[CharSpan, CharSpan]]:
    return {(source, target) for source, target, _ in _labelled_links(graph)}


def _labelled_links(graph: ArgumentGraph) -> set[tuple[CharSpan, CharSpan, str]]:
    span = {c.id: stripped(c) for c in graph.components}
    return {(span[r.source], span[r.target], r.type.value) for r in links(graph)}
