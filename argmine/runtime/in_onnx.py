"""The network in ONNX Runtime, without importing torch: the reference."""

import copy
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from argmine.encoding import PAIRS as PAIR_FEATURES
from argmine.encoding import FloatArray, IntArray
from argmine.errors import ModelError, first_line
from argmine.runtime.backend import ComponentScores
from argmine.runtime.machine import processors
from argmine.runtime.weights import LENGTH, PARTS, WEIGHTS, graph_file, is_weight_of, read_scheme
from argmine.segments import BoundaryScores

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

PAIRS, BETWEEN = "pairs.weight", "between"
SPINNING = "session.intra_op.allow_spinning"
SHAPES: dict[str, tuple[int | None, ...]] = {PAIRS: (PAIR_FEATURES, 3), BETWEEN: (2,), LENGTH: (None,)}


class OnnxBackend:
    """A model folder in ONNX Runtime on the CPU, fp32: graphs without weights, fed from `model.safetensors`.

    Args:
        folder: the model's.
        threads: how many it may use; all processors of the process where None.
        scheme: whose heads are used, empty for the main one.
        parts: of the network, which alone can be computed.

    Raises:
        ModelError: a file is missing or damaged, or they do not fit each other.
    """

    name = "onnx"
    precision = "fp32"

    def __init__(
        self, folder: Path, *, threads: int | None = None, scheme: str = "", parts: Sequence[str] = PARTS
    ) -> None:
        if threads is not None and threads < 1:
            raise ValueError(f"threads is {threads}, at least 1 is needed")
        weights = read_scheme(folder / WEIGHTS, scheme)
        own = f"others.{scheme}." if scheme else ""
        for name, shape in ((own + name, shape) for name, shape in SHAPES.items()):
            if name not in weights:
                raise ModelError(f"the tensor {name} is missing", path=folder / WEIGHTS)
            found = weights[name].shape
            if len(found) != len(shape) or any(s not in (None, f) for s, f in zip(shape, found, strict=True)):
                raise ModelError(f"the tensor {name} has the shape {found}, expected {shape}", path=folder / WEIGHTS)
        self.pairs, self.between, self._length = (weights[own + name] for name in SHAPES)
        self.scheme = scheme
        held = {name for name in weights for part in parts if is_weight_of(name, part, scheme)}
        self._weights = {name: weights[name] for name in held}  # the sessions point into these arrays
        self.workers = self._threads = threads or processors()
        self._folder = folder
        self._sessions = {part: self._session(part) for part in parts}
        self._alone: list[OnnxBackend] = []
        self._making = threading.Lock()

    def pieces(self, ids: IntArray, mask: IntArray, features: IntArray) -> FloatArray:
        """`[p]` ids and mask and `[p, 2]` features of one window → `[p, h]`."""
        return self._run("pieces", ids=ids, mask=mask, features=features)[0]

    def boundaries(self, words: FloatArray) -> BoundaryScores:
        """`[n, h]` words → scores."""
        start, end, inside, left, right = self._run("boundaries", words=words)
        return BoundaryScores(start, end, inside, left, right, self._length)

    def components(self, pooled: FloatArray, features: IntArray) -> ComponentScores:
        """`[m, 4h]` pooled words and `[m, 5]` features → scores."""
        return ComponentScores(*self._run("components", pooled=pooled, features=features))

    def beside(self) -> "OnnxBackend":
        """A twin whose runs take one thread each; it is made once and shares the weights."""
        if self._threads == 1:
            return self
        with self._making:
            if not self._alone:
                twin = copy.copy(self)
                twin.workers = twin._threads = 1  # noqa: SLF001 - its own twin
                twin._sessions = {part: twin._session(part) for part in self._sessions}  # noqa: SLF001
                self._alone.append(twin)
            return self._alone[0]

    def _run(self, part: str, **arrays: FloatArray | IntArray) -> list[FloatArray]:
        batch = {name: array[None] for name, array in arrays.items()}
        try:
            outputs: list[FloatArray] = self._sessions[part].run(None, batch)
        except Exception as error:  # ONNX Runtime's own exceptions share no base but this
            raise ModelError(
                f"it fails, so the model's files do not fit each other: {first_line(error)}",
                path=self._folder / graph_file(part, self.scheme),
            ) from error
        return [output[0] for output in outputs]

    def _session(self, part: str) -> "InferenceSession":
        import onnxruntime

        path = self._folder / graph_file(part, self.scheme)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        # Each part's session has threads of its own: were they to spin when it is done, they would stand in the way of
        # the next part's, or of torch's.
        options.add_session_config_entry(SPINNING, "0")
        options.log_severity_level = 3
        if not path.is_file():
            raise ModelError("the file is missing", path=path)
        needed = [name for name in self._weights if is_weight_of(name, part, self.scheme)]
        try:
            values = [onnxruntime.OrtValue.ortvalue_from_numpy(self._weights[n]) for n in needed]
            options.add_external_initializers(needed, values)
            return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # ONNX Runtime's own exceptions share no base but this
            raise ModelError(f"ONNX Runtime cannot load it: {first_line(error)}", path=path) from error
