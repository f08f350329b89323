"""Alpha as counts that add up: what of a document is counted."""

import pytest

from argmine.document import Document
from argmine.errors import EvaluationError
from argmine.graph import ArgumentGraph
from argmine.metrics.unitized import UnitizedCounts, count_graph

TEXT = "Keep the trams. They are quiet, and cheap."


def graph(*parts: str, text: str = TEXT) -> ArgumentGraph:
    places = [(f"c{n}", "claim", text.index(part), text.index(part) + len(part)) for n, part in enumerate(parts)]
    return ArgumentGraph.build(Document(id="trams", text=text), places)


def test_units_and_gaps_are_counted_in_words() -> None:
    counts = count_graph(graph("Keep the trams", "cheap"), graph("the trams"))
    assert counts == UnitizedCounts(length=8, observed=1 + 1, units=((3, 1), (2,)), gaps=(4, 1, 5))


def test_a_gap_ends_with_its_document() -> None:
    one = count_graph(graph("Keep the trams"), graph())
    assert (one + one).gaps == (5, 8, 5, 8)
    assert (one + one).units == ((3, 3), ())
    assert one + UnitizedCounts() == one


def test_a_text_without_words_counts_nothing() -> None:
    assert count_graph(graph(text=" "), graph(text=" ")) == UnitizedCounts()


def test_overlapping_components_are_refused() -> None:
    with pytest.raises(EvaluationError, match="trams: α_U is of components that do not overlap: "):
        count_graph(graph(), graph("Keep the trams", "trams. They"))


def test_other_text_is_refused() -> None:
    with pytest.raises(EvaluationError, match="was predicted over another text"):
        count_graph(graph(), graph(text="Keep."))
