"""Argument structure over the word tokens of one document, the units of protocols A and D.

A graph is laid over tokens by character offsets: a token belongs to a component when the two overlap.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from argmine.errors import EvaluationError
from argmine.graph import ArgumentGraph, Component, ComponentType
from argmine.metrics.labels import relation_label, sign
from argmine.metrics.pairing import touched

Offsets = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class TokenComponent:
    """A component as half-open token range, with the one relation that it emits.

    Attributes:
        start: its first token, from 0.
        end: the token after its last.
        type: what it is.
        label: "None", "Claim:For", "Claim:Against", "Premise:Support" or "Premise:Attack".
        target: the place of its target among the document's components; None is the root. Read for premises
            alone: protocol A ties every claim to the last major claim.
    """

    start: int
    end: int
    type: ComponentType
    label: str
    target: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a component covers at least one token, found {self.start}..{self.end}")

    @property
    def span(self) -> tuple[int, int]:
        """Its token range."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class TokenDocument:
    """The number of a document's tokens and its components in order of their first token."""

    tokens: int
    components: tuple[TokenComponent, ...]

    def __post_init__(self) -> None:
        if [c.span for c in self.components] != sorted(c.span for c in self.components):
            raise ValueError("components must stand in the order of their tokens")
        for component in self.components:
            if component.end > self.tokens:
                raise ValueError(f"a component ends at token {component.end}, the document has {self.tokens}")
            if component.target is not None and not 0 <= component.target < len(self.components):
                raise ValueError(f"a component has target {component.target} of {len(self.components)} components")

    @property
    def last_major_claim(self) -> TokenComponent | None:
        """The major claim that starts last, None where there is none."""
        found = [c for c in self.components if c.type is ComponentType.MAJOR_CLAIM]
        return found[-1] if found else None

    def cut(self, start: int, end: int) -> "TokenDocument":
        """The tokens from `start` up to `end` as a document of their own.

        A component goes with its first token and ends with the cut; a target outside the cut becomes the
        root.
        """
        kept = [place for place, c in enumerate(self.components) if start <= c.start < end]
        new_place = {old: new for new, old in enumerate(kept)}
        moved = (
            replace(c, start=c.start - start, end=min(c.end, end) - start, target=_moved(c.target, new_place))
            for c in (self.components[place] for place in kept)
        )
        return TokenDocument(end - start, tuple(moved))

    def paragraphs(self, ranges: Offsets) -> Iterator["TokenDocument"]:
        """Each paragraph as a document of its own.

        Args:
            ranges: `[paragraph]`, half-open token ranges that cover the document without gap.

        Raises:
            EvaluationError: they do not.
        """
        if [0, *(end for _, end in ranges)] != [*(start for start, _ in ranges), self.tokens]:
            raise EvaluationError(f"{len(ranges)} paragraphs do not cover the {self.tokens} tokens, each once")
        return (self.cut(start, end) for start, end in ranges)


def token_document(graph: ArgumentGraph, token_offsets: Offsets) -> TokenDocument:
    """A graph laid over tokens.

    Args:
        graph: gold or predicted.
        token_offsets: `[token]`, half-open character ranges in `graph.text`, in order and apart.

    Raises:
        EvaluationError: the tokens overlap or leave the text, or a component touches none of them.
    """
    _refuse_bad_tokens(graph, token_offsets)
    ranges = touched(graph.components, token_offsets)
    spans = {c.id: tokens for c, tokens in zip(graph.components, ranges, strict=True)}
    for name, (start, end) in spans.items():
        if start >= end:
            raise EvaluationError(f"component {name} of {graph.id} touches no token")
    order = sorted(graph.components, key=lambda c: spans[c.id])
    place = {c.id: number for number, c in enumerate(order)}
    found = (TokenComponent(*spans[c.id], c.type, _label(graph, c), _target(graph, c, place)) for c in order)
    return TokenDocument(len(token_offsets), tuple(found))


def _label(graph: ArgumentGraph, component: Component) -> str:
    return relation_label(component.type, sign(graph, component))


def _target(graph: ArgumentGraph, component: Component, place: dict[str, int]) -> int | None:
    outgoing = graph.outgoing(component)
    return place[outgoing[0].target] if outgoing else None


def _moved(target: int | None, new_place: dict[int, int]) -> int | None:
    return None if target is None else new_place.get(target)


def _refuse_bad_tokens(graph: ArgumentGraph, token_offsets: Offsets) -> None:
    before = 0
    for start, end in token_offsets:
        if not before <= start < end <= len(graph.text):
            raise EvaluationError(
                f"token {start}..{end} of {graph.id}: tokens must lie apart, in order, inside the text"
            )
        before = end
