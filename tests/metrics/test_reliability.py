import pytest

from argmine.graph import ArgumentGraph
from argmine.metrics.reliability import Reliability, of_graphs
from tests.graphs import mined_graph


def test_items_of_all_documents_are_put_together() -> None:
    mined = mined_graph()
    components, relations = of_graphs([(mined, mined), (ArgumentGraph(id="lanes", text=mined.text), mined)])
    assert components.items == ((0.9, True), (0.9, True), (0.9, False), (0.9, False))
    assert relations.items == ((0.8001, True), (0.8001, False))


def test_calibration_error_by_hand() -> None:
    """One bin with mean .65 and half right, one with 1.0 and all right."""
    figures = Reliability(((0.6, True), (0.7 - 1e-9, False), (1.0, True), (1.0, True))).figures()
    assert figures["ece"] == pytest.approx(2 / 4 * 0.15)
    assert figures["right"] == 0.75
    assert figures["brier"] == pytest.approx((0.16 + 0.49) / 4)


def test_error_by_chance_of_four_even_items_by_hand() -> None:
    """Of 16 outcomes 6 have two right and no error, 8 are off by a quarter, 2 by a half; sure items are never off."""
    even = Reliability(((0.5, True),) * 4)
    assert even.error_by_chance() == pytest.approx(3 / 16, abs=0.01)
    with_sure = Reliability(((0.5, False),) * 4 + ((1.0, True),) * 4)
    assert with_sure.error_by_chance() == pytest.approx(3 / 32, abs=0.005)


def test_the_more_items_the_less_error_by_chance() -> None:
    few, many = (Reliability(tuple((n / count, True) for n in range(count))) for count in (50, 5000))
    assert few.error_by_chance() > 5 * many.error_by_chance() > 0


def test_risks_are_the_shares_wrong_of_the_most_probable() -> None:
    """Ten items; the first wrong one is the third, the others the ninth and the tenth, which are as probable."""
    items = tuple((p, n not in (2, 8, 9)) for n, p in enumerate((0.99, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.1, 0.1)))
    risks = Reliability(items[::-1]).risks()
    assert [risks[k] for k in ("0.1", "0.2", "0.3", "0.8", "0.9", "1.0")] == [0, 0, 1 / 3, 1 / 8, 0.3, 0.3]


def test_nothing_predicted_has_no_items() -> None:
    figures = of_graphs([])[0].figures()
    assert (figures["items"], figures["ece"], figures["ece_by_chance"]) == (0, 0, 0)
