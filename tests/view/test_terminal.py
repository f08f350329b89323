"""The terminal's view of a graph."""

import io
from typing import Literal

import pytest
from rich.console import Console

from argmine.document import Document
from argmine.errors import GraphError
from argmine.graph import ArgumentGraph
from argmine.view.terminal import NOTHING, GraphView, graph_text
from tests.graphs import TEXT, chain_graph, mined_graph, tram_graph


def test_graph_reads_without_colour() -> None:
    assert tram_graph().to_text().splitlines() == [
        "[major claim] keep them",
        "also stated: Keep the trams",
        "├── + [claim] They are quiet",
        "└── − [claim] Buses are cheaper",
        "    └── − [premise] they are loud",
        "+ supports   − attacks",
    ]


def test_graph_and_tree_show_the_same() -> None:
    graph = tram_graph()
    seen, plain = (text.splitlines() for text in (graph.to_text(), str(graph.trees[0])))
    assert [line.lstrip(" ├└─│") for line in seen[:-1]] == [line.lstrip(" ├└─│") for line in plain]


def test_probabilities_are_shown_on_request() -> None:
    lines = mined_graph().to_text(probabilities=True).splitlines()
    assert lines[1:3] == ["[claim 0.90] 🚲 lanes work", "└── + 0.80 [premise 0.90] they cut deaths"]


def test_warnings_are_shown() -> None:
    assert mined_graph().to_text().startswith("warning: the text is short\n")


def test_text_that_was_not_read_is_no_secret() -> None:
    assert "warning: 80% of the text was read" in ArgumentGraph(id="d", text="a", read=0.8).to_text()


def test_empty_graph_says_that_there_is_nothing() -> None:
    assert ArgumentGraph(id="d", text="").to_text() == f"{NOTHING}\n"


def test_trees_stand_one_below_another_and_without_relations_without_legend() -> None:
    assert tram_graph().without_relations().to_text().splitlines() == [
        "[major claim] keep them",
        "also stated: Keep the trams",
        "[claim] They are quiet",
        "[claim] Buses are cheaper",
        "[premise] they are loud",
    ]


def test_no_forest_is_refused() -> None:
    graph = tram_graph()
    circle = ArgumentGraph.build(graph.document, graph.components, [("c1", "c2", "support"), ("c2", "c1", "attack")])
    with pytest.raises(GraphError, match="circle"):
        circle.to_text()


@pytest.mark.parametrize("width", [1, 5, 20, 60])
def test_long_texts_are_wrapped_below_their_branch(width: int) -> None:
    text = "word " * 60
    graph = ArgumentGraph.build(
        Document(id="d", text=text), [("c1", "claim", 0, 149), ("c2", "premise", 150, 299)], [("c2", "c1", "support")]
    )
    lines = graph.to_text(width=width).splitlines()
    assert max(map(len, lines)) <= width
    assert "".join(lines).count("word") == 60 or width < 20


def test_control_codes_of_a_text_do_not_reach_the_terminal() -> None:
    graph = ArgumentGraph.build(Document(id="d", text="a\x1b]0;b\x07"), [("c1", "claim", 0, 7)])
    assert "\x1b" not in graph.to_text()


def test_markup_in_a_text_is_text() -> None:
    graph = ArgumentGraph.build(Document(id="d", text="[bold]a[/x] :bus:"), [("c1", "claim", 0, 17)])
    assert graph.to_text() == "[claim] [bold]a[/x] :bus:\n"


def test_deep_chain_keeps_room_for_its_text() -> None:
    lines = graph_text(chain_graph(3000), width=80).splitlines()
    assert lines[14].strip() == "├── + [premise] x"
    assert lines[15].endswith("(15) + [premise] x")
    assert lines[2999].endswith("(2999) + [premise] x")
    assert max(map(len, lines)) < 80


@pytest.mark.parametrize("colour", ["truecolor", None])
def test_colours_only_where_the_terminal_has_them(colour: Literal["truecolor"] | None) -> None:
    stream = io.StringIO()
    Console(file=stream, force_terminal=True, color_system=colour).print(GraphView(tram_graph()))
    assert ("\x1b[1;32m+" in stream.getvalue()) == (colour is not None)


def test_rich_prints_a_graph_as_its_trees() -> None:
    stream = io.StringIO()
    Console(file=stream, width=100).print(tram_graph())
    assert stream.getvalue() == tram_graph().to_text()
    assert TEXT not in stream.getvalue()
