import json
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring

from argmine.errors import FormatError
from argmine.formats.label_studio import LABELS, NAMES, read_graphs, write_graphs
from argmine.graph import ArgumentGraph
from tests.graphs import TEXT, mined_graph, tram_graph


def region(name: str, start: int, end: int, *labels: str) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": TEXT[start:end], "labels": list(labels)}
    return {"id": name, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def arrow(source: str, target: str, *labels: str, direction: str = "right") -> dict[str, Any]:
    return {"type": "relation", "from_id": source, "to_id": target, "direction": direction, "labels": list(labels)}


KEEP, QUIET = region("x1", 0, 14, "MajorClaim"), region("x2", 16, 30, "Claim")


def read(folder: Path, *annotations: Any, **task: Any) -> ArgumentGraph:
    path = folder / "tasks.json"
    path.write_text(json.dumps([{"data": {"text": TEXT}, "annotations": annotations, **task}]))
    (graph,) = read_graphs(path)
    return graph


def written(graph: ArgumentGraph, folder: Path) -> Any:
    write_graphs([graph], folder / "written.json")
    return json.loads((folder / "written.json").read_text())[0]


def shown(graph: ArgumentGraph) -> list[tuple[str, str, str]]:
    return [(graph.component(r.source).text, r.type.value, graph.component(r.target).text) for r in graph.relations]


def test_regions_are_components_and_arrows_relations(tmp_path: Path) -> None:
    graph = read(tmp_path, {"result": [QUIET, KEEP, arrow("x2", "x1", "support")]}, id=7)
    assert (graph.id, graph.text) == ("tasks-7", TEXT)
    assert [(c.id, c.type, c.text) for c in graph.components] == [
        ("x1", "major_claim", "Keep the trams"),
        ("x2", "claim", "They are quiet"),
    ]
    assert shown(graph) == [("They are quiet", "support", "Keep the trams")]


def test_an_arrow_to_the_left_comes_from_its_end(tmp_path: Path) -> None:
    graph = read(tmp_path, {"result": [KEEP, QUIET, arrow("x1", "x2", "attack", direction="left")]})
    assert shown(graph) == [("They are quiet", "attack", "Keep the trams")]


@pytest.mark.parametrize("labels", [(), ("rephrase",)])
def test_an_arrow_that_says_nothing_stands_in_meta(tmp_path: Path, labels: tuple[str, ...]) -> None:
    graph = read(tmp_path, {"result": [KEEP, QUIET, arrow("x2", "x1", *labels)]})
    assert graph.relations == ()
    assert graph.meta["other_nodes"]


def test_the_last_annotation_that_was_not_cancelled_is_read(tmp_path: Path) -> None:
    first, last = {"result": [KEEP]}, {"result": [KEEP, QUIET]}
    assert len(read(tmp_path, first, last).components) == 2
    assert len(read(tmp_path, first, {**last, "was_cancelled": True}).components) == 1


def test_predictions_are_read_where_no_one_annotated(tmp_path: Path) -> None:
    graph = read(tmp_path, predictions=[{"result": [KEEP], "model_version": "m"}])
    assert [c.id for c in graph.components] == ["x1"]
    assert read(tmp_path).components == ()


def test_what_a_model_made_is_a_prediction_and_gold_an_annotation(tmp_path: Path) -> None:
    mined, gold = written(mined_graph(), tmp_path), written(tram_graph(), tmp_path)
    assert ("annotations" in mined, "predictions" in gold) == (False, False)
    assert mined["predictions"][0]["model_version"] == "hand 0"
    assert mined["predictions"][0]["result"][0]["score"] == 0.9
    assert len(gold["annotations"][0]["result"]) == 5 + 3


def test_a_correction_keeps_what_was_not_corrected(tmp_path: Path) -> None:
    task = written(mined_graph(), tmp_path)
    corrected = [dict(item) for item in task["predictions"][0]["result"]]
    corrected[0]["value"] = {**corrected[0]["value"], "labels": ["MajorClaim"]}
    corrected[2]["labels"] = ["attack"]
    task["annotations"] = [{"result": corrected}]
    (tmp_path / "back.json").write_text(json.dumps([task]))
    (graph,) = read_graphs(tmp_path / "back.json")
    assert [(c.id, c.type, c.probability) for c in graph.components] == [
        ("c1", "major_claim", 0.9),
        ("c2", "premise", 0.9),
    ]
    assert [(r.type, r.probability) for r in graph.relations] == [("attack", None)]


def test_a_region_that_was_moved_is_a_new_component(tmp_path: Path) -> None:
    task = written(tram_graph(), tmp_path)
    first = task["annotations"][0]["result"][0]
    first["value"] = {**first["value"], "start": 5}
    (tmp_path / "back.json").write_text(json.dumps([task]))
    (graph,) = read_graphs(tmp_path / "back.json")
    assert [(c.id, c.text) for c in graph.components][:2] == [("c1", "the trams"), ("c2", "They are quiet")]
    assert len(graph.relations) == 3


def test_labelling_interface_has_the_names_that_are_written() -> None:
    root = fromstring(LABELS)
    assert [label.get("value") for label in root.iter("Label")] == list(NAMES.values())
    assert [relation.get("value") for relation in root.iter("Relation")] == ["support", "attack"]


@pytest.mark.parametrize(
    ("result", "message"),
    [
        ([region("x", 5, 500, "Claim")], r"task 0: region x spans 5\.\.500, text has 83 characters"),
        ([region("x", 5, 9, "Claim", "Premise")], "task 0: region x has 2 labels, one is allowed"),
        ([region("x", 5, 9, "Fact")], "task 0: 'Fact' is no type of component"),
        ([KEEP, KEEP], "task 0: two regions have one id"),
        ([KEEP, arrow("x1", "x9", "support")], "task 0: an arrow names the region x9, which is not there"),
        ([{"type": "choices"}], r"no tasks of Label Studio: 0\.annotations\.0\.result\.0"),
    ],
)
def test_a_broken_task_is_named(tmp_path: Path, result: list[Any], message: str) -> None:
    with pytest.raises(FormatError, match=rf"tasks\.json: {message}"):
        read(tmp_path, {"result": result})
