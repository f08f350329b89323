import json
from pathlib import Path

import pytest

from argmine.graph import ArgumentGraph
from benchmarks.mining import mine_all, over_models, parser, seed_of, told_with_corpora

DOCUMENTS = [ArgumentGraph(id=name, text=f"Text {name}.") for name in ("one", "two")]


def fails_on_two(graph: ArgumentGraph) -> ArgumentGraph:
    if graph.id == "two":
        raise RuntimeError("no memory")
    return graph


def test_crash_is_an_empty_graph_and_reported() -> None:
    mined = mine_all(fails_on_two, DOCUMENTS)
    assert [(graph.id, len(graph.components)) for graph in mined.graphs] == [("one", 0), ("two", 0)]
    assert mined.crashes == ("two: RuntimeError: no memory",)


def test_summary_is_over_models() -> None:
    found = over_models([({"revision": "a"}, {"f1": 0.2}), ({"revision": "b"}, {"f1": 0.4})])
    assert found["models"] == 2
    assert found["summary"] == {"f1": {"mean": pytest.approx(0.3), "sd": pytest.approx(0.02**0.5), "runs": 2}}


def test_one_model_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="once"):
        over_models([({"revision": "a"}, {}), ({"revision": "a"}, {})])


def test_seed_is_that_of_the_recipe(tmp_path: Path) -> None:
    assert seed_of(tmp_path) is None
    (tmp_path / "training.json").write_text(json.dumps({"recipe": {"seed": 4}}), encoding="utf-8")
    assert seed_of(tmp_path) == 4


@pytest.mark.parametrize(
    ("arguments", "line"),
    [(["a"], "tell --corpora or ARGMINE_CORPORA"), (["a", "b", "--corpora", "c"], "models to measure: 1, found 2")],
)
def test_what_a_benchmark_lacks_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], line: str
) -> None:
    monkeypatch.delenv("ARGMINE_CORPORA", raising=False)
    with pytest.raises(SystemExit):
        told_with_corpora(parser("Question."), arguments, models=1)
    assert line in capsys.readouterr().err


def test_corpora_are_told_by_option_or_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGMINE_CORPORA", "there")
    assert told_with_corpora(parser("Question."), []).corpora == Path("there")
    assert told_with_corpora(parser("Question."), ["--corpora", "here"]).corpora == Path("here")
