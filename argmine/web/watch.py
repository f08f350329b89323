"""The outermost middleware: each request is counted, gets its headers, and is answered whatever goes wrong inside."""

import time
from collections.abc import Collection, Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from argmine.web.gate import Gate
from argmine.web.problems import Code, RefusedError
from argmine.web.telemetry import OTHER, Telemetry, failed


class Watch:
    """Counts, logs, shields, and refuses when the server is stopping.

    Args:
        app: what answers.
        gate: which requests pass.
        telemetry: what counts them.
        paths: those that are counted by name.
        headers: of every response.
    """

    def __init__(
        self, app: ASGIApp, gate: Gate, telemetry: Telemetry, paths: Collection[str], headers: Mapping[str, str]
    ) -> None:
        self._app = app
        self._gate = gate
        self._telemetry = telemetry
        self._paths = paths
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, status = time.perf_counter(), 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            refusal = await self._tried(scope, receive, noting)
            if refusal is not None and not status:
                await refusal.response(scope, receive, noting)
        finally:
            path = scope["path"] if scope["path"] in self._paths else OTHER
            self._telemetry.answered(scope["method"], path, status or 499, time.perf_counter() - start)

    async def _tried(self, scope: Scope, receive: Receive, send: Send) -> RefusedError | None:
        try:
            with self._gate.visited():
                await self._app(scope, receive, send)
        except RefusedError as refusal:
            return refusal
        except Exception as error:  # noqa: BLE001 (the server's own log would show its message, which may hold text)
            failed(error)
            return RefusedError(Code.INTERNAL, "the server failed; its log says where")
        return None
