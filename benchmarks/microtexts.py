"""Question: how well are arg-microtexts read, where their segments are given (protocol E)?

Data: part 1, 112 texts with 576 segments, ten times in five folds drawn by number, for no list of the published splits
comes with the corpus; linked premises are made what the protocol scores. Method: a shared stage goes on from the
default model's main scheme, which saw no microtext, on the texts of part 2 whose every claim is written out; for each
of the 50 folds a last stage goes on from there on the other four folds. Each text of the fold is then read over its
gold segments, in torch, fp32: roles are learnt by the head for stances, and the tree with one central claim is decoded
in which arcs, functions and roles agree best, as in evidence graphs (Peldszus & Stede 2015). The four macro-F1 are of
each fold, then their mean and standard deviation over the 50. Epochs, rates and weights were set beforehand on part 2
(`--part2`: its folds alone, no record).

    python -m benchmarks.microtexts --corpora DIR --runs runs/microtexts
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from argmine.corpora import read_corpus
from argmine.decoding import ATTACK, SUPPORT, LinkScores
from argmine.encoding import word_spans
from argmine.graph import ArgumentGraph
from argmine.metrics.microtexts import OPPONENT, as_dependencies, count_graphs, roles
from argmine.miner import ArgumentMiner
from argmine.miner.assembly import assembled
from argmine.training.data import Pool, read_encoder
from argmine.training.examples import Example, Learnable
from argmine.training.recipe import Augmentation, Keep, LossWeights, Recipe
from argmine.training.trainer import Trainer
from benchmarks.mining import DEFAULT, corpus_files, learning_parser, told_with_corpora
from benchmarks.record import ROOT, digest_files, write_record
from benchmarks.spread import Figures, figure, spread
from benchmarks.weights import digest_weights, main_weights, origin

NAME = "microtexts"
PART1, PART2 = "microtexts-part1", "microtexts-part2"
REPEATS, FOLDS = 10, 5
LEVELS = ("cc", "ro", "fu", "at")
NOISE = Augmentation(hide_words=0.1)
LOSSES = LossWeights(labels=1.0, stances=1.0, attack=1.0)


def recipe_of(epochs: int, encoder_rate: float, head_rate: float, seed: int) -> Recipe:
    """How a stage learns; what it learns from is given apart."""
    return Recipe(
        keep=Keep.LAST,
        tune=False,
        augmentation=NOISE,
        losses=LOSSES,
        seed=seed,
        epochs=epochs,
        encoder_rate=encoder_rate,
        head_rate=head_rate,
        dropout=0.2,
    )


def shared_recipe() -> Recipe:
    """The stage before all folds."""
    return recipe_of(epochs=8, encoder_rate=1e-4, head_rate=5e-4, seed=1)


def last_recipe(seed: int) -> Recipe:
    """The stage of one fold."""
    return recipe_of(epochs=8, encoder_rate=1e-4, head_rate=3e-4, seed=seed)


def digest_of(recipes: Mapping[str, object]) -> str:
    """By what settings are known again, so that folds of others are not taken for folds of these."""
    return hashlib.sha256(json.dumps(recipes, sort_keys=True).encode()).hexdigest()[:12]


def folds_of(graphs: Sequence[ArgumentGraph], repeat: int) -> list[list[ArgumentGraph]]:
    """The folds of one repeat: each graph in one of them, their sizes at most one apart."""
    order = np.random.default_rng([2015, repeat]).permutation(len(graphs))
    return [[graphs[k] for k in sorted(order[number::FOLDS])] for number in range(FOLDS)]


class RoleTrainer(Trainer):
    """A training in which every component's stance is its role in the text: proponent or opponent."""

    def _example(self, pool: Pool, item: Learnable, rng: np.random.Generator) -> Example:
        example = super()._example(pool, item, rng)
        if not isinstance(item, ArgumentGraph):
            raise TypeError(f"{item.id} is no gold graph")
        stances = [ATTACK if role == OPPONENT else SUPPORT for role in roles(item)]
        return replace(example, stances=np.eye(2)[stances])


def learnt(recipe: Recipe, graphs: Sequence[ArgumentGraph], weights: Mapping[str, Tensor]) -> Trainer:
    """A training on these graphs that goes on from these weights, done."""
    trainer = RoleTrainer(
        recipe,
        [Pool(tuple(graphs))],
        [],
        encoder=read_encoder(str(DEFAULT)),
        base=DEFAULT,
        folder=None,
        weights=weights,
    )
    for _ in trainer.epochs():
        pass
    return trainer


def read_over(miner: ArgumentMiner, graph: ArgumentGraph) -> ArgumentGraph:
    """What a miner makes of a graph's segments, with one central claim."""
    encoded = miner.encode(graph.document)
    segments = np.array([word_spans(encoded, c.start, c.end) for c in graph.components], np.int64)
    links = with_roles(miner.scorer.link_scores(encoded, miner.scorer.words(encoded), segments))
    config = miner.config.model_copy(update={"decoding": miner.config.decoding.model_copy(update={"one_root": True})})
    spans = np.array([(c.start, c.end) for c in graph.components], np.int64)
    sure = np.ones(len(spans))
    return ArgumentGraph.build(graph.document, *assembled(graph.document, spans, sure, sure, links, config))


def with_roles(links: LinkScores) -> LinkScores:
    """Scores in which an arc is worth what its best label is, and a label what the roles at both its ends say of it.

    Who supports another component is on its side, who attacks it on the other; the central claim is the proponent's.
    """
    chances = np.exp(links.stances - np.logaddexp.reduce(links.stances, axis=1, keepdims=True))
    ends = chances[links.candidates]  # [m, k, 2]
    same = (chances[:, None] * ends).sum(-1)
    agreement = np.log(np.clip(np.stack([same, 1 - same], axis=-1), 1e-6, None))
    labels = links.labels + agreement
    root = links.root + np.log(np.clip(chances[:, SUPPORT], 1e-6, None))
    return replace(links, labels=labels, arcs=links.arcs + labels.max(axis=-1), root=root)


def scored(
    graphs: Sequence[ArgumentGraph], repeats: int, weights: Mapping[str, Tensor], folder: Path
) -> Iterator[dict[str, float]]:
    """The four macro-F1 of each fold; what is there already is not learnt again."""
    for repeat in range(repeats):
        folds = folds_of(graphs, repeat)
        for number, test in enumerate(folds):
            path = folder / f"fold-{repeat}-{number}.json"
            if not path.is_file():
                others = [graph for n, fold in enumerate(folds) if n != number for graph in fold]
                miner = learnt(last_recipe(repeat * FOLDS + number), others, weights).averaged_miner()
                counts = count_graphs((graph, read_over(miner, graph)) for graph in test)
                path.write_text(json.dumps({level: getattr(counts, level).macro_f1 for level in LEVELS}), "utf-8")
                print(path.stem, path.read_text("utf-8"), flush=True)
            yield json.loads(path.read_text("utf-8"))


def figures_of(folds: Sequence[Figures]) -> dict[str, object]:
    """Mean and standard deviation over folds."""
    return {"folds": len(folds), "summary": spread(folds), "by_fold": list(folds)}


def main() -> int:
    """Learns what is missing, prints the figures and writes the record `microtexts`; returns the exit code."""
    told = _options()
    if told.threads:
        torch.set_num_threads(told.threads)
    start = main_weights()
    recipes = {"shared": shared_recipe().model_dump(mode="json"), "last": last_recipe(0).model_dump(mode="json")}
    folder = told.runs / f"{'part2' if told.part2 else 'part1'}-{digest_weights(start)}-{digest_of(recipes)}"
    folder.mkdir(parents=True, exist_ok=True)
    part1, part2 = (
        [as_dependencies(graph) for graph in read_corpus(name, told.corpora / name).graphs] for name in (PART1, PART2)
    )
    written_out = [graph for graph in part2 if not graph.meta.get("implicit")]
    if told.part2:
        weights: Mapping[str, Tensor] = start
    else:
        weights = learnt(shared_recipe(), written_out, start).average
    found = list(scored(written_out if told.part2 else part1, told.repeats, weights, folder))
    figures = figures_of(found)
    for level in LEVELS:
        mean, sd = (figure(figures, f"summary.{level}.{name}") for name in ("mean", "sd"))
        print(f"{level} {mean:.3f} sd {sd:.3f}")
    if not told.part2 and told.repeats == REPEATS:
        files = corpus_files(told.corpora, PART1, PART2)
        documents = {"part1": len(part1), "part2": len(written_out)}
        extra = {"documents": documents, **recipes, **origin()}
        path = write_record(NAME, figures, data_digest=digest_files(files), extra=extra)
        print(f"written to {path.relative_to(ROOT)}")
    return 0


def _options() -> argparse.Namespace:
    options = learning_parser(__doc__)
    options.add_argument("--runs", type=Path, required=True, help="where the figures of each fold lie")
    options.add_argument("--repeats", type=int, default=REPEATS, help="of five folds each; fewer give no record")
    options.add_argument("--part2", action="store_true", help="folds of part 2 instead, to choose by; no record")
    return told_with_corpora(options)


if __name__ == "__main__":
    sys.exit(main())
