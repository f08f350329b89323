"""A model folder's weights in numpy, and which of them each part's graph takes."""

import json
from pathlib import Path

import numpy as np

from argmine.adapters import adapted
from argmine.encoding import FloatArray
from argmine.errors import ModelError

PARTS = ("pieces", "boundaries", "components")
WEIGHTS, ENCODER = "model.safetensors", "encoder.json"
LENGTH = "boundaries.length"
READ = ("types", "stances", "root", "typed", "source", "target", "label_source", "label_target")
"""What of the component layer reads the main scheme."""


def graph_file(part: str, scheme: str = "") -> str:
    """The file of a part's graph; the encoder's is the same for all schemes."""
    return f"{part}-{scheme}.onnx" if scheme and part != "pieces" else f"{part}.onnx"


def is_weight_of(name: str, part: str, scheme: str = "") -> bool:
    """Whether a tensor of that name is a weight in a part's graph of a scheme."""
    if name.endswith(LENGTH):
        return False  # it is no part of the graph
    if not scheme or part == "pieces":
        return name.startswith(f"{part}.")
    if part == "boundaries":
        return name.startswith(f"others.{scheme}.boundaries.")
    shared = name.startswith("components.") and name.split(".")[1] not in READ
    return shared or name.startswith(f"others.{scheme}.readout.")


def read_scheme(path: Path, scheme: str = "") -> dict[str, FloatArray]:
    """The tensors of a safetensors file as fp32, as a scheme reads them (`adapters`); empty for the main one.

    Raises:
        ModelError: the file is missing or damaged, or an adapter does not fit.
    """
    weights = read_weights(path)
    try:
        return adapted(weights, scheme)
    except ValueError as error:
        raise ModelError(str(error), path=path) from error


def read_weights(path: Path) -> dict[str, FloatArray]:
    """All tensors of a safetensors file as fp32; bfloat16 is widened without loss.

    Its own library can do neither without torch: numpy has no bfloat16.

    Raises:
        ModelError: the file is missing or damaged.
    """
    try:
        data = path.read_bytes()
        size = int.from_bytes(data[:8], "little")
        header = json.loads(data[8 : 8 + size])
        body = memoryview(data)[8 + size :]
        weights = {name: _tensor(body, **entry) for name, entry in header.items() if name != "__metadata__"}
    except OSError as error:
        raise ModelError(error.strerror or str(error), path=path) from error
    except (ValueError, TypeError, AttributeError) as error:  # no JSON, or JSON of another form
        raise ModelError(f"no safetensors file: {error}", path=path) from error
    for name, weight in weights.items():
        if not np.isfinite(weight).all():
            raise ModelError(f"the tensor {name} holds numbers that are not finite", path=path)
    return weights


def _tensor(body: memoryview, dtype: str, shape: list[int], data_offsets: list[int]) -> FloatArray:
    start, end = data_offsets
    if not 0 <= start <= end <= len(body):
        raise ValueError(f"the file ends early: a tensor stands at {start} to {end} of {len(body)} bytes")
    if dtype == "F32":
        return np.frombuffer(body[start:end], np.float32).reshape(tuple(shape))
    if dtype == "BF16":
        halves = np.frombuffer(body[start:end], np.uint16).reshape(tuple(shape))
        return (halves.astype(np.uint32) << 16).view(np.float32)
    raise ValueError(f"dtype {dtype}, allowed are BF16 and F32")
