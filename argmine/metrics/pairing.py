"""Pairing two graphs of one text: by equal spans where components are given, by overlap elsewhere."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from argmine.document import Span
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


def overlap_of_shorter(x: WordRange, y: WordRange) -> float:
    """Shared words (or tokens) of two half-open ranges over the words of the shorter.

    >>> overlap_of_shorter((0, 4), (3, 5))
    0.5
    """
    return max(0, min(x[1], y[1]) - max(x[0], y[0])) / min(x[1] - x[0], y[1] - y[0])


def word_ranges(graph: ArgumentGraph) -> list[WordRange]:
    """`[component]`, the half-open range of words (runs without white space) that each component touches.

    Raises:
        EvaluationError: a component holds nothing but white space.
    """
    found = touched_words(graph.text, graph.components)
    for component, (start, end) in zip(graph.components, found, strict=True):
        if start >= end:
            raise EvaluationError(f"component {component.id} of {graph.id} holds no word")
    return found


def touched_words(text: str, parts: Sequence[Component | Span]) -> list[WordRange]:
    """`[part]`, the half-open range of words of `text` that each part touches; empty where it touches none."""
    return touched(parts, [match.span() for match in re.finditer(r"\S+", text)])


def touched(parts: Sequence[Component | Span], tokens: Sequence[tuple[int, int]]) -> list[WordRange]:
    """`[part]`, the half-open range of tokens that each part overlaps; empty where it overlaps none.

    Args:
        parts: of one text, such as the components of its graph.
        tokens: `[token]`, half-open character ranges, in order and apart.
    """
    starts, ends = [start for start, _ in tokens], [end for _, end in tokens]
    return [(bisect_right(ends, part.start), bisect_left(starts, part.end)) for part in parts]


def paragraph_of(graph: ArgumentGraph) -> dict[str, int]:
    """The paragraph, from 0, in which each component starts, by component id."""
    starts = [span.start for span in graph.paragraphs()]
    return {c.id: sum(start <= c.start for start in starts) - 1 for c in graph.components}
