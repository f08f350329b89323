"""Texts that wait are mined together: a queue, and one thread that mines what has gathered while it was busy."""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from argmine.document import Document
from argmine.graph import ArgumentGraph


class Miner(Protocol):
    """What mines: an `ArgumentMiner`, of which a piece's result does not depend on its neighbours."""

    def mine_many(
        self, documents: Iterable[tuple[Document, Any]], *, as_tuples: Literal[True], on_error: Literal["yield"]
    ) -> Iterator[tuple[ArgumentGraph | Exception, Any]]:
        """A graph or an error for each document, in order, each with what came with it."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A document, and the future of its graph: who no longer waits for it cancels that."""

    document: Document
    answer: asyncio.Future[ArgumentGraph]


class Batcher:
    """Mines what waits, together.

    Args:
        miner: used by one thread alone.
        most: documents in a batch.
        on_batch: told of each batch how many documents it had and how many seconds it took.
    """

    def __init__(self, miner: Miner, *, most: int, on_batch: Callable[[int, float], None]) -> None:
        self._miner = miner
        self._most = most
        self._on_batch = on_batch
        self._queue: asyncio.Queue[Job] = asyncio.Queue()
        self._thread = ThreadPoolExecutor(1, "mining")

    @property
    def waiting(self) -> int:
        """Documents whose batch has not begun."""
        return self._queue.qsize()

    async def mine(self, document: Document) -> ArgumentGraph:
        """The graph of a document, once its turn came; one whose caller is cancelled before is not mined.

        Raises:
            ArgmineError, ValueError, TypeError: as `ArgumentMiner.mine`.
        """
        job = Job(document, asyncio.get_running_loop().create_future())
        self._queue.put_nowait(job)
        return await job.answer

    async def run(self) -> None:
        """Mines batch after batch until it is cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            batch = await self._next()
            start = time.perf_counter()
            mined = await loop.run_in_executor(self._thread, self._mine, batch, loop)
            if mined:
                self._on_batch(mined, time.perf_counter() - start)

    def close(self) -> None:
        """Lets the thread end when its batch has."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _next(self) -> list[Job]:
        batch = [await self._queue.get()]
        while len(batch) < self._most and not self._queue.empty():
            batch.append(self._queue.get_nowait())
        return batch

    def _mine(self, batch: Sequence[Job], loop: asyncio.AbstractEventLoop) -> int:
        """Mines in the thread; each document's answer is given as soon as it is there. Returns how many were mined."""
        left = list(batch)
        try:
            wanted = ((job.document, job) for job in batch if not job.answer.cancelled())
            for result, job in self._miner.mine_many(wanted, as_tuples=True, on_error="yield"):
                left.remove(job)
                _give(job, result, loop)
        except Exception as error:  # noqa: BLE001 (whatever it is, those who wait must hear of it)
            return len(batch) - len(left) + self._rescue(left, error, loop)
        return len(batch) - len(left)

    def _rescue(self, left: Sequence[Job], error: Exception, loop: asyncio.AbstractEventLoop) -> int:
        """After a failure of the miner: its error for a document by itself, for several another try, each alone."""
        if len(left) == 1:
            _give(left[0], error, loop)
            return 1
        return sum(self._mine([job], loop) for job in left)


def _give(job: Job, result: ArgumentGraph | Exception, loop: asyncio.AbstractEventLoop) -> None:
    with suppress(RuntimeError):  # the loop was closed, so nobody waits
        loop.call_soon_threadsafe(_settle, job.answer, result)


def _settle(answer: asyncio.Future[ArgumentGraph], result: ArgumentGraph | Exception) -> None:
    if answer.done():
        return
    if isinstance(result, Exception):
        answer.set_exception(result)
    else:
        answer.set_result(result)
