from pathlib import Path

import pytest

from argmine.measures import Measures
from benchmarks import reference
from benchmarks.figures import Records
from benchmarks.record import RESULTS


def test_page_in_the_repository_is_what_the_code_gives() -> None:
    assert reference.PAGE.read_text("utf-8") == reference.page(Records(RESULTS))


def test_page_has_a_row_a_measure() -> None:
    lines = reference.page(Records(RESULTS)).splitlines()
    rows = [line.split(" | ")[0].strip("| `") for line in lines if line.startswith("| `")]
    assert rows == list(Measures.model_fields)


def test_page_without_a_record_says_so(tmp_path: Path) -> None:
    assert "| not measured | not measured | not measured |" in reference.page(Records(tmp_path))


def test_check_tells_of_a_page_that_is_out_of_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reference, "PAGE", tmp_path / "docs" / "measures.md")
    assert reference.main(["--check"]) == 1
    assert "is not what its sources give" in capsys.readouterr().err
    assert reference.main([]) == 0
    assert reference.main(["--check"]) == 0
