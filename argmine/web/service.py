"""What answers: the miner behind its queue, conversions in a thread of their own, and what counts them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from typing import ParamSpec, TypeVar

from argmine.graph import ArgumentGraph
from argmine.web.batching import Batcher, Miner
from argmine.web.contract import Piece
from argmine.web.gate import Gate
from argmine.web.problems import Code, RefusedError
from argmine.web.settings import Settings
from argmine.web.telemetry import Telemetry

P = ParamSpec("P")
T = TypeVar("T")
PATIENCE = 2.0
"""Seconds that a batch is thought to take before there was one."""


class Service:
    """One server's parts.

    Args:
        miner: what mines.
        settings: how the server is run.
        model: what mines, by name and revision, as /healthz tells it.
    """

    def __init__(self, miner: Miner, settings: Settings, *, model: str) -> None:
        self.settings = settings
        self.model = model
        limits = settings.limits
        self.gate = Gate(limits.requests, patience=PATIENCE, grace=limits.grace)
        self._batcher = Batcher(miner, most=limits.batch, on_batch=self._count)
        self.telemetry = Telemetry(lambda: self.gate.inside, lambda: self._batcher.waiting)
        self._thread = ThreadPoolExecutor(1, "converting")

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Mines what is asked for while the block lasts."""
        mining = asyncio.create_task(self._batcher.run())
        try:
            yield
        finally:
            mining.cancel()
            with suppress(asyncio.CancelledError):
                await mining
            self._batcher.close()
            self._thread.shutdown(wait=False, cancel_futures=True)

    async def mine(self, piece: Piece) -> ArgumentGraph:
        """A piece's graph.

        Raises:
            RefusedError: its text is too long.
        """
        most = self.settings.limits.characters
        if len(piece.text) > most:
            message = f"a text has at most {most} characters, this has {len(piece.text)}"
            raise RefusedError(Code.TOO_LARGE, message, place="text")
        return await self._batcher.mine(piece.document)

    async def aside(self, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a function returns, called in the thread of conversions, one after the other."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: act(*args, **kwargs))

    def _count(self, documents: int, seconds: float) -> None:
        self.telemetry.mined(documents, seconds)
        self.gate.patience = seconds
