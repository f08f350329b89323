"""From an evaluation to all that its report says."""

import platform
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from argmine.evaluation.breakdown import NOTHING, break_down, document_scores, worst_documents
from argmine.evaluation.errors_table import fault_costs
from argmine.evaluation.evaluated import Evaluation
from argmine.evaluation.published import published_table
from argmine.evaluation.repairs import Fault
from argmine.evaluation.report.contents import (
    Bounds,
    ConfusionTable,
    Evaluated,
    FaultLine,
    Kind,
    Rates,
    ReliabilityBin,
    ReliabilityTable,
    Report,
    ScoreLine,
    SideBySide,
    TypeLine,
)
from argmine.evaluation.report.side_by_side import side_by_side
from argmine.evaluation.statistics import Interval, bootstrap_intervals
from argmine.graph import ArgumentGraph, ComponentType, ModelInfo, RelationType
from argmine.metrics import reliability
from argmine.metrics.counts import Confusion, Counts

LIBRARIES = ("argmine", "numpy", "onnxruntime", "tokenizers")
WORST = 10

MEANINGS = {
    Fault.MISSED: "components that gold has and the prediction has not; they are added with their relations",
    Fault.INVENTED: "components that gold has not; they are dropped with their relations",
    Fault.START: "components that start elsewhere than gold's",
    Fault.END: "components that end elsewhere than gold's",
    Fault.TYPE: "components of another type, or label of the corpus, than gold's",
    Fault.LINK: "components that bear on others than gold's do",
    Fault.LABEL: "components that support where gold's attack, or attack where they support",
}
"""What each kind of fault is, for a person."""


def report_of(evaluation: Evaluation) -> Report:
    """All of it.

    Raises:
        EvaluationError: a component holds no word.
    """
    pairs = list(zip(evaluation.gold, evaluation.predicted, strict=True))
    found = break_down(pairs)
    kinds, signs = [kind.value for kind in ComponentType], [sign.value for sign in RelationType]
    return Report(
        evaluated=_evaluated(evaluation),
        scores=_scores(evaluation),
        types=(
            *_types("components", kinds, found.components, found.exact_components),
            *_types("relations", signs, found.relations, found.exact_relations),
        ),
        confusions=(
            _confusion("components", kinds, found.components),
            _confusion("relations", signs, found.relations),
        ),
        faults=_faults(evaluation),
        reliability=_reliability(pairs),
        published=published_table(evaluation.protocol.name, evaluation.corpus, evaluation.split),
        worst=_worst(evaluation),
    )


def _evaluated(evaluation: Evaluation) -> Evaluated:
    protocol = evaluation.protocol
    return Evaluated(
        system=evaluation.system,
        model=_model(evaluation.predicted),
        corpus=evaluation.corpus,
        split=evaluation.split,
        documents=len(evaluation.gold),
        protocol=protocol.name,
        title=protocol.title,
        given=protocol.given.value,
        notes=evaluation.notes,
        versions={"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}},
    )


def _model(predicted: Iterable[ArgumentGraph]) -> ModelInfo | None:
    """What all predictions say of their model."""
    models = {graph.model for graph in predicted}
    return models.pop() if len(models) == 1 else None


def _scores(evaluation: Evaluation) -> tuple[ScoreLine, ...]:
    scores, details, intervals = evaluation.scores(), evaluation.details(), _intervals(evaluation)
    gold, predicted = evaluation.gold_items(), evaluation.predicted_items()
    return tuple(
        ScoreLine(
            name=tally.name,
            title=tally.title,
            score=scores[tally.name],
            interval=intervals.get(tally.name),
            gold=gold[tally.name],
            predicted=predicted[tally.name],
            details=details[tally.name],
        )
        for tally in evaluation.protocol.tallies
    )


def _intervals(evaluation: Evaluation) -> dict[str, Bounds]:
    """By name of the score; none where there are too few documents to draw from."""
    if len(evaluation.gold) < 2:
        return {}
    found = bootstrap_intervals(evaluation.counts, evaluation.protocol.scores)
    return {name: _bounds(interval) for name, interval in found.items()}


def _bounds(interval: Interval) -> Bounds:
    return Bounds(low=interval.low, high=interval.high, level=interval.level, draws=interval.draws)


def _types(of: Kind, names: Sequence[str], near: Confusion, exact: Sequence[Counts]) -> list[TypeLine]:
    counted = [(name, near.of_class(name), counts) for name, counts in zip(names, exact, strict=True)]
    return [
        TypeLine(
            of=of,
            type=name.replace("_", " "),
            gold=matched.gold,
            predicted=matched.found + matched.spurious,
            near=_rates(matched),
            exact=_rates(counts),
        )
        for name, matched, counts in counted
    ]


def _rates(counts: Counts) -> Rates:
    return Rates(f1=counts.f1, precision=counts.precision, recall=counts.recall)


def _confusion(of: Kind, names: Sequence[str], found: Confusion) -> ConfusionTable:
    classes = [*names, NOTHING]
    return ConfusionTable(
        of=of,
        classes=tuple(name.replace("_", " ") for name in classes),
        rows=tuple(tuple(found.pairs.get((gold, given), 0) for given in classes) for gold in classes),
    )


def _faults(evaluation: Evaluation) -> tuple[FaultLine, ...]:
    return tuple(
        FaultLine(fault=cost.fault, meaning=MEANINGS[cost.fault], faults=cost.faults, points=dict(cost.points))
        for cost in fault_costs(evaluation)
    )


def _reliability(pairs: Sequence[tuple[ArgumentGraph, ArgumentGraph]]) -> tuple[ReliabilityTable, ...]:
    """Of components and of relations; of neither where none has a probability."""
    known: dict[Kind, bool] = {
        "components": any(c.probability is not None for _, graph in pairs for c in graph.components),
        "relations": any(r.probability is not None for _, graph in pairs for r in graph.relations),
    }
    found = zip(known.items(), reliability.of_graphs(pairs), strict=True)
    return tuple(_reliable(of, of_kind.figures()) for (of, told), of_kind in found if told)


def _reliable(of: Kind, figures: Mapping[str, Any]) -> ReliabilityTable:
    bins = tuple(ReliabilityBin(start=float(start), **numbers) for start, numbers in figures["bins"].items())
    return ReliabilityTable(of=of, **{**figures, "bins": bins})


def _worst(evaluation: Evaluation) -> tuple[SideBySide, ...]:
    scores = document_scores(evaluation)
    return tuple(
        side_by_side(evaluation.gold[n], evaluation.predicted[n], scores[n]) for n in worst_documents(evaluation, WORST)
    )
