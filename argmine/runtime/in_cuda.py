"""The encoder in torch on an accelerator, many windows at once, with the light parts above it in ONNX Runtime."""

from pathlib import Path
from typing import Self

from argmine.config import ModelConfig
from argmine.encoding import FloatArray, IntArray
from argmine.runtime.in_heads import HeadsBackend
from argmine.runtime.in_torch import BATCH, TorchBackend


class AcceleratedBackend(HeadsBackend):
    """The encoder in bf16 on an accelerator, and the light parts above it on the processor in fp32.

    What is above the encoder is a chain of small steps for each document, which would keep an accelerator waiting; on
    the processor it can be spread over processes (`argmine.miner.processes`), which need none of its memory.

    Args:
        folder: the model's.
        config: what its `config.json` says, read by the scheme that is wanted.
        threads: how many it may use beside the accelerator; all processors of the process where None.
        device: the accelerator, by torch's name.
        batch: how many windows are computed at once when many documents are mined.

    Raises:
        ModelError: a file is missing or damaged, or they do not fit each other.
    """

    def __init__(
        self,
        folder: Path,
        config: ModelConfig,
        *,
        threads: int | None = None,
        device: str = "cuda",
        batch: int = BATCH,
    ) -> None:
        self._torch = TorchBackend.from_folder(folder, config, precision="bf16", threads=threads, device=device)
        super().__init__(folder, config, name=self._torch.name, precision="bf16", threads=threads)
        self.batch = batch
        self.workers = 1  # it is for one thread at a time

    def pieces(self, ids: IntArray, mask: IntArray, features: IntArray) -> FloatArray:
        """`[p]` ids and mask and `[p, 2]` features of one window → `[p, h]`."""
        return self._torch.pieces(ids, mask, features)

    def many(self, ids: IntArray, mask: IntArray, features: IntArray) -> FloatArray:
        """`[w, p]` ids and mask and `[w, p, 2]` features of windows of one length → `[w, p, h]`."""
        return self._torch.many(ids, mask, features)

    def beside(self) -> Self:
        """Itself, which is for one thread at a time."""
        return self
