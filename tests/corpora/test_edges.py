import pytest

from argmine.corpora.edges import at_word_edges, without_outer_space
from argmine.document import Span

TEXT = "I don't mind. Trams, which last, are quiet"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (14, 32, "Trams, which last,"),
        (15, 32, "Trams, which last,"),
        (14, 30, "Trams, which last"),
        (14, 28, "Trams, which"),
        (12, 20, "Trams,"),
        (19, 25, "which"),
        (4, 12, "don't mind"),
        (33, 40, "are quiet"),
        (33, 38, "are"),
        (12, 13, "."),
    ],
)
def test_ends_move_to_the_nearer_edge_of_the_word(start: int, end: int, expected: str) -> None:
    span = at_word_edges(TEXT, Span(start=start, end=end))
    assert TEXT[span.start : span.end] == expected


def test_two_spans_cut_in_one_word_do_not_come_to_overlap() -> None:
    assert at_word_edges("Yes. They last.", Span(start=0, end=6)).end == 4
    assert at_word_edges("Yes. They last.", Span(start=6, end=15)).start == 5


def test_span_of_white_space_is_none() -> None:
    assert without_outer_space("a \n b", 1, 4) is None
