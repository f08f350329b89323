"""Codes of units over a made-up editorial."""

import json
from pathlib import Path

import pytest

from argmine.corpora import read_corpus
from argmine.corpora.corpus import Corpus
from argmine.corpora.folds import group_of
from argmine.errors import CorpusError

UNITS = [
    ("title", "Trams"),
    ("assumption", "The city needs trams"),
    ("no-unit", ", for"),
    ("assumption", "they are quiet"),
    ("no-unit", "."),
    ("statistics", "Nobody woke up in 2019"),
    ("anecdote", "My aunt rides one"),
]
CODES = "2 M\n4 C+\n6 P+4\n7 -\n"


def corpora(folder: Path, codes: str) -> Path:
    fragments = [{"number": n, "text": text, "label": label} for n, (label, text) in enumerate(UNITS, 1)]
    for portal in ("aljazeera", "foxnews", "guardian"):
        (folder / "webis-editorials16" / portal).mkdir(parents=True)
        path = folder / "webis-editorials16" / portal / f"{portal}-trams.json"
        path.write_text(json.dumps({"paragraphs": [fragments]}))
    (folder / "editorial-trees").mkdir()
    (folder / "editorial-trees" / "guardian-trams.txt").write_text(codes)
    return folder


def read(folder: Path, codes: str) -> Corpus:
    return read_corpus("editorial-trees", corpora(folder, codes) / "editorial-trees")


def test_codes_are_types_and_relations_over_the_units(tmp_path: Path) -> None:
    (graph,) = read(tmp_path, CODES).graphs
    assert [(c.id, c.type.value, c.label, c.text) for c in graph.components] == [
        ("c2", "major_claim", "assumption", "The city needs trams"),
        ("c4", "claim", "assumption", "they are quiet"),
        ("c6", "premise", "statistics", "Nobody woke up in 2019"),
    ]
    assert [(r.source, r.target, r.type.value) for r in graph.relations] == [
        ("c4", "c2", "support"),
        ("c6", "c4", "support"),
    ]


@pytest.mark.parametrize(
    ("codes", "message"),
    [
        (CODES + "9 -\n", "units and codes differ: c9"),
        (CODES + "2 -\n", "units with more than one code: c2"),
        ("2 M\n", "units and codes differ: c4, c6, c7"),
        (CODES.replace("P+4", "P+7"), "c6: it bears on 'c7', which is not there"),
        (CODES.replace("C+", "Q"), ":2: '4 Q' is no number and code"),
    ],
)
def test_wrong_codes_name_their_file(tmp_path: Path, codes: str, message: str) -> None:
    with pytest.raises(CorpusError, match=r"guardian-trams\.txt.*" + message):
        read(tmp_path, codes)


def test_codes_of_no_editorial_are_told(tmp_path: Path) -> None:
    folder = corpora(tmp_path, CODES) / "editorial-trees"
    (folder / "guardian-trams.txt").rename(folder / "guardian-boats.txt")
    with pytest.raises(CorpusError, match=r"guardian-boats\.txt: there is no text of this name"):
        read_corpus("editorial-trees", folder)


def test_trees_stay_in_the_groups_of_their_editorials() -> None:
    assert group_of("editorial-trees", "a") == group_of("webis-editorials16", "a") == "webis-editorials16/a"
