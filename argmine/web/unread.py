"""What is still on its way when a request is answered early: it is read to its end, or the connection is closed."""

import asyncio
import contextlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST, PATIENCE = 32_000_000, 5.0
"""Bytes of an unread body that are read and thrown away, and seconds."""
CLOSE = {"Connection": "close"}


class Unread:
    """Reads what is left of a body before its request is answered.

    A connection that is closed while something of the body is unread is reset, and the client may lose the answer
    that was sent. So a refusal waits for the rest, within bounds; beyond them the connection is closed. A client that
    waits for leave to send (`Expect: 100-continue`) is not asked for its body: it gets the answer, and the connection
    is closed, for nobody could say whether what comes next is that body. A response that says `Connection: close`
    itself does not wait.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = _Body(receive, Headers(scope=scope))

        async def after_the_body(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("connection") != CLOSE["Connection"] and not await body.ends():
                    headers.update(CLOSE)
            await send(message)

        await self._app(scope, body.receive, after_the_body)


class _Body:
    """Notes whether a body was read to its end."""

    def __init__(self, receive: Receive, headers: Headers) -> None:
        self._receive = receive
        self._ended = "transfer-encoding" not in headers and headers.get("content-length", "0") == "0"
        self._awaits_leave = headers.get("expect", "").lower() == "100-continue"

    async def receive(self) -> Message:
        """The next message, for the application."""
        message = await self._receive()
        self._awaits_leave = False
        self._ended = self._ended or not message.get("more_body", False)
        return message

    async def ends(self) -> bool:
        """Whether nothing of it is left; reads it to its end, within bounds."""
        if not self._ended and not self._awaits_leave:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await self._discard()
        return self._ended

    async def _discard(self) -> None:
        left = MOST
        while not self._ended and left > 0:
            left -= len((await self.receive()).get("body", b""))
