from collections import Counter
from pathlib import Path

import pytest

from argmine.corpora import Corpus, RepairRule, read_corpus
from argmine.errors import CorpusError, FormatError
from argmine.graph import RelationType

TEXT = "Trams last, and they are quiet. Rails are dear, but paid once. KEEP THE TRAMS."
GRAPH = """<arggraph id="trams" stance="pro">
  <edu id="e1">Trams last,</edu>
  <edu id="e2">and they are quiet.</edu>
  <edu id="e3">Rails are dear,</edu>
  <edu id="e4">but paid once.</edu>
  <edu id="e5" implicit="true">Keep the trams.</edu>
  <adu id="n1" type="pro"/>
  <adu id="n2" type="pro"/>
  <adu id="n3" type="opp"/>
  <adu id="n4" type="pro"/>
  <adu id="n5" type="pro"/>
  <edge id="s1" src="e1" trg="n1" type="seg"/>
  <edge id="s2" src="e2" trg="n2" type="seg"/>
  <edge id="s3" src="e3" trg="n3" type="seg"/>
  <edge id="s4" src="e4" trg="n4" type="seg"/>
  <edge id="s5" src="e5" trg="n5" type="seg"/>
  <edge id="c1" src="n1" trg="n5" type="sup"/>
  <edge id="c2" src="n2" trg="c1" type="add"/>
  <edge id="c3" src="n3" trg="n5" type="reb"/>
  <edge id="c4" src="n4" trg="c3" type="und"/>
</arggraph>
"""
RESTATED_TEXT = "Keep the trams. Really. They last. Do keep them."
RESTATED = """<arggraph id="again">
  <edu id="e1">Keep the trams.</edu>
  <edu id="e2">Really.</edu>
  <edu id="e3">They last.</edu>
  <edu id="e4">Do keep them.</edu>
  <adu id="n1" type="pro"/>
  <adu id="n2" type="pro"/>
  <edge id="s1" src="e1" trg="n1" type="seg"/>
  <edge id="s2" src="e2" trg="n1" type="seg"/>
  <edge id="s3" src="e4" trg="n1" type="seg"/>
  <edge id="s4" src="e3" trg="n2" type="seg"/>
  <edge id="c1" src="n2" trg="n1" type="exa"/>
</arggraph>
"""


def corpus_of(folder: Path, name: str, xml: str, text: str) -> Corpus:
    inside = folder / "corpus"
    inside.mkdir()
    (inside / f"{name}.xml").write_text(xml, encoding="utf-8")
    (inside / f"{name}.txt").write_text(text, encoding="utf-8")
    return read_corpus("microtexts-part2", folder)


def test_components_are_units_with_voice_as_label(tmp_path: Path) -> None:
    (graph,) = corpus_of(tmp_path, "trams", GRAPH, TEXT).graphs
    assert [(c.id, c.type, c.label, c.text) for c in graph.components] == [
        ("n1", "premise", "pro", "Trams last,"),
        ("n2", "premise", "pro", "and they are quiet."),
        ("n3", "premise", "opp", "Rails are dear,"),
        ("n4", "premise", "pro", "but paid once."),
        ("n5", "major_claim", "pro", "KEEP THE TRAMS."),
    ]


def test_relations_resolve_undercut_and_linked_premise(tmp_path: Path) -> None:
    (graph,) = corpus_of(tmp_path, "trams", GRAPH, TEXT).graphs
    assert [(r.id, r.source, r.target, r.type, r.label) for r in graph.relations] == [
        ("c1", "n1", "n5", RelationType.SUPPORT, "sup"),
        ("c2", "n2", "n5", RelationType.SUPPORT, "sup"),
        ("c3", "n3", "n5", RelationType.ATTACK, "reb"),
        ("c4", "n4", "n3", RelationType.ATTACK, "und"),
    ]


def test_meta_keeps_the_annotation(tmp_path: Path) -> None:
    meta = corpus_of(tmp_path, "trams", GRAPH, TEXT).graphs[0].meta
    assert meta["groups"] == {"c1": "c1", "c2": "c1"}
    assert meta["joined"] == {"n2": "n1"}
    assert meta["implicit"] == ["n5"]
    assert meta["stance"] == "pro"
    edges = meta["edges"]
    assert isinstance(edges, list)
    assert edges[1] == {"id": "c2", "source": "n2", "target": "c1", "type": "add"}


def test_unit_in_capitals_is_counted(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, "trams", GRAPH, TEXT)
    assert corpus.repair_counts() == {RepairRule.UNIT_IN_CAPITALS: 1}


def test_restated_unit_stands_at_its_first_place(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, "again", RESTATED, RESTATED_TEXT)
    (graph,) = corpus.graphs
    assert graph.component("n1").text == "Keep the trams. Really."
    assert graph.meta["restatements"] == {"n1": [[35, 48]]}
    assert corpus.repair_counts() == {RepairRule.RESTATED_UNIT: 1}


@pytest.mark.parametrize(
    ("xml", "text", "message"),
    [
        (GRAPH, TEXT.replace("Rails", "RAILS"), "e3 does not stand at 32"),
        (GRAPH, TEXT + " And so on.", "the text goes on at 78"),
        (GRAPH.replace('<edge id="c3" src="n3" trg="n5" type="reb"/>', "").replace("c3", "c1"), TEXT, "n3, n5"),
    ],
)
def test_text_and_graph_that_do_not_fit_are_an_error(tmp_path: Path, xml: str, text: str, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        corpus_of(tmp_path, "trams", xml, text)


def test_damage_is_told_with_its_file(tmp_path: Path) -> None:
    """Here edges that are added to each other, which are found after the file is read."""
    circle = GRAPH.replace('trg="n5" type="sup"', 'trg="c2" type="add"')
    with pytest.raises(FormatError, match="is added to itself") as caught:
        corpus_of(tmp_path, "trams", circle, TEXT)
    assert caught.value.path == str(tmp_path / "corpus" / "trams.xml")


def test_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no \.xml files"):
        read_corpus("microtexts-part1", tmp_path)


@pytest.mark.corpus
def test_part1_counts(corpora: Path) -> None:
    corpus = read_corpus("microtexts-part1", corpora / "microtexts-part1")
    counts = corpus.counts()
    assert (counts.documents, counts.all_components, counts.all_relations) == (112, 576, 464)
    assert counts.component_labels == {"pro": 451, "opp": 125}
    assert corpus.repairs == ()
    assert Counter(edge_types(corpus)) == {"sup": 263, "exa": 9, "reb": 108, "und": 63, "add": 21}


@pytest.mark.corpus
def test_part2_counts(corpora: Path) -> None:
    corpus = read_corpus("microtexts-part2", corpora / "microtexts-part2")
    counts = corpus.counts()
    assert (counts.documents, counts.all_components, counts.all_relations) == (171, 932, 761)
    assert corpus.repair_counts() == {RepairRule.UNIT_IN_CAPITALS: 34, RepairRule.RESTATED_UNIT: 26}
    assert Counter(edge_types(corpus)) == {"sup": 467, "exa": 23, "reb": 137, "und": 77, "add": 57}


@pytest.mark.corpus
@pytest.mark.parametrize("part", ["microtexts-part1", "microtexts-part2"])
def test_every_graph_is_one_tree(corpora: Path, part: str) -> None:
    assert {len(graph.trees) for graph in read_corpus(part, corpora / part).graphs} == {1}


def edge_types(corpus: Corpus) -> list[str]:
    found: list[str] = []
    for graph in corpus.graphs:
        edges = graph.meta["edges"]
        assert isinstance(edges, list)
        found += [str(edge["type"]) for edge in edges if isinstance(edge, dict)]
    return found
