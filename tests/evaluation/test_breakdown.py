import pytest

from argmine.evaluation.breakdown import NOTHING, break_down, document_scores, worst_documents
from argmine.metrics.counts import Counts
from tests.evaluation.made_up import BASED, CLAIM, GOLD, MAJOR, PREMISE, TEXT, TIED, evaluated, graph

INVENTED = ("x", "premise", 30, 35)


def test_types_of_gold_alone_lie_on_the_diagonal() -> None:
    found = break_down([(GOLD, GOLD), (GOLD, GOLD)])
    assert found.components.pairs == {(kind, kind): 2 for kind in ("major_claim", "claim", "premise")}
    assert found.relations.pairs == {("support", "support"): 4}
    assert found.exact_components == (Counts(found=2),) * 3
    assert found.exact_relations == (Counts(found=4), Counts())


def test_missed_invented_and_confused_components() -> None:
    predicted = graph([MAJOR, ("p", "claim", 11, 18), INVENTED])
    found = break_down([(GOLD, predicted)])
    assert found.components.pairs == {
        ("major_claim", "major_claim"): 1,
        ("claim", NOTHING): 1,
        ("premise", "claim"): 1,
        (NOTHING, "premise"): 1,
    }
    assert found.components.of_class("claim") == Counts(found=0, spurious=1, missed=1)


def test_exact_edges_are_asked_by_type() -> None:
    predicted = graph([MAJOR, ("c", "premise", 5, 10), ("p", "premise", 11, 18)])
    major, claim, premise = break_down([(GOLD, predicted)]).exact_components
    assert (major, claim, premise) == (Counts(found=1), Counts(missed=1), Counts(spurious=2, missed=1))


def test_relations_are_paired_by_their_ends() -> None:
    """The claim's tie has another sign, the premise bears on something else."""
    predicted = graph([MAJOR, CLAIM, PREMISE], [("c", "m", "attack"), ("p", "m", "support")])
    found = break_down([(GOLD, predicted)])
    assert found.relations.pairs == {("support", "attack"): 1, (NOTHING, "support"): 1, ("support", NOTHING): 1}


def test_relation_of_an_invented_component_is_invented_whatever_its_id() -> None:
    """The invented one has the id of gold's claim."""
    predicted = graph([MAJOR, ("c", "premise", 30, 35)], [TIED])
    assert break_down([(GOLD, predicted)]).relations.pairs == {(NOTHING, "support"): 1, ("support", NOTHING): 2}


def test_relations_of_both_signs_between_two_components() -> None:
    gold = graph([MAJOR, CLAIM], [TIED, ("c", "m", "attack")])
    predicted = graph([MAJOR, CLAIM], [("c", "m", "attack")])
    assert break_down([(gold, predicted)]).relations.pairs == {("attack", "attack"): 1, ("support", NOTHING): 1}


def test_exact_relations_need_the_edges_of_both_ends() -> None:
    predicted = graph([MAJOR, CLAIM, ("p", "premise", 12, 20)], [TIED, BASED])
    assert break_down([(GOLD, predicted)]).exact_relations[0] == Counts(found=1, spurious=1, missed=1)


def test_nothing_is_broken_down_to_nothing() -> None:
    assert break_down([]).components.gold == 0


def test_document_is_scored_alone() -> None:
    found = document_scores(evaluated(GOLD, graph([MAJOR, CLAIM, ("p", "premise", 11, 18)], [TIED, BASED])))
    assert [scores["c_f1_100"] for scores in found] == pytest.approx([1, 2 / 3])


def test_document_has_no_score_that_it_has_no_item_for() -> None:
    bare = graph([("c", "claim", 5, 10)])
    (scores,) = document_scores(evaluated(bare, gold=bare))
    assert scores == {"c_f1_100": 1, "c_f1_50": 1, "r_f1_100": 1, "r_f1_50": 1}, "no major claim on either side"


def test_worst_document_comes_first_and_ties_keep_their_order() -> None:
    half = graph([MAJOR, CLAIM], [TIED])
    found = evaluated(GOLD, half, graph([]), half)
    assert worst_documents(found) == [2, 1, 3, 0]
    assert worst_documents(found, most=2) == [2, 1]


def test_document_with_nothing_to_score_is_not_among_the_worst() -> None:
    assert worst_documents(evaluated(graph([]), gold=graph([]))) == []


def test_components_hold_the_words_that_they_are_over() -> None:
    assert [c.text for c in GOLD.components] == [TEXT[4 * a : 4 * b - 1] for _, _, a, b in (MAJOR, CLAIM, PREMISE)]
