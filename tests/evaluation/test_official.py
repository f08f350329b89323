"""Corpora as they were published: the table, and what is refused by it."""

from dataclasses import replace
from pathlib import Path

import pytest

from argmine.corpora import OURS, corpus_names
from argmine.corpora.corpus import Corpus
from argmine.corpora.parts import part_of
from argmine.document import Document
from argmine.errors import EvaluationError
from argmine.evaluation.official import Part, is_official, official_parts
from argmine.graph import ArgumentGraph
from benchmarks.official import FILE, render
from tests.evaluation.small import CORPUS, GOLD


def install(monkeypatch: pytest.MonkeyPatch, **parts: Part) -> None:
    monkeypatch.setattr("argmine.evaluation.official.official_parts", lambda: {"made-up": parts})


def test_a_part_counts_what_it_holds() -> None:
    part = Part.of(GOLD)
    assert (part.documents, part.components, part.relations) == (3, 7, 3)
    assert part == Part.of(GOLD[::-1])


def test_the_published_part_is_official(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, test=Part.of(CORPUS.split("test")))
    assert is_official(CORPUS, "test", CORPUS.split("test"))


def test_an_unknown_corpus_is_not_official() -> None:
    assert not is_official(CORPUS, "test", CORPUS.split("test"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"documents": 80}, "made-up test is not as published: it has 2 documents, not 80"),
        ({"components": 1266}, "made-up test is not as published: it has 5 components, not 1,266"),
        ({"relations": 4}, "made-up test is not as published: it has 3 relations, not 4"),
        ({"ids": "0123456789abcdef"}, "made-up test is not as published: its documents have other ids"),
    ],
)
def test_other_counts_and_ids_are_refused(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, int | str], message: str
) -> None:
    install(monkeypatch, test=Part.of(CORPUS.split("test")).model_copy(update=change))
    with pytest.raises(EvaluationError, match=f"^{message}$"):
        is_official(CORPUS, "test", CORPUS.split("test"))


def test_a_swapped_document_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many of all, yet one document of the split is another."""
    install(monkeypatch, test=Part.of(CORPUS.split("test")))
    renamed = ArgumentGraph.build(Document(id="trains", text=GOLD[0].text), GOLD[0].components, GOLD[0].relations)
    swapped = replace(CORPUS, graphs=(renamed, *GOLD[1:]), splits={"test": ("trains", "buses")})
    with pytest.raises(EvaluationError, match="its documents have other ids"):
        is_official(swapped, "test", swapped.split("test"))


def test_of_another_split_the_whole_corpus_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, all=Part.of(CORPUS.graphs))
    assert not is_official(CORPUS, "tenth-3", part_of(CORPUS, "tenth-3"))
    less = Corpus("made-up", GOLD[:2], "own")
    with pytest.raises(EvaluationError, match="made-up is not as published: it has 2 documents, not 3"):
        is_official(less, "tenth-3", part_of(less, "tenth-3"))


def test_every_published_corpus_stands_in_the_table() -> None:
    assert set(official_parts()) == set(corpus_names()) - set(OURS)
    assert official_parts()["aae2"]["test"].components == official_parts()["aae2-conll"]["test"].components == 1_266


def test_the_table_is_what_the_corpora_give(corpora: Path) -> None:
    large = ("persuade1", "elecdeb60to20", "webis-editorials16")
    small = [name for name in corpus_names() if name not in (*large, *OURS)]
    lines = FILE.read_text("utf-8").splitlines()
    assert set(render(corpora, small).splitlines()) <= {*lines, *(line.removesuffix(",") for line in lines)}
