"""`measure`: from a graph, gold or mined, to its `Measures`. Time is linear in text and components.

Any graph that the rules of `ArgumentGraph` allow has measures. An empty text has counts of 0 and null for the rest; so
has a text without components, but for what is said of the text alone. A graph that is no forest has null for what only
a forest has: trees, depth, breadth, longest chain. Where a corpus has no relations, every claim is without support.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from argmine.errors import GraphError
from argmine.graph import ArgumentGraph, Component, ComponentType, Relation, RelationType
from argmine.measures.markers import count_markers
from argmine.measures.model import Measures
from argmine.tree import ArgumentTree

DIGITS = 4
_WORD = re.compile(r"\S+")
Range = tuple[int, int]


def measure(graph: ArgumentGraph) -> Measures:
    """What a graph says of its piece.

    >>> from argmine.document import Document
    >>> text = "Trams are quiet. Keep them."
    >>> graph = ArgumentGraph.build(
    ...     Document(id="trams", text=text),
    ...     [("c1", "premise", 0, 15), ("c2", "major_claim", 17, 26)],
    ...     [("c1", "c2", "support")],
    ... )
    >>> measured = measure(graph)
    >>> measured.depth, measured.first_major_claim, measured.premises_per_claim
    (1, 0.6, None)
    """
    words = [match.span() for match in _WORD.finditer(graph.text)]
    argued = _touched(words, _joined(graph.components))
    paragraphs = [(span.start, span.end) for span in graph.paragraphs()]
    kinds = Counter(component.type for component in graph.components)
    claims, premises = kinds[ComponentType.CLAIM], kinds[ComponentType.PREMISE]
    places = _places(graph.major_claims, words)
    shape = _shape(graph)
    unsupported = _unsupported(graph)
    sure, sure_links = _probabilities(graph.components), _probabilities(graph.relations)
    attacks = [relation for relation in graph.relations if relation.type is RelationType.ATTACK]
    return Measures(
        words=len(words),
        paragraphs=len(paragraphs),
        components=len(graph.components),
        conclusions=len(graph.components) - premises,
        major_claims=kinds[ComponentType.MAJOR_CLAIM],
        claims=claims,
        premises=premises,
        words_in_components=len(argued),
        share_in_components=_ratio(len(argued), len(words)),
        has_major_claim=kinds[ComponentType.MAJOR_CLAIM] > 0,
        first_major_claim=min(places, default=None),
        last_major_claim=max(places, default=None),
        trees=shape.trees,
        depth=shape.depth,
        breadth=shape.breadth,
        longest_chain=shape.longest_chain,
        premises_per_claim=_ratio(premises, claims),
        unsupported_claims=unsupported,
        share_unsupported=_ratio(unsupported, claims),
        supports=len(graph.relations) - len(attacks),
        attacks=len(attacks),
        rebutted_attacks=_rebutted(attacks),
        share_without_argument=_ratio(len(paragraphs) - len(_touched(paragraphs, argued)), len(paragraphs)),
        markers_per_100_words=_ratio(100 * count_markers(graph.text), len(words)),
        mean_probability=_ratio(sum(sure), len(sure)),
        least_probability=_least(sure),
        mean_relation_probability=_ratio(sum(sure_links), len(sure_links)),
        least_relation_probability=_least(sure_links),
    )


@dataclass(frozen=True, slots=True)
class _Shape:
    """What only a forest has."""

    trees: int | None = None
    depth: int | None = None
    breadth: int | None = None
    longest_chain: int | None = None


def _shape(graph: ArgumentGraph) -> _Shape:
    try:
        trees = graph.trees
    except GraphError:
        return _Shape()
    if not trees:
        return _Shape(trees=0)
    levels = [Counter(depth for depth, _ in tree.walk()) for tree in trees]
    return _Shape(
        trees=len(trees),
        depth=max(max(level) for level in levels),
        breadth=max(max(level.values()) for level in levels),
        longest_chain=max(_longest_chain(tree) for tree in trees),
    )


def _longest_chain(tree: ArgumentTree) -> int:
    """Components in the longest row of supports."""
    chains = {statement.id: 1 for statement in tree.statements}
    for _, component in tree.walk():
        for relation in tree.graph.outgoing(component):
            supports = relation.type is RelationType.SUPPORT
            chains[component.id] = chains[relation.target] + 1 if supports else 1
    return max(chains.values())


def _unsupported(graph: ArgumentGraph) -> int:
    supported = {relation.target for relation in graph.relations if relation.type is RelationType.SUPPORT}
    return sum(c.type is ComponentType.CLAIM and c.id not in supported for c in graph.components)


def _rebutted(attacks: Sequence[Relation]) -> int:
    attacked = {relation.target for relation in attacks}
    return sum(relation.source in attacked for relation in attacks)


def _places(major_claims: Iterable[Component], words: Sequence[Range]) -> list[float]:
    """The share of the words before each; none where the text has no word."""
    ends = [end for _, end in words]
    return [round(bisect_right(ends, c.start) / len(words), DIGITS) for c in major_claims if words]


def _joined(components: Iterable[Component]) -> list[Range]:
    """The stretches that components cover, apart and in order."""
    stretches: list[Range] = []
    for component in components:
        if stretches and component.start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], component.end))
        else:
            stretches.append((component.start, component.end))
    return stretches


def _touched(ranges: Sequence[Range], covered: Sequence[Range]) -> list[Range]:
    """Those of `ranges` that share a character with one of `covered`, which are apart and in order."""
    ends = [end for _, end in covered]

    def is_touched(start: int, end: int) -> bool:
        place = bisect_right(ends, start)
        return place < len(covered) and covered[place][0] < end

    return [(start, end) for start, end in ranges if is_touched(start, end)]


def _probabilities(parts: Iterable[Component | Relation]) -> list[float]:
    return [part.probability for part in parts if part.probability is not None]


def _least(probabilities: Sequence[float]) -> float | None:
    return round(min(probabilities), DIGITS) if probabilities else None


def _ratio(part: float, whole: int) -> float | None:
    return round(part / whole, DIGITS) if whole else None
