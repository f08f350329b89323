"""Decoding in processes of their own, beside an accelerator that would otherwise wait for it."""

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess

from argmine.encoding import EncodedDocument, FloatArray
from argmine.errors import ModelError
from argmine.graph import ArgumentGraph
from argmine.miner.many import AHEAD, Context, at_once, in_order

Decode = Callable[[EncodedDocument, FloatArray | None], ArgumentGraph | Exception]

_decode: Decode | None = None
"""What a process of a pool decodes with."""


class Decoders:
    """Processes that turn words' states into graphs. They start with the first document.

    They end with `close`, when nothing refers to this any more, or with the process that they belong to, however that
    ends; an interrupt from the terminal is left to that process.

    Args:
        count: how many.
        make: called once in each for what decodes there; it is pickled, as a function of a module by its name.
    """

    def __init__(self, count: int, make: Callable[[], Decode]) -> None:
        self.count = count
        # Not forked: torch, CUDA and ONNX Runtime have threads by now, which a fork does not take along.
        self._pool = ProcessPoolExecutor(count, get_context("spawn"), initializer=_begin, initargs=(make,))

    def graphs(
        self, worded: Iterable[tuple[EncodedDocument | Exception, FloatArray | None, Context]]
    ) -> Iterator[tuple[ArgumentGraph | Exception, Context]]:
        """The graph of each document whose words have these `[n, h]` states, in order, or what makes it a bad one.

        Raises:
            ModelError: a process has ended, for want of memory or of a file of the model.
        """
        submitted = ((self._submitted(encoded, words), context) for encoded, words, context in worded)
        try:
            yield from in_order(submitted, AHEAD * self.count)
        except BrokenProcessPool as error:
            raise ModelError(f"a process that decodes has ended: {error}") from error

    def _submitted(
        self, encoded: EncodedDocument | Exception, words: FloatArray | None
    ) -> "Future[ArgumentGraph | Exception]":
        if isinstance(encoded, Exception):
            return at_once(encoded)
        with _interrupts_left_to_this_process():
            return self._pool.submit(_run, encoded, words)

    def close(self) -> None:
        """Ends them, without what they have not begun."""
        self._pool.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_left_to_this_process() -> Iterator[None]:
    """What is started in here never hears of Ctrl-C, for a process inherits what its parent's thread blocks."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(make: Callable[[], Decode]) -> None:
    global _decode  # noqa: PLW0603 - a process of a pool has no other place
    end_with_parent()
    _decode = make()


def end_with_parent() -> None:
    """This process of a pool ends when the one that it belongs to does, however that ends; a kill tells no child."""
    if parent := parent_process():
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _run(encoded: EncodedDocument, words: FloatArray | None) -> ArgumentGraph | Exception:
    assert _decode is not None  # noqa: S101 - a pool gives work to what has begun
    return _decode(encoded, words)
