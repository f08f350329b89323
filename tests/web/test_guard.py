"""Who is answered."""

import pytest
from pydantic import SecretStr

from argmine.web.guard import host_of
from argmine.web.settings import Settings
from tests.web.stand_in import EVERYWHERE, TEXT, client

pytestmark = pytest.mark.anyio
TOKEN = "open-sesame"  # noqa: S105 (made up)
DEMANDED = Settings(host=EVERYWHERE, token=SecretStr(TOKEN), names=("mining.example.org",))


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:8000", "192.0.2.7", "mining.example.org:443"]
)
async def test_hosts_of_this_server_are_answered(host: str) -> None:
    async with client(settings=DEMANDED, headers={"Host": host}) as asking:
        assert (await asking.get("/healthz")).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8000", "", "[::1", "::1", "localhost:x"]
)
@pytest.mark.parametrize("path", ["/", "/healthz", "/metrics", "/v1/mine"])
async def test_other_hosts_are_refused_on_every_path(host: str, path: str) -> None:
    async with client(settings=DEMANDED, headers={"Host": host}) as asking:
        answer = await asking.get(path)
    assert (answer.status_code, answer.json()["code"]) == (421, "wrong_host")


@pytest.mark.parametrize("header", ["", "::", "[]", "[::1]x", "a:b:c", "a:٣"])
def test_what_names_no_host_is_none(header: str) -> None:
    assert host_of(header) == ""


@pytest.mark.parametrize("path", ["/v1/mine", "/v1/score", "/v1/convert", "/v1/map"])
@pytest.mark.parametrize(
    "shown", [None, "", TOKEN, f"Basic {TOKEN}", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}"]
)
async def test_without_the_token_nothing_works(path: str, shown: str | None) -> None:
    headers = {} if shown is None else {"Authorization": shown}
    async with client(settings=DEMANDED, headers=headers) as asking:
        answer = await asking.post(path, json={"text": TEXT})
        counts = await asking.get("/metrics")
    assert (answer.status_code, answer.json()["code"]) == (401, "no_token")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert counts.status_code == 401


@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
async def test_with_the_token_all_works(scheme: str) -> None:
    async with client(settings=DEMANDED, headers={"Authorization": f"{scheme} {TOKEN}"}) as asking:
        assert (await asking.post("/v1/mine", json={"text": TEXT})).status_code == 200
        assert (await asking.get("/metrics")).status_code == 200


async def test_the_page_and_health_need_no_token() -> None:
    async with client(settings=DEMANDED) as asking:
        statuses = [(await asking.get(path)).status_code for path in ("/", "/page.js", "/healthz", "/openapi.json")]
    assert statuses == [200] * 4
