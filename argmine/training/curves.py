"""The curves of a training: losses and development figures by epoch, as a picture (needs matplotlib)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

FIGURES = {"c_f1": "C-F1", "r_f1": "R-F1", "spans": "exact spans", "bio": "BIO"}


def plot_curves(log: Sequence[dict[str, Any]], path: Path) -> None:
    """Draws the lines of `log.jsonl` into `path`, a PNG or whatever its suffix says.

    Raises:
        ModuleNotFoundError: matplotlib is not installed; the extra `train` brings it.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 3.6), layout="constrained")
    losses, scores = figure.subplots(1, 2)
    numbers = [epoch["number"] for epoch in log]
    for name in log[0]["losses"] if log else ():
        losses.plot(numbers, [epoch["losses"][name] for epoch in log], label=name)
    for name, label in FIGURES.items():
        scores.plot(numbers, [100 * epoch["development"][name] for epoch in log], label=label)
    losses.set(xlabel="epoch", title="training loss", yscale="log")
    scores.set(xlabel="epoch", title="development, %", ylim=(0, 100))
    for axes in (losses, scores):
        axes.grid(alpha=0.3)
        axes.legend(fontsize="small") if log else None
    partial = path.with_name(f"{path.stem}.partial{path.suffix}")
    figure.savefig(partial, dpi=120)
    partial.replace(path)
