"""One corpus left out: what is learnt from, how debates are cut, what is scored."""

from functools import partial
from pathlib import Path

import numpy as np
import pytest

from argmine.document import Document
from argmine.graph import ArgumentGraph
from argmine.metrics.sentences import ARGUES, OTHER, sentences
from argmine.miner import ArgumentMiner
from argmine.segments import Segments
from argmine.training.recipe import Part
from benchmarks.across import (
    ALSO,
    LEARNT,
    LONG,
    any_text,
    expected_sentences,
    in_parts,
    recipe_of,
    scored,
    scored_part,
    sentence_shares,
)
from tests.graphs import tram_graph


@pytest.mark.parametrize("left_out", LEARNT)
def test_the_corpus_that_is_left_out_is_not_learnt_from(left_out: str) -> None:
    recipe = recipe_of(left_out, Path("parts.jsonl"), 80, 4)
    read = {source.corpus or LONG for source in (*recipe.train, recipe.development)}
    assert read == {*LEARNT, *ALSO, "opinions"} - {left_out}
    assert ALSO.keys().isdisjoint(LEARNT)
    assert recipe.init is None
    assert all(source.learn == (Part.SEGMENTS,) and source.each_epoch == 80 for source in recipe.train)
    assert not any("test" in source.split for source in recipe.train)


def test_a_debate_is_cut_between_its_lines_and_in_no_component() -> None:
    lines = ["We must act now.\n", "It is late,\n", "and they know it.\n", "Thank you.\n", "Good night."]
    text = "".join(lines)
    across = text.index("It is"), text.index("know it") + len("know it")
    graph = ArgumentGraph.build(
        Document(id="d", text=text), [("c1", "claim", 0, 15), ("c2", "premise", *across)], [("c2", "c1", "support")]
    )
    parts = list(in_parts(graph, words=3))
    assert "".join(part.text for part in parts) == text
    assert [part.text for part in parts] == [lines[0], lines[1] + lines[2], lines[3] + lines[4]]
    assert [[c.text for c in part.components] for part in parts] == [["We must act now"], [text[slice(*across)]], []]
    assert not any(part.relations for part in parts)
    assert len({part.id for part in parts}) == 3


def test_sentences_are_counted_of_any_text(tiny_miner: ArgumentMiner) -> None:
    for read in (any_text(tiny_miner).mine, partial(expected_sentences, tiny_miner)):
        counts, crashes = scored(read, [tram_graph()])
        assert crashes == ()
        assert counts.gold == len(list(sentences(tram_graph().text)))
        assert set(counts.classes) <= {ARGUES, OTHER}


def test_what_goes_wrong_counts_as_nothing_found() -> None:
    def read(_: Document) -> ArgumentGraph:
        raise ValueError("no")

    counts, crashes = scored(read, [tram_graph()])
    assert len(crashes) == 1
    assert counts.of_class(ARGUES).f1 == 0


def test_a_sentence_is_as_sure_as_its_words_are_on_average() -> None:
    likely = Segments(np.array([0, 1, 4]), np.array([1, 2, 4]), np.array([0.5, 0.25, 1.0]), 1.75)
    shares = sentence_shares(likely, [(0, 1), (2, 3), (4, 5)])
    assert shares.tolist() == pytest.approx([(0.5 + 0.75) / 2, 0.25 / 2, 1 / 2])


def test_as_many_sentences_are_taken_as_are_expected(
    tiny_miner: ArgumentMiner, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\ufeff\nTrams are quiet.\nBuses smell.\nBoats are slow.\nBirds sing."
    shares = np.array([0.2, 0.9, 0.1, 0.8])
    monkeypatch.setattr("benchmarks.across.sentence_shares", lambda *_: shares)
    graph = expected_sentences(tiny_miner, Document(id="d", text=text))
    assert [c.text for c in graph.components] == ["Buses smell.", "Birds sing."]


def test_published_tests_are_scored_where_there_are_some(corpora: Path) -> None:
    assert [len(scored_part(name, corpora)) for name in ("aae2", "abstrct", "cmv-modes")] == [80, 300, 81]
