"""How a batch is run: a model folder's weights in ONNX Runtime without importing torch, or in torch.

A backend computes the network's three parts on numpy arrays. In all of them, a window is run by itself at a length that
it alone decides, so that a document's result depends on nothing but the document.
"""

import copy
import json
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from argmine.adapters import adapted
from argmine.config import ModelConfig
from argmine.document import one_line
from argmine.encoding import PAIRS as PAIR_FEATURES
from argmine.encoding import FloatArray, IntArray
from argmine.errors import ModelError
from argmine.segments import BoundaryScores

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from torch import Tensor

    from argmine.network import ArgumentNetwork, Boundaries

PARTS = ("pieces", "boundaries", "components")
FAST = "fast"
BATCH = 128
BF16_FLAGS = frozenset({"avx512_bf16", "amx_bf16"})
WEIGHTS, ENCODER = "model.safetensors", "encoder.json"
PAIRS, BETWEEN = "pairs.weight", "between"
LENGTH = "boundaries.length"
SHAPES: dict[str, tuple[int | None, ...]] = {PAIRS: (PAIR_FEATURES, 3), BETWEEN: (2,), LENGTH: (None,)}
READ = ("types", "stances", "root", "typed", "source", "target", "label_source", "label_target")
"""What of the component layer reads the main scheme."""


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
    workers: int
    """How many documents it computes at once where it is fastest, each in a thread of its own (see `beside`)."""
    pairs: FloatArray
    """`[PAIRS, 3]`, what each pair feature adds to an arc, by the target's type."""
    between: FloatArray
    """`[2]`, what each conclusion that an arc passes over adds to it, and what it adds that there is any."""

    def pieces(self, ids: IntArray, mask: IntArray, features: IntArray) -> FloatArray:
        """`[p]` ids and mask and `[p, 2]` features of one window → `[p, h]`."""
        ...

    def boundaries(self, words: FloatArray) -> BoundaryScores:
        """`[n, h]` words → scores."""
        ...

    def components(self, pooled: FloatArray, features: IntArray) -> ComponentScores:
        """`[m, 4h]` pooled words and `[m, 5]` features → scores."""
        ...

    def beside(self) -> "Backend":
        """The same for one thread of several that compute at once; called in that thread. Its numbers are the same."""
        ...


@runtime_checkable
class BatchBackend(Backend, Protocol):
    """A backend that is faster with many windows at once, as an accelerator is."""

    batch: int
    """How many it computes at once; 1 where it is not faster with more."""

    def many(self, ids: IntArray, mask: IntArray, features: IntArray) -> FloatArray:
        """`[w, p]` ids and mask and `[w, p, 2]` features of windows of one length → `[w, p, h]`."""
        ...


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
            raise ModelError(f"no encoder is described: {_first_line(error)}", path=folder / ENCODER) from error
        try:
            network.load_state_dict({name: torch.from_numpy(array.copy()) for name, array in weights.items()})
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
                f"it fails, so the model's files do not fit each other: {_first_line(error)}",
                path=self._folder / graph_file(part, self.scheme),
            ) from error
        return [output[0] for output in outputs]

    def _session(self, part: str) -> "InferenceSession":
        import onnxruntime

        path = self._folder / graph_file(part, self.scheme)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.log_severity_level = 3
        if not path.is_file():
            raise ModelError("the file is missing", path=path)
        needed = [name for name in self._weights if is_weight_of(name, part, self.scheme)]
        try:
            values = [onnxruntime.OrtValue.ortvalue_from_numpy(self._weights[n]) for n in needed]
            options.add_external_initializers(needed, values)
            return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # ONNX Runtime's own exceptions share no base but this
            raise ModelError(f"ONNX Runtime cannot load it: {_first_line(error)}", path=path) from error


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
    if precision == FAST:
        if has_cuda():
            return TorchBackend.from_folder(folder, config, precision="bf16", threads=threads, device="cuda")
        if multiplies_bf16() and is_bert(folder):
            return BertBackend(folder, config, threads=threads)
        precision = "fp32"
    if precision == "fp32" and any((folder / graph_file(part)).is_file() for part in PARTS):
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


def has_cuda(driver: Path = Path("/dev/nvidiactl")) -> bool:
    """Whether there is a CUDA device that torch can use; torch is asked only where a driver is there (on Linux)."""
    if not driver.exists():
        return False
    import torch

    return torch.cuda.is_available()


def multiplies_bf16(information: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether the processor multiplies bf16 numbers in instructions of its own, as Linux tells; elsewhere not known."""
    lines = information.read_text(encoding="utf-8").splitlines() if information.is_file() else []
    flags = next((line.partition(":")[2].split() for line in lines if line.startswith("flags")), [])
    return not BF16_FLAGS.isdisjoint(flags)


def graph_file(part: str, scheme: str = "") -> str:
    """The file of a part's graph; the encoder's is the same for all schemes."""
    return f"{part}-{scheme}.onnx" if scheme and part != "pieces" else f"{part}.onnx"


def is_weight_of(name: str, part: str, scheme: str = "") -> bool:
    """Whether a tensor of that name is a weight in a part's graph of a scheme."""
    if name.endswith(LENGTH):
        return False  # it is no part of the graph
    if not scheme or part == "pieces":
        return name.startswith(f"{part}.")
    if part == "boundaries":
        return name.startswith(f"others.{scheme}.boundaries.")
    shared = name.startswith("components.") and name.split(".")[1] not in READ
    return shared or name.startswith(f"others.{scheme}.readout.")


def read_scheme(path: Path, scheme: str = "") -> dict[str, FloatArray]:
    """The tensors of a safetensors file as fp32, as a scheme reads them (`adapters`); empty for the main one.

    Raises:
        ModelError: the file is missing or damaged, or an adapter does not fit.
    """
    weights = read_weights(path)
    try:
        return adapted(weights, scheme)
    except ValueError as error:
        raise ModelError(str(error), path=path) from error


def read_weights(path: Path) -> dict[str, FloatArray]:
    """All tensors of a safetensors file as fp32; bfloat16 is widened without loss.

    Its own library can do neither without torch: numpy has no bfloat16.

    Raises:
        ModelError: the file is missing or damaged.
    """
    try:
        data = path.read_bytes()
        size = int.from_bytes(data[:8], "little")
        header = json.loads(data[8 : 8 + size])
        body = memoryview(data)[8 + size :]
        weights = {name: _tensor(body, **entry) for name, entry in header.items() if name != "__metadata__"}
    except OSError as error:
        raise ModelError(error.strerror or str(error), path=path) from error
    except (ValueError, TypeError, AttributeError) as error:  # no JSON, or JSON of another form
        raise ModelError(f"no safetensors file: {error}", path=path) from error
    for name, weight in weights.items():
        if not np.isfinite(weight).all():
            raise ModelError(f"the tensor {name} holds numbers that are not finite", path=path)
    return weights


def _tensor(body: memoryview, dtype: str, shape: list[int], data_offsets: list[int]) -> FloatArray:
    start, end = data_offsets
    if not 0 <= start <= end <= len(body):
        raise ValueError(f"the file ends early: a tensor stands at {start} to {end} of {len(body)} bytes")
    if dtype == "F32":
        return np.frombuffer(body[start:end], np.float32).reshape(tuple(shape))
    if dtype == "BF16":
        halves = np.frombuffer(body[start:end], np.uint16).reshape(tuple(shape))
        return (halves.astype(np.uint32) << 16).view(np.float32)
    raise ValueError(f"dtype {dtype}, allowed are BF16 and F32")


def _array(tensor: "Tensor") -> FloatArray:
    array: FloatArray = tensor.detach().float().cpu().numpy()
    return array


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
