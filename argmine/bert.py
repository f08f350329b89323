"""A BERT encoder's forward pass in bf16, its weights laid out once for the processor: torch without Transformers.

What is left out: other architectures, training, batches, padding. One window is a run, at its own length, so that its
result depends on nothing else. Attention is written out, for torch's fused kernel takes half as long again at 512
pieces; 1 / sqrt(head size) is multiplied into the queries' weights.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from pydantic import BaseModel, ValidationError
from torch import Tensor
from torch.nn import functional

from argmine.errors import ModelError, faults

FloatArray = NDArray[np.floating]
IntArray = NDArray[np.int64]

ENCODER = "pieces.encoder"
FEATURES = ("pieces.features.0", "pieces.features.1")


class BertShape(BaseModel, frozen=True):
    """What of a BERT's `encoder.json` its forward pass goes by; all else in it is left aside."""

    model_type: Literal["bert"]
    hidden_act: Literal["gelu"]
    num_attention_heads: int
    num_hidden_layers: int
    layer_norm_eps: float
    position_embedding_type: Literal["absolute"] = "absolute"
    is_decoder: Literal[False] = False

    @classmethod
    def read(cls, path: Path) -> "BertShape":
        """The shape of the encoder that an `encoder.json` describes.

        Raises:
            ModelError: there is none, or it is no BERT such as this module computes.
        """
        try:
            return cls.model_validate_json(path.read_bytes())
        except OSError as error:
            raise ModelError(error.strerror or str(error), path=path) from error
        except ValidationError as error:
            raise ModelError(faults(error), path=path) from error


@dataclass(frozen=True, slots=True)
class _Linear:
    """`[in] → [out]`, by a weight in the layout that oneDNN multiplies fastest with."""

    weight: Tensor
    bias: Tensor

    @classmethod
    def of(cls, weight: Tensor, bias: Tensor, rows: int) -> "_Linear":
        packed = torch.ops.mkldnn._reorder_linear_weight(weight.to(torch.bfloat16), rows)  # noqa: SLF001 - its only way
        return cls(packed, bias.to(torch.bfloat16))

    def __call__(self, inputs: Tensor, then: str = "none") -> Tensor:
        """`[p, in]` → `[p, out]`, and "gelu" of it where wanted."""
        algorithm = "none" if then == "gelu" else ""
        outputs: Tensor = torch.ops.mkldnn._linear_pointwise(  # noqa: SLF001
            inputs, self.weight, self.bias, then, [], algorithm
        )
        return outputs


@dataclass(frozen=True, slots=True)
class _Norm:
    weight: Tensor
    bias: Tensor
    epsilon: float

    def __call__(self, inputs: Tensor) -> Tensor:
        return functional.layer_norm(inputs, self.weight.shape, self.weight, self.bias, self.epsilon)


@dataclass(frozen=True, slots=True)
class _Layer:
    query_key_value: _Linear
    mixed: _Linear
    mixed_norm: _Norm
    feed: _Linear
    fed: _Linear
    fed_norm: _Norm
    heads: int

    def __call__(self, states: Tensor) -> Tensor:
        """`[p, h]` → `[p, h]`."""
        count, size = states.shape
        parts = self.query_key_value(states).view(count, 3, self.heads, size // self.heads)
        query, key, value = parts.permute(1, 2, 0, 3)
        weights = torch.bmm(query, key.transpose(1, 2)).softmax(-1)
        mixed = torch.bmm(weights, value).transpose(0, 1).reshape(count, size)
        states = self.mixed_norm(self.mixed(mixed) + states)
        return self.fed_norm(self.fed(self.feed(states, then="gelu")) + states)


class BertEncoder:
    """The encoder part of an `argmine.network.ArgumentNetwork`, computed in bf16 on the processor.

    Args:
        weights: all of the network's, by name.
        shape: the encoder's.
        window: about how many pieces are computed at once; the layout of weights goes by it.

    Raises:
        KeyError: a weight is missing.
        RuntimeError: the weights do not fit each other, or this torch is without oneDNN.
    """

    def __init__(self, weights: Mapping[str, FloatArray], shape: BertShape, *, window: int) -> None:
        taken = {name: torch.from_numpy(np.array(w)) for name, w in weights.items() if name.startswith("pieces.")}
        self._weights, self._shape, self._window = taken, shape, window
        embeddings = f"{ENCODER}.embeddings"
        every = taken[f"{embeddings}.token_type_embeddings.weight"][0]
        self._words = taken[f"{embeddings}.word_embeddings.weight"].bfloat16()
        self._places = (taken[f"{embeddings}.position_embeddings.weight"] + every).bfloat16()
        self._features = [taken[f"{name}.weight"].bfloat16() for name in FEATURES]
        self._norm = self._norm_of(f"{embeddings}.LayerNorm")
        self._layers = [self._layer(f"{ENCODER}.encoder.layer.{n}") for n in range(shape.num_hidden_layers)]
        del self._weights

    def __call__(self, ids: IntArray, features: IntArray) -> FloatArray:
        """`[p]` ids and `[p, 2]` features of one window → `[p, h]` in fp32."""
        with torch.inference_mode():
            states = self._words[torch.from_numpy(ids)] + self._places[: len(ids)]
            for table, column in zip(self._features, features.T, strict=True):
                states = states + table[torch.from_numpy(column.copy())]
            states = self._norm(states)
            for layer in self._layers:
                states = layer(states)
            found: FloatArray = states.float().numpy()
        return found

    def _layer(self, name: str) -> _Layer:
        attention = f"{name}.attention"
        parts = [self._pair(f"{attention}.self.{part}") for part in ("query", "key", "value")]
        weight, bias = (torch.cat(column) for column in zip(*parts, strict=True))
        size, heads = weight.shape[1], self._shape.num_attention_heads
        scale = torch.cat([torch.full((size,), (size // heads) ** -0.5), torch.ones(2 * size)])
        return _Layer(
            query_key_value=_Linear.of(weight * scale[:, None], bias * scale, self._window),
            mixed=self._linear(f"{attention}.output.dense"),
            mixed_norm=self._norm_of(f"{attention}.output.LayerNorm"),
            feed=self._linear(f"{name}.intermediate.dense"),
            fed=self._linear(f"{name}.output.dense"),
            fed_norm=self._norm_of(f"{name}.output.LayerNorm"),
            heads=heads,
        )

    def _linear(self, name: str) -> _Linear:
        return _Linear.of(*self._pair(name), self._window)

    def _norm_of(self, name: str) -> _Norm:
        weight, bias = self._pair(name)
        return _Norm(weight.bfloat16(), bias.bfloat16(), self._shape.layer_norm_eps)

    def _pair(self, name: str) -> tuple[Tensor, Tensor]:
        return self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
