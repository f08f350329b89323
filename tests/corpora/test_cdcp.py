import json
from pathlib import Path
from typing import Any

import pytest

from argmine.corpora import Corpus, RepairRule, read_corpus
from argmine.errors import CorpusError
from argmine.graph import ComponentType, RelationType

TEXT = "Calls at night must stop. I was woken twice. My son was too. See the survey."
ANNOTATION: dict[str, Any] = {
    "evidences": [[[3, 3], 1]],
    "prop_labels": ["policy", "testimony", "testimony", "reference"],
    "prop_offsets": [[0, 25], [25, 44], [44, 60], [60, 76]],
    "reasons": [[[1, 2], 0]],
    "url": {"3": "https://example.org/survey"},
}


def corpus_of(folder: Path, **changes: Any) -> Corpus:
    for split, name in (("train", "00001"), ("test", "00002")):
        (folder / split).mkdir()
        (folder / split / f"{name}.txt").write_text(TEXT, encoding="utf-8")
        annotation = json.dumps(ANNOTATION | changes)
        (folder / split / f"{name}.ann.json").write_text(annotation, encoding="utf-8")
    return read_corpus("cdcp", folder)


def test_components_are_propositions_without_outer_space(tmp_path: Path) -> None:
    graph = corpus_of(tmp_path).graph("00001")
    assert [(c.id, c.type, c.label, c.text) for c in graph.components] == [
        ("c0", ComponentType.CLAIM, "policy", "Calls at night must stop."),
        ("c1", ComponentType.PREMISE, "testimony", "I was woken twice."),
        ("c2", ComponentType.PREMISE, "testimony", "My son was too."),
        ("c3", ComponentType.PREMISE, "reference", "See the survey."),
    ]


def test_range_of_sources_becomes_a_relation_each(tmp_path: Path) -> None:
    graph = corpus_of(tmp_path).graph("00001")
    assert [(r.id, r.source, r.target, r.type, r.label) for r in graph.relations] == [
        ("r1", "c1", "c0", RelationType.SUPPORT, "reason"),
        ("r2", "c2", "c0", RelationType.SUPPORT, "reason"),
        ("r3", "c3", "c1", RelationType.SUPPORT, "evidence"),
    ]
    assert graph.meta == {
        "groups": {"r1": "reason0", "r2": "reason0"},
        "urls": {"c3": "https://example.org/survey"},
    }


def test_splits_are_the_folders(tmp_path: Path) -> None:
    assert corpus_of(tmp_path).splits == {"train": ("00001",), "test": ("00002",)}


def test_trimmed_and_repeated_are_counted(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, reasons=[[[1, 2], 0], [[1, 1], 0]])
    assert corpus.repair_counts() == {RepairRule.OUTER_SPACE: 6, RepairRule.REPEATED_RELATION: 2}
    assert [r.id for r in corpus.graph("00001").relations] == ["r1", "r2", "r3"]


def test_relation_of_a_proposition_to_itself_is_left_out_and_counted(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, reasons=[[[0, 2], 1]], evidences=[])
    assert [(r.id, r.source, r.target) for r in corpus.graph("00001").relations] == [
        ("r1", "c0", "c1"),
        ("r2", "c2", "c1"),
    ]
    assert corpus.graph("00001").meta["groups"] == {"r1": "reason0", "r2": "reason0"}
    assert corpus.repair_counts()[RepairRule.SELF_RELATION] == 2
    assert "reason from c1 to c1" in {repair.detail for repair in corpus.repairs}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"prop_labels": ["policy", "testimony", "testimony", "rumour"]}, "unknown component label 'rumour'"),
        ({"prop_labels": ["policy"]}, "found 1 labels, 4 offsets"),
        ({"prop_offsets": [[0, 25], [25, 44], [44, 60], [60, 77]]}, "c3 is said to stand at 60..77"),
        ({"reasons": [[[1, 4], 0]]}, "reason0 names proposition 4, there are 4"),
        ({"reasons": [[[1, 10**12], 0]]}, "reason0 names proposition 1000000000000, there are 4"),
        ({"evidences": [[[2, 1], 0]]}, "evidence0 has the sources 2 to 1, the first must not come after the last"),
        ({"reasons": [[[1, 2]]]}, "reasons.0"),
        ({"rebuttals": []}, "rebuttals"),
    ],
)
def test_damage_is_an_error_with_its_file(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(CorpusError, match=message) as caught:
        corpus_of(tmp_path, **changes)
    assert caught.value.path == str(tmp_path / "train" / "00001.ann.json")


def test_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no \.ann\.json files"):
        read_corpus("cdcp", tmp_path)


@pytest.mark.corpus
def test_counts(corpora: Path) -> None:
    corpus = read_corpus("cdcp", corpora / "cdcp")
    counts = corpus.counts()
    assert {name: len(ids) for name, ids in corpus.splits.items()} == {"train": 581, "test": 150}
    assert counts.component_labels == {
        "value": 2182,
        "testimony": 1117,
        "policy": 815,
        "fact": 786,
        "reference": 32,
    }
    # 1,353 reasons are annotated, three of them twice
    assert counts.relation_labels == {"reason": 1350, "evidence": 73}
    assert corpus.repair_counts() == {RepairRule.OUTER_SPACE: 3980, RepairRule.REPEATED_RELATION: 3}
