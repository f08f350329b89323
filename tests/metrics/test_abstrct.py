"""Protocol G: classes and relations of given components, tags of tokens."""

from pathlib import Path

import pytest

from argmine.corpora import read_corpus
from argmine.document import Document
from argmine.errors import EvaluationError
from argmine.graph import ArgumentGraph, Component, Relation, RelationType
from argmine.metrics.abstrct import AbstrctCounts, count_graph, count_graphs, count_tags, tags

TEXT = "Pills helped. Pain fell. Few slept."
TOKENS = [(0, 5), (6, 12), (12, 13), (14, 18), (19, 23), (23, 24), (25, 28), (29, 34), (34, 35)]
PLACES = ((0, 12), (14, 23), (25, 34))
TYPES = {"MajorClaim": "major_claim", "Claim": "claim", "Premise": "premise"}


def component(name: str, label: str | None, start: int, end: int) -> Component:
    kind = TYPES.get(label or "", "claim")
    fields = {"id": name, "type": kind, "label": label, "start": start, "end": end, "text": TEXT[start:end]}
    return Component.model_validate(fields)


def graph(*labels: str | None, links: tuple[tuple[int, int, str], ...] = ()) -> ArgumentGraph:
    components = [component(f"c{n}", label, *PLACES[n]) for n, label in enumerate(labels)]
    relations = [
        Relation(id=f"r{n}", source=f"c{a}", target=f"c{b}", type=RelationType(kind))
        for n, (a, b, kind) in enumerate(links)
    ]
    return ArgumentGraph.build(Document(id="trial", text=TEXT), components, relations)


GOLD = graph("MajorClaim", "Premise", "Premise", links=((1, 0, "support"), (2, 0, "attack")))


def test_major_claims_are_claims() -> None:
    counts = count_graph(GOLD, graph("Claim", "Premise", "Claim"))
    assert counts.components.pairs == {("Claim", "Claim"): 1, ("Premise", "Premise"): 1, ("Premise", "Claim"): 1}
    assert counts.components.macro_f1 == pytest.approx((2 / 3 + 2 / 3) / 2)


def test_all_ordered_pairs_have_a_relation_or_none() -> None:
    predicted = graph("Claim", "Premise", "Premise", links=((1, 0, "support"), (2, 0, "support"), (2, 1, "support")))
    counts = count_graph(GOLD, predicted)
    assert counts.relations.pairs == {
        ("support", "support"): 1,
        ("attack", "support"): 1,
        ("none", "support"): 1,
        ("none", "none"): 3,
    }
    assert counts.relations.macro_f1 == pytest.approx((0.5 + 0 + 6 / 7) / 3)


def test_a_component_may_have_several_targets_and_a_pair_its_first_relation() -> None:
    twice = graph("Claim", "Premise", "Premise", links=((1, 0, "attack"), (1, 0, "support"), (1, 2, "support")))
    counts = count_graph(GOLD, twice)
    assert counts.relations.pairs[("support", "attack")] == 1
    assert counts.relations.pairs[("none", "support")] == 1


def test_tags_are_those_of_the_class() -> None:
    expected = ["B-Claim", "I-Claim", "O", "B-Premise", "I-Premise", "O", "O", "O", "O"]
    assert tags(graph("MajorClaim", "Premise"), TOKENS) == expected


def test_tags_are_compared_token_by_token() -> None:
    counts = count_tags(graph("Claim", "Premise"), graph("Claim", "Claim"), TOKENS)
    assert counts.gold == 9
    assert counts.of_class("B-Claim").f1 == pytest.approx(2 / 3)
    assert counts.of_class("I-Premise").f1 == 0
    assert counts.macro_f1 == pytest.approx((2 / 3 + 2 / 3 + 0 + 0 + 1) / 5)


def test_other_spans_are_refused() -> None:
    with pytest.raises(EvaluationError, match="components were given, yet predicted spans differ"):
        count_graph(GOLD, graph("Claim", "Premise"))


def test_components_without_a_label_of_the_corpus_are_refused() -> None:
    with pytest.raises(EvaluationError, match="trial: c0 has no label, scored are MajorClaim, Claim, Premise"):
        count_graph(GOLD, graph(None, "Premise", "Premise"))
    with pytest.raises(EvaluationError, match="trial: c1 has the label 'fact'"):
        count_tags(GOLD, graph("Claim", "fact"), TOKENS)


def test_counts_add_up_and_print_their_gold_items() -> None:
    counts = count_graphs([(GOLD, GOLD), (GOLD, GOLD)])
    assert (counts.components.gold, counts.relations.gold) == (6, 12)
    assert "(6 gold items: Claim 2, Premise 4)" in str(counts)
    assert counts + AbstrctCounts.empty() == counts


def test_counts_of_the_neoplasm_test_part(corpora: Path) -> None:
    gold = read_corpus("abstrct", corpora / "abstrct").split("neoplasm-test")
    counts = count_graphs((graph, graph) for graph in gold)
    assert (counts.components.of_class("Claim").gold, counts.components.of_class("Premise").gold) == (248, 438)
    assert (counts.relations.of_class("support").gold, counts.relations.of_class("attack").gold) == (364, 60)
