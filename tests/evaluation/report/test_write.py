import sys
from pathlib import Path

import pytest

from argmine.errors import ArgmineError
from argmine.evaluation.report import write_report
from argmine.evaluation.report.contents import Report
from tests.evaluation.made_up import GOLD, MAJOR, evaluated, graph, sure

EVALUATION = evaluated(sure(GOLD, 0.8, 0.6), graph([MAJOR]))


def test_report_is_three_files_in_a_folder_that_is_made(tmp_path: Path) -> None:
    paths = write_report(EVALUATION, tmp_path / "new" / "report")
    assert [path.name for path in paths] == ["report.json", "report.md", "report.html"]
    assert sorted(paths) == sorted((tmp_path / "new" / "report").iterdir())


def test_json_holds_the_scores(tmp_path: Path) -> None:
    path, *_ = write_report(EVALUATION, tmp_path)
    found = Report.model_validate_json(path.read_bytes())
    assert {line.name: line.score for line in found.scores} == EVALUATION.scores()


def test_equal_evaluations_give_equal_bytes(tmp_path: Path) -> None:
    first, second = (write_report(EVALUATION, tmp_path / name) for name in "ab")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_older_report_is_replaced(tmp_path: Path) -> None:
    write_report(evaluated(GOLD), tmp_path)
    for path in write_report(EVALUATION, tmp_path):
        assert "c_f1_100" in path.read_text("utf-8")
    assert len(list(tmp_path.iterdir())) == 3


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
