import json
from pathlib import Path

import pytest

from argmine.corpora import Corpus, RepairRule, read_corpus
from argmine.errors import CorpusError
from argmine.graph import ComponentType

PARAGRAPHS = [
    [("In praise of trams", "title")],
    [
        ("However", "no-unit"),
        (",", "no-unit"),
        (" trams are quiet", "assumption"),
        (".", "no-unit"),
        ("Who would not like that?", "assumption"),
        ("Everybody would (", "other"),
        ("or so it seems", "common-ground"),
        (").", "no-unit"),
    ],
    [("Nine in ten ride them", "statistics"), ("- daily", "statistics"), (".", "no-unit")],
]


def corpus_of(folder: Path, paragraphs: list[list[tuple[str, str]]]) -> Corpus:
    numbers = iter(range(1, 100))
    fragments = [
        [{"number": next(numbers), "text": text, "label": label} for text, label in paragraph]
        for paragraph in paragraphs
    ]
    for portal in ("aljazeera", "foxnews", "guardian"):
        (folder / portal).mkdir()
        path = folder / portal / f"{portal[0]}-trams.json"
        path.write_text(json.dumps({"paragraphs": fragments}), encoding="utf-8")
    return read_corpus("webis-editorials16", folder)


def test_text_joins_the_fragments(tmp_path: Path) -> None:
    assert corpus_of(tmp_path, PARAGRAPHS).graphs[0].text == (
        "In praise of trams\n\n"
        "However, trams are quiet. Who would not like that? Everybody would (or so it seems).\n\n"
        "Nine in ten ride them - daily."
    )


def test_components_are_fragments_without_outer_space(tmp_path: Path) -> None:
    graph = corpus_of(tmp_path, PARAGRAPHS).graph("g-trams")
    assert [(c.id, c.type, c.label, c.text) for c in graph.components] == [
        ("c4", ComponentType.CLAIM, "assumption", "trams are quiet"),
        ("c6", ComponentType.CLAIM, "assumption", "Who would not like that?"),
        ("c8", ComponentType.PREMISE, "common-ground", "or so it seems"),
        ("c10", ComponentType.PREMISE, "statistics", "Nine in ten ride them"),
        ("c11", ComponentType.PREMISE, "statistics", "- daily"),
    ]
    assert graph.relations == ()


def test_units_that_are_no_components_stand_in_meta(tmp_path: Path) -> None:
    graph = corpus_of(tmp_path, PARAGRAPHS).graph("f-trams")
    assert graph.meta == {
        "portal": "foxnews",
        "units": [
            {"id": "c1", "label": "title", "start": 0, "end": 18},
            {"id": "c7", "label": "other", "start": 71, "end": 88},
        ],
    }
    assert graph.text[71:88] == "Everybody would ("


def test_trimmed_units_are_counted(tmp_path: Path) -> None:
    assert corpus_of(tmp_path, PARAGRAPHS).repair_counts() == {RepairRule.OUTER_SPACE: 3}


@pytest.mark.parametrize(
    ("paragraph", "message"),
    [
        ([("Trams hum", "rumour")], "unknown component label 'rumour'"),
        ([("", "assumption")], "paragraphs.0.0.text"),
        ([(" ", "assumption")], "fragment 1 is assumption and holds white space alone"),
    ],
)
def test_damage_is_an_error_with_its_file(tmp_path: Path, paragraph: list[tuple[str, str]], message: str) -> None:
    with pytest.raises(CorpusError, match=message) as caught:
        corpus_of(tmp_path, [paragraph])
    assert caught.value.path == str(tmp_path / "aljazeera" / "a-trams.json")


def test_two_fragments_of_one_number_are_an_error_with_their_file(tmp_path: Path) -> None:
    fragment = {"number": 7, "text": "Trams hum.", "label": "assumption"}
    (tmp_path / "aljazeera").mkdir()
    path = tmp_path / "aljazeera" / "a-trams.json"
    path.write_text(json.dumps({"paragraphs": [[fragment, fragment]]}), encoding="utf-8")
    with pytest.raises(CorpusError, match="2 components have the id c7") as caught:
        read_corpus("webis-editorials16", tmp_path)
    assert caught.value.path == str(path)


def test_missing_portal_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no \.json files"):
        read_corpus("webis-editorials16", tmp_path)


@pytest.mark.corpus
def test_counts(corpora: Path) -> None:
    corpus = read_corpus("webis-editorials16", corpora / "webis-editorials16")
    counts = corpus.counts()
    assert (counts.documents, counts.all_components, counts.all_relations) == (208, 10275, 0)
    assert counts.component_labels == {
        "assumption": 7164,
        "anecdote": 1868,
        "testimony": 748,
        "statistics": 309,
        "common-ground": 186,
    }
    assert corpus.repair_counts() == {RepairRule.OUTER_SPACE: 341}
