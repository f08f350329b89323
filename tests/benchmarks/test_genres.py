"""Scores of one model on made-up threads, and the lines that tell them."""

from pathlib import Path

from argmine.document import Document
from argmine.graph import ArgumentGraph
from argmine.miner import ArgumentMiner
from benchmarks.genres import TENTHS, score, table
from benchmarks.mining import over_models
from tests import tiny


def thread() -> ArgumentGraph:
    text = tiny.prose(6)
    return ArgumentGraph.build(Document(id="t", text=text), [("c1", "claim", 0, 20), ("p1", "premise", 30, 60)])


def test_a_model_is_scored_and_told_by_corpus(tiny_model: Path) -> None:
    found = score(ArgumentMiner.load(tiny_model, threads=1), [thread()], 3)
    assert (found["documents"], found["seen"], found["crashes"]) == (1, 3, 0)
    lines = list(table(over_models([({"revision": "r"}, dict.fromkeys(TENTHS, found))])))
    assert [line.split()[0] for line in lines] == [*TENTHS, "1"]
    assert "links_50" in lines[0]
    assert "links_50" not in lines[1]


def test_gold_itself_is_scored_as_right() -> None:
    class Gold:
        folder = None

        def mine(self, _: Document) -> ArgumentGraph:
            return thread()

    found = score(Gold(), [thread()], 0)  # type: ignore[arg-type]
    overlap = found["overlap"]
    assert isinstance(overlap, dict)
    assert overlap["spans_50"]["f1"] == overlap["conclusions_50"]["f1"] == 1.0
