from itertools import pairwise

import numpy as np
import pytest

from argmine.errors import EvaluationError
from argmine.evaluation.repairs import Fault, repaired, repaired_each
from argmine.graph import ArgumentGraph, ComponentType, RelationType
from argmine.metrics.labels import sign
from tests.evaluation.made_up import CLAIM, GOLD, MAJOR, PREMISE, WORDS, Part, graph, labelled, linked

GOLD_PARTS = [MAJOR, CLAIM, PREMISE]


def shape(found: ArgumentGraph) -> tuple[list[tuple[str, int, int]], set[tuple[str, str, str]]]:
    """Types and words of the components; relations by the first word of their ends."""
    parts = [(c.type.value, c.start // 4, (c.end + 1) // 4) for c in found.components]
    at = {c.id: f"{c.start // 4}" for c in found.components}
    return parts, {(at[r.source], at[r.target], r.type.value) for r in found.relations}


def repair(fault: Fault, predicted: ArgumentGraph, gold: ArgumentGraph = GOLD) -> ArgumentGraph:
    return repaired(gold, predicted, fault).graph


def faults(predicted: ArgumentGraph, gold: ArgumentGraph = GOLD) -> dict[str, int]:
    """How often each fault was found, those never found left out."""
    found = {fault.value: repaired(gold, predicted, fault).faults for fault in Fault}
    return {fault: count for fault, count in found.items() if count}


def test_gold_has_no_fault_and_stays_as_it_is() -> None:
    assert faults(GOLD) == {}
    assert all(shape(repair(fault, GOLD)) == shape(GOLD) for fault in Fault)


def test_missed_component_comes_with_its_relations_both_ways() -> None:
    predicted = graph([GOLD_PARTS[0], GOLD_PARTS[2]], [("p", "m", "attack")])
    assert faults(predicted)["missed"] == 1
    parts, links = shape(repair(Fault.MISSED, predicted))
    assert parts == shape(GOLD)[0]
    assert links == {("5", "1", "support"), ("11", "5", "attack")}, "the premise moves to its target with its sign"


def test_missed_component_takes_no_right_relation_away() -> None:
    """A premise of two targets, one found."""
    gold = graph([*GOLD_PARTS, ("d", "claim", 30, 35)], [("p", "c", "support"), ("p", "d", "support")])
    predicted = graph(GOLD_PARTS, [("p", "c", "support")])
    assert shape(repair(Fault.MISSED, predicted, gold)) == shape(gold)


def test_missed_component_gets_a_name_that_is_free() -> None:
    predicted = graph([("gold-m", "claim", 5, 10)], [])
    assert [c.id for c in repair(Fault.MISSED, predicted).components] == ["gold-gold-m", "gold-m", "gold-p"]


def test_invented_component_goes_with_its_relations() -> None:
    invented: Part = ("x", "claim", 25, 30)
    predicted = graph([*GOLD_PARTS, invented], [("c", "m", "support"), ("p", "x", "support"), ("x", "m", "attack")])
    assert faults(predicted) == {"invented": 1, "link": 1}
    assert shape(repair(Fault.INVENTED, predicted)) == (shape(GOLD)[0], {("5", "1", "support")})


def test_component_at_half_of_the_words_is_missed_and_invented() -> None:
    predicted = graph([*GOLD_PARTS[:2], ("p", "premise", 11, 15)], [("c", "m", "support"), ("p", "c", "support")])
    assert faults(predicted) == {"missed": 1, "invented": 1}


@pytest.mark.parametrize(("fault", "start", "end"), [(Fault.START, 13, 20), (Fault.END, 11, 18)])
def test_wrong_edge_is_moved(fault: Fault, start: int, end: int) -> None:
    predicted = graph([*GOLD_PARTS[:2], ("p", "premise", start, end)], [("c", "m", "support"), ("p", "c", "support")])
    assert faults(predicted) == {fault.value: 1}
    assert shape(repair(fault, predicted)) == shape(GOLD)


def test_each_edge_is_moved_alone() -> None:
    predicted = graph([*GOLD_PARTS[:2], ("p", "premise", 12, 21)], [("c", "m", "support"), ("p", "c", "support")])
    assert shape(repair(Fault.START, predicted))[0][2] == ("premise", 11, 21)
    assert shape(repair(Fault.END, predicted))[0][2] == ("premise", 12, 20)


def test_wrong_type_is_changed_and_the_link_left() -> None:
    predicted = graph([*GOLD_PARTS[:2], ("p", "claim", 11, 20)], [("c", "m", "support"), ("p", "m", "support")])
    assert faults(predicted) == {"type": 1, "link": 1}
    assert shape(repair(Fault.TYPE, predicted)) == (shape(GOLD)[0], shape(predicted)[1])


def test_type_brings_the_label_of_the_corpus() -> None:
    """One without a label is no fault: only a prediction that has labels can have wrong ones."""
    gold = labelled("Evidence")
    assert repair(Fault.TYPE, labelled(None), gold).components[0].label == "Evidence"
    assert faults(labelled(None), gold) == {}
    assert faults(labelled("Fact"), gold) == {"type": 1}


def test_wrong_target_is_changed_and_the_sign_left() -> None:
    predicted = graph(GOLD_PARTS, [("c", "m", "support"), ("p", "m", "attack")])
    assert faults(predicted) == {"link": 1, "label": 1}
    assert shape(repair(Fault.LINK, predicted))[1] == {("5", "1", "support"), ("11", "5", "attack")}


def test_relation_that_was_not_there_takes_golds_sign() -> None:
    gold = graph(GOLD_PARTS, [("c", "m", "support"), ("p", "c", "attack")])
    assert shape(repair(Fault.LINK, graph(GOLD_PARTS, [("c", "m", "support")]), gold)) == shape(gold)


def test_relation_to_a_target_that_was_missed_is_dropped() -> None:
    predicted = graph([GOLD_PARTS[0], GOLD_PARTS[2]], [("p", "m", "support")])
    assert shape(repair(Fault.LINK, predicted))[1] == set()


def test_relation_of_an_invented_component_is_left() -> None:
    predicted = graph([*GOLD_PARTS, ("x", "claim", 25, 30)], [("x", "m", "attack")])
    assert shape(repair(Fault.LINK, predicted))[1] == {*shape(GOLD)[1], ("25", "1", "attack")}


def test_component_that_loses_its_relation_keeps_its_sign() -> None:
    gold = graph(GOLD_PARTS[:2], [], c="Against")
    predicted = graph(GOLD_PARTS[:2], [("c", "m", "attack")])
    found = repair(Fault.LINK, predicted, gold)
    assert (found.relations, found.meta) == ((), {"stances": {"c": "Against"}})
    assert sign(found, found.component("c")) is RelationType.ATTACK


def test_wrong_sign_is_changed_at_whatever_target() -> None:
    gold = graph(GOLD_PARTS, [("c", "m", "support"), ("p", "c", "attack")])
    predicted = graph(GOLD_PARTS, [("c", "m", "attack"), ("p", "m", "support")])
    assert faults(predicted, gold) == {"link": 1, "label": 2}
    assert shape(repair(Fault.LABEL, predicted, gold))[1] == {("5", "1", "support"), ("11", "1", "attack")}


def test_wrong_sign_of_one_without_relation_is_told_as_stance() -> None:
    gold = graph(GOLD_PARTS[1:2], [], c="Against")
    found = repaired(gold, graph(GOLD_PARTS[1:2], []), Fault.LABEL)
    assert (found.faults, found.graph.meta) == (1, {"stances": {"c": "Against"}})


def test_sign_of_one_of_two_relations_is_that_of_golds_to_the_same_target() -> None:
    gold = graph(GOLD_PARTS, [("p", "c", "attack"), ("p", "m", "support")])
    turned = graph(GOLD_PARTS, [("p", "m", "support"), ("p", "c", "attack")])
    assert faults(turned, gold) == {}


def test_relation_label_of_the_corpus_is_repaired_with_the_sign() -> None:
    found = repaired(linked("evidence"), linked("reason"), Fault.LABEL)
    assert (found.faults, found.graph.relations[0].label) == (1, "evidence")


def test_relation_label_that_follows_from_a_wrong_type_is_no_fault_of_its_own() -> None:
    """A claim taken for a premise supports by the name that a premise's relation has."""
    gold = linked("For")
    typed = linked("Support")
    typed = typed.model_copy(update={"components": [c.model_copy(update={"type": "claim"}) for c in typed.components]})
    assert faults(typed, gold) == {"type": 2}


@pytest.mark.parametrize("seed", range(30))
def test_all_repairs_in_their_order_lead_to_gold(seed: int) -> None:
    random = np.random.default_rng(seed)
    gold, found = drawn(random), drawn(random)
    for fault in Fault:
        found = repair(fault, found, gold)
    assert shape(found) == shape(gold)
    assert faults(found, gold) == {}


def test_each_repair_is_that_of_its_fault_alone() -> None:
    predicted = graph([("m", "claim", 2, 4), ("x", "claim", 25, 30)], [("m", "x", "attack")])
    assert repaired_each(GOLD, predicted) == {fault: repaired(GOLD, predicted, fault) for fault in Fault}


def test_other_text_is_refused() -> None:
    with pytest.raises(EvaluationError, match="another text"):
        repair(Fault.TYPE, ArgumentGraph(id="other", text="Buses."))


def drawn(random: np.random.Generator) -> ArgumentGraph:
    """A random forest over words; some between components are in none."""
    edges = [0, *sorted(random.choice(np.arange(1, WORDS), size=9, replace=False).tolist())]
    kinds = [str(random.choice(list(ComponentType))) for _ in edges]
    parts = [
        (f"d{start}", kind, start, end)
        for kind, (start, end) in zip(kinds, pairwise(edges), strict=False)
        if random.random() < 0.8
    ]
    links = [
        (part[0], parts[int(random.integers(n))][0], str(random.choice(list(RelationType))))
        for n, part in enumerate(parts)
        if n and random.random() < 0.8
    ]
    return graph(parts, links)
