"""How many requests are inside, and whether more are let in."""

from collections.abc import Iterator
from contextlib import contextmanager

from argmine.web.problems import Code, later


class Gate:
    """Lets in at most `most` requests that work, and none of any kind once it is closed.

    Args:
        most: requests that work at once; what only shows something is not bounded.
        patience: seconds after which who was turned away by a full house may come again.
        grace: the same for who was turned away by a closed one.
    """

    def __init__(self, most: int, *, patience: float, grace: float) -> None:
        self.inside = 0
        self.closed = False
        self._working = 0
        self._most = most
        self.patience = patience
        self._grace = grace

    @contextmanager
    def visited(self) -> Iterator[None]:
        """Counts a request of any kind.

        Raises:
            RefusedError: the server is stopping.
        """
        if self.closed:
            raise later(Code.STOPPING, "the server is stopping", self._grace)
        self.inside += 1
        try:
            yield
        finally:
            self.inside -= 1

    @contextmanager
    def worked(self) -> Iterator[None]:
        """Counts a request that works.

        Raises:
            RefusedError: there are as many as may be.
        """
        if self._working >= self._most:
            raise later(Code.TOO_MANY, f"{self._most} requests wait already", self.patience)
        self._working += 1
        try:
            yield
        finally:
            self._working -= 1
