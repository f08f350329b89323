"""Windows of many documents in a batch, as an accelerator is fed: torch on the processor stands in for it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.torch import load_file

from argmine.document import Document
from argmine.encoding import FloatArray, IntArray
from argmine.graph import ArgumentGraph
from argmine.miner import ArgumentMiner
from argmine.network import ArgumentNetwork
from argmine.runtime import WEIGHTS, TorchBackend, has_cuda, open_backend
from tests import tiny


class Counting(TorchBackend):
    """Notes the shape of each batch."""

    def __init__(self, network: ArgumentNetwork, batch: int) -> None:
        super().__init__(network, batch=batch)
        self.shapes: list[tuple[int, ...]] = []

    def many(self, ids: IntArray, mask: IntArray, features: IntArray) -> FloatArray:
        self.shapes.append(ids.shape)
        return super().many(ids, mask, features)


@pytest.fixture(scope="module")
def network(tiny_model: Path) -> ArgumentNetwork:
    made = ArgumentNetwork.from_config(tiny_model, tiny.config())
    made.load_state_dict({name: value.float() for name, value in load_file(tiny_model / WEIGHTS).items()})
    return made.eval()


def miner(network: ArgumentNetwork, batch: int) -> ArgumentMiner:
    return ArgumentMiner(tiny.config(), tiny.encoder(), Counting(network, batch))


PIECES = [Document(id=f"p{n}", text=tiny.prose(n % 9)) for n in range(13)]


def parts(graphs: Sequence[ArgumentGraph]) -> list[object]:
    return [(g.id, [(c.start, c.end, c.type) for c in g.components], [r.target for r in g.relations]) for g in graphs]


def test_batches_hold_windows_of_one_length_and_give_the_same_words(network: ArgumentNetwork) -> None:
    many = miner(network, 4)
    assert isinstance(many.backend, Counting)
    encoded = [many.encode(piece) for piece in PIECES if piece.text != "."]
    found = many.scorer.words_of(encoded, many.backend)
    sizes = {len(windows) for windows in map(many.scorer._windows, encoded)}
    assert max(shape[0] for shape in many.backend.shapes) == 4
    assert max(sizes) > 1
    for words, document in zip(found, encoded, strict=True):
        assert words == pytest.approx(many.scorer.words(document), abs=1e-5)


@pytest.mark.parametrize("batch", [3, 64])
def test_graphs_are_those_of_each_alone_and_in_order(network: ArgumentNetwork, batch: int) -> None:
    alone = [miner(network, 1).mine(piece) for piece in PIECES]
    assert parts(list(miner(network, batch).mine_many(PIECES))) == parts(alone)


def test_a_bad_or_empty_document_stands_in_its_place(network: ArgumentNetwork) -> None:
    bad: list[Any] = ["a bus", None, "", "\ud800", "night"]
    kept = list(miner(network, 2).mine_many(bad, on_error="yield"))
    names = [type(k).__name__ for k in kept]
    assert names == ["ArgumentGraph", "TypeError", "ArgumentGraph", "ValidationError", "ArgumentGraph"]
    assert isinstance(kept[2], ArgumentGraph)
    assert kept[2].text == ""
    with pytest.raises(TypeError, match="document-2 is NoneType"):
        list(miner(network, 2).mine_many(bad))


def test_one_window_is_a_batch_of_one(network: ArgumentNetwork) -> None:
    one = Counting(network, 1)
    ids = np.arange(5, 21)
    one.pieces(ids, np.ones_like(ids), np.zeros((16, 2), np.int64))
    assert one.shapes == [(1, 16)]
    assert one.name == "torch"


def test_no_driver_means_no_cuda(tmp_path: Path) -> None:
    assert not has_cuda(tmp_path / "none")


@pytest.mark.gpu
def test_fast_takes_the_gpu(tiny_model: Path) -> None:
    backend = open_backend(tiny_model, tiny.config(), precision="fast")
    assert (backend.name, backend.precision) == ("torch-cuda", "bf16")
    fast = ArgumentMiner(tiny.config(), tiny.encoder(), backend)
    assert [g.id for g in fast.mine_many(PIECES)] == [p.id for p in PIECES]
