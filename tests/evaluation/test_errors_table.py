from pathlib import Path

import pytest

from argmine.evaluation.command import score_files
from argmine.evaluation.errors_table import fault_costs
from argmine.evaluation.evaluated import Evaluation
from argmine.evaluation.repairs import Fault, repaired
from argmine.evaluation.run import read_task
from tests.evaluation.made_up import BASED, CLAIM, GOLD, MAJOR, PREMISE, TIED, evaluated, graph


def costs(found: Evaluation) -> dict[str, tuple[int, dict[str, float]]]:
    """How often and the points of C and R at 100 and 50 %, for faults that were found."""
    names = "c_f1_100", "c_f1_50", "r_f1_100", "r_f1_50"
    return {
        cost.fault.value: (cost.faults, {name: round(cost.points[name], 2) for name in names})
        for cost in fault_costs(found)
        if cost.faults or any(cost.points.values())
    }


def points(*numbers: float) -> dict[str, float]:
    return dict(zip(("c_f1_100", "c_f1_50", "r_f1_100", "r_f1_50"), numbers, strict=True))


def test_perfect_predictions_cost_nothing() -> None:
    assert costs(evaluated(GOLD)) == {}
    assert [cost.fault for cost in fault_costs(evaluated(GOLD))] == list(Fault)


def test_wrong_end_costs_at_100_percent_alone() -> None:
    """One of three components is wrong on both sides: 2 · 2 / 6; so is the relation that it emits."""
    end = graph([MAJOR, CLAIM, ("p", "premise", 11, 18)], [TIED, BASED])
    assert costs(evaluated(end)) == {"end": (1, points(33.33, 0, 33.33, 0))}


def test_missed_claim_costs_its_component_and_two_relations() -> None:
    """C is 2 · 2 / 5 without it, R 2 · 1 / 5: the premise had to bear on something else. Relinking alone brings
    nothing, for the target is not there."""
    missed = graph([MAJOR, PREMISE], [("p", "m", "support")])
    assert costs(evaluated(missed)) == {"missed": (1, points(20, 20, 60, 60)), "link": (1, points(0, 0, 0, 0))}


def test_invented_component_costs_precision() -> None:
    """C and R are 2 · 3 / 7 with it."""
    invented = graph([MAJOR, CLAIM, PREMISE, ("x", "premise", 25, 30)], [TIED, BASED, ("x", "c", "attack")])
    assert costs(evaluated(invented)) == {"invented": (1, points(14.29, 14.29, 14.29, 14.29))}


def test_wrong_type_hides_the_link() -> None:
    """A premise taken for a claim: C and R are 2 · 2 / 6. Its type alone brings C back, and R stays, for the claim was
    tied to the thesis. Its link alone brings nothing: protocol A ties every claim to the last major claim."""
    typed = graph([MAJOR, CLAIM, ("p", "claim", 11, 20)], [TIED, ("p", "m", "support")])
    found = costs(evaluated(typed))
    assert found == {"type": (1, points(33.33, 33.33, 0, 0)), "link": (1, points(0, 0, 0, 0))}


def test_wrong_link_and_wrong_sign_cost_relations_alone() -> None:
    turned = graph([MAJOR, CLAIM, PREMISE], [("c", "m", "attack"), ("p", "m", "support")])
    assert costs(evaluated(turned)) == {
        "link": (1, points(0, 0, 33.33, 33.33)),
        "label": (1, points(0, 0, 33.33, 33.33)),
    }


def test_repair_may_cost_points() -> None:
    """A claim's tie to the thesis is no link in protocol B; once the claim is the premise that gold has, its tie is a
    wrong link: 2 · 1 / 3 becomes 2 · 1 / 4."""
    parts, second = [MAJOR, CLAIM, PREMISE], ("q", "premise", 21, 24)
    gold = graph([*parts, second], [TIED, BASED, ("q", "c", "support")])
    typed = graph([MAJOR, CLAIM, ("p", "claim", 11, 20), second], [TIED, ("p", "m", "support"), ("q", "c", "support")])
    found = {cost.fault: cost.points for cost in fault_costs(evaluated(typed, protocol="exact-spans", gold=gold))}
    assert found[Fault.TYPE]["links"] == pytest.approx(100 * (2 / 4 - 2 / 3))


def test_points_are_of_the_scores_of_all_documents() -> None:
    """Of two documents one is perfect: a third of one is a sixth of both."""
    end = graph([MAJOR, CLAIM, ("p", "premise", 11, 18)], [TIED, BASED])
    assert costs(evaluated(GOLD, end)) == {"end": (1, points(16.67, 0, 16.67, 0))}


def test_other_protocols_have_points_by_their_own_scores() -> None:
    turned = graph([MAJOR, CLAIM, PREMISE], [TIED, ("p", "m", "support")])
    found = {cost.fault: cost.points for cost in fault_costs(evaluated(turned, protocol="overlap"))}
    assert found[Fault.LINK] == pytest.approx({"spans_50": 0, "conclusions_50": 0, "premises_50": 0, "links_50": 50})


def test_all_repairs_one_after_the_other_make_every_score_perfect() -> None:
    found = graph([("m", "claim", 2, 4), ("p", "premise", 12, 21), ("x", "premise", 30, 35)], [("p", "x", "attack")])
    for fault in Fault:
        found = repaired(GOLD, found, fault).graph
    assert set(evaluated(found).scores().values()) == {1.0}


@pytest.mark.parametrize("protocol", ["acl2017-essay", "acl2017-paragraph", "exact-spans", "bio", "overlap"])
def test_kinds_of_faults_are_all_that_parts_published_predictions_from_gold(corpora: Path, protocol: str) -> None:
    """Repaired of all kinds, one after the other, the prediction file of ACL 2017 is perfect by every protocol."""
    task = read_task("aae2-conll", protocol=protocol, corpora=corpora)
    given = score_files(task, corpora / "aae2-conll" / "stagblcc-essay-test-prediction.abs")
    found = given.predicted
    for fault in Fault:
        found = tuple(repaired(gold, graph, fault).graph for gold, graph in zip(given.gold, found, strict=True))
    assert max(given.scores().values()) < 1
    assert set(given.with_predicted(found).scores().values()) == {1.0}
