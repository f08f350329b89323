"""What a scheme of annotation changes in the weights that it shares with the main one: low-rank adapters.

A model folder's weights may hold, beside a scheme's own heads, tensors that change shared ones when the scheme is read:

    others.SCHEME.adapter.NAME.up       [out, r]   NAME is NAME + up @ down
    others.SCHEME.adapter.NAME.down     [r, in]
    others.SCHEME.adapter.NAME.instead  like NAME  this instead of NAME

They are applied once, at load, so that a scheme is as fast as the main one, and the main one stays as it is (low-rank
adaptation: Hu et al. 2022).
"""

from collections.abc import Mapping
from typing import TypeVar

import numpy as np

from argmine.encoding import FloatArray

UP, DOWN, INSTEAD = ".up", ".down", ".instead"
_OTHERS = "others."
_ADAPTER = ".adapter."

Weight = TypeVar("Weight")


def own_weights(weights: Mapping[str, Weight], scheme: str) -> dict[str, Weight]:
    """What of a model folder's weights is of a scheme alone: its heads, and what it changes in the shared ones.

    >>> own_weights({"arc": 0, "others.threads.arc": 1, "others.news.arc": 2}, "threads")
    {'others.threads.arc': 1}
    """
    return {name: weight for name, weight in weights.items() if name.startswith(f"{_OTHERS}{scheme}.")}


def shared_weights(weights: Mapping[str, Weight]) -> dict[str, Weight]:
    """What of a model folder's weights is of no scheme beside the main one.

    >>> shared_weights({"arc": 0, "others.threads.arc": 1})
    {'arc': 0}
    """
    return {name: weight for name, weight in weights.items() if not name.startswith(_OTHERS)}


def adapter_name(scheme: str, name: str, part: str) -> str:
    """The tensor that holds a part of what a scheme changes in the weight `name`."""
    return f"{_OTHERS}{scheme}{_ADAPTER}{name}{part}"


def is_adapter(name: str) -> bool:
    """Whether a tensor of that name is a part of an adapter."""
    return name.startswith(_OTHERS) and _ADAPTER in name


def adapted(weights: Mapping[str, FloatArray], scheme: str) -> dict[str, FloatArray]:
    """The weights as a scheme reads them, without adapters; the main scheme, of the empty name, has none.

    Raises:
        ValueError: an adapter does not fit the weight that it changes, or there is no such weight.
    """
    found = {name: weight for name, weight in weights.items() if not is_adapter(name)}
    own = adapter_name(scheme, "", "")
    if not scheme:
        return found
    for name in (name for name in weights if name.startswith(own)):
        changed, part = name.removeprefix(own).rsplit(".", 1)
        if changed not in found:
            raise ValueError(f"the adapter {name} changes a weight that is not there")
        if f".{part}" == INSTEAD:
            found[changed] = _like(found[changed], weights[name], name)
        elif f".{part}" == UP:
            down = weights.get(adapter_name(scheme, changed, DOWN), np.zeros((0, 0), np.float32))
            found[changed] = found[changed] + _like(found[changed], _product(weights[name], down), name)
    return found


def _product(up: FloatArray, down: FloatArray) -> FloatArray:
    return up @ down if up.ndim == down.ndim == 2 and up.shape[1] == down.shape[0] else np.zeros(0, np.float32)


def _like(weight: FloatArray, change: FloatArray, name: str) -> FloatArray:
    if change.shape != weight.shape:
        raise ValueError(f"the adapter {name} does not fit a weight of the shape {weight.shape}")
    return change
