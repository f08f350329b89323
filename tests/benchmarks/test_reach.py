from pathlib import Path

import pytest

from argmine.corpora import read_corpus
from argmine.document import Document
from argmine.encoding import NEIGHBOURS
from argmine.graph import ArgumentGraph
from benchmarks.reach import recall
from tests.graphs import tram_graph

FAR = NEIGHBOURS // 2


@pytest.mark.parametrize(("distance", "share"), [(1, 1.0), (FAR, 1.0), (FAR + 1, 0.5)])
def test_target_is_reached_where_it_is_near_enough(distance: int, share: float) -> None:
    kinds = ["claim", *["premise"] * distance]
    parts = [(f"c{n}", kind, 2 * n, 2 * n + 1) for n, kind in enumerate(kinds)]
    links = [("c1", "c0", "support")] + [(f"c{distance}", "c0", "support")] * (distance > 1)
    graph = ArgumentGraph.build(Document(id="row", text="x " * len(kinds)), parts, links)
    assert recall([graph]) == {"targets": len(links), "recall": share}


def test_claims_are_tied_by_rule_and_not_counted() -> None:
    assert recall([tram_graph()])["targets"] == 1
    assert recall([]) == {"targets": 0, "recall": 1.0}


def test_design_is_met_where_documents_are_long(corpora: Path) -> None:
    found = recall(read_corpus("cmv-modes", corpora / "cmv-modes").graphs)
    assert found["targets"] == 1_387
    assert float(str(found["recall"])) >= 0.99
