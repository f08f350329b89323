from pathlib import Path

import pytest

from argmine.corpora import cmv_modes
from argmine.corpora.corpus import Corpus, RepairRule
from argmine.errors import CorpusError

TEXT = "Keep trams. No. They hum. No. Buses stink. I see."
ANN = (
    "T1\tmain_claim 0 11\tKeep trams.\n"
    "A1\tType1 T1 interpretation\n"
    "T2\tpremise 18 27\tThey hum.\n"
    "A2\tType3 T2 logos\n"
    "T3\tclaim 28 31\tNo.\n"
    "A3\tType2 T3 disagreement\n"
    "T4\tclaim 45 51\tI see.\n"
    "A4\tType2 T4 agreement\n"
    "R1\tsupport Arg1:T2 Arg2:T1\n"
    "R2\trebuttal_attack Arg1:T3 Arg2:T2\n"
    "R3\tunderstand Arg1:T4 Arg2:T3\n"
    "R4\tsupport Arg1:T4 Arg2:T4\n"
    "R5\tagreement Arg1:T2 Arg2:T1\n"
)


def folder_of(tmp_path: Path, ann: str = ANN) -> Path:
    for side, name in (("negative", "10"), ("negative", "9"), ("positive", "9")):
        place = tmp_path / "v2.0" / side
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{name}.ann").write_text(ann)
        (place / f"{name}.txt").write_text(TEXT)
    return tmp_path


def test_read_names_threads_by_side_and_number(tmp_path: Path) -> None:
    assert [g.id for g in cmv_modes.read(folder_of(tmp_path)).graphs] == ["negative-9", "negative-10", "positive-9"]


def test_read_finds_shifted_quotes_near_by(tmp_path: Path) -> None:
    """The third quote stands twice: the place that the shift of the one before leads to is taken."""
    graph = cmv_modes.read(folder_of(tmp_path)).graph("positive-9")
    assert [(c.id, c.start, c.text) for c in graph.components] == [
        ("T1", 0, "Keep trams."),
        ("T2", 16, "They hum."),
        ("T3", 26, "No."),
        ("T4", 43, "I see."),
    ]


def test_read_counts_what_it_repaired(tmp_path: Path) -> None:
    corpus = cmv_modes.read(folder_of(tmp_path))
    assert [(r.rule, r.detail) for r in corpus.repairs if r.document == "negative-9"] == [
        (RepairRule.SHIFTED_OFFSETS, "T2: 18..27 is 16..25"),
        (RepairRule.SHIFTED_OFFSETS, "T3: 28..31 is 26..29"),
        (RepairRule.SHIFTED_OFFSETS, "T4: 45..51 is 43..49"),
        (RepairRule.SELF_RELATION, "R4: support from T4 to T4"),
        (RepairRule.REPEATED_RELATION, "R5: agreement from T2 to T1"),
    ]


def test_read_keeps_what_neither_supports_nor_attacks_in_meta(tmp_path: Path) -> None:
    graph = cmv_modes.read(folder_of(tmp_path)).graphs[0]
    assert [(r.id, r.type, r.label) for r in graph.relations] == [
        ("R1", "support", "support"),
        ("R2", "attack", "rebuttal_attack"),
    ]
    assert graph.meta["other_relations"] == [{"id": "R3", "source": "T4", "target": "T3", "label": "understand"}]
    types = {"T1": "interpretation", "T2": "logos", "T3": "disagreement", "T4": "agreement"}
    assert graph.meta["semantic_types"] == types


def test_read_leaves_outer_space_of_a_quote_outside(tmp_path: Path) -> None:
    graph = cmv_modes.read(folder_of(tmp_path, "T1\tmain_claim 0 12\t Keep trams.\n")).graphs[0]
    assert (graph.components[0].start, graph.components[0].end) == (0, 11)


def test_read_refuses_a_quote_that_stands_nowhere_near(tmp_path: Path) -> None:
    ann = ANN.replace("18 27\tThey hum.", "18 27\tThey sum.")
    with pytest.raises(CorpusError, match=r"9\.ann:3: T2: 'They sum\.' stands nowhere near 18"):
        cmv_modes.read(folder_of(tmp_path, ann))


def test_read_refuses_an_empty_quote_beyond_the_text(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"negative/9\.ann: .*component T1 spans 4 characters, its text has 0"):
        cmv_modes.read(folder_of(tmp_path, "T1\tclaim 100 104\t\n"))


def test_read_refuses_a_thread_whose_name_is_no_number(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "v2.0" / "positive" / "9b.ann").write_text(ANN)
    with pytest.raises(CorpusError, match=r"positive/9b\.ann: a thread's name must be a number"):
        cmv_modes.read(folder)


def test_read_says_when_no_thread_is_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"v2\.0: no \.ann file"):
        cmv_modes.read(tmp_path)


@pytest.fixture(scope="module")
def corpus(corpora: Path) -> Corpus:
    return cmv_modes.read(corpora / "cmv-modes")


@pytest.mark.corpus
def test_counts_are_those_of_the_data(corpus: Corpus) -> None:
    counts = corpus.counts()
    assert counts.documents == 81
    assert counts.component_labels == {"main_claim": 84, "claim": 991, "premise": 1_415}
    others = [g.meta["other_relations"] for g in corpus.graphs if "other_relations" in g.meta]
    assert [len(found) for found in others if isinstance(found, list)] == [1]
    repairs = corpus.repair_counts()
    assert counts.all_relations + 1 + repairs[RepairRule.SELF_RELATION] == 2_191
    assert repairs == {RepairRule.SHIFTED_OFFSETS: 321, RepairRule.SELF_RELATION: 2}


@pytest.mark.corpus
def test_no_two_components_overlap(corpus: Corpus) -> None:
    for graph in corpus.graphs:
        pairs = zip(graph.components, graph.components[1:], strict=False)
        assert all(before.end <= after.start for before, after in pairs), graph.id
