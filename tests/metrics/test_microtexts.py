"""Protocol E; the trees are those of small cases worked by hand."""

import pytest

from argmine.document import Document
from argmine.errors import EvaluationError, GraphError
from argmine.graph import ArgumentGraph
from argmine.metrics.counts import Counts
from argmine.metrics.microtexts import as_dependencies, count_graph, count_graphs

TEXT = "abcde"
Links = list[tuple[str, str, str]]


def tree(links: Links, size: int = 4) -> ArgumentGraph:
    """Components c1, c2, … of one letter each."""
    sources = {source for source, _, _ in links}
    names = [f"c{n}" for n in range(1, size + 1)]
    types = ["premise" if name in sources else "claim" for name in names]
    parts = [(name, kind, n, n + 1) for n, (name, kind) in enumerate(zip(names, types, strict=True))]
    return ArgumentGraph.build(Document(id="t", text=TEXT), parts, links)


GOLD = tree([("c1", "c2", "support"), ("c3", "c2", "attack"), ("c4", "c3", "attack")])


def test_equal_trees_score_1_on_all_levels() -> None:
    counts = count_graph(GOLD, GOLD)
    assert [level.macro_f1 for level in (counts.cc, counts.ro, counts.fu, counts.at)] == [1, 1, 1, 1]
    assert [level.gold for level in (counts.cc, counts.ro, counts.fu, counts.at)] == [4, 4, 4, 12]


def test_an_attack_on_an_attack_is_the_proponents() -> None:
    assert count_graph(GOLD, GOLD).ro.pairs == {("proponent", "proponent"): 3, ("opponent", "opponent"): 1}


def test_levels_of_a_wrong_tree() -> None:
    """c4 supports the central claim instead of attacking c3: role right, function wrong, attachment wrong."""
    counts = count_graph(GOLD, tree([("c1", "c2", "support"), ("c3", "c2", "attack"), ("c4", "c2", "support")]))
    assert [level.accuracy for level in (counts.cc, counts.ro, counts.fu)] == [1, 1, 0.75]
    assert counts.at.accuracy == pytest.approx(10 / 12)
    # fu: central 1, support 2·1/(2 + 1) = 2/3, attack 2·1/(2 + 1) = 2/3
    assert counts.fu.macro_f1 == pytest.approx((1 + 2 / 3 + 2 / 3) / 3)
    assert counts.at.of_class("attached") == Counts(found=2, spurious=1, missed=1)


def test_wrong_central_claim() -> None:
    counts = count_graph(GOLD, tree([("c2", "c1", "support"), ("c3", "c2", "attack"), ("c4", "c3", "attack")]))
    assert counts.cc.accuracy == 0.5
    assert counts.ro.accuracy == 1
    assert counts.at.of_class("attached") == Counts(found=2, spurious=1, missed=1)


def with_groups(graph: ArgumentGraph, groups: dict[str, str]) -> ArgumentGraph:
    return graph.model_copy(update={"meta": {"groups": groups}})


def test_linked_premise_supports_the_premise_that_it_joins() -> None:
    """c3 and c4 attack c1 together: r2 is the relation, r3 joins it."""
    linked = with_groups(
        tree([("c2", "c1", "support"), ("c3", "c1", "attack"), ("c4", "c1", "attack")]), {"r2": "r2", "r3": "r2"}
    )
    found = as_dependencies(linked)
    assert [(r.source, r.target, r.type) for r in found.relations] == [
        ("c2", "c1", "support"),
        ("c3", "c1", "attack"),
        ("c4", "c3", "support"),
    ]
    assert as_dependencies(found) == found


def test_gold_is_scored_as_dependencies() -> None:
    linked = with_groups(tree([("c2", "c1", "attack"), ("c3", "c1", "attack")], 3), {"r1": "r1", "r2": "r1"})
    counts = count_graph(linked, tree([("c2", "c1", "attack"), ("c3", "c2", "support")], 3))
    assert (counts.fu.accuracy, counts.at.accuracy, counts.ro.accuracy) == (1, 1, 1)


def test_group_of_an_unknown_relation_is_refused() -> None:
    with pytest.raises(EvaluationError, match="share r9, which is no relation"):
        as_dependencies(with_groups(GOLD, {"r1": "r9"}))


def test_other_segments_are_refused() -> None:
    with pytest.raises(EvaluationError, match="predicted spans differ"):
        count_graph(GOLD, tree([], 3))


def test_what_is_no_forest_is_refused() -> None:
    circle = tree([("c1", "c2", "support"), ("c2", "c1", "support")])
    with pytest.raises(GraphError, match="in a circle above c1"):
        count_graph(GOLD, circle)
    with pytest.raises(GraphError, match="c1 has 2 relations"):
        count_graph(GOLD, tree([("c1", "c2", "support"), ("c1", "c3", "support")]))


def test_documents_of_a_fold_add_up() -> None:
    fold = count_graphs([(GOLD, GOLD), (GOLD, GOLD)])
    assert fold.at.gold == 24
    assert "cc  macro F1 1.0000  (8 gold items: cc 2, other 6)" in str(fold)
