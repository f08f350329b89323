"""The picture of the application in the documentation: `python -m tests.web.screenshot docs/images/serve.png`."""

import sys
from pathlib import Path

from playwright.sync_api import expect

from argmine.web.page import EXAMPLES
from benchmarks.mining import DEFAULT
from benchmarks.server import serving
from tests.browser import chromium, visit

SIZE = {"width": 1280, "height": 800}
PATIENCE = 60_000


def take(path: Path) -> None:
    """The first example, mined by the default model."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with serving(DEFAULT) as server, chromium() as browser, visit(browser, server.url, viewport=SIZE) as seen:
        seen.page.select_option("#example", EXAMPLES[0])
        expect(seen.page.frame_locator("#map").locator(".am-card").first).to_be_visible(timeout=PATIENCE)
        seen.page.screenshot(path=path)


if __name__ == "__main__":
    take(Path(sys.argv[1]))
