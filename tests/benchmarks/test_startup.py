from pathlib import Path

import pytest

from benchmarks.record import ROOT
from benchmarks.startup import DEMO, IMPORT, NAMES, demo, figures_of, process, timed


def test_warm_up_is_not_counted() -> None:
    calls: list[int] = []
    assert len(timed(lambda: calls.append(1), 5, warm_up=2)) == 5
    assert len(calls) == 7


def test_best_and_median() -> None:
    assert figures_of([3.0, 1.0, 2.0, 9.0]) == {"best": 1.0, "median": 2.5, "runs": 4}


@pytest.mark.parametrize("code", [IMPORT, NAMES])
def test_import_needs_no_torch(code: str) -> None:
    assert process(code) is False


def test_demo_is_the_first_line_of_make_demo() -> None:
    rule = (ROOT / "Makefile").read_text("utf-8").partition("\ndemo:")[2].partition("\n\n")[0]
    assert rule.splitlines()[1].strip() == f"$(BIN)/argmine mine {DEMO}"


def test_demo_runs_with_any_model(tiny_model: Path) -> None:
    demo(tiny_model)


def test_demo_without_a_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"argmine mine seeds/night-buses\.txt.* ended with 1: .*holds no config"):
        demo(tmp_path)


def test_failing_process_is_an_error() -> None:
    with pytest.raises(RuntimeError, match=r"ended with 1: .*no such name"):
        process("raise SystemExit('no such name')")
