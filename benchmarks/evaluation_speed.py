"""Question: how long does an evaluation take beyond the mining?

Data: the 80 official test essays of the Argument Annotated Essays 2, their published tokens, and graphs that the
default model mined from them beforehand. Method: `argmine.evaluate` with a miner that has its graphs ready, so that all
else is in: reading the corpus and the tokens, the guards (published split, documents that the model saw), counting and
scoring; then the scores of 1,000 resamples of the documents. Seconds in one process, of each protocol that fits: by the
wall clock, best and median of five after one that is not counted, and of the processor, best of the same.

    python -m benchmarks.evaluation_speed --corpora DIR
"""

import argparse
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from argmine.config import MAIN
from argmine.document import Document
from argmine.evaluation.evaluated import Evaluation
from argmine.evaluation.protocols import find_protocol, protocol_names
from argmine.evaluation.run import evaluate, read_task
from argmine.graph import ArgumentGraph
from argmine.miner import ArgumentMiner
from benchmarks.mining import DEFAULT, told_with_corpora
from benchmarks.record import ROOT, digest_files, write_record

NAME = "evaluation_speed"
CORPUS = "aae2"
RUNS = 5
RESAMPLES = 1_000
NOT_TIMED = ("microtexts",)
"""Scores graphs of one central claim, which essays have not."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A miner that has its graphs ready, by text: of raw texts, and of given components."""

    folder: Path
    graphs: Mapping[str, ArgumentGraph]
    given: Mapping[str, ArgumentGraph]

    def mine(self, text: Document, /) -> ArgumentGraph:
        """The graph of a text."""
        return self.graphs[text.text]

    def mine_components(self, graph: ArgumentGraph) -> ArgumentGraph:
        """The graph over the components of a text."""
        return self.given[graph.text]


def ready(corpora: Path) -> Ready:
    """The default model's graphs of the test essays."""
    miner = ArgumentMiner.load(DEFAULT, scheme=MAIN)
    gold = read_task(CORPUS, protocol="overlap", corpora=corpora).gold
    graphs = {graph.text: miner.mine(graph.document) for graph in gold}
    return Ready(DEFAULT, graphs, {graph.text: miner.mine_components(graph) for graph in gold})


def resample(evaluation: Evaluation) -> None:
    """Scores of 1,000 resamples of the documents."""
    documents = len(evaluation.gold)
    drawn = np.random.default_rng(1).integers(0, documents, (RESAMPLES, documents))
    evaluation.protocol.scores(evaluation.counts[drawn].sum(axis=1))


def seconds(run: Callable[[], object]) -> dict[str, float]:
    """Best and median of five runs, after one that is not counted, and the best of the processor's seconds."""
    run()
    wall, processor = [], []
    for _ in range(RUNS):
        start, began = time.perf_counter(), time.process_time()
        run()
        wall.append(time.perf_counter() - start)
        processor.append(time.process_time() - began)
    return {
        "best": round(min(wall), 3),
        "median": round(statistics.median(wall), 3),
        "processor": round(min(processor), 3),
    }


def measure(miner: Ready, corpora: Path) -> dict[str, dict[str, dict[str, float]]]:
    """Seconds by protocol: of an evaluation, and of the scores of its resamples."""
    names = [name for name in protocol_names() if find_protocol(name).fits(CORPUS) and name not in NOT_TIMED]
    figures: dict[str, dict[str, dict[str, float]]] = {}
    for name in names:
        run = partial(evaluate, miner, CORPUS, protocol=name, corpora=corpora)
        figures[name] = {"evaluation": seconds(run), "resamples": seconds(partial(resample, run()))}
    return figures


def main() -> None:
    """Measures, prints the figures and writes the record."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    corpora = told_with_corpora(options).corpora
    miner = ready(corpora)
    protocols = measure(miner, corpora)
    for name, taken in protocols.items():
        whole, resamples = taken["evaluation"], taken["resamples"]
        print(f"{name:18} {whole['best']:.3f} s, {whole['processor']:.3f} of the processor", end="; ")
        print(f"{RESAMPLES:,} resamples {resamples['best']:.3f} s")
    figures = {"documents": len(miner.graphs), "runs": RUNS, "protocols": protocols}
    files = sorted((corpora / CORPUS / "brat-project-final").iterdir())
    path = write_record(NAME, figures, data_digest=digest_files(files))
    print(f"written to {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
