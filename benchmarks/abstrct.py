"""Question: how well are abstracts of medical trials read by their own labels (protocol G)?

Data: AbstRCT, 350 abstracts on neoplasms to learn from and 50 to choose on, three parts of 100 to be scored on. Method:
one network goes on from the default model's main scheme, which saw no abstract; the least probabilities of a segment
and of a relation are set on the 50. From raw text macro-F1 of five tags of word tokens, with given components macro-F1
of the two classes, and of support, attack and none over all ordered pairs. One run.

    python -m benchmarks.abstrct --corpora DIR
    python -m benchmarks.abstrct --corpora DIR --development    # the 50 alone, to choose by; no record
"""

import sys
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
import torch

from argmine.corpora import read_corpus
from argmine.evaluation.context import plain_context
from argmine.graph import ArgumentGraph
from argmine.metrics.abstrct import CLASSES, AbstrctCounts, count_graphs, count_tags
from argmine.metrics.counts import Confusion
from benchmarks.mining import corpus_files, learning_parser, told_with_corpora
from benchmarks.own_labels import Judged, Labeller, Labels, Settings, graph_of
from benchmarks.record import ROOT, digest_files, write_record
from benchmarks.weights import origin

NAME = "abstrct"
TESTS = ("neoplasm-test", "glaucoma-test", "mixed-test")
OWN = Labels(NAME, ("Claim", "Premise"), CLASSES)
THRESHOLDS = tuple(float(t) for t in np.arange(0.2, 0.75, 0.05))
"""Of segments and of relations."""


def relations(gold: Sequence[ArgumentGraph], judged: Sequence[Judged], threshold: float) -> AbstrctCounts:
    """Counts over given components."""
    pairs = zip(gold, judged, strict=True)
    return count_graphs((graph, graph_of(OWN, graph, one, threshold)) for graph, one in pairs)


def tags(labeller: Labeller, gold: Sequence[ArgumentGraph], threshold: float) -> Confusion:
    """How the word tokens of raw texts are tagged."""
    miner = labeller.miner().with_threshold(threshold)
    counts = Confusion({})
    for graph in gold:
        spans = miner.mine(graph.document)
        found = graph_of(OWN, spans, labeller.judge(spans), 1.1)
        counts = counts + count_tags(graph, found, plain_context(graph).tokens)
    return counts


def main() -> int:
    """Learns, prints the figures and writes the record `abstrct`; returns the exit code."""
    options = learning_parser(__doc__, "the 50 abstracts")
    options.add_argument("--epochs", type=int, default=Settings().epochs)
    told = told_with_corpora(options)
    if told.threads:
        torch.set_num_threads(told.threads)
    corpus = read_corpus(NAME, told.corpora / NAME)
    train, kept = corpus.split("neoplasm-train"), corpus.split("neoplasm-dev")
    settings = Settings(epochs=told.epochs, segments=True)
    labeller = Labeller(OWN, settings)
    labeller.learn(train, lambda epoch, loss: print(f"epoch {epoch}: loss {loss:.3f}", flush=True))
    judged = [labeller.judge(graph) for graph in kept]
    linked = max(THRESHOLDS, key=lambda t: relations(kept, judged, t).relations.macro_f1)
    segment = max(THRESHOLDS, key=lambda t: tags(labeller, kept, t).macro_f1)
    found: dict[str, object] = {}
    for part in ("neoplasm-dev", *(() if told.development else TESTS)):
        gold = corpus.split(part)
        counts = relations(gold, [labeller.judge(graph) for graph in gold], linked)
        tagged = tags(labeller, gold, segment)
        print(f"{part}, relations from {linked:.2f}, segments from {segment:.2f}\n{counts}\ntags  {tagged}")
        found[part] = {**counts.figures(), "tags": tagged.figures()}
    if told.development:
        return 0
    files = corpus_files(told.corpora, NAME)
    extra = {"settings": asdict(settings), "thresholds": {"relations": linked, "segments": segment}, **origin()}
    path = write_record(NAME, found, data_digest=digest_files(files), seed=settings.seed, extra=extra)
    print(f"written to {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
