"""Decoding in processes beside an accelerator: torch on the processor stands in for it."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from argmine.document import Document
from argmine.errors import ModelError
from argmine.miner import ArgumentMiner
from argmine.runtime import AcceleratedBackend
from tests import tiny
from tests.lost_parent import assert_processes_end_when_killed

PIECES = [Document(id=f"p{n}", text=tiny.prose(n % 9)) for n in range(13)]


def open_miner(folder: Path, processes: int) -> ArgumentMiner:
    backend = AcceleratedBackend(folder, tiny.config(), threads=1, device="cpu", batch=4)
    return ArgumentMiner(tiny.config(), tiny.encoder(), backend, revision="r1", folder=folder, processes=processes)


@pytest.fixture(scope="module")
def miner(tiny_model: Path) -> Iterator[ArgumentMiner]:
    opened = open_miner(tiny_model, 2)
    yield opened
    if opened._decoders is not None:
        opened._decoders.close()


def workers_of(miner: ArgumentMiner) -> list[int]:
    assert miner._decoders is not None
    return list(miner._decoders._pool._processes)


def test_graphs_are_those_without_processes_and_in_order(miner: ArgumentMiner, tiny_model: Path) -> None:
    without = list(open_miner(tiny_model, 0).mine_many(PIECES))
    found = list(miner.mine_many(PIECES))
    assert found == without
    assert [g.id for g in found] == [p.id for p in PIECES]
    assert any(g.relations for g in found)
    assert {g.model for g in found} == {miner.info}
    assert miner.info.revision == "r1"


def test_bad_and_empty_documents_stand_in_their_places(miner: ArgumentMiner) -> None:
    bad: list[Any] = ["a bus", None, "", "\ud800", "night"]
    kept = list(miner.mine_many(bad, on_error="yield"))
    names = [type(k).__name__ for k in kept]
    assert names == ["ArgumentGraph", "TypeError", "ArgumentGraph", "ValidationError", "ArgumentGraph"]
    with pytest.raises(TypeError, match="document-2 is NoneType"):
        list(miner.mine_many(bad))


def test_processes_stay_and_need_not_be_waited_for(miner: ArgumentMiner) -> None:
    first = next(miner.mine_many(PIECES))
    before = workers_of(miner)
    assert first.id == "p0"
    assert len(list(miner.mine_many(PIECES))) == len(PIECES)
    assert workers_of(miner) == before
    assert len(before) == 2


def test_an_interrupt_of_the_terminal_leaves_them_at_work(miner: ArgumentMiner) -> None:
    list(miner.mine_many(PIECES[:1]))
    for pid in workers_of(miner):
        os.kill(pid, signal.SIGINT)
    assert len(list(miner.mine_many(PIECES))) == len(PIECES)


def test_a_limit_is_kept_in_them(miner: ArgumentMiner, tiny_model: Path) -> None:
    sure = list(open_miner(tiny_model, 0).with_least_probability(0.6).mine_many(PIECES))
    limited = miner.with_least_probability(0.6)
    assert list(limited.mine_many(PIECES)) == sure
    assert limited._decoders is not None
    limited._decoders.close()


def test_a_lost_process_is_an_error(tiny_model: Path) -> None:
    opened = open_miner(tiny_model, 1)
    list(opened.mine_many(PIECES[:1]))
    for pid in workers_of(opened):
        os.kill(pid, signal.SIGKILL)
    with pytest.raises(ModelError, match="a process that decodes has ended"):
        list(opened.mine_many(PIECES))


def test_they_end_with_a_process_that_is_killed(tiny_model: Path, tmp_path: Path) -> None:
    program = f"""
        import time
        from pathlib import Path
        from tests.test_mine_processes import PIECES, open_miner, workers_of

        if __name__ == "__main__":
            opened = open_miner(Path({str(tiny_model)!r}), 1)
            list(opened.mine_many(PIECES[:1]))
            print(*workers_of(opened), flush=True)
            time.sleep(60)
    """
    assert_processes_end_when_killed(program, tmp_path / "alone.py")


def test_without_an_accelerator_there_are_none(tiny_model: Path) -> None:
    assert ArgumentMiner.load(tiny_model, processes=2).processes == 0


def test_a_network_in_memory_has_none(tiny_model: Path) -> None:
    backend = AcceleratedBackend(tiny_model, tiny.config(), threads=1, device="cpu", batch=4)
    with pytest.raises(ModelError, match="network in memory"):
        list(ArgumentMiner(tiny.config(), tiny.encoder(), backend, processes=1).mine_many(PIECES))


@pytest.mark.gpu
def test_beside_a_gpu_the_graphs_are_the_same(tiny_model: Path) -> None:
    with_processes = ArgumentMiner.load(tiny_model, precision="fast", processes=2)
    assert with_processes.processes == 2
    assert list(with_processes.mine_many(PIECES)) == list(
        ArgumentMiner.load(tiny_model, precision="fast").mine_many(PIECES)
    )
