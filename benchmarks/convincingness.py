"""How often does the score of an argument say which of two convinces more, on topics it never saw?

Data: UKPConvArg1 (Habernal & Gurevych 2016), 1,052 arguments of 10 to 110 words, 11,650 pairs of one side of a debate,
32 sides of 16 topics. Method: accuracy over pairs, a tie counting half, with whole topics left out, both sides of each;
and, as published, with one side left out, whose topic's other side is then trained on. How strongly the weights are
held is chosen each time by inner cross-validation over training topics. Beside it stand the length alone (the longer
one is preferred), Spearman's correlation with the length, the figures without the share that follows from the length,
and those of pairs of like length. The features were chosen while looking at such figures, between .81 and .83.

    python -m benchmarks.convincingness --corpora DIR [--model NAME] [--write]

With `--write` the score, fitted to all topics, is written beside the model's weights: after each new model.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from statistics import mean

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from argmine.config import MAIN
from argmine.convincing.features import TEXT_FEATURES, features
from argmine.convincing.fit import Rated, Ridge, fit
from argmine.convincing.preferences import states_digest, write_preferences
from argmine.corpora import ukp_convarg1
from argmine.corpora.ukp_convarg1 import RatedArgument, RatedArguments
from argmine.encoding import FloatArray
from argmine.errors import CorpusError, ModelError
from argmine.miner import ArgumentMiner
from benchmarks.mining import told_with_corpora
from benchmarks.record import ROOT, digest_files, write_record

NAME = "convincingness"
GRID = tuple(Ridge(states, states / ratio) for states, ratio in product((1000.0, 2000.0, 4000.0), (9.0, 25.0)))
INNER = 4
LIKE = 1.2
"""The longer of two arguments of like length has at most so many times the other's words."""
PUBLISHED = {"svm": 0.78, "bilstm": 0.76, "source": "Habernal & Gurevych 2016, one side left out; from memory"}
Labels = NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Scores:
    """`[n]` scores of held-out arguments, whole and beyond their length, and the ridge chosen in each fold."""

    whole: FloatArray
    beyond: FloatArray
    chosen: tuple[Ridge, ...]


def rated_of(miner: ArgumentMiner, corpus: RatedArguments) -> Rated:
    """The corpus as features; each argument goes through the encoder once."""
    place = {argument.id: n for n, argument in enumerate(corpus.arguments)}
    return Rated(
        features=np.stack([_features(miner, argument) for argument in corpus.arguments]),
        words=np.array([len(argument.text.split()) for argument in corpus.arguments], np.float64),
        pairs=np.array([(place[pair.better], place[pair.worse]) for pair in corpus.pairs], np.int64),
        states=_features(miner, corpus.arguments[0]).size - len(TEXT_FEATURES),
    )


def _features(miner: ArgumentMiner, argument: RatedArgument) -> FloatArray:
    found = features(miner, argument.text)
    if found is None:
        raise CorpusError(f"the encoder finds no word in the argument {argument.id}")
    return found


def cross_validated(rated: Rated, groups: Labels, topics: Labels, grid: Sequence[Ridge] = GRID) -> Scores:
    """Scores of each group from preferences that were fitted to the other groups."""
    whole, beyond, chosen = np.zeros(len(groups)), np.zeros(len(groups)), []
    for group in np.unique(groups):
        held = groups == group
        train = rated.among(~held)
        chosen.append(best_ridge(train, topics[~held], grid))
        fitted = fit(train, chosen[-1], model="fold")
        beyond[held] = fitted.beyond_length(rated.features[held], rated.words[held])
        whole[held] = fitted.by_length(rated.words[held]) + beyond[held]
    return Scores(whole, beyond, tuple(chosen))


def best_ridge(rated: Rated, topics: Labels, grid: Sequence[Ridge]) -> Ridge:
    """The ridge that says most pairs right in parts of the topics that were left out; the first of equals."""
    if len(grid) == 1:
        return grid[0]
    names = np.unique(topics)
    count = min(INNER, len(names))
    parts = [np.isin(topics, names[part::count]) for part in range(count)]

    def right(ridge: Ridge) -> float:
        return sum(_right(rated, held, ridge) for held in parts)

    return max(grid, key=right)


def _right(rated: Rated, held: NDArray[np.bool_], ridge: Ridge) -> float:
    """How many of the held-out pairs are said right."""
    fitted, test = fit(rated.among(~held), ridge, model="fold"), rated.among(held)
    scores = fitted.by_length(test.words) + fitted.beyond_length(test.features, test.words)
    return accuracy(scores, test.pairs) * len(test.pairs)


def accuracy(scores: FloatArray, pairs: NDArray[np.int64]) -> float:
    """The share of pairs whose better argument has the higher score; a tie counts half."""
    apart = scores[pairs[:, 0]] - scores[pairs[:, 1]]
    return float((apart > 0).mean() + (apart == 0).mean() / 2)


def figures(scores: Scores, rated: Rated, sides: Labels, ranks: FloatArray) -> dict[str, object]:
    """What the scores of held-out arguments come to."""
    lengths = np.log(rated.words)
    like = rated.pairs[np.abs(np.diff(lengths[rated.pairs], axis=1))[:, 0] <= np.log(LIKE)]
    by_side = [rated.pairs[sides[rated.pairs[:, 0]] == side] for side in np.unique(sides)]
    kinds = {"score": scores.whole, "beyond_length": scores.beyond, "length_alone": lengths}
    return {
        "pairs": len(rated.pairs),
        "accuracy": {name: accuracy(found, rated.pairs) for name, found in kinds.items()},
        "accuracy_mean_of_sides": {name: mean(accuracy(found, p) for p in by_side) for name, found in kinds.items()},
        "pairs_of_like_length": len(like),
        "accuracy_like_length": {name: accuracy(found, like) for name, found in kinds.items()},
        "spearman_with_length": {name: _spearman(found, lengths) for name, found in kinds.items()},
        "spearman_with_length_mean_of_sides": {
            **{name: _within(found, lengths, sides) for name, found in kinds.items()},
            "gold_ranks": _within(-ranks, lengths, sides),
        },
        "spearman_with_gold_ranks_mean_of_sides": {
            name: _within(found, -ranks, sides) for name, found in kinds.items()
        },
        "ridge": {str(tuple(ridge)): scores.chosen.count(ridge) for ridge in sorted(set(scores.chosen))},
    }


def _within(x: FloatArray, y: FloatArray, sides: Labels) -> float:
    return mean(_spearman(x[sides == side], y[sides == side]) for side in np.unique(sides))


def _spearman(x: FloatArray, y: FloatArray) -> float:
    return float(spearmanr(x, y).statistic)


def measure(rated: Rated, corpus: RatedArguments, grid: Sequence[Ridge] = GRID) -> dict[str, object]:
    """All figures: by what was left out, then of parts of the features alone."""
    topics = np.array([argument.topic for argument in corpus.arguments])
    sides = np.array([f"{argument.topic}_{argument.side}" for argument in corpus.arguments])
    ranks = np.array([argument.rank for argument in corpus.arguments])
    states = replace(rated, features=rated.features[:, : rated.states])
    text = replace(rated, features=rated.features[:, rated.states :], states=0)
    found: dict[str, object] = {"published": PUBLISHED}
    for name, groups in (("topics_left_out", topics), ("sides_left_out", sides)):
        found[name] = figures(cross_validated(rated, groups, topics, grid), rated, sides, ranks)
        print(f"{name}: {found[name]}", flush=True)
    for name, part in (("states_alone", states), ("text_alone", text)):
        scores = cross_validated(part, topics, topics, grid)
        found[name] = {"topics_left_out": {"accuracy": accuracy(scores.whole, part.pairs)}}
        print(f"{name}: {found[name]}", flush=True)
    return found


def main() -> None:
    """Prints the figures and writes the record, and with `--write` the score beside the model's weights."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--model", default="default", help="a packaged model's name, or a model's folder")
    options.add_argument("--threads", type=int, help="of the encoder; all processors")
    options.add_argument("--write", action="store_true", help="write the score beside the model's weights too")
    told = told_with_corpora(options)
    folder = told.corpora / ukp_convarg1.NAME
    corpus, miner = ukp_convarg1.read(folder), ArgumentMiner.load(told.model, scheme=MAIN, threads=told.threads)
    rated = rated_of(miner, corpus)
    if told.write:
        written = write_final(rated, corpus, miner)
        print(f"written to {written}", flush=True)
    data = digest_files(sorted(folder.glob("data/*/*.csv")))
    extra = {"model": miner.info.model_dump(), "arguments": len(corpus.arguments), "words": _range(rated)}
    path = write_record(NAME, measure(rated, corpus), data_digest=data, extra=extra)
    print(f"written to {path.relative_to(ROOT)}")


def write_final(rated: Rated, corpus: RatedArguments, miner: ArgumentMiner) -> Path:
    """Fits the score to all topics and writes it beside the model's weights.

    Raises:
        ModelError: the model is a network in memory.
    """
    if miner.folder is None:
        raise ModelError("a network in memory has no folder to write to")
    topics = np.array([argument.topic for argument in corpus.arguments])
    fitted = fit(rated, best_ridge(rated, topics, GRID), model=states_digest(miner.folder))
    return write_preferences(fitted, miner.folder)


def _range(rated: Rated) -> list[int]:
    return [int(rated.words.min()), int(rated.words.max())]


if __name__ == "__main__":
    main()
