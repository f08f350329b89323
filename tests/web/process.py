"""A server of stand-ins in a process of its own."""

import sys
from contextlib import AbstractContextManager

from benchmarks.server import Running, running

__all__ = ["Running", "slow"]


def slow(seconds: float, *, grace: float = 20, token: str | None = None) -> AbstractContextManager[Running]:
    """A server whose miner takes so many seconds a text, and who has so many to end."""
    told = (str(seconds), str(grace), *([token] if token else []))
    return running(sys.executable, "-m", "tests.web.slow_server", *told)
