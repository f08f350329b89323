"""How a batch is run: a model folder's weights in ONNX Runtime without importing torch, or in torch.

A backend computes the network's three parts on numpy arrays. In all of them, a window is run by itself at a length that
it alone decides, so that a document's result depends on nothing but the document.
"""

from pathlib import Path

from argmine.config import ModelConfig
from argmine.errors import ModelError
from argmine.runtime.backend import Backend, BatchBackend, ComponentScores
from argmine.runtime.in_bert import BertBackend
from argmine.runtime.in_cuda import AcceleratedBackend
from argmine.runtime.in_heads import HeadsBackend
from argmine.runtime.in_onnx import BETWEEN, PAIRS, OnnxBackend
from argmine.runtime.in_torch import TorchBackend, adapted_tensors
from argmine.runtime.machine import has_cuda, multiplies_bf16, processors
from argmine.runtime.weights import (
    ENCODER,
    LENGTH,
    PARTS,
    READ,
    WEIGHTS,
    graph_file,
    is_weight_of,
    read_scheme,
    read_weights,
)

__all__ = [
    "BETWEEN",
    "ENCODER",
    "LENGTH",
    "PAIRS",
    "PARTS",
    "READ",
    "WEIGHTS",
    "AcceleratedBackend",
    "Backend",
    "BatchBackend",
    "BertBackend",
    "ComponentScores",
    "HeadsBackend",
    "OnnxBackend",
    "TorchBackend",
    "adapted_tensors",
    "graph_file",
    "has_cuda",
    "is_weight_of",
    "multiplies_bf16",
    "open_backend",
    "processors",
    "read_scheme",
    "read_weights",
]

FAST = "fast"


def open_backend(folder: Path, config: ModelConfig, *, precision: str = "fp32", threads: int | None = None) -> Backend:
    """Where a model folder runs: in ONNX Runtime where it has the graphs for that and fp32 is wanted, else in torch.

    Args:
        folder: the model's.
        config: what its `config.json` says, read by the scheme that is wanted.
        precision: "fp32", "bf16", or "fast": what is fastest on this machine, which is bf16 on a CUDA device where
            there is one, bf16 where the processor multiplies it itself and the encoder is a BERT, else fp32.
        threads: how many it may use; all processors of the process where None.

    Raises:
        ModelError: a file is missing or damaged, or they do not fit each other.
        ValueError: there is no such precision.
    """
    has_graphs = any((folder / graph_file(part)).is_file() for part in PARTS)
    if precision == FAST:
        if has_cuda():
            if has_graphs:
                return AcceleratedBackend(folder, config, threads=threads)
            return TorchBackend.from_folder(folder, config, precision="bf16", threads=threads, device="cuda")
        if multiplies_bf16() and is_bert(folder):
            return BertBackend(folder, config, threads=threads)
        precision = "fp32"
    if precision == "fp32" and has_graphs:
        return OnnxBackend(folder, threads=threads, scheme=config.scheme)
    return TorchBackend.from_folder(folder, config, precision=precision, threads=threads)


def is_bert(folder: Path) -> bool:
    """Whether a model folder's encoder is one that `argmine.bert` computes."""
    from argmine.bert import BertShape

    try:
        BertShape.read(folder / ENCODER)
    except ModelError:
        return False
    return True
