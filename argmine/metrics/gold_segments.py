"""Protocol C: types, links and stance where the components are given (Stab & Gurevych, CL 2017).

Types: macro-F1 of major claim, claim, premise. Links: macro-F1 of Link and NoLink over all ordered pairs of
components of one paragraph (4,922 pairs, 809 of them links, on the official test set); claim to major claim
is stance, no link, and links across paragraphs are not scored. Stance: macro-F1 of support (For) and attack
(Against) over the components that gold takes for claims or premises; one without a relation counts as
support.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations

from argmine.graph import ArgumentGraph, Component, ComponentType
from argmine.metrics.counts import Confusion
from argmine.metrics.labels import links, sign
from argmine.metrics.pairing import pair_given, paragraph_of

LINK = "Link"
NO_LINK = "NoLink"


@dataclass(frozen=True, slots=True)
class GoldSegmentCounts:
    """How gold types, links and stances were labelled."""

    types: Confusion
    links: Confusion
    stance: Confusion

    @classmethod
    def empty(cls) -> "GoldSegmentCounts":
        """Counts of no document."""
        return cls(Confusion({}), Confusion({}), Confusion({}))

    def __add__(self, other: "GoldSegmentCounts") -> "GoldSegmentCounts":
        return GoldSegmentCounts(self.types + other.types, self.links + other.links, self.stance + other.stance)

    def figures(self) -> dict[str, object]:
        """What a JSON record keeps."""
        return {"types": self.types.figures(), "links": self.links.figures(), "stance": self.stance.figures()}

    def __str__(self) -> str:
        return f"types   {self.types}\nlinks   {self.links}\nstance  {self.stance}"


def count_graph(gold: ArgumentGraph, predicted: ArgumentGraph) -> GoldSegmentCounts:
    """Counts of one document.

    Raises:
        EvaluationError: the graphs differ in text or spans.
    """
    pairs = pair_given(gold, predicted)
    return GoldSegmentCounts(
        Confusion.of_labels([g.type.value for g, _ in pairs], [p.type.value for _, p in pairs]),
        _count_links(gold, predicted, pairs),
        _count_stance(gold, predicted, pairs),
    )


def count_graphs(pairs: Iterable[tuple[ArgumentGraph, ArgumentGraph]]) -> GoldSegmentCounts:
    """Counts of a corpus, from pairs of gold and predicted."""
    return sum((count_graph(gold, predicted) for gold, predicted in pairs), GoldSegmentCounts.empty())


def _count_links(gold: ArgumentGraph, predicted: ArgumentGraph, pairs: list[tuple[Component, Component]]) -> Confusion:
    wanted, given = _linked(gold), _linked(predicted)
    candidates = list(_pairs_of_one_paragraph(gold, pairs))
    return Confusion.of_labels(
        [LINK if (a.id, b.id) in wanted else NO_LINK for (a, _), (b, _) in candidates],
        [LINK if (a.id, b.id) in given else NO_LINK for (_, a), (_, b) in candidates],
    )


def _linked(graph: ArgumentGraph) -> set[tuple[str, str]]:
    return {(r.source, r.target) for r in links(graph)}


def _pairs_of_one_paragraph(
    gold: ArgumentGraph, pairs: list[tuple[Component, Component]]
) -> Iterator[tuple[tuple[Component, Component], ...]]:
    paragraph = paragraph_of(gold)
    return (two for two in permutations(pairs, 2) if paragraph[two[0][0].id] == paragraph[two[1][0].id])


def _count_stance(gold: ArgumentGraph, predicted: ArgumentGraph, pairs: list[tuple[Component, Component]]) -> Confusion:
    bearing = [(g, p) for g, p in pairs if g.type is not ComponentType.MAJOR_CLAIM]
    return Confusion.of_labels(
        [sign(gold, g).value for g, _ in bearing], [sign(predicted, p).value for _, p in bearing]
    )
