import json
from pathlib import Path
from typing import Any

import pytest

from argmine.errors import FormatError
from argmine.formats.xaif import plain, read_graphs, write_graphs
from argmine.graph import ArgumentGraph
from tests.graphs import TEXT, mined_graph, tram_graph


def node(name: int, text: str, kind: str = "I") -> dict[str, Any]:
    return {"nodeID": name, "text": text, "type": kind}


def read(folder: Path, content: Any) -> ArgumentGraph:
    path = folder / "piece.xaif.json"
    path.write_text(json.dumps(content))
    (graph,) = read_graphs(path)
    return graph


def written(graph: ArgumentGraph, folder: Path) -> Any:
    write_graphs([graph], folder / "written.json")
    return json.loads((folder / "written.json").read_text())


def test_statements_are_found_in_the_marked_text(tmp_path: Path) -> None:
    nodes = [node(1, "they are quiet"), node(0, "Keep the trams & buses"), node(2, "Default Inference", "RA")]
    edges = [{"edgeID": 0, "fromID": 1, "toID": 2}, {"edgeID": 1, "fromID": 2, "toID": 0}]
    text = 'Ann <span class="highlighted" id="0">Keep the trams &amp; buses</span>,<br>for they are quiet.'
    graph = read(tmp_path, {"AIF": {"nodes": nodes, "edges": edges}, "text": {"txt": text}})
    assert graph.text == "Ann Keep the trams & buses,\nfor they are quiet."
    assert [(c.text, c.start, c.type) for c in graph.components] == [
        ("Keep the trams & buses", 4, "claim"),
        ("they are quiet", 32, "premise"),
    ]


def test_equal_statements_take_places_one_after_the_other(tmp_path: Path) -> None:
    aif = {"nodes": [node(0, "Yes"), node(1, "Yes")], "edges": []}
    assert [c.start for c in read(tmp_path, {"AIF": aif, "text": "Yes. Yes. Yes."}).components] == [0, 5]


def test_a_statement_that_is_no_quote_makes_the_statements_the_text(tmp_path: Path) -> None:
    aif = {"nodes": [node(0, "Trams are to be kept"), node(1, "quiet")], "edges": []}
    graph = read(tmp_path, {"AIF": aif, "text": "Keep them: quiet."})
    assert graph.text == "Trams are to be kept\nquiet"
    assert graph.meta == {"source_text": "Keep them: quiet."}


def test_text_is_written_escaped_and_read_as_it_was(tmp_path: Path) -> None:
    text = "a <b>&amp; c<br>"
    graph = ArgumentGraph(id="d", text=text)
    assert written(graph, tmp_path)["text"]["txt"] == "a &lt;b&gt;&amp;amp; c&lt;br&gt;"
    assert read_graphs(tmp_path / "written.json") == [graph]


def test_a_node_that_a_module_added_joins_what_the_note_knows(tmp_path: Path) -> None:
    content = written(tram_graph(), tmp_path)
    content["AIF"]["nodes"] += [node(20, "So"), node(21, "Default Inference", "RA")]
    content["AIF"]["edges"] += [{"fromID": 20, "toID": 21}, {"fromID": 21, "toID": 1}]
    graph = read(tmp_path, content)
    assert [(c.id, c.type) for c in graph.components] == [
        *((c.id, c.type) for c in tram_graph().components[:4]),
        ("20", "premise"),
        ("c5", "major_claim"),
    ]
    assert graph.relations[:3] == tram_graph().relations
    assert (graph.relations[3].source, graph.relations[3].target, graph.text) == ("20", "c1", TEXT)


def test_a_note_on_what_was_changed_is_not_followed(tmp_path: Path) -> None:
    content = written(mined_graph(), tmp_path)
    first, second, scheme = content["AIF"]["nodes"]
    second["text"] = "cut deaths"
    scheme.update(type="CA", text="Default Conflict")
    graph = read(tmp_path, content)
    assert [(c.id, c.text, c.probability) for c in graph.components] == [
        ("c1", first["text"], 0.9),
        ("2", "cut deaths", None),
    ]
    assert [(r.id, r.type, r.probability) for r in graph.relations] == [("3", "attack", None)]


def test_a_runner_up_that_was_taken_away_is_left_out(tmp_path: Path) -> None:
    graph = tram_graph()
    link = graph.relations[0].model_validate(
        {**dict(graph.relations[0]), "alternatives": [{"target": "c4", "probability": 0.5}]}
    )
    content = written(graph.model_copy(update={"relations": (link,)}), tmp_path)
    content["AIF"]["nodes"] = [n for n in content["AIF"]["nodes"] if n["nodeID"] != "4"]
    assert read(tmp_path, content).relations[0].alternatives == ()


def test_a_broken_note_is_an_error(tmp_path: Path) -> None:
    content = written(tram_graph(), tmp_path)
    content["argmine"]["read"] = "all"
    with pytest.raises(FormatError, match=r"piece\.xaif\.json: argmine: read: Input should be a valid number"):
        read(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({}, "no xAIF: AIF: Field required"),
        ({"AIF": {"nodes": []}}, r"no xAIF: AIF\.edges: Field required"),
        ({"AIF": {"nodes": [], "edges": []}, "text": 3}, "no xAIF: text"),
    ],
)
def test_a_broken_file_tells_where(tmp_path: Path, content: Any, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        read(tmp_path, content)


def test_marks_of_html_leave_no_trace() -> None:
    assert plain("a < b <i>and</i> c > d<BR/>&lt;e&gt;") == "a < b and c > d\n<e>"
