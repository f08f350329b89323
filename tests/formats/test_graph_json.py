from pathlib import Path

import pytest

from argmine.errors import FormatError
from argmine.formats.graph_json import read_graph, read_graphs
from argmine.graph import ArgumentGraph
from tests.graphs import mined_graph, tram_graph


def written(folder: Path, text: str) -> Path:
    path = folder / "graphs.json"
    path.write_text(text, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("indent", [None, 2])
def test_graph_is_read_as_it_was_written(tmp_path: Path, indent: int | None) -> None:
    path = written(tmp_path, mined_graph().model_dump_json(indent=indent) + "\n")
    assert read_graph(path) == mined_graph()


def test_lines_are_read_in_their_order(tmp_path: Path) -> None:
    graphs = [tram_graph(), mined_graph()]
    path = written(tmp_path, "\r\n\n".join(graph.model_dump_json() for graph in graphs) + "\n\n")
    assert list(read_graphs(path)) == graphs


def test_line_separator_within_a_text_parts_no_lines(tmp_path: Path) -> None:
    graph = ArgumentGraph(id="x", text="One.\u2028Two.\x85Three.")
    assert read_graph(written(tmp_path, graph.model_dump_json())) == graph


def test_empty_file_holds_no_graph(tmp_path: Path) -> None:
    path = written(tmp_path, "\n")
    assert list(read_graphs(path)) == []
    with pytest.raises(FormatError, match=r"graphs.json: must hold one argument graph, found 0"):
        read_graph(path)


def test_several_graphs_are_not_one(tmp_path: Path) -> None:
    path = written(tmp_path, 2 * (tram_graph().model_dump_json() + "\n"))
    with pytest.raises(FormatError, match="must hold one argument graph, found 2"):
        read_graph(path)


def test_broken_line_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, tram_graph().model_dump_json() + '\n{"id": "x"}\n')
    with pytest.raises(FormatError, match=r"graphs.json:2: no argument graph: text: Field required"):
        list(read_graphs(path))


@pytest.mark.parametrize("text", ["[1, 2]", "Keep the trams.", '{"id": "x",\n "text": }'])
def test_what_is_no_graph_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(FormatError, match=r"graphs.json:1: no argument graph: "):
        read_graph(written(tmp_path, text))


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"nowhere.json: cannot be read: No such file"):
        read_graph(tmp_path / "nowhere.json")
