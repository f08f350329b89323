"""What is counted, logged and sent with every response; and that no text is in a log."""

import json
import logging
import re

import httpx
import pytest
from starlette.requests import Request

from argmine.web.app import HEADERS, create_app
from argmine.web.settings import Limits, Settings
from tests.web.stand_in import SECRET, TEXT, client

pytestmark = pytest.mark.anyio
AS_JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize("path", ["/", "/page.css", "/examples/cash.txt", "/healthz", "/nothing", "/v1/mine"])
async def test_every_response_has_the_headers_that_guard_a_browser(path: str) -> None:
    async with client() as asking:
        headers = (await asking.get(path, headers={"Origin": "http://evil.example"})).headers
    for name, value in HEADERS.items():
        if name in ("Content-Security-Policy", "Cache-Control") and path in ("/", "/page.css", "/examples/cash.txt"):
            assert name in headers
        else:
            assert headers[name] == value
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert not [name for name in headers if name.startswith("access-control")]


async def test_answers_are_kept_by_no_cache() -> None:
    async with client() as asking:
        answer = await asking.post("/v1/mine", json={"text": TEXT})
    assert answer.headers["cache-control"] == "no-store"


async def test_no_other_site_may_ask() -> None:
    """What a browser asks first goes unanswered, so it asks no further."""
    async with client() as asking:
        asked = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
        answer = await asking.options("/v1/mine", headers=asked)
    assert answer.status_code == 405
    assert not [name for name in answer.headers if name.startswith("access-control")]


async def test_counts_are_by_method_known_path_and_status() -> None:
    async with client() as asking:
        for text in ("A text.", "Another text.", "raise"):
            await asking.post("/v1/mine", json={"text": text})
        await asking.get(f"/{SECRET}")
        await asking.request("BREW", "/v1/mine")
        counts = (await asking.get("/metrics")).text
    for line in (
        'argmine_requests_total{method="POST",path="/v1/mine",status="200"} 2.0',
        'argmine_requests_total{method="POST",path="/v1/mine",status="500"} 1.0',
        'argmine_requests_total{method="GET",path="other",status="404"} 1.0',
        'argmine_requests_total{method="other",path="/v1/mine",status="405"} 1.0',
        'argmine_request_seconds_count{path="/v1/mine"} 4.0',
        "argmine_batch_documents_sum 3.0",
        "argmine_running_requests 1.0",
        "argmine_waiting_documents 0.0",
        "process_resident_memory_bytes",
    ):
        assert line in counts
    assert SECRET not in counts


async def test_no_text_is_logged(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    """In a body, a file's name, a path, a query, a header; answered, refused, or lost in a failure."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").disabled = True  # the client's, not ours
    app_limits = Settings(limits=Limits(characters=60))
    graph = {"id": SECRET, "text": SECRET, "components": [{"id": SECRET, "type": "claim", "start": 0, "end": 99}]}
    bodies: dict[str, list[object]] = {
        "mine": [{"text": f"{SECRET} works"}, {"text": f"raise {SECRET}"}, {"text": f"refuse {SECRET}"}],
        "score": [{"graph": graph}, {"text": SECRET * 10}, {SECRET: SECRET}],
        "convert": [
            {"files": {f"{SECRET}.json": f'{{"{SECRET}"'}, "to": "dot"},
            {"graphs": [{"id": SECRET, "text": SECRET}], "to": "graphml"},
        ],
        "map": [{"graph": {"id": SECRET, "text": SECRET}}],
    }
    async with client(settings=app_limits) as asking:
        for path, tried in bodies.items():
            for body in tried:
                await asking.post(f"/v1/{path}", json=body)
        await asking.post("/v1/mine", content=SECRET.encode(), headers=AS_JSON)
        await asking.get(f"/{SECRET}?text={SECRET}", headers={"Host": SECRET, "User-Agent": SECRET})
        await asking.get(f"/healthz?text={SECRET}", headers={"Authorization": SECRET})
    logging.getLogger("httpx").disabled = False
    written = caplog.text + "".join(capfd.readouterr()) + json.dumps([r.__dict__ for r in caplog.records], default=str)
    assert len(re.findall(r"(GET|POST) \S+ \d{3}", caplog.text)) == 12
    assert "failed with RuntimeError at" in caplog.text
    assert SECRET not in written


async def test_a_failure_outside_the_miner_is_shielded_too(caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(None)  # type: ignore[arg-type]

    @app.get("/broken")
    async def broken(_: Request) -> None:
        raise KeyError(SECRET)

    transport = httpx.ASGITransport(app, raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as asking:
        answer = await asking.get("/broken")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "failed with KeyError at" in caplog.text
    assert SECRET not in caplog.text
