"""A picture comes out, whatever the log holds."""

import struct
from pathlib import Path
from typing import Any

import pytest

from argmine.training.curves import plot_curves


def line(number: int, *, stances: float = 0.2) -> dict[str, Any]:
    figures = dict.fromkeys(("c_f1", "r_f1", "c_f1_half", "r_f1_half", "spans", "bio"), 0.1 * number)
    losses = {"segments": 9.0 / number, "types": 1.0, "stances": stances}
    return {"number": number, "losses": losses, "development": figures, "seconds": 1.0, "pieces": 10, "best": True}


@pytest.mark.parametrize(
    "log",
    [
        [],
        [line(1)],
        [line(1), line(2), line(3)],
        [line(1, stances=0.0), line(2, stances=0.0)],  # no claim has a stance; the axis is logarithmic
    ],
)
def test_a_picture_comes_out_alone(tmp_path: Path, log: list[dict[str, Any]]) -> None:
    plot_curves(log, tmp_path / "curves.png")
    assert [path.name for path in tmp_path.iterdir()] == ["curves.png"]
    data = (tmp_path / "curves.png").read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", data[16:24]) == (1080, 432)


def test_a_picture_replaces_the_one_before(tmp_path: Path) -> None:
    plot_curves([], tmp_path / "curves.png")
    before = (tmp_path / "curves.png").read_bytes()
    plot_curves([line(1), line(2)], tmp_path / "curves.png")
    assert (tmp_path / "curves.png").read_bytes() != before


def test_the_suffix_says_what_kind_of_picture(tmp_path: Path) -> None:
    plot_curves([line(1), line(2)], tmp_path / "curves.svg")
    text = (tmp_path / "curves.svg").read_text(encoding="utf-8")
    assert "<svg" in text
