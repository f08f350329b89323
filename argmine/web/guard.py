"""Who is answered: requests that name a host of this server's and, where a token is demanded, show it."""

import hmac
from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from argmine.web.problems import Code, RefusedError
from argmine.web.settings import LOCALHOST, Settings, is_address

GUARDED = ("/v1/", "/metrics")


class Guard:
    """Refuses requests of other hosts, and those without the token.

    A page of another site can make its own name mean this machine's address, and so ask what is meant for this
    machine alone (DNS rebinding): but then the request names that site. An address in figures cannot be rebound.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._names = frozenset(name.lower() for name in (LOCALHOST, settings.host, *settings.names))
        self._token = None if settings.token is None else settings.token.get_secret_value().encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what may be answered."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            _refuse_other_hosts(headers.getlist("host"), self._names)
            if self._token is not None and scope["path"].startswith(GUARDED):
                _demand(self._token, headers.get("authorization", ""))
        await self._app(scope, receive, send)


def _refuse_other_hosts(named: Collection[str], names: Collection[str]) -> None:
    host = host_of(*named) if len(named) == 1 else ""
    if host not in names and not is_address(host):
        raise RefusedError(Code.WRONG_HOST, "this server does not answer for that host", place="Host")


def host_of(header: str) -> str:
    """The host in a `Host` header, in small letters, without its port; empty where there is none.

    >>> host_of("LocalHost:8000"), host_of("[::1]:8000"), host_of("[::1")
    ('localhost', '::1', '')
    """
    if header.startswith("["):
        host, closed, port = header[1:].partition("]")
        return host.lower() if closed and _is_port(port) else ""
    host, colon, port = header.partition(":")
    return host.lower() if _is_port(colon + port) else ""


def _is_port(text: str) -> bool:
    return not text or (text[0] == ":" and text[1:].isascii() and (text[1:].isdigit() or not text[1:]))


def _demand(token: bytes, header: str) -> None:
    scheme, _, shown = header.partition(" ")
    # Compared whole in constant time, so that the time tells nothing of how much of it was right.
    right = hmac.compare_digest(shown.strip().encode(), token)
    if scheme.lower() != "bearer" or not right:
        raise RefusedError(
            Code.NO_TOKEN,
            "show the token: Authorization: Bearer …",
            place="Authorization",
            headers={"WWW-Authenticate": "Bearer"},
        )
