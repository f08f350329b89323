from pathlib import Path

import pytest

from argmine.errors import FormatError
from argmine.formats.arggraph import Arggraph, EdgeType, Link, UnitRole, read_arggraph

GRAPH = """<?xml version='1.0' encoding='UTF-8'?>
<arggraph id="trams" topic_id="city_trams" stance="pro">
  <edu id="e1"><![CDATA[Trams last longer]]></edu>
  <edu id="e2"><![CDATA[and they are quiet.]]></edu>
  <edu id="e3"><![CDATA[Rails are dear,]]></edu>
  <edu id="e4"><![CDATA[and wires are too.]]></edu>
  <edu id="e5"><![CDATA[Both are paid for once & for all.]]></edu>
  <edu id="e6" implicit="true"><![CDATA[Keep the trams.]]></edu>
  <joint id="j1"/>
  <adu id="n1" type="pro"/>
  <adu id="n2" type="pro"/>
  <adu id="n3" type="opp"/>
  <adu id="n5" type="pro"/>
  <adu id="n6" type="pro"/>
  <edge id="s1" src="e1" trg="n1" type="seg"/>
  <edge id="s2" src="e2" trg="n2" type="seg"/>
  <edge id="s3" src="e3" trg="j1" type="seg"/>
  <edge id="s4" src="e4" trg="j1" type="seg"/>
  <edge id="s5" src="j1" trg="n3" type="seg"/>
  <edge id="s6" src="e5" trg="n5" type="seg"/>
  <edge id="s7" src="e6" trg="n6" type="seg"/>
  <edge id="c1" src="n1" trg="n6" type="sup"/>
  <edge id="c2" src="n2" trg="c1" type="add"/>
  <edge id="c3" src="n3" trg="n6" type="reb"/>
  <edge id="c4" src="n5" trg="c3" type="und"/>
</arggraph>
"""


def graph_from(folder: Path, xml: str = GRAPH) -> Arggraph:
    path = folder / "trams.xml"
    path.write_text(xml, encoding="utf-8")
    return read_arggraph(path)


def test_head_says_id_topic_and_stance(tmp_path: Path) -> None:
    graph = graph_from(tmp_path)
    assert (graph.id, graph.topic, graph.stance) == ("trams", "city_trams", "pro")


def test_topic_and_stance_may_be_absent(tmp_path: Path) -> None:
    graph = graph_from(tmp_path, GRAPH.replace(' topic_id="city_trams" stance="pro"', ""))
    assert (graph.topic, graph.stance) == (None, None)


def test_segments_keep_order_words_and_implicitness(tmp_path: Path) -> None:
    segments = graph_from(tmp_path).segments
    assert [s.id for s in segments] == ["e1", "e2", "e3", "e4", "e5", "e6"]
    assert segments[4].text == "Both are paid for once & for all."
    assert [s.id for s in segments if s.implicit] == ["e6"]


def test_units_have_role_and_segments_through_joints(tmp_path: Path) -> None:
    units = {u.id: u for u in graph_from(tmp_path).units}
    assert units["n3"].segments == ("e3", "e4")
    assert units["n3"].role is UnitRole.OPPONENT
    assert units["n1"].segments == ("e1",)


def test_edges_are_arguments_as_written(tmp_path: Path) -> None:
    edges = graph_from(tmp_path).edges
    assert [(e.id, e.source, e.target, e.type.value) for e in edges] == [
        ("c1", "n1", "n6", "sup"),
        ("c2", "n2", "c1", "add"),
        ("c3", "n3", "n6", "reb"),
        ("c4", "n5", "c3", "und"),
    ]


def test_links_join_units_only(tmp_path: Path) -> None:
    assert graph_from(tmp_path).links() == (
        Link("c1", "n1", "n6", EdgeType.SUPPORT, "c1"),
        Link("c2", "n2", "n6", EdgeType.SUPPORT, "c1"),
        Link("c3", "n3", "n6", EdgeType.REBUT, None),
        Link("c4", "n5", "n3", EdgeType.UNDERCUT, None),
    )


def test_premise_added_to_undercut_undercuts(tmp_path: Path) -> None:
    links = graph_from(tmp_path, GRAPH.replace('src="n2" trg="c1"', 'src="n2" trg="c4"')).links()
    assert links[1] == Link("c2", "n2", "n3", EdgeType.UNDERCUT, "c4")


def test_joined_tells_the_premise_that_is_joined(tmp_path: Path) -> None:
    assert graph_from(tmp_path).joined() == {"n2": "n1"}


def test_central_bears_on_nothing(tmp_path: Path) -> None:
    assert [u.id for u in graph_from(tmp_path).central()] == ["n6"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('type="opp"', 'type="jury"', "adu n3: unknown type 'jury'"),
        ('trg="n6" type="sup"', 'trg="n6" type="hint"', "edge c1: unknown type 'hint'"),
        ('<joint id="j1"/>', '<span id="j1"/>', "unknown element span"),
        ('src="n1" trg="n6"', 'src="n1" trg="n9"', "edge c1: trg n9 is no element"),
        ('trg="n6" type="sup"', 'trg="c3" type="sup"', "edge c1: sup may not join n1 to c3"),
        ('trg="c3" type="und"', 'trg="n3" type="und"', "edge c4: und may not join n5 to n3"),
        ('<adu id="n2"', '<adu id="n1"', "two elements have the id n1"),
        ("Trams last longer", " ", "edu e1 is empty"),
        ('src="e5" trg="n5"', 'src="e5" trg="n6"', "adu n5 has no segment"),
        ('<joint id="j1"/>', "<joint/>", "joint  has no id"),
        ("</arggraph>", "", r"\.xml:\d+: no XML that can be read"),
    ],
)
def test_broken_file_is_an_error_with_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GRAPH
    with pytest.raises(FormatError, match=message) as caught:
        graph_from(tmp_path, GRAPH.replace(old, new, 1))
    assert caught.value.path == str(tmp_path / "trams.xml")


def test_edges_added_to_each_other_are_an_error(tmp_path: Path) -> None:
    broken = GRAPH.replace('trg="n6" type="sup"', 'trg="c2" type="add"')
    with pytest.raises(FormatError, match="is added to itself"):
        graph_from(tmp_path, broken).links()


def test_entity_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha">]><arggraph id="x"><edu id="e1">&a;</edu></arggraph>'
    with pytest.raises(FormatError, match="no XML that can be read"):
        graph_from(tmp_path, bomb)


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        read_arggraph(tmp_path / "none.xml")
