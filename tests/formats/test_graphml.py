from pathlib import Path

import networkx as nx
import pytest

from argmine.errors import FormatError
from argmine.formats.graphml import read_graphs, write_graphs
from tests.graphs import mined_graph, tram_graph


def test_networkx_reads_what_is_written(tmp_path: Path) -> None:
    write_graphs([mined_graph()], tmp_path / "a.graphml")
    found: nx.MultiDiGraph[str] = nx.read_graphml(tmp_path / "a.graphml", force_multigraph=True)  # type: ignore[assignment]
    assert found.is_directed()
    assert found.graph["text"] == mined_graph().text
    assert found.nodes["c2"]["text"] == "they cut deaths"
    assert found.nodes["c2"]["probability"] == 0.9
    assert found.edges["c2", "c1", "r1"]["type"] == "support"
    assert found.name == "lanes"


@pytest.mark.parametrize("label", ["", '"', '"own"', "null", "[]"])
def test_a_label_of_any_form_comes_back(label: str, tmp_path: Path) -> None:
    graph = tram_graph()
    components = (graph.components[0].model_copy(update={"label": label}), *graph.components[1:])
    labelled = graph.model_copy(update={"components": components})
    write_graphs([labelled], tmp_path / "a.graphml")
    assert read_graphs(tmp_path / "a.graphml") == [labelled]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("</graphml>", "", r":\d+: no XML that can be read: ParseError"),
        ("<graphml", "<!DOCTYPE a [<!ENTITY b 'c'>]><graphml", ": no XML that can be read: EntitiesForbidden"),
        ("claim</data>", "opinion</data>", r": .*components\.0\.type: Input should be"),
        ("[]</data>", "[</data>", r": .*(warnings|alternatives) is no JSON: '\['"),
        ('"d6">0</data>', '"d6">x</data>', ": .*no GraphML: invalid literal for int"),
        ("http://graphml.graphdrawing.org/xmlns", "urn:x", ": .*no GraphML: file not successfully read"),
    ],
)
def test_a_broken_file_tells_what_is_wrong(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "a.graphml"
    write_graphs([tram_graph()], path)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(FormatError, match=rf"a\.graphml{message}"):
        read_graphs(path)


def test_a_key_without_a_type_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.graphml"
    write_graphs([tram_graph()], path)
    text = path.read_text("utf-8")
    for key in ("type", "text"):
        text = text.replace(f'attr.name="{key}" attr.type="string"', f'attr.name="{key}"')
    path.write_text(text, "utf-8")
    assert read_graphs(path) == [tram_graph()]
