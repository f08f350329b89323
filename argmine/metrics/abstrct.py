"""Protocol G: abstracts of medical trials (Mayer, Cabrio & Villata, ECAI 2020).

Two classes of components: claims, major ones among them, and premises, which the authors call evidence. From raw
text: macro-F1 of the five tags of word tokens (B and I of either class, O). With given components: macro-F1 of the two
classes, and of support, attack (partial or not) and none over all ordered pairs of components of one abstract.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations

from argmine.graph import ArgumentGraph, Component
from argmine.metrics.counts import Confusion
from argmine.metrics.labels import own_label
from argmine.metrics.pairing import pair_given, refuse_other_text, touched

CLASSES = {"MajorClaim": "Claim", "Claim": "Claim", "Premise": "Premise"}
"""The class of each of the corpus's labels."""
TAGS = ("B-Claim", "B-Premise", "I-Claim", "I-Premise", "O")
NONE = "none"


@dataclass(frozen=True, slots=True)
class AbstrctCounts:
    """How given components, and their ordered pairs, were labelled."""

    components: Confusion
    relations: Confusion

    @classmethod
    def empty(cls) -> "AbstrctCounts":
        """Counts of no document."""
        return cls(Confusion({}), Confusion({}))

    def __add__(self, other: "AbstrctCounts") -> "AbstrctCounts":
        return AbstrctCounts(self.components + other.components, self.relations + other.relations)

    def figures(self) -> dict[str, object]:
        """What a JSON record keeps."""
        return {"components": self.components.figures(), "relations": self.relations.figures()}

    def __str__(self) -> str:
        return f"components  {self.components}\nrelations   {self.relations}"


def count_graph(gold: ArgumentGraph, predicted: ArgumentGraph) -> AbstrctCounts:
    """Counts of one document, predicted over the components of gold.

    Raises:
        EvaluationError: the graphs differ in text or spans, or a component lacks one of the corpus's labels.
    """
    pairs = pair_given(gold, predicted)
    apart = list(permutations(pairs, 2))
    return AbstrctCounts(
        Confusion.of_labels([_class(gold, g) for g, _ in pairs], [_class(predicted, p) for _, p in pairs]),
        Confusion.of_labels(
            _relations(gold, [(a[0], b[0]) for a, b in apart]), _relations(predicted, [(a[1], b[1]) for a, b in apart])
        ),
    )


def count_graphs(pairs: Iterable[tuple[ArgumentGraph, ArgumentGraph]]) -> AbstrctCounts:
    """Counts of a corpus, from pairs of gold and predicted."""
    return sum((count_graph(gold, predicted) for gold, predicted in pairs), AbstrctCounts.empty())


def count_tags(gold: ArgumentGraph, predicted: ArgumentGraph, tokens: Iterable[tuple[int, int]]) -> Confusion:
    """How the tokens of one document were tagged.

    Args:
        gold: of the text.
        predicted: of the same.
        tokens: `[token]`, half-open characters, in order and apart.

    Raises:
        EvaluationError: the graphs are of different texts, or a component lacks one of the corpus's labels.
    """
    refuse_other_text(gold, predicted)
    places = list(tokens)
    return Confusion.of_labels(tags(gold, places), tags(predicted, places))


def tags(graph: ArgumentGraph, tokens: list[tuple[int, int]]) -> list[str]:
    """`[token]`, one of `TAGS` each; where components overlap, the one that starts later wins."""
    found = ["O"] * len(tokens)
    for component, (start, end) in zip(graph.components, touched(graph.components, tokens), strict=True):
        kind = _class(graph, component)
        found[start:end] = [f"{'I' if token else 'B'}-{kind}" for token in range(end - start)]
    return found


def _class(graph: ArgumentGraph, component: Component) -> str:
    return CLASSES[own_label(graph, component, CLASSES)]


def _relations(graph: ArgumentGraph, pairs: list[tuple[Component, Component]]) -> list[str]:
    """What joins each pair; the first of several relations."""
    joined = {(r.source, r.target): r.type.value for r in reversed(graph.relations)}
    return [joined.get((a.id, b.id), NONE) for a, b in pairs]
