import re
from pathlib import Path

import cassis
import pytest

from argmine.errors import FormatError
from argmine.formats.cas import COMPONENT, RELATION, TYPE_SYSTEM, read_graphs, type_system, write_graphs
from tests.graphs import TEXT, mined_graph, tram_graph


def written(folder: Path) -> Path:
    path = folder / "piece.xmi"
    write_graphs([mined_graph()], path)
    return path


def test_cassis_opens_file_and_type_system(tmp_path: Path) -> None:
    path = written(tmp_path)
    system = cassis.load_typesystem((tmp_path / TYPE_SYSTEM).read_text("utf-8"))
    cas = cassis.load_cas_from_xmi(path.read_text("utf-8"), typesystem=system)
    assert cas.sofa_string == mined_graph().text
    assert [a.get_covered_text() for a in cas.select(COMPONENT)] == [c.text for c in mined_graph().components]
    (relation,) = cas.select(RELATION)
    assert (relation.source.name, relation.target.name, relation.kind) == ("c2", "c1", "support")


def test_offsets_are_utf16_code_units(tmp_path: Path) -> None:
    begins = re.findall(r'<argmine:Component [^>]*begin="(\d+)" end="(\d+)"', written(tmp_path).read_text("utf-8"))
    units = [
        (str(len(text[: c.start].encode("utf-16-le")) // 2), str(len(text[: c.end].encode("utf-16-le")) // 2))
        for text in [mined_graph().text]
        for c in mined_graph().components
    ]
    assert begins == units
    assert units != [(str(c.start), str(c.end)) for c in mined_graph().components]


def test_what_another_software_annotates_is_read(tmp_path: Path) -> None:
    system = type_system()
    make = system.get_type(COMPONENT)
    link = system.get_type(RELATION)
    cas = cassis.Cas(system)
    cas.sofa_string = TEXT
    claim, reason = make(begin=0, end=14, kind="claim"), make(begin=16, end=30, kind="premise", label="fact")
    cas.add_all([reason, claim, link(begin=16, end=30, kind="attack", source=reason, target=claim)])
    cas.to_xmi(tmp_path / "new.xmi")
    (graph,) = read_graphs(tmp_path / "new.xmi")
    assert graph.id == "new"
    assert [(c.text, c.type, c.label) for c in graph.components] == [
        ("Keep the trams", "claim", None),
        ("They are quiet", "premise", "fact"),
    ]
    assert graph.relations[0].source == graph.components[1].id


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("</xmi:XMI>", "", r":\d+: no XMI that can be read: ParseError"),
        ("<xmi:XMI", "<!DOCTYPE a [<!ENTITY b 'c'>]><xmi:XMI", ": no XMI that can be read: EntitiesForbidden"),
        ('end="37"', 'end="999"', ": no XMI that can be read: UserWarning"),
        ('kind="claim"', 'kind="view"', ": breaks a rule of argument graphs: components.0.type"),
        ('target="2"', "", ": no XMI that can be read: ValueError.'relation r1 has no target'"),
        ('content="{', 'content="', ": no XMI that can be read: JSONDecodeError"),
    ],
)
def test_a_broken_file_tells_what_is_wrong(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = written(tmp_path)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(FormatError, match=rf"piece\.xmi{message}"):
        read_graphs(path)


def test_graphs_of_ascii_are_written_the_same_each_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_graphs([tram_graph()], tmp_path / name / "t.xmi")
    assert (tmp_path / "a" / "t.xmi").read_bytes() == (tmp_path / "b" / "t.xmi").read_bytes()
