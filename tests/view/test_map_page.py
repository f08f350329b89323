"""The page of a graph, as text: what is in it, what is not."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings

from argmine.graph import ArgumentGraph
from argmine.view.html import frame_of, page_of, parts_of
from argmine.view.html.page import PACKAGE, SCRIPTS, STYLES
from tests.graphs import mined_graph, tram_graph
from tests.made_up_graphs import graphs
from tests.view.map_graphs import NASTY, nasty_graph, tangled_graph

FOLDER = Path(__file__).parents[2] / PACKAGE.replace(".", "/")


class Elements(HTMLParser):
    """The elements of a page, in order: name, attributes, and the text directly within."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str], list[str]]] = []
        self.inside = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}, []))
        self.inside = True

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 (the parser's own signature)
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1][2].append(data)

    def texts(self, tag: str, **attributes: str) -> list[str]:
        return ["".join(text) for name, has, text in self.found if name == tag and attributes.items() <= has.items()]


def data_in(page: str) -> dict[str, object]:
    (text,) = Elements(page).texts("script", type="application/json")
    data = json.loads(text)
    assert isinstance(data, dict)
    return data


@settings(max_examples=30)
@given(graphs())
def test_graph_travels_whole(graph: ArgumentGraph) -> None:
    assert ArgumentGraph.model_validate(data_in(graph.to_html())["graph"]) == graph


@settings(max_examples=30)
@given(graphs())
def test_page_has_the_same_elements_whatever_the_graph(graph: ArgumentGraph) -> None:
    names = [(name, sorted(has)) for name, has, _ in Elements(page_of(graph)).found]
    assert names == [(name, sorted(has)) for name, has, _ in Elements(page_of(tram_graph())).found]


def test_nothing_from_the_text_is_more_than_text() -> None:
    page = nasty_graph().to_html()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert data_in(page)["graph"] == nasty_graph().model_dump(mode="json")
    (title,) = Elements(page).texts("title")
    assert title.startswith("<script>alert(1)</script><img")


def test_equal_graphs_give_equal_pages() -> None:
    again = ArgumentGraph.model_validate_json(mined_graph().model_dump_json())
    assert again.to_html() == mined_graph().to_html()


def test_page_names_no_place_outside() -> None:
    page = tram_graph().to_html()
    assert re.findall(r"\b(?:src|srcset|action|formaction|poster|data|href)=\"[^\"]*\"", page) == ['href="data:,"']
    assert re.findall(r"@import|url\(|\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|import\(", page) == []


def test_policy_lets_only_the_page_s_own_scripts_and_styles_run() -> None:
    elements = Elements(tram_graph().to_html())
    (policy,) = (has["content"] for _, has, _ in elements.found if has.get("http-equiv") == "Content-Security-Policy")
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";")}
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == ["'none'"]
    scripts = [text for text in elements.texts("script") if not text.startswith("{")]
    assert rules["script-src"] == [_digest(text) for text in scripts]
    assert rules["style-src"] == [_digest(text) for text in elements.texts("style")]


def test_policy_stands_before_all_that_it_governs() -> None:
    page = tram_graph().to_html()
    assert page.index("Content-Security-Policy") < min(page.index("<style"), page.index("<script"), page.index("<link"))


def test_page_has_no_handlers_or_styles_in_its_elements() -> None:
    names = {name for _, has, _ in Elements(tram_graph().to_html()).found for name in has}
    assert not {name for name in names if name.startswith("on") or name == "style"}


def test_scripts_and_styles_are_the_same_for_every_graph() -> None:
    one, other = parts_of(tram_graph()), parts_of(nasty_graph())
    assert (one.style, one.scripts) == (other.style, other.scripts)
    assert one.fragment != other.fragment


def test_parts_are_what_the_page_is_made_of() -> None:
    parts, page = parts_of(tram_graph()), page_of(tram_graph())
    assert all(part in page for part in (parts.style, *parts.scripts, parts.fragment))


def test_every_file_of_ours_is_in_the_page_once() -> None:
    assert sorted(path.name for path in FOLDER.glob("*.*s*") if path.suffix in {".js", ".css"}) == sorted(
        (*SCRIPTS, *STYLES)
    )


def test_no_file_could_end_its_element() -> None:
    for path in (*FOLDER.glob("*.js"), *FOLDER.glob("*.css"), *FOLDER.glob("vendor/*/*.js")):
        assert not re.search("</(script|style)|<!--", path.read_text("utf-8"), re.IGNORECASE), path


def test_layout_library_has_its_licence_beside_it() -> None:
    for library in (FOLDER / "vendor").iterdir():
        assert "Permission to use, copy, modify, and/or distribute" in (library / "LICENSE").read_text("utf-8")


def test_without_scripts_the_trees_stand_as_text() -> None:
    (text,) = Elements(tram_graph().to_html()).texts("pre")
    assert text == tram_graph().to_text()


def test_without_scripts_a_graph_that_is_no_forest_says_so() -> None:
    (text,) = Elements(tangled_graph().to_html()).texts("pre")
    assert "no forest" in text


def test_notebook_shows_the_page_in_a_frame_that_reaches_nothing() -> None:
    ((name, has, _),) = Elements(nasty_graph()._repr_html_()).found
    assert name == "iframe"
    assert has["sandbox"] == "allow-scripts"
    # A parser of HTML makes these of what stands in an attribute too.
    assert has["srcdoc"] == nasty_graph().to_html()
    assert NASTY[:20] in has["title"]


def test_frame_has_the_height_it_was_given() -> None:
    assert "height: 321px" in frame_of(tram_graph(), height=321)


@pytest.mark.parametrize(
    ("language", "line"), [("dot", '"c2" -> "c1" [label="supports"'), ("mermaid", "n2 -->|supports| n1")]
)
def test_graph_gives_pictures(language: str, line: str) -> None:
    assert line in getattr(tram_graph(), f"to_{language}")()


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
