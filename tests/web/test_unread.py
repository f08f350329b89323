"""Requests that are answered before their body was read."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from argmine.web import unread
from tests.web.process import Running, slow
from tests.web.stand_in import client

TOKEN = "open-sesame"  # noqa: S105 (made up)
SHOWN = {"Authorization": f"Bearer {TOKEN}"}
AS_JSON = {"Content-Type": "application/json"}
REFUSED = {
    "too large": ("/v1/mine", SHOWN | AS_JSON, 413),
    "no JSON": ("/v1/convert", SHOWN | {"Content-Type": "text/plain"}, 415),
    "no token": ("/v1/mine", AS_JSON, 401),
    "no such path": ("/nowhere", SHOWN | AS_JSON, 404),
    "wrong method": ("/healthz", SHOWN | AS_JSON, 405),
    "wrong host": ("/v1/mine", {"Host": "elsewhere.example"}, 421),
}


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with slow(0, token=TOKEN) as running:
        yield running


@pytest.mark.parametrize("left", [False, True], ids=["kept", "left"])
@pytest.mark.parametrize("refused", REFUSED)
def test_the_answer_arrives_though_the_body_was_not_asked_for(server: Running, refused: str, *, left: bool) -> None:
    path, headers, status = REFUSED[refused]
    if left:
        headers = headers | {"Connection": "close"}
    for size in (2_100_000, 8_000_000):
        with closing(HTTPConnection(str(urlsplit(server.url).netloc), timeout=20)) as connection:
            for _ in range(2):  # the second goes over the same connection where that is kept
                connection.request("POST", path, b"x" * size, headers)  # all is sent before it listens
                with connection.getresponse() as answer:
                    assert answer.status == status
                    assert json.loads(answer.read())["code"]
                    assert answer.getheader("connection") == ("close" if left else None)


def test_who_asks_for_leave_to_send_is_answered_without(server: Running) -> None:
    place = urlsplit(server.url)
    asked = (
        f"POST /v1/mine HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {TOKEN}\r\n"
        "Content-Type: application/json\r\nContent-Length: 8000000\r\nExpect: 100-continue\r\n\r\n"
    )
    with socket.create_connection((str(place.hostname), place.port or 0), timeout=10) as connection:
        connection.sendall(asked.encode())
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in head.lower()
    assert b"too_large" in body


@pytest.mark.anyio
@pytest.mark.parametrize(("most", "patience"), [(1_000, 5.0), (32_000_000, 0.1)], ids=["too much", "too slow"])
async def test_what_goes_on_for_ever_is_not_read(monkeypatch: pytest.MonkeyPatch, most: int, patience: float) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            await asyncio.sleep(0.01)
            yield b" " * 100

    monkeypatch.setattr(unread, "MOST", most)
    monkeypatch.setattr(unread, "PATIENCE", patience)
    async with client() as asking:
        answer = await asking.post("/nowhere", content=endless())
    assert (answer.status_code, answer.headers["connection"]) == (404, "close")
