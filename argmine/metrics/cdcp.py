"""Protocol F: the eRulemaking comments with given propositions (Niculae, Park & Cardie, ACL 2017).

Components: macro-F1 over the corpus's five labels. Links: F1 of the ordered pairs that are linked, whatever the label.
The published figures are of graphs that are first changed, `as_published`: propositions that are one source together
become one, and links are closed (a → b → c gives a → c). The test part then has 973 propositions and 272 links.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product

from argmine.errors import EvaluationError
from argmine.graph import ArgumentGraph, Component, Relation, RelationType
from argmine.metrics.counts import Confusion, Counts
from argmine.metrics.labels import own_label
from argmine.metrics.pairing import pair_given

LABELS = ("fact", "policy", "reference", "testimony", "value")
STRENGTH = ("policy", "value", "testimony", "reference", "fact")
"""What a proposition made of several is: the first of these that one of them is."""

Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Annotated:
    """A link as annotated: from the propositions `first` to `last`, by their places, to another."""

    first: int
    last: int
    target: int


@dataclass(frozen=True, slots=True)
class CdcpCounts:
    """How propositions were labelled, and counts of links."""

    components: Confusion = field(default_factory=lambda: Confusion({}))
    links: Counts = field(default_factory=Counts)

    def __add__(self, other: "CdcpCounts") -> "CdcpCounts":
        return CdcpCounts(self.components + other.components, self.links + other.links)

    def figures(self) -> dict[str, object]:
        """What a JSON record keeps."""
        return {"components": self.components.figures(), "links": self.links.figures()}

    def __str__(self) -> str:
        return f"components  {self.components}\nlinks       {self.links}"


def count_graph(gold: ArgumentGraph, predicted: ArgumentGraph) -> CdcpCounts:
    """Counts of one document, predicted over the components of gold.

    Raises:
        EvaluationError: the graphs differ in text or spans, or a component lacks one of the corpus's labels.
    """
    pairs = pair_given(gold, predicted)
    place = {p.id: g.id for g, p in pairs}
    return CdcpCounts(
        Confusion.of_labels(
            [own_label(gold, g, LABELS) for g, _ in pairs], [own_label(predicted, p, LABELS) for _, p in pairs]
        ),
        Counts.of_sets(_links(gold), {(place[a], place[b]) for a, b in _links(predicted)}),
    )


def count_graphs(pairs: Iterable[tuple[ArgumentGraph, ArgumentGraph]]) -> CdcpCounts:
    """Counts of a corpus, from pairs of gold and predicted."""
    return sum((count_graph(gold, predicted) for gold, predicted in pairs), CdcpCounts())


def as_published(graph: ArgumentGraph) -> ArgumentGraph:
    """A gold graph as the published figures have it: ranges of propositions merged, links closed.

    `meta["groups"]` tells the ranges: from the id of each of their relations to a name that they share. A range that
    another link begins or ends in stays apart, its link left out, as the authors have it (14 in train, 8 in test).

    Raises:
        EvaluationError: `meta["groups"]` is no such map, or a component lacks one of the corpus's labels.
    """
    links = _annotated(graph)
    kept = [link for link in links if link.first == link.last or not _is_disturbed(link, links)]
    last = {link.first: link.last for link in kept}
    parts: list[Sequence[Component]] = []
    place = 0
    while place < len(graph.components):
        end = last.get(place, place) + 1
        parts.append(graph.components[place:end])
        place = end
    names = [c.id for c in graph.components]
    closed = _closed({(names[link.first], names[link.target]) for link in kept})
    relations = [_relation(n, *link) for n, link in enumerate(sorted(closed), 1)]
    return ArgumentGraph.build(graph.document, [_merged(graph, part) for part in parts], relations)


def _annotated(graph: ArgumentGraph) -> list[_Annotated]:
    groups = graph.meta.get("groups") or {}
    if not isinstance(groups, dict):
        raise EvaluationError(f"{graph.id}: meta['groups'] must map relations to groups, found {groups!r}")
    place = {c.id: number for number, c in enumerate(graph.components)}
    wholes: dict[str, list[Relation]] = defaultdict(list)
    for relation in graph.relations:
        wholes[f"group {groups[relation.id]}" if relation.id in groups else f"relation {relation.id}"].append(relation)
    return [
        _Annotated(min(places), max(places), place[parts[0].target])
        for parts in wholes.values()
        for places in [[place[r.source] for r in parts]]
    ]


def _is_disturbed(link: _Annotated, links: Iterable[_Annotated]) -> bool:
    """Whether a link of another range begins or ends within that of `link`."""
    return any(
        link.first <= other.first <= other.last <= link.last or link.first <= other.target <= link.last
        for other in links
        if (other.first, other.last) != (link.first, link.last)
    )


def _merged(graph: ArgumentGraph, parts: Sequence[Component]) -> Component:
    """Propositions that follow each other as one, under the id of the first."""
    if len(parts) == 1:
        return parts[0]
    strongest = min(parts, key=lambda c: STRENGTH.index(own_label(graph, c, LABELS)))
    start, end = parts[0].start, parts[-1].end
    place = {"start": start, "end": end, "text": graph.text[start:end]}
    return strongest.model_copy(update={"id": parts[0].id, **place})


def _closed(links: set[Link]) -> set[Link]:
    """The links and all that follow from two of them, none from a proposition to itself."""
    closed = set(links)
    while more := {(a, d) for (a, b), (c, d) in product(closed, closed) if b == c and a != d} - closed:
        closed |= more
    return closed


def _relation(number: int, source: str, target: str) -> Relation:
    return Relation(id=f"r{number}", source=source, target=target, type=RelationType.SUPPORT)


def _links(graph: ArgumentGraph) -> set[Link]:
    return {(r.source, r.target) for r in graph.relations}
