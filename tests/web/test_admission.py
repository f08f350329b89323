"""How many, how large, how long."""

import asyncio
from collections.abc import AsyncIterator, Iterable

import httpx
import pytest
from fastapi import FastAPI
from starlette.types import Message

from argmine.web.app import create_app
from argmine.web.settings import Limits, Settings
from tests.web.stand_in import TEXT, StandIn, client

pytestmark = pytest.mark.anyio
AS_JSON = {"Content-Type": "application/json"}


async def parts(sizes: Iterable[int], pause: float = 0) -> AsyncIterator[bytes]:
    for size in sizes:
        await asyncio.sleep(pause)
        yield b" " * size


async def busy(miner: StandIn) -> None:
    while not any(miner.batches):
        await asyncio.sleep(0.001)


@pytest.mark.parametrize("chunks", [None, [300, 300]])
async def test_a_body_that_is_too_large_is_refused(chunks: list[int] | None) -> None:
    """By its length where that is told, else when as much has arrived."""
    async with client(settings=Settings(limits=Limits(body=500))) as asking:
        content = b" " * 501 if chunks is None else parts(chunks)
        answer = await asking.post("/v1/mine", content=content, headers=AS_JSON)
    assert answer.status_code == 413
    assert answer.json() == {"code": "too_large", "message": "a body has at most 500 bytes", "place": None}


async def test_a_body_of_the_greatest_length_is_read() -> None:
    body = b'{"text": "a"}'
    async with client(settings=Settings(limits=Limits(body=len(body)))) as asking:
        assert (await asking.post("/v1/mine", content=body, headers=AS_JSON)).status_code == 200


async def test_a_body_that_arrives_too_slowly_is_refused() -> None:
    async with client(settings=Settings(limits=Limits(upload=0.05))) as asking:
        answer = await asking.post("/v1/mine", content=parts([1, 1], pause=5), headers=AS_JSON)
    assert (answer.status_code, answer.json()["code"]) == (408, "slow_body")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"])
async def test_a_body_that_is_not_said_to_be_json_is_refused(kind: str) -> None:
    """So a page of another site cannot ask without first being asked whether it may."""
    async with client() as asking:
        answer = await asking.post("/v1/mine", content=b'{"text": "a"}', headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["code"]) == (415, "media_type")


async def test_one_request_too_many_is_told_when_to_come_again() -> None:
    miner = StandIn()
    miner.free.clear()
    async with client(miner, Settings(limits=Limits(requests=2))) as asking:
        waiting = [asyncio.create_task(asking.post("/v1/mine", json={"text": TEXT})) for _ in range(2)]
        await busy(miner)
        answer = await asking.post("/v1/mine", json={"text": TEXT})
        health = await asking.get("/healthz")
        miner.free.set()
        answered = await asyncio.gather(*waiting)
        after = await asking.post("/v1/mine", json={"text": TEXT})
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many")
    assert int(answer.headers["retry-after"]) >= 1
    assert [a.status_code for a in (*answered, health, after)] == [200] * 4


async def test_an_answer_that_takes_too_long_is_given_up() -> None:
    miner = StandIn()
    miner.free.clear()
    async with client(miner, Settings(limits=Limits(seconds=0.05))) as asking:
        answer = await asking.post("/v1/mine", json={"text": TEXT})
        miner.free.set()
        after = await asking.post("/v1/score", json={"text": TEXT})
    assert (answer.status_code, answer.json()["code"]) == (503, "timeout")
    assert int(answer.headers["retry-after"]) >= 1
    assert after.status_code == 200


async def test_what_is_stopping_refuses() -> None:
    async with client() as asking:
        app: FastAPI = asking._transport.app  # type: ignore[attr-defined]
        app.state.service.gate.closed = True
        answers = [await asking.get("/healthz"), await asking.post("/v1/mine", json={"text": TEXT})]
    assert [(a.status_code, a.json()["code"], a.headers["retry-after"]) for a in answers] == [
        (503, "stopping", "30")
    ] * 2


async def test_what_a_client_no_longer_waits_for_is_not_mined() -> None:
    """Three ask while the miner is busy, and the second hangs up."""
    miner = StandIn()
    miner.free.clear()
    app = create_app(miner)
    async with app.router.lifespan_context(app):
        first = asyncio.create_task(asked(app, "first", asyncio.Event()))
        await busy(miner)
        leave = asyncio.Event()
        others = [asyncio.create_task(asked(app, name, leave if name == "b" else asyncio.Event())) for name in "abc"]
        while app.state.service._batcher.waiting < 3:
            await asyncio.sleep(0.001)
        leave.set()
        assert await others[1] == []
        miner.free.set()
        sent = [message["type"] for task in (first, others[0], others[2]) for message in await task]
    assert miner.batches == [["first"], ["a", "c"]]
    assert sent == ["http.response.start", "http.response.body"] * 3


async def asked(app: FastAPI, name: str, leave: asyncio.Event) -> list[Message]:
    """What is sent to a client that asks, and leaves when told to."""
    body = f'{{"text": "Keep the trams.", "id": "{name}"}}'.encode()
    given: list[Message] = [{"type": "http.request", "body": body}]
    sent: list[Message] = []

    async def receive() -> Message:
        if given:
            return given.pop()
        await leave.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"localhost"), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/v1/mine", "query_string": b"", "headers": headers}
    await app(scope, receive, send)
    return sent


async def test_the_gate_is_free_after_whatever_end() -> None:
    async with client(settings=Settings(limits=Limits(requests=1, body=200, characters=50))) as asking:
        bodies = [{"text": "raise"}, {"text": "refuse"}, {"text": "a" * 51}, {"text": "a" * 300}, {}, {"text": TEXT}]
        statuses = [(await asking.post("/v1/mine", json=body)).status_code for body in bodies]
    assert statuses == [500, 500, 413, 413, 422, 200]


def test_httpx_tells_the_length_of_bytes() -> None:
    """Which one of the tests above relies on."""
    assert httpx.Request("POST", "http://a", content=b"ab").headers["content-length"] == "2"
