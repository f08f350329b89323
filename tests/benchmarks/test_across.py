"""One corpus left out: what is learnt from, how debates are cut, what is scored."""

from pathlib import Path

import pytest

from argmine.document import Document
from argmine.graph import ArgumentGraph
from argmine.metrics.sentences import ARGUES, OTHER
from argmine.miner import ArgumentMiner
from argmine.training.recipe import Part
from benchmarks.across import LEARNT, LONG, in_parts, recipe_of, scored, scored_part
from tests.graphs import tram_graph


@pytest.mark.parametrize("left_out", LEARNT)
def test_the_corpus_that_is_left_out_is_not_learnt_from(left_out: str) -> None:
    recipe = recipe_of(left_out, Path("parts.jsonl"), 80, 4)
    read = {source.corpus or LONG for source in (*recipe.train, recipe.development)}
    assert read == {*LEARNT, "opinions"} - {left_out}
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
    counts, crashes = scored(tiny_miner, [tram_graph()])
    assert crashes == ()
    assert counts.gold > 0
    assert set(counts.classes) <= {ARGUES, OTHER}


def test_published_tests_are_scored_where_there_are_some(corpora: Path) -> None:
    assert [len(scored_part(name, corpora)) for name in ("aae2", "abstrct", "cmv-modes")] == [80, 300, 81]
