"""Unitised alpha as counts that add up over documents, so that resamples of a corpus can be scored.

The formula is that of `argmine.metrics.agreement`, for two observers and one category, in words. Each document is a
continuum of its own: a gap ends where its document does, for no unit could run on into the next. Of one document the
value is that of `unitized_alpha`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from argmine.errors import EvaluationError
from argmine.graph import ArgumentGraph
from argmine.metrics.agreement import Unit, difference, sections
from argmine.metrics.pairing import refuse_other_text, word_ranges

OBSERVERS = 2


@dataclass(frozen=True, slots=True)
class UnitizedCounts:
    """What alpha is made of.

    Attributes:
        length: words of the continuum.
        observed: squared differences of the two observers.
        units: lengths of the units of either observer.
        gaps: lengths of the gaps of both.
    """

    length: int = 0
    observed: int = 0
    units: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
    gaps: tuple[int, ...] = ()

    def __add__(self, other: "UnitizedCounts") -> "UnitizedCounts":
        return UnitizedCounts(
            self.length + other.length,
            self.observed + other.observed,
            (self.units[0] + other.units[0], self.units[1] + other.units[1]),
            self.gaps + other.gaps,
        )


def count_graph(first: ArgumentGraph, second: ArgumentGraph) -> UnitizedCounts:
    """Counts of one document, of components whatever their type.

    Raises:
        EvaluationError: the graphs are of different texts, or components of one of them overlap.
    """
    refuse_other_text(first, second)
    length = len(first.text.split())
    cuts = [_cut(graph, length) for graph in (first, second)]
    units = [tuple(end - start for start, end, is_unit in cut if is_unit) for cut in cuts]
    gaps = tuple(end - start for cut in cuts for start, end, is_unit in cut if not is_unit)
    return UnitizedCounts(length, difference(*cuts), (units[0], units[1]), gaps)


def _cut(graph: ArgumentGraph, length: int) -> Sequence[tuple[int, int, bool]]:
    try:
        return sections([Unit(start, end) for start, end in word_ranges(graph)], length)
    except ValueError as error:
        raise EvaluationError(f"{graph.id}: α_U is of components that do not overlap: {error}") from error
