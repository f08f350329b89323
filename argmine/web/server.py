"""The server under the application: uvicorn, which on SIGTERM finishes what runs and refuses what is new."""

import logging
import signal
import socket
import time
from types import FrameType

from fastapi import FastAPI
from uvicorn import Config, Server

from argmine.errors import ArgmineError
from argmine.web.service import Service
from argmine.web.settings import Settings

LOG = logging.getLogger("argmine.web")
KEEP_ALIVE = 5
BACKLOG = 512
FLUSH = 1
"""Seconds for the last responses to reach their clients."""


class DrainingServer(Server):
    """Stops in two steps: told to stop, it still answers, new requests with 503; it ends when no other is left.

    A second signal ends it at once.
    """

    def __init__(self, config: Config, service: Service) -> None:
        super().__init__(config)
        self._service = service
        self._ends: float | None = None
        self._told: signal.Signals | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 (the signature of a handler)
        """Closes the gate, and at the second signal the server; it does not log, for it may interrupt who does."""
        if self._ends is not None:
            self.should_exit = self.force_exit = True
            return
        self._service.gate.closed = True
        self._ends = time.monotonic() + self._service.settings.limits.grace
        self._told = signal.Signals(sig)

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: whether it is to end."""
        if self._told is not None:
            LOG.info("told to stop by %s: finishing %d requests", self._told.name, self._service.gate.inside)
            self._told = None
        if self._ends is not None and (not self._service.gate.inside or time.monotonic() > self._ends):
            self.should_exit = True
        return await super().on_tick(counter)


def serve(app: FastAPI, settings: Settings) -> None:
    """Answers until told to stop.

    Raises:
        ArgmineError: the port is taken, or the address is not this machine's.
    """
    config = Config(
        app,
        access_log=False,  # its lines hold whole paths; argmine.web.telemetry logs instead
        log_config=None,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=FLUSH,
    )
    with _listener(settings) as listener:
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        LOG.info("listening on http://%s:%d", host, listener.getsockname()[1])
        DrainingServer(config, app.state.service).run([listener])


def _listener(settings: Settings) -> socket.socket:
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        return socket.create_server(address, family=family, backlog=BACKLOG)
    except OSError as error:
        place = f"{settings.host}:{settings.port}"
        raise ArgmineError(f"cannot be listened on: {error.strerror}", path=place) from error
