"""What is set on development data once the weights are trained: decoding and calibration."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np

from argmine.config import Calibration, Decoding, ModelConfig
from argmine.conformal import error_table
from argmine.encoding import DocumentEncoder, EncodedDocument, FloatArray
from argmine.graph import ArgumentGraph
from argmine.metrics.right import Item, judge
from argmine.miner import ArgumentMiner
from argmine.miner.assembly import calibrated, logits
from argmine.segments import Segments

GRID = {
    "segment_threshold": (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5),
    "type_weight": (0.5, 0.75, 1.0, 1.5, 2.0),
    "major_claim_bias": (-0.8, -0.4, 0.0, 0.4, 0.8),
    "claim_bias": (-0.4, -0.2, 0.0, 0.2, 0.4),
}
ROUNDS = 2
PLAIN = np.array([1.0, 0.0])
"""Slope and intercept that leave a probability alone; `RIDGE` is the pull towards them."""
RIDGE = 1e-2
HALVINGS = 60


@dataclass(frozen=True, slots=True)
class Scored:
    """What of a document does not depend on decoding: its words' states and its likely segments."""

    encoded: EncodedDocument
    words: FloatArray
    likely: Segments


class Selects(Protocol):
    """Scores with a figure that is to be great."""

    @property
    def selection(self) -> float:
        """The figure."""
        ...


S = TypeVar("S", bound=Selects)
Counter = Callable[[DocumentEncoder, Sequence[ArgumentGraph], Sequence[ArgumentGraph]], S]


def tune(miner: ArgumentMiner, gold: Sequence[ArgumentGraph], counter: Counter[S]) -> tuple[Decoding, S]:
    """Decoding that makes the selection figure of `gold` greatest, one setting at a time, and its scores."""
    scored = [_scored(miner, graph) for graph in gold]
    best = miner.config.decoding

    def scores_of(decoding: Decoding) -> S:
        trial = ArgumentMiner(miner.config.model_copy(update={"decoding": decoding}), miner.encoder, miner.backend)
        return counter(miner.encoder, gold, [trial.decode(s.encoded, s.words, s.likely) for s in scored])

    reached = scores_of(best)
    for _ in range(ROUNDS):
        before = best
        for name, values in GRID.items():
            if name == "segment_threshold" and best.threshold_by_f1:
                continue
            for value in values:
                trial = best.model_copy(update={name: value})
                scores = scores_of(trial) if trial != best else reached
                if scores.selection > reached.selection:
                    best, reached = trial, scores
        if best == before:
            break
    return best, reached


Judged = tuple[Sequence[Item], Sequence[Item]]
"""A document's components and relations, each with its probability and whether it is right."""


def fit_both(judged: Sequence[Judged]) -> tuple[Calibration, Calibration]:
    """Calibrations of components and relations, from documents that were mined without any.

    A component is right when a gold one of its type shares more than half of the longer one's characters with it, a
    relation when both ends are and gold joins them by the same label.
    """
    return fit([c for components, _ in judged for c in components]), fit([r for _, links in judged for r in links])


def recalibrated(judged: Judged, calibrations: tuple[Calibration, Calibration]) -> Judged:
    """A document with its probabilities as they are shown by calibrations of components and relations."""
    components, relations = (
        list(zip(calibrated(np.array([p for p, _ in items]), calibration), [right for _, right in items], strict=True))
        for items, calibration in zip(judged, calibrations, strict=True)
    )
    return components, relations


def with_calibration(config: ModelConfig, judged: Sequence[Judged]) -> ModelConfig:
    """The configuration with calibrations, and with the table of errors that they make, from documents mined without.

    The same documents give both, so what is promised of errors leans on calibrations of two numbers each being as good
    on others.
    """
    found = components, relations = fit_both(judged)
    errors = error_table(recalibrated(document, found) for document in judged)
    update = {"component_calibration": components, "relation_calibration": relations, "errors": errors}
    return config.model_copy(update=update)


def uncalibrated(miner: ArgumentMiner) -> ArgumentMiner:
    """The same model, whose probabilities are the network's own, and all that it finds is shown."""
    plain = {"component_calibration": Calibration(), "relation_calibration": Calibration(), "shown": None}
    return ArgumentMiner(miner.config.model_copy(update=plain), miner.encoder, miner.backend)


def fit(pairs: Sequence[tuple[float, bool]]) -> Calibration:
    """Slope and intercept by logistic regression of "right" on the logit (Platt 2000), by Newton's method."""
    if not pairs:
        return Calibration()
    inputs = np.stack([logits(np.array([p for p, _ in pairs])), np.ones(len(pairs))], axis=1)
    right = np.array([float(r) for _, r in pairs])
    weights = PLAIN
    for _ in range(50):
        with np.errstate(over="ignore"):  # 1 / (1 + inf) is the 0 that is meant
            found = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (found - right) + RIDGE * (weights - PLAIN)
        curve = (inputs * (found * (1 - found))[:, None]).T @ inputs + RIDGE * np.eye(2)
        weights = _moved(weights, np.linalg.solve(curve, slope), inputs, right)
    return Calibration(slope=max(1e-3, float(weights[0])), intercept=float(weights[1]))


def _moved(weights: FloatArray, step: FloatArray, inputs: FloatArray, right: FloatArray) -> FloatArray:
    """A step of Newton's method, halved until it makes nothing worse: far from the goal a whole one may lead astray."""
    start = _loss(weights, inputs, right)
    for _ in range(HALVINGS):
        if _loss(weights - step, inputs, right) <= start + 1e-9 * (1 + start):
            return weights - step
        step = step / 2
    return weights


def _loss(weights: FloatArray, inputs: FloatArray, right: FloatArray) -> float:
    scores = inputs @ weights
    ridge = RIDGE / 2 * ((weights - PLAIN) ** 2).sum()
    return float((np.logaddexp(0, scores) - right * scores).sum() + ridge)


def tuned(miner: ArgumentMiner, gold: Sequence[ArgumentGraph], counter: Counter[S]) -> tuple[ModelConfig, S]:
    """The miner's configuration with decoding and calibration set on `gold`."""
    decoding, scores = tune(miner, gold, counter)
    config = miner.config.model_copy(update={"decoding": decoding})
    trial = uncalibrated(ArgumentMiner(config, miner.encoder, miner.backend))
    judged = [judge(graph, trial.mine(graph.document)) for graph in gold]
    return with_calibration(config, judged), scores


def _scored(miner: ArgumentMiner, graph: ArgumentGraph) -> Scored:
    encoded = miner.encode(graph.document)
    words = miner.scorer.words(encoded)
    return Scored(encoded, words, miner.scorer.likely(words))
