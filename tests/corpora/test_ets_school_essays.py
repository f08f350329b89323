from pathlib import Path

import pytest

from argmine.corpora import ets_school_essays
from argmine.corpora.corpus import Corpus, RepairRule
from argmine.errors import CorpusError

TEXT = "\nTrams hum . So , they say , `` keep '' them . Yes . They are cheap .\nThey are clean .\n"
ANN = "T1\tClaim 1 12\tTrams hum .\nT2\tPremise 53 69\tThey are cheap .\nR1\tSupport Arg1:T2 Arg2:T1\t\n"


def folder_of(tmp_path: Path, ann: str = ANN, names: tuple[str, ...] = ("argument_essay_9",)) -> Path:
    place = tmp_path / "data" / "essays"
    place.mkdir(parents=True)
    for name in names:
        (place / f"{name}.ann").write_text(ann)
        (place / f"{name}.txt").write_text(TEXT)
    return tmp_path


def places(corpus: Corpus) -> list[tuple[str, int, int, str]]:
    return [(c.id, c.start, c.end, c.text) for c in corpus.graphs[0].components]


def details(corpus: Corpus) -> list[tuple[RepairRule, str]]:
    return [(r.rule, r.detail) for r in corpus.repairs]


def test_read_orders_essays_by_number(tmp_path: Path) -> None:
    names = ("argument_essay_10", "argument_essay_9")
    corpus = ets_school_essays.read(folder_of(tmp_path, names=names))
    assert [g.id for g in corpus.graphs] == ["argument_essay_9", "argument_essay_10"]


def test_read_gives_labels_and_relations(tmp_path: Path) -> None:
    ann = "T1\tOpinion 1 12\tTrams hum .\nT2\tMatter_of_fact 53 69\tThey are cheap .\nR1\tAttack Arg1:T2 Arg2:T1\t\n"
    corpus = ets_school_essays.read(folder_of(tmp_path, ann))
    graph = corpus.graphs[0]
    assert graph.text == TEXT
    assert [(c.type, c.label) for c in graph.components] == [("claim", "Opinion"), ("premise", "Matter_of_fact")]
    assert [(r.source, r.target, r.type, r.label) for r in graph.relations] == [("T2", "T1", "attack", "Attack")]
    assert corpus.repairs == ()


def test_read_joins_a_component_in_two_lines(tmp_path: Path) -> None:
    ann = "T2\tPremise 53 69\tThey are cheap .\nT2\tPremise 70 86\tThey are clean .\n"
    corpus = ets_school_essays.read(folder_of(tmp_path, ann))
    assert places(corpus) == [("T2", 53, 86, "They are cheap .\nThey are clean .")]
    assert details(corpus) == [(RepairRule.COMPONENT_IN_TWO_LINES, "T2: 53..69 and 70..86 are 53..86")]


def test_read_leaves_out_a_relation_to_what_is_not_there(tmp_path: Path) -> None:
    ann = "T1\tClaim 1 12\tTrams hum .\nR1\tSupport Arg1:T7 Arg2:T1\t\n"
    corpus = ets_school_essays.read(folder_of(tmp_path, ann))
    assert corpus.graphs[0].relations == ()
    assert details(corpus) == [(RepairRule.DANGLING_RELATION, "R1 names T7")]


def test_read_leaves_outer_space_outside(tmp_path: Path) -> None:
    corpus = ets_school_essays.read(folder_of(tmp_path, "T1\tClaim 52 69\t They are cheap .\n"))
    assert places(corpus) == [("T1", 53, 69, "They are cheap .")]
    assert details(corpus) == [(RepairRule.OUTER_SPACE, "T1: 52..69 is 53..69")]


def test_read_finds_shifted_quotes_near_by(tmp_path: Path) -> None:
    """The second quote stands twice: the place that the shift of the first leads to is taken."""
    ann = "T1\tClaim 44 49\tYes .\nT2\tPremise 66 74\tThey are\n"
    corpus = ets_school_essays.read(folder_of(tmp_path, ann))
    assert places(corpus) == [("T1", 47, 52, "Yes ."), ("T2", 70, 78, "They are")]
    assert details(corpus) == [
        (RepairRule.SHIFTED_OFFSETS, "T1: 44..49 is 47..52"),
        (RepairRule.SHIFTED_OFFSETS, "T2: 66..74 is 70..78"),
    ]


def test_read_finds_quotes_that_lack_marks(tmp_path: Path) -> None:
    corpus = ets_school_essays.read(folder_of(tmp_path, "T1\tClaim 10 30\tSo they say keep them .\n"))
    assert places(corpus) == [("T1", 13, 46, "So , they say , `` keep '' them .")]
    assert details(corpus) == [(RepairRule.QUOTE_WITHOUT_MARKS, "T1: 10..30 is 13..46")]


@pytest.mark.parametrize(
    ("ann", "message"),
    [
        ("T1\tClaim 1 12\tBuses hum .\n", r"9\.ann:1: T1: 'Buses hum \.' stands nowhere near 1"),
        ("T1\tQuery 1 12\tTrams hum .\n", r"9\.ann:1: unknown component label 'Query' in ets-school-essays"),
    ],
)
def test_read_refuses_damage(tmp_path: Path, ann: str, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        ets_school_essays.read(folder_of(tmp_path, ann))


def test_read_refuses_an_essay_of_another_name(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="an essay's name must be argument_essay_ and a number"):
        ets_school_essays.read(folder_of(tmp_path, names=("notes",)))


def test_read_says_when_no_essay_is_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no \.ann files"):
        ets_school_essays.read(tmp_path)


@pytest.fixture(scope="module")
def corpus(corpora: Path) -> Corpus:
    return ets_school_essays.read(corpora / "ets-school-essays")


@pytest.mark.corpus
def test_counts_are_those_of_the_data(corpus: Corpus) -> None:
    counts = corpus.counts()
    assert counts.documents == 145
    assert counts.all_components == 3_271
    assert counts.component_labels == {"Claim": 2_784, "Premise": 481, "Opinion": 4, "Matter_of_fact": 2}
    repairs = corpus.repair_counts()
    assert counts.all_relations + repairs[RepairRule.DANGLING_RELATION] == 479
    assert repairs == {
        RepairRule.SHIFTED_OFFSETS: 104,
        RepairRule.OUTER_SPACE: 33,
        RepairRule.QUOTE_WITHOUT_MARKS: 15,
        RepairRule.DANGLING_RELATION: 7,
        RepairRule.COMPONENT_IN_TWO_LINES: 1,
    }


@pytest.mark.corpus
def test_seven_essays_have_damaged_offsets(corpus: Corpus) -> None:
    rules = (RepairRule.SHIFTED_OFFSETS, RepairRule.QUOTE_WITHOUT_MARKS)
    assert len({r.document for r in corpus.repairs if r.rule in rules}) == 7
