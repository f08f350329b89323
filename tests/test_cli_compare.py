"""`argmine compare`, through the command line."""

import json
from pathlib import Path

import pytest

from argmine import cli
from argmine.evaluation.difference import GraphDifference, difference
from argmine.graph import ArgumentGraph
from tests.graphs import tram_graph


@pytest.fixture(autouse=True)
def _there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(("compare", *arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def written(name: str, graph: ArgumentGraph) -> ArgumentGraph:
    Path(name).write_text(graph.model_dump_json(), encoding="utf-8")
    return graph


def test_two_analyses_of_a_piece_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    first = written("a.json", tram_graph())
    second = written("b.json", first.model_copy(update={"relations": first.relations[:2]}))
    code, out, err = run(capsys, "a.json", "b.json")
    assert (code, out, err) == (0, f"{difference(first, second)}\n", "")
    assert out.splitlines()[-1] == "missing     [premise] they are loud − → Buses are cheaper"


def test_difference_of_a_piece_is_written_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    graph = written("a.json", tram_graph())
    code, out, _ = run(capsys, "a.json", "a.json", "--format", "json")
    assert code == 0
    assert GraphDifference.model_validate_json(out) == difference(graph, graph)
    assert json.loads(out)["tree"]["edits"] == 0


def test_other_text_is_one_line_of_error(capsys: pytest.CaptureFixture[str]) -> None:
    written("a.json", tram_graph())
    written("b.json", ArgumentGraph(id="trams", text=tram_graph().text.replace("quiet", "quick")))
    shown = "expected 'et. Buses are cheaper, but the', found 'ck. Buses are cheaper, but the'"
    message = f"argmine: b.json: the text of trams differs at character 28: {shown}\n"
    assert run(capsys, "a.json", "b.json") == (1, "", message)


def test_file_that_holds_no_graph_is_one_line_of_error(capsys: pytest.CaptureFixture[str]) -> None:
    written("a.json", tram_graph())
    Path("b.json").write_text('{"id": "x"}', encoding="utf-8")
    assert run(capsys, "a.json", "b.json") == (1, "", "argmine: b.json:1: no argument graph: text: Field required\n")


def test_missing_argument_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "a.json")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
