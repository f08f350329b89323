"""What waits is mined together, and each gets its own answer."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from argmine.document import Document
from argmine.miner import ArgumentMiner
from argmine.web.batching import Batcher, Miner
from tests.tiny import prose
from tests.web.stand_in import StandIn, graph_of

pytestmark = pytest.mark.anyio
counted: list[int] = []


@asynccontextmanager
async def batcher(miner: Miner, most: int = 8) -> AsyncIterator[Batcher]:
    counted.clear()
    made = Batcher(miner, most=most, on_batch=lambda documents, _: counted.append(documents))
    running = asyncio.create_task(made.run())
    try:
        yield made
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        made.close()


def piece(name: str, text: str = "Keep the trams.") -> Document:
    return Document(id=name, text=text)


async def held(made: Batcher, miner: StandIn, names: list[str]) -> list[asyncio.Task[object]]:
    """Asks for each while the miner is busy with `first`; all but that wait when this returns."""
    miner.free.clear()
    tasks: list[asyncio.Task[object]] = [asyncio.create_task(made.mine(piece("first")))]
    while not any(miner.batches):
        await asyncio.sleep(0.001)
    tasks += [asyncio.create_task(made.mine(piece(name, f"A text {name}."))) for name in names]
    while made.waiting < len(names):
        await asyncio.sleep(0.001)
    return tasks


async def all_counted(documents: int) -> None:
    """A batch is counted after its last answer was given."""
    while sum(counted) < documents:
        await asyncio.sleep(0.001)


async def test_what_waits_is_one_batch() -> None:
    miner = StandIn()
    async with batcher(miner) as made:
        tasks = await held(made, miner, ["a", "b", "c"])
        miner.free.set()
        graphs = await asyncio.gather(*tasks)
        await all_counted(4)
    assert miner.batches == [["first"], ["a", "b", "c"]]
    assert graphs[1:] == [graph_of(piece(name, f"A text {name}.")) for name in "abc"]
    assert counted == [1, 3]


async def test_a_batch_has_at_most_so_many() -> None:
    miner = StandIn()
    async with batcher(miner, most=2) as made:
        tasks = await held(made, miner, ["a", "b", "c"])
        miner.free.set()
        await asyncio.gather(*tasks)
    assert miner.batches == [["first"], ["a", "b"], ["c"]]


async def test_who_left_before_its_turn_is_not_mined() -> None:
    miner = StandIn()
    async with batcher(miner) as made:
        tasks = await held(made, miner, ["a", "b", "c"])
        tasks[2].cancel()
        await asyncio.sleep(0)
        miner.free.set()
        await asyncio.gather(*tasks, return_exceptions=True)
    assert miner.batches == [["first"], ["a", "c"]]


async def test_an_answer_is_given_before_its_batch_ends() -> None:
    """The second of the batch waits until the first was answered."""
    answered = threading.Event()

    class Patient(StandIn):
        def mine_many(self, documents, **options):  # type: ignore[no-untyped-def]
            for number, result in enumerate(super().mine_many(documents, **options)):
                assert number == 0 or answered.wait(10)
                yield result

    miner = Patient()
    async with batcher(miner) as made:
        tasks = [asyncio.create_task(made.mine(piece(name))) for name in "ab"]
        await tasks[0]
        assert not tasks[1].done()
        answered.set()
        await tasks[1]
    assert miner.batches == [["a", "b"]]


async def test_an_error_goes_to_its_own_piece() -> None:
    miner = StandIn()
    async with batcher(miner) as made:
        texts = ["A text.", "refuse this", "Another text."]
        found = await asyncio.gather(*(made.mine(piece(t, t)) for t in texts), return_exceptions=True)
    assert [type(result).__name__ for result in found] == ["ArgumentGraph", "ValueError", "ArgumentGraph"]


@pytest.mark.parametrize("place", range(3))
async def test_a_failure_of_the_miner_goes_to_its_own_piece(place: int) -> None:
    miner = StandIn()
    texts = ["A text.", "Another text.", "A third text."]
    texts[place] = "raise this"
    async with batcher(miner) as made:
        found = await asyncio.gather(*(made.mine(piece(t, t)) for t in texts), return_exceptions=True)
        assert await made.mine(piece("later")) == graph_of(piece("later"))
    wanted = ["ArgumentGraph"] * 3
    wanted[place] = "RuntimeError"
    assert [type(result).__name__ for result in found] == wanted


async def test_a_result_does_not_depend_on_its_neighbours(tiny_miner: ArgumentMiner) -> None:
    documents = [piece(f"p{n}", prose(n)) for n in (1, 9, 2, 5, 3)]
    async with batcher(tiny_miner) as made:
        together = await asyncio.gather(*(made.mine(document) for document in documents))
        await all_counted(len(documents))
    assert max(counted) > 1
    assert together == [tiny_miner.mine(document) for document in documents]
    assert all(graph.components for graph in together)
