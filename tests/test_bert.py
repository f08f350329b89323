"""The encoder in bf16 against the network in torch, and that a window's result depends on the window alone."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from argmine.bert import BertShape
from argmine.encoding import IntArray
from argmine.errors import ModelError
from argmine.miner import ArgumentMiner
from argmine.network import ArgumentNetwork
from argmine.runtime import ENCODER, WEIGHTS, BertBackend, OnnxBackend, TorchBackend, multiplies_bf16, open_backend
from tests import tiny

pytestmark = pytest.mark.skipif(
    not torch.ops.mkldnn._is_mkldnn_bf16_supported(), reason="needs a processor on which oneDNN computes in bf16"
)


@pytest.fixture(scope="module")
def bert(tiny_model: Path) -> BertBackend:
    return BertBackend(tiny_model, tiny.config(), threads=1)


@pytest.fixture(scope="module")
def reference(tiny_model: Path) -> TorchBackend:
    network = ArgumentNetwork.from_config(tiny_model, tiny.config())
    network.load_state_dict({name: value.float() for name, value in load_file(tiny_model / WEIGHTS).items()})
    return TorchBackend(network.eval())


def window(length: int) -> tuple[IntArray, IntArray, IntArray]:
    rng = np.random.default_rng(length)
    return rng.integers(0, 80, length), np.ones(length, np.int64), rng.integers(0, 4, (length, 2))


@pytest.mark.parametrize("length", [1, 2, 7, 16, 33, 64])
def test_pieces_are_near_those_of_the_network(bert: BertBackend, reference: TorchBackend, length: int) -> None:
    found, expected = bert.pieces(*window(length)), reference.pieces(*window(length))
    assert found.dtype == np.float32
    assert found == pytest.approx(expected, abs=0.2)
    assert np.abs(found - expected).mean() < 0.02


def test_padding_changes_no_bit(bert: BertBackend) -> None:
    ids, mask, features = window(21)
    expected = bert.pieces(ids, mask, features)
    padded = bert.pieces(np.pad(ids, (0, 11)), np.pad(mask, (0, 11)), np.pad(features, ((0, 11), (0, 0))))
    assert np.array_equal(padded[:21], expected)
    assert not padded[21:].any()


@pytest.mark.parametrize("length", [3, 32, 64])
def test_threads_change_no_bit(tiny_model: Path, bert: BertBackend, length: int) -> None:
    alone = bert.pieces(*window(length))
    two = BertBackend(tiny_model, tiny.config(), threads=2)
    assert np.array_equal(two.pieces(*window(length)), alone)
    assert np.array_equal(two.beside().pieces(*window(length)), alone)


def test_torchs_threads_are_those_of_whoever_computes(tiny_model: Path) -> None:
    two = BertBackend(tiny_model, tiny.config(), threads=2)
    two.beside().pieces(*window(5))
    assert torch.get_num_threads() == 1
    two.pieces(*window(5))
    assert torch.get_num_threads() == 2


def test_heads_are_those_of_the_reference_in_fp32(bert: BertBackend, tiny_model: Path) -> None:
    words = np.random.default_rng(0).normal(size=(30, 32)).astype(np.float32)
    assert np.array_equal(bert.boundaries(words).start, OnnxBackend(tiny_model, threads=1).boundaries(words).start)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ('{"model_type": "deberta-v2"}', "model_type: Input should be 'bert'"),
        ("{}", "model_type: Field required"),
        ("[", "Invalid JSON"),
        (None, "No such file"),
    ],
)
def test_what_is_no_bert_is_refused_with_the_place(tmp_path: Path, written: str | None, reason: str) -> None:
    if written is not None:
        (tmp_path / ENCODER).write_text(written, encoding="utf-8")
    with pytest.raises(ModelError, match=reason) as caught:
        BertShape.read(tmp_path / ENCODER)
    assert caught.value.path == str(tmp_path / ENCODER)


@pytest.mark.parametrize(
    ("flags", "expected"), [("fpu avx512f avx512_bf16", True), ("amx_bf16", True), ("avx512f avx512_vnni", False)]
)
def test_bf16_is_multiplied_where_the_processor_says_so(tmp_path: Path, flags: str, expected: bool) -> None:
    (tmp_path / "cpuinfo").write_text(f"processor\t: 0\nflags\t\t: {flags}\nbugs\t\t:\n", encoding="utf-8")
    assert multiplies_bf16(tmp_path / "cpuinfo") is expected
    assert not multiplies_bf16(tmp_path / "none")


@pytest.mark.parametrize(("has_bf16", "kind"), [(True, BertBackend), (False, OnnxBackend)])
def test_fast_is_what_the_machine_is_fastest_at(
    tiny_model: Path, monkeypatch: pytest.MonkeyPatch, has_bf16: bool, kind: type
) -> None:
    monkeypatch.setattr("argmine.runtime.has_cuda", lambda: False)
    monkeypatch.setattr("argmine.runtime.multiplies_bf16", lambda: has_bf16)
    assert isinstance(open_backend(tiny_model, tiny.config(), precision="fast", threads=1), kind)


def test_fast_mines_nearly_the_same_and_says_how(
    tiny_model: Path, tiny_miner: ArgumentMiner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("argmine.runtime.has_cuda", lambda: False)
    monkeypatch.setattr("argmine.runtime.multiplies_bf16", lambda: True)
    fast = ArgumentMiner.load(tiny_model, threads=1, precision="fast")
    text = tiny.prose(5)
    found, expected = fast.mine(text), tiny_miner.mine(text)
    assert found.model is not None
    assert (found.model.backend, found.model.precision) == ("onednn", "bf16")
    spans = [{(c.start, c.end) for c in graph.components} for graph in (found, expected)]
    assert len(spans[0] & spans[1]) > len(spans[1]) / 2


def test_weights_of_another_network_are_refused(tiny_model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    shape = json.loads((folder / ENCODER).read_text(encoding="utf-8"))
    (folder / ENCODER).write_text(json.dumps({**shape, "num_hidden_layers": 3}), encoding="utf-8")
    with pytest.raises(ModelError, match=r"weights of another network: .*layer\.2") as caught:
        BertBackend(folder, tiny.config(), threads=1)
    assert caught.value.path == str(folder / WEIGHTS)
