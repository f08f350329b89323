import pytest

from argmine.document import Document
from argmine.errors import EvaluationError
from argmine.graph import ArgumentGraph
from argmine.metrics import matched
from argmine.metrics.counts import Counts
from argmine.metrics.overlap import count_graph, count_graphs

TEXT = "a b c d. e f g h i j k l"
Links = list[tuple[str, str, str]]


def graph(parts: dict[str, tuple[str, int, int]], links: Links | None = None) -> ArgumentGraph:
    """Components by name, type and half-open range of words."""
    starts = [place for place, letter in enumerate(TEXT) if letter.isalpha()]
    spans = [(name, kind, starts[first], starts[last - 1] + 1) for name, (kind, first, last) in parts.items()]
    return ArgumentGraph.build(Document(id="x", text=TEXT), spans, links or [])


GOLD = graph({"c": ("claim", 0, 4), "p": ("premise", 4, 8), "q": ("premise", 8, 12)}, [("p", "c", "support")])


def test_more_than_half_of_the_longer_is_needed() -> None:
    assert count_graph(GOLD, graph({"x": ("claim", 0, 2)})).spans == Counts(spurious=1, missed=3)
    assert count_graph(GOLD, graph({"x": ("claim", 0, 3)})).spans == Counts(found=1, missed=2)
    assert count_graph(GOLD, graph({"x": ("claim", 0, 8)})).spans == Counts(spurious=1, missed=3)


def test_roles_are_counted_apart_and_types_within_them_together() -> None:
    counts = count_graph(GOLD, graph({"x": ("major_claim", 0, 4), "y": ("claim", 4, 8), "z": ("premise", 8, 12)}))
    assert counts.conclusions == Counts(found=1, spurious=1)
    assert counts.premises == Counts(found=1, missed=1)


def test_links_need_both_ends_and_no_label() -> None:
    turned = graph({"x": ("claim", 0, 3), "y": ("claim", 5, 8)}, [("y", "x", "attack")])
    assert count_graph(GOLD, turned).links == Counts(found=1)
    wrong_way = graph({"x": ("claim", 0, 3), "y": ("claim", 5, 8)}, [("x", "y", "support")])
    assert count_graph(GOLD, wrong_way).links == Counts(spurious=1, missed=1)


def test_word_that_is_cut_counts_whole() -> None:
    text = "bicycle lanes help"
    gold = ArgumentGraph.build(Document(id="x", text=text), [("c", "claim", 0, 18)])
    predicted = ArgumentGraph.build(Document(id="x", text=text), [("c", "claim", 4, 13)])
    assert count_graph(gold, predicted).spans.found == 1


def test_component_of_white_space_is_refused() -> None:
    blank = ArgumentGraph.build(Document(id="x", text=TEXT), [("c", "claim", 1, 2)])
    with pytest.raises(EvaluationError, match="component c of x holds no word"):
        count_graph(GOLD, blank)


def test_counts_add_up_and_print_their_gold_items() -> None:
    text = str(count_graphs([(GOLD, GOLD), (GOLD, GOLD)]))
    assert [text.count(f"({n} gold items)") for n in (6, 4, 2)] == [1, 1, 2]


def test_matched_components_are_compared_by_type_and_links() -> None:
    other = graph({"c": ("claim", 0, 3), "p": ("claim", 4, 8), "z": ("premise", 10, 12)}, [("c", "p", "support")])
    counts = matched.count_graph(GOLD, other)
    assert counts.types.pairs == {("claim", "claim"): 1, ("premise", "claim"): 1}
    assert counts.links.pairs == {("apart", "linked"): 1, ("linked", "apart"): 1}
    assert counts.kappa_links == -1


def test_kappa_of_equal_graphs_is_1() -> None:
    counts = matched.count_graphs([(GOLD, GOLD)])
    assert (counts.kappa_types, counts.kappa_links) == (1, 1)
    assert str(counts) == "κ types 1.0000  (3 components)\nκ links 1.0000  (6 pairs)"
