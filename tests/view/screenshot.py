"""The picture of a map in README and documentation: `python -m tests.view.screenshot docs/images/map.png`."""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image

import argmine
from argmine.document import Document
from argmine.formats.text import read_text
from benchmarks.record import ROOT
from tests.browser import chromium, visit

SEED = "school-uniform"
SIZE = {"width": 1440, "height": 860}
COLOURS = 96
LIT = "some students argue"


def take(path: Path) -> None:
    """A seed as the default model mines it, one of its claims pointed at."""
    text = read_text(ROOT / "seeds" / f"{SEED}.txt")
    graph = argmine.load().mine(Document(id=SEED, text=text))
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        page = Path(folder) / "map.html"
        page.write_text(graph.to_html(), encoding="utf-8")
        with visit(browser, page.as_uri(), viewport=SIZE) as seen:
            seen.page.get_by_role("treeitem").filter(has_text=LIT).hover()
            seen.page.wait_for_timeout(500)
            path.parent.mkdir(parents=True, exist_ok=True)
            picture = Image.open(io.BytesIO(seen.page.screenshot()))
            picture.quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    take(Path(sys.argv[1]))
