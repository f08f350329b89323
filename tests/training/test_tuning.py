"""Calibration and decoding as they are set on development data."""

from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import minimize

from argmine.config import Calibration, Decoding, ModelConfig
from argmine.conformal import losses
from argmine.document import Document
from argmine.encoding import FloatArray
from argmine.graph import ArgumentGraph, Component, Relation
from argmine.metrics.right import judge
from argmine.miner import ArgumentMiner
from argmine.training.scores import count, score
from argmine.training.tuning import GRID, Judged, fit, fit_both, recalibrated, tune, tuned, with_calibration
from tests import tiny

TEXT = "Keep the trams. They are quiet, so people sleep."


def sigmoid(x: FloatArray) -> FloatArray:
    return np.asarray(1 / (1 + np.exp(-x)))


def simulated(slope: float, intercept: float, *, spread: float, count: int, seed: int = 0) -> list[tuple[float, bool]]:
    """Probabilities, and "right" as often as slope and intercept say."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(0.5, spread, count)
    right = rng.random(count) < sigmoid(slope * logits + intercept)
    return [(float(p), bool(r)) for p, r in zip(sigmoid(logits), right, strict=True)]


def loss(weights: FloatArray, pairs: list[tuple[float, bool]]) -> float:
    """What `fit` is to make least, for an optimiser that knows nothing else."""
    p, right = np.clip([q for q, _ in pairs], 1e-6, 1 - 1e-6), np.array([r for _, r in pairs])
    scores = weights[0] * np.log(p / (1 - p)) + weights[1]
    return float((np.logaddexp(0, scores) - right * scores).sum() + 0.005 * ((weights - [1, 0]) ** 2).sum())


@pytest.mark.parametrize(("slope", "intercept"), [(0.5, 0.3), (1.7, -0.4), (1.0, 0.0)])
def test_fit_recovers_slope_and_intercept(slope: float, intercept: float) -> None:
    found = fit(simulated(slope, intercept, spread=1.5, count=40_000))
    assert found.slope == pytest.approx(slope, abs=0.05)
    assert found.intercept == pytest.approx(intercept, abs=0.05)


def test_fit_leaves_calibrated_probabilities_alone() -> None:
    pairs = [(share / 10, n < share) for share in range(1, 10) for n in range(10)]
    found = fit(pairs)
    assert found.slope == pytest.approx(1.0, abs=1e-6)
    assert found.intercept == pytest.approx(0.0, abs=1e-6)


def test_fit_of_nothing_changes_nothing() -> None:
    assert fit([]) == Calibration()


@pytest.mark.parametrize("right", [True, False])
def test_fit_survives_that_all_are_right_or_all_are_wrong(right: bool) -> None:
    found = fit([(p, right) for p in (0.0, 0.4, 0.8, 1.0) for _ in range(30)])
    assert found.slope > 0
    assert (found.intercept > 0) is right


@pytest.mark.parametrize(
    "pairs",
    [
        simulated(0.4, 1.6, spread=2.9, count=2000, seed=4),
        [(1.0, n % 2 == 0) for n in range(200)],
        [(1.0, n % 2 == 0) for n in range(20)] + [(0.0, False)] * 40,
        [(0.99, False)] * 80 + [(0.999, False)] * 40 + [(0.9999, True)] * 40,
    ],
)
def test_fit_of_probabilities_that_are_far_too_sure_equals_a_search(pairs: list[tuple[float, bool]]) -> None:
    wanted = minimize(loss, [0.5, 0.0], args=(pairs,), method="BFGS", options={"gtol": 1e-8})
    found = fit(pairs)
    assert loss(np.array([found.slope, found.intercept]), pairs) == pytest.approx(wanted.fun, abs=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_fit_makes_simulated_probabilities_no_worse(seed: int) -> None:
    rng = np.random.default_rng(seed)
    pairs = simulated(rng.uniform(0.3, 2), rng.normal(), spread=rng.uniform(0.3, 3), count=500, seed=seed)
    found = fit(pairs)
    assert loss(np.array([found.slope, found.intercept]), pairs) <= loss(np.array([1.0, 0.0]), pairs)


def graph(parts: list[tuple[str, str, str, float]], links: list[tuple[str, str, str, float]]) -> ArgumentGraph:
    """A graph over `TEXT`: id, type, words and probability; source, target, type and probability."""
    components = [
        Component.model_validate(
            {
                "id": name,
                "type": kind,
                "start": TEXT.index(words),
                "end": TEXT.index(words) + len(words),
                "text": words,
                "probability": probability,
            }
        )
        for name, kind, words, probability in parts
    ]
    relations = [
        Relation.model_validate(
            {"id": f"r{n}", "source": source, "target": target, "type": kind, "probability": probability}
        )
        for n, (source, target, kind, probability) in enumerate(links)
    ]
    return ArgumentGraph.build(Document(id="d", text=TEXT), components, relations)


GOLD = graph(
    [
        ("m", "major_claim", "Keep the trams", 1),
        ("c", "claim", "They are quiet", 1),
        ("p", "premise", "people sleep", 1),
    ],
    [("c", "m", "support", 1), ("p", "c", "support", 1)],
)


def by_hand(
    monkeypatch: pytest.MonkeyPatch, mined: ArgumentGraph
) -> tuple[list[tuple[float, bool]], list[tuple[float, bool]]]:
    """What `fit_both` hands to `fit`: of components, of relations."""
    told: list[list[tuple[float, bool]]] = []

    def note(pairs: list[tuple[float, bool]]) -> Calibration:
        told.append(pairs)
        return Calibration(intercept=float(len(told)))

    monkeypatch.setattr("argmine.training.tuning.fit", note)
    assert fit_both([judge(GOLD, mined)]) == (Calibration(intercept=1.0), Calibration(intercept=2.0))
    components, relations = told
    return components, relations


def test_fit_both_takes_for_right_what_shares_type_and_more_than_half(monkeypatch: pytest.MonkeyPatch) -> None:
    mined = graph(
        [
            ("x", "major_claim", "the trams", 0.9),  # 9 of 14 characters
            ("y", "premise", "They are quiet", 0.8),  # of another type
            ("z", "premise", "people", 0.7),  # 6 of 12: no more than half
        ],
        [],
    )
    assert by_hand(monkeypatch, mined) == ([(0.9, True), (0.8, False), (0.7, False)], [])


def test_fit_both_takes_for_right_what_joins_the_same_ends_by_the_same_label(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [("x", "major_claim", "Keep the trams", 0.9), ("y", "claim", "They are quiet", 0.8)]
    mined = graph(
        [*parts, ("z", "premise", "so people sleep", 0.7)], [("y", "x", "attack", 0.6), ("z", "y", "support", 0.5)]
    )
    components, relations = by_hand(monkeypatch, mined)
    assert components == [(0.9, True), (0.8, True), (0.7, True)]
    assert relations == [(0.6, False), (0.5, True)]


def test_fit_both_counts_a_relation_from_what_is_no_component_as_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    mined = graph(
        [("x", "claim", "Keep the trams", 0.9), ("y", "premise", "people sleep", 0.8)], [("y", "x", "support", 0.5)]
    )
    assert by_hand(monkeypatch, mined) == ([(0.9, False), (0.8, True)], [(0.5, False)])


@pytest.fixture(scope="module")
def developed(tiny_miner: ArgumentMiner) -> list[ArgumentGraph]:
    """Gold that the tiny miner meets in part: what it finds itself at another threshold, with every third part gone."""
    other = Decoding(segment_threshold=0.3, claim_bias=0.4, major_claim_bias=-0.4)
    config = tiny_miner.config.model_copy(update={"decoding": other})
    miner = ArgumentMiner(config, tiny_miner.encoder, tiny_miner.backend)
    gold = []
    for number, length in enumerate((4, 6)):
        mined = miner.mine(Document(id=str(number), text=tiny.prose(length)))
        kept = [c for n, c in enumerate(mined.components) if n % 3 < 2]
        ids = {c.id for c in kept}
        links = [r for r in mined.relations if {r.source, r.target} <= ids]
        gold.append(ArgumentGraph.build(mined.document, kept, links))
    return gold


def test_tune_makes_the_development_figure_no_worse(tiny_miner: ArgumentMiner, developed: list[ArgumentGraph]) -> None:
    before = score(tiny_miner, developed)
    decoding, reached = tune(tiny_miner, developed, count)
    assert reached.selection > before.selection
    assert all(getattr(decoding, name) in (*GRID[name], getattr(tiny_miner.config.decoding, name)) for name in GRID)
    update = {"decoding": decoding}
    again = ArgumentMiner(tiny_miner.config.model_copy(update=update), tiny_miner.encoder, tiny_miner.backend)
    assert score(again, developed) == reached


def test_tune_leaves_a_threshold_that_follows_the_document(
    tiny_miner: ArgumentMiner, developed: list[ArgumentGraph]
) -> None:
    by_f1 = Decoding(segment_threshold=0.9, threshold_by_f1=0.3)
    config = tiny_miner.config.model_copy(update={"decoding": by_f1})
    decoding, _ = tune(ArgumentMiner(config, tiny_miner.encoder, tiny_miner.backend), developed, count)
    assert (decoding.segment_threshold, decoding.threshold_by_f1) == (0.9, 0.3)
    assert decoding != by_f1


def test_tune_keeps_a_decoding_that_nothing_betters(tiny_miner: ArgumentMiner) -> None:
    gold = [tiny_miner.mine(Document(id="d", text=tiny.prose(5)))]
    assert gold[0].relations
    assert tune(tiny_miner, gold, count) == (tiny_miner.config.decoding, score(tiny_miner, gold))


def test_tuned_sets_decoding_and_calibration_and_nothing_else(
    tiny_miner: ArgumentMiner, developed: list[ArgumentGraph]
) -> None:
    config, scores = tuned(tiny_miner, developed, count)
    assert (config.decoding, scores) == tune(tiny_miner, developed, count)
    assert config.component_calibration != Calibration()
    kept = {"decoding", "component_calibration", "relation_calibration", "errors"}
    assert config.model_dump(exclude=kept) == tiny_miner.config.model_dump(exclude=kept)


def test_tuned_starts_from_probabilities_without_calibration(tiny_model: Path, developed: list[ArgumentGraph]) -> None:
    miner = ArgumentMiner.load(tiny_model, threads=1)
    update = {"component_calibration": Calibration(slope=3, intercept=-2), "relation_calibration": Calibration(slope=2)}
    changed = ArgumentMiner(miner.config.model_copy(update=update), miner.encoder, miner.backend)
    assert tuned(changed, developed, count) == tuned(miner, developed, count)


JUDGED: list[Judged] = [
    ([(0.9, True), (0.8, False), (0.7, True)], [(0.6, True), (0.5, False)]),
    ([(0.95, True), (0.4, False)], [(0.7, False), (0.2, False)]),
]


def test_recalibrated_moves_components_and_relations_by_their_own_calibration() -> None:
    """With slope 2, the odds 9 become 81; with intercept log 3, the odds 3/2 become 9/2."""
    calibrations = Calibration(slope=2.0), Calibration(intercept=float(np.log(3)))
    components, relations = recalibrated(JUDGED[0], calibrations)
    assert components[0][0] == pytest.approx(81 / 82, abs=1e-4)
    assert relations[0][0] == pytest.approx(9 / 11, abs=1e-4)
    assert [right for _, right in components] == [True, False, True]
    assert [right for _, right in relations] == [True, False]


def test_a_configuration_gets_calibrations_and_the_errors_that_they_make() -> None:
    config = with_calibration(ModelConfig(name="t", encoder="t"), JUDGED)
    found = fit_both(JUDGED)
    assert (config.component_calibration, config.relation_calibration) == found
    assert config.errors is not None
    each = [losses(recalibrated(document, found)[1]) for document in JUDGED]
    assert config.errors.documents == 2
    assert config.errors.relations == pytest.approx(np.mean(each, axis=0), abs=1e-6)
