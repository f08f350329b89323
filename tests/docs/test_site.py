"""The site is built without the network and without warnings, and its pages load nothing from elsewhere."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytest.importorskip("mkdocs", reason="needs argmine[docs]")

ROOT = Path(__file__).parents[2]
BUILD = """
import socket, sys

def refuse(*arguments):
    raise OSError("the site is built without the network")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
from mkdocs.__main__ import cli
cli(["build", "--strict", "--config-file", sys.argv[1], "--site-dir", sys.argv[2]])
"""
LOADS = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src"}


class Loaded(HTMLParser):
    """Addresses that a browser loads with a page; where the page itself is to be found (canonical) is none."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        value = dict(attrs).get(LOADS.get(tag, ""))
        if value:
            self.addresses.append(value)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [sys.executable, "-c", BUILD, str(ROOT / "mkdocs.yml"), str(folder)],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return folder


def loaded(page: Path) -> list[str]:
    parser = Loaded()
    parser.feed(page.read_text("utf-8"))
    return parser.addresses


@pytest.mark.slow
def test_site_has_a_page_for_each_file(site: Path) -> None:
    sources = {path.relative_to(ROOT / "docs").with_suffix(".html") for path in (ROOT / "docs").rglob("*.md")}
    assert sources <= {path.relative_to(site) for path in site.rglob("*.html")}


@pytest.mark.slow
def test_pages_load_nothing_from_elsewhere(site: Path) -> None:
    found = {str(page): loaded(page) for page in site.rglob("*.html")}
    assert sum(map(len, found.values())) > len(found)
    away = {page: [a for a in some if urlsplit(a).netloc] for page, some in found.items()}
    assert not {page: some for page, some in away.items() if some}


@pytest.mark.slow
def test_styles_load_nothing_from_elsewhere(site: Path) -> None:
    for sheet in site.rglob("*.css"):
        assert not re.findall(r"(?:@import|url\()\s*[\"']?(?:https?:)?//", sheet.read_text("utf-8")), sheet


@pytest.mark.slow
def test_site_has_the_models_card(site: Path) -> None:
    page = (site / "model-card.html").read_text("utf-8")
    assert "Protocol A, end to end" in page
    assert "license_link" not in page


@pytest.mark.slow
def test_api_is_that_of_the_docstrings(site: Path) -> None:
    page = (site / "api" / "index.html").read_text("utf-8")
    assert 'id="argmine.load"' in page
    assert 'id="argmine.miner.ArgumentMiner.mine_many"' in page


@pytest.mark.slow
def test_sessions_of_docstrings_are_code(site: Path) -> None:
    page = (site / "api" / "graphs.html").read_text("utf-8")
    assert '<span class="gp">&gt;&gt;&gt; </span>' in page
    assert "<blockquote>" not in page


@pytest.mark.slow
def test_fields_of_models_are_there(site: Path) -> None:
    assert 'id="argmine.graph.Component.probability"' in (site / "api" / "graphs.html").read_text("utf-8")
