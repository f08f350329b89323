"""Question: how well are Change My View threads read by a model that learnt from others of them?

Data: the threads at hand of `cmv-modes`, in five folds by group (documents that share text stay together). Method: a
shared stage goes on from the default model's main scheme, which saw no thread, on all that
`models/default/opinion-1.json` learns from but threads, as a network of its own. For each fold a scheme `threads` is
learnt as a low-rank change of it, by that recipe with these changes: threads of three folds, all of them an epoch, as
often as the recipe names them, at most `--others` documents an epoch of every other source; decoding is tuned on the
fold that follows, but which segments are worth taking is decided as by the default model's scheme `opinion`; by what
was tuned alone, the figures stand under `tuned`. Each thread is mined, raw text, in ONNX Runtime, fp32, by the model of
its fold. Spans, conclusions, premises and links at more than half of the words, micro over all threads, with intervals
of 95 % by drawing groups. A crash counts as a miss. One seed. (The record of commit 949d450 is of the recipe that
`opinion` had then.)

    python -m benchmarks.threads --corpora DIR --runs runs/threads    # trains what is not there, then scores

A training that was killed goes on when the command is given again.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from argmine.corpora import read_corpus
from argmine.corpora.folds import fold, group_of
from argmine.corpora.parts import part_of
from argmine.evaluation.statistics import bootstrap_intervals
from argmine.evaluation.tallies import FloatArray, IntArray
from argmine.graph import ArgumentGraph
from argmine.metrics.overlap import OverlapCounts, count_graph
from argmine.miner import ArgumentMiner
from argmine.training.recipe import Recipe, Source, read_recipe
from benchmarks.mining import (
    DEFAULT,
    complain,
    corpus_files,
    described,
    learning_parser,
    mine_all,
    told_with_corpora,
)
from benchmarks.record import ROOT, digest_files, write_record
from benchmarks.trained import trained
from benchmarks.ways import AS_SHIPPED, decoding_as_shipped
from benchmarks.weights import origin

NAME, CORPUS, SCHEME, FOLDS = "threads", "cmv-modes", "threads", 5
TUNED = "tuned"
BASE = "opinion-1.json"
"""The recipe of the first of the trainings that made the scheme `opinion`; it goes on from the main scheme."""
SHARED_ENCODER_RATE, SHARED_HEAD_RATE = 1e-4, 5e-4
PARTS = ("spans", "conclusions", "premises", "links")


def split_of(*folds: int, but: bool = False) -> str:
    """The name of these folds of five as tenths, of which each has two.

    >>> split_of(1), split_of(4, 5, but=True)
    ('tenths-16', 'but-tenths-4905')
    """
    digits = "".join(f"{n % FOLDS}{n % FOLDS + FOLDS}" for n in folds)
    return f"{'but-' if but else ''}tenths-{digits}"


def shared_recipe(base: Recipe, epochs: int) -> Recipe:
    """What is learnt before all folds, from a recipe that adapts a scheme: the same without threads, by all weights."""
    scheme = base.schemes[0]
    changes = {
        "train": tuple(one.model_copy(update={"scheme": ""}) for one in base.train if one.corpus != CORPUS),
        "schemes": (),
        "adapter": None,
        "claims_point": scheme.claims_point,
        "places": scheme.places,
        "tune": False,
        "encoder_rate": SHARED_ENCODER_RATE,
        "head_rate": SHARED_HEAD_RATE,
        "epochs": epochs,
        "init": str(DEFAULT),
    }
    return Recipe.model_validate({**base.model_dump(), **changes})


def recipe_of(base: Recipe, number: int, epochs: int, others: int, start: Path) -> Recipe:
    """What is learnt for one fold, from a recipe that adapts a scheme, and from the model of the shared stage."""

    def source(one: Source) -> Source:
        if one.corpus == CORPUS:
            split = split_of(number, number + 1, but=True)
            return one.model_copy(update={"scheme": SCHEME, "split": split, "each_epoch": None})
        return one.model_copy(update={"scheme": SCHEME, "each_epoch": min(others, one.each_epoch or others)})

    tuned_on = Source(corpus=CORPUS, split=split_of(number + 1))
    scheme = base.schemes[0].model_copy(update={"name": SCHEME, "development": tuned_on, "read_by_default": False})
    changes = {
        "train": tuple(source(one) for one in base.train),
        "development": tuned_on,
        "schemes": (scheme,),
        "epochs": epochs,
        "init": str(start),
    }
    return Recipe.model_validate({**base.model_dump(), **changes})


WAYS: Mapping[str, Callable[[ArgumentMiner], ArgumentMiner]] = {
    AS_SHIPPED: decoding_as_shipped,
    TUNED: lambda miner: miner,
}
"""How the segments of a fold are taken."""


def scores(totals: IntArray) -> Mapping[str, FloatArray]:
    """F1 of each part from totals `[..., part x count]`."""
    found = totals.reshape(*totals.shape[:-1], len(PARTS), 3).astype(np.float64)
    true, false, missed = found[..., 0], found[..., 1], found[..., 2]
    f1 = 2 * true / np.maximum(2 * true + false + missed, 1)
    return {part: f1[..., n] for n, part in enumerate(PARTS)}


def figures_of(gold: Sequence[ArgumentGraph], mined: Sequence[ArgumentGraph]) -> dict[str, object]:
    """Figures over all threads, and the intervals of their F1."""
    groups: dict[str, OverlapCounts] = {}
    for one, other in zip(gold, mined, strict=True):
        name = group_of(CORPUS, one.id)
        groups[name] = groups.get(name, OverlapCounts()) + count_graph(one, other)
    rows = [[number for part in PARTS for number in _numbers(counts, part)] for counts in groups.values()]
    intervals = bootstrap_intervals(np.array(rows, np.int64), scores)
    whole = sum(groups.values(), OverlapCounts())
    return {
        "overlap": whole.figures(),
        "intervals": {part: interval.figures() for part, interval in intervals.items()},
        "threads": len(gold),
        "groups": len(groups),
    }


def _numbers(counts: OverlapCounts, part: str) -> tuple[int, int, int]:
    found = getattr(counts, part)
    return found.found, found.spurious, found.missed


def main() -> int:
    """Trains what is missing, prints the figures and writes the record `threads`; returns the exit code."""
    told = _options()
    base = read_recipe(DEFAULT / BASE)
    corpus = read_corpus(CORPUS, told.corpora / CORPUS)
    gold: list[ArgumentGraph] = []
    mined: dict[str, list[ArgumentGraph]] = {way: [] for way in WAYS}
    crashes: list[str] = []
    models: list[dict[str, object]] = []
    start = trained(shared_recipe(base, told.shared_epochs), told.corpora, told.runs / "shared", told.threads)
    for number in range(FOLDS):
        recipe = recipe_of(base, number, told.epochs, told.others, start)
        miner = ArgumentMiner.load(
            trained(recipe, told.corpora, told.runs / f"fold-{number}", told.threads), scheme=SCHEME
        )
        threads = part_of(corpus, split_of(number))
        if any(fold(CORPUS, graph.id, FOLDS) != number for graph in threads):
            raise AssertionError("a fold of five is two tenths")
        gold += threads
        for way, change in WAYS.items():
            reader = change(miner)
            found = mine_all(lambda graph, reader=reader: reader.mine(graph.document), threads)  # type: ignore[misc]
            mined[way] += found.graphs
            crashes += found.crashes
        models.append(described(miner))
    complain(crashes)
    figures = {
        **figures_of(gold, mined[AS_SHIPPED]),
        TUNED: figures_of(gold, mined[TUNED]),
        "crashes": len(crashes),
        "models": models,
    }
    print(figures["overlap"], figures["intervals"], figures[TUNED], sep="\n")
    files = corpus_files(told.corpora, CORPUS)
    extra = {
        "shared_epochs": told.shared_epochs,
        "epochs": told.epochs,
        "others": told.others,
        "folds": FOLDS,
        **origin(),
    }
    path = write_record(NAME, figures, data_digest=digest_files(files), extra=extra)
    print(f"written to {path.relative_to(ROOT)}")
    return 0


def _options() -> argparse.Namespace:
    options = learning_parser(__doc__)
    options.add_argument("--runs", type=Path, required=True, help="the folder of the trainings")
    options.add_argument("--shared-epochs", type=int, default=4, help="of the stage before all folds")
    options.add_argument("--epochs", type=int, default=5, help="of each fold")
    options.add_argument("--others", type=int, default=20, help="documents an epoch of each other source")
    return told_with_corpora(options)


if __name__ == "__main__":
    sys.exit(main())
