"""The table of renderers."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from argmine import renderers
from tests.graphs import tram_graph


@pytest.fixture(autouse=True)
def _own_table(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    renderers.find("text")  # so that the view is in the table that is put back
    with monkeypatch.context() as patch:
        patch.setattr(renderers, "_renderers", dict(renderers._renderers))
        yield


def test_renderer_is_found_by_its_kind() -> None:
    renderers.register("length", len)
    assert renderers.find("length")("abc") == 3


def test_later_renderer_takes_the_place_of_an_earlier_one() -> None:
    renderers.register("text", lambda graph, **_: f"graph {graph.id}")
    assert tram_graph().to_text() == "graph trams"


def test_unknown_kind_names_those_there_are() -> None:
    renderers.register("map", len)
    known = "dot, html, map, mermaid, notebook, rich, text"
    with pytest.raises(ValueError, match=f"no renderer 'smell', allowed are {known}"):
        renderers.find("smell")


def test_view_is_imported_when_a_renderer_is_first_asked_for() -> None:
    code = (
        "import sys; from argmine import renderers; before = renderers.VIEW in sys.modules; "
        "renderers.find('text'); print(before, renderers.VIEW in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
