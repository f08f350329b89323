"""Trees: which there are, walking them, and how they read."""

import pickle

import pytest

from argmine.document import Document
from argmine.errors import GraphError
from argmine.graph import ArgumentGraph, Component
from argmine.tree import INDENTED, ArgumentTree
from tests.graphs import chain_graph, tram_graph

LONG = 3000


def tram_tree() -> ArgumentTree:
    (tree,) = tram_graph().trees
    return tree


def ids(components: tuple[Component, ...]) -> list[str]:
    return [c.id for c in components]


def linked(*links: tuple[str, str, str], kinds: str = "ccpp") -> ArgumentGraph:
    names = {"m": "major_claim", "c": "claim", "p": "premise"}
    parts = [(f"c{n}", names[kind], 2 * n, 2 * n + 1) for n, kind in enumerate(kinds)]
    return ArgumentGraph.build(Document(id="d", text="x " * len(kinds)), parts, links)


def test_second_parent_is_named() -> None:
    graph = linked(("c2", "c0", "support"), ("c2", "c1", "support"))
    with pytest.raises(GraphError, match="d: no forest: c2 has two relations, to c0 and c1"):
        _ = graph.trees


def test_circle_is_named() -> None:
    graph = linked(("c0", "c1", "support"), ("c1", "c2", "support"), ("c2", "c3", "attack"), ("c3", "c1", "support"))
    with pytest.raises(GraphError, match="d: no forest: the relations run in a circle, c1 → c2 → c3 → c1"):
        _ = graph.trees


def test_empty_graph_has_no_trees() -> None:
    assert ArgumentGraph(id="d", text="").trees == ()


def test_unlinked_components_are_trees_of_their_own() -> None:
    assert [(t.root.id, t.depth, ids(t.components)) for t in linked(kinds="cp").trees] == [
        ("c0", 0, ["c0"]),
        ("c1", 0, ["c1"]),
    ]


def test_thesis_stands_first_then_roots_in_text_order() -> None:
    assert [t.root.id for t in linked(("c3", "c1", "support"), kinds="cpmcp").trees] == ["c2", "c0", "c1", "c4"]


def test_major_claims_share_a_tree_whose_root_is_the_last() -> None:
    tree = tram_tree()
    assert tree.root.id == "c5"
    assert ids(tree.statements) == ["c1", "c5"]
    assert ids(tree.restatements) == ["c1"]
    assert ids(tree.components) == ["c1", "c2", "c3", "c4", "c5"]


def test_major_claim_that_bears_on_another_is_no_statement() -> None:
    (tree,) = linked(("c0", "c1", "support"), kinds="mm").trees
    assert (tree.root.id, ids(tree.statements), ids(tree.children(tree.root))) == ("c1", ["c1"], ["c0"])


def test_children_of_the_root_bear_on_any_statement() -> None:
    tree = tram_tree()
    assert ids(tree.children(tree.root)) == ids(tree.children(tree.statements[0])) == ["c2", "c3"]


def test_parent_of_a_claim_tied_to_another_statement_is_the_root() -> None:
    tree = tram_tree()
    parents = [tree.parent(c) for c in tree.components]
    assert [p and p.id for p in parents] == [None, "c5", "c5", "c3", None]


def test_ancestors_lead_to_the_root() -> None:
    tree = tram_tree()
    assert ids(tree.ancestors(tree.graph.component("c4"))) == ["c3", "c5"]


def test_walk_goes_down_in_text_order() -> None:
    assert [(depth, c.id) for depth, c in tram_tree().walk()] == [(0, "c5"), (1, "c2"), (1, "c3"), (2, "c4")]


def test_walk_may_start_anywhere() -> None:
    tree = tram_tree()
    assert [(depth, c.id) for depth, c in tree.walk(tree.graph.component("c3"))] == [(0, "c3"), (1, "c4")]


def test_arguments_are_the_components_on_which_something_bears() -> None:
    found = [(a.conclusion.id, ids(a.supports), ids(a.attacks)) for a in tram_tree().arguments()]
    assert found == [("c5", ["c2"], ["c3"]), ("c3", [], ["c4"])]


def test_depth_counts_steps() -> None:
    assert tram_tree().depth == 2


def test_stranger_is_refused_by_name() -> None:
    first, second = linked(kinds="cp").trees
    for ask in (first.parent, first.children, first.ancestors, first.argument):
        with pytest.raises(ValueError, match="component c1 is not in the tree of c0"):
            ask(second.root)
    assert second.root not in first


def test_tree_reads_as_a_person_would_write_it() -> None:
    assert str(tram_tree()).splitlines() == [
        "[major claim] keep them",
        "   also stated: Keep the trams",
        "├─ + [claim] They are quiet",
        "└─ − [claim] Buses are cheaper",
        "   └─ − [premise] they are loud",
    ]


def test_tree_draws_lines_past_a_branch() -> None:
    (tree,) = linked(("c1", "c0", "support"), ("c2", "c1", "support"), ("c3", "c0", "attack")).trees
    assert [line[:6] for line in str(tree).splitlines()] == ["[claim", "├─ + [", "│  └─ ", "└─ − ["]


def test_tree_shows_a_component_in_one_line() -> None:
    graph = ArgumentGraph.build(Document(id="d", text="a\r\n\x1b[2Jb"), [("c1", "claim", 0, 8)])
    assert str(graph.trees[0]) == "[claim] a \ufffd[2Jb"


def test_tree_survives_pickling() -> None:
    tree = tram_tree()
    again = pickle.loads(pickle.dumps(tree))  # noqa: S301 (our own bytes)
    assert (again, str(again)) == (tree, str(tree))


def test_deep_chain_is_walked_without_recursion() -> None:
    (tree,) = chain_graph(LONG).trees
    assert tree.depth == LONG - 1
    assert len(tree.ancestors(tree.graph.component(f"c{LONG - 1}"))) == LONG - 1
    assert len(list(tree.arguments())) == LONG - 1


def test_deep_chain_says_its_depth_where_it_is_too_deep_to_indent() -> None:
    (tree,) = chain_graph(LONG).trees
    lines = str(tree).splitlines()
    assert lines[INDENTED].strip() == "└─ + [premise] x"
    assert lines[INDENTED + 1].strip() == f"({INDENTED + 1}) + [premise] x"
    assert len(lines) == LONG
    assert max(map(len, lines)) < 120


def test_wide_tree_keeps_text_order() -> None:
    links = [(f"c{n}", "c0", "support") for n in reversed(range(1, LONG))]
    (tree,) = linked(*links, kinds="c" + "p" * (LONG - 1)).trees
    assert ids(tree.children(tree.root)) == [f"c{n}" for n in range(1, LONG)]


def test_many_statements_share_one_tree() -> None:
    (tree,) = linked(kinds="m" * LONG).trees
    assert (len(tree.statements), tree.root.id) == (LONG, f"c{LONG - 1}")
    assert tree.parent(tree.statements[5]) is None
