"""A server in a process of its own: how it starts, and how it ends."""

import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from argmine.errors import ArgmineError
from argmine.web.app import create_app
from argmine.web.server import serve
from argmine.web.settings import Settings
from tests.web.process import slow
from tests.web.stand_in import SECRET, StandIn

PIECE = {"text": f"Keep the {SECRET}. It is quiet."}


def wait_for_a_request(url: str) -> None:
    """Until a text is being mined."""
    while "argmine_running_requests 2.0" not in httpx.get(f"{url}/metrics").text:
        time.sleep(0.01)


def mine(url: str) -> httpx.Response:
    return httpx.post(f"{url}/v1/mine", json=PIECE, timeout=30)


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_finishes_what_runs_and_refuses_what_is_new(told: signal.Signals) -> None:
    with slow(1.5) as server, ThreadPoolExecutor() as threads:
        first = threads.submit(mine, server.url)
        wait_for_a_request(server.url)
        server.process.send_signal(told)
        while (refused := mine(server.url)).status_code == 200:
            pass
        health = httpx.get(f"{server.url}/healthz")
        answer = first.result()
        code = server.end()
    assert (refused.status_code, refused.json()["code"], refused.headers["retry-after"]) == (503, "stopping", "20")
    assert health.status_code == 503
    assert (answer.status_code, answer.json()["text"]) == (200, PIECE["text"])
    assert code == 0
    assert f"told to stop by {told.name}: finishing" in server.log
    assert SECRET not in server.log


def test_what_runs_beyond_the_grace_is_not_waited_for() -> None:
    with slow(4, grace=0.3) as server, ThreadPoolExecutor() as threads:
        first = threads.submit(mine, server.url)
        wait_for_a_request(server.url)
        start = time.monotonic()
        server.process.terminate()
        with pytest.raises(httpx.HTTPError):
            first.result().raise_for_status()
        assert time.monotonic() - start < 20
        assert server.end() == 0
    assert SECRET not in server.log


def test_a_port_that_is_taken_is_an_error_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        settings = Settings(port=other.getsockname()[1])
        with pytest.raises(ArgmineError, match=rf"127.0.0.1:{settings.port}: cannot be listened on: Address already"):
            serve(create_app(StandIn(), settings), settings)
