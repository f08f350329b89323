from argmine.document import Document
from argmine.graph import ArgumentGraph
from argmine.metrics.counts import Counts
from argmine.metrics.exact_spans import count_graph, count_graphs

TEXT = "Buses help. They are cheap. Keep them. But noisy."
Links = list[tuple[str, str, str]]


def graph(parts: list[tuple[str, str, int, int]], links: Links | None = None) -> ArgumentGraph:
    return ArgumentGraph.build(Document(id="bus", text=TEXT), parts, links or [])


CLAIM, REASON = ("c", "claim", 0, 10), ("p", "premise", 12, 26)
THESIS, DOUBT = ("m", "major_claim", 28, 37), ("d", "premise", 39, 48)
GOLD = graph([CLAIM, REASON, THESIS, DOUBT], [("p", "c", "support"), ("c", "m", "support"), ("d", "c", "attack")])


def test_spans_must_be_exact() -> None:
    counts = count_graph(GOLD, graph([("c", "claim", 0, 10), ("p", "premise", 12, 25)]))
    assert counts.spans == Counts(found=1, spurious=1, missed=3)


def test_outer_space_is_left_out() -> None:
    assert count_graph(GOLD, graph([("p", "premise", 11, 26), ("m", "major_claim", 27, 37)])).spans.found == 2


def test_stance_is_part_of_a_claims_label() -> None:
    counts = count_graph(GOLD, graph([CLAIM, THESIS], [("c", "m", "attack")]))
    assert counts.spans == Counts(found=2, missed=2)
    assert counts.labelled_spans == Counts(found=1, spurious=1, missed=3)


def test_sign_of_a_premise_is_no_part_of_its_label() -> None:
    counts = count_graph(GOLD, graph([CLAIM, DOUBT], [("d", "c", "support")]))
    assert counts.labelled_spans.found == 2
    assert (counts.links, counts.labelled_links) == (
        Counts(found=1, missed=1),
        Counts(spurious=1, missed=2),
    )


def test_claim_to_major_claim_is_no_link() -> None:
    assert count_graph(GOLD, GOLD).links == Counts(found=2)


def test_counts_add_up_and_print_their_gold_items() -> None:
    text = str(count_graphs([(GOLD, GOLD), (GOLD, GOLD)]))
    assert text.count("(8 gold items)") == 2
    assert text.count("(4 gold items)") == 2
