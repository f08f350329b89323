"""Several documents at once: the same graphs, in order, a bad one in its place, and never too many in memory."""

from collections.abc import Generator, Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any, cast

import pytest

from argmine.document import Document
from argmine.miner import ArgumentMiner
from argmine.miner.many import AHEAD
from argmine.runtime import OnnxBackend
from tests import tiny


@pytest.fixture(scope="module")
def two(tiny_model: Path) -> ArgumentMiner:
    return ArgumentMiner.load(tiny_model, threads=2)


def pieces(number: int) -> list[Document]:
    return [Document(id=f"p{n}", text=tiny.prose(n % 7)) for n in range(number)]


def test_many_beside_each_other_are_what_each_is_alone(two: ArgumentMiner, tiny_miner: ArgumentMiner) -> None:
    found = [graph.model_dump_json() for graph in two.mine_many(pieces(20))]
    assert found == [tiny_miner.mine(piece).model_dump_json() for piece in pieces(20)]


def test_a_twin_for_one_thread_is_made_once_and_shares_the_weights(tiny_model: Path) -> None:
    backend = OnnxBackend(tiny_model, threads=2)
    twin = backend.beside()
    assert twin is backend.beside()
    assert (backend.workers, twin.workers) == (2, 1)
    assert twin.beside() is twin
    assert twin._weights is backend._weights


def test_a_bad_document_stands_in_its_place(two: ArgumentMiner) -> None:
    bad: list[Any] = ["a bus", None, "a city", "\ud800", "night"]
    kept = list(two.mine_many(bad, on_error="yield"))
    assert [type(k).__name__ for k in kept] == [
        "ArgumentGraph",
        "TypeError",
        "ArgumentGraph",
        "ValidationError",
        "ArgumentGraph",
    ]
    assert str(kept[1]) == "document-2 is NoneType, allowed are str and Document"
    mined = two.mine_many(bad)
    assert next(mined).text == "a bus"
    with pytest.raises(TypeError):
        next(mined)


def test_an_endless_stream_is_read_a_little_ahead(two: ArgumentMiner) -> None:
    taken: list[int] = []

    def endless() -> Iterator[str]:
        for n in count():
            taken.append(n)
            yield f"bus {n}"

    mined = two.mine_many(endless())
    assert taken == []
    assert [graph.text for graph in islice(mined, 30)] == [f"bus {n}" for n in range(30)]
    assert len(taken) <= 30 + AHEAD * 2 + 2
    cast("Generator[object]", mined).close()


def test_one_document_is_mined_with_all_threads(two: ArgumentMiner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OnnxBackend, "beside", lambda _: pytest.fail("no twin is needed"))
    assert [graph.text for graph in two.mine_many(["a bus"])] == ["a bus"]
