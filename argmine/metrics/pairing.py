"""Pairing two graphs of one text: by equal spans where components are given, by overlap elsewhere."""

import re
from collections.abc import Sequence

from argmine.errors import EvaluationError
from argmine.graph import ArgumentGraph, Component

WordRange = tuple[int, int]


def pair_given(gold: ArgumentGraph, predicted: ArgumentGraph) -> list[tuple[Component, Component]]:
    """The components of two graphs over the same given segments, pair by pair in text order.

    Raises:
        EvaluationError: the graphs differ in text or spans.
    """
    refuse_other_text(gold, predicted)
    spans = [(c.start, c.end) for c in gold.components]
    found = [(c.start, c.end) for c in predicted.components]
    if spans != found:
        odd = sorted(set(spans) ^ set(found))[:3]
        raise EvaluationError(f"{gold.id}: components were given, yet predicted spans differ from gold, at {odd}")
    return list(zip(gold.components, predicted.components, strict=True))


def refuse_other_text(gold: ArgumentGraph, predicted: ArgumentGraph) -> None:
    """Offsets of two graphs can be compared only over one text.

    Raises:
        EvaluationError: the texts differ.
    """
    if gold.text != predicted.text:
        raise EvaluationError(f"{predicted.id} was predicted over another text than gold {gold.id}")


def overlap(x: WordRange, y: WordRange) -> float:
    """Shared words (or tokens) of two half-open ranges over the words of the longer.

    >>> overlap((0, 4), (2, 5))
    0.5
    """
    return max(0, min(x[1], y[1]) - max(x[0], y[0])) / max(x[1] - x[0], y[1] - y[0])


def word_ranges(graph: ArgumentGraph) -> list[WordRange]:
    """`[component]`, the half-open range of words (runs without white space) that each component touches.

    Raises:
        EvaluationError: a component holds nothing but white space.
    """
    words = [match.span() for match in re.finditer(r"\S+", graph.text)]
    return [_word_range(graph, component, words) for component in graph.components]


def _word_range(graph: ArgumentGraph, component: Component, words: Sequence[tuple[int, int]]) -> WordRange:
    touched = [place for place, (start, end) in enumerate(words) if start < component.end and component.start < end]
    if not touched:
        raise EvaluationError(f"component {component.id} of {graph.id} holds no word")
    return touched[0], touched[-1] + 1


def paragraph_of(graph: ArgumentGraph) -> dict[str, int]:
    """The paragraph, from 0, in which each component starts, by component id."""
    starts = [span.start for span in graph.paragraphs()]
    return {c.id: sum(start <= c.start for start in starts) - 1 for c in graph.components}
