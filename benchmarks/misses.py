"""Why gold components and relations were missed: protocol A at 100 %, the first fault that counts.

A missed component has its span under another type ("type"), or a component over more than half of it whose start, end
or both are wrong ("start", "end", "both_ends"), or none such ("absent"). A missed relation has its source's span
missed ("source_span"), else the source's type ("type"), else its label's sign ("label"), else its target's span
("target_span"), else another target than gold's ("target").
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from argmine.metrics.acl2017 import HALF, TokenRelation, relations
from argmine.metrics.pairing import overlap
from argmine.metrics.token_documents import TokenComponent, TokenDocument

COMPONENT_FAULTS = ("type", "start", "end", "both_ends", "absent")
RELATION_FAULTS = ("source_span", "type", "label", "target_span", "target")


@dataclass(frozen=True, slots=True)
class Misses:
    """How many gold items were missed by which fault."""

    components: Counter[str] = field(default_factory=Counter)
    relations: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Misses") -> "Misses":
        return Misses(self.components + other.components, self.relations + other.relations)

    def figures(self) -> dict[str, object]:
        """What a JSON record keeps; faults that did not occur are there as 0."""
        return {
            "components": {fault: self.components[fault] for fault in COMPONENT_FAULTS},
            "relations": {fault: self.relations[fault] for fault in RELATION_FAULTS},
        }

    def __str__(self) -> str:
        components = ", ".join(f"{fault} {self.components[fault]}" for fault in COMPONENT_FAULTS)
        links = ", ".join(f"{fault} {self.relations[fault]}" for fault in RELATION_FAULTS)
        return (
            f"missed components  {self.components.total()}: {components}\n"
            f"missed relations   {self.relations.total()}: {links}"
        )


def count_document(gold: TokenDocument, predicted: TokenDocument) -> Misses:
    """Faults of one document."""
    components = (component_fault(c, predicted.components) for c in gold.components)
    given = relations(predicted)
    spans = {c.span for c in predicted.components}
    links = (relation_fault(r, given, spans) for r in relations(gold))
    return Misses(Counter(f for f in components if f), Counter(f for f in links if f))


def count_documents(pairs: Iterable[tuple[TokenDocument, TokenDocument]]) -> Misses:
    """Faults of a corpus, from pairs of gold and predicted."""
    return sum((count_document(gold, predicted) for gold, predicted in pairs), Misses())


def component_fault(gold: TokenComponent, predicted: Sequence[TokenComponent]) -> str | None:
    """Why a gold component is missed, None where it is found."""
    exact = [c for c in predicted if c.span == gold.span]
    if exact:
        return None if any(c.type is gold.type for c in exact) else "type"
    near = max(predicted, key=lambda c: overlap(c.span, gold.span), default=None)
    if near is None or overlap(near.span, gold.span) <= HALF:
        return "absent"
    if near.end == gold.end:
        return "start"
    return "end" if near.start == gold.start else "both_ends"


def relation_fault(gold: TokenRelation, predicted: Sequence[TokenRelation], spans: set[tuple[int, int]]) -> str | None:
    """Why a gold relation is missed, None where it is found; `spans` are those of the predicted components."""
    same_source = [r for r in predicted if r.source == gold.source]
    if gold in same_source:
        return None
    if not same_source:
        return "source_span"
    given = same_source[0]
    if given.label.partition(":")[0] != gold.label.partition(":")[0]:
        return "type"
    if given.label != gold.label:
        return "label"
    return "target_span" if gold.target is not None and gold.target not in spans else "target"
