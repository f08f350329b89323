"""What docs/how-to/serve.md says is so."""

import re
from pathlib import Path

import pytest

from argmine.web import api
from argmine.web.problems import STATUS
from argmine.web.settings import Limits
from tests.web.stand_in import client

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "serve.md").read_text("utf-8")
LIMITS = Limits()


def test_every_refusal_is_listed_with_its_status() -> None:
    rows = [row.split("|") for row in PAGE.splitlines() if re.match(r"\| \d{3}", row)]
    listed = {
        (code, int(status))
        for _, statuses, codes, *_ in rows
        for code in re.findall(r"`(\w+)`", codes)
        for status in re.findall(r"\d+", statuses)
    }
    assert {(code.value, status) for code, status in STATUS.items()} <= listed


def test_every_path_is_listed() -> None:
    paths = [route.path for router in (api.router, api.open_router) for route in router.routes]  # type: ignore[attr-defined]
    assert len(paths) == 6
    for path in paths:
        assert re.search(rf"^\| `(GET|POST) {path}`", PAGE, re.MULTILINE)


def test_limits_are_those_of_the_settings() -> None:
    told = {
        f"more than {LIMITS.body // 2**20} MiB",
        f"more than {LIMITS.characters:,} characters",
        f"{LIMITS.requests} requests wait already",
        f"longer than {LIMITS.seconds:g} seconds (`--max-seconds`)",
        f"longer than {LIMITS.upload:g} seconds to arrive",
        f"at most {LIMITS.grace:g} seconds",
    }
    assert {words for words in told if words not in PAGE} == set()


@pytest.mark.anyio
async def test_every_count_is_listed() -> None:
    async with client() as asking:
        counts = (await asking.get("/metrics")).text
    named = set(re.findall(r"^# TYPE (argmine_\w+?)(?:_total|_created)? ", counts, re.MULTILINE))
    assert len(named) == 6
    assert {name for name in named if name not in PAGE} == set()
