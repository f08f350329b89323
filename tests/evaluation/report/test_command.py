"""`argmine evaluate --output`."""

import sys
from pathlib import Path

import pytest

from argmine import cli
from argmine.evaluation.report.contents import Report
from argmine.evaluation.summary import Summary
from tests.evaluation.small import CORPUS, GOLD, without_claims


@pytest.fixture(autouse=True)
def _made_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("argmine.evaluation.run.read_corpus", lambda *_: CORPUS)
    monkeypatch.chdir(tmp_path)
    lines = [f"{graph.model_dump_json()}\n" for graph in (GOLD[1], without_claims(GOLD[0]))]
    Path("predicted.jsonl").write_text("".join(lines), encoding="utf-8")


def evaluate(*more: str, predictions: str = "predicted.jsonl") -> int:
    return cli.main(["evaluate", "--corpus", "made-up", "--corpora", ".", "--predictions", predictions, *more])


def test_report_says_what_the_command_shows(capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate("--format", "json", "--output", "report") == 0
    shown = Summary.model_validate_json(capsys.readouterr().out)
    report = Report.model_validate_json(Path("report/report.json").read_bytes())
    assert {line.name: line.score for line in report.scores} == {line.name: line.score for line in shown.scores}
    assert (report.evaluated.system, report.evaluated.notes) == (shown.system, shown.notes)
    assert {path.name for path in Path("report").iterdir()} == {"report.json", "report.md", "report.html"}


def test_nothing_is_written_without_being_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate() == 0
    assert "points" in capsys.readouterr().out
    assert [path.name for path in Path().iterdir()] == ["predicted.jsonl"]


def test_missing_matplotlib_is_told_before_anything_is_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert evaluate("-o", "report", predictions="not-there.jsonl") == 1
    captured = capsys.readouterr()
    message = "a report's pictures need matplotlib: pip install 'argmine[plot]'"
    assert (captured.out, captured.err) == ("", f"argmine: {message}\n")


def test_folder_that_cannot_be_made_is_one_line_of_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate("-o", "predicted.jsonl") == 1
    assert capsys.readouterr().err == "argmine: predicted.jsonl: cannot be made: File exists\n"
