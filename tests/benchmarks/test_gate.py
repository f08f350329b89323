import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import gate
from benchmarks.gate import below, main, missing, moved, read_floors

NAME = "words.c_f1_100.f1"


def nested(value: float, **more: object) -> dict[str, object]:
    found: dict[str, object] = {"crashes": 0, **more}
    for name in gate.FLOORED["seeds-development"]:
        first, second, last = name.split(".")
        part = found.setdefault(first, {})
        assert isinstance(part, dict)
        part[second] = {last: value}
    return found


@pytest.fixture
def floors(tmp_path: Path) -> Path:
    path = tmp_path / "floors.json"
    path.write_text("{}", encoding="utf-8")
    return path


def told(path: Path, *more: str) -> list[str]:
    return ["--floors", str(path), *more]


def measuring(value: float) -> object:
    def measure(*_: object) -> Iterator[tuple[str, dict[str, object]]]:
        yield "seeds-development", nested(value)

    return measure


def gate_at(value: float, path: Path, *more: str) -> int:
    return main(told(path, *more), measuring(value))  # type: ignore[arg-type]


def test_figure_at_its_floor_passes_and_below_it_fails() -> None:
    assert list(below("seeds-development", {NAME: 0.7}, nested(0.7))) == []
    assert list(below("seeds-development", {NAME: 0.7}, nested(0.69))) == [
        "seeds-development words.c_f1_100.f1 is 0.6900, its floor 0.7000"
    ]


def test_no_number_fails() -> None:
    assert len(list(below("seeds-development", {NAME: 0.0}, nested(float("nan"))))) == 1


def test_figure_whose_floor_was_taken_away_fails(floors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gate_at(0.7, floors, "--write")
    kept = json.loads(floors.read_text("utf-8"))
    del kept["seeds-development"][NAME]
    floors.write_text(json.dumps(kept), encoding="utf-8")
    assert gate_at(0.7, floors) == 1
    assert capsys.readouterr().err == f"seeds-development {NAME} has no floor\n"


def test_crash_fails() -> None:
    assert list(below("seeds-development", {}, nested(0.7, crashes=2))) == ["seeds-development: 2 crashes"]


def test_floor_without_a_figure_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"words\.c_f2, which is no figure"):
        list(below("seeds-development", {"words.c_f2": 0.7}, nested(0.7)))


def test_new_floors_are_half_a_point_below() -> None:
    assert moved("seeds-development", {}, nested(0.7))[NAME] == 0.695


def test_floor_falls_only_when_told() -> None:
    assert moved("seeds-development", {NAME: 0.8}, nested(0.7))[NAME] == 0.8
    assert moved("seeds-development", {NAME: 0.8}, nested(0.7), lower=True)[NAME] == 0.695


def test_no_floors_fail_unless_allowed(floors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (gate_at(0.7, floors), gate_at(0.7, floors, "--allow-empty")) == (1, 0)
    assert capsys.readouterr().out == "no floors yet\nno floors yet\n"


def test_written_floors_hold_and_fail_a_worse_model(floors: Path) -> None:
    assert gate_at(0.7, floors, "--write") == 0
    assert set(json.loads(floors.read_text("utf-8"))["seeds-development"].values()) == {0.695}
    assert (gate_at(0.7, floors), gate_at(0.6, floors)) == (0, 1)


def test_writing_a_worse_model_fails_and_keeps_the_floors_until_they_are_lowered(floors: Path) -> None:
    gate_at(0.7, floors, "--write")
    before = floors.read_text("utf-8")
    assert gate_at(0.6, floors, "--write") == 1
    assert floors.read_text("utf-8") == before
    assert gate_at(0.6, floors, "--write", "--lower") == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [('{"cdcp": {"f1": 0.5}}', "'cdcp' is no benchmark"), ('{"aae2-dev": {"f1": 70}}', "is 70, allowed is 0 to 1")],
)
def test_bad_floor_is_refused(floors: Path, text: str, message: str) -> None:
    floors.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_floors(floors)


def test_committed_floors_are_of_every_figure() -> None:
    assert {name: set(named) for name, named in read_floors(gate.FLOORS).items()} == {
        name: set(figures) for name, figures in gate.FLOORED.items()
    }


def test_lowering_without_writing_is_refused(floors: Path) -> None:
    with pytest.raises(SystemExit):
        gate_at(0.7, floors, "--lower")


def test_what_has_floors_and_was_not_measured_is_told() -> None:
    floors = {
        "seeds-development": {NAME: 0.7},
        "seeds-opinion-development": {NAME: 0.7},
        "form-opinion-dev": {NAME: 0.5},
    }
    lost = "seeds-opinion-development has floors and was not measured"
    form = "form-opinion-dev has floors and was not measured"
    assert list(missing(floors, {"seeds-development"}, corpora=True)) == [lost, form]
    assert list(missing(floors, {"seeds-development"}, corpora=False)) == [lost]
    assert list(missing(floors, set(floors), corpora=True)) == []
