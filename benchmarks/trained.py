"""Models that a benchmark trains for itself, unless an earlier run of it did."""

import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from argmine.miner.processes import end_with_parent
from argmine.model_folder import TRAINING, find_model, revision
from argmine.training.recipe import Recipe

LEARNING_OVERLAP = 32
"""Of windows of 512 pieces while a network learns, where less than the model's is enough."""


def trained(recipe: Recipe, corpora: Path, folder: Path, threads: int | None) -> Path:
    """The model of a recipe, trained where it is not there; a training that was killed goes on.

    Raises:
        SystemExit: what is there was made by another recipe, or of another model.
    """
    from argmine.training.command import follow

    name = TRAINING if recipe.adapter is None else f"{Path(TRAINING).stem}-{recipe.schemes[0].name}.json"
    record = folder / "model" / name
    if not record.is_file():
        return follow(recipe, corpora, folder, threads=threads)
    told = json.loads(record.read_text("utf-8"))
    start = None if recipe.init is None else revision(find_model(recipe.init))
    if Recipe.model_validate(told["recipe"]) != recipe or told["init"] != start:
        raise SystemExit(f"{folder} holds what another recipe made of another model: name another folder with --runs")
    return folder / "model"


def train_all(
    jobs: Sequence[tuple[Recipe, Path]], corpora: Path, threads: int | None, workers: int = 1
) -> tuple[Path, ...]:
    """The models of several recipes, in their order, each in its folder; so many are trained at a time.

    Raises:
        SystemExit: as `trained`.
    """
    if workers == 1:
        return tuple(trained(recipe, corpora, folder, threads) for recipe, folder in jobs)
    with processes(workers) as pool:
        found = [pool.submit(trained, recipe, corpora, folder, threads) for recipe, folder in jobs]
        return tuple(one.result() for one in found)


def processes(count: int) -> ProcessPoolExecutor:
    """Processes for trainings; they end with this one, however it ends."""
    return ProcessPoolExecutor(count, get_context("spawn"), initializer=end_with_parent)
