"""The weights that networks of the benchmarks start from."""

import hashlib
from collections.abc import Mapping

from torch import Tensor

from argmine.adapters import shared_weights
from argmine.model_folder import revision
from argmine.training.checkpoint import load_weights
from benchmarks.mining import DEFAULT


def main_weights() -> dict[str, Tensor]:
    """The default model's, without what its other schemes have for themselves."""
    return shared_weights(load_weights(DEFAULT))


def origin() -> dict[str, str]:
    """What a record keeps of where a network started: the default model's revision, and its main weights' digest."""
    return {"init": revision(DEFAULT), "main_weights": digest_weights(main_weights())}


def digest_weights(weights: Mapping[str, Tensor]) -> str:
    """By what weights are known again: the start of a sha256 over names and values."""
    digest = hashlib.sha256()
    for name, value in sorted(weights.items()):
        digest.update(name.encode() + value.float().numpy().tobytes())
    return digest.hexdigest()[:12]
