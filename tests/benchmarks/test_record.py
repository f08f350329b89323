import json
from pathlib import Path

import pytest

from benchmarks import record


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "RESULTS", tmp_path / "results")


def test_record_holds_what_it_takes_to_repeat_the_run() -> None:
    path = record.write_record("speed", {"f1": 0.5}, data_digest="sha256:0", seed=3, extra={"batch": 8})
    found = json.loads(path.read_text(encoding="utf-8"))
    assert path.name == "speed.json"
    assert (found["name"], found["figures"], found["seed"], found["batch"]) == ("speed", {"f1": 0.5}, 3, 8)
    assert found["data_digest"] == "sha256:0"
    assert len(found["commit"].removesuffix("+changes")) == 40
    assert found["machine"]["cores"] >= 1
    assert found["machine"]["cpu"]
    assert {"python", "numpy", "pydantic"} <= set(found["versions"])


def test_later_run_replaces_the_record() -> None:
    record.write_record("speed", {"f1": 0.5}, data_digest="")
    path = record.write_record("speed", {"f1": 0.6}, data_digest="")
    assert json.loads(path.read_text(encoding="utf-8"))["figures"] == {"f1": 0.6}


def test_figure_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        record.write_record("speed", {"f1": float("nan")}, data_digest="")


def test_extra_may_not_hide_what_a_record_holds() -> None:
    with pytest.raises(ValueError, match="commit"):
        record.write_record("speed", {}, data_digest="", extra={"commit": "another"})


def test_digest_depends_on_names_and_contents_but_not_on_order(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("a", encoding="utf-8")
    two.write_text("b", encoding="utf-8")
    digest = record.digest_files([one, two])
    assert digest == record.digest_files([two, one])
    two.write_text("c", encoding="utf-8")
    assert digest != record.digest_files([one, two])
