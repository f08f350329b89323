"""A trained network → a model folder: configuration, bf16 weights, graphs without weights, vocabulary.

    config.json  model.safetensors  pieces.onnx  boundaries.onnx  components.onnx  tokenizer.json  encoder.json

The graphs take their weights from `model.safetensors` when they are loaded, so there is one set of weights.
"""

import copy
import logging
import warnings
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import onnx
import torch
from torch import Tensor, nn

from argmine.config import ModelConfig
from argmine.encoding import COMPONENT_FEATURES, DocumentEncoder
from argmine.model_folder import CONFIG, VOCABULARY, graphs
from argmine.network import ArgumentNetwork, Boundaries, Components
from argmine.runtime import ENCODER, WEIGHTS, graph_file
from argmine.training.checkpoint import save_tensors

OPSET = 20
# How attention is computed in the graphs: torch's own is exported with a guard for rows that see nothing, of which a
# window has none, and that took a tenth of the time.
ATTENTION = "eager"
# Where a graph says that its weights lie. There is no such file: who loads the graph gives them by name, and if one is
# missing ONNX Runtime fails, where it would take the first bytes of a file that is there.
GIVEN = "given-at-load"


class _Pieces(nn.Module):
    """The encoder with the parameter names of the whole network."""

    def __init__(self, network: ArgumentNetwork) -> None:
        super().__init__()
        self.pieces = network.pieces

    def forward(self, ids: Tensor, mask: Tensor, features: Tensor) -> Tensor:
        hidden: Tensor = self.pieces(ids, mask, features)
        return hidden


class _Boundaries(nn.Module):
    """The tagger of a scheme, likewise."""

    def __init__(self, network: ArgumentNetwork, scheme: str) -> None:
        super().__init__()
        self.scheme = scheme
        if scheme:
            self.others = network.others
        else:
            self.boundaries = network.boundaries

    def forward(self, words: Tensor) -> tuple[Tensor, ...]:
        tagger = self.others[self.scheme].boundaries if self.scheme else self.boundaries
        scores: Boundaries = tagger(words)  # type: ignore[operator]
        return scores.start, scores.end, scores.inside, scores.left, scores.right


class _Components(nn.Module):
    """The component layer and the readout of a scheme, likewise."""

    def __init__(self, network: ArgumentNetwork, scheme: str) -> None:
        super().__init__()
        self.components, self.others, self.scheme = network.components, network.others, scheme

    def forward(self, pooled: Tensor, features: Tensor) -> tuple[Tensor, ...]:
        present = torch.ones_like(features[..., 0], dtype=torch.bool)
        readout = self.others[self.scheme].readout if self.scheme else None
        scores: Components = self.components(pooled, features, present, readout)
        return tuple(getattr(scores, name) for name in Components.__slots__)


def write_package(
    folder: Path,
    network: ArgumentNetwork,
    config: ModelConfig,
    encoder: DocumentEncoder,
    adapters: Mapping[str, Tensor] = MappingProxyType({}),
) -> None:
    """Writes a model folder that `ArgumentMiner.load` reads.

    The folder may exist; its files are replaced one by one, the configuration last.

    Args:
        folder: where it is written.
        network: without what schemes change in the weights that they share.
        config: what the model is.
        encoder: its vocabulary.
        adapters: that change, as `argmine.adapters` tells.
    """
    folder.mkdir(parents=True, exist_ok=True)
    network = copy.deepcopy(network).cpu().float().eval()
    network.pieces.encoder.set_attn_implementation(ATTENTION)  # type: ignore[operator]
    weights = {name: value.to(torch.bfloat16).contiguous() for name, value in network.state_dict().items()}
    network.load_state_dict({name: value.float() for name, value in weights.items()})
    save_tensors(folder / WEIGHTS, weights | {name: value.to(torch.bfloat16) for name, value in adapters.items()})
    for part, scheme in graphs(config):
        _export(network, part, scheme, folder / graph_file(part, scheme))
    encoder.tokenizer.save(str(folder / VOCABULARY))
    network.pieces.encoder.config.to_json_file(folder / ENCODER)  # type: ignore[union-attr,operator]
    write_config(folder, config)


def write_config(folder: Path, config: ModelConfig) -> None:
    """Writes or replaces the configuration of a model folder."""
    partial = folder / f"{CONFIG}.partial"
    partial.write_text(config.model_dump_json(indent=2) + "\n", encoding="utf-8")
    partial.replace(folder / CONFIG)


def _export(network: ArgumentNetwork, part: str, scheme: str, path: Path) -> None:
    module, inputs, shapes, outputs = _signature(network, part, scheme)
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            module,
            inputs,
            dynamo=True,
            input_names=list(shapes),
            output_names=outputs,
            dynamic_shapes=shapes,
            opset_version=OPSET,
            optimize=False,
            verbose=False,
        )
    if program is None:
        raise RuntimeError(f"torch exported nothing for {part}")
    _strip(program.model_proto, set(network.state_dict()), path)


def _signature(
    network: ArgumentNetwork, part: str, scheme: str
) -> tuple[nn.Module, tuple[Tensor, ...], dict[str, dict[int, object]], list[str]]:
    """Module, example inputs, dynamic axes and output names of a part."""
    hidden = int(network.pieces.encoder.config.hidden_size)  # type: ignore[union-attr,arg-type]
    axis = torch.export.Dim.DYNAMIC
    if part == "pieces":
        ids = torch.ones(1, 40, dtype=torch.int64)
        example = (ids, torch.ones_like(ids), torch.zeros(1, 40, 2, dtype=torch.int64))
        shapes: dict[str, dict[int, object]] = {"ids": {1: axis}, "mask": {1: axis}, "features": {1: axis}}
        return _Pieces(network), example, shapes, ["hidden"]
    if part == "boundaries":
        return (
            _Boundaries(network, scheme),
            (torch.zeros(1, 40, hidden),),
            {"words": {1: axis}},
            list(Boundaries.__slots__[:5]),
        )
    features = torch.zeros(1, 12, len(COMPONENT_FEATURES), dtype=torch.int64)
    shapes = {"pooled": {1: axis}, "features": {1: axis}}
    return _Components(network, scheme), (torch.zeros(1, 12, 4 * hidden), features), shapes, list(Components.__slots__)


def _strip(model: onnx.ModelProto, names: set[str], path: Path) -> None:
    """Writes the graph with its trained weights pointed at from outside instead of held inside."""
    for tensor in model.graph.initializer:
        if tensor.name in names:
            tensor.ClearField("raw_data")
            tensor.data_location = onnx.TensorProto.EXTERNAL
            del tensor.external_data[:]
            tensor.external_data.add(key="location", value=GIVEN)
    model.ClearField("producer_version")
    model.graph.ClearField("metadata_props")
    for node in model.graph.node:
        node.ClearField("metadata_props")
        node.ClearField("doc_string")
    model.graph.ClearField("value_info")
    path.write_bytes(model.SerializeToString(deterministic=True))
