import json
from pathlib import Path
from typing import Any

import pytest

from argmine.errors import FormatError
from argmine.formats.argilla import read_graphs, write_graphs
from argmine.graph import ArgumentGraph
from tests.graphs import TEXT, mined_graph, tram_graph

KEEP, QUIET = {"start": 0, "end": 14, "label": "MajorClaim"}, {"start": 16, "end": 30, "label": "Claim"}


def read(folder: Path, **record: Any) -> ArgumentGraph:
    path = folder / "records.json"
    path.write_text(json.dumps([{"fields": {"text": TEXT}, **record}]))
    (graph,) = read_graphs(path)
    return graph


def written(graph: ArgumentGraph, folder: Path) -> Any:
    write_graphs([graph], folder / "written.json")
    return json.loads((folder / "written.json").read_text())[0]


def test_spans_are_components(tmp_path: Path) -> None:
    graph = read(tmp_path, id="a", responses={"components": [{"value": [QUIET, KEEP], "user_id": "u"}]})
    assert (graph.id, graph.text) == ("records-a", TEXT)
    assert [(c.id, c.type, c.text) for c in graph.components] == [
        ("span-2", "major_claim", "Keep the trams"),
        ("span-1", "claim", "They are quiet"),
    ]


def test_the_last_submitted_response_is_read_before_a_suggestion(tmp_path: Path) -> None:
    answers = [{"value": [KEEP], "status": "submitted"}, {"value": [KEEP, QUIET], "status": "draft"}]
    suggested = {"components": {"value": [QUIET]}}
    assert len(read(tmp_path, responses={"components": answers}, suggestions=suggested).components) == 1
    assert [c.start for c in read(tmp_path, suggestions=suggested).components] == [16]
    assert read(tmp_path).components == ()


def test_what_a_model_made_is_a_suggestion_and_gold_a_response(tmp_path: Path) -> None:
    mined, gold = written(mined_graph(), tmp_path), written(tram_graph(), tmp_path)
    assert (mined["responses"], gold["suggestions"]) == ({}, {})
    assert mined["suggestions"]["components"]["agent"] == "hand 0"
    assert mined["suggestions"]["components"]["score"] == [0.9, 0.9]
    assert gold["responses"]["components"][0]["value"][0] == KEEP
    assert isinstance(mined["metadata"]["argmine"], str)


def test_relations_of_spans_that_a_person_changed_or_removed_fall_away(tmp_path: Path) -> None:
    record = written(tram_graph(), tmp_path)
    spans = record["responses"]["components"][0]["value"]
    spans[1]["label"] = "Premise"
    spans[2]["end"] -= 2
    (tmp_path / "back.json").write_text(json.dumps([record]))
    (graph,) = read_graphs(tmp_path / "back.json")
    assert [(c.id, c.type) for c in graph.components][1:3] == [("c2", "premise"), ("span-3", "claim")]
    assert [(r.source, r.target) for r in graph.relations] == [("c2", "c1")]


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"fields": {}}, "record 0: there is no field text"),
        (
            {"suggestions": {"components": {"value": [{**KEEP, "end": 99}]}}},
            r"record 0: span 1 is 0\.\.99, text has 83",
        ),
        ({"suggestions": {"components": {"value": [{**KEEP, "label": "Fact"}]}}}, "record 0: 'Fact' is no type"),
        ({"suggestions": {"components": {"value": [{}]}}}, r"no records of Argilla: 0\.suggestions\.components\.value"),
    ],
)
def test_a_broken_record_is_named(tmp_path: Path, record: dict[str, Any], message: str) -> None:
    with pytest.raises(FormatError, match=rf"records\.json: {message}"):
        read(tmp_path, **record)
