"""A server whose miner takes its time: `python -m tests.web.slow_server SECONDS GRACE [TOKEN]`."""

import logging
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from pydantic import SecretStr

from argmine.document import Document
from argmine.graph import ArgumentGraph
from argmine.web.app import create_app
from argmine.web.server import serve
from argmine.web.settings import Limits, Settings
from tests.web.stand_in import StandIn


class Slow(StandIn):
    """Waits before each text."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds

    def mine_many(
        self, documents: Iterable[tuple[Document, Any]], *, as_tuples: Literal[True], on_error: Literal["yield"]
    ) -> Iterator[tuple[ArgumentGraph | Exception, Any]]:
        for result in super().mine_many(documents, as_tuples=as_tuples, on_error=on_error):
            time.sleep(self.seconds)
            yield result


if __name__ == "__main__":
    logging.basicConfig(level=logging.DEBUG)
    seconds, grace, *tokens = sys.argv[1:]
    token = SecretStr(tokens[0]) if tokens else None
    told = Settings(port=0, token=token, limits=Limits(grace=float(grace)))
    serve(create_app(Slow(float(seconds)), told), told)
