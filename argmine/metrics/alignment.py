"""Components of two graphs of one text, paired one to one: each with what it most likely stands for.

Two components may be paired when they share a character and more than half of the words of the longer, whatever their
types. Pairs are made from the greatest share downwards, ties in text order; where the components of neither graph
overlap each other, no component has more than one that it may be paired with.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from argmine.graph import ArgumentGraph, Component
from argmine.metrics.overlap import HALF
from argmine.metrics.pairing import WordRange, overlap, overlap_of_shorter, refuse_other_text, word_ranges


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
    theirs = word_ranges(second)
    shares = (
        (-overlap(words, theirs[other]), own, other)
        for own, (words, near) in enumerate(_near(word_ranges(first), theirs))
        for other in near
        if (overlap(words, theirs[other]) > HALF or (within and overlap_of_shorter(words, theirs[other]) > HALF))
        and _touch(first.components[own], second.components[other])
    )
    return sorted(shares)


def _touch(component: Component, other: Component) -> bool:
    """Whether they share a character: of a word without white space, such as "either/or", each may hold a part."""
    return max(component.start, other.start) < min(component.end, other.end)


def _near(ranges: Sequence[WordRange], others: Sequence[WordRange]) -> Iterator[tuple[WordRange, range]]:
    """Each of `ranges` with the places among `others`, which are sorted, outside of which none overlaps it."""
    starts = [start for start, _ in others]
    longest = max((end - start for start, end in others), default=0)
    for start, end in ranges:
        yield (start, end), range(bisect_left(starts, start - longest), bisect_left(starts, end))
