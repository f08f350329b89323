"""`Preferences`: features of an argument → score, in numpy; read from and written beside a model's weights.

The score is a share that follows from the length alone, and what the rest of the features adds at that length, so the
second can be had by itself. Differences of scores are log odds that one argument is preferred to another
(Bradley & Terry 1952); 0 is the mean of the arguments it was fitted to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from pydantic import Field, NonNegativeInt, PositiveInt, ValidationError

from argmine.adapters import shared_weights
from argmine.base import Frozen
from argmine.convincing.features import TEXT_FEATURES
from argmine.encoding import FloatArray
from argmine.errors import ModelError, faults
from argmine.formats.output import replacing
from argmine.model_folder import VOCABULARY
from argmine.runtime import WEIGHTS, read_scheme

FILE = "convincingness.safetensors"
POWERS = 3
"""Powers of the logarithm of an argument's words, 1 among them, by which what goes with length is told."""
CLIP = 3.0
"""Standard deviations beyond which a feature counts for no more."""
_SHAPES: Mapping[str, tuple[int | None, ...]] = {
    "trend": (POWERS, None),
    "spread": (None,),
    "weights": (None,),
    "length": (POWERS,),
    "centre": (1,),
}


class Fitted(Frozen):
    """What the file says of itself.

    `model` is what `states_digest` gives for the model whose states were read, `states` how many numbers one has,
    `least_words` and `most_words` are lengths of arguments.
    """

    model: str = Field(min_length=1)
    states: NonNegativeInt
    text_features: tuple[str, ...]
    least_words: PositiveInt
    most_words: PositiveInt


@dataclass(frozen=True, slots=True)
class Preferences:
    """Fitted scores over f features.

    Attributes:
        trend: `[3, f]`, what of each feature goes with the length: factors of powers of the logarithm of the words.
        spread: `[f]`, the standard deviation of what is left of it.
        weights: `[f]`, log odds a standard deviation.
        length: `[3]`, log odds by length: factors of powers of the logarithm of the words.
        centre: `[1]`, the mean of what the features add, which is taken off.
        fitted: to which model's states, over which lengths.
    """

    trend: FloatArray
    spread: FloatArray
    weights: FloatArray
    length: FloatArray
    centre: FloatArray
    fitted: Fitted

    def fits(self, words: int) -> bool:
        """Whether an argument of so many words is within the lengths that were seen."""
        return self.fitted.least_words <= words <= self.fitted.most_words

    def by_length(self, words: FloatArray) -> FloatArray:
        """`[n]`, the share of the score that follows from the length, of n counts of words."""
        share: FloatArray = powers(words) @ self.length
        return share

    def beyond_length(self, features: FloatArray, words: FloatArray) -> FloatArray:
        """`[n]`, what `[n, f]` features add to it."""
        rest: FloatArray = deviations(features, words, self.trend, self.spread) @ self.weights - self.centre
        return rest


def powers(words: FloatArray) -> FloatArray:
    """`[n, 3]`, powers 0 to 2 of the logarithm of n counts of words."""
    return np.stack([np.log(words) ** power for power in range(POWERS)], axis=-1)


def deviations(features: FloatArray, words: FloatArray, trend: FloatArray, spread: FloatArray) -> FloatArray:
    """`[n, f]`, what of each feature does not go with the length, in standard deviations, no more than `CLIP`."""
    return np.clip((features - powers(words) @ trend) / spread, -CLIP, CLIP)


def write_preferences(preferences: Preferences, folder: Path) -> Path:
    """Writes the file beside a model's weights, whole or not at all; gives its path.

    Raises:
        ArgmineError: it cannot be written.
    """
    from safetensors.numpy import save

    path = folder / FILE
    arrays = {name: np.ascontiguousarray(getattr(preferences, name), np.float32) for name in _SHAPES}
    with replacing(path) as stream:
        stream.write(save(arrays, metadata={"fitted": preferences.fitted.model_dump_json()}))
    return path


def read_preferences(folder: Path) -> Preferences:
    """Reads the file beside a model's weights.

    Raises:
        ModelError: it is missing or damaged, or was written for other features of the text.
    """
    path = folder / FILE
    arrays, metadata = _read(path)
    fitted = _fitted(metadata, path)
    count = fitted.states + len(fitted.text_features)
    for name, shape in _SHAPES.items():
        if name not in arrays:
            raise ModelError(f"the tensor {name} is missing", path=path)
        wanted, found = tuple(count if size is None else size for size in shape), arrays[name].shape
        if found != wanted:
            raise ModelError(f"the tensor {name} has the shape {found}, expected {wanted}", path=path)
        if not np.isfinite(arrays[name]).all():
            raise ModelError(f"the tensor {name} holds numbers that are not finite", path=path)
    return Preferences(**{name: arrays[name].astype(np.float64) for name in _SHAPES}, fitted=fitted)


def states_digest(folder: Path, scheme: str = "") -> str:
    """First 12 hex digits of the sha256 over vocabulary and weights of a model, on which the encoder's states depend.

    Unlike the model's revision it stays when the configuration changes, or a scheme that is not asked for.

    Raises:
        ModelError: a file is missing or damaged.
    """
    digest = sha256()
    try:
        digest.update((folder / VOCABULARY).read_bytes())
    except OSError as error:
        raise ModelError(error.strerror or str(error), path=folder / VOCABULARY) from error
    weights = read_scheme(folder / WEIGHTS, scheme)
    for name in sorted(shared_weights(weights)):
        digest.update(name.encode() + b"\0" + np.ascontiguousarray(weights[name]).tobytes())
    return digest.hexdigest()[:12]


def revision_of(folder: Path) -> str:
    """First 12 hex digits of the file's sha256."""
    return sha256((folder / FILE).read_bytes()).hexdigest()[:12]


def _read(path: Path) -> tuple[dict[str, FloatArray], Mapping[str, str]]:
    """All tensors of the file, and what it says of itself."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as file:
            return {name: file.get_tensor(name) for name in file.keys()}, file.metadata() or {}  # noqa: SIM118 - no dict
    except OSError as error:
        raise ModelError(error.strerror or str(error), path=path) from error
    except SafetensorError as error:
        raise ModelError(f"no safetensors file: {error}", path=path) from error


def _fitted(metadata: Mapping[str, str], path: Path) -> Fitted:
    try:
        fitted = Fitted.model_validate_json(metadata.get("fitted", ""))
    except ValidationError as error:
        raise ModelError(f"it does not say what it was fitted to: {faults(error)}", path=path) from error
    if fitted.text_features != TEXT_FEATURES:
        raise ModelError("it was fitted to other features of the text than this version has", path=path)
    return fitted
