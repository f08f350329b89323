from pathlib import Path

import pytest

from argmine.corpora import aae2
from argmine.corpora.corpus import Corpus
from argmine.errors import CorpusError, FormatError
from argmine.graph import ComponentType, RelationType

TEXT = "Trams\n\nKeep the trams. They are quiet, so people sleep.\r\nThey are slow.\nTrams should stay.\n"
ANN = (
    "T1\tMajorClaim 72 89\tTrams should stay\n"
    "T2\tMajorClaim 7 21\tKeep the trams\n"
    "T3\tClaim 23 37\tThey are quiet\n"
    "A1\tStance T3 For\n"
    "T4\tPremise 42 54\tpeople sleep\n"
    "R1\tsupports Arg1:T4 Arg2:T3\n"
    "T5\tClaim 57 70\tThey are slow\n"
    "A2\tStance T5 Against\n"
)


def folder_of(tmp_path: Path, ann: str = ANN) -> Path:
    (tmp_path / "brat-project-final").mkdir()
    (tmp_path / "train-test-split.csv").write_bytes(b'"ID";"SET"\r"essay001";"TRAIN"\r"essay012";"TRAIN"\r')
    for name in ("essay001", "essay012"):
        (tmp_path / "brat-project-final" / f"{name}.ann").write_bytes(ann.encode())
        (tmp_path / "brat-project-final" / f"{name}.txt").write_bytes(TEXT.encode())
    return tmp_path


def test_read_gives_components_with_their_text_and_label(tmp_path: Path) -> None:
    graph = aae2.read(folder_of(tmp_path)).graph("essay001")
    assert graph.text == TEXT
    assert [(c.id, c.type, c.label, c.text) for c in graph.components] == [
        ("T2", ComponentType.MAJOR_CLAIM, "MajorClaim", "Keep the trams"),
        ("T3", ComponentType.CLAIM, "Claim", "They are quiet"),
        ("T4", ComponentType.PREMISE, "Premise", "people sleep"),
        ("T5", ComponentType.CLAIM, "Claim", "They are slow"),
        ("T1", ComponentType.MAJOR_CLAIM, "MajorClaim", "Trams should stay"),
    ]


def test_read_ties_claims_to_the_last_major_claim_of_the_text(tmp_path: Path) -> None:
    graph = aae2.read(folder_of(tmp_path)).graph("essay001")
    assert [(r.source, r.target, r.type, r.label) for r in graph.relations] == [
        ("T4", "T3", RelationType.SUPPORT, "supports"),
        ("T3", "T1", RelationType.SUPPORT, "For"),
        ("T5", "T1", RelationType.ATTACK, "Against"),
    ]
    assert len(graph.trees) == 1


def test_read_makes_claims_roots_where_there_is_no_major_claim(tmp_path: Path) -> None:
    ann = "T3\tClaim 23 37\tThey are quiet\nA1\tStance T3 For\n"
    graph = aae2.read(folder_of(tmp_path, ann)).graph("essay001")
    assert graph.roots == ("T3",)
    assert graph.meta == {"stances": {"T3": "For"}}


def test_read_parts_the_development_essays_from_train(tmp_path: Path) -> None:
    splits = aae2.read(folder_of(tmp_path)).splits
    assert splits["train"] == ("essay001", "essay012")
    assert splits["dev"] == ("essay012",)
    assert splits["train-less-dev"] == ("essay001",)


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ("T9\tLead 0 5\tTrams\n", r"essay001\.ann:9: unknown component label 'Lead' in aae2; known are MajorClaim"),
        ("R2\tproves Arg1:T4 Arg2:T1\n", r"essay001\.ann:9: unknown relation label 'proves'"),
        ("R2\tsupports Arg1:T3 Arg2:T1\n", "T3 has two targets, or a stance and a target"),
        ("A3\tStance T4 For\n", r"essay001\.ann:9: A3: only a claim may have an attribute"),
        ("A3\tStance T3 Against\n", r"essay001\.ann:9: A3: T3 has a stance already"),
    ],
)
def test_read_refuses_what_the_corpus_never_holds(tmp_path: Path, extra: str, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        aae2.read(folder_of(tmp_path, ANN + extra))


def test_read_refuses_an_unknown_stance_by_its_file(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"essay001\.ann: unknown relation label 'Perhaps' in aae2"):
        aae2.read(folder_of(tmp_path, ANN.replace("T3 For", "T3 Perhaps")))


def test_read_says_when_the_folder_is_another(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"train-test-split\.csv: cannot be read"):
        aae2.read(tmp_path)


def test_read_refuses_a_split_that_is_neither(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "train-test-split.csv").write_bytes(b'"ID";"SET"\r"essay001";"DEV"\r')
    with pytest.raises(CorpusError, match=r"train-test-split\.csv:2: an id and TRAIN or TEST"):
        aae2.read(folder)


@pytest.fixture(scope="module")
def corpus(corpora: Path) -> Corpus:
    return aae2.read(corpora / "aae2")


@pytest.mark.corpus
def test_counts_are_the_published_ones(corpus: Corpus) -> None:
    counts = corpus.counts()
    assert counts.documents == 402
    assert counts.component_labels == {"MajorClaim": 751, "Claim": 1_506, "Premise": 3_832}
    assert counts.relation_labels == {"supports": 3_613, "attacks": 219, "For": 1_228, "Against": 278}
    assert {name: len(ids) for name, ids in corpus.splits.items()} == {
        "train": 322,
        "test": 80,
        "dev": 36,
        "train-less-dev": 286,
    }
    assert not corpus.repairs


@pytest.mark.corpus
def test_every_essay_is_one_tree(corpus: Corpus) -> None:
    assert {len(graph.trees) for graph in corpus.graphs} == {1}
