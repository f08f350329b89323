from pathlib import Path

import pytest

from argmine.corpora import elecdeb60to20
from argmine.corpora.corpus import Corpus, RepairRule
from argmine.errors import CorpusError

TEXT = "Trams, I say, hum. They are cheap, friends, and clean. "
ANN = (
    "T1\tClaim 0 6;14 18\tTrams, hum.\n"
    "T3\tPremise 44 54;19 34\tand clean. They are cheap,\n"
    "T4\tPremise 18 34\t They are cheap,\n"
)


def folder_of(tmp_path: Path, ann: str = ANN, names: tuple[str, ...] = ("9_1960",)) -> Path:
    place = tmp_path / "data" / "annotations" / "components"
    place.mkdir(parents=True)
    for name in names:
        (place / f"{name}.ann").write_text(ann)
        (place / f"{name}.txt").write_text(TEXT)
    return tmp_path


def test_read_orders_debates_by_number(tmp_path: Path) -> None:
    corpus = elecdeb60to20.read(folder_of(tmp_path, names=("10_1984", "9_1980")))
    assert [g.id for g in corpus.graphs] == ["9_1980", "10_1984"]


def test_read_covers_the_parts_of_a_component_and_keeps_them(tmp_path: Path) -> None:
    graph = elecdeb60to20.read(folder_of(tmp_path)).graphs[0]
    assert graph.text == TEXT
    assert {(c.id, c.type, c.label, c.start, c.end) for c in graph.components} == {
        ("T1", "claim", "Claim", 0, 18),
        ("T3", "premise", "Premise", 19, 54),
        ("T4", "premise", "Premise", 19, 34),
    }
    assert graph.meta == {"parts": {"T1": [[0, 6], [14, 18]], "T3": [[19, 34], [44, 54]]}}


def test_read_takes_parts_with_a_space_between(tmp_path: Path) -> None:
    graph = elecdeb60to20.read(folder_of(tmp_path, "T1\tClaim 0 6; 14 18\tTrams, hum.\n")).graphs[0]
    assert graph.meta == {"parts": {"T1": [[0, 6], [14, 18]]}}


def test_read_counts_what_it_repaired(tmp_path: Path) -> None:
    corpus = elecdeb60to20.read(folder_of(tmp_path))
    assert [(r.rule, r.detail) for r in corpus.repairs] == [
        (RepairRule.PARTS_OUT_OF_ORDER, "T3: 44 54;19 34"),
        (RepairRule.OUTER_SPACE, "T4: 18..34 is 19..34"),
    ]


@pytest.mark.parametrize(
    ("ann", "message"),
    [
        ("T1\tClaim 0 6\tBuses,\n", r"9_1960\.ann:1: T1: 'Buses,' does not stand at 0\.\.6"),
        ("T1\tClaim 0 6;14 18\tTrams, sum.\n", r"9_1960\.ann:1: T1: 'Trams, sum\.' does not stand at 0\.\.18"),
        ("T1\tQuery 0 6\tTrams,\n", r"9_1960\.ann:1: unknown component label 'Query' in elecdeb60to20"),
    ],
)
def test_read_refuses_damage(tmp_path: Path, ann: str, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        elecdeb60to20.read(folder_of(tmp_path, ann))


def test_read_refuses_a_debate_of_another_name(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="a debate's name must be a number and a year"):
        elecdeb60to20.read(folder_of(tmp_path, names=("night",)))


def test_read_says_when_no_debate_is_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no \.ann files"):
        elecdeb60to20.read(tmp_path)


@pytest.fixture(scope="module")
def corpus(corpora: Path) -> Corpus:
    return elecdeb60to20.read(corpora / "elecdeb60to20")


@pytest.mark.corpus
def test_counts_are_those_of_the_data(corpus: Corpus) -> None:
    counts = corpus.counts()
    assert counts.documents == 45
    assert counts.all_components == 30_848
    assert counts.component_labels == {"Claim": 16_996, "Premise": 13_852}
    assert counts.all_relations == 0
    assert corpus.repair_counts() == {RepairRule.OUTER_SPACE: 4, RepairRule.PARTS_OUT_OF_ORDER: 1}


@pytest.mark.corpus
def test_components_of_several_parts_are_kept(corpus: Corpus) -> None:
    parts = [g.meta["parts"] for g in corpus.graphs if "parts" in g.meta]
    assert sum(len(found) for found in parts if isinstance(found, dict)) == 324
