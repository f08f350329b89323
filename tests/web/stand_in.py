"""A miner that is told what to do, and an application over it."""

import threading
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Literal

import httpx

from argmine.document import Document
from argmine.graph import ArgumentGraph
from argmine.web.app import create_app
from argmine.web.batching import Miner
from argmine.web.settings import Settings

TEXT = "Keep the trams. They are quiet."
SECRET = "xylophone"  # noqa: S105 (a word)
"""A word that no log may hold."""
EVERYWHERE = "0.0.0.0"  # noqa: S104 (never listened on)


def graph_of(document: Document) -> ArgumentGraph:
    """A claim on the first word, and a premise for it on the last."""
    text = document.text
    words = [(start, start + len(word)) for word in set(text.split()) for start in [text.index(word)]]
    if len(words) < 2:
        return ArgumentGraph(id=document.id, text=text)
    first, last = min(words), max(words)
    return ArgumentGraph.build(document, [("c1", "claim", *first), ("c2", "premise", *last)], [("c2", "c1", "support")])


class StandIn:
    """Mines by `graph_of`; fails where a text says so, waits where it is held, and notes its batches."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.free = threading.Event()
        self.free.set()

    def mine_many(
        self,
        documents: Iterable[tuple[Document, Any]],
        *,
        as_tuples: Literal[True],
        on_error: Literal["yield"],
    ) -> Iterator[tuple[ArgumentGraph | Exception, Any]]:
        assert (as_tuples, on_error) == (True, "yield")
        batch: list[str] = []
        self.batches.append(batch)
        for document, context in documents:
            batch.append(document.id)
            assert self.free.wait(10)
            if "raise" in document.text:
                raise RuntimeError(f"cannot mine {document.text}")
            yield ValueError("no words") if "refuse" in document.text else graph_of(document), context


@asynccontextmanager
async def client(
    miner: Miner | None = None, settings: Settings | None = None, headers: Mapping[str, str] | None = None
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application that runs while the block lasts."""
    app = create_app(miner or StandIn(), settings, model="stand-in 0")
    transport = httpx.ASGITransport(app, raise_app_exceptions=True)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000", headers=headers) as asking,
    ):
        yield asking
