"""How a batch is run: a model folder's weights in ONNX Runtime without importing torch, or in torch.

A backend computes the network's three parts on numpy arrays. In both, a window is run by itself at a length that it
alone decides, so that a document's result depends on nothing but the document.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from argmine.decoding import BoundaryScores
from argmine.encoding import FloatArray, IntArray
from argmine.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

    from argmine.network import ArgumentNetwork

PARTS = ("pieces", "boundaries", "components")
WEIGHTS = "model.safetensors"
PAIRS = "pairs.weight"
LENGTH = "boundaries.length"


@dataclass(frozen=True, slots=True)
class ComponentScores:
    """`argmine.network.Components` of one document's m components, in numpy: `[m, …]`."""

    types: FloatArray
    stances: FloatArray
    root: FloatArray
    source: FloatArray
    target: FloatArray
    label_source: FloatArray
    label_target: FloatArray


class Backend(Protocol):
    """The network's parts, computed somewhere."""

    name: str
    precision: str
    pairs: FloatArray
    """`[PAIRS]`, what each pair feature adds to an arc."""

    def pieces(self, ids: IntArray, mask: IntArray, features: IntArray) -> FloatArray:
        """`[p]` ids and mask and `[p, 2]` features of one window → `[p, h]`."""
        ...

    def boundaries(self, words: FloatArray) -> BoundaryScores:
        """`[n, h]` words → scores."""
        ...

    def components(self, pooled: FloatArray, features: IntArray) -> ComponentScores:
        """`[m, 4h]` pooled words and `[m, 5]` features → scores."""
        ...


class TorchBackend:
    """A network in torch, as it is trained; `precision` "bf16" runs it in autocast."""

    name = "torch"

    def __init__(self, network: "ArgumentNetwork", *, precision: str = "fp32") -> None:
        self.network = network
        self.precision = precision
        self.pairs = network.pairs.weight.detach().squeeze(-1).float().cpu().numpy()

    def pieces(self, ids: IntArray, mask: IntArray, features: IntArray) -> FloatArray:
        """`[p]` ids and mask and `[p, 2]` features of one window → `[p, h]`."""
        hidden = self._call("pieces", ids[None], mask[None], features[None])
        return self._numpy(hidden)

    def boundaries(self, words: FloatArray) -> BoundaryScores:
        """`[n, h]` words → scores."""
        scores = self._call("boundaries", words[None])
        each = (self._numpy(getattr(scores, name)) for name in ("start", "end", "inside", "left", "right"))
        return BoundaryScores(*each, scores.length.detach().cpu().numpy())

    def components(self, pooled: FloatArray, features: IntArray) -> ComponentScores:
        """`[m, 4h]` pooled words and `[m, 5]` features → scores."""
        scores = self._call("components", pooled[None], features[None], np.ones((1, len(pooled)), bool))
        return ComponentScores(*(self._numpy(getattr(scores, name)) for name in ComponentScores.__slots__))

    def _call(self, part: str, *arrays: FloatArray | IntArray) -> object:
        import torch

        device = next(self.network.parameters()).device
        tensors = [torch.from_numpy(np.ascontiguousarray(a)).to(device) for a in arrays]
        bf16 = self.precision == "bf16" and part == "pieces"
        with torch.inference_mode(), torch.autocast(device.type, torch.bfloat16, enabled=bf16):
            return getattr(self.network, part)(*tensors)

    @staticmethod
    def _numpy(tensor: object) -> FloatArray:
        return tensor.squeeze(0).float().cpu().numpy()  # type: ignore[attr-defined,no-any-return]


class OnnxBackend:
    """A model folder in ONNX Runtime on the CPU, fp32: graphs without weights, fed from `model.safetensors`."""

    name = "onnx"
    precision = "fp32"

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        weights = read_weights(folder / WEIGHTS)
        self.pairs = weights[PAIRS].squeeze(-1)
        self._length = weights[LENGTH]
        self._weights = weights  # the sessions point into these arrays
        self._threads = threads or len(os.sched_getaffinity(0))
        self._sessions = {part: self._session(folder / f"{part}.onnx") for part in PARTS}

    def pieces(self, ids: IntArray, mask: IntArray, features: IntArray) -> FloatArray:
        """`[p]` ids and mask and `[p, 2]` features of one window → `[p, h]`."""
        return self._run("pieces", ids=ids, mask=mask, features=features)[0]

    def boundaries(self, words: FloatArray) -> BoundaryScores:
        """`[n, h]` words → scores."""
        return BoundaryScores(*self._run("boundaries", words=words), self._length)

    def components(self, pooled: FloatArray, features: IntArray) -> ComponentScores:
        """`[m, 4h]` pooled words and `[m, 5]` features → scores."""
        return ComponentScores(*self._run("components", pooled=pooled, features=features))

    def _run(self, part: str, **arrays: FloatArray | IntArray) -> list[FloatArray]:
        outputs: list[FloatArray] = self._sessions[part].run(None, {name: a[None] for name, a in arrays.items()})
        return [output[0] for output in outputs]

    def _session(self, path: Path) -> "InferenceSession":
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.log_severity_level = 3
        if not path.is_file():
            raise ModelError("the file is missing", path=path)
        try:
            needed = [n for n in self._weights if n.startswith(f"{path.stem}.") and n != LENGTH]
            values = [onnxruntime.OrtValue.ortvalue_from_numpy(self._weights[n]) for n in needed]
            options.add_external_initializers(needed, values)
            return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # ONNX Runtime's own exceptions share no base but this
            raise ModelError(f"ONNX Runtime cannot load it: {error}", path=path) from error


def read_weights(path: Path) -> dict[str, FloatArray]:
    """All tensors of a safetensors file as fp32; bfloat16 is widened without loss and without torch.

    Raises:
        ModelError: the file is missing or damaged.
    """
    import json

    try:
        data = path.read_bytes()
        size = int.from_bytes(data[:8], "little")
        header = json.loads(data[8 : 8 + size])
        body = memoryview(data)[8 + size :]
        return {name: _tensor(body, entry) for name, entry in header.items() if name != "__metadata__"}
    except OSError as error:
        raise ModelError(error.strerror or str(error), path=path) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"no safetensors file: {error}", path=path) from error


def _tensor(body: memoryview, entry: dict[str, object]) -> FloatArray:
    start, end = entry["data_offsets"]  # type: ignore[misc]
    raw = body[start:end]
    if len(raw) != end - start:
        raise ValueError("the file ends early")
    if entry["dtype"] == "BF16":
        flat = (np.frombuffer(raw, np.uint16).astype(np.uint32) << 16).view(np.float32)
    elif entry["dtype"] == "F32":
        flat = np.frombuffer(raw, np.float32)
    else:
        raise ValueError(f"dtype {entry['dtype']}, expected BF16 or F32")
    return flat.reshape(entry["shape"])  # type: ignore[arg-type]
