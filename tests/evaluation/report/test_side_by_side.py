import pytest

from argmine.evaluation.report.contents import Verdict
from argmine.evaluation.report.side_by_side import side_by_side
from tests.evaluation.made_up import BASED, CLAIM, GOLD, MAJOR, PREMISE, TIED, graph

SCORES = {"c_f1_100": 0.5, "r_f1_100": 0.25}


def test_components_are_numbered_in_text_order_with_what_they_bear_on() -> None:
    marks = side_by_side(GOLD, GOLD, SCORES).gold_marks
    assert [(m.number, m.type.value, m.links) for m in marks] == [
        (1, "major_claim", ()),
        (2, "claim", (("+", 1),)),
        (3, "premise", (("+", 2),)),
    ]


def test_attack_has_a_minus() -> None:
    found = side_by_side(GOLD, graph([MAJOR, CLAIM], [("c", "m", "attack")]), SCORES)
    assert found.predicted_marks[1].links == (("−", 1),)


def test_verdicts_of_gold_and_predicted() -> None:
    predicted = graph([("m", "claim", 1, 4), ("c", "claim", 5, 9), ("p", "claim", 12, 20), ("x", "claim", 30, 31)])
    found = side_by_side(GOLD, predicted, SCORES)
    assert [m.verdict for m in found.gold_marks] == [Verdict.TYPE, Verdict.EDGES, Verdict.BOTH]
    assert [m.verdict for m in found.predicted_marks] == [*(m.verdict for m in found.gold_marks), Verdict.INVENTED]


def test_right_and_missed() -> None:
    found = side_by_side(GOLD, graph([MAJOR, PREMISE]), SCORES)
    assert [m.verdict for m in found.gold_marks] == [Verdict.RIGHT, Verdict.MISSED, Verdict.RIGHT]


def test_rows_pair_what_belongs_together_in_text_order() -> None:
    predicted = graph([("x", "claim", 0, 1), MAJOR, ("y", "claim", 6, 7), PREMISE], [])
    assert side_by_side(GOLD, predicted, SCORES).rows == ((None, 0), (0, 1), (1, None), (None, 2), (2, 3))


def test_missed_one_stands_before_one_invented_at_its_place() -> None:
    predicted = graph([("x", "claim", 5, 6)])
    assert side_by_side(graph([CLAIM]), predicted, SCORES).rows == ((0, None), (None, 0))


def test_mean_is_of_the_scores() -> None:
    found = side_by_side(GOLD, graph([MAJOR, CLAIM, PREMISE], [TIED, BASED]), SCORES)
    assert (found.mean, found.scores) == (0.375, SCORES)


def test_document_without_a_score_is_refused() -> None:
    with pytest.raises(ValueError, match="words has nothing that was scored"):
        side_by_side(GOLD, GOLD, {})
