import sys
from pathlib import Path

import pytest

from argmine.errors import ArgmineError
from argmine.evaluation.report import write_report
from argmine.evaluation.report.contents import Report
from tests.evaluation.made_up import GOLD, MAJOR, evaluated, graph, sure

EVALUATION = evaluated(sure(GOLD, 0.8, 0.6), graph([MAJOR]))


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    return write_report(EVALUATION, tmp_path_factory.mktemp("new") / "deep" / "report")


def test_report_is_three_files_in_a_folder_that_is_made(paths: tuple[Path, ...]) -> None:
    assert [path.name for path in paths] == ["report.json", "report.md", "report.html"]
    assert sorted(paths) == sorted(paths[0].parent.iterdir())


def test_json_holds_the_scores(paths: tuple[Path, ...]) -> None:
    found = Report.model_validate_json(paths[0].read_bytes())
    assert {line.name: line.score for line in found.scores} == EVALUATION.scores()


def test_equal_evaluations_give_equal_bytes_in_place_of_an_older_report(
    paths: tuple[Path, ...], tmp_path: Path
) -> None:
    for path in paths:
        (tmp_path / path.name).write_text("older", encoding="utf-8")
    again = write_report(EVALUATION, tmp_path)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in paths]
    assert sorted(again) == sorted(tmp_path.iterdir())


def test_missing_matplotlib_is_told_with_what_to_do_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ArgmineError, match=r"need matplotlib: pip install 'argmine\[plot\]'"):
        write_report(EVALUATION, tmp_path / "report")
    assert not (tmp_path / "report").exists()


def test_folder_that_is_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "report").write_text("mine", encoding="utf-8")
    with pytest.raises(ArgmineError, match="report: cannot be made"):
        write_report(EVALUATION, tmp_path / "report")
