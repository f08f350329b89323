import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from argmine.errors import FormatError
from argmine.formats.sadface import read_graphs, write_graphs
from argmine.graph import ArgumentGraph
from tests.graphs import tram_graph

ATOMS = [{"id": "a", "type": "atom", "text": "Keep them"}, {"id": "b", "type": "atom", "text": "They are quiet"}]


def read(folder: Path, nodes: list[Any], edges: list[tuple[str, str]], **more: Any) -> ArgumentGraph:
    path = folder / "piece.sadface.json"
    listed = [{"id": f"e{a}{b}", "source_id": a, "target_id": b} for a, b in edges]
    path.write_text(json.dumps({"nodes": nodes, "edges": listed, **more}))
    (graph,) = read_graphs(path)
    return graph


def scheme(name: str) -> dict[str, str]:
    return {"id": "s", "type": "scheme", "name": name}


@pytest.mark.parametrize(
    ("name", "kind", "label"),
    [
        ("support", "support", None),
        ("conflict", "attack", None),
        ("attack", "attack", None),
        ("Expert Opinion", "support", "Expert Opinion"),
    ],
)
def test_schemes_are_relations(tmp_path: Path, name: str, kind: str, label: str | None) -> None:
    graph = read(tmp_path, [*ATOMS, scheme(name)], [("b", "s"), ("s", "a")])
    assert (graph.id, graph.text) == ("piece", "Keep them\nThey are quiet")
    assert [(r.source, r.target, r.type, r.label) for r in graph.relations] == [("b", "a", kind, label)]


@pytest.mark.parametrize("name", ["rephrase", "preference"])
def test_schemes_that_relate_nothing_stand_in_meta(tmp_path: Path, name: str) -> None:
    graph = read(tmp_path, [*ATOMS, scheme(name)], [("b", "s"), ("s", "a")])
    assert graph.relations == ()
    assert graph.meta["other_nodes"] == [{"id": "s", "name": name, "text": ""}]


def test_the_one_resource_is_the_text_where_it_holds_the_atoms(tmp_path: Path) -> None:
    source = {"id": "r", "content": "They are quiet. Keep them."}
    assert read(tmp_path, ATOMS, [], resources=[source]).text == source["content"]
    assert read(tmp_path, ATOMS, [], resources=[{"content": "Buses"}]).text == "Keep them\nThey are quiet"
    assert read(tmp_path, ATOMS, [], resources=[source, source]).text == "Keep them\nThey are quiet"


def test_written_file_is_what_the_format_wants(tmp_path: Path) -> None:
    write_graphs([tram_graph()], tmp_path / "a.json")
    write_graphs([tram_graph()], tmp_path / "b.json")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    content = json.loads((tmp_path / "a.json").read_text())
    ids = [item["id"] for item in (*content["nodes"], *content["edges"], content["metadata"]["core"])]
    assert len(ids) == len(set(ids)) == 5 + 3 + 6 + 1
    assert all(str(uuid.UUID(name)) == name for name in ids)
    assert {n.get("name") for n in content["nodes"]} == {None, "support", "conflict"}
    assert all(isinstance(block, dict) for block in content["metadata"].values())


@pytest.mark.parametrize(
    ("nodes", "edges", "message"),
    [
        ([*ATOMS, ATOMS[0]], [], "two nodes have the id a"),
        (ATOMS, [("a", "x")], "the edge from a to x: there is no node x"),
        ([{"id": "a", "type": "atom"}], [], "atom a has no words"),
        ([{"id": "a", "type": "claim"}], [], "node a is of type 'claim', allowed are atom and scheme"),
        ([{"id": "a"}], [], r"no SADFace: nodes\.0\.type: Field required"),
    ],
)
def test_a_broken_file_tells_where(
    tmp_path: Path, nodes: list[Any], edges: list[tuple[str, str]], message: str
) -> None:
    with pytest.raises(FormatError, match=rf"piece\.sadface\.json: {message}"):
        read(tmp_path, nodes, edges)
