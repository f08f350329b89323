from collections import Counter
from pathlib import Path

import pytest

from argmine.corpora import Corpus, RepairRule, read_corpus
from argmine.errors import CorpusError
from argmine.graph import ComponentType

TEXT = "Picture a hill. Trams should stay. They last, and they are \n\nquiet. So keep them.\n"
HEADER = (
    "id,discourse_id,discourse_start,discourse_end,discourse_text,discourse_type,discourse_type_num,predictionstring\n"
)
ROWS = [
    (0, 16, "Lead", "0 1 2"),
    (16, 34, "Position", "3 4 5"),
    (35, 45, "Claim", "6 7"),
    (44, 66, "Evidence", "7 8 9 10 11"),
    (69, 82, "Concluding Statement", "12 13 14"),
]


def corpus_of(folder: Path, rows: list[tuple[int, int, str, str]], text: str = TEXT) -> Corpus:
    lines = [
        f'A1,0,{start}.0,{end}.0,"{TEXT[start:end]}",{label},{label} 1,{words}\n' for start, end, label, words in rows
    ]
    (folder / "train").mkdir()
    (folder / "train" / "A1.txt").write_text(text, encoding="utf-8")
    (folder / "train.csv").write_text(HEADER + "".join(lines), encoding="utf-8")
    return read_corpus("persuade1", folder)


def test_components_stand_at_the_edges_of_words(tmp_path: Path) -> None:
    (graph,) = corpus_of(tmp_path, ROWS).graphs
    assert [(c.id, c.type, c.label, c.text) for c in graph.components] == [
        ("c2", ComponentType.MAJOR_CLAIM, "Position", "Trams should stay."),
        ("c3", ComponentType.CLAIM, "Claim", "They last,"),
        ("c4", ComponentType.PREMISE, "Evidence", "and they are \n\nquiet"),
        ("c5", ComponentType.MAJOR_CLAIM, "Concluding Statement", "So keep them."),
    ]


def test_lead_and_words_stand_in_meta(tmp_path: Path) -> None:
    (graph,) = corpus_of(tmp_path, ROWS).graphs
    assert graph.meta == {
        "units": [{"id": "c1", "label": "Lead", "start": 0, "end": 15}],
        "words": {"c1": [0, 2], "c2": [3, 5], "c3": [6, 7], "c4": [7, 11], "c5": [12, 14]},
    }


def test_repairs_are_counted_by_rule(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, ROWS)
    assert corpus.repair_counts() == {RepairRule.OUTER_SPACE: 2, RepairRule.EDGE_MOVED: 2}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ((0, 15, "Rumour", "0 1 2"), "unknown component label 'Rumour'"),
        ((80, 90, "Claim", "13 14"), r"c1 is said to stand at 80\.\.90"),
        ((59, 61, "Claim", "11"), "c1 holds white space alone"),
        ((0, 15, "Claim", "0 2"), "numbers without gaps, found '0 2'"),
        ((0, 15, "Claim", "x"), "numbers without gaps, found 'x'"),
        ((0, 15, "Claim", "0 x 1"), "numbers without gaps, found '0 x 1'"),
        ((0, 15, "Claim", ""), r"train\.csv: row 1: words are to be numbers without gaps, found ''"),
    ],
)
def test_damage_is_an_error(tmp_path: Path, row: tuple[int, int, str, str], message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        corpus_of(tmp_path, [row])


@pytest.mark.parametrize(("start", "found"), [("", "None"), ("nan", "None|nan"), ("inf", "inf"), ("0.5", "0.5")])
def test_offset_that_is_no_whole_number_is_an_error(tmp_path: Path, start: str, found: str) -> None:
    row = f'A1,0,{start},15.0,"{TEXT[:15]}",Claim,Claim 1,0 1 2\n'
    (tmp_path / "train.csv").write_text(HEADER + row, encoding="utf-8")
    (tmp_path / "train").mkdir()
    with pytest.raises(CorpusError, match=rf"csv: row 1: an offset is to be a whole number, found ({found})$"):
        read_corpus("persuade1", tmp_path)


def test_quote_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"c2 does not stand at 16\.\.34"):
        corpus_of(tmp_path, ROWS, TEXT.replace("stay", "STAY"))


def test_essay_without_rows_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no element of this essay"):
        corpus_of(tmp_path, [])


def test_missing_table_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no table of elements"):
        read_corpus("persuade1", tmp_path)


@pytest.mark.slow
@pytest.mark.corpus
def test_counts(corpora: Path) -> None:
    corpus = read_corpus("persuade1", corpora / "persuade1")
    counts = corpus.counts()
    assert (counts.documents, counts.all_components, counts.all_relations) == (14_049, 122_913, 0)
    units = Counter(counts.component_labels)
    for graph in corpus.graphs:
        further = graph.meta["units"]
        assert isinstance(further, list)
        units.update(str(unit["label"]) for unit in further if isinstance(unit, dict))
    assert units == {
        "Claim": 45_452,
        "Evidence": 41_624,
        "Position": 13_972,
        "Concluding Statement": 12_355,
        "Lead": 8_517,
        "Counterclaim": 5_437,
        "Rebuttal": 4_073,
    }
    assert corpus.repair_counts() == {RepairRule.OUTER_SPACE: 64_748, RepairRule.EDGE_MOVED: 721}
