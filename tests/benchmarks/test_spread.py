import pytest

from benchmarks.spread import figure, spread


def test_mean_and_deviation_are_those_of_a_sample() -> None:
    assert spread([{"f1": 1}, {"f1": 2}, {"f1": 6}]) == {"f1": {"mean": 3, "sd": pytest.approx(7**0.5), "runs": 3}}


def test_single_run_has_no_deviation() -> None:
    assert spread([{"f1": 0.5}]) == {"f1": {"mean": 0.5, "sd": None, "runs": 1}}


def test_figures_keep_their_places() -> None:
    found = spread([{"essay": {"c": {"f1": 0.2}}}, {"essay": {"c": {"f1": 0.4}}}])
    assert figure(found, "essay.c.f1.mean") == pytest.approx(0.3)


def test_figure_that_one_run_lacks_says_how_many_had_it() -> None:
    assert spread([{"a": 1, "b": 4}, {"a": 3}])["b"] == {"mean": 4, "sd": None, "runs": 1}


def test_what_is_no_number_is_left_out() -> None:
    assert spread([{"crashed": ["x"], "name": "y", "flag": True, "n": 1}]).keys() == {"n"}


def test_number_in_one_run_and_several_in_another_is_refused() -> None:
    with pytest.raises(ValueError, match="f1 is a number in one run"):
        spread([{"f1": 1}, {"f1": {"a": 1}}])


def test_missing_figure_is_named_in_whole() -> None:
    with pytest.raises(KeyError, match=r"essay\.c\.f2"):
        figure({"essay": {"c": {"f1": 1}}}, "essay.c.f2")
