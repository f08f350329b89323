"""The page and what it loads."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pydantic import SecretStr

from argmine.view.html import parts_of
from argmine.web.page import EXAMPLES, HERE, policy
from argmine.web.settings import Settings
from tests.graphs import mined_graph, tram_graph
from tests.web.stand_in import client

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parent.parent.parent


class Links(HTMLParser):
    """What a page loads or leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {f"{value}" for name, value in attrs if tag and name in ("src", "href", "action")}


async def test_the_page_leads_only_to_this_server_and_all_is_there() -> None:
    async with client() as asking:
        page = await asking.get("/")
        links = Links()
        links.feed(page.text)
        statuses = {link: (await asking.get(f"/{link}")).status_code for link in links.found}
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert statuses == {"page.css": 200, "page.js": 200, "icon.svg": 200, "openapi.json": 200}


async def test_nothing_in_the_page_is_inline() -> None:
    async with client() as asking:
        page = (await asking.get("/")).text
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page)


async def test_examples_are_seeds() -> None:
    async with client() as asking:
        page = (await asking.get("/")).text
        for name in EXAMPLES:
            assert f'<option value="{name}">' in page
            assert (await asking.get(f"/examples/{name}.txt")).content == (ROOT / "seeds" / f"{name}.txt").read_bytes()


@pytest.mark.parametrize("demanded", [True, False])
async def test_a_token_is_asked_for_where_one_is_demanded(demanded: bool) -> None:
    async with client(settings=Settings(token=SecretStr("open-sesame") if demanded else None)) as asking:
        page = (await asking.get("/")).text
    assert ('id="token"' in page) == demanded
    assert "sesame" not in page


def test_the_policy_of_the_page_is_the_same_for_every_map() -> None:
    assert policy(parts_of(tram_graph())) == policy(parts_of(mined_graph()))


def test_a_wheel_carries_the_examples() -> None:
    """By the list in pyproject.toml, which is beside what it lists; the wheel itself is a slow test's."""
    import tomllib

    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert {f"seeds/{name}.txt" for name in EXAMPLES} <= set(build["only-include"])
    assert ROOT / build["sources"]["seeds"] == HERE / "examples"
