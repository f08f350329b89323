"""The light parts of a network in ONNX Runtime, beneath whatever computes its encoder, here or in another process."""

import copy
from pathlib import Path
from typing import Self

from argmine.config import ModelConfig
from argmine.encoding import FloatArray, IntArray
from argmine.runtime.backend import ComponentScores
from argmine.runtime.in_onnx import OnnxBackend
from argmine.runtime.weights import PARTS
from argmine.segments import BoundaryScores


class HeadsBackend:
    """What is above the encoder, in ONNX Runtime in fp32; the words' states are computed elsewhere.

    Args:
        folder: the model's.
        config: what its `config.json` says, read by the scheme that is wanted.
        name: of the whole backend, the encoder's included.
        precision: the encoder's.
        threads: how many it may use; all processors of the process where None.

    Raises:
        ModelError: a file is missing or damaged, or they do not fit each other.
    """

    def __init__(
        self, folder: Path, config: ModelConfig, *, name: str, precision: str, threads: int | None = None
    ) -> None:
        self.name, self.precision = name, precision
        self._heads = OnnxBackend(folder, threads=threads, scheme=config.scheme, parts=PARTS[1:])
        self.pairs, self.between, self.workers = self._heads.pairs, self._heads.between, self._heads.workers

    def pieces(self, ids: IntArray, mask: IntArray, features: IntArray) -> FloatArray:
        """Is for those that have an encoder."""
        raise NotImplementedError

    def boundaries(self, words: FloatArray) -> BoundaryScores:
        """`[n, h]` words → scores."""
        return self._heads.boundaries(words)

    def components(self, pooled: FloatArray, features: IntArray) -> ComponentScores:
        """`[m, 4h]` pooled words and `[m, 5]` features → scores."""
        return self._heads.components(pooled, features)

    def beside(self) -> Self:
        """A twin whose runs take one thread each."""
        twin = copy.copy(self)
        twin.workers, twin._heads = 1, self._heads.beside()  # noqa: SLF001 - its own twin
        return twin
