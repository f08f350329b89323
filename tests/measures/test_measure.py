"""Each measure on a graph worked by hand, then what holds for any graph."""

import time

import pytest
from hypothesis import given

from argmine.document import Document
from argmine.errors import GraphError
from argmine.graph import ArgumentGraph, ComponentType, RelationType
from argmine.measures import Measures, measure
from tests.graphs import chain_graph, mined_graph, tram_graph
from tests.made_up_graphs import graphs

TEXT = (
    "Our town has a bridge.\n\n"  # 5 words
    "Close the bridge to cars. It is old, because it was built for carts. But shops need cars.\n"  # 5 + 9 + 4
    "However, shops did well last June. So close it."  # 6 + 3
)
PARTS = {
    "c1": ("major_claim", "Close the bridge to cars"),
    "c2": ("claim", "It is old"),
    "c3": ("premise", "it was built for carts"),
    "c4": ("claim", "shops need cars"),
    "c5": ("premise", "shops did well last June"),
    "c6": ("major_claim", "close it"),
}
LINKS = [("c2", "c6", "support"), ("c3", "c2", "support"), ("c4", "c6", "attack"), ("c5", "c4", "attack")]


def graph_of(text: str, parts: dict[str, tuple[str, str]], links: list[tuple[str, str, str]]) -> ArgumentGraph:
    found = [(name, kind, text.index(part), text.index(part) + len(part)) for name, (kind, part) in parts.items()]
    return ArgumentGraph.build(Document(id="d", text=text), found, links)


def bridge() -> Measures:
    return measure(graph_of(TEXT, PARTS, LINKS))


def test_text_is_counted_in_words_and_paragraphs() -> None:
    assert (bridge().words, bridge().paragraphs) == (32, 3)


def test_components_are_counted_by_type_and_role() -> None:
    found = bridge()
    assert (found.components, found.major_claims, found.claims, found.premises) == (6, 2, 2, 2)
    assert found.conclusions == 4


def test_words_in_components_are_a_share_of_the_text() -> None:
    assert bridge().words_in_components == 5 + 3 + 5 + 3 + 5 + 2
    assert bridge().share_in_components == round(23 / 32, 4)


def test_word_in_two_components_counts_once() -> None:
    parts = {"c1": ("claim", "Buses run late"), "c2": ("premise", "run late at night")}
    assert measure(graph_of("Buses run late at night.", parts, [])).words_in_components == 5


def test_word_that_a_component_covers_in_part_counts() -> None:
    parts = {"c1": ("claim", "us")}
    assert measure(graph_of("Buses run.", parts, [])).words_in_components == 1


def test_major_claims_have_places() -> None:
    found = bridge()
    assert found.has_major_claim
    assert (found.first_major_claim, found.last_major_claim) == (round(5 / 32, 4), round(30 / 32, 4))


def test_text_without_major_claim_has_no_places() -> None:
    found = measure(chain_graph(2))
    assert (found.has_major_claim, found.first_major_claim, found.last_major_claim) == (False, None, None)


def test_statements_of_the_thesis_are_one_root() -> None:
    found = bridge()
    assert (found.trees, found.depth, found.breadth, found.longest_chain) == (1, 2, 2, 3)


def test_depth_goes_through_attacks_and_chains_do_not() -> None:
    found = measure(tram_graph())
    assert (found.depth, found.longest_chain) == (2, 2)


def test_chain_of_components_is_measured_from_end_to_end() -> None:
    found = measure(chain_graph(5))
    assert (found.trees, found.depth, found.breadth, found.longest_chain) == (1, 4, 1, 5)


def test_breadth_is_of_one_tree() -> None:
    text = "a b c d e f g"
    parts = {f"c{n}": ("claim" if n in (0, 3) else "premise", letter) for n, letter in enumerate("abcdefg")}
    links = [(f"c{n}", "c0" if n < 3 else "c3", "support") for n in (1, 2, 4, 5, 6)]
    found = measure(graph_of(text, parts, links))
    assert (found.trees, found.breadth) == (2, 3)


def test_premises_are_counted_by_claim() -> None:
    assert bridge().premises_per_claim == 1.0
    assert measure(chain_graph(4)).premises_per_claim == 3.0


def test_claim_without_incoming_support_is_unsupported() -> None:
    found = bridge()
    assert (found.unsupported_claims, found.share_unsupported) == (1, 0.5)


def test_attack_whose_source_is_attacked_is_rebutted() -> None:
    found = bridge()
    assert (found.supports, found.attacks, found.rebutted_attacks) == (2, 2, 1)


def test_attack_whose_source_is_supported_is_not_rebutted() -> None:
    found = measure(graph_of(TEXT, PARTS, [("c2", "c1", "attack"), ("c3", "c2", "support")]))
    assert (found.attacks, found.rebutted_attacks) == (1, 0)


def test_paragraph_without_component_is_without_argument() -> None:
    assert bridge().share_without_argument == round(1 / 3, 4)


def test_component_across_paragraphs_argues_in_both() -> None:
    parts = {"c1": ("claim", "Buses\n\nrun")}
    assert measure(graph_of("Buses\n\nrun late.\n\nWhy?", parts, [])).share_without_argument == round(1 / 3, 4)


def test_markers_are_counted_in_a_hundred_words() -> None:
    assert bridge().markers_per_100_words == round(100 * 3 / 32, 4)  # because, But, However


def test_probabilities_are_of_components_and_of_relations() -> None:
    found = measure(mined_graph())
    assert (found.mean_probability, found.least_probability) == (0.9, 0.9)
    assert (found.mean_relation_probability, found.least_relation_probability) == (0.8001, 0.8001)


def test_least_probability_is_of_the_least_sure_component() -> None:
    graph = tram_graph()
    sure = [
        c.model_copy(update={"probability": p}) for c, p in zip(graph.components, (1, 0.5, 0.2, 0.4, 0), strict=True)
    ]
    found = measure(graph.model_copy(update={"components": tuple(sure)}))
    assert (found.mean_probability, found.least_probability) == (0.42, 0.0)


def test_gold_has_no_probabilities() -> None:
    found = bridge()
    sure = (found.mean_probability, found.least_probability)
    assert (*sure, found.mean_relation_probability, found.least_relation_probability) == (None,) * 4


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_text_without_words_has_counts_of_0_and_null_for_the_rest(text: str) -> None:
    found = measure(ArgumentGraph(id="d", text=text))
    assert {value for value in found.model_dump().values() if value is not None} == {0}
    assert (found.trees, found.depth, found.share_in_components, found.markers_per_100_words) == (0, None, None, None)


def test_text_without_components_has_shares_of_0() -> None:
    found = measure(ArgumentGraph(id="d", text="Buses run, but late."))
    assert (found.share_in_components, found.share_without_argument, found.markers_per_100_words) == (0.0, 1.0, 25.0)
    assert (found.trees, found.depth, found.breadth, found.longest_chain) == (0, None, None, None)
    assert (found.premises_per_claim, found.share_unsupported) == (None, None)


@pytest.mark.parametrize(
    "links",
    [
        [("c2", "c3", "support"), ("c3", "c2", "support")],
        [("c3", "c2", "support"), ("c3", "c4", "attack")],
    ],
)
def test_graph_that_is_no_forest_has_no_shape_but_counts(links: list[tuple[str, str, str]]) -> None:
    found = measure(graph_of(TEXT, PARTS, links))
    assert (found.trees, found.depth, found.breadth, found.longest_chain) == (None,) * 4
    assert found.supports + found.attacks == 2


def test_component_of_white_space_alone_holds_no_word() -> None:
    graph = ArgumentGraph.build(Document(id="d", text="  \n"), [("c1", "major_claim", 0, 2)])
    found = measure(graph)
    assert (found.major_claims, found.words_in_components, found.first_major_claim) == (1, 0, None)


@given(graphs())
def test_counts_add_up(graph: ArgumentGraph) -> None:
    found = measure(graph)
    assert found.components == len(graph.components) == found.conclusions + found.premises
    assert found.conclusions == found.major_claims + found.claims
    assert found.supports + found.attacks == len(graph.relations)
    assert 0 <= found.words_in_components <= found.words == len(graph.text.split())


@given(graphs())
def test_parts_are_no_more_than_their_wholes(graph: ArgumentGraph) -> None:
    found = measure(graph)
    assert found.rebutted_attacks <= found.attacks
    assert found.unsupported_claims <= found.claims
    if found.first_major_claim is not None and found.last_major_claim is not None:
        assert found.first_major_claim <= found.last_major_claim
    if found.mean_probability is not None and found.least_probability is not None:
        assert found.least_probability <= found.mean_probability


@given(graphs())
def test_rebutted_attacks_equal_brute_force(graph: ArgumentGraph) -> None:
    attacks = [r for r in graph.relations if r.type is RelationType.ATTACK]
    assert measure(graph).rebutted_attacks == sum(any(b.target == a.source for b in attacks) for a in attacks)


@given(graphs())
def test_shape_is_that_of_the_trees(graph: ArgumentGraph) -> None:
    found = measure(graph)
    try:
        trees = graph.trees
    except GraphError:
        assert found.trees is found.depth is found.breadth is found.longest_chain is None
        return
    assert found.trees == len(trees)
    assert found.depth == max((tree.depth for tree in trees), default=None)
    if trees:
        assert found.longest_chain == max(_chain(graph, c.id) for c in graph.components)


def _chain(graph: ArgumentGraph, name: str) -> int:
    """Brute force: the longest row of supports that ends in a component."""
    sources = [r.source for r in graph.relations if r.target == name and r.type is RelationType.SUPPORT]
    return 1 + max((_chain(graph, source) for source in sources), default=0)


@given(graphs())
def test_without_relations_every_claim_is_unsupported(graph: ArgumentGraph) -> None:
    found = measure(graph.without_relations())
    assert found.unsupported_claims == found.claims == sum(c.type is ComponentType.CLAIM for c in graph.components)
    assert found.depth in (0, None)


@given(graphs())
def test_measures_read_back_equal(graph: ArgumentGraph) -> None:
    found = measure(graph)
    assert Measures.model_validate_json(found.model_dump_json()) == found


def test_time_is_linear_in_the_text() -> None:
    def seconds(length: int) -> float:
        graph = chain_graph(length)
        start = time.process_time()
        measure(graph)
        return time.process_time() - start

    seconds(10)
    assert min(seconds(4000) for _ in range(3)) < 12 * min(seconds(1000) for _ in range(3))
