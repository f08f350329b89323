"""A report's pictures as SVG to stand in an HTML page: scores, what faults cost, reliability (needs matplotlib).

Text stays text, and colours are the page's: `currentColor` and the style sheet's `--accent`. The numbers of each
picture stand in a table of the report too. Equal reports give equal pictures with one version of matplotlib.
"""

import io
import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from argmine.errors import ArgmineError
from argmine.evaluation.report.contents import FaultLine, ReliabilityTable, Report, ScoreLine

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Stand for the page's colours while matplotlib draws.
INK, ACCENT = "#010203", "#040506"
COLOURS = {INK: "currentColor", ACCENT: "var(--accent)"}
SETTINGS: dict[Any, Any] = {
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.size": 9,
    "svg.fonttype": "none",
    "svg.hashsalt": "argmine",
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}
ALTERNATIVES = {
    "scores": "A dot for each score in points, on the line of its interval.",
    "faults": "Bars for each score: the points that repairing each kind of fault alone adds.",
    "reliability": "The share that is right by mean probability, beside the diagonal of perfect calibration.",
}
"""What the pictures show, for those who do not see them."""


def require_matplotlib() -> None:
    """For those who would rather know before they mine than after.

    Raises:
        ArgmineError: it is not installed; the message says how to.
    """
    try:
        import matplotlib  # noqa: F401, ICN001 (whether it is there)
    except ModuleNotFoundError as error:
        raise ArgmineError(f"a report's pictures need {error.name}: pip install 'argmine[plot]'") from error


def plots_of(report: Report) -> dict[str, str]:
    """The pictures by name: `scores`, `faults` and, where there are probabilities, `reliability`.

    Raises:
        ArgmineError: matplotlib is not installed; the message says how to.
    """
    require_matplotlib()
    import matplotlib as mpl

    with mpl.rc_context():
        mpl.rcdefaults()  # whatever a user's own settings are
        mpl.rcParams.update(SETTINGS)
        plots = {"scores": plot_scores(report.scores), "faults": plot_faults(report.faults, report.scores)}
        if report.reliability:
            plots["reliability"] = plot_reliability(report.reliability)
        return {name: _svg(figure, name) for name, figure in plots.items()}


def plot_scores(scores: Sequence[ScoreLine]) -> "Figure":
    """Each score as a dot on its interval, in points."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.4, 0.7 + 0.34 * len(scores)), layout="constrained")
    axes = figure.subplots()
    for place, line in enumerate(scores):
        if line.interval is not None:
            axes.hlines(place, 100 * line.interval.low, 100 * line.interval.high, colors=ACCENT, linewidth=2)
        axes.plot(100 * line.score, place, "o", color=ACCENT)
    axes.set(xlim=(0, 100), xlabel="points", yticks=range(len(scores)), yticklabels=[line.name for line in scores])
    axes.invert_yaxis()
    _grid(axes, "x")
    return figure


def plot_faults(faults: Sequence[FaultLine], scores: Sequence[ScoreLine]) -> "Figure":
    """A panel a score: the points that repairing each kind of fault alone adds."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(1.2 + 1.5 * len(scores), 2.6), layout="constrained")
    panels = figure.subplots(1, len(scores), sharex=True, sharey=True, squeeze=False)[0]
    for axes, line in zip(panels, scores, strict=True):
        axes.barh([fault.fault.value for fault in faults], [f.points[line.name] for f in faults], color=ACCENT)
        axes.set(title=line.name, xlabel="points")
        axes.title.set_fontsize(9)
        _grid(axes, "x")
    panels[0].invert_yaxis()
    return figure


def plot_reliability(tables: Sequence[ReliabilityTable]) -> "Figure":
    """A panel for components and one for relations: share right by mean probability; areas tell how many."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(3.2 * len(tables), 3.2), layout="constrained")
    panels = figure.subplots(1, len(tables), squeeze=False)[0]
    for axes, table in zip(panels, tables, strict=True):
        areas = [10 + 190 * part.items / table.items for part in table.bins]
        axes.plot([0, 1], [0, 1], color=INK, linewidth=0.8, linestyle="--")
        sure, right = [part.probability for part in table.bins], [part.right for part in table.bins]
        axes.plot(sure, right, color=ACCENT, linewidth=1)
        axes.scatter(sure, right, s=areas, color=ACCENT, clip_on=False, zorder=3)
        axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="mean probability", ylabel="share right", title=table.of)
        _grid(axes, "both")
    return figure


def _grid(axes: "Axes", axis: Literal["both", "x", "y"]) -> None:
    axes.grid(visible=True, axis=axis, color=INK, alpha=0.15)
    axes.set_axisbelow(True)


def _svg(figure: "Figure", name: str) -> str:
    """The `svg` element alone, with its alternative text and with ids that no other picture has."""
    stream = io.StringIO()
    figure.savefig(stream, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = re.sub(r"<(metadata|style)\b.*?</\1>\s*", "", stream.getvalue(), flags=re.DOTALL)
    svg = re.sub(r'(\bid="|"#|url\(#)', rf"\g<1>{name}-", svg[svg.index("<svg") :])
    for stand_in, colour in COLOURS.items():
        svg = svg.replace(stand_in, colour)
    told = f'<title id="{name}-title">{escape(ALTERNATIVES[name])} The table tells the numbers.</title>'
    return re.sub(r"<svg([^>]*)>", rf'<svg role="img" aria-labelledby="{name}-title"\1>{told}', svg, count=1)
