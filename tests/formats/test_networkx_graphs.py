import networkx as nx
import pytest
from hypothesis import given, settings

from argmine.errors import FormatError
from argmine.formats.networkx_graphs import from_networkx, to_networkx
from argmine.graph import ArgumentGraph
from tests.graphs import tram_graph
from tests.made_up_graphs import graphs


@settings(max_examples=40)
@given(graphs())
def test_any_graph_comes_back_equal(graph: ArgumentGraph) -> None:
    assert from_networkx(to_networkx(graph)) == graph


def test_networkx_sees_components_and_relations() -> None:
    found = to_networkx(tram_graph())
    assert list(found) == ["c1", "c2", "c3", "c4", "c5"]
    assert found.nodes["c2"]["text"] == "They are quiet"
    assert [(a, b, d["type"]) for a, b, d in found.edges(data=True)] == [
        ("c2", "c1", "support"),
        ("c3", "c5", "attack"),
        ("c4", "c3", "attack"),
    ]
    assert nx.ancestors(found, "c5") == {"c3", "c4"}


def test_what_networkx_changes_is_read() -> None:
    found = to_networkx(tram_graph())
    found.remove_node("c3")
    found.add_edge("c4", "c2", key="new", type="attack")
    assert [(r.id, r.source, r.target) for r in from_networkx(found).relations] == [
        ("r1", "c2", "c1"),
        ("new", "c4", "c2"),
    ]


def test_a_node_without_a_place_is_refused() -> None:
    found = to_networkx(tram_graph())
    found.add_node("c9", type="claim")
    with pytest.raises(FormatError, match="node c9 has no start"):
        from_networkx(found)


def test_an_unknown_attribute_is_refused() -> None:
    found = to_networkx(tram_graph())
    found.nodes["c1"]["colour"] = "red"
    with pytest.raises(FormatError, match=r"components\.0\.colour: Extra inputs are not permitted"):
        from_networkx(found)
