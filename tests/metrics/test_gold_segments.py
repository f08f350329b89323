import pytest

from argmine.document import Document
from argmine.errors import EvaluationError
from argmine.graph import ArgumentGraph
from argmine.metrics.counts import Counts
from argmine.metrics.gold_segments import count_graph, count_graphs

TEXT = "Title\n\nab cd ef\n\ngh ij\n"
SPANS = [("m", 7, 9), ("c", 10, 12), ("p", 13, 15), ("q", 17, 19), ("d", 20, 22)]
Links = list[tuple[str, str, str]]


def graph(types: str, links: Links) -> ArgumentGraph:
    """Components m, c, p in one paragraph, q, d in another; `types` gives a letter for each."""
    full = {"m": "major_claim", "c": "claim", "p": "premise"}
    parts = [(name, full[t], start, end) for (name, start, end), t in zip(SPANS, types, strict=True)]
    return ArgumentGraph.build(Document(id="x", text=TEXT), parts, links)


GOLD = graph("mcppc", [("c", "m", "support"), ("p", "c", "attack"), ("q", "d", "support"), ("d", "m", "attack")])


def test_links_are_scored_over_ordered_pairs_of_one_paragraph() -> None:
    links = count_graph(GOLD, GOLD).links
    assert links.gold == 3 * 2 + 2 * 1
    assert links.of_class("Link") == Counts(found=2)


def test_stance_is_no_link() -> None:
    counts = count_graph(GOLD, graph("mcppc", [("c", "m", "support")])).links
    assert counts.of_class("Link") == Counts(missed=2)


def test_link_across_paragraphs_is_not_scored() -> None:
    counts = count_graph(GOLD, graph("mcppc", [("q", "c", "support"), ("p", "c", "attack")])).links
    assert counts.of_class("Link") == Counts(found=1, missed=1)


def test_types_are_a_macro_of_three() -> None:
    types = count_graph(GOLD, graph("mcccc", [])).types
    # major claim 1; claim 2·2/(4 + 2) = 2/3; premise 0
    assert types.macro_f1 == pytest.approx((1 + 2 / 3 + 0) / 3)


def test_stance_counts_claims_and_premises_of_gold() -> None:
    stance = count_graph(
        GOLD, graph("pcppc", [("c", "m", "attack"), ("p", "m", "attack"), ("d", "c", "attack")])
    ).stance
    assert stance.gold == 4
    assert stance.of_class("attack") == Counts(found=2, spurious=1, missed=0)
    assert stance.of_class("support") == Counts(found=1, spurious=0, missed=1)


def test_other_spans_are_refused() -> None:
    fewer = ArgumentGraph.build(GOLD.document, [("m", "major_claim", 7, 9)])
    with pytest.raises(EvaluationError, match="x: components were given, yet predicted spans differ"):
        count_graph(GOLD, fewer)


def test_other_text_is_refused() -> None:
    other = ArgumentGraph(id="x", text="another")
    with pytest.raises(EvaluationError, match="over another text"):
        count_graph(GOLD, other)


def test_counts_add_up_and_print_their_gold_items() -> None:
    text = str(count_graphs([(GOLD, GOLD), (GOLD, GOLD)]))
    assert "(16 gold items: Link 4, NoLink 12)" in text
    assert "(10 gold items: claim 4, major_claim 2, premise 4)" in text
