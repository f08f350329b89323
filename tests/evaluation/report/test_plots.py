import re
import sys

import pytest

from argmine.errors import ArgmineError
from argmine.evaluation.report.gather import report_of
from argmine.evaluation.report.plots import COLOURS, plots_of
from tests.evaluation.made_up import GOLD, MAJOR, evaluated, graph, sure

EVALUATION = evaluated(sure(GOLD, 0.8, 0.6), graph([MAJOR]))


@pytest.fixture(scope="module")
def plots() -> dict[str, str]:
    return plots_of(report_of(EVALUATION))


def test_pictures_are_there(plots: dict[str, str]) -> None:
    assert list(plots) == ["scores", "faults", "reliability"]
    assert all(svg.startswith("<svg ") and svg.rstrip().endswith("</svg>") for svg in plots.values())


def test_reliability_is_left_out_without_probabilities() -> None:
    assert list(plots_of(report_of(evaluated(GOLD)))) == ["scores", "faults"]


def test_pictures_tell_what_they_show(plots: dict[str, str]) -> None:
    for name, svg in plots.items():
        assert f'role="img" aria-labelledby="{name}-title"' in svg
        assert re.search(rf'<title id="{name}-title">\w', svg)


def test_text_stays_text(plots: dict[str, str]) -> None:
    assert ">c_f1_100</text>" in plots["scores"]
    assert ">missed</text>" in plots["faults"]


def test_colours_are_those_of_the_page(plots: dict[str, str]) -> None:
    for svg in plots.values():
        assert not any(stand_in in svg for stand_in in COLOURS)
        assert set(re.findall(r"(?:fill|stroke): ([^;\"]+)", svg)) <= {"none", *COLOURS.values()}


def test_ids_of_the_pictures_differ_and_are_found(plots: dict[str, str]) -> None:
    together = "".join(plots.values())
    ids = re.findall(r'\bid="([^"]+)"', together)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:"#|url\(#)([^")]+)', together)) <= set(ids)


def test_nothing_is_loaded(plots: dict[str, str]) -> None:
    """What looks like an address is the name of a namespace."""
    for svg in plots.values():
        assert "<style" not in svg
        assert "<image" not in svg
        assert set(re.findall(r'(\S+)="https?:', svg)) == {"xmlns", "xmlns:xlink"}


def test_equal_reports_give_equal_pictures_whatever_the_users_settings(plots: dict[str, str]) -> None:
    import matplotlib as mpl

    with mpl.rc_context({"font.size": 20, "svg.fonttype": "path"}):
        assert plots_of(report_of(EVALUATION)) == plots
        assert mpl.rcParams["font.size"] == 20, "and they are left as they were"


def test_missing_matplotlib_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ArgmineError, match=r"need matplotlib: pip install 'argmine\[plot\]'"):
        plots_of(report_of(evaluated(GOLD)))
