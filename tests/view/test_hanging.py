"""Where components hang in the drawn tree."""

from itertools import pairwise

from hypothesis import given

from argmine.errors import GraphError
from argmine.graph import ArgumentGraph
from argmine.view.html.hanging import Node, hanging_of
from tests.graphs import chain_graph, tram_graph
from tests.made_up_graphs import graphs
from tests.view.map_graphs import tangled_graph


def test_thesis_stands_once_with_all_its_statements() -> None:
    nodes = hanging_of(tram_graph()).nodes
    assert nodes[0] == Node("c5", ("c1", "c5"), None, None)
    assert [(n.component, n.parent, n.relation) for n in nodes[1:]] == [
        ("c2", "c5", "r1"),
        ("c3", "c5", "r2"),
        ("c4", "c3", "r3"),
    ]


def test_circle_is_opened_at_its_first_component_and_a_second_target_set_aside() -> None:
    hanging = hanging_of(tangled_graph())
    assert [(n.component, n.parent) for n in hanging.nodes] == [("d", None), ("c", "d"), ("a", None), ("b", "a")]
    assert hanging.aside == ("r1", "r4")


def test_long_chain_hangs_whole() -> None:
    assert len(hanging_of(chain_graph(3000)).nodes) == 3000


@given(graphs())
def test_each_component_hangs_once_and_no_relation_is_lost(graph: ArgumentGraph) -> None:
    hanging = hanging_of(graph)
    assert sorted(name for node in hanging.nodes for name in node.statements) == sorted(c.id for c in graph.components)
    used = [node.relation for node in hanging.nodes if node.relation is not None]
    assert sorted([*used, *hanging.aside]) == sorted(r.id for r in graph.relations)


@given(graphs())
def test_parents_stand_before_what_hangs_on_them(graph: ArgumentGraph) -> None:
    seen: set[str | None] = {None}
    for node in hanging_of(graph).nodes:
        assert node.parent in seen
        seen.add(node.component)


@given(graphs())
def test_forest_is_drawn_as_its_trees_say(graph: ArgumentGraph) -> None:
    try:
        trees = graph.trees
    except GraphError:
        return
    drawn = [(node.component, node.parent) for node in hanging_of(graph).nodes]
    told = []
    for tree in trees:
        for _, component in tree.walk():
            above = tree.parent(component)
            told.append((component.id, above and above.id))
    assert drawn == told
    assert hanging_of(graph).aside == ()


def test_siblings_stand_in_text_order() -> None:
    graph = tram_graph()
    roots = [graph.component(node.component) for node in hanging_of(graph.without_relations()).nodes[1:]]
    assert all(a.start < b.start for a, b in pairwise(roots))
