"""A BERT encoder in bf16 through oneDNN, with the light parts above it in ONNX Runtime."""

from pathlib import Path

import numpy as np

from argmine.config import ModelConfig
from argmine.document import one_line
from argmine.encoding import FloatArray, IntArray
from argmine.errors import ModelError
from argmine.runtime.in_heads import HeadsBackend
from argmine.runtime.weights import ENCODER, WEIGHTS, read_scheme


class BertBackend(HeadsBackend):
    """A BERT encoder in bf16 through oneDNN (`argmine.bert`), and the light parts above it in ONNX Runtime in fp32.

    Args:
        folder: the model's.
        config: what its `config.json` says, read by the scheme that is wanted.
        threads: how many it may use, torch's in the whole process among them; all processors of the process where None.

    Raises:
        ModelError: a file is missing or damaged, they do not fit each other, or the encoder is no BERT.
    """

    def __init__(self, folder: Path, config: ModelConfig, *, threads: int | None = None) -> None:
        from argmine.bert import BertEncoder, BertShape

        super().__init__(folder, config, name="onednn", precision="bf16", threads=threads)
        shape = BertShape.read(folder / ENCODER)
        try:
            self._encoder = BertEncoder(read_scheme(folder / WEIGHTS, config.scheme), shape, window=config.windows.size)
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
