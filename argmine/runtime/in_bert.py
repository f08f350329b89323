"""A BERT encoder in bf16 through oneDNN, with the light parts above it in ONNX Runtime."""

import copy
from pathlib import Path

import numpy as np

from argmine.config import ModelConfig
from argmine.document import one_line
from argmine.encoding import FloatArray, IntArray
from argmine.errors import ModelError
from argmine.runtime.backend import ComponentScores
from argmine.runtime.in_onnx import OnnxBackend
from argmine.runtime.weights import ENCODER, PARTS, WEIGHTS, read_weights
from argmine.segments import BoundaryScores


class BertBackend:
    """A BERT encoder in bf16 through oneDNN (`argmine.bert`), and the light parts above it in ONNX Runtime in fp32.

    Args:
        folder: the model's.
        config: what its `config.json` says, read by the scheme that is wanted.
        threads: how many it may use, torch's in the whole process among them; all processors of the process where None.

    Raises:
        ModelError: a file is missing or damaged, they do not fit each other, or the encoder is no BERT.
    """

    name = "onednn"
    precision = "bf16"

    def __init__(self, folder: Path, config: ModelConfig, *, threads: int | None = None) -> None:
        from argmine.bert import BertEncoder, BertShape

        self._heads = OnnxBackend(folder, threads=threads, scheme=config.scheme, parts=PARTS[1:])
        self.pairs, self.between, self.workers = self._heads.pairs, self._heads.between, self._heads.workers
        shape = BertShape.read(folder / ENCODER)
        try:
            self._encoder = BertEncoder(read_weights(folder / WEIGHTS), shape, window=config.windows.size)
        except (KeyError, RuntimeError) as error:
            raise ModelError(f"weights of another network: {one_line(str(error))}", path=folder / WEIGHTS) from error

    def pieces(self, ids: IntArray, mask: IntArray, features: IntArray) -> FloatArray:
        """`[p]` ids and mask and `[p, 2]` features of one window → `[p, h]`; padding is left out of the computing."""
        import torch

        if torch.get_num_threads() != self.workers:  # a twin or whoever else uses torch may have set them
            torch.set_num_threads(self.workers)
        count = int(mask.sum())
        known = self._encoder(ids[:count], features[:count])
        return known if count == len(ids) else np.pad(known, ((0, len(ids) - count), (0, 0)))

    def boundaries(self, words: FloatArray) -> BoundaryScores:
        """`[n, h]` words → scores."""
        return self._heads.boundaries(words)

    def components(self, pooled: FloatArray, features: IntArray) -> ComponentScores:
        """`[m, 4h]` pooled words and `[m, 5]` features → scores."""
        return self._heads.components(pooled, features)

    def beside(self) -> "BertBackend":
        """A twin whose runs take one thread each."""
        twin = copy.copy(self)
        twin.workers, twin._heads = 1, self._heads.beside()  # noqa: SLF001 - its own twin
        return twin
