"""The mean of a scheme's weights in models that went on from each other, or from one start (Wortsman et al. 2022).

What has learnt longer fits texts like those of its training better and others worse; the mean keeps what all have in
common. It is of use where the models lie close to each other, as those do that went on from one another. Of a change of
low rank its two factors are averaged, not their products: the mean of the changes themselves has a greater rank.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor

from argmine.adapters import own_weights, shared_weights
from argmine.errors import RecipeError
from argmine.runtime import WEIGHTS
from argmine.training.checkpoint import load_weights


def mean_weights(each: Sequence[Mapping[str, Tensor]], share: float | None = None) -> dict[str, Tensor]:
    """The mean of weights that have the same names and shapes, in float32.

    Args:
        each: weights, by name; one, or several.
        share: what the first counts for, of 1; the others have equal parts of the rest. None: all count for as much.
    """
    others = len(each) - 1
    if others == 0 or share is None:
        share = 1 / len(each)
    parts = [share, *((1 - share) / others for _ in range(others))]
    return {
        name: torch.stack([part * one[name].float() for part, one in zip(parts, each, strict=True)]).sum(0)
        for name in each[0]
    }


def refuse_other_models(folders: Sequence[Path], start: Path, scheme: str, own: Mapping[str, Tensor]) -> None:
    """Says before a training with which models its scheme has no mean.

    Args:
        folders: models.
        start: the one that the training starts from.
        scheme: the name of what is learnt, in all of them.
        own: the training's weights of it.

    Raises:
        RecipeError: a model has other shared weights than the start, or no such scheme, or one of another shape.
    """
    shared = shared_weights(load_weights(start))
    shapes = {name: value.shape for name, value in own.items()}
    for folder in folders:
        weights = load_weights(folder)
        if {name: value.shape for name, value in own_weights(weights, scheme).items()} != shapes:
            raise RecipeError(f"the model has no scheme {scheme!r} of the recipe's shape", path=folder / WEIGHTS)
        other = shared_weights(weights)
        if other.keys() != shared.keys() or not all(torch.equal(other[name], shared[name]) for name in shared):
            raise RecipeError(f"the model's main scheme is not that of {start}", path=folder / WEIGHTS)
