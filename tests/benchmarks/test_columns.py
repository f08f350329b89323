"""The data dictionary as a page."""

from pathlib import Path

import pytest

from benchmarks import columns


def test_page_is_what_the_columns_give() -> None:
    assert columns.main(["--check"]) == 0


def test_page_tells_of_every_column() -> None:
    text = columns.page()
    assert (
        "| `words` | integer, or null | words | Words of the text: runs without white space. | this project |" in text
    )
    assert "| `id` | string | – |" in text
    assert text.rstrip().splitlines()[-1].startswith("| `graph` | string, or null |")


def test_page_that_is_out_of_date_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(columns, "PAGE", tmp_path / "docs" / "columns.md")
    assert columns.main(["--check"]) == 1
    assert "is not what its sources give: python -m benchmarks.columns" in capsys.readouterr().err
    assert columns.main([]) == 0
    assert columns.main(["--check"]) == 0
