from pathlib import Path

import pytest

from argmine.errors import FormatError
from argmine.exchange import read_graphs
from argmine.graph import ArgumentGraph

ROWS = ["Trams B-Claim:For", "hum I-Claim:For", ". O", "They B-Premise:{}:Support", "soothe I-Premise:{}:Support"]
ARGGRAPH = """<arggraph id="trams">
<edu id="e1">Keep the trams.</edu><edu id="e2">They are quiet.</edu>
<adu id="n1" type="pro"/><adu id="n2" type="opp"/>
<edge id="s1" src="e1" trg="n1" type="seg"/><edge id="s2" src="e2" trg="n2" type="seg"/>
<edge id="c1" src="n2" trg="n1" type="reb"/>
</arggraph>"""


def shown(graph: ArgumentGraph) -> list[tuple[str, str, str]]:
    return [(graph.component(r.source).text, r.type.value, graph.component(r.target).text) for r in graph.relations]


@pytest.mark.parametrize(("ending", "link", "gap"), [("dat", -1, "\t_\t_\t"), ("abs", 1, "\t")])
def test_documents_of_conll_files_are_graphs(tmp_path: Path, ending: str, link: int, gap: str) -> None:
    lines = [f"{n}\t{row.format(link).replace(' ', gap)}" for n, row in enumerate(ROWS, 1)]
    path = tmp_path / f"essays.{ending}"
    path.write_text("\n".join([*lines, "", *lines, ""]))
    first, second = read_graphs(path)
    assert (first.id, second.id, first.text) == ("essays-1", "essays-2", "Trams hum . They soothe")
    assert shown(first) == shown(second) == [("They soothe", "support", "Trams hum")]


def test_an_arggraph_is_read_with_its_text(tmp_path: Path) -> None:
    (tmp_path / "trams.xml").write_text(ARGGRAPH)
    (tmp_path / "trams.txt").write_text("Keep the trams. They are quiet.")
    (graph,) = read_graphs(tmp_path / "trams.xml")
    assert [(c.id, c.type, c.label) for c in graph.components] == [
        ("n1", "major_claim", "pro"),
        ("n2", "premise", "opp"),
    ]
    assert shown(graph) == [("They are quiet.", "attack", "Keep the trams.")]


def test_an_arggraph_without_its_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "trams.xml").write_text(ARGGRAPH)
    with pytest.raises(FormatError, match=r"trams\.xml: the text is missing"):
        read_graphs(tmp_path / "trams.xml")
