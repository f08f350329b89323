"""Protocol A: the end-to-end scorer of Eger, Daxenberger & Gurevych (ACL 2017), C-F1 and R-F1.

Items match when their labels are equal and their token spans overlap: |x ∩ y| / max(|x|, |y|) above .999
("100 %") or above .5 ("50 %"). A gold item with at least one match is found, a predicted item without one
is spurious; there is no one-to-one assignment. Every component emits one relation:

    MajorClaim → ("None", root)
    Claim      → ("Claim:For" or "Claim:Against", the document's last major claim)
    Premise    → ("Premise:Support" or "Premise:Attack", its target)

A target that is absent or starts at the document's first token counts as the root. Types of targets are not
compared. Level "essay" scores each essay as one document, level "paragraph" each paragraph
(`TokenDocument.paragraphs`); the two give different relations, so a figure names its level.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from argmine.graph import ComponentType
from argmine.metrics.counts import Counts
from argmine.metrics.pairing import overlap
from argmine.metrics.token_documents import TokenComponent, TokenDocument

TokenSpan = tuple[int, int]

EXACT = 0.999
HALF = 0.5


class TokenRelation(NamedTuple):
    """The relation that a component emits; a target of None is the root."""

    source: TokenSpan
    label: str
    target: TokenSpan | None


@dataclass(frozen=True, slots=True)
class Acl2017Counts:
    """Counts of one document or a corpus.

    Attributes:
        components_100: components, at 100 % overlap.
        components_50: the same at 50 %.
        relations_100: relations, at 100 % overlap of both ends.
        relations_50: the same at 50 %.
        last_major_claims: last major claims found (as the last one, exactly), missed, or predicted where
            gold has none; a quarter of all essay-level relations hangs on them.
        documents: documents scored.
        tokens: tokens scored.
    """

    components_100: Counts = field(default_factory=Counts)
    components_50: Counts = field(default_factory=Counts)
    relations_100: Counts = field(default_factory=Counts)
    relations_50: Counts = field(default_factory=Counts)
    last_major_claims: Counts = field(default_factory=Counts)
    documents: int = 0
    tokens: int = 0

    def __add__(self, other: "Acl2017Counts") -> "Acl2017Counts":
        return Acl2017Counts(
            self.components_100 + other.components_100,
            self.components_50 + other.components_50,
            self.relations_100 + other.relations_100,
            self.relations_50 + other.relations_50,
            self.last_major_claims + other.last_major_claims,
            self.documents + other.documents,
            self.tokens + other.tokens,
        )

    @property
    def last_major_claim_exact(self) -> float:
        """Share of documents with a major claim whose last one has its exact span."""
        return self.last_major_claims.recall

    def figures(self) -> dict[str, object]:
        """What a JSON record keeps."""
        return {
            "c_f1_100": self.components_100.figures(),
            "c_f1_50": self.components_50.figures(),
            "r_f1_100": self.relations_100.figures(),
            "r_f1_50": self.relations_50.figures(),
            "last_major_claim_exact": self.last_major_claim_exact,
            "documents": self.documents,
            "tokens": self.tokens,
        }

    def __str__(self) -> str:
        exact = f"{self.last_major_claim_exact:.4f}  ({self.last_major_claims.gold} gold items)"
        lines = [
            f"C-F1 100 %  {self.components_100}",
            f"C-F1  50 %  {self.components_50}",
            f"R-F1 100 %  {self.relations_100}",
            f"R-F1  50 %  {self.relations_50}",
            f"last major claim exact  {exact}",
            f"{self.documents} documents, {self.tokens} tokens",
        ]
        return "\n".join(lines)


def count_document(gold: TokenDocument, predicted: TokenDocument) -> Acl2017Counts:
    """Counts of one document.

    Raises:
        ValueError: the documents differ in their number of tokens.
    """
    if gold.tokens != predicted.tokens:
        raise ValueError(f"gold has {gold.tokens} tokens, predicted {predicted.tokens}")
    gold_relations, predicted_relations = relations(gold), relations(predicted)
    return Acl2017Counts(
        Counts.of_matches(gold.components, predicted.components, lambda x, y: _same_component(x, y, EXACT)),
        Counts.of_matches(gold.components, predicted.components, lambda x, y: _same_component(x, y, HALF)),
        Counts.of_matches(gold_relations, predicted_relations, lambda x, y: _same_relation(x, y, EXACT)),
        Counts.of_matches(gold_relations, predicted_relations, lambda x, y: _same_relation(x, y, HALF)),
        Counts.of_sets(_last_major_claim(gold), _last_major_claim(predicted)),
        documents=1,
        tokens=gold.tokens,
    )


def count_documents(pairs: Iterable[tuple[TokenDocument, TokenDocument]]) -> Acl2017Counts:
    """Counts of a corpus, from pairs of gold and predicted."""
    return sum((count_document(gold, predicted) for gold, predicted in pairs), Acl2017Counts())


def relations(document: TokenDocument) -> tuple[TokenRelation, ...]:
    """The relation of each component, in their order."""
    return tuple(TokenRelation(c.span, c.label, _target_span(document, c)) for c in document.components)


def _target_span(document: TokenDocument, component: TokenComponent) -> TokenSpan | None:
    target: TokenComponent | None = None
    if component.type is ComponentType.CLAIM:
        target = document.last_major_claim
    elif component.type is ComponentType.PREMISE and component.target is not None:
        target = document.components[component.target]
    return None if target is None or target.start == 0 else target.span


def _last_major_claim(document: TokenDocument) -> list[TokenSpan]:
    last = document.last_major_claim
    return [] if last is None else [last.span]


def _same_component(x: TokenComponent, y: TokenComponent, threshold: float) -> bool:
    return x.type is y.type and overlap(x.span, y.span) > threshold


def _same_relation(x: TokenRelation, y: TokenRelation, threshold: float) -> bool:
    return (
        x.label == y.label and overlap(x.source, y.source) > threshold and _same_target(x.target, y.target, threshold)
    )


def _same_target(x: TokenSpan | None, y: TokenSpan | None, threshold: float) -> bool:
    return x is y if x is None or y is None else overlap(x, y) > threshold
