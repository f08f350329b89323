"""Marks over a made-up comment."""

from pathlib import Path

import pytest

from argmine.corpora import read_corpus
from argmine.corpora.comment_trees import digest
from argmine.corpora.corpus import Corpus
from argmine.corpora.folds import group_of
from argmine.corpora.opinions import REPOSITORY
from argmine.errors import CorpusError
from tests.corpora.test_arct import folder_of, xmi

PREMISE = '<types:Premise xmi:id="7" sofa="1" begin="0" end="5" properties="#x&#10;gist=Quiet&#10;"/>'
TEXT = "Buses are quiet 😀. Trains are loud, so buses should stay."
FIRST = f"text {digest(TEXT)}\n"
MARKS = FIRST + "0 15 C+\n19 34 P+0\n39 56 M\n"


def folders(folder: Path, marks: str) -> Path:
    folder_of(folder / "arct", n9=xmi(PREMISE, TEXT))
    (folder / "comment-trees").mkdir()
    (folder / "comment-trees" / "9.txt").write_text(marks)
    return folder


def read(folder: Path, marks: str) -> Corpus:
    return read_corpus("comment-trees", folders(folder, marks) / "comment-trees")


def test_marks_are_components_and_relations_of_the_comment(tmp_path: Path) -> None:
    (graph,) = read(tmp_path, MARKS).graphs
    assert [(c.id, c.type.value, c.text) for c in graph.components] == [
        ("c0", "claim", "Buses are quiet"),
        ("c19", "premise", "Trains are loud"),
        ("c39", "major_claim", "buses should stay"),
    ]
    assert [(r.source, r.target, r.type.value) for r in graph.relations] == [
        ("c0", "c39", "support"),
        ("c19", "c0", "support"),
    ]
    assert graph.meta == {"stance": "Keep trams", "title": "Rails", "debate": "Trams, or not?"}


@pytest.mark.parametrize(
    ("marks", "message"),
    [
        ("", "not that of ''"),
        ("text 0123456789abcdef\n0 15 M\n", "not that of 'text 0123456789abcdef'"),
        (FIRST + "0 15 Q\n", ":2: '0 15 Q' is no start, end and code"),
        (FIRST + "0 99 M\n", ":2: 0 to 99 is no part of a text of 57 characters"),
        (FIRST + "15 15 M\n", ":2: 15 to 15 is no part of a text of 57 characters"),
        (FIRST + "0 15 C\n0 9 C\n", "c0"),
        (FIRST + "0 15 P+3\n", "c0: it bears on 'c3', which is not there"),
    ],
)
def test_wrong_marks_name_their_file(tmp_path: Path, marks: str, message: str) -> None:
    with pytest.raises(CorpusError, match=r"9\.txt.*" + message):
        read(tmp_path, marks)


def test_marks_of_no_comment_are_told(tmp_path: Path) -> None:
    folder = folders(tmp_path, MARKS) / "comment-trees"
    (folder / "9.txt").rename(folder / "8.txt")
    with pytest.raises(CorpusError, match=r"8\.txt: there is no text of this name"):
        read_corpus("comment-trees", folder)


def test_a_folder_without_marks_is_told(tmp_path: Path) -> None:
    folder = folders(tmp_path, MARKS) / "comment-trees"
    (folder / "9.txt").unlink()
    with pytest.raises(CorpusError, match=r"no \.txt files"):
        read_corpus("comment-trees", folder)


def test_trees_stay_in_the_groups_of_their_comments() -> None:
    assert group_of("comment-trees", "9") == group_of("arct", "9")


def test_every_committed_file_reads(corpora: Path) -> None:
    found = read_corpus("comment-trees", corpora / "comment-trees").graphs
    assert len(found) == len(list((REPOSITORY / "comments").glob("*.txt")))
    assert all(graph.components for graph in found)
