"""Question: how well are eRulemaking comments read by their own labels, over given propositions (protocol F)?

Data: the Cornell eRulemaking Corpus, its 581 comments to learn from and 150 to be scored on, changed as the published
figures have it (`argmine.metrics.cdcp.as_published`). Method: one network goes on from the default model's main scheme,
which saw no comment; a tenth of the 581 by the committed folds is not learnt from and sets the least probability of a
link. Macro-F1 of the five labels, and F1 of the links, of one run.

    python -m benchmarks.cdcp --corpora DIR
    python -m benchmarks.cdcp --corpora DIR --development    # the tenth alone, to choose by; no record
"""

import sys
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
import torch

from argmine.corpora import read_corpus
from argmine.corpora.folds import tenth_of
from argmine.graph import ArgumentGraph
from argmine.metrics.cdcp import LABELS, CdcpCounts, as_published, count_graphs
from benchmarks.mining import corpus_files, learning_parser, told_with_corpora
from benchmarks.own_labels import Judged, Labeller, Labels, Settings, graph_of
from benchmarks.record import ROOT, digest_files, write_record
from benchmarks.weights import origin

NAME = "cdcp"
KEPT = 0
"""The tenth that is not learnt from."""
OWN = Labels(NAME, LABELS, {label: label for label in LABELS})
THRESHOLDS = tuple(float(t) for t in np.arange(0.05, 0.65, 0.025))


def scored(gold: Sequence[ArgumentGraph], judged: Sequence[Judged], threshold: float) -> CdcpCounts:
    """Counts of what is thought of the propositions of gold."""
    pairs = zip(gold, judged, strict=True)
    return count_graphs((graph, graph_of(OWN, graph, one, threshold)) for graph, one in pairs)


def best_threshold(gold: Sequence[ArgumentGraph], judged: Sequence[Judged]) -> float:
    """The least probability of a link with the greatest F1 of links, the lowest of several."""
    return max(THRESHOLDS, key=lambda threshold: scored(gold, judged, threshold).links.f1)


def main() -> int:
    """Learns, prints the figures and writes the record `cdcp`; returns the exit code."""
    options = learning_parser(__doc__, "the tenth that is kept")
    options.add_argument("--epochs", type=int, default=Settings().epochs)
    told = told_with_corpora(options)
    if told.threads:
        torch.set_num_threads(told.threads)
    corpus = read_corpus(NAME, told.corpora / NAME)
    train = [as_published(graph) for graph in corpus.split("train")]
    kept = [graph for graph in train if tenth_of(NAME, graph.id) == KEPT]
    learnt = [graph for graph in train if tenth_of(NAME, graph.id) != KEPT]
    settings = Settings(epochs=told.epochs)
    labeller = Labeller(OWN, settings)
    labeller.learn(learnt, lambda epoch, loss: print(f"epoch {epoch}: loss {loss:.3f}", flush=True))
    judged = [labeller.judge(graph) for graph in kept]
    threshold = best_threshold(kept, judged)
    counts = scored(kept, judged, threshold)
    print(f"development, links from {threshold:.3f}\n{counts}")
    if told.development:
        return 0
    test = [as_published(graph) for graph in corpus.split("test")]
    found = scored(test, [labeller.judge(graph) for graph in test], threshold)
    print(f"test\n{found}")
    figures = {"test": found.figures(), "development": counts.figures(), "threshold": threshold}
    documents = {"learnt": len(learnt), "development": len(kept), "test": len(test)}
    files = corpus_files(told.corpora, NAME)
    extra = {"settings": asdict(settings), "documents": documents, **origin()}
    path = write_record(NAME, figures, data_digest=digest_files(files), seed=settings.seed, extra=extra)
    print(f"written to {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
