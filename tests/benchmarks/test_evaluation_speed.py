"""The record of how long an evaluation takes beyond the mining, and what it times."""

import json
from pathlib import Path

import pytest

from argmine.document import Document
from argmine.evaluation.run import read_task
from argmine.graph import ArgumentGraph
from benchmarks.evaluation_speed import NAME, Ready, measure, seconds
from benchmarks.mining import DEFAULT
from benchmarks.record import RESULTS

LIMIT = 2.0


def test_the_recorded_evaluations_take_under_two_seconds() -> None:
    figures = json.loads((RESULTS / f"{NAME}.json").read_text("utf-8"))["figures"]
    assert figures["documents"] == 80
    assert "acl2017-essay" in figures["protocols"]
    for taken in figures["protocols"].values():
        assert taken["evaluation"]["best"] < LIMIT
        assert taken["resamples"]["best"] < 1


def test_the_first_run_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 2.0, 10.0, 11.0, 20.0, 23.0, 30.0, 31.5, 40.0, 44.0])
    monkeypatch.setattr("benchmarks.evaluation_speed.time.perf_counter", lambda: next(clock))
    monkeypatch.setattr("benchmarks.evaluation_speed.time.process_time", lambda: 0.0)
    runs: list[int] = []
    assert seconds(lambda: runs.append(1)) == {"best": 1.0, "median": 2.0, "processor": 0.0}
    assert len(runs) == 6


def test_ready_graphs_are_given_by_text() -> None:
    bare = ArgumentGraph.build(Document(id="d", text="Keep the trams."), [])
    given = ArgumentGraph.build(bare.document, [("c1", "claim", 0, 14)])
    miner = Ready(DEFAULT, {bare.text: bare}, {bare.text: given})
    assert miner.mine(bare.document) is bare
    assert miner.mine_components(given) is given


def test_protocols_are_timed(monkeypatch: pytest.MonkeyPatch, corpora: Path) -> None:
    monkeypatch.setattr("benchmarks.evaluation_speed.RUNS", 1)
    monkeypatch.setattr("benchmarks.evaluation_speed.protocol_names", lambda: ("exact-spans", "cdcp"))
    gold = {graph.text: graph for graph in read_task("aae2", protocol="exact-spans", corpora=corpora).gold}
    figures = measure(Ready(DEFAULT, gold, gold), corpora)
    assert list(figures) == ["exact-spans"]
    assert figures["exact-spans"]["evaluation"]["best"] > 0
