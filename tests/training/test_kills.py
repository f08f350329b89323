"""A training that is killed at random moments and started again ends with the very bits of an undisturbed one."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file

from argmine.miner import ArgumentMiner
from argmine.training.checkpoint import CHECKPOINT
from argmine.training.run import LOG, MODEL
from tests.training import made_up

EPOCHS = 8
# Kills come some time after the log has so many lines: at the start, between epochs, while the model is written.
MOMENTS = (0, 1, 4, 6, EPOCHS)
PATIENCE = 300.0


def start(recipe: Path, corpora: Path, folder: Path) -> subprocess.Popen[bytes]:
    program = "from argmine.cli import run; run()"
    options = ["--corpora", str(corpora), "--output", str(folder), "--threads", "1"]
    return subprocess.Popen([sys.executable, "-c", program, "train", str(recipe), *options], stderr=subprocess.PIPE)


def finish(process: subprocess.Popen[bytes]) -> None:
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err.decode()


def written(folder: Path) -> tuple[int, int]:
    """When the log was last written, and how many lines it has."""
    path = folder / LOG
    return (path.stat().st_mtime_ns, path.read_bytes().count(b"\n")) if path.exists() else (0, 0)


def kill_after(process: subprocess.Popen[bytes], folder: Path, lines: int, delay: float) -> None:
    """SIGKILL, `delay` seconds after this process has written a log of so many lines; nothing if it is done before."""
    before, _ = written(folder)
    give_up = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < give_up:
        moment, found = written(folder)
        if moment > before and found >= lines:
            break
        time.sleep(0.005)
    time.sleep(delay)
    process.kill()
    process.communicate()


def without_seconds(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in line.items() if key != "seconds"} for line in lines]


def log(folder: Path) -> list[dict[str, Any]]:
    return without_seconds([json.loads(line) for line in (folder / LOG).read_text().splitlines()])


def progress(folder: Path) -> dict[str, Any]:
    with safe_open(folder / CHECKPOINT, "pt") as file:
        found: dict[str, Any] = json.loads(file.metadata()["progress"])
    return {**found, "log": without_seconds(found["log"])}


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_a_training_killed_again_and_again_ends_as_an_undisturbed_one(
    tiny_base: Path, tmp_path: Path, seed: int
) -> None:
    corpora = made_up.write_corpora(tmp_path / "corpora")
    recipe = made_up.write_recipe(tmp_path / "recipe.json", made_up.recipe(tiny_base, epochs=EPOCHS))
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    finish(start(recipe, corpora, whole))
    assert len(log(whole)) == EPOCHS
    assert any(line["best"] for line in log(whole)[1:])

    rng = random.Random(seed)
    for lines in MOMENTS:
        kill_after(start(recipe, corpora, killed), killed, lines, rng.uniform(0, 1.0))
    finish(start(recipe, corpora, killed))

    assert log(killed) == log(whole)
    assert progress(killed) == progress(whole)
    assert files(killed) == files(whole)
    (best,) = whole.glob("best-*")
    assert (killed / best.name).read_bytes() == best.read_bytes()
    expected, found = load_file(whole / CHECKPOINT), load_file(killed / CHECKPOINT)
    assert expected.keys() == found.keys()
    assert all(torch.equal(expected[name], found[name]) for name in expected)
    revisions = {ArgumentMiner.load(folder / MODEL, threads=1).revision for folder in (killed, whole)}
    assert len(revisions) == 1
