"""Every format's word for what it keeps: what is read equals what was written, but for what it says it loses."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argmine.errors import FormatError
from argmine.exchange import FORMATS, Format, convert, format_named, format_of, read_graphs, write_graphs
from argmine.formats.losses import Loss, without
from argmine.graph import ArgumentGraph
from tests.graphs import chain_graph, mined_graph, tram_graph
from tests.made_up_graphs import ANY, XML, graphs

FEW = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
BOTH_WAYS = [form for form in FORMATS if form.read and form.write]
NAMES = [form.name for form in BOTH_WAYS]
OF_XML = ("cas", "graphml")


def through(form: Format, graph: ArgumentGraph, folder: Path) -> ArgumentGraph:
    """The graph that is read from the file that it was written to."""
    path = folder / f"piece{form.endings[0]}"
    write_graphs([graph], path, form)
    (found,) = read_graphs(path, form)
    return found


def full_graph() -> ArgumentGraph:
    """A graph from which each loss takes something."""
    graph = mined_graph()
    claim, premise = (c.model_copy(update={"label": "own"}) for c in graph.components)
    link = graph.relations[0].model_copy(update={"label": "own", "id": "first"})
    back = link.model_copy(update={"id": "second", "source": link.target, "target": link.source})
    return graph.model_copy(update={"components": (claim, premise), "relations": (link, back)})


@pytest.mark.parametrize("loss", Loss)
def test_each_loss_takes_something_and_takes_it_once(loss: Loss) -> None:
    graph = full_graph()
    assert without(graph, [loss]) != graph
    assert without(without(graph, [loss]), [loss]) == without(graph, [loss])


@pytest.mark.parametrize("form", BOTH_WAYS, ids=NAMES)
@FEW
@given(data=st.data())
def test_any_graph_comes_back_but_for_the_losses(
    form: Format, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    graph = data.draw(graphs(alphabet=XML if form.name in OF_XML else ANY))
    found = through(form, graph, tmp_path_factory.mktemp("way"))
    assert without(found, form.loses) == without(graph, form.loses)


@pytest.mark.parametrize("form", BOTH_WAYS, ids=NAMES)
@pytest.mark.parametrize("made", [tram_graph, mined_graph, full_graph, lambda: chain_graph(40)])
def test_known_graphs_come_back_but_for_the_losses(form: Format, made: object, tmp_path: Path) -> None:
    assert callable(made)
    found = through(form, made(), tmp_path)
    assert without(found, form.loses) == without(made(), form.loses)


@pytest.mark.parametrize(("form", "loss"), [(f, loss) for f in BOTH_WAYS for loss in sorted(f.loses)])
def test_nothing_is_called_lost_that_is_kept(form: Format, loss: Loss, tmp_path: Path) -> None:
    found = through(form, full_graph(), tmp_path)
    others = form.loses - {loss}
    assert without(found, others) != without(full_graph(), others)


@pytest.mark.parametrize("form", [f for f in BOTH_WAYS if f.many])
@FEW
@given(made=st.lists(graphs(), max_size=3))
def test_many_graphs_come_back_in_their_order(
    form: Format, made: list[ArgumentGraph], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("many") / f"all{form.endings[0]}"
    write_graphs(made, path, form)
    assert [without(g, form.loses) for g in read_graphs(path, form)] == [without(g, form.loses) for g in made]


@pytest.mark.parametrize("form", [f for f in FORMATS if f.write and not f.many])
def test_a_file_of_one_graph_takes_no_two(form: Format, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="holds one graph a file, and there are 2: name a folder instead"):
        write_graphs([tram_graph(), mined_graph()], tmp_path / "all", form)


@pytest.mark.parametrize("form", BOTH_WAYS, ids=NAMES)
def test_a_folder_takes_a_file_a_graph(form: Format, tmp_path: Path) -> None:
    write_graphs([tram_graph(), mined_graph()], tmp_path, form)
    assert {f"{name}{form.endings[0]}" for name in ("trams", "lanes")} <= {file.name for file in tmp_path.iterdir()}
    found = read_graphs(tmp_path, form)
    expected = [without(g, form.loses) for g in (mined_graph(), tram_graph())]
    assert [without(g, form.loses) for g in found] == expected


@pytest.mark.parametrize("form", [f for f in FORMATS if f.read], ids=[f.name for f in FORMATS if f.read])
@pytest.mark.parametrize("content", [b"\xff\xfe", b"{", b"[1]", b"<a>", b"null", b'{"nodes": 3}', b"T1"])
def test_a_broken_file_is_an_error_that_names_it(form: Format, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"broken{form.endings[0]}"
    path.write_bytes(content)
    with pytest.raises(FormatError, match="broken"):
        read_graphs(path, form)


@pytest.mark.parametrize("form", [f for f in FORMATS if f.read], ids=[f.name for f in FORMATS if f.read])
def test_an_empty_file_holds_no_graph(form: Format, tmp_path: Path) -> None:
    path = tmp_path / f"empty{form.endings[0]}"
    path.touch()
    if form.many and not form.keys:
        assert read_graphs(path, form) == []
        return
    with pytest.raises(FormatError, match="empty"):
        read_graphs(path, form)


@pytest.mark.parametrize("form", [f for f in FORMATS if f.read], ids=[f.name for f in FORMATS if f.read])
def test_a_missing_file_is_an_error_that_names_it(form: Format, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"none.*: cannot be read: No such file"):
        read_graphs(tmp_path / f"none{form.endings[0]}", form)


@pytest.mark.parametrize("form", BOTH_WAYS, ids=NAMES)
def test_a_file_tells_its_format_by_its_ending(form: Format, tmp_path: Path) -> None:
    path = tmp_path / f"piece{form.endings[0]}"
    write_graphs([tram_graph()], path)
    assert [format_of(path), format_of(tmp_path / f"new{form.endings[0]}", written=True)] == [form, form]


@pytest.mark.parametrize("form", [f for f in BOTH_WAYS if f.keys], ids=[f.name for f in BOTH_WAYS if f.keys])
def test_json_tells_its_format_by_its_keys(form: Format, tmp_path: Path) -> None:
    path = tmp_path / "piece.json"
    write_graphs([tram_graph()], path, form)
    assert format_of(path) is form


@pytest.mark.parametrize("name", OF_XML)
def test_a_character_that_xml_lacks_is_refused(name: str, tmp_path: Path) -> None:
    graph = ArgumentGraph(id="d", text="a\0b")
    with pytest.raises(FormatError, match=r"piece: XML cannot hold U\+0000, which the graph does"):
        write_graphs([graph], tmp_path / "piece", format_named(name))


def test_a_format_that_is_only_written_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"a\.dot: dot is only written, not read"):
        read_graphs(tmp_path / "a.dot")


def test_a_format_that_cannot_be_told_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    for path, message in [("a.json", "JSON of no known format"), ("a.doc", "cannot be told by the file's ending")]:
        with pytest.raises(FormatError, match=message):
            format_of(tmp_path / path)
    with pytest.raises(FormatError, match="is a folder: name the format"):
        read_graphs(tmp_path)
    with pytest.raises(FormatError, match=r"holds no file that ends with \.ann"):
        read_graphs(tmp_path, format_named("brat"))
    with pytest.raises(ValueError, match="unknown format 'word'; known are json, jsonl, brat"):
        format_named("word")


def test_files_in_a_folder_have_names_that_files_may_have(tmp_path: Path) -> None:
    write_graphs([tram_graph().model_copy(update={"id": "../a/b\n."})], tmp_path, format_named("json"))
    assert [file.name for file in tmp_path.iterdir()] == ["_a_b.json"]


def test_two_graphs_of_one_name_are_not_written_over_each_other(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="two graphs would be written as trams"):
        write_graphs([tram_graph(), tram_graph()], tmp_path, format_named("json"))
    assert list(tmp_path.iterdir()) == []


def test_a_format_tells_what_this_graph_loses() -> None:
    assert format_named("brat").lost(tram_graph()) == [Loss.DOCUMENT_ID]
    assert format_named("json").lost(full_graph()) == []


def test_convert_writes_what_it_reads_and_tells_what_is_lost(tmp_path: Path) -> None:
    write_graphs([full_graph(), tram_graph()], tmp_path / "all.jsonl")
    (tmp_path / "brat").mkdir()
    told = convert(tmp_path / "all.jsonl", tmp_path / "brat", write_as=format_named("brat"))
    assert told == [
        "brat keeps no document id (graphs: 2)",
        "brat keeps no ids of components and relations (graphs: 1)",
        "brat keeps no labels (graphs: 1)",
        "brat keeps no probabilities (graphs: 1)",
        "brat keeps no alternatives (graphs: 1)",
        "brat keeps no read, warnings, model (graphs: 1)",
        "brat keeps no meta (graphs: 1)",
    ]
    assert convert(tmp_path / "brat", tmp_path / "back.jsonl", read_as=format_named("brat")) == []
    assert [g.text for g in read_graphs(tmp_path / "back.jsonl")] == [full_graph().text, tram_graph().text]


def test_convert_does_not_look_at_what_it_writes_over(tmp_path: Path) -> None:
    write_graphs([tram_graph()], tmp_path / "a.jsonl")
    (tmp_path / "b.json").write_text("{}")
    convert(tmp_path / "a.jsonl", tmp_path / "b.json")
    assert read_graphs(tmp_path / "b.json") == [tram_graph()]
