"""Checkpoints of a training: tensors as safetensors, numbers as JSON, each written whole or not at all."""

import shutil
from pathlib import Path
from typing import Any

import torch
from pydantic import Field, FiniteFloat, JsonValue, ValidationError
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from argmine.base import Frozen
from argmine.errors import RecipeError
from argmine.runtime import WEIGHTS
from argmine.training.low_rank import as_main
from argmine.training.recipe import Recipe

CHECKPOINT = "checkpoint.safetensors"


def best_weights(folder: Path, epoch: int) -> Path:
    """Where the averaged weights of the best epoch lie."""
    return folder / f"best-{epoch}.safetensors"


def load_best_weights(folder: Path, epoch: int) -> dict[str, Tensor]:
    """The averaged weights of the best epoch.

    Raises:
        RecipeError: they are missing or damaged.
    """
    path = best_weights(folder, epoch)
    try:
        return load_file(path)
    except (OSError, SafetensorError) as error:
        raise RecipeError(f"the weights of the best epoch cannot be read: {error}", path=path) from error


def load_weights(model: Path, scheme: str = "") -> dict[str, Tensor]:
    """The weights of a model folder.

    Args:
        model: the folder.
        scheme: empty for all of them as they are; else of one network whose main scheme is this one.

    Raises:
        RecipeError: they are missing or damaged.
    """
    try:
        weights = load_file(model / WEIGHTS)
        return as_main(weights, scheme) if scheme else weights
    except (OSError, SafetensorError) as error:
        raise RecipeError(f"the weights to start from cannot be read: {error}", path=model / WEIGHTS) from error


def remove_other_weights(folder: Path, epoch: int) -> None:
    """Removes what lies there of epochs that are no longer the best."""
    for path in folder.glob("best-*.safetensors"):
        if path != best_weights(folder, epoch):
            path.unlink()


class Progress(Frozen):
    """Where a training stands: `epoch` are done, `best` of them had the greatest development figure.

    `log` holds a line an epoch, so that log and weights are never of different epochs.
    """

    recipe: Recipe
    epoch: int = Field(ge=0)
    best: int = Field(0, ge=0)
    best_score: FiniteFloat = -1.0
    log: tuple[dict[str, JsonValue], ...] = ()


def save_checkpoint(
    folder: Path, progress: Progress, network: nn.Module, average: dict[str, Tensor], optimiser: torch.optim.Optimizer
) -> None:
    """Writes everything that the rest of the training depends on."""
    tensors = {f"network.{name}": value for name, value in network.state_dict().items()}
    tensors |= {f"average.{name}": value for name, value in average.items()}
    for number, state in optimiser.state_dict()["state"].items():
        tensors |= {f"optimiser.{number}.{name}": value for name, value in state.items()}
    tensors = {name: value.detach().cpu().contiguous() for name, value in tensors.items()}
    save_tensors(folder / CHECKPOINT, tensors, {"progress": progress.model_dump_json()})


def save_tensors(path: Path, tensors: dict[str, Tensor], metadata: dict[str, str] | None = None) -> None:
    """A safetensors file that is there whole or not at all."""
    partial = path.parent / "partial"  # a folder, for a killed `save_file` leaves a file of a name that is not known
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    save_file(tensors, partial / path.name, metadata)
    (partial / path.name).chmod(0o644)
    (partial / path.name).replace(path)
    partial.rmdir()


def load_checkpoint(
    folder: Path, recipe: Recipe, network: nn.Module, optimiser: torch.optim.Optimizer
) -> tuple[Progress, dict[str, Tensor]] | None:
    """Puts a checkpoint's state into network and optimiser; None where there is no checkpoint.

    Raises:
        RecipeError: it was made by another recipe, or is damaged.
    """
    path = folder / CHECKPOINT
    if not path.is_file():
        return None
    progress = _progress(path)
    if progress.recipe != recipe:
        raise RecipeError("the checkpoint was made by another recipe; give another folder", path=path)
    tensors = load_file(path)
    try:
        network.load_state_dict(_part(tensors, "network"))
    except RuntimeError as error:
        raise RecipeError(f"the checkpoint is of another network: {error}", path=path) from error
    state: dict[int, dict[str, Any]] = {}
    for name, value in _part(tensors, "optimiser").items():
        number, _, key = name.partition(".")
        state.setdefault(int(number), {})[key] = value
    optimiser.load_state_dict({"state": state, "param_groups": optimiser.state_dict()["param_groups"]})
    return progress, _part(tensors, "average")


def _progress(path: Path) -> Progress:
    try:
        with safe_open(path, "pt") as file:
            return Progress.model_validate_json(file.metadata()["progress"])
    except (SafetensorError, ValidationError, KeyError, TypeError) as error:
        raise RecipeError(f"no checkpoint of a training: {error}", path=path) from error


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(f"{prefix}."): value for name, value in tensors.items() if name.startswith(f"{prefix}.")}
