from pathlib import Path

import pytest

from argmine.corpora import abstrct
from argmine.corpora.corpus import Corpus, RepairRule
from argmine.errors import CorpusError

TEXT = " Tea was tried. Headaches fell by half. Two cups did less. Tea may help."
ANN = (
    "T1\tMajorClaim 59 72\tTea may help.\n"
    "T2\tPremise 16 39\tHeadaches fell by half.\n"
    "T3\tPremise 40 58\tTwo cups did less.\n"
    "R1\tSupport Arg1:T2 Arg2:T1\t\n"
    "R2\tPartial-Attack Arg1:T3 Arg2:T2\n"
    "R3\tSupport Arg1:T2 Arg2:T1\n"
)
PARTS = ("train/neoplasm_train", "dev/neoplasm_dev", "test/neoplasm_test", "test/glaucoma_test", "test/mixed_test")


def folder_of(tmp_path: Path, ann: str = ANN) -> Path:
    for part in PARTS:
        place = tmp_path / "data" / part
        place.mkdir(parents=True)
        (place / "123.ann").write_text(ann)
        (place / "123.txt").write_text(TEXT)
    return tmp_path


def test_read_gives_components_and_relations(tmp_path: Path) -> None:
    graph = abstrct.read(folder_of(tmp_path)).graph("mixed-test-123")
    assert [(c.id, c.label, c.text) for c in graph.components] == [
        ("T2", "Premise", "Headaches fell by half."),
        ("T3", "Premise", "Two cups did less."),
        ("T1", "MajorClaim", "Tea may help."),
    ]
    assert [(r.source, r.target, r.type, r.label) for r in graph.relations] == [
        ("T2", "T1", "support", "Support"),
        ("T3", "T2", "attack", "Partial-Attack"),
    ]
    assert graph.meta == {"pubmed": "123"}


def test_read_names_a_document_by_split_and_pubmed_id(tmp_path: Path) -> None:
    splits = abstrct.read(folder_of(tmp_path)).splits
    names = ["neoplasm-train", "neoplasm-dev", "neoplasm-test", "glaucoma-test", "mixed-test"]
    assert splits == {name: (f"{name}-123",) for name in names}


def test_read_keeps_a_repeated_relation_once(tmp_path: Path) -> None:
    repair = abstrct.read(folder_of(tmp_path)).repairs[0]
    assert (repair.rule, repair.document) == (RepairRule.REPEATED_RELATION, "neoplasm-train-123")
    assert repair.detail == "R3: Support from T2 to T1"


def test_read_refuses_an_unknown_label(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"123\.ann:2: unknown component label 'Evidence' in abstrct"):
        abstrct.read(folder_of(tmp_path, ANN.replace("T2\tPremise", "T2\tEvidence")))


def test_read_says_when_a_part_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"neoplasm_train: no \.ann file is here"):
        abstrct.read(tmp_path)


@pytest.fixture(scope="module")
def corpus(corpora: Path) -> Corpus:
    return abstrct.read(corpora / "abstrct")


@pytest.mark.corpus
def test_counts_are_the_published_ones(corpus: Corpus) -> None:
    counts = corpus.counts()
    assert {name: len(ids) for name, ids in corpus.splits.items()} == {
        "neoplasm-train": 350,
        "neoplasm-dev": 50,
        "neoplasm-test": 100,
        "glaucoma-test": 100,
        "mixed-test": 100,
    }
    assert counts.component_labels == {"MajorClaim": 130, "Claim": 1_358, "Premise": 2_985}
    assert counts.all_components == 4_473
    assert counts.all_relations + len(corpus.repairs) == 2_757
    assert corpus.repair_counts() == {RepairRule.REPEATED_RELATION: 1}


@pytest.mark.corpus
def test_the_mixed_part_repeats_31_abstracts(corpus: Corpus) -> None:
    pubmed = {name: {g.meta["pubmed"] for g in corpus.split(name)} for name in corpus.splits}
    assert len(pubmed["mixed-test"] & pubmed["neoplasm-test"]) == 20
    assert len(pubmed["mixed-test"] & pubmed["glaucoma-test"]) == 11
