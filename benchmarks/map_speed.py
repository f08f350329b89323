"""Does the map of a great piece stay fluid? How long it takes to be drawn, to light a component up, to fold, to filter.

Data: a made-up piece of about 10,000 words with 500 components (`tests/view/map_graphs.py`). Method: the page is opened
several times in the system's Chromium, headless and without an accelerator. Times are what a person waits: from the
start of the navigation to the first contentful paint, and from an event to the second frame after it, which takes 17 to
33 ms where nothing is to be done. `worked` is the processor time of the page's thread in the same spans,
which a busy machine does not change. Medians over all events.
"""

import json
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page

from benchmarks.record import ROOT, digest_files, write_record
from tests.browser import chromium, visit
from tests.view.map_graphs import great_graph

VISITS = 5
DATA = [ROOT / "tests" / "view" / "map_graphs.py"]
PAINT = """new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
  .observe({ type: 'paint', buffered: true }))"""
WAIT = """async act => {
  const start = performance.now();
  ACT;
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - start;
}"""
POINT = "document.querySelectorAll('.am-seg')[{}].dispatchEvent(new PointerEvent('pointerover', {{ bubbles: true }}))"
FOLD = "document.querySelector('.am-foldall').click()"
SLIDE = (
    "{{ const s = document.querySelector('.am-component-slider'); s.value = {}; s.dispatchEvent(new Event('input')) }}"
)
EVENTS = {
    "light": [POINT.format(place) for place in range(0, 500, 50)],
    "fold_all_and_unfold_all": [FOLD] * 4,
    "slide": [SLIDE.format(percent) for percent in (50, 60, 70, 80, 0)],
}


def measure(browser: Browser, url: str) -> Iterator[tuple[str, float, float]]:
    """Of one visit: each span's name, the milliseconds that one waits, and those that the page's thread worked."""
    with visit(browser, "about:blank") as seen:
        session = seen.page.context.new_cdp_session(seen.page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        seen.page.goto(url)
        yield "paint", float(seen.page.evaluate(PAINT)), _worked(session)
        for name, actions in EVENTS.items():
            for action in actions:
                before = _worked(session)
                waited = _waited(seen.page, action)
                yield name, waited, _worked(session) - before


def _waited(page: Page, action: str) -> float:
    return float(page.evaluate(WAIT.replace("ACT", action)))


def _worked(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return 1000 * float(next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration"))


def main() -> int:
    """Measures, prints and records."""
    graph = great_graph()
    spans: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        path = Path(folder) / "map.html"
        path.write_text(graph.to_html(), encoding="utf-8")
        for _ in range(VISITS):
            for name, waited, worked in measure(browser, path.as_uri()):
                spans.setdefault(name, []).append((waited, worked))
        version = browser.version
    figures: dict[str, object] = {
        name: {"waited_ms": _median(waited), "worked_ms": _median(worked)}
        for name, (waited, worked) in ((name, zip(*found, strict=True)) for name, found in spans.items())
    }
    print(json.dumps(figures, indent=2))
    size = {"components": len(graph.components), "words": len(graph.text.split())}
    write_record("map_speed", figures, data_digest=digest_files(DATA), extra={"browser": version, "piece": size})
    return 0


def _median(values: tuple[float, ...]) -> float:
    return round(statistics.median(values), 1)


if __name__ == "__main__":
    sys.exit(main())
