"""Runs that are killed (SIGKILL) at every call that writes, and at random moments, end with the very same bytes."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import kills
from tests.batch.made_up import write_pieces

KILLS = 12
TEXTS = [f"Keep tram {n}.\nIt is quiet." if n % 4 else "No!" for n in range(7)]


@pytest.mark.slow
@pytest.mark.parametrize(("form", "stride"), [("parquet", 5), ("jsonl", 7)])
def test_a_run_killed_at_any_call_is_resumed_to_the_same_bytes(tmp_path: Path, form: str, stride: int) -> None:
    write_pieces(tmp_path / "in", TEXTS)
    program = [sys.executable, "-m", "tests.batch.kill_everywhere", str(tmp_path), form, str(stride)]
    told = subprocess.run(program, check=True, capture_output=True, text=True).stdout.splitlines()
    assert int(told[0]) > 20
    assert told[1:] == []


@pytest.mark.slow
def test_a_run_killed_at_random_moments_is_resumed_to_the_same_bytes(tiny_model: Path, tmp_path: Path) -> None:
    pieces = kills.write_pieces(tmp_path / "pieces.jsonl", 40)
    work = kills.undisturbed(tmp_path, pieces, str(tiny_model))
    found = list(kills.trials(work, tmp_path, KILLS, seed=1))
    figures = kills.figures(found)
    assert (figures["kills"], figures["lost"]) == (KILLS, 0)
    assert len(work.table) > 1000
