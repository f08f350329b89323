import json
from pathlib import Path
from typing import Any

import pytest

from argmine.errors import FormatError
from argmine.formats.aif import read_graphs, write_graphs
from argmine.graph import ArgumentGraph
from tests.graphs import tram_graph

DIALOGUE = [
    {"nodeID": 7, "text": "Ann: Trams are quiet", "type": "L", "timestamp": "2020-01-01 00:00:00"},
    {"nodeID": 8, "text": "Asserting", "type": "YA"},
]


def read(folder: Path, nodes: list[dict[str, Any]], edges: list[tuple[Any, Any]]) -> ArgumentGraph:
    path = folder / "piece.aif.json"
    content = {
        "nodes": nodes,
        "edges": [{"edgeID": n, "fromID": a, "toID": b} for n, (a, b) in enumerate(edges)],
        "locutions": [],
    }
    path.write_text(json.dumps(content))
    (graph,) = read_graphs(path)
    return graph


def statement(name: Any, text: str) -> dict[str, Any]:
    return {"nodeID": name, "text": text, "type": "I"}


def scheme(name: Any, kind: str, text: str = "") -> dict[str, Any]:
    return {"nodeID": name, "text": text, "type": kind}


def shown(graph: ArgumentGraph) -> list[tuple[str, str, str, str | None]]:
    return [
        (graph.component(r.source).text, r.type.value, graph.component(r.target).text, r.label) for r in graph.relations
    ]


KEEP, QUIET, SLOW = statement(1, "Keep them"), statement("2", "They are quiet"), statement(3, "They are slow")


def test_statements_are_the_lines_of_the_text(tmp_path: Path) -> None:
    graph = read(tmp_path, [QUIET, KEEP, scheme(9, "RA")], [(2, 9), (9, 1)])
    assert (graph.id, graph.text) == ("piece", "They are quiet\nKeep them")
    assert [(c.id, c.type, c.text) for c in graph.components] == [
        ("2", "premise", "They are quiet"),
        ("1", "claim", "Keep them"),
    ]
    assert shown(graph) == [("They are quiet", "support", "Keep them", None)]


def test_each_premise_of_a_scheme_has_a_relation_of_its_name(tmp_path: Path) -> None:
    graph = read(tmp_path, [KEEP, QUIET, SLOW, scheme(9, "RA", "Practical Reasoning")], [(2, 9), (3, 9), (9, 1)])
    assert shown(graph) == [
        ("They are quiet", "support", "Keep them", "Practical Reasoning"),
        ("They are slow", "support", "Keep them", "Practical Reasoning"),
    ]
    assert [r.id for r in graph.relations] == ["9", "9'"]


def test_an_attack_on_a_scheme_attacks_its_premises(tmp_path: Path) -> None:
    nodes = [KEEP, QUIET, SLOW, scheme(9, "RA", "Default Inference"), scheme(10, "CA", "Default Conflict")]
    graph = read(tmp_path, nodes, [(2, 9), (9, 1), (3, 10), (10, 9)])
    assert shown(graph) == [
        ("They are quiet", "support", "Keep them", None),
        ("They are slow", "attack", "They are quiet", "undercut"),
    ]


def test_what_no_relation_says_stands_in_meta(tmp_path: Path) -> None:
    nodes = [KEEP, QUIET, scheme(9, "MA", "Restating"), *DIALOGUE]
    graph = read(tmp_path, nodes, [(2, 9), (9, 1), (7, 8), (8, 2)])
    assert graph.relations == ()
    assert graph.meta["other_nodes"] == [
        {"id": "9", "name": "MA", "text": "Restating"},
        {"id": "7", "name": "L", "text": "Ann: Trams are quiet"},
        {"id": "8", "name": "YA", "text": "Asserting"},
    ]
    assert len(graph.meta["other_edges"]) == 4  # type: ignore[arg-type]


def test_a_repeated_relation_and_one_to_itself_stand_in_meta(tmp_path: Path) -> None:
    nodes = [KEEP, QUIET, *(scheme(n, "CA") for n in (9, 10, 11))]
    graph = read(tmp_path, nodes, [(2, 9), (9, 1), (2, 10), (10, 1), (1, 11), (11, 1)])
    assert shown(graph) == [("They are quiet", "attack", "Keep them", None)]
    assert graph.meta["other_relations"] == [
        {"id": "10", "source": "2", "target": "1", "type": "attack"},
        {"id": "11", "source": "1", "target": "1", "type": "attack"},
    ]


def test_schemes_that_attack_each_other_end(tmp_path: Path) -> None:
    nodes = [KEEP, QUIET, scheme(9, "CA"), scheme(10, "CA")]
    graph = read(tmp_path, nodes, [(1, 9), (9, 10), (2, 10), (10, 9)])
    assert shown(graph) == [
        ("Keep them", "attack", "They are quiet", "undercut"),
        ("They are quiet", "attack", "Keep them", "undercut"),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[]", r"a\.json: no AIF: Input should be a valid dictionary"),
        ('{"nodes": [{"nodeID": 1}], "edges": []}', r"a\.json: no AIF: nodes\.0\.type: Field required"),
        ('{"nodes": [],\n "edges": }', r"a\.json:2: no JSON: Expecting value"),
        (json.dumps({"nodes": [KEEP, KEEP], "edges": []}), r"a\.json: two nodes have the id 1"),
        (json.dumps({"nodes": [statement(1, "")], "edges": []}), r"a\.json: node 1 is a statement without words"),
        (
            json.dumps({"nodes": [KEEP], "edges": [{"fromID": 1, "toID": 5}]}),
            r"a\.json: the edge from 1 to 5: there is no node 5",
        ),
    ],
)
def test_a_broken_file_tells_where(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content)
    with pytest.raises(FormatError, match=message):
        read_graphs(path)


def test_written_nodes_are_numbered_and_named_as_aifdb_does(tmp_path: Path) -> None:
    path = tmp_path / "trams.json"
    write_graphs([tram_graph()], path)
    content = json.loads(path.read_text())
    assert [(n["nodeID"], n["type"], n["text"]) for n in content["nodes"]][4:] == [
        ("5", "I", "keep them"),
        ("6", "RA", "Default Inference"),
        ("7", "CA", "Default Conflict"),
        ("8", "CA", "Default Conflict"),
    ]
    assert [(e["fromID"], e["toID"]) for e in content["edges"]] == [
        ("2", "6"), ("6", "1"), ("3", "7"), ("7", "5"), ("4", "8"), ("8", "3"),
    ]  # fmt: skip
