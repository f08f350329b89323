"""Many texts mined beside each other: their numbers, a bad one's error in its place, and threads."""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from argmine.document import Document
from argmine.errors import ArgmineError
from argmine.graph import ArgumentGraph

AHEAD = 4
"""Documents that `in_threads` reads ahead for each that is computed at once."""

Text = str | Document
Context = TypeVar("Context")
Result = TypeVar("Result")
Mine = Callable[[Document], ArgumentGraph]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A text and its number among those mined together."""

    number: int
    text: Text

    def document(self) -> Document:
        """The text as a document.

        Raises:
            TypeError: it is no text.
            pydantic.ValidationError: it is no Unicode text.
        """
        return document_of(self.text, f"document-{self.number}")


def in_threads(
    documents: Iterable[tuple[Numbered, Context]], prepare: Callable[[], Mine], workers: int
) -> Iterator[tuple[ArgumentGraph | Exception, Context]]:
    """Several documents at once, each in one thread from its text to its graph, which are given back in order.

    Args:
        documents: as many as are read ahead of what is taken, and no more (`AHEAD`).
        prepare: called once in each thread, for what mines there.
        workers: how many threads.
    """
    own = threading.local()

    def prepared() -> None:
        own.mine = prepare()

    def mine(numbered: Numbered) -> ArgumentGraph | Exception:
        return outcome(own.mine, numbered)

    pool = ThreadPoolExecutor(workers, "argmine", initializer=prepared)
    try:
        yield from in_order(((pool.submit(mine, n), context) for n, context in documents), AHEAD * workers)
    finally:
        pool.shutdown(cancel_futures=True)


def in_order(submitted: Iterable[tuple[Future[Result], Context]], ahead: int) -> Iterator[tuple[Result, Context]]:
    """What was submitted, when it is there, in order.

    Args:
        submitted: taken one by one, as many ahead as may be under way; what is under way at the end is cancelled.
        ahead: how many may be.
    """
    waiting: deque[tuple[Future[Result], Context]] = deque()
    try:
        for future, context in submitted:
            waiting.append((future, context))
            if len(waiting) > ahead:
                yield _done(waiting.popleft())
        while waiting:
            yield _done(waiting.popleft())
    finally:
        for future, _ in waiting:
            future.cancel()


def at_once(result: Result) -> Future[Result]:
    """As if submitted, what is there already."""
    future: Future[Result] = Future()
    future.set_result(result)
    return future


def outcome(mine: Mine, numbered: Numbered) -> ArgumentGraph | Exception:
    """What mining it gives, or what a bad document makes it raise."""
    return attempt(lambda: mine(numbered.document()))


def attempt(act: Callable[[], Result]) -> Result | Exception:
    """What it gives, or what a bad document makes it raise."""
    try:
        return act()
    except (ArgmineError, ValueError, TypeError) as error:
        return error


def _done(waiting: tuple[Future[Result], Context]) -> tuple[Result, Context]:
    return waiting[0].result(), waiting[1]


def document_of(text: Text, name: str) -> Document:
    """The document itself, or a `str` as one of that name."""
    if isinstance(text, Document):
        return text
    if isinstance(text, str):
        return Document(id=name, text=text)
    raise TypeError(f"{name} is {type(text).__name__}, allowed are str and Document")
