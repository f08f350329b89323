"""Where the points go: what each kind of fault costs, found by repairing it alone and scoring again.

What a repair does stands in `argmine.evaluation.repairs`. Each starts from the predictions as they are. Faults hide and
bear on each other, so their points do not add up to what is lost in all; a repair may even cost points, as where a
claim's tie, which some protocols do not count, becomes a premise's wrong link.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from argmine.evaluation.evaluated import Evaluation
from argmine.evaluation.repairs import Fault, Repaired, repaired_each


@dataclass(frozen=True, slots=True)
class FaultCost:
    """What one kind of fault costs.

    Attributes:
        fault: the kind.
        faults: how often it was found.
        points: by name of the score, what repairing it adds, in points: 100 is from nothing to perfect.
    """

    fault: Fault
    faults: int
    points: Mapping[str, float]


def fault_costs(evaluation: Evaluation) -> tuple[FaultCost, ...]:
    """What each kind of fault costs in the scores of the evaluation's protocol.

    Raises:
        EvaluationError: a component holds no word.
    """
    pairs = zip(evaluation.gold, evaluation.predicted, strict=True)
    documents = [repaired_each(gold, predicted) for gold, predicted in pairs]
    return tuple(_cost(evaluation, fault, [mended[fault] for mended in documents]) for fault in Fault)


def _cost(evaluation: Evaluation, fault: Fault, mended: Sequence[Repaired]) -> FaultCost:
    before, after = evaluation.scores(), evaluation.with_predicted(graph for graph, _ in mended).scores()
    points = {name: 100 * (after[name] - score) for name, score in before.items()}
    return FaultCost(fault, sum(faults for _, faults in mended), points)
