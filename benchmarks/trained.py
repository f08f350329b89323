"""Models that a benchmark trains for itself, unless an earlier run of it did."""

import json
from pathlib import Path

from argmine.model_folder import TRAINING, find_model, revision
from argmine.training.recipe import Recipe


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
