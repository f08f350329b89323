"""Backends against each other, and model folders that are broken in one place."""

import json
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from argmine.config import ModelConfig
from argmine.encoding import COMPONENT_FEATURES
from argmine.errors import ModelError
from argmine.miner import ArgumentMiner
from argmine.model_folder import CONFIG, VOCABULARY
from argmine.network import ArgumentNetwork
from argmine.runtime import (
    BETWEEN,
    ENCODER,
    LENGTH,
    PAIRS,
    PARTS,
    WEIGHTS,
    ComponentScores,
    OnnxBackend,
    TorchBackend,
    open_backend,
    read_weights,
)
from argmine.runtime.in_onnx import SPINNING
from tests import tiny

HIDDEN = 32


@pytest.fixture(scope="module")
def torch_backend(tiny_model: Path) -> TorchBackend:
    network = ArgumentNetwork.from_config(tiny_model, tiny.config())
    network.load_state_dict({name: value.float() for name, value in load_file(tiny_model / WEIGHTS).items()})
    return TorchBackend(network.eval())


@pytest.fixture(scope="module")
def onnx_backend(tiny_model: Path) -> OnnxBackend:
    return OnnxBackend(tiny_model, threads=1)


@pytest.mark.parametrize("length", [1, 2, 16, 48, 64])
def test_backends_agree_on_pieces(torch_backend: TorchBackend, onnx_backend: OnnxBackend, length: int) -> None:
    rng = np.random.default_rng(length)
    ids, features = rng.integers(0, 80, length), rng.integers(0, 4, (length, 2))
    mask = (np.arange(length) < max(1, length - 5)).astype(np.int64)
    known = mask.astype(bool)
    expected = torch_backend.pieces(ids, mask, features)
    assert onnx_backend.pieces(ids, mask, features)[known] == pytest.approx(expected[known], abs=1e-4)


@pytest.mark.parametrize("count", [1, 2, 40])
def test_backends_agree_on_boundaries(torch_backend: TorchBackend, onnx_backend: OnnxBackend, count: int) -> None:
    words = np.random.default_rng(count).normal(size=(count, HIDDEN)).astype(np.float32)
    expected, found = torch_backend.boundaries(words), onnx_backend.boundaries(words)
    for name in ("start", "end", "inside", "left", "right", "length"):
        assert getattr(found, name) == pytest.approx(getattr(expected, name), abs=1e-4)


@pytest.mark.parametrize("count", [1, 2, 40])
def test_backends_agree_on_components(torch_backend: TorchBackend, onnx_backend: OnnxBackend, count: int) -> None:
    rng = np.random.default_rng(count)
    pooled = rng.normal(size=(count, 4 * HIDDEN)).astype(np.float32)
    features = rng.integers(0, np.array(COMPONENT_FEATURES), (count, len(COMPONENT_FEATURES)))
    expected, found = torch_backend.components(pooled, features), onnx_backend.components(pooled, features)
    for name in ComponentScores.__slots__:
        assert getattr(found, name) == pytest.approx(getattr(expected, name), abs=1e-4)


def test_backends_share_what_adds_to_arcs(torch_backend: TorchBackend, onnx_backend: OnnxBackend) -> None:
    assert np.array_equal(torch_backend.pairs, onnx_backend.pairs)
    assert np.array_equal(torch_backend.between, onnx_backend.between)


def test_bf16_is_near_fp32(torch_backend: TorchBackend) -> None:
    ids = np.arange(5, 25)
    inputs = (ids, np.ones_like(ids), np.zeros((20, 2), np.int64))
    low = TorchBackend(torch_backend.network, precision="bf16").pieces(*inputs)
    assert low.dtype == np.float32
    assert low == pytest.approx(torch_backend.pieces(*inputs), abs=0.2)


def test_wrong_arguments_are_refused(torch_backend: TorchBackend, tiny_model: Path) -> None:
    with pytest.raises(ValueError, match="precision is 'fp8', allowed"):
        TorchBackend(torch_backend.network, precision="fp8")
    with pytest.raises(ValueError, match="threads is 0, at least 1"):
        OnnxBackend(tiny_model, threads=0)


def test_mining_through_onnx_imports_no_torch(tiny_model: Path) -> None:
    program = (
        "import sys, argmine\n"
        "graph = argmine.load(sys.argv[1]).mine(sys.argv[2])\n"
        "print(len(graph.components), sorted({'torch', 'transformers', 'onnx', 'datasets'} & set(sys.modules)))\n"
    )
    command = [sys.executable, "-c", program, str(tiny_model), tiny.prose(6)]
    found = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent)
    count, _, modules = found.stdout.partition(" ")
    assert int(count) > 2
    assert modules.strip() == "[]"


def test_graphs_hold_no_weights_and_name_no_place(tiny_model: Path) -> None:
    for part in PARTS:
        graph = (tiny_model / f"{part}.onnx").read_bytes()
        assert len(graph) < 60_000
        assert b".py" not in graph
        assert str(Path(__file__).parent.parent).encode() not in graph


Breaking = Callable[[Path], None]


def without(name: str) -> Breaking:
    return lambda folder: (folder / name).unlink()


def holding(name: str, data: bytes) -> Breaking:
    def write(folder: Path) -> None:
        (folder / name).write_bytes(data)

    return write


def cut(name: str, size: int) -> Breaking:
    def shorten(folder: Path) -> None:
        data = (folder / name).read_bytes()
        (folder / name).write_bytes(data[:size])

    return shorten


def weights(change: Callable[[dict[str, Tensor]], object]) -> Breaking:
    def rewrite(folder: Path) -> None:
        tensors = load_file(folder / WEIGHTS)
        change(tensors)
        save_file({name: value.contiguous() for name, value in tensors.items()}, folder / WEIGHTS)

    return rewrite


def configured(**changes: object) -> Breaking:
    def rewrite(folder: Path) -> None:
        known = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        (folder / CONFIG).write_text(json.dumps({**known, **changes}), encoding="utf-8")

    return rewrite


QUERY = "pieces.encoder.encoder.layer.0.attention.self.query.weight"
BIAS = "components.types.bias"


@pytest.mark.parametrize(
    ("break_it", "place", "reason"),
    [
        (without(CONFIG), "", "the folder holds no config.json"),
        (holding(CONFIG, b"{"), CONFIG, "Invalid JSON"),
        (configured(colour="red"), CONFIG, "colour: Extra inputs are not permitted"),
        (configured(version=2), CONFIG, "version: Input should be less than or equal to 1"),
        (configured(windows={"size": 64, "overlap": 60}), CONFIG, "windows: .*overlap 60 is more than half"),
        (configured(sizes={"component": 10, "component_heads": 4}), CONFIG, "sizes: .*10 is no multiple"),
        (configured(decoding={"claim_bias": "NaN"}), CONFIG, "decoding.claim_bias"),
        (without(VOCABULARY), VOCABULARY, "no tokenizer"),
        (holding(VOCABULARY, b"[]"), VOCABULARY, "no tokenizer"),
        (cut(VOCABULARY, 300), VOCABULARY, "no tokenizer"),
        (without(WEIGHTS), WEIGHTS, "No such file"),
        (holding(WEIGHTS, b""), WEIGHTS, "no safetensors file"),
        (holding(WEIGHTS, b"garbage " * 99), WEIGHTS, "no safetensors file"),
        (holding(WEIGHTS, struct.pack("<Q", 2) + b"[]"), WEIGHTS, "no safetensors file"),
        (holding(WEIGHTS, struct.pack("<Q", 7) + b'{"a":1}'), WEIGHTS, "no safetensors file"),
        (cut(WEIGHTS, 700), WEIGHTS, "no safetensors file"),
        (cut(WEIGHTS, 60_000), WEIGHTS, "the file ends early"),
        (
            weights(lambda w: w.update({BIAS: w[BIAS].to(torch.float16)})),
            WEIGHTS,
            "dtype F16, allowed are BF16 and F32",
        ),
        (
            weights(lambda w: w.update({BIAS: w[BIAS] * torch.nan})),
            WEIGHTS,
            f"{BIAS} holds numbers that are not finite",
        ),
        (weights(lambda w: w.pop(PAIRS)), WEIGHTS, f"the tensor {PAIRS} is missing"),
        (weights(lambda w: w.update({PAIRS: w[PAIRS][:9]})), WEIGHTS, rf"{PAIRS} has the shape \(9, 3\), expected"),
        (weights(lambda w: w.update({BETWEEN: w[BETWEEN][:1]})), WEIGHTS, f"{BETWEEN} has the shape"),
        (weights(lambda w: w.update({LENGTH: w[LENGTH][None]})), WEIGHTS, f"{LENGTH} has the shape"),
        (weights(lambda w: w.pop(QUERY)), "pieces.onnx", "cannot load it"),
        (weights(lambda w: w.pop(BIAS)), "components.onnx", "cannot load it"),
        (weights(lambda w: w.update({QUERY: w[QUERY][:3]})), "pieces.onnx", "cannot load it.*dimensions"),
        (without("boundaries.onnx"), "boundaries.onnx", "the file is missing"),
        (holding("pieces.onnx", b"garbage"), "pieces.onnx", "cannot load it"),
        (holding("components.onnx", b""), "components.onnx", "cannot load it"),
        (cut("components.onnx", 5000), "components.onnx", "cannot load it"),
    ],
)
def test_a_broken_folder_is_named_with_the_place(
    tiny_model: Path, tmp_path: Path, break_it: Breaking, place: str, reason: str
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    break_it(folder)
    with pytest.raises(ModelError, match=reason) as caught:
        ArgumentMiner.load(folder)
    assert caught.value.path == str(folder / place)
    assert "\n" not in str(caught.value)


def test_a_vocabulary_of_another_model_is_an_error_and_no_crash(tiny_model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    text = (folder / VOCABULARY).read_text(encoding="utf-8")
    number = tiny.vocabulary()["bus"]
    (folder / VOCABULARY).write_text(text.replace(f'"bus": {number}', '"bus": 4000'), encoding="utf-8")
    with pytest.raises(ModelError, match="the model's files do not fit each other"):
        ArgumentMiner.load(folder).mine("a bus")


def test_weights_are_read_as_they_were_written(tmp_path: Path) -> None:
    values = torch.tensor([[1.0, -2.5, 3e38], [0.0, 1e-3, -1e-30]])
    save_file({"a": values, "b": values.to(torch.bfloat16), "c": torch.tensor(1.0)}, tmp_path / "w", {"made": "here"})
    found = read_weights(tmp_path / "w")
    assert {name: array.shape for name, array in found.items()} == {"a": (2, 3), "b": (2, 3), "c": ()}
    assert np.array_equal(found["a"], values.numpy())
    assert np.array_equal(found["b"], values.to(torch.bfloat16).float().numpy())


def test_a_tensor_beyond_the_file_is_refused(tmp_path: Path) -> None:
    header = json.dumps({"a": {"dtype": "F32", "shape": [2], "data_offsets": [-8, 0]}}).encode()
    (tmp_path / "w").write_bytes(struct.pack("<Q", len(header)) + header + bytes(8))
    with pytest.raises(ModelError, match="the file ends early: a tensor stands at -8 to 0 of 8 bytes"):
        read_weights(tmp_path / "w")


def test_the_configuration_reads_back(tiny_model: Path) -> None:
    assert ModelConfig.model_validate_json((tiny_model / CONFIG).read_bytes()) == tiny.config()


@pytest.fixture
def without_graphs(tiny_model: Path, tmp_path: Path) -> Path:
    """A model's folder as Transformers would save it: weights, vocabulary and JSON."""
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder, ignore=shutil.ignore_patterns("*.onnx"))
    return folder


def test_a_folder_without_graphs_runs_in_torch(torch_backend: TorchBackend, without_graphs: Path) -> None:
    found = open_backend(without_graphs, tiny.config())
    assert (found.name, found.precision) == ("torch", "fp32")
    words = np.random.default_rng(0).normal(size=(9, HIDDEN)).astype(np.float32)
    assert np.array_equal(found.boundaries(words).start, torch_backend.boundaries(words).start)


def test_half_the_precision_runs_in_torch(tiny_model: Path) -> None:
    found = open_backend(tiny_model, tiny.config(), precision="bf16")
    assert (found.name, found.precision) == ("torch", "bf16")


def test_an_unknown_precision_is_refused(tiny_model: Path) -> None:
    with pytest.raises(ValueError, match="precision is 'fp8', allowed"):
        open_backend(tiny_model, tiny.config(), precision="fp8")


CODE = b'{"model_type": "mine", "auto_map": {"AutoConfig": "evil.Config"}}'


@pytest.mark.parametrize(
    ("break_it", "place", "reason"),
    [
        (without(ENCODER), ENCODER, "no encoder is described"),
        (holding(ENCODER, b"{"), ENCODER, "no encoder is described"),
        (holding(ENCODER, CODE), ENCODER, "no encoder is described"),
        (weights(lambda w: w.pop(BIAS)), WEIGHTS, f"weights of another network: .*{BIAS}"),
        (weights(lambda w: w.update({QUERY: w[QUERY][:3]})), WEIGHTS, "weights of another network: .*size mismatch"),
    ],
)
def test_a_broken_folder_without_graphs_is_named_with_the_place(
    without_graphs: Path, break_it: Breaking, place: str, reason: str
) -> None:
    break_it(without_graphs)
    with pytest.raises(ModelError, match=reason) as caught:
        open_backend(without_graphs, tiny.config())
    assert caught.value.path == str(without_graphs / place)
    assert "\n" not in str(caught.value)


def test_threads_of_a_session_do_not_spin_in_the_way_of_the_next(tiny_model: Path) -> None:
    for session in OnnxBackend(tiny_model, threads=2)._sessions.values():
        assert session.get_session_options().get_session_config_entry(SPINNING) == "0"
