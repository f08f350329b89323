"""Question: what is each part of the training and of the decoding worth, on student essays?

Data: the published development part of the Argument Annotated Essays 2, 36 essays; epochs and decoding of all models
were chosen on them too, so differences count here, not levels. Method: three seeds each, raw text, in ONNX Runtime,
fp32. The networks learn from the essays alone, by `models/default/teachers.json`; left out are parts of the learning
(the running average of the weights; changes of a text's form and hidden words; moved ends of segments; the layer in
which components see each other) and, of the networks that learnt all of it, parts of the decoding (its tuned weights,
the joint choice of types and relations). Where networks of more stages are named (`--whole`), stages are left out of
those too: the last stage; all stages but that on essays alone. Means, standard deviations, and differences from what
nothing was left out of, paired by seed.

    python -m benchmarks.ablations --corpora DIR --runs runs/ablations    # trains what is not there, then scores
    python -m benchmarks.ablations --corpora DIR --runs runs/ablations --threads 1 --workers 2    # two at a time
    python -m benchmarks.ablations --corpora DIR --runs runs/ablations --whole runs/again1/model runs/again2/model …
        --two-stages runs/seven1/model …
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from argmine.config import MAIN, Decoding
from argmine.decoding import LinkScores, weighted_types
from argmine.encoding import EncodedDocument, FloatArray, IntArray
from argmine.miner import ArgumentMiner
from argmine.scoring import Scorer
from argmine.training.recipe import Augmentation, Recipe, read_recipe
from benchmarks.aae2 import Essay, digest, read_essays, score
from benchmarks.mining import DEFAULT, described, learning_parser, seed_of, told_with_corpora
from benchmarks.record import ROOT, write_record
from benchmarks.spread import figure, spread
from benchmarks.trained import train_all

NAME = "ablations"
SPLIT = "dev"
SHOWN = {
    "C": "essay.c_f1_100.f1",
    "R": "essay.r_f1_100.f1",
    "spans": "segmentation.exact_spans.f1",
    "types": "gold_segments.types.macro_f1",
    "links": "gold_segments.links.macro_f1",
}
"""Protocol A at essay level, exact spans, protocol C."""
IMPOSSIBLE = -50.0

Scores = Mapping[int, Mapping[str, float]]
"""Figures of each seed."""


def _without_noise(recipe: Recipe) -> Recipe:
    return recipe.model_copy(update={"augmentation": Augmentation(jitter=recipe.augmentation.jitter)})


def _with_exact_ends(recipe: Recipe) -> Recipe:
    return recipe.model_copy(update={"augmentation": recipe.augmentation.model_copy(update={"jitter": 0.0})})


def _without_layer(recipe: Recipe) -> Recipe:
    return recipe.model_copy(update={"sizes": recipe.sizes.model_copy(update={"component_layers": 0})})


LEARNT: Mapping[str, Callable[[Recipe], Recipe]] = {
    "last-weights": lambda recipe: recipe.model_copy(update={"average": 0.0}),
    "texts-as-they-are": _without_noise,
    "exact-ends": _with_exact_ends,
    "components-apart": _without_layer,
}
"""What is changed of the recipe of the networks that learn from essays alone."""
ALONE = "essays-alone"


@dataclass(frozen=True, slots=True)
class TypesFirst(Scorer):
    """Lets nothing but the best type of each component into the choice of its relation.

    Attributes:
        decoding: the weights and biases by which a type is best.
    """

    decoding: Decoding

    def link_scores(self, encoded: EncodedDocument, words: FloatArray, segments: IntArray) -> LinkScores:
        """As of the scorer, but for types that are sure."""
        scores = Scorer.link_scores(self, encoded, words, segments)
        return replace(scores, types=decided(scores, self.decoding))


def decided(scores: LinkScores, decoding: Decoding) -> FloatArray:
    """`[m, 3]` log probabilities of types of which the best, by the decoding's weights, is certain."""
    sure = np.full_like(scores.types, IMPOSSIBLE)
    sure[np.arange(len(sure)), weighted_types(scores, decoding).argmax(axis=1)] = 0.0
    return sure


def types_first(miner: ArgumentMiner) -> ArgumentMiner:
    """Chooses types, then relations."""
    other = ArgumentMiner(miner.config, miner.encoder, miner.backend)
    other.scorer = TypesFirst(miner.encoder, miner.backend, miner.config.windows, miner.config.decoding)
    return other


def untuned(miner: ArgumentMiner) -> ArgumentMiner:
    """Decodes with weights of one, without biases, at the threshold .5."""
    plain = Decoding(claims_point=miner.config.decoding.claims_point)
    return ArgumentMiner(miner.config.model_copy(update={"decoding": plain}), miner.encoder, miner.backend)


DECODED: Mapping[str, Callable[[ArgumentMiner], ArgumentMiner]] = {
    "untuned": untuned,
    "types-first": types_first,
}


def shown(miner: ArgumentMiner, essays: Sequence[Essay]) -> dict[str, float]:
    """The figures that are compared.

    Raises:
        SystemExit: a document crashed: a part that is left out must not be paid for by crashes.
    """
    figures = score(miner, essays)
    if figures["crashes"]:
        raise SystemExit(f"crashes: {figures['crashed']}")
    found = {name: figure(figures, path) for name, path in SHOWN.items()}
    return {name: value for name, value in found.items() if isinstance(value, float)}


def compared(scores: Scores, reference: Scores) -> dict[str, object]:
    """Mean and spread of the figures, and of their differences from those of the same seeds.

    Raises:
        ValueError: the seeds are not the same.

    >>> compared({1: {"C": 0.5}, 2: {"C": 0.75}}, {1: {"C": 0.75}, 2: {"C": 0.75}})["difference"]
    {'C': {'mean': -0.125, 'sd': 0.1767766952966369, 'runs': 2}}
    """
    if sorted(scores) != sorted(reference):
        raise ValueError(f"seeds {sorted(scores)} are compared with seeds {sorted(reference)}")
    gaps = [{name: value - reference[seed][name] for name, value in found.items()} for seed, found in scores.items()]
    return {"scores": spread(list(scores.values())), "difference": spread(gaps), "seeds": sorted(scores)}


def recipes(seeds: int, epochs: int | None) -> dict[str, list[Recipe]]:
    """What is trained: of the networks that learn from essays alone, and of those of which a part is left out."""
    told = read_recipe(DEFAULT / "teachers.json")
    changes = {} if epochs is None else {"epochs": epochs}
    whole = [told.model_copy(update={**changes, "seed": seed}) for seed in range(1, seeds + 1)]
    return {ALONE: whole, **{name: [change(recipe) for recipe in whole] for name, change in LEARNT.items()}}


def refuse_other_seeds(models: Sequence[Path], seeds: int) -> None:
    """Says before hours of training that networks of other seeds cannot be compared.

    Raises:
        SystemExit: a model has a seed that is not trained.
    """
    for folder in models:
        if seed_of(folder) not in range(1, seeds + 1):
            raise SystemExit(f"{folder} has the seed {seed_of(folder)}, compared are the seeds 1 to {seeds}")


def line(name: str, found: Mapping[str, object]) -> str:
    """What is printed of a comparison, in points."""
    parts = []
    for label in SHOWN:
        mean, sd = figure(found, f"difference.{label}.mean"), figure(found, f"difference.{label}.sd")
        assert isinstance(mean, float)
        parts.append(f"{label} {100 * mean:+.1f}" + (f" ± {100 * sd:.1f}" if isinstance(sd, float) else ""))
    return f"{name:28} " + ", ".join(parts)


def main() -> int:
    """Trains what is missing, prints the differences and writes the record `ablations`; returns the exit code."""
    told = _options()
    refuse_other_seeds([*(told.whole or ()), *(told.two_stages or ())], told.seeds)
    wanted = recipes(told.seeds, told.epochs)
    jobs = [(recipe, told.runs / f"{name}-{recipe.seed}") for name, each in wanted.items() for recipe in each]
    made = iter(train_all(jobs, told.corpora, told.threads, told.workers))
    learnt = {name: [next(made) for _ in each] for name, each in wanted.items()}
    essays = read_essays(told.corpora, SPLIT)
    models: dict[str, object] = {}

    def of(
        name: str, folders: Sequence[Path], change: Callable[[ArgumentMiner], ArgumentMiner] | None = None
    ) -> Scores:
        found: dict[int, Mapping[str, float]] = {}
        for folder in folders:
            miner, seed = ArgumentMiner.load(folder, scheme=MAIN), seed_of(folder)
            if seed is None or seed in found:
                raise SystemExit(f"{folder} has the seed {seed}, another one was expected")
            found[seed] = shown(miner if change is None else change(miner), essays)
            models[f"{name}-{seed}"] = described(miner)
            print(f"{name} {seed}: {dict(found[seed])}", flush=True)
        return found

    alone = of(ALONE, learnt[ALONE])
    figures = {
        ALONE: compared(alone, alone),
        **{name: compared(of(name, learnt[name]), alone) for name in LEARNT},
        **{name: compared(of(name, learnt[ALONE], change), alone) for name, change in DECODED.items()},
    }
    if told.whole:
        whole = of("whole", told.whole)
        figures |= {"whole": compared(whole, whole), f"{ALONE}-of-whole": compared(alone, whole)}
        if told.two_stages:
            figures["two-stages"] = compared(of("two-stages", told.two_stages), whole)
    for name, found in figures.items():
        print(line(name, found))
    extra = {"split": SPLIT, "models": models, "learnt": sorted(LEARNT), "epochs": wanted[ALONE][0].epochs}
    path = write_record(NAME, figures, data_digest=digest(told.corpora, essays, SPLIT), extra=extra)
    print(f"written to {path.relative_to(ROOT)}")
    return 0


def _options() -> argparse.Namespace:
    options = learning_parser(__doc__)
    options.add_argument("--whole", nargs="+", type=Path, help="models of all stages, a seed each")
    options.add_argument("--two-stages", nargs="+", type=Path, help="those before the last stage")
    options.add_argument("--seeds", type=int, default=3)
    options.add_argument("--epochs", type=int, help="of each training, instead of the recipe's")
    options.add_argument("--workers", type=int, default=1, help="trainings at a time")
    options.add_argument("--runs", type=Path, required=True, help="the folder of the trainings")
    told = told_with_corpora(options)
    if told.two_stages and not told.whole:
        options.error("--two-stages is compared with --whole, which is missing")
    return told


if __name__ == "__main__":
    sys.exit(main())
