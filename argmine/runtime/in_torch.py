"""The network in torch, on the processor or an accelerator."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from argmine.adapters import adapted
from argmine.config import ModelConfig
from argmine.document import one_line
from argmine.encoding import FloatArray, IntArray
from argmine.errors import ModelError, first_line
from argmine.runtime.backend import ComponentScores
from argmine.runtime.weights import ENCODER, WEIGHTS, read_scheme
from argmine.segments import BoundaryScores

if TYPE_CHECKING:
    from torch import Tensor

    from argmine.network import ArgumentNetwork, Boundaries

BATCH = 128


class TorchBackend:
    """A network in torch, as it is trained, on the device that its weights are on.

    Args:
        network: in evaluation mode.
        precision: "fp32", or "bf16" by autocast.
        scheme: whose heads are used, empty for the main one.
        batch: how many windows are computed at once when many documents are mined.
    """

    workers = 1

    def __init__(
        self, network: "ArgumentNetwork", *, precision: str = "fp32", scheme: str = "", batch: int = 1
    ) -> None:
        if precision not in ("fp32", "bf16"):
            raise ValueError(f"precision is {precision!r}, allowed are 'fp32' and 'bf16'")
        self.network = network
        self.precision = precision
        self.scheme = scheme
        self.batch = batch
        device = next(network.parameters()).device.type
        self.name = "torch" if device == "cpu" else f"torch-{device}"
        pairs, between = network.places(scheme)
        self.pairs, self.between = _array(pairs.weight), _array(between)

    @classmethod
    def from_folder(
        cls,
        folder: Path,
        config: ModelConfig,
        *,
        precision: str = "fp32",
        threads: int | None = None,
        device: str = "cpu",
    ) -> "TorchBackend":
        """A model folder's weights in the network that its `config.json` and `encoder.json` describe.

        Args:
            folder: the model's.
            config: what its `config.json` says, read by the scheme that is wanted.
            precision: "fp32" or "bf16".
            threads: torch's, in the whole process; as they are where None.
            device: where it computes, by torch's name; `BATCH` windows at once where that is an accelerator.

        Raises:
            ModelError: a file is missing or damaged, or they do not fit each other.
        """
        import torch

        from argmine.network import ArgumentNetwork

        if threads is not None:
            torch.set_num_threads(threads)
        weights = read_scheme(folder / WEIGHTS, config.scheme)
        try:
            network = ArgumentNetwork.from_config(folder, config)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:  # what Transformers raises
            raise ModelError(f"no encoder is described: {first_line(error)}", path=folder / ENCODER) from error
        try:
            network.load_state_dict(_tensors(weights))
        except RuntimeError as error:
            raise ModelError(f"weights of another network: {one_line(str(error))}", path=folder / WEIGHTS) from error
        batch = 1 if device == "cpu" else BATCH
        return cls(network.eval().to(device), precision=precision, scheme=config.scheme, batch=batch)

    def pieces(self, ids: IntArray, mask: IntArray, features: IntArray) -> FloatArray:
        """`[p]` ids and mask and `[p, 2]` features of one window → `[p, h]`."""
        alone: FloatArray = self.many(ids[None], mask[None], features[None])[0]
        return alone

    def many(self, ids: IntArray, mask: IntArray, features: IntArray) -> FloatArray:
        """`[w, p]` ids and mask and `[w, p, 2]` features of windows of one length → `[w, p, h]`."""
        import torch

        inputs = [array[0] for array in self._batch(ids, mask, features)]
        bf16 = self.precision == "bf16"
        with torch.inference_mode(), torch.autocast(inputs[0].device.type, torch.bfloat16, enabled=bf16):
            return _array(self.network.pieces(*inputs))

    def boundaries(self, words: FloatArray) -> BoundaryScores:
        """`[n, h]` words → scores."""
        import torch

        with torch.inference_mode():
            scores: Boundaries = self.network.tagger(self.scheme)(*self._batch(words))
        columns = (scores.start, scores.end, scores.inside, scores.left, scores.right)
        start, end, inside, left, right = (_array(column[0]) for column in columns)
        return BoundaryScores(start, end, inside, left, right, _array(scores.length))

    def components(self, pooled: FloatArray, features: IntArray) -> ComponentScores:
        """`[m, 4h]` pooled words and `[m, 5]` features → scores."""
        import torch

        with torch.inference_mode():
            inputs = self._batch(pooled, features, np.ones(len(pooled), bool))
            scores = self.network.components(*inputs, self.network.readout(self.scheme))
        return ComponentScores(*(_array(getattr(scores, name)[0]) for name in ComponentScores.__slots__))

    def beside(self) -> "TorchBackend":
        """Itself, which is for one thread at a time."""
        return self

    def _batch(self, *arrays: NDArray[Any]) -> "list[Tensor]":
        """The arrays as batches of one, where the network is."""
        import torch

        device = next(self.network.parameters()).device
        return [torch.from_numpy(np.ascontiguousarray(array))[None].to(device) for array in arrays]


def adapted_tensors(weights: "Mapping[str, Tensor]", scheme: str) -> "dict[str, Tensor]":
    """Weights as a scheme reads them (`argmine.adapters`), in fp32 on the processor.

    Raises:
        ValueError: an adapter does not fit the weight that it changes, or there is no such weight.
    """
    arrays = adapted({name: _array(weight) for name, weight in weights.items()}, scheme)
    return _tensors(arrays)


def _tensors(arrays: Mapping[str, FloatArray]) -> "dict[str, Tensor]":
    import torch

    return {name: torch.from_numpy(array.copy()) for name, array in arrays.items()}


def _array(tensor: "Tensor") -> FloatArray:
    array: FloatArray = tensor.detach().float().cpu().numpy()
    return array
