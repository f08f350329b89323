import json
from pathlib import Path
from typing import Any

import pytest

from argmine.errors import FormatError
from argmine.formats.arguebuf import read_graphs, write_graphs
from argmine.graph import ArgumentGraph
from tests.graphs import tram_graph

NODES = {
    "a": {"atom": {"text": "Keep them", "reference": {"resource": "r", "offset": 22, "text": "Keep them"}}},
    "b": {"atom": {"text": "They are quiet"}},
    "s": {"scheme": {"support": "SUPPORT_DEFAULT"}},
}
EDGES = {"e1": {"source": "b", "target": "s"}, "e2": {"source": "s", "target": "a"}}
SOURCE = {"r": {"text": "Keep them! No matter. Keep them. They are quiet."}}


def read(folder: Path, **parts: Any) -> ArgumentGraph:
    path = folder / "piece.json"
    path.write_text(json.dumps({"nodes": NODES, "edges": EDGES, "schemaVersion": 1, **parts}))
    (graph,) = read_graphs(path)
    return graph


def test_atoms_stand_where_they_refer_to_or_at_their_words(tmp_path: Path) -> None:
    graph = read(tmp_path, resources=SOURCE, majorClaim="a")
    assert [(c.id, c.type, c.start) for c in graph.components] == [("a", "major_claim", 22), ("b", "premise", 33)]


def test_without_a_resource_the_atoms_are_the_text(tmp_path: Path) -> None:
    assert read(tmp_path).text == "Keep them\nThey are quiet"


@pytest.mark.parametrize(
    ("scheme", "kind", "label"),
    [
        ({"support": "SUPPORT_EXPERT_OPINION"}, "support", "Expert opinion"),
        ({"attack": "ATTACK_DEFAULT"}, "attack", None),
    ],
)
def test_schemes_are_relations(tmp_path: Path, scheme: dict[str, str], kind: str, label: str | None) -> None:
    (relation,) = read(tmp_path, nodes={**NODES, "s": {"scheme": scheme}}).relations
    assert (relation.id, relation.source, relation.target, relation.type, relation.label) == (
        "s",
        "b",
        "a",
        kind,
        label,
    )


@pytest.mark.parametrize("scheme", [{}, {"rephrase": "REPHRASE_DEFAULT"}])
def test_other_schemes_stand_in_meta(tmp_path: Path, scheme: dict[str, str]) -> None:
    graph = read(tmp_path, nodes={**NODES, "s": {"scheme": scheme}})
    assert graph.relations == ()
    assert graph.meta["other_nodes"] == [{"id": "s", "name": next(iter(scheme), None), "text": ""}]


def test_last_major_claim_is_named(tmp_path: Path) -> None:
    write_graphs([tram_graph()], tmp_path / "a.json")
    content = json.loads((tmp_path / "a.json").read_text())
    assert content["majorClaim"] == "c5"
    assert content["nodes"]["c4"]["atom"]["reference"] == {"resource": "text", "offset": 55, "text": "they are loud"}


def test_a_relation_called_like_a_component_gets_a_node_of_its_own(tmp_path: Path) -> None:
    graph = tram_graph()
    relations = tuple(
        r.model_copy(update={"id": name}) for r, name in zip(graph.relations, ("c1", "c2", "r"), strict=True)
    )
    named = graph.model_copy(update={"relations": relations})
    write_graphs([named], tmp_path / "a.json")
    assert read_graphs(tmp_path / "a.json") == [named]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"nodes": {}}, "edge e1: there is no node b"),
        ({"majorClaim": "x"}, "the major claim: there is no node x"),
        ({"nodes": {"a": {}}, "edges": {}}, "node a is neither an atom nor a scheme"),
        ({"nodes": {"a": {"atom": {}}}, "edges": {}}, "atom a has no words"),
        ({"nodes": []}, "no arguebuf: nodes: Input should be a valid dictionary"),
        ({"userdata": {"argmine": "{"}}, "argmine: Invalid JSON"),
    ],
)
def test_a_broken_file_tells_where(tmp_path: Path, parts: dict[str, Any], message: str) -> None:
    with pytest.raises(FormatError, match=rf"piece\.json: {message}"):
        read(tmp_path, **parts)
