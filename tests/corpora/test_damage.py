"""Whatever is wrong with a file of a corpus is told with that file."""

from pathlib import Path

import pytest

from argmine.corpora.damage import naming_its_file
from argmine.document import Document
from argmine.errors import CorpusError, FormatError
from argmine.graph import ArgumentGraph

ESSAY = Path("essays/a.ann")


@naming_its_file
def read(path: Path, error: Exception | None = None, *, end: int = 3) -> ArgumentGraph:
    if error is not None:
        raise error
    return ArgumentGraph.build(Document(id=path.stem, text="a b"), [("c1", "claim", 0, 1), ("c2", "claim", 2, end)])


def test_whole_file_is_read_as_if_nothing_were_there() -> None:
    assert read(ESSAY).id == "a"
    assert read.__name__ == "read"


def test_broken_rule_of_a_graph_becomes_a_corpus_error() -> None:
    with pytest.raises(CorpusError, match=r"a\.ann: component c2 must end after its start, found 2\.\.2") as caught:
        read(ESSAY, end=2)
    assert caught.value.path == str(ESSAY)


@pytest.mark.parametrize("kind", [FormatError, CorpusError])
def test_error_without_a_place_is_given_one(kind: type[FormatError]) -> None:
    with pytest.raises(FormatError, match=r"a\.ann:3: broken") as caught:
        read(ESSAY, kind("broken", line=3))
    assert type(caught.value) is kind


def test_error_with_a_place_keeps_it() -> None:
    error = FormatError("broken", path="a.txt", line=7)
    with pytest.raises(FormatError) as caught:
        read(ESSAY, error)
    assert caught.value is error


def test_fault_of_the_code_is_not_taken_for_damage() -> None:
    with pytest.raises(KeyError):
        read(ESSAY, KeyError("label"))
