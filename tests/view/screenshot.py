"""The picture of a map in README and documentation: `python -m tests.view.screenshot docs/images/map.png`."""

import sys
import tempfile
from pathlib import Path

import argmine
from argmine.document import Document
from argmine.formats.text import read_text
from benchmarks.record import ROOT
from tests.browser import chromium, visit

SEED = "homework"
SIZE = {"width": 1440, "height": 860}
LIT = ".am-card[data-type=claim][data-sign=attack]"


def take(path: Path) -> None:
    """A seed as the default model mines it, the first of its claims that attack pointed at."""
    text = read_text(ROOT / "seeds" / f"{SEED}.txt")
    graph = argmine.load().mine(Document(id=SEED, text=text))
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        page = Path(folder) / "map.html"
        page.write_text(graph.to_html(), encoding="utf-8")
        with visit(browser, page.as_uri(), viewport=SIZE) as seen:
            seen.page.locator(LIT).first.hover()
            seen.page.wait_for_timeout(500)
            path.parent.mkdir(parents=True, exist_ok=True)
            seen.page.screenshot(path=path)


if __name__ == "__main__":
    take(Path(sys.argv[1]))
