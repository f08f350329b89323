import pytest

from argmine.metrics.counts import Confusion, Counts


def test_f1_follows_from_counts() -> None:
    counts = Counts(found=3, spurious=1, missed=2)
    assert (counts.precision, counts.recall) == (0.75, 0.6)
    assert counts.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))


def test_scores_without_items_are_zero() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1, Counts().gold) == (0, 0, 0, 0)


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        Counts(found=-1)


def test_sets_count_each_item_once() -> None:
    assert Counts.of_sets(["a", "b", "b"], ["b", "c"]) == Counts(found=1, spurious=1, missed=1)


def test_matches_need_no_partner_of_their_own() -> None:
    counts = Counts.of_matches([1, 2, 10], [2], lambda x, y: abs(x - y) <= 1)
    assert counts == Counts(found=2, spurious=0, missed=1)


def test_macro_f1_of_a_case_by_hand() -> None:
    # a: 1 of 1, none spurious but "b" taken for it once; b: missed; c: 3 found of 3, one spurious
    confusion = Confusion.of_labels(list("abbccc"), list("aaccCc".replace("C", "c")))
    assert confusion.of_class("a") == Counts(found=1, spurious=1, missed=0)
    assert confusion.of_class("b") == Counts(found=0, spurious=0, missed=2)
    assert confusion.of_class("c") == Counts(found=3, spurious=1, missed=0)
    assert confusion.macro_f1 == pytest.approx((2 / 3 + 0 + 6 / 7) / 3)
    assert confusion.accuracy == pytest.approx(4 / 6)


def test_macro_f1_leaves_out_classes_never_seen() -> None:
    assert (Confusion.of_labels(["a"], ["a"]) + Confusion({("b", "b"): 0})).macro_f1 == 1


def test_confusions_add_item_by_item() -> None:
    total = Confusion.of_labels(["a"], ["b"]) + Confusion.of_labels(["b"], ["b"])
    assert total.pairs == {("a", "b"): 1, ("b", "b"): 1}


def test_labels_of_different_number_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        Confusion.of_labels(["a", "b"], ["a"])


def test_every_result_prints_its_gold_items() -> None:
    assert "(5 gold items)" in str(Counts(found=3, missed=2))
    assert "(2 gold items: a 1, b 1)" in str(Confusion.of_labels(["a", "b"], ["b", "b"]))
