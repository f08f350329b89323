"""Protocol D: segmentation of word tokens into components, whatever their type.

Macro-F1 of the tags B (first token of a component), I (a further one) and O (none), and F1 of exact token
spans.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from argmine.metrics.counts import Confusion, Counts
from argmine.metrics.token_documents import TokenDocument


@dataclass(frozen=True, slots=True)
class BioCounts:
    """How gold tags were predicted, and counts of exact spans."""

    tags: Confusion = field(default_factory=lambda: Confusion({}))
    spans: Counts = field(default_factory=Counts)

    def __add__(self, other: "BioCounts") -> "BioCounts":
        return BioCounts(self.tags + other.tags, self.spans + other.spans)

    def figures(self) -> dict[str, object]:
        """What a JSON record keeps."""
        return {"bio": self.tags.figures(), "exact_spans": self.spans.figures()}

    def __str__(self) -> str:
        return f"BIO          {self.tags}\nexact spans  {self.spans}"


def count_document(gold: TokenDocument, predicted: TokenDocument) -> BioCounts:
    """Counts of one document.

    Raises:
        ValueError: the documents differ in their number of tokens.
    """
    spans = Counts.of_sets((c.span for c in gold.components), (c.span for c in predicted.components))
    return BioCounts(Confusion.of_labels(tags(gold), tags(predicted)), spans)


def count_documents(pairs: Iterable[tuple[TokenDocument, TokenDocument]]) -> BioCounts:
    """Counts of a corpus, from pairs of gold and predicted."""
    return sum((count_document(gold, predicted) for gold, predicted in pairs), BioCounts())


def tags(document: TokenDocument) -> list[str]:
    """`[token]`, its tag; where components overlap, the one that starts later wins."""
    found = ["O"] * document.tokens
    for component in document.components:
        found[component.start : component.end] = ["B", *"I" * (component.end - component.start - 1)]
    return found
