"""Chromium for tests: the system's, through Playwright. Each page is watched for complaints and requests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Frame, Page, sync_playwright

from tests.formats.owners import node_with, program

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE = "axe-core@4.14.1"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Visit:
    """A page, what its console complained of, and what it asked for beyond itself."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium; a test that asks for it lacks something where there is none."""
    path = program(*NAMES)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def visit(browser: Browser, url: str, **options: Any) -> Iterator[Visit]:
    """A page opened in a context of its own; `options` are those of the context."""
    context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"} | options)
    seen = Visit(context.new_page())
    seen.page.on("console", lambda m: seen.complaints.append(m.text) if m.type in {"error", "warning"} else None)
    seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    seen.page.on("request", lambda r: None if r.url in {url, "data:,"} else seen.requests.append(r.url))
    seen.page.goto(url)
    yield seen
    context.close()


def violations(page: Page | Frame) -> list[str]:
    """What axe-core finds wrong with a page, or a frame in it, as it stands: the rule, and the element."""
    axe = node_with(AXE) / "node_modules" / "axe-core" / "axe.min.js"
    page.evaluate(Path(axe).read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [f"{rule['id']}: {node['html']}" for rule in found["violations"] for node in rule["nodes"]]
