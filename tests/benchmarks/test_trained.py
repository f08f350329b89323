"""Models that a benchmark trains for itself: what is there is taken, unless something else made it."""

import json
from pathlib import Path

import pytest

from argmine.training.recipe import Recipe
from benchmarks.trained import train_all, trained
from tests.lost_parent import assert_processes_end_when_killed

CORPORA = Path("nowhere")


def _made(folder: Path, recipe: Recipe, init: str | None = None) -> Path:
    model = folder / "model"
    model.mkdir(parents=True)
    told = {"recipe": recipe.model_dump(mode="json"), "init": init}
    (model / "training.json").write_text(json.dumps(told), encoding="utf-8")
    return model


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_there_is_not_trained_again(tmp_path: Path, workers: int) -> None:
    jobs = [(Recipe(seed=seed), tmp_path / str(seed)) for seed in (3, 1, 2)]
    models = tuple(_made(folder, recipe) for recipe, folder in jobs)
    assert train_all(jobs, CORPORA, 1, workers) == models


def test_what_another_recipe_made_is_not_taken(tmp_path: Path) -> None:
    _made(tmp_path, Recipe(epochs=3))
    with pytest.raises(SystemExit, match="another recipe"):
        trained(Recipe(epochs=4), CORPORA, tmp_path, 1)


def test_what_was_made_of_another_model_is_not_taken(tmp_path: Path) -> None:
    _made(tmp_path, Recipe(), init="0123456789ab")
    with pytest.raises(SystemExit, match="another model"):
        trained(Recipe(), CORPORA, tmp_path, 1)


def test_a_worker_says_what_is_wrong(tmp_path: Path) -> None:
    _made(tmp_path, Recipe(epochs=3))
    with pytest.raises(SystemExit, match="another recipe"):
        train_all([(Recipe(epochs=4), tmp_path)], CORPORA, 1, 2)


def test_trainings_end_with_a_benchmark_that_is_killed(tmp_path: Path) -> None:
    program = """
        import os, time
        from benchmarks.trained import processes

        if __name__ == "__main__":
            pool = processes(1)
            print(pool.submit(os.getpid).result(), flush=True)
            pool.submit(time.sleep, 60)
            time.sleep(60)
    """
    assert_processes_end_when_killed(program, tmp_path / "benchmark.py")
