"""A stand-in for a language model's endpoint: a server on this machine that does as a test says, failures included."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from argmine.integrations.llm.pacing import Clock


@dataclass(frozen=True)
class Raw:
    """A response as it is sent; `promised` is a Content-Length that need not be true."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    promised: int | None = None


@dataclass(frozen=True)
class Drop:
    """Closes the connection without a word."""


@dataclass(frozen=True)
class Silence:
    """Says nothing for so many seconds, then drops."""

    seconds: float


Deed = Raw | Drop | Silence


def says(
    content: str | None, *, finish: str = "stop", tokens: tuple[int, int] | None = (100, 20), **message: Any
) -> Raw:
    """A chat completion."""
    usage = None if tokens is None else {"prompt_tokens": tokens[0], "completion_tokens": tokens[1]}
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content, **message}}
    body = {"id": "x", "object": "chat.completion", "model": "stand-in-1", "choices": [choice], "usage": usage}
    return Raw(json.dumps(body).encode())


def lists(*components: tuple[str, str, str, str | None, str | None]) -> str:
    """An answer that lists components: id, quote, type, target, relation."""
    keys = ("id", "quote", "type", "target", "relation")
    return json.dumps({"components": [dict(zip(keys, c, strict=True)) for c in components]})


def fails(status: int, message: str = "no", *, code: str | None = None, **headers: str) -> Raw:
    """An error as endpoints tell it."""
    body = json.dumps({"error": {"message": message, "code": code}}).encode()
    return Raw(body, status, {name.replace("_", "-"): value for name, value in headers.items()})


@dataclass
class StandIn:
    """The server; each request is answered by the next deed of the script, or by the one function.

    Attributes:
        url: its address, as settings want it.
        bodies: what was asked, in order.
        headers: with which headers.
    """

    url: str
    script: list[Deed] | Callable[[Any], Deed]
    bodies: list[Any] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next(self, body: Any, headers: Mapping[str, str]) -> Deed:
        with self.lock:
            self.bodies.append(body)
            self.headers.append(headers)
            return self.script(body) if callable(self.script) else self.script.pop(0)

    @property
    def texts(self) -> list[str]:
        """The text of each request."""
        return [body["messages"][3]["content"] for body in self.bodies]


@contextmanager
def serving(*script: Deed, by: Callable[[Any], Deed] | None = None) -> Iterator[StandIn]:
    """A stand-in on a free port of this machine while the block runs."""
    stand_in = StandIn("", by or list(script))
    ended = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            deed = stand_in.next(body, dict(self.headers))
            if isinstance(deed, Silence):
                ended.wait(deed.seconds)
            if not isinstance(deed, Raw):
                self.close_connection = True
                self.connection.close()
                return
            self.send_response(deed.status)
            for name, value in deed.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(deed.body) if deed.promised is None else deed.promised))
            self.end_headers()
            self.wfile.write(deed.body)
            self.close_connection = deed.promised is not None

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that gave up is part of the play
    stand_in.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield stand_in
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Waits:
    """A clock that does not wait but notes for how long it would have; random waits take their longest."""

    noted: list[float] = field(default_factory=list)
    time: float = 0.0

    def clock(self, *, now: float = 0.0) -> Clock:
        return Clock(sleep=self._sleep, monotonic=lambda: self.time, now=lambda: now, uniform=lambda _, high: high)

    def _sleep(self, seconds: float) -> None:
        self.noted.append(seconds)
        self.time += seconds
