"""Components of two graphs of one text, paired one to one: each with what it most likely stands for.

Two components may be paired when they share more than half of the words of the longer, whatever their types. Pairs are
made from the greatest share downwards, ties in text order; where the components of neither graph overlap each other,
no component has more than one that it may be paired with.
"""

from argmine.graph import ArgumentGraph, Component
from argmine.metrics.overlap import HALF
from argmine.metrics.pairing import overlap, overlap_of_shorter, refuse_other_text, word_ranges


def align(first: ArgumentGraph, second: ArgumentGraph, *, within: bool = False) -> list[tuple[Component, Component]]:
    """Pairs of components of `first` and `second`, in the order of `first`.

    Args:
        first: a graph.
        second: another of the same text.
        within: whether two may be paired, too, that share more than half of the words of the shorter alone.

    Raises:
        EvaluationError: the graphs are of different texts, or a component holds no word.
    """
    refuse_other_text(first, second)
    pairs: dict[int, int] = {}
    for _, own, other in _candidates(first, second, within=within):
        if own not in pairs and other not in pairs.values():
            pairs[own] = other
    return [(first.components[own], second.components[pairs[own]]) for own in sorted(pairs)]


def _candidates(first: ArgumentGraph, second: ArgumentGraph, *, within: bool) -> list[tuple[float, int, int]]:
    """Share, as a negative number, and the places of two components that may be paired, the greatest share first."""
    theirs = list(enumerate(word_ranges(second)))
    shares = (
        (-overlap(words, others), own, other)
        for own, words in enumerate(word_ranges(first))
        for other, others in theirs
        if overlap(words, others) > HALF or (within and overlap_of_shorter(words, others) > HALF)
    )
    return sorted(shares)
