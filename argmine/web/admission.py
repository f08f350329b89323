"""Bounds on requests that work: how many, how large, how long. What a client no longer waits for is not done."""

import asyncio
from collections.abc import Coroutine

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from argmine.web.gate import Gate
from argmine.web.problems import Code, RefusedError, later
from argmine.web.settings import Limits
from argmine.web.unread import CLOSE

JSON = "application/json"
WORK = "/v1/"


class Admission:
    """Reads the body of each POST under /v1 up to a limit, then has it answered within the time there is."""

    def __init__(self, app: ASGIApp, gate: Gate, limits: Limits) -> None:
        self._app = app
        self._gate = gate
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what may be answered."""
        if scope["type"] != "http" or scope["method"] != "POST" or not scope["path"].startswith(WORK):
            await self._app(scope, receive, send)
            return
        with self._gate.worked():
            try:
                body = await self._body(Headers(scope=scope), receive)
            except ClientDisconnect:
                return
            await self._answered(scope, body, receive, send)

    async def _body(self, headers: Headers, receive: Receive) -> bytes:
        if headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
            raise RefusedError(Code.MEDIA_TYPE, f"the body must be {JSON}", place="Content-Type")
        told = headers.get("content-length", "0")
        if told.isdecimal() and int(told) > self._limits.body:
            raise self._too_large()
        try:
            async with asyncio.timeout(self._limits.upload):
                return await self._read(receive)
        except TimeoutError as error:
            message = f"the body took longer than {self._limits.upload:g} s to arrive"
            raise RefusedError(Code.SLOW_BODY, message, headers=CLOSE) from error

    async def _read(self, receive: Receive) -> bytes:
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._limits.body:
                raise self._too_large()
        return bytes(body)

    def _too_large(self) -> RefusedError:
        return RefusedError(Code.TOO_LARGE, f"a body has at most {self._limits.body} bytes")

    async def _answered(self, scope: Scope, body: bytes, receive: Receive, send: Send) -> None:
        work = asyncio.create_task(_as_coroutine(self._app, scope, _Replay(body), send))
        leaving = asyncio.create_task(_left(receive))
        try:
            await asyncio.wait({work, leaving}, timeout=self._limits.seconds, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                await work
            elif not leaving.done():
                message = f"the answer would take longer than {self._limits.seconds:g} s"
                raise later(Code.TIMEOUT, message, self._limits.seconds)
        finally:
            work.cancel()
            leaving.cancel()
            await asyncio.gather(work, leaving, return_exceptions=True)


class _Replay:
    """Gives a body that was read already; then waits for ever, for whoever leaves is looked for elsewhere."""

    def __init__(self, body: bytes) -> None:
        self._messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def __call__(self) -> Message:
        """The next message."""
        if not self._messages:
            await asyncio.Future()
        return self._messages.pop()


async def _left(receive: Receive) -> None:
    """Returns when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _as_coroutine(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> Coroutine[None, None, None]:
    async def call() -> None:
        await app(scope, receive, send)

    return call()
